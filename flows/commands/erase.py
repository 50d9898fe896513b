"""`audit erase` and `audit hold`: the Data Protection Officer takes somebody out, and keeps somebody in."""

from datetime import date

import typer

from flows.at_hand import at_hand
from flows.context import Context, open_context
from flows.erasure import erase, resume
from flows.erasure_begun import erasure_begun
from flows.erasure_plan import WhoIsMeant, already_erased, prepared, unfinished_run
from flows.integrity import looked_into
from flows.os_user import os_user
from flows.reasons import ensure_role, must_not_name
from flows.settings import ConfigurationError, from_environment, keep_private
from policies.platforms.registry import PLATFORMS
from policies.roles import DoneBy, title_of
from warehouse.casebook.erasing import Certificate, certificates
from warehouse.casebook.holds import PERSON, PHOTOGRAPH, Holds
from warehouse.erasure_journal import Erasure, read_journal
from warehouse.retention.held import with_doubtful_accounts
from warehouse.run_progress import RUNNING, locked
from warehouse.subjects import SubjectError, resolve

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


def erase_subject(school: str, wanted: WhoIsMeant, *, by: str, reason: str, is_preview: bool, is_sure: bool) -> None:
    """Say in counts what would go and what stays; unless it is a preview, erase it once that is confirmed."""
    ensure_role(by)
    keep_private()
    with at_hand(from_environment(may_be_stored=True), school) as here:
        context = open_context(here.settings, school, None)
        if read_journal(context.places.folder, context.key) is not None:
            if is_preview:
                raise ConfigurationError(f"An erasure was begun and not ended. First: audit erase {school} --resume")
            _finish(context)
        if (erasure := _to_erase(context, wanted, by=by, reason=reason, is_preview=is_preview)) is None:
            return
        if is_preview or not (is_sure or _confirmed()):
            typer.echo("Nothing was changed.")
            return
        certificate = erase(context, erasure, begun=here.put_back)
        here.put_back()
        _say(context, certificate)


def _to_erase(context: Context, wanted: WhoIsMeant, *, by: str, reason: str, is_preview: bool) -> Erasure | None:
    """Return what would be erased, having shown it; None, having said so, where it was erased before."""
    unfinished = unfinished_run(context)
    if unfinished and not is_preview:
        raise ConfigurationError(unfinished)
    try:
        erasure = prepared(context, wanted, by=by, reason=reason)
    except SubjectError:
        if said := already_erased(context, wanted):
            typer.echo(said)
            return None
        raise
    _show(erasure)
    if unfinished:
        typer.echo(unfinished)
    return erasure


def _confirmed() -> bool:
    try:
        return typer.confirm("Erase all this? It cannot be undone")
    except typer.Abort as nobody:
        raise ConfigurationError("Nothing was erased, for nobody confirmed it. Answer y, or add --yes.") from nobody


def finish(school: str) -> None:
    """Finish an erasure that was stopped."""
    keep_private()
    with at_hand(from_environment(may_be_stored=True), school) as here:
        _finish(open_context(here.settings, school, None))


def _finish(context: Context) -> None:
    certificate = resume(context)
    if certificate is None:
        typer.echo("No erasure waits to be finished.")
        return
    _say(context, certificate)


def list_erasures(school: str) -> None:
    """List the certificates: number, day, what, role, reason and how many rows and files."""
    with open_context(from_environment(), school, None).casebook() as book:
        made = certificates(book)
    for each in made:
        role = title_of(each.by_role)
        typer.echo(f"{each.number}  {each.ended_at:%Y-%m-%d}  {each.kind}  {role}  {each.erased}  {each.reason}")
    if not made:
        typer.echo("Nothing was erased.")


def add_hold(school: str, wanted: WhoIsMeant, *, by: str, reason: str, until: date) -> None:
    """Record a hold: neither age nor an erasure takes the subject's rows until its day is over.

    A person's accounts are held by holds of their own, which stand also when nothing links them any more; so are those
    that may be somebody else's.
    """
    ensure_role(by)
    context = open_context(from_environment(), school, None)
    if until < context.today():
        raise ConfigurationError(f"--until {until} is in the past.")
    with locked(context.places.folder, RUNNING, patience=2.0) as handle:
        if handle is None:
            raise ConfigurationError("A run or an erasure of this school is under way. Try again when it has ended.")
        if begun := erasure_begun(context):
            typer.echo(f"{begun}\n{KEEPS_WHAT_IS_LEFT}")
        with looked_into(context) as db:
            subject = resolve(db, person=wanted.person, actor=wanted.actor, photograph=wanted.photograph)
            subject = with_doubtful_accounts(db, subject)
        said = must_not_name(subject, reason)
        meant = [
            *((PERSON, each) for each in sorted(subject.person_ids)),
            *sorted(subject.actors),
            *((PHOTOGRAPH, each) for each in sorted(subject.photograph_ids)),
        ]
        with context.casebook() as book:
            numbers = Holds(book).add_all(meant, reason=said, by=DoneBy(by, user=os_user()), until=until)
    for number in numbers:
        typer.echo(f"Hold {number} stands until {until}, says the {title_of(by)}.")
    typer.echo(KEPT_WHOLE)


def list_holds(school: str) -> None:
    """List every hold: number, whether it stands, until when, on whom by kind and id, role and reason."""
    context = open_context(from_environment(), school, None)
    with context.casebook() as book:
        holds = Holds(book).all()
    for hold in holds:
        state = "stands" if hold.stands(context.today()) else "ended"
        role = title_of(hold.by_role)
        typer.echo(f"{hold.number}  {state}  until {hold.until}  {hold.kind} {hold.subject_id}  {role}  {hold.reason}")
    if not holds:
        typer.echo("There is no hold.")


def end_hold(school: str, number: int) -> None:
    """End a hold before its day."""
    context = open_context(from_environment(), school, None)
    with context.casebook() as book:
        Holds(book).end(number, by_user=os_user(), at=context.now())
    typer.echo(f"Hold {number} has ended. What has outlived its time goes with the next run.")


def wanted_of(person: str | None, actor: str | None, photograph: str | None) -> WhoIsMeant:
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


def _show(erasure: Erasure) -> None:
    for store, rows in sorted(erasure.counts.items()):
        typer.echo(f"{store:45} {rows:7,}")
    if erasure.subject.shared_names:
        typer.echo("Somebody else on the registers has the same name: where the name stands alone, it stays.")
    if doubtful := erasure.subject.doubtful_accounts:
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
