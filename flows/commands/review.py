"""`audit review`: serves the desk on this machine, until it is stopped."""

import secrets
import socket
from contextlib import closing
from zoneinfo import ZoneInfo

import typer

from dashboards.desk.desk import TIERS, Desk
from flows.commands.exit_codes import DONE
from flows.context import open_casebook, open_school
from flows.keys import find_key
from flows.settings import ConfigurationError, Settings, from_environment, keep_private

MARK = ".made-by-audit-demo"  # as `audit demo` leaves it
LOOPBACK = frozenset({"127.0.0.1", "localhost"})


def review(school_id: str, *, host: str, port: int, is_demo: bool = False) -> int:
    """Serve the school's desk; ConfigurationError for an address that others reach, or a demo that is none."""
    import uvicorn

    from dashboards.desk.app import make_app

    if host not in LOOPBACK:
        raise ConfigurationError("The desk is served on this machine alone: --host 127.0.0.1.")
    keep_private()
    settings = from_environment()
    places, school, _ = open_school(settings, school_id)
    key = find_key(settings, places)
    with closing(open_casebook(settings, places)) as book:
        desk = Desk(
            school_id=school_id,
            school_name=school.school.name,
            zone=ZoneInfo(school.school.timezone),
            published=places.published,
            key=key,
            book=book,
            clock=settings.clock,
        )
        if is_demo:
            _let_everybody_in(settings, desk)
        _must_be_free(host, port)
        app = make_app(desk, hosts=frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost")))
        typer.echo(f"The desk of {school.school.name}: http://127.0.0.1:{port}/ (Ctrl-C ends it)")
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=200,
        )
    return DONE


def _must_be_free(host: str, port: int) -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise ConfigurationError(f"Port {port} is in use on this machine. Choose another with --port.") from error


def _let_everybody_in(settings: Settings, desk: Desk) -> None:
    """Give each of the invented school's people a password that is said here, and ends with the next one."""
    from warehouse.casebook.desk_people import DeskPeople

    if not (settings.home / MARK).exists():
        raise ConfigurationError("--demo is for the demo's school alone. Invite people with: audit desk invite")
    people, password, now = DeskPeople(desk.book, key=desk.key), secrets.token_urlsafe(12), desk.clock()
    for role in TIERS:
        people.take_invitation(people.invite(role, role, now), password, now)
    typer.echo(f"Sign in as {', '.join(TIERS)}, with the password {password}")
