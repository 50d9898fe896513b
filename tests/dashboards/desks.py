"""A desk over a published copy on disk, encrypted as a real one is, served at a real address."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from dashboards.desk.app import make_app
from dashboards.desk.school.desk import Desk
from flows.desk.school import names_now, school_desk
from flows.home.settings import Settings
from tests.casebooks import CASEBOOK_KEY, hash_quickly
from tests.dashboards.school_folder import write_school
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.casebook.people.desk_secrets import DeskSessions, sha256_of
from warehouse.store.build import models
from warehouse.store.open import attach, engine

KEY = "k" * 48
SCHOOL = "ousterly-vale"
PASSWORD = "four quiet old horses"
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
ROLES = (
    "enterprise_and_technology_lead",
    "dsl",
    "dpo",
    "headteacher",
    "chair_of_governors",
    "it_technician",
    "data_office",
)
DESK_TABLES = """
create table if not exists desk.pictures (picture text, body blob, media_type text);
create table if not exists desk.previews (
    fingerprint text, side text, part integer, box double[], shows_people boolean, photograph_id text, picture text,
    medium_id text, boxes double[][], registration double[], expires_on date, problem text
);
"""


def published(db: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the copy that a test made into an encrypted file, as a run would publish it."""
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    made = _encrypting().cursor()
    attach(made, beside, KEY, name="out")
    try:
        _write(db, made)
    finally:
        made.close()
        _encrypting().execute("detach out")
    beside.replace(path)


@cache
def _encrypting() -> duckdb.DuckDBPyConnection:
    """Return the process's one engine for copies: to load the extension takes as long as to write one."""
    return engine()


def _write(db: duckdb.DuckDBPyConnection, made: duckdb.DuckDBPyConnection) -> None:
    made.execute("begin")  # one for all: a disk is waited for at the end of each
    made.execute("create schema out.published; create schema out.desk")
    names = db.execute("select table_name from duckdb_tables() where schema_name = 'published'").fetchall()
    for (name,) in names:
        rows = db.execute(f"select * from published.{name}").to_arrow_table()
        made.execute(f"create table out.published.{name} as select * from rows")
    there = {f"published.{name}" for (name,) in names}
    for name in (name for name in models() if name.startswith("published.") and name not in there):
        made.execute(f"create table out.{name} (nothing integer)")  # which no page of the desk reads
    made.execute(DESK_TABLES.replace("desk.", "out.desk."))
    for (name,) in db.execute("select table_name from duckdb_tables() where schema_name = 'desk'").fetchall():
        rows = db.execute(f"select * from desk.{name}").to_arrow_table()  # noqa: F841 - read by name below
        made.execute(f"insert into out.desk.{name} by name select * from rows")
    made.execute("commit")


@cache
def _trust() -> ssl.SSLContext:
    """Return what a browser trusts, read once: no address of a desk's here is asked by TLS."""
    return ssl.create_default_context()


@dataclass
class Served:
    """A desk that is served, and who may sign in at it: one person of each role, and a second Lead."""

    desk: Desk
    url: str
    browsers: ExitStack
    people: DeskPeople
    app: Starlette

    def browser(self) -> httpx.Client:
        """Return a browser of nobody's."""
        return self.browsers.enter_context(httpx.Client(base_url=self.url, timeout=20, verify=_trust()))

    def signed_in_at_the_door(self, name: str) -> httpx.Client:
        """Return a browser of somebody who has signed in with the password."""
        client = self.browser()
        csrf = field_of(client.get("/sign-in").text, "csrf")
        client.post("/sign-in", data={"csrf": csrf, "sign_in_name": name, "password": PASSWORD})
        return client

    def signed_in(self, name: str) -> httpx.Client:
        """Return a browser of somebody whose session has begun; the name is a role, or `second`.

        How one begins at the door is asked elsewhere, once: a password takes a while.
        """
        client, book = self.browser(), self.desk.book
        [person] = [person for person in self.people.people() if person.sign_in_name == name]
        with book.engine.begin() as connection:
            secret = DeskSessions(book).begin(connection, person.number, person.role, self.desk.clock())
        client.cookies.set(f"desk-{sha256_of(book.school)[:8]}", secret)
        return client


@cache
def _with_people(school: str) -> bytes:
    """Return a casebook in which everybody has taken their invitation, made once."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        hash_quickly(patch)
        with closing(Casebook(f"sqlite:///{folder}/casebook.sqlite", school, CASEBOOK_KEY)) as book:
            people = DeskPeople(book, key=KEY)
            for name in (*ROLES, "second"):
                role = ROLES[0] if name == "second" else name
                people.take_invitation(people.invite(name, role, NOON), PASSWORD, NOON)
            with book.engine.connect() as connection:
                connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
        return (Path(folder) / "casebook.sqlite").read_bytes()


@contextmanager
def served(
    db: duckdb.DuckDBPyConnection,
    folder: Path,
    *,
    school: str = SCHOOL,
    clock: Callable[[], datetime] = lambda: NOON,
    host: str = "127.0.0.1",
    has_school: bool = False,
    **ways: Any,
) -> Iterator[Served]:
    """Serve the desk of this copy, with its casebook in the folder, and with a school's own folder if that is asked.

    `ways` are what `make_app` takes besides.
    """
    folder.mkdir(exist_ok=True)
    if has_school:
        write_school(folder / SCHOOL)
    published(db, folder / "published.duckdb")
    (folder / "casebook.sqlite").write_bytes(_with_people(school))
    with closing(Casebook(f"sqlite:///{folder}/casebook.sqlite", school, CASEBOOK_KEY)) as book:
        people = DeskPeople(book, key=KEY)
        place, zone = folder / "published.duckdb", ZoneInfo("Europe/London")
        desk = Desk(school, "Ousterly Vale School", zone, place, KEY, book, clock)
        hosts: set[str] = set()
        settings = Settings(home=folder, key=KEY, casebook_key=CASEBOOK_KEY, clock=lambda: NOON)
        names = names_now(settings, SCHOOL) if has_school else tuple[str, ...]
        own_folder = school_desk(settings, SCHOOL, book) if has_school else None
        app = make_app(desk, hosts=hosts, names=names, school=own_folder, **ways)
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False, lifespan="off"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        hosts.add(f"{host}:{port}")
        try:
            with ExitStack() as browsers:
                yield Served(desk, f"http://{host}:{port}", browsers, people, app)
        finally:
            server.should_exit = True
            thread.join(timeout=20)
            desk.close()


def field_of(html: str, name: str) -> str:
    """Return the value of a form's hidden field."""
    return html.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]
