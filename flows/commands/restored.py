"""`audit restored`: a person accepts what casebook or warehouse have lost, once they are put back or lost for good."""

import typer

from flows.at_hand import at_hand
from flows.context import open_context
from flows.integrity import accept
from flows.os_user import os_user
from flows.reasons import ensure_role, reason_of
from flows.settings import from_environment
from policies.roles import title_of


def restored(school: str, *, by: str, note: str) -> None:
    """Write down who accepts what is missing, and count from what is here; ConfigurationError in one sentence."""
    ensure_role(by, "accepts it")
    with at_hand(from_environment(may_be_stored=True), school) as here:
        context = open_context(here.settings, school, None)
        said = reason_of(context, note, option="note", what="what was lost or put back, and why")
        missing = accept(context)
        with context.casebook() as book:
            asked = f"audit restored {school} --by {by}"
            number = book.log_query(by_user=os_user(), purpose=said, sql=asked, at=context.now())
            book.close_query(number, rows=len(missing), problem=" ".join(missing) or None)
    for sentence in missing or ["Nothing was missing."]:
        typer.echo(sentence)
    typer.echo(f"Accepted by the {title_of(by)}, and written down. The next run goes on from what is here.")
