"""What the desk shows of pictures: which cases need one, what they are made of, and the small copies that are kept.

A small copy goes when no case that stands names it any more, when its day is over, and when its subject is forgotten.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

from warehouse.store.load import counted, insert, transaction

Row = Mapping[str, Any]

TABLES = ("desk.pictures", "desk.previews")
# Where the exception is not about a picture but about what a post says beside its pictures.
_BESIDE_PICTURES = ("pupil_named",)

# One row per standing exception of the newest run and picture that it is about, with the newest look at that picture
# whose bytes were there, and where those bytes are if they are still kept. A video has its thumbnails.
_CASES = """
with raised as (
    select exceptions.fingerprint, exceptions.check_id, exceptions.platform, exceptions.subject_id
    from outcome.exceptions as exceptions
    inner join outcome.exception_states as states using (run_id, fingerprint)
    inner join core.audit on exceptions.run_id = audit.run_id
    where states.stands and (exceptions.subject_kind = 'medium' or list_contains($beside, exceptions.check_id))
),
looked as (
    select run_id, platform, post_id, medium_id, sha256, people, why, pdq
    from raw.picture_verdicts
    qualify row_number() over (partition by platform, post_id, medium_id order by sha256 is null, run_id desc) = 1
),
fetched as (
    select runs.run_id, coalesce(min(cast(pages.fetched_at as date)), runs.as_of) as fetched_on
    from raw.runs as runs left join raw.pages as pages on runs.run_id = pages.run_id
    group by runs.run_id, runs.as_of
),
files as (
    select
        files.platform, files.medium_id, coalesce(files.sha256, sha256(files.body)) as file_sha256,
        files.rowid as file_id, fetched.fetched_on
    from raw.medium_files as files inner join fetched on files.run_id = fetched.run_id
    where files.body is not null
    qualify row_number() over (
        partition by files.platform, files.medium_id, file_sha256 order by fetched.fetched_on desc, files.run_id desc
    ) = 1
)
select
    raised.fingerprint, raised.check_id, looked.*, looked.medium_id != looked.post_id || '/picture' as is_ours,
    files.file_id, files.fetched_on
from raised
inner join looked
    on raised.platform = looked.platform and raised.subject_id in (looked.medium_id, looked.post_id)
left join files
    on looked.platform = files.platform and looked.medium_id = files.medium_id and looked.sha256 = files.file_sha256
qualify row_number() over (
    partition by raised.fingerprint, looked.medium_id order by looked.sha256 is null, looked.run_id desc, looked.post_id
) = 1
order by raised.fingerprint, looked.medium_id
"""

_PARTS = """
select parts.part, parts.verdict, parts.photograph_id, parts.new_area
from raw.picture_parts as parts
where parts.run_id = ? and parts.platform = ? and parts.post_id = ? and parts.medium_id = ?
order by parts.part
"""

_REGISTRATIONS = """
select posted.picture, approved.picture, any_value(approved.registration)
from desk.previews as approved inner join desk.previews as posted using (fingerprint, medium_id)
where approved.side = 'approved' and posted.side = 'posted'
and approved.picture is not null and posted.picture is not null
group by posted.picture, approved.picture
"""

_STAY = """
select distinct fingerprint
from desk.previews
where list_contains($kept::varchar[], fingerprint)
and (expires_on < $today or not list_contains($new::varchar[], fingerprint))
"""

_UNNAMED = (
    "delete from desk.pictures where picture not in (select picture from desk.previews where picture is not null)"
)


def cases(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return each picture of each case that stands: fingerprint, the look at it, `file_id` and `fetched_on`."""
    return db.execute(_CASES, {"beside": list(_BESIDE_PICTURES)}).pl().to_dicts()


def parts(db: duckdb.DuckDBPyConnection, case: Row) -> list[dict[str, Any]]:
    """Return what was said of each part of the picture of a case, in the run of its look."""
    place = [case["run_id"], case["platform"], case["post_id"], case["medium_id"]]
    return db.execute(_PARTS, place).pl().to_dicts()


def masters(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the files of approved photographs as the run at hand found them."""
    return db.execute("select * from core.masters order by photograph_id, file_name").pl().to_dicts()


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
    rows = db.execute(_REGISTRATIONS).fetchall()
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
        stay = [fingerprint for (fingerprint,) in db.execute(_STAY, values).fetchall()]
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
