"""Copies the published views into a fresh encrypted file and swaps it into place whole.

A reader who has the old file open keeps reading it; a publish that dies leaves the old file untouched.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse.catalogue.tags import description
from warehouse.questions import question
from warehouse.runs.runs import is_published
from warehouse.store.build import about, models, models_sha256
from warehouse.store.load import transaction
from warehouse.store.materialise import in_memory
from warehouse.store.open import WarehouseError, attach, drop, opened, plain_errors
from warehouse.store.preview_store import TABLES

# The columns that reports and decisions read and that a table had not in release 0.2.0.
ADDED_COLUMNS = (
    *("published.exceptions.about", "published.exceptions.fallen_for", "published.unread_texts.about"),
    *("published.exceptions.breaks", "published.clauses.verdict"),  # since release 0.4.0
    *("published.exceptions.decisions_read", "published.exceptions.is_unasked"),  # since release 0.8.0
    *("published.official_accounts.is_left", "published.photograph_pupils.video_id", "published.posts.posted_on"),
)
_COLUMNS = "select 'published.' || table_name || '.' || column_name from duckdb_columns()"
# Which casebook the newest run saw: whoever reads the copy writes it down there, and nowhere else.
_CASEBOOK = "select casebook_id from kept.raw.casebooks order by noted_at desc, run_id desc limit 1"
_COLUMNS_OF_THE_COPY = (
    "select table_name, column_name from duckdb_columns() "
    "where database_name = 'public_copy' and schema_name = 'published' order by all"
)
# Where no run has noted yet that a place was proved gone, as after an update, its case says what the list says.
_PROVED_GONE = """
update public_copy.published.exceptions as told
set down_on = proved.down_on
from (
    select fingerprint, case_as_of, min(as_of) as down_on
    from core.ended_place_states
    where state = 'gone' and down_on is null
    group by all
) as proved
where told.fingerprint = proved.fingerprint and told.run_id = proved.case_as_of::text and told.down_on is null
"""


def publish(db: duckdb.DuckDBPyConnection, target: Path, key: str) -> None:
    """Write every view of `published`, and the desk's tables, to `target`; WarehouseError if the disk is full."""
    beside = target.with_suffix(".new")
    drop(beside)
    try:
        attach(db, beside, key, name="public_copy")
        try:
            with plain_errors(target.name):
                views = [name for name in sorted(models()) if name.startswith("published.")]
                with in_memory(db, views), transaction(db):  # or the disk would be waited for after each of hundreds
                    _fill(db, views)
                db.execute("checkpoint public_copy")
        finally:
            db.execute("detach public_copy")
    except BaseException:
        drop(beside)
        raise
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(target)


def _fill(db: duckdb.DuckDBPyConnection, views: Sequence[str]) -> None:
    db.execute("create schema public_copy.published")
    for name in views:
        _copy(db, name)
    db.execute(_PROVED_GONE)
    comments = []
    for view, column in db.execute(_COLUMNS_OF_THE_COPY).fetchall():
        says = description(view, column).replace("'", "''")
        comments.append(f"comment on column public_copy.published.{view}.{column} is '{says}'")
    db.execute(";".join(comments))
    db.execute("create schema public_copy.desk")
    for name in TABLES:
        db.execute(f"create table public_copy.{name} as select * from kept.{name}")
    db.execute(f"create table public_copy.main.models as select '{models_sha256()}' as sha256")
    db.execute(f"create table public_copy.main.casebook as {_CASEBOOK}")


def _copy(db: duckdb.DuckDBPyConnection, name: str) -> None:
    db.execute(f"create table public_copy.{name} as {models()[name]}")
    db.execute(f"comment on table public_copy.{name} is '{about(name)}'")


def ensure_current(copy: duckdb.DuckDBPyConnection) -> None:
    """Raise WarehouseError unless this published copy has every table and column that this program reads."""
    there = {name for (name,) in copy.execute("select 'published.' || table_name from duckdb_tables()").fetchall()}
    there |= {name for (name,) in copy.execute(_COLUMNS).fetchall()}
    if not there.issuperset({*(name for name in models() if name.startswith("published.")), *ADDED_COLUMNS}):
        raise WarehouseError(
            "The published copy was made by an older program. Run `audit run` once; nothing was changed."
        )


def publish_settled(db: duckdb.DuckDBPyConnection, target: Path, key: str) -> bool:
    """Write the published copy anew at `target`; say whether there is anything that was ever published.

    `db` is the open warehouse, as `kept`. WarehouseError if the disk is full; the copy there was then stays.
    """
    [(published,)] = db.execute("select count(*) from raw.runs where published_at is not null").fetchall()
    if not published:
        return False
    if is_published(db):
        publish(db, target, key)
        return True
    aside = target.with_name("settled.part.duckdb")
    drop(aside)
    try:
        attach(db, aside, key, name="settled")
        try:
            db.execute("copy from database kept to settled")
        finally:
            db.execute("detach settled")
        with opened(aside, key) as settled:
            _leave_out_unpublished(settled)
            publish(settled, target, key)
    finally:
        drop(aside)
    return True


def _leave_out_unpublished(db: duckdb.DuckDBPyConnection) -> None:
    tables = [name for (name,) in db.execute(question("tables_of_runs")).fetchall() if name != "raw.runs"]
    for name in [*tables, "raw.runs"]:
        unpublished = "run_id in (select run_id from raw.runs where published_at is null)"
        db.execute(f"delete from {name} where {unpublished}")
