"""`audit hold`: keeps data past its retention period, and from erasure, until a day."""

from typing import Annotated

import typer

from flows.home.arguments import Actor, Also, By, LastDay, Person, Photo, School
from flows.home.context import open_context
from flows.home.integrity import looked_into
from flows.home.settings import ConfigurationError, from_environment
from flows.privacy.asked import wanted_of
from flows.privacy.erasure_plan import meant
from flows.privacy.reach import chosen_of, reach_lines
from flows.registers.reasons import acting, ensure_not_named, ensure_role
from flows.retention.erasure_begun import erasure_begun
from policies.dates import is_too_far
from policies.roles import title_by
from warehouse.casebook.holds import PERSON, PHOTOGRAPH, Holds
from warehouse.privacy.retention.rows_on_hold import with_likely_accounts
from warehouse.privacy.subjects import with_accounts
from warehouse.runs.run_progress import RUNNING, locked

KEEPS_WHAT_IS_LEFT = (
    "What it has taken out is gone. A hold on the same subject keeps what is left: while it stands, the erasure goes "
    "no further."
)

_NOT_SAID = "Nobody said that it is theirs."

KEPT_WHOLE = (
    "Kept whole, with whoever else stands in it: each page of a platform and each run's report folder that names them, "
    "and of the question log and the desk's log all that follows the first entry that does."
)


def add_hold(
    school: School,
    *,
    person: Person = None,
    actor: Actor = None,
    photograph: Photo = None,
    also: Also = None,
    reason: Annotated[str, typer.Option(help="Why, in words that name nobody.")],
    until: LastDay,
    by: By = "dpo",
) -> None:
    """Hold the data of a person, an account or a photograph until a day; each hold gets a number.

    Neither age nor an erasure deletes held data. A person's accounts, and those that are likely theirs, are held by
    holds of their own; one of which the name alone speaks is held where --also says so.
    """
    wanted, last = wanted_of(person, actor, photograph), until.date()
    ensure_role(by)
    context = open_context(from_environment(), school, None)
    if last < context.today():
        raise ConfigurationError(f"--until {last} is in the past.")
    if is_too_far(last, context.today()):
        raise ConfigurationError(f"--until {last} is more than two years away. Choose a nearer day; it can be renewed.")
    who = acting(context, by, "hold")
    with locked(context.places.folder, RUNNING, patience=2.0) as handle:
        if handle is None:
            raise ConfigurationError("A run or an erasure of this school is under way. Try again when it has ended.")
        if begun := erasure_begun(context):
            typer.echo(f"{begun}\n{KEEPS_WHAT_IS_LEFT}")
        with looked_into(context) as db:
            subject = meant(context, db, wanted)
            for line in reach_lines(context, db, subject):
                typer.echo(line)
            taken = chosen_of(subject, also or (), (), lambda _: _NOT_SAID).also
            subject = with_accounts(db, with_likely_accounts(db, subject), taken)
        said = ensure_not_named(subject, reason)
        kept = [
            *((PERSON, each) for each in sorted(subject.person_ids)),
            *sorted(subject.actors),
            *((PHOTOGRAPH, each) for each in sorted(subject.photograph_ids)),
        ]
        with context.casebook() as book:
            numbers = Holds(book).add_all(kept, reason=said, by=who, until=last)
    for number in numbers:
        typer.echo(f"Hold {number} stands until {last}, says the {title_by(by, who.person)}.")
    typer.echo(KEPT_WHOLE)


def list_holds(school: School) -> None:
    """List every hold, with those that have ended."""
    context = open_context(from_environment(), school, None)
    with context.casebook() as book:
        holds = Holds(book).all()
    for hold in holds:
        state = "stands" if hold.stands(context.today()) else "ended"
        role = title_by(hold.by_role, hold.by_person)
        typer.echo(f"{hold.number}  {state}  until {hold.until}  {hold.kind} {hold.subject_id}  {role}  {hold.reason}")
    if not holds:
        typer.echo("There is no hold.")


def end_hold(
    school: School,
    number: Annotated[int, typer.Argument(help="Its number, as the list shows it.")],
    *,
    by: By = "dpo",
) -> None:
    """End a hold before its day."""
    ensure_role(by)
    context = open_context(from_environment(), school, None)
    who = acting(context, by, "hold")
    with context.casebook() as book:
        Holds(book).end(number, by=who, at=context.now())
    typer.echo(f"Hold {number} has ended. What has outlived its time goes with the next run.")
