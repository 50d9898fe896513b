"""`audit decide`: what a person made sure of about one exception, by its ref in the report."""

from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, cast
from zoneinfo import ZoneInfo

import typer

from flows.commands.arguments import School
from flows.context import open_casebook, open_context
from flows.names_on_registers import ensure_names_nobody_registered
from flows.settings import ConfigurationError, from_environment
from policies.decisions import last_day
from policies.roles import ONLY_TOLD, ROLES, title_of
from warehouse.casebook.casebook import Verdict
from warehouse.exceptions.rejected_links import with_ref
from warehouse.open import opened

VERDICTS = ("confirmed", "mistaken", "allowed")
SHORTEST_REF = 8


def decide(
    school_id: School,
    ref: Annotated[str, typer.Argument(help="The exception's ref, as the report shows it.")],
    verdict: Annotated[str, typer.Argument(help="confirmed, mistaken or allowed.")],
    *,
    by: Annotated[str, typer.Option(help="The role that decides, such as enterprise_and_technology_lead.")],
    note: Annotated[str, typer.Option(help="What it rests on; name no child.")],
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day it stands.")] = None,
) -> None:
    """Record a decision about one exception; the next run applies it."""
    if verdict not in VERDICTS:
        raise ConfigurationError(f"A decision is one of: {', '.join(VERDICTS)}.")
    must_say_who_and_why(by, note)
    settings = from_environment()
    context = open_context(settings, school_id, None)
    ensure_names_nobody_registered(context, note, option="note")
    places, school = context.places, context.school
    fingerprint, check_id = _standing(ref, places.published, context.key, school_id)
    at = settings.clock()
    today = at.astimezone(ZoneInfo(school.school.timezone)).date()
    day = until.date() if until else None
    _must_be_a_time(verdict, day, today)
    last = last_day(verdict, day, today)
    with closing(open_casebook(settings, places)) as book:
        book.decide(fingerprint, cast("Verdict", verdict), until=last, by_role=by, note=note.strip(), at=at)
    stands = f"until {last}" if last else "for good"
    typer.echo(f"{ref} ({check_id}) is {verdict}, {stands}, says the {title_of(by)}. The next run heeds it.")


def _standing(ref: str, published: Path, key: str, school_id: str) -> tuple[str, str]:
    if len(ref) < SHORTEST_REF or not all(letter in "0123456789abcdef" for letter in ref):
        raise ConfigurationError("A ref is the eight letters and figures that the report shows beside an exception.")
    if not published.exists():
        raise ConfigurationError(f"Nothing is published yet. Run `audit run {school_id}` first.")
    with opened(published, key, read_only=True) as copy:
        matches = with_ref(copy, ref)
    if not matches:
        raise ConfigurationError(f"The newest report has no exception {ref}. Copy the ref from it.")
    if len(matches) > 1:
        raise ConfigurationError(f"{len(matches)} exceptions begin with {ref}; give more of the fingerprint.")
    [(fingerprint, check_id)] = matches
    return fingerprint, check_id


def must_say_who_and_why(by: str, note: str) -> None:
    """Raise ConfigurationError unless a role that may decide is named, and what the decision rests on."""
    if not note.strip():
        raise ConfigurationError("Say with --note what the decision rests on; name no child.")
    if by not in ROLES or by in ONLY_TOLD:
        raise ConfigurationError(f"--by is the role that decides: {', '.join(sorted(ROLES.keys() - ONLY_TOLD))}.")


def _must_be_a_time(verdict: str, until: date | None, today: date) -> None:
    if until is not None and until < today:
        raise ConfigurationError(f"--until {until} is in the past.")
    if verdict == "allowed" and until is None:
        raise ConfigurationError("Say with --until how long it is allowed.")
