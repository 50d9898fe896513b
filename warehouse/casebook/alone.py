"""A transaction that no other of the same purpose can begin before it has ended, in SQLite and in PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

# PostgreSQL's names for what is done alone; any numbers that nobody else uses.
UPGRADE = 2_026_110_900
DESK_PEOPLE = 2_026_112_301
ACCESS_LOG = 2_026_112_302


@contextmanager
def alone(engine: Engine, purpose: int) -> Iterator[Connection]:
    """Lend a connection in a transaction of this purpose; of a casebook in SQLite nobody else writes anything then."""
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("begin immediate")  # Python would begin at the first row that is written
        else:
            connection.execute(text("select pg_advisory_xact_lock(:purpose)"), {"purpose": purpose})
        yield connection
