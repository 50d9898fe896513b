"""`audit review`: serves the desk of a school that is set up, with its policy's page, until it is stopped."""

import secrets
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from connectors.openid import OpenIdClient
from dashboards.desk.app import make_app
from dashboards.desk.school.desk import TIERS, Desk
from flows.desk.folder import SchoolFolder
from flows.desk.school import names_now, opened_desk, school_desk
from flows.desk.serving import ensure_free, serve, serving
from flows.home.arguments import School
from flows.home.context import open_school
from flows.home.exit_codes import DONE
from flows.home.keys import read_credentials
from flows.home.settings import ConfigurationError, Settings, from_environment, keep_private
from flows.notify.notify import teller_of_given
from flows.setup.steps import policy_alone
from policies.desk import OpenIdSettings
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.store.places import Places

MARK = ".made-by-audit-demo"  # as `audit demo` leaves it
_BLOCK = "desk_openid"  # of credentials.toml


def review(
    school_id: School,
    *,
    host: Annotated[str, typer.Option(help="An address of this machine.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(min=1, max=65_535, help="The port; 8377, or the certificate's.")] = None,
    certificate: Annotated[Path | None, typer.Option(help="A PEM file, to serve others by https.")] = None,
    certificate_key: Annotated[Path | None, typer.Option(help="The certificate's key, a PEM file.")] = None,
    demo: Annotated[bool, typer.Option(help="Let everybody in by one password: the demo's school alone.")] = False,
) -> int:
    """Serve the desk, where people clear the week's exceptions in a browser, until it is stopped."""
    keep_private()
    settings = from_environment()
    places, school, _ = open_school(settings, school_id)
    served = serving(school.desk, host=host, port=port, certificate=certificate, certificate_key=certificate_key)
    provider = _openid_client(settings, places, school.desk.openid)
    if demo and not (settings.home / MARK).exists():
        raise ConfigurationError("--demo is for the demo's school alone. Invite people with: audit desk invite")
    with ExitStack() as stack:
        desk = opened_desk(stack, settings, places, school)
        ensure_free(served.host, served.port)  # before a new password takes the place of one that is in use
        if demo:
            _let_everybody_in(desk)
        app = make_app(
            desk,
            hosts=served.hosts,
            names=names_now(settings, school_id),
            is_https=served.is_https,
            provider=provider,
            school=school_desk(settings, school_id, desk.book),
            tell=teller_of_given(settings, school_id),
            setup=policy_alone(SchoolFolder(settings, school_id, desk.book)),
        )
        typer.echo(f"The desk of {school.school.name}: {served.address}/ (Ctrl-C ends it)")
        serve(app, served)
    return DONE


def _let_everybody_in(desk: Desk) -> None:
    """Give each of the invented school's people a password that is said here, and ends with the next one."""
    people, password, now = DeskPeople(desk.book, key=desk.key), secrets.token_urlsafe(12), desk.clock()
    for role in TIERS:
        people.take_invitation(people.invite(role, role, now), password, now)
    typer.echo(f"Sign in as {', '.join(TIERS)}, with the password {password}")


def _openid_client(settings: Settings, places: Places, openid: OpenIdSettings | None) -> OpenIdClient | None:
    """Return the provider; None where the school names none, ConfigurationError where its secret is not there."""
    if openid is None:
        return None
    secret = settings.openid_secret or _kept(places)
    return OpenIdClient(openid, secret, clock=settings.clock)


def _kept(places: Places) -> str:
    block: object = read_credentials(places).get(_BLOCK, {}) if places.credentials.exists() else {}
    secret = block.get("client_secret", "").strip() if isinstance(block, dict) else ""
    if not secret:
        raise ConfigurationError(
            f"[desk.openid] in school.toml takes a secret: put client_secret under [{_BLOCK}] in credentials.toml, or "
            "set AUDIT_OPENID_SECRET."
        )
    return str(secret)
