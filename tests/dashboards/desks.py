"""A desk over a published copy on disk, encrypted as a real one is, served at a real address."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import httpx
import uvicorn

from dashboards.desk.app import make_app
from dashboards.desk.desk import Desk
from warehouse.build import models
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.desk_people import DeskPeople
from warehouse.open import attach, engine

KEY = "k" * 48
SCHOOL = "ousterly-vale"
PASSWORD = "four quiet old horses"
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
ROLES = ("enterprise_and_technology_lead", "dsl", "dpo", "headteacher", "chair_of_governors", "it_technician")
DESK_TABLES = """
create table if not exists desk.pictures (picture text, body blob, media_type text);
create table if not exists desk.previews (
    fingerprint text, side text, part integer, box double[], shows_people boolean, photograph_id text, picture text,
    medium_id text, boxes double[][], registration double[], expires_on date, problem text
);
"""


def published(db: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the copy that a test made into an encrypted file, as a run would publish it."""
    made = engine()
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    attach(made, beside, KEY, name="out")
    made.execute("create schema out.published; create schema out.desk")
    names = db.execute("select table_name from duckdb_tables() where schema_name = 'published'").fetchall()
    for (name,) in names:
        rows = db.execute(f"select * from published.{name}").to_arrow_table()  # noqa: F841 - read by name below
        made.execute(f"create table out.published.{name} as select * from rows")
    there = {f"published.{name}" for (name,) in names}
    for name in (name for name in models() if name.startswith("published.") and name not in there):
        made.execute(f"create table out.{name} (nothing integer)")  # which no page of the desk reads
    made.execute(DESK_TABLES.replace("desk.", "out.desk."))
    made.execute("detach out")
    made.close()
    beside.replace(path)


@dataclass
class Served:
    """A desk that is served, and who may sign in at it: one person of each role, and a second Lead."""

    desk: Desk
    url: str
    browsers: ExitStack
    people: DeskPeople

    def browser(self) -> httpx.Client:
        """Return a browser of nobody's."""
        return self.browsers.enter_context(httpx.Client(base_url=self.url, timeout=20))

    def signed_in(self, name: str) -> httpx.Client:
        """Return a browser of somebody who has signed in; the name is a role, or `second`."""
        client = self.browser()
        csrf = field_of(client.get("/sign-in").text, "csrf")
        client.post("/sign-in", data={"csrf": csrf, "sign_in_name": name, "password": PASSWORD, "code": ""})
        return client


@contextmanager
def served(db: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[Served]:
    """Serve the desk of this copy, with its casebook in the folder."""
    folder.mkdir(exist_ok=True)
    published(db, folder / "published.duckdb")
    with closing(Casebook(f"sqlite:///{folder}/casebook.sqlite", SCHOOL)) as book:
        people = DeskPeople(book, key=KEY)
        for name in (*ROLES, "second"):
            role = ROLES[0] if name == "second" else name
            people.take_invitation(people.invite(name, role, NOON), PASSWORD, NOON)
        place, zone = folder / "published.duckdb", ZoneInfo("Europe/London")
        desk = Desk(SCHOOL, "Ousterly Vale School", zone, place, KEY, book, lambda: NOON)
        hosts: set[str] = set()
        server = uvicorn.Server(
            uvicorn.Config(make_app(desk, hosts=hosts), port=0, log_level="error", access_log=False, lifespan="off")
        )
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        hosts.add(f"127.0.0.1:{port}")
        try:
            with ExitStack() as browsers:
                yield Served(desk, f"http://127.0.0.1:{port}", browsers, people)
        finally:
            server.should_exit = True
            thread.join(timeout=20)


def field_of(html: str, name: str) -> str:
    """Return the value of a form's hidden field."""
    return html.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]
