"""`audit erase` and `audit hold`: the Data Protection Officer takes somebody out, and keeps somebody in."""

from typing import Annotated

import typer

from flows import erasure
from flows.at_hand import at_hand
from flows.commands.arguments import LastDay, School
from flows.commands.decide import must_say_who_and_why
from flows.context import Context, open_context
from flows.erasure_begun import erasure_begun
from flows.erasure_plan import WhoIsMeant, already_erased, prepared, unfinished_run
from flows.integrity import looked_into
from flows.reasons import must_not_name
from flows.settings import ConfigurationError, from_environment, keep_private
from policies.platforms.registry import PLATFORMS
from policies.roles import title_of
from warehouse.casebook.erasing import Certificate, certificates
from warehouse.casebook.holds import PERSON, PHOTOGRAPH, Holds
from warehouse.erasure_journal import Erasure, read_journal
from warehouse.retention.held import with_doubtful_accounts
from warehouse.run_progress import RUNNING, locked
from warehouse.subjects import SubjectError, resolve

Person = Annotated[str | None, typer.Option(help="A person, by the id that a register gives them.")]
Actor = Annotated[str | None, typer.Option(help="An account: x:123, x:@handle, youtube:UC...")]
Photo = Annotated[str | None, typer.Option(help="A photograph, by its id in the register.")]
By = Annotated[str, typer.Option(help="The role that answers for it.")]

STAYS = (
    "What stays: totals of earlier runs, hashes and costs of pages, the school's own registers, photographs and "
    "archives, what the school's own posts say, and for each account a keyed hash by which later runs leave it out."
)

KEEPS_WHAT_IS_LEFT = (
    "What it has taken out is gone. A hold on the same subject keeps what is left: while it stands, the erasure goes "
    "no further."
)

KEPT_WHOLE = (
    "Kept whole, with whoever else stands in it: each page of a platform and each run's report folder that names them, "
    "and of the question log and the desk's log all that follows the first entry that does."
)


def erase(  # noqa: PLR0913 - one option each
    school: School,
    *,
    person: Person = None,
    actor: Actor = None,
    photograph: Photo = None,
    reason: Annotated[str, typer.Option(help="Why, in words that name nobody; it is kept.")] = "",
    by: By = "dpo",
    preview: Annotated[bool, typer.Option("--preview", help="Say in counts what would go, and stop.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask once more.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Finish an erasure that was stopped.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the certificates of what was erased.")] = False,
) -> None:
    """Erase the data of a person, an account or a photograph everywhere; refused while a hold stands."""
    if list_:
        _list_erasures(school)
    elif resume:
        keep_private()
        with at_hand(from_environment(may_be_stored=True), school) as here:
            _finish(open_context(here.settings, school, None))
    else:
        _erase(school, _wanted_of(person, actor, photograph), by=by, reason=reason, is_preview=preview, is_sure=yes)


def _erase(school: str, wanted: WhoIsMeant, *, by: str, reason: str, is_preview: bool, is_sure: bool) -> None:
    """Say in counts what would go and what stays; unless it is a preview, erase it once that is confirmed."""
    must_say_who_and_why(by, reason)
    keep_private()
    with at_hand(from_environment(may_be_stored=True), school) as here:
        context = open_context(here.settings, school, None)
        if read_journal(context.places.folder, context.key) is not None:
            if is_preview:
                raise ConfigurationError(f"An erasure was begun and not ended. First: audit erase {school} --resume")
            _finish(context)
        if (planned := _to_erase(context, wanted, by=by, reason=reason, is_preview=is_preview)) is None:
            return
        if is_preview or not (is_sure or _confirmed()):
            typer.echo("Nothing was changed.")
            return
        certificate = erasure.erase(context, planned, begun=here.put_back)
        here.put_back()
        _say(context, certificate)


def _to_erase(context: Context, wanted: WhoIsMeant, *, by: str, reason: str, is_preview: bool) -> Erasure | None:
    """Return what would be erased, having shown it; None, having said so, where it was erased before."""
    unfinished = unfinished_run(context)
    if unfinished and not is_preview:
        raise ConfigurationError(unfinished)
    try:
        planned = prepared(context, wanted, by=by, reason=reason)
    except SubjectError:
        if said := already_erased(context, wanted):
            typer.echo(said)
            return None
        raise
    _show(planned)
    if unfinished:
        typer.echo(unfinished)
    return planned


def _confirmed() -> bool:
    try:
        return typer.confirm("Erase all this? It cannot be undone")
    except typer.Abort as nobody:
        raise ConfigurationError("Nothing was erased, for nobody confirmed it. Answer y, or add --yes.") from nobody


def _finish(context: Context) -> None:
    certificate = erasure.resume(context)
    if certificate is None:
        typer.echo("No erasure waits to be finished.")
        return
    _say(context, certificate)


