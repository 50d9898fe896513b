"""`audit review`: serves the desk, on this machine or by https, until it is stopped."""

import secrets
import socket
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
import uvicorn
from starlette.applications import Starlette

from dashboards.desk.app import make_app
from dashboards.desk.school.desk import TIERS, Desk
from flows.desk.run_starter import ProcessRunStarter
from flows.desk.school import names_now, school_desk
from flows.desk.serving import Serving, serving
from flows.home.arguments import School
from flows.home.context import open_casebook, open_school
from flows.home.exit_codes import DONE
from flows.home.gc_tuning import collect_as_usual
from flows.home.keys import find_key
from flows.home.openid import openid_client
from flows.home.settings import ConfigurationError, Settings, from_environment, keep_private
from flows.privacy.own_casebook import must_be_own
from warehouse.casebook.people.desk_people import DeskPeople

MARK = ".made-by-audit-demo"  # as `audit demo` leaves it


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
    provider = openid_client(settings, places, school)
    key = find_key(settings, places)
    with ExitStack() as stack:
        book = stack.enter_context(closing(open_casebook(settings, places)))
        must_be_own(book, places.published, key)
        desk = Desk(
            school_id=school_id,
            school_name=school.school.name,
            zone=ZoneInfo(school.school.timezone),
            published=places.published,
            key=key,
            book=book,
            clock=settings.clock,
            starter=ProcessRunStarter(settings, places),
        )
        stack.callback(desk.close)
        if demo:
            _let_everybody_in(settings, desk)
        _must_be_free(served.host, served.port)
        app = make_app(
            desk,
            hosts=served.hosts,
            names=names_now(settings, school_id),
            is_https=served.is_https,
            provider=provider,
            school=school_desk(settings, school_id, book),
        )
        typer.echo(f"The desk of {school.school.name}: {served.address}/ (Ctrl-C ends it)")
        _serve(app, served)
    return DONE


def _serve(app: Starlette, served: Serving) -> None:
    collect_as_usual()
    uvicorn.run(
        app,
        host=served.host,
        port=served.port,
        ssl_certfile=served.certificate,
        ssl_keyfile=None if served.certificate_key is None else str(served.certificate_key),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=200,
        timeout_keep_alive=5,
        h11_max_incomplete_event_size=32 * 1024,
    )


def _must_be_free(host: str, port: int) -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise ConfigurationError(f"Port {port} is in use on this machine. Choose another with --port.") from error


def _let_everybody_in(settings: Settings, desk: Desk) -> None:
    """Give each of the invented school's people a password that is said here, and ends with the next one."""
    if not (settings.home / MARK).exists():
        raise ConfigurationError("--demo is for the demo's school alone. Invite people with: audit desk invite")
    people, password, now = DeskPeople(desk.book, key=desk.key), secrets.token_urlsafe(12), desk.clock()
    for role in TIERS:
        people.take_invitation(people.invite(role, role, now), password, now)
    typer.echo(f"Sign in as {', '.join(TIERS)}, with the password {password}")
