"""What is remembered from run to run, under hashes: the masters' features, what posted bytes and texts came to.

No picture and no words are in it. All is deleted as soon as the register, or no standing post, has the file any more.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import duckdb
import polars as pl

from warehouse.questions import question
from warehouse.store.load import insert, transaction


def readings(db: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return what was said of the texts that were read last, by their hashes."""
    return dict(db.execute("select sha256, families from raw.readings").fetchall())


def keep_readings(db: duckdb.DuckDBPyConnection, run_id: str, read: Mapping[str, str]) -> None:
    """Keep what was said of the texts of this run, and of no others; what is known already is not written again."""
    known = readings(db)
    gone = [sha256 for sha256, families in known.items() if read.get(sha256) != families]
    kept = known.keys() - gone
    rows = [
        {"run_id": run_id, "sha256": sha256, "families": families}
        for sha256, families in read.items()
        if sha256 not in kept
    ]
    with transaction(db):
        db.execute("delete from raw.readings where sha256 in (select unnest(?::varchar[]))", [gone])
        db.execute("update raw.readings set run_id = ? where run_id != ?", [run_id, run_id])
        insert(db, "raw.readings", rows)


Row = Mapping[str, Any]


def features(db: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, bytes]]]:
    """Return the features that are kept, each with its master's id, by the SHA-256 of the master's file."""
    features_by_sha256: dict[str, list[tuple[str, bytes]]] = {}
    for sha256, master, body in db.execute("select sha256, master, body from raw.features order by master").fetchall():
        features_by_sha256.setdefault(sha256, []).append((master, body))
    return features_by_sha256


def keep_features(db: duckdb.DuckDBPyConnection, made: Sequence[Row], *, of: Collection[str]) -> None:
    """Keep features that were made instead of those of the same files, and delete those of files not in `of`."""
    replaced = {row["sha256"] for row in made}
    db.execute("delete from raw.features where not list_contains(?::varchar[], sha256)", [sorted(set(of) - replaced)])
    insert(db, "raw.features", made, replaces=True)


def last_masters(db: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """Return, by photograph and file name, the SHA-256 of the file that the newest run with one has read."""
    rows = db.execute(
        "select photograph_id, file_name, max_by(sha256, run_id) from raw.masters where sha256 is not null "
        # What could not be read was never seen; beside a picture that was, its hash is still that of the picture.
        "and (problem is distinct from 'unreadable' or pdq is not null) group by all"
    ).fetchall()
    return {(photograph, name): sha256 for photograph, name, sha256 in rows}


def earlier_masters(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return each file that a run before the one at hand read for a photograph, in the newest row that named it."""
    return pl.DataFrame(db.sql(question("earlier_masters"))).to_dicts()


def looks(db: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    """Return what was seen in pictures, by the SHA-256 of their bytes."""
    rows: list[dict[str, Any]] = pl.DataFrame(db.sql("select * from raw.looks")).to_dicts()
    return {row["sha256"]: row for row in rows}


def keep_looks(db: duckdb.DuckDBPyConnection, seen: Sequence[Row], *, of: Collection[str]) -> None:
    """Keep what was seen, and delete what was seen in pictures that are not among `of`."""
    db.execute("delete from raw.looks where not list_contains(?::varchar[], sha256)", [sorted(of)])
    insert(db, "raw.looks", seen, replaces=True)
