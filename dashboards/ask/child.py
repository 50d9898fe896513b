"""What runs in the process that answers one question and makes its answer; it ends with it.

It has a folder of its own, which is empty, and no environment. It can write no file, take no more memory and processor
time than it is told, and reaches the published copy alone, read only; of the casebook it is given rows, not the file.
"""

import json
import resource
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from dashboards.ask import AskError, render
from dashboards.ask.answering import answer, sentence
from dashboards.ask.messages import (
    CASEBOOK,
    DATA,
    END,
    QUESTION,
    READY,
    TABLES,
    QuestionLimits,
    packed,
    packed_json,
    received,
)
from dashboards.ask.statement import Readable, only_reads
from policies.errors import UserError
from warehouse.store.open import attach, engine

# What is read ahead of an answer. DuckDB counts a text as sixteen bytes in it, however long, and holds 30 vectors of
# them at its usual 1 MB: of 10,000 characters each, 600 MB.
_READ_AHEAD = "10KB"
LOCKS = (
    ("autoinstall_known_extensions", False),
    ("autoload_known_extensions", False),
    ("allow_community_extensions", False),
    ("python_enable_replacements", False),  # or SQL reads the program's own variables
    ("python_scan_all_frames", False),
    ("temp_directory", ""),
    ("max_temp_directory_size", "0KB"),  # no copy of the data is left on a disk
    ("enable_external_access", False),
    ("streaming_buffer_size", _READ_AHEAD),
    ("lock_configuration", True),
)
Kinds = Mapping[str, Mapping[str, str]]


@contextmanager
def opened_copy(
    path: Path, key: str, extension: str, casebook: Kinds, limits: QuestionLimits
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a connection with the schemas `published` and `casebook` in memory: views of the copy, and empty tables.

    WarehouseError if the copy cannot be opened.
    """
    db = engine(extension)
    try:
        db.execute(f"set memory_limit = '{limits.engine_memory // 1_000_000}MB'")
        attach(db, path, key, name="kept", read_only=True)
        names = db.execute(
            "select table_name, comment from duckdb_tables() where database_name = 'kept' and schema_name = 'published'"
        ).fetchall()
        db.execute("create schema published")
        for name, about in names:
            db.execute(f"create view published.{name} as select * from kept.published.{name}")  # noqa: S608 - ours
            db.execute(f"comment on view published.{name} is {_literal(about or '')}")
        db.execute("create schema casebook")
        for name, kinds in casebook.items():
            columns = ", ".join(f'"{column}" {kind}' for column, kind in kinds.items())
            db.execute(f"create table casebook.{name} ({columns})")
        db.execute("set search_path = 'memory.published,memory.casebook'")
        yield db
    finally:
        db.close()


def casebook_filled(db: duckdb.DuckDBPyConnection, casebook: Kinds, rows: Mapping[str, Sequence[Any]]) -> None:
    """Put rows, whose values are texts, into the tables of schema `casebook`."""
    for name, given in rows.items():
        form = json.dumps([dict.fromkeys(casebook[name], "VARCHAR")])
        taken = "select unnest(from_json($rows, $form), max_depth := 2)"
        db.execute(f"insert into casebook.{name} {taken}", {"rows": json.dumps(given), "form": form})


def locked(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Lock the connection for good and return it: no attach, copy, file, extension or setting from here on."""
    for name, value in LOCKS:
        db.execute(f"set {name} = {_literal(value)}")
    return db


def _literal(value: bool | str) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value).lower()


_OLDER = "An older program made the published copy, without a column that is asked for. Run `audit run`, and ask again."
_FILES = 64  # open at once; a file that is written may have no byte


def main() -> None:
    """Answer the question that comes on the standard input, and say what came of it on the standard output."""
    _send(packed(READY, b""))
    asked = received(sys.stdin.buffer, QUESTION)
    limits = QuestionLimits(**asked["limits"])
    try:
        if asked["form"] in {"parquet", "xlsx"}:
            render.writer_of(asked["form"])  # what is to be imported is imported before memory is counted
        _bounded(limits)
        end = {"problem": None, **_answered(asked, limits)}
    except UserError as error:
        end = {"problem": str(error)}
    except (duckdb.Error, OSError, MemoryError, ValueError, OverflowError, RecursionError) as error:
        end = {"problem": sentence(error, most_memory=limits.too_much_memory)}
    _send(packed_json(END, end))


def _answered(asked: Mapping[str, Any], limits: QuestionLimits) -> dict[str, Any]:
    with opened_copy(Path(asked["copy"]), asked["key"], asked["extension"], asked["casebook"], limits) as db:
        tables = _tables(db, asked["casebook"])
        unwritten = frozenset(asked["publishes"]) - tables["published"]
        readable = Readable(tables, takes_parameters=bool(asked["parameters"]), unwritten=unwritten)
        statement = only_reads(db, asked["sql"], readable)
        _send(packed_json(TABLES, statement.tables))
        casebook_filled(db, asked["casebook"], received(sys.stdin.buffer, CASEBOOK))
        db.execute("set enable_progress_bar = false")  # it would be written among what is answered
        locked(db)
        writer = render.writer_of(asked["form"])
        parameters = {name: value for name, value in asked["parameters"].items() if f"${name}" in statement.sql}
        is_older = _lacks_any(db, asked["added"])
        try:
            return answer(db, statement.sql, parameters, writer=writer, limits=limits, asked=asked, send=_send_data)
        except duckdb.BinderException:
            if not is_older:
                raise
            raise AskError(_OLDER) from None


def _lacks_any(db: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> bool:
    """Say whether the published copy lacks one of these columns, which this program publishes."""
    there = db.execute(
        "select schema_name || '.' || table_name || '.' || column_name from duckdb_columns() "
        "where schema_name = 'published'"
    ).fetchall()
    return not set(columns) <= {name for (name,) in there}


def _tables(db: duckdb.DuckDBPyConnection, casebook: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    names = db.execute("select view_name from duckdb_views() where schema_name = 'published'").fetchall()
    return {"published": frozenset(name for (name,) in names), "casebook": frozenset(casebook)}


def _bounded(limits: QuestionLimits) -> None:
    most, seconds = _in_use() + limits.memory, limits.processor_seconds
    for what, amount, last in (
        (resource.RLIMIT_AS, most, most),
        (resource.RLIMIT_CPU, seconds, seconds + 1),  # at the first a signal says which limit it was
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, _FILES, _FILES),
    ):
        resource.setrlimit(what, (amount, last))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def _in_use() -> int:
    """Return the bytes of address space that this process has taken already."""
    statistics = Path("/proc/self/statm")
    if statistics.is_file():
        return int(statistics.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _send_data(part: bytes) -> None:
    _send(packed(DATA, part))


def _send(message: bytes) -> None:
    sys.stdout.buffer.write(message)
    sys.stdout.buffer.flush()