def _list_erasures(school: str) -> None:
    """List the certificates: number, day, what, role, reason and how many rows and files."""
    with open_context(from_environment(), school, None).casebook() as book:
        made = certificates(book)
    for each in made:
        role = title_of(each.by_role)
        typer.echo(f"{each.number}  {each.ended_at:%Y-%m-%d}  {each.kind}  {role}  {each.erased}  {each.reason}")
    if not made:
        typer.echo("Nothing was erased.")


def add_hold(
    school: School,
    *,
    person: Person = None,
    actor: Actor = None,
    photograph: Photo = None,
    reason: Annotated[str, typer.Option(help="Why, in words that name nobody.")],
    until: LastDay,
    by: By = "dpo",
) -> None:
    """Hold the data of a person, an account or a photograph until a day; each hold gets a number.

    Neither age nor an erasure deletes held data. A person's accounts are held by holds of their own.
    """
    wanted, last = _wanted_of(person, actor, photograph), until.date()
    must_say_who_and_why(by, reason)
    context = open_context(from_environment(), school, None)
    if last < context.today():
        raise ConfigurationError(f"--until {last} is in the past.")
    with locked(context.places.folder, RUNNING, patience=2.0) as handle:
        if handle is None:
            raise ConfigurationError("A run or an erasure of this school is under way. Try again when it has ended.")
        if begun := erasure_begun(context):
            typer.echo(f"{begun}\n{KEEPS_WHAT_IS_LEFT}")
        with looked_into(context) as db:
            subject = resolve(db, person=wanted.person, actor=wanted.actor, photograph=wanted.photograph)
            subject = with_doubtful_accounts(db, subject)
        must_not_name(subject, reason)
        meant = [
            *((PERSON, each) for each in sorted(subject.person_ids)),
            *sorted(subject.actors),
            *((PHOTOGRAPH, each) for each in sorted(subject.photograph_ids)),
        ]
        with context.casebook() as book:
            numbers = Holds(book).add_all(meant, reason=reason.strip(), by_role=by, until=last)
    for number in numbers:
        typer.echo(f"Hold {number} stands until {last}, says the {title_of(by)}.")
    typer.echo(KEPT_WHOLE)


def list_holds(school: School) -> None:
    """List every hold, with those that have ended."""
    context = open_context(from_environment(), school, None)
    with context.casebook() as book:
        holds = Holds(book).all()
    for hold in holds:
        state = "stands" if hold.stands(context.today()) else "ended"
        role = title_of(hold.by_role) if hold.by_role else "role not recorded"
        typer.echo(f"{hold.number}  {state}  until {hold.until}  {hold.kind} {hold.subject_id}  {role}  {hold.reason}")
    if not holds:
        typer.echo("There is no hold.")


def end_hold(school: School, number: Annotated[int, typer.Argument(help="Its number, as the list shows it.")]) -> None:
    """End a hold before its day."""
    context = open_context(from_environment(), school, None)
    with context.casebook() as book:
        Holds(book).end(number, at=context.now())
    typer.echo(f"Hold {number} has ended. What has outlived its time goes with the next run.")


def _wanted_of(person: str | None, actor: str | None, photograph: str | None) -> WhoIsMeant:
    """Return who is meant by one of the three options; ConfigurationError for none, several, or an unknown platform."""
    if sum(each is not None for each in (person, actor, photograph)) != 1:
        raise ConfigurationError("Say who is meant: one of --person, --actor and --photograph.")
    if actor is None:
        return WhoIsMeant(person=person, photograph=photograph)
    platform, _, ident = actor.partition(":")
    if actor.startswith("@"):
        platform, ident = "x", actor
    if platform not in PLATFORMS or not ident.strip("@ "):
        raise ConfigurationError(f"--actor is PLATFORM:ID or PLATFORM:@HANDLE, such as {min(PLATFORMS)}:123.")
    return WhoIsMeant(actor=(platform, ident))


def _show(planned: Erasure) -> None:
    for store, rows in sorted(planned.counts.items()):
        typer.echo(f"{store:45} {rows:7,}")
    if planned.subject.shared_names:
        typer.echo("Somebody else on the registers has the same name: where the name stands alone, it stays.")
    if doubtful := planned.subject.doubtful_accounts:
        accounts = "1 account is" if doubtful == 1 else f"{doubtful} accounts are"
        typer.echo(
            f"{accounts} not erased, because it may be somebody else's: a register or a confirmed case gives several "
            "people for it. Where it is theirs, erase it by its id, as the case shows it: --actor PLATFORM:ID."
        )
    typer.echo(STAYS)


def _say(context: Context, certificate: Certificate) -> None:
    path = context.places.folder / "erasures" / f"{certificate.number}.json"
    where = "in the school's folder" if context.settings.store else path
    typer.echo(f"Erased. Certificate {certificate.number}: {where}")
    for place, rows in certificate.left.items():
        named = "1 row names" if rows == 1 else f"{rows} rows name"
        typer.echo(f"In {place}, {named} the subject still. The school must take that out.")
