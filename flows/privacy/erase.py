"""`audit erase`: the data of a person, an account or a photograph, erased everywhere."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from flows.home.arguments import Actor, Also, By, Leave, Person, Photo, School
from flows.home.context import Context, open_context
from flows.home.integrity import looked_into
from flows.home.settings import ConfigurationError, from_environment, keep_private
from flows.home.workspace import workspace
from flows.privacy import erasure
from flows.privacy.asked import Asked, wanted_of
from flows.privacy.erasure_plan import already_erased, meant, prepared, unfinished_run
from flows.privacy.own_casebook import open_requests
from flows.privacy.reach import NOTHING_CHOSEN, chosen_of, reach_lines
from flows.registers.reasons import acting, ensure_role
from policies.roles import title_by
from warehouse.privacy.erasing import Certificate, certificates
from warehouse.privacy.erasure_journal import Erasure, read_journal
from warehouse.privacy.subjects import SubjectError

STAYS = (
    "What stays: how much earlier runs read and judged, in totals, hashes and costs of pages, the school's own "
    "registers, photographs and archives, and for each account and name a keyed hash by which later runs leave it out. "
    "Cases that go are counted in no earlier run any more."
)


def erase(  # noqa: PLR0913 - one option each
    school: School,
    *,
    person: Person = None,
    actor: Actor = None,
    photograph: Photo = None,
    reason: Annotated[str, typer.Option(help="Why, in words that name nobody; it is kept.")] = "",
    also: Also = None,
    leave: Leave = None,
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
        wish = _Wish(wanted_of(person, actor, photograph), by, reason, also or (), leave or (), preview, yes)
        _erase(school, wish)


@dataclass(frozen=True, slots=True)
class _Wish:
    """Who is to be erased, why, and what is answered about the accounts that may be theirs."""

    wanted: Asked
    by: str
    reason: str
    also: Sequence[str]
    leave: Sequence[str]
    is_preview: bool
    is_sure: bool


def _erase(school: str, wish: _Wish) -> None:
    """Say in counts what would go and what stays; unless it is a preview, erase it once that is confirmed."""
    ensure_role(wish.by)
    keep_private()
    with workspace(from_environment(may_be_stored=True), school) as here:
        context = open_context(here.settings, school, None)
        if read_journal(context.places.folder, context.key) is not None:
            if wish.is_preview:
                raise ConfigurationError(f"An erasure was begun and not ended. First: audit erase {school} --resume")
            _finish(context)
        if (planned := _to_erase(context, wish)) is None:
            return
        if wish.is_preview or not (wish.is_sure or _confirmed("Erase all this? It cannot be undone")):
            typer.echo("Nothing was changed.")
            return
        who = acting(context, wish.by, "erase")
        requests = open_requests(context, wish.wanted.key)  # whom they are about goes with the erasure
        begun = replace(planned, requests=requests, by_person=who.person, by_user=who.user)
        certificate = erasure.erase(context, begun, begun=here.put_back)
        here.put_back()
        _say(context, certificate)


def _to_erase(context: Context, wish: _Wish) -> Erasure | None:
    """Return what would be erased, having shown it; None, having said so, where it was erased before."""
    unfinished = unfinished_run(context)
    if unfinished and not wish.is_preview:
        raise ConfigurationError(unfinished)
    try:
        with looked_into(context) as db:
            subject = meant(context, db, wish.wanted)
            reach = tuple(reach_lines(context, db, subject))
    except SubjectError:
        if said := already_erased(context, wish.wanted):
            typer.echo(said)
            return None
        raise
    for line in reach:
        typer.echo(line)
    asks = None if wish.is_sure else _answer
    chosen = NOTHING_CHOSEN
    if not wish.is_preview or wish.also or wish.leave:
        chosen = chosen_of(subject, wish.also, wish.leave, asks if not wish.is_preview else lambda _: "nobody said")
    planned = prepared(context, wish.wanted, by=wish.by, reason=wish.reason, chosen=chosen)
    _show(planned)
    if unfinished:
        typer.echo(unfinished)
    return planned


def _confirmed(question: str) -> bool:
    with _somebody_there():
        return typer.confirm(question)


def _answer(asked: str) -> bool | str:
    """Ask whether accounts that may be theirs are erased too; where not, why."""
    if _confirmed(f"{asked} Erase with the person"):
        return True
    with _somebody_there():
        said: str = typer.prompt("Left, then. Why, in words that name nobody")
        return said


@contextmanager
def _somebody_there() -> Iterator[None]:
    try:
        yield
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
        role = title_by(each.by_role, each.by_person)
        typer.echo(f"{each.number}  {each.ended_at:%Y-%m-%d}  {each.kind}  {role}  {each.erased}  {each.reason}")
    if not made:
        typer.echo("Nothing was erased.")


def _show(planned: Erasure) -> None:
    for store, rows in sorted(planned.counts.items()):
        typer.echo(f"{store:45} {rows:7,}")
    if planned.subject.shared_names:
        typer.echo("Somebody else on the registers has the same name: where the name stands alone, it stays.")
    typer.echo(STAYS)


def _say(context: Context, certificate: Certificate) -> None:
    path = context.places.folder / "erasures" / f"{certificate.number}.json"
    where = "in the school's folder" if context.settings.store else path
    typer.echo(f"Erased. Certificate {certificate.number}: {where}")
    for place, rows in certificate.left.items():
        named = "1 row names" if rows == 1 else f"{rows} rows name"
        typer.echo(f"In {place}, {named} the subject still. The school must take that out.")
