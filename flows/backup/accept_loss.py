"""`audit accept-loss`: a person accepts what casebook or warehouse have lost, once it is restored or gone for good."""

from typing import Annotated

import typer

from flows.home.arguments import School
from flows.home.context import open_context
from flows.home.integrity import accept
from flows.home.process import os_user
from flows.home.settings import from_environment
from flows.home.workspace import workspace
from flows.registers.reasons import acting, ensure_role, reason_of
from policies.roles import title_by


def accept_loss(
    school: School,
    *,
    by: Annotated[str, typer.Option(help="The role that accepts it, such as dpo.")],
    note: Annotated[str, typer.Option(help="What was lost or put back, and why it cannot be had; name no child.")],
) -> None:
    """Accept that a casebook or warehouse lost data, or was restored from a backup, and go on; it is logged."""
    ensure_role(by, "accepts it")
    with workspace(from_environment(may_be_stored=True), school) as here:
        context = open_context(here.settings, school, None)
        said = reason_of(context, note, option="note", what="what was lost or put back, and why")
        who = acting(context, by, "accept")
        missing = accept(context)
        with context.casebook() as book:
            asked = f"audit accept-loss {school} --by {by}"
            number = book.log_query(
                by_user=os_user(), purpose=said, sql=asked, at=context.now(), person=who.person, role=by
            )
            book.close_query(number, rows=len(missing), problem=" ".join(missing) or None)
    for sentence in missing or ["Nothing was missing."]:
        typer.echo(sentence)
    typer.echo(f"Accepted by the {title_by(by, who.person)}, and written down. The next run goes on from what is here.")
