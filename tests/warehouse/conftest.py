"""`db` is an empty warehouse in memory, with its views; `week` opens a run in it. `opened` is for tests of files.

`book` is an empty casebook, once in SQLite and once on a PostgreSQL server that the tests start; `casebook_of` gives
the URL of one that is filled already, which is done once in each process and copied for each test.

Tables and views are made once in each process and copied for each test, which takes a twentieth of the time. Each test
has a connection and a database of its own in the process's one engine: to load the extension into another takes longer
than most tests.
"""

import atexit
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import duckdb
import pytest

from tests.casebooks import CASEBOOK_KEY
from tests.warehouse.postgresql import Databases, Fill, postgresql
from warehouse.casebook.casebook import Casebook
from warehouse.runs.runs import AccountRow, PolicyRow, SchoolRow, begin, end
from warehouse.store.build import build
from warehouse.store.migrate import migrate
from warehouse.store.open import engine

MORNING = datetime(2026, 11, 2, 6, tzinfo=UTC)
TOWN = AccountRow("x", "100", "OusterlyVale", "owned")
CHANNEL = AccountRow("youtube", "UC1", "OusterlyVale", "owned")


@cache
def empty_warehouse() -> Path:
    """Return a file with every table and view of a warehouse and nothing in them, not encrypted."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "empty.duckdb"
    with engine() as connection:
        connection.execute(f"attach '{path}' as empty")
        connection.execute("use empty")
        migrate(connection)
        build(connection)
    return path


def copy_into(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Put every table and view of a warehouse into this database of the connection."""
    connection.execute(f"attach '{empty_warehouse()}' as empty (read_only)")
    connection.execute(f"copy from database empty to {name}")
    connection.execute("detach empty")


@contextmanager
def warehouse_alone() -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend an empty warehouse in an engine of its own, for what outlives a test."""
    with engine() as connection:
        copy_into(connection, "memory")
        yield connection


@cache
def shared_engine() -> duckdb.DuckDBPyConnection:
    return engine()


@pytest.fixture
def db() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = shared_engine().cursor()
    connection.execute("set timezone = 'UTC'")
    connection.execute("attach ':memory:' as fresh")
    copy_into(connection, "fresh")
    connection.execute("use fresh")
    yield connection
    connection.close()
    shared_engine().execute("detach fresh")


@pytest.fixture
def week(db: duckdb.DuckDBPyConnection) -> Callable[[str], str]:
    """Open the run of a day, at six in its morning or when the newest run was, having ended the one before it."""

    def opens(day: str) -> str:
        for (before,) in db.execute("select run_id from raw.runs where as_of < ?", [day]).fetchall():
            end(db, before, is_complete=True, at=MORNING)
        newest = "select coalesce(max(greatest(started_at, finished_at)), ?) from raw.runs"
        [(latest,)] = db.execute(newest, [MORNING]).fetchall()
        return begin(
            db,
            as_of=date.fromisoformat(day),
            school=SchoolRow(school_id="ousterly-vale", school_name="Ousterly Vale School"),
            policy=PolicyRow(pack="corbets-tey-2022", title="Social Networking Policy", edition="1"),
            accounts=[TOWN, CHANNEL],
            at=max(latest, datetime.combine(date.fromisoformat(day), time(6), UTC)),
        )

    return opens


SCHOOL = "ousterly-vale"


def with_nothing(_book: Casebook) -> None:
    """Leave a casebook as it is made."""


@cache
def filled_in_sqlite(school: str, fill: Fill) -> bytes:
    """Return the file of a casebook that was filled in this way."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "casebook.sqlite"
        with closing(Casebook(f"sqlite:///{place}", school, CASEBOOK_KEY)) as book:
            fill(book)
            with book.engine.connect() as connection:
                connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
        return place.read_bytes()


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The databases of the one PostgreSQL server of this process."""
    with postgresql() as server:
        yield Databases(server)


@pytest.fixture
def backend(request: pytest.FixtureRequest) -> str:
    """In what the casebook is kept."""
    return str(request.param)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test of a casebook on both: on PostgreSQL in one worker, and of most files only in the soak."""
    chosen = (mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "backend" in metafunc.fixturenames and "backend" not in chosen:
        marks = [pytest.mark.xdist_group("postgresql")]
        if metafunc.module.__name__.rpartition(".")[2] != "test_casebook":
            marks.append(pytest.mark.soak)
        metafunc.parametrize("backend", ["sqlite", pytest.param("postgresql", marks=marks)], indirect=True)


@pytest.fixture
def casebook_of(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Give the URL of a casebook of its own, filled in this way."""
    with ExitStack() as stack:

        def made(fill: Fill = with_nothing, school: str = SCHOOL) -> str:
            if backend == "postgresql":
                databases: Databases = request.getfixturevalue("databases")
                return stack.enter_context(databases.copy_of(school, fill))
            number = len(list(tmp_path.glob("casebook*.sqlite")))
            place = tmp_path / f"casebook{number or ''}.sqlite"
            place.write_bytes(filled_in_sqlite(school, fill))
            return f"sqlite:///{place}"

        yield made


@pytest.fixture
def casebook_url(casebook_of: Callable[..., str]) -> str:
    """The URL of an empty casebook of its own."""
    return casebook_of()


@pytest.fixture
def book(casebook_url: str) -> Iterator[Casebook]:
    """An empty casebook of its own."""
    with closing(Casebook(casebook_url, SCHOOL, CASEBOOK_KEY)) as made:
        yield made


def beside(book: Casebook, school: str) -> Casebook:
    """Return the same casebook as another school sees it; whoever asks closes it."""
    return Casebook(book.engine.url.render_as_string(hide_password=False), school, CASEBOOK_KEY)
