"""`audit desk`: who may use the desk. Each change is written down with the user of this machine who made it."""

import getpass
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime

import typer

from flows.context import find_school, open_casebook
from flows.settings import from_environment
from policies.roles import title_of
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.desk_people import DeskPeople, DeskPerson
from warehouse.casebook.desk_person import plain_name

ADDRESS = "http://127.0.0.1:8377"


def invite(school: str, name: str, *, role: str) -> None:
    """Print a new link for this person, once; SignInError for a name or a role that cannot be."""
    with _desk(school) as (book, desk, now):
        token = desk.invite(name, role, now)
        person = _log(book, desk, name, f"audit desk invite {school} --role {role}", now)
    typer.echo(f"{ADDRESS}/invitation/{token}")
    typer.echo(
        f"Give this link to the {title_of(person.role)} yourself: it sets a password once, within three days, on this "
        "machine. It is not shown again."
    )


def people(school: str) -> None:
    """List everyone who was ever invited: number, name, role and how they stand."""
    with _desk(school) as (_, desk, _now):
        everyone = desk.people()
    for person in everyone:
        typer.echo(f"{person.number:4}  {person.sign_in_name:20}  {title_of(person.role):30}  {_stands(person)}")
    if not everyone:
        typer.echo(f"Nobody yet. Begin with: audit desk invite {school} NAME --role enterprise_and_technology_lead")


def role(school: str, name: str, *, role: str) -> None:
    """Give a person another role, and end their sessions; SignInError in one sentence."""
    with _desk(school) as (book, desk, now):
        desk.change_role(name, role, now)
        _log(book, desk, name, f"audit desk role {school} --role {role}", now)
    typer.echo(f"Done: now {title_of(role)}. They sign in again.")


def remove(school: str, name: str) -> None:
    """Let a person in no more; SignInError in one sentence."""
    with _desk(school) as (book, desk, now):
        desk.deactivate(name, now)
        _log(book, desk, name, f"audit desk remove {school}", now)
    typer.echo("Done: signed out, and let in no more. The password and the second factor are deleted.")


@contextmanager
def _desk(school: str) -> Iterator[tuple[Casebook, DeskPeople, datetime]]:
    settings = from_environment()
    with closing(open_casebook(settings, find_school(settings, school))) as book:
        yield book, DeskPeople(book), settings.clock()


def _log(book: Casebook, desk: DeskPeople, name: str, command: str, at: datetime) -> DeskPerson:
    """Write down who gave or took a way in, by the person's number, and return the person."""
    [person] = [person for person in desk.people() if person.sign_in_name == plain_name(name)]
    purpose = f"who may use the desk: person {person.number}"
    number = book.log_query(by_user=getpass.getuser(), purpose=purpose, sql=command, at=at)
    book.close_query(number, rows=1, problem=None)
    return person


def _stands(person: DeskPerson) -> str:
    if not person.is_active:
        return "removed"
    if not person.has_password:
        return "invited"
    return "password and second factor" if person.has_second_factor else "password"
