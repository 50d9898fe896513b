"""Answer one reading statement on a connection that can do nothing but read: no file, no network, no setting."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import polars as pl
import pyarrow as pa

from dashboards.ask.statement import AskError, only_reads

LOCKS = (
    ("autoinstall_known_extensions", False),
    ("autoload_known_extensions", False),
    ("allow_community_extensions", False),
    ("python_enable_replacements", False),  # or SQL reads the program's own variables
    ("python_scan_all_frames", False),
    ("memory_limit", "1GB"),
    ("max_temp_directory_size", "0KB"),  # no copy of the data is left on a disk
    ("enable_external_access", False),
    ("lock_configuration", True),
)
ROWS_AT_ONCE = 10_000
MOST_ROWS = 1_000_000
SPOKEN = (duckdb.CatalogException, duckdb.BinderException, duckdb.ParserException)

__all__ = ["AskError", "ask", "locked"]


def locked(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Lock the connection for good and return it: no attach, copy, file, extension or setting from here on."""
    for name, value in LOCKS:
        db.execute(f"set {name} = {_literal(value)}")
    return db


def ask(db: duckdb.DuckDBPyConnection, sql: str, *, limit_seconds: float = 30) -> pl.DataFrame:
    """Return the answer to one statement that only reads, from a locked, read-only connection.

    AskError, in one sentence and without any value from the data, for anything else: two statements, one that
    writes, a file, an answer over a million rows, or more than `limit_seconds` of work.
    """
    if not _is_locked(db):
        raise AskError("This connection is not locked; open the published copy read-only and call locked() first.")
    statement = only_reads(db, sql)
    with _in_time(db, limit_seconds) as is_late:
        try:
            return _fetch(db.execute(statement).to_arrow_reader(ROWS_AT_ONCE))
        except (duckdb.Error, OSError, pa.ArrowException, pl.exceptions.PolarsError) as error:
            raise AskError(_sentence(error, is_late=is_late.is_set(), limit_seconds=limit_seconds)) from None


def _literal(value: bool | str) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value).lower()


def _is_locked(db: duckdb.DuckDBPyConnection) -> bool:
    settings = "select current_setting('lock_configuration'), current_setting('enable_external_access')"
    return db.execute(settings).fetchall() == [(True, False)]


@contextmanager
def _in_time(db: duckdb.DuckDBPyConnection, limit_seconds: float) -> Iterator[threading.Event]:
    """Interrupt the connection when the time is up; the event says whether that happened."""
    is_late = threading.Event()

    def stop() -> None:
        is_late.set()
        db.interrupt()

    timer = threading.Timer(limit_seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield is_late
    finally:
        timer.cancel()
        timer.join()


def _fetch(reader: pa.RecordBatchReader) -> pl.DataFrame:
    """Return everything that the reader brings; AskError once that is too much."""
    batches = []
    count = 0
    for batch in reader:
        count += batch.num_rows
        if count > MOST_ROWS:
            raise AskError(f"The answer has more than {MOST_ROWS:,} rows; count, group or LIMIT it.")
        batches.append(batch)
    frame = pl.from_arrow(pa.Table.from_batches(batches, schema=reader.schema))
    if not isinstance(frame, pl.DataFrame):
        raise TypeError("A table became something else.")
    return frame


def _sentence(error: Exception, *, is_late: bool, limit_seconds: float) -> str:
    """Return one sentence about the error; only errors about the question's own words are quoted."""
    if is_late:
        return f"The question took longer than {limit_seconds:g} seconds and was stopped; ask for less at once."
    if isinstance(error, duckdb.PermissionException | duckdb.InvalidInputException):
        return "That is not allowed here: the published copy may only be read."
    if isinstance(error, duckdb.OutOfMemoryException):
        return "The question needs more memory than it may have; ask for less at once."
    if isinstance(error, SPOKEN):
        message = str(error).splitlines()[0].partition(": ")[2].rstrip(".!")
        return f"The question cannot be answered: {message}."
    return "A value in the data does not fit the question; try TRY_CAST, or cast the column to text."
