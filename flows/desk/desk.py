"""`audit desk`: who may use the desk. Each change is written down with the user of this machine who made it."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Annotated

import typer

from flows.home.arguments import School
from flows.home.context import find_school, open_casebook
from flows.home.process import os_user
from flows.home.settings import ConfigurationError, from_environment
from policies.desk import DeskSettings, InvitedAccount, OpenIdSettings
from policies.roles import title_of
from policies.school_file import read_school
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.people.desk_people import DeskPeople, DeskPerson
from warehouse.casebook.people.desk_person import plain_name

Name = Annotated[str, typer.Argument(help="The name by which the person signs in.", metavar="NAME")]
Role = Annotated[str, typer.Option(help="The person's role, such as enterprise_and_technology_lead.")]


def invite(
    school: School,
    name: Name,
    *,
    role: Role,
    email: Annotated[str | None, typer.Option(help="Their address at the school's sign-in provider.")] = None,
    subject: Annotated[str | None, typer.Option(help="Their id there; at Microsoft Entra the object id.")] = None,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The desk's port on this machine.")] = 8377,
) -> None:
    """Print a link for a person to set a password, once and within three days; also for a forgotten password."""
    settings = from_environment()
    desk_settings = read_school(find_school(settings, school).settings).desk
    account = _account(desk_settings.openid, email, subject)
    with _desk(school) as (book, _, now):
        link, says = invited(book, desk_settings, name, role, now, account=account, port=port)
    typer.echo(link)
    typer.echo(says)
    if account is not None and desk_settings.openid is not None:
        until = "" if subject else " within three days"
        typer.echo(f"Or they sign in with {desk_settings.openid.label}{until}; then nobody needs the link.")


def invited(
    book: Casebook,
    settings: DeskSettings,
    name: str,
    role: str,
    at: datetime,
    *,
    account: InvitedAccount | None = None,
    port: int = 8377,
) -> tuple[str, str]:
    """Invite a person and write that down; return the link, once, and what is to be done with it."""
    desk = DeskPeople(book)
    token = desk.invite(name, role, at, account=account)
    person = _log(book, desk, name, f"audit desk invite {book.school} --role {role}", at)
    where = "" if settings.address else ", on this machine"
    says = (
        f"Give this link to the {title_of(person.role)} yourself: it sets a password once, within three days{where}. "
        f"They sign in as {person.sign_in_name}. The link is not shown again."
    )
    return f"{settings.address or f'http://127.0.0.1:{port}'}/invitation/{token}", says


def _account(openid: OpenIdSettings | None, email: str | None, subject: str | None) -> InvitedAccount | None:
    """Return the account that is invited; ConfigurationError for one that could not be told from another's."""
    if email is None and subject is None:
        return None
    if openid is None:
        raise ConfigurationError("--email and --subject are for a school with [desk.openid] in school.toml.")
    if email is not None and subject is not None:
        raise ConfigurationError("Give --email or --subject, not both.")
    if openid.tenant is not None and email is not None:
        raise ConfigurationError(
            "Microsoft verifies no e-mail address. Give --subject with the person's object id, or only the link."
        )
    return InvitedAccount(openid.issuer, subject=subject, email=email)


def people(school: School) -> None:
    """List everyone who was ever invited: number, name, role and whether they may sign in."""
    with _desk(school) as (_, desk, _now):
        everyone = desk.people()
    for person in everyone:
        typer.echo(f"{person.number:4}  {person.sign_in_name:20}  {title_of(person.role):30}  {_stands(person)}")
    if not everyone:
        typer.echo(f"Nobody yet. Begin with: audit desk invite {school} NAME --role enterprise_and_technology_lead")


def change_role(school: School, name: Name, *, role: Role) -> None:
    """Change a person's role; they sign in again."""
    _change(school, name, f"role {school} --role {role}", lambda desk, now: desk.change_role(name, role, now))
    typer.echo(f"Done: now {title_of(role)}. They sign in again.")


def unlock(school: School, name: Name) -> None:
    """Unlock a person whom too many wrong tries have locked out."""
    _change(school, name, f"unlock {school}", lambda desk, now: desk.unlock(name, now))
    typer.echo("Done: they may try again at once.")


def reset_second_factor(school: School, name: Name) -> None:
    """Reset a person's second factor, such as a lost telephone; they sign in again."""
    _change(school, name, f"reset-second-factor {school}", lambda desk, now: desk.reset_second_factor(name, now))
    typer.echo("Done: signed out; the password alone lets them in, until they set a second factor again.")


def remove(school: School, name: Name) -> None:
    """Remove a person's access to the desk at once."""
    _change(school, name, f"remove {school}", lambda desk, now: desk.deactivate(name, now))
    typer.echo(
        "Done: signed out, and let in no more. The password, the second factor and the school account are forgotten."
    )


def _change(school: str, name: str, command: str, change: Callable[[DeskPeople, datetime], object]) -> None:
    """Change what a person may do at the desk, and write it down."""
    with _desk(school) as (book, desk, now):
        change(desk, now)
        _log(book, desk, name, f"audit desk {command}", now)


@contextmanager
def _desk(school: str) -> Iterator[tuple[Casebook, DeskPeople, datetime]]:
    settings = from_environment()
    with closing(open_casebook(settings, find_school(settings, school))) as book:
        yield book, DeskPeople(book), settings.clock()


def _log(book: Casebook, desk: DeskPeople, name: str, command: str, at: datetime) -> DeskPerson:
    """Write down who gave or took a way in, by the person's number, and return the person."""
    [person] = [person for person in desk.people() if person.sign_in_name == plain_name(name)]
    purpose = f"who may use the desk: person {person.number}"
    number = book.log_query(by_user=os_user(), purpose=purpose, sql=command, at=at)
    book.close_query(number, rows=1, problem=None)
    return person


def _stands(person: DeskPerson) -> str:
    if not person.is_active:
        return "removed"
    ways = {
        "password": person.has_password,
        "second factor": person.has_second_factor,
        "school account": person.has_provider,
    }
    return ", ".join(way for way, is_there in ways.items() if is_there) or "invited"
