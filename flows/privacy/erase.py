"""`audit erase`: the data of a person, an account or a photograph, erased everywhere."""

from typing import Annotated

import typer

from flows.home.arguments import Actor, By, Person, Photo, School
from flows.home.context import Context, open_context
from flows.home.settings import ConfigurationError, from_environment, keep_private
from flows.home.workspace import workspace
from flows.privacy import erasure
from flows.privacy.erasure_plan import WhoIsMeant, already_erased, prepared, unfinished_run
from flows.registers.reasons import ensure_role
from policies.platforms.registry import PLATFORMS
from policies.roles import title_of
from warehouse.privacy.erasing import Certificate, certificates
from warehouse.privacy.erasure_journal import Erasure, read_journal
from warehouse.privacy.subjects import SubjectError

STAYS = (
    "What stays: totals of earlier runs, hashes and costs of pages, the school's own registers, photographs and "
    "archives, what the school's own posts say, and for each account a keyed hash by which later runs leave it out."
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
        with workspace(from_environment(may_be_stored=True), school) as here:
            _finish(open_context(here.settings, school, None))
    else:
        _erase(school, wanted_of(person, actor, photograph), by=by, reason=reason, is_preview=preview, is_sure=yes)


def _erase(school: str, wanted: WhoIsMeant, *, by: str, reason: str, is_preview: bool, is_sure: bool) -> None:
    """Say in counts what would go and what stays; unless it is a preview, erase it once that is confirmed."""
    ensure_role(by)
    keep_private()
    with workspace(from_environment(may_be_stored=True), school) as here:
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
