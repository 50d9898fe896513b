"""What the desk shows of pictures: which cases need one, what they are made of, and the small copies that are kept.

A small copy goes when no case that stands names it any more, when its day is over, and when its subject is forgotten.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from warehouse.questions import question
from warehouse.store.load import counted, insert, transaction

Row = Mapping[str, Any]

TABLES = ("desk.pictures", "desk.previews")
# Where the exception is not about a picture but about what a post says beside its pictures.
_BESIDE_PICTURES = ("pupil_named",)


_UNNAMED = (
    "delete from desk.pictures where picture not in (select picture from desk.previews where picture is not null)"
)


def cases(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return each picture of each case that stands: fingerprint, the look at it, `file_id` and `fetched_on`."""
    return pl.DataFrame(db.sql(question("pictures_of_cases"), params={"beside": list(_BESIDE_PICTURES)})).to_dicts()


def parts(db: duckdb.DuckDBPyConnection, case: Row) -> list[dict[str, Any]]:
    """Return what was said of each part of the picture of a case, in the run of its look."""
    place = {name: case[name] for name in ("run_id", "platform", "post_id", "medium_id")}
    return pl.DataFrame(db.sql(question("parts_of_picture"), params=place)).to_dicts()


def masters(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the files of approved photographs as the run at hand found them."""
    return pl.DataFrame(db.sql("select * from core.masters order by photograph_id, file_name")).to_dicts()


def sizes(db: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int]]:
    """Return width and height of the file of each small picture that is kept, by what it is kept under."""
    rows = db.execute("select picture, width, height from desk.pictures").fetchall()
    return {picture: (width, height) for picture, width, height in rows}


def small_body(db: duckdb.DuckDBPyConnection, picture: str) -> bytes:
    """Return a small picture that is kept; IndexError where there is none."""
    rows: list[tuple[bytes]] = db.execute("select body from desk.pictures where picture = ?", [picture]).fetchall()
    return bytes(rows[0][0])


def registrations(db: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[float] | None]:
    """Return how each approved photograph lies in each posted picture that it stands beside, None where unknown."""
    rows = db.execute(question("registrations_shown")).fetchall()
    return {(posted, approved): registration for posted, approved, registration in rows}


def replace_previews(
    db: duckdb.DuckDBPyConnection,
    rows: Sequence[Row],
    pictures: Sequence[Row],
    *,
    today: date,
    kept: Collection[str] = (),
) -> None:
    """Keep these rows instead of all before, add these pictures, and delete those that no row names any more.

    Of a case of `kept`, by fingerprint, what there is stays where these rows have nothing of it, or its day is over.
    """
    new = sorted({row["fingerprint"] for row in rows})
    with transaction(db):
        values = {"kept": sorted(kept), "new": new, "today": today}
        stay = [fingerprint for (fingerprint,) in db.execute(question("previews_to_stay"), values).fetchall()]
        db.execute("delete from desk.previews where not list_contains(?::varchar[], fingerprint)", [stay])
        insert(db, "desk.previews", [row for row in rows if row["fingerprint"] not in stay])
        insert(db, "desk.pictures", pictures)
        db.execute(_UNNAMED)


def expire_previews(db: duckdb.DuckDBPyConnection, today: date, *, but: Collection[str] = ()) -> int:
    """Delete the rows whose day is over, and the pictures with them; say how many. Joins a transaction.

    Those of the cases `but`, by fingerprint, stay.
    """
    return _delete(db, "expires_on < ? and not list_contains(?::varchar[], fingerprint)", [today, sorted(but)])


def erase_previews(db: duckdb.DuckDBPyConnection, fingerprints: Collection[str]) -> int:
    """Delete the rows of these cases, and the pictures with them; say how many. Joins a transaction."""
    return _delete(db, "list_contains(?::varchar[], fingerprint)", [sorted(fingerprints)])


def _delete(db: duckdb.DuckDBPyConnection, which: str, values: list[object]) -> int:
    return counted(db, f"delete from desk.previews where {which}", values) + counted(db, _UNNAMED)
