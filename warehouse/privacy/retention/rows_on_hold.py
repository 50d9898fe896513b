"""What a recorded hold keeps of the warehouse: every row that names whom it is on, and what shows a held photograph.

It is what an erasure of the same subject would find. A row is kept whole, and so is a page that names others too.
While deletions by age are under way, `rows_on_hold` lists what is kept, and each of them leaves it alone.
"""

from collections.abc import Collection
from dataclasses import replace
from functools import reduce

import duckdb

from warehouse.casebook.holds import PERSON, PHOTOGRAPH
from warehouse.catalogue.identities import edges
from warehouse.privacy.reach import HELD, NOTHING
from warehouse.privacy.subject_patterns import Subject, SubjectMatcher
from warehouse.privacy.subjects import SubjectError, of_account, resolve, rows_naming, with_accounts

Held = Collection[tuple[str, str]]  # what a hold is on, and its id

_CASES = ("outcome.exceptions", "outcome.unread_texts")
_POSTED = " union ".join(
    f"select platform, {column} from {edge.table} where list_contains($photographs, {edge.by})"
    for edge in edges("photograph", "written")
    for column in edge.columns
)
_POSTS = """
insert into rows_on_hold
select 'raw.posts', posts.rowid
from raw.posts as posts
semi join (
    select media.platform, media.post_id
    from raw.media as media
    semi join (select unnest($media, recursive := true)) as shown using (platform, medium_id)
) as showing using (platform, post_id)
"""
_CHALLENGED = (
    "insert into rows_on_hold select '{table}', rowid from {table} where list_contains($challenged, fingerprint)"
)
_CASES_ON_HOLD = """
select fingerprint from outcome.exceptions
where rowid in (select row_number from rows_on_hold where table_name = 'outcome.exceptions')
union
select fingerprint from desk.previews
where rowid in (select row_number from rows_on_hold where table_name = 'desk.previews')
"""


def subject_on_hold(db: duckdb.DuckDBPyConnection, held: Held) -> Subject:
    """Return all that these holds are on as one subject, with the accounts of each person.

    Of whom no register that is kept has anything any more, the id alone is meant.
    """
    return reduce(_together, (_one(db, kind, ident) for kind, ident in sorted(held)), Subject())


def with_likely_accounts(db: duckdb.DuckDBPyConnection, person: Subject) -> Subject:
    """Return a person with each account that is likely theirs, or somebody else's too; anybody else as they are.

    An erasure asks about such an account; a hold keeps it, since what is deleted cannot be had again.
    """
    return with_accounts(db, person, (tie.account for tie in person.ties if tie.how in HELD))


def matcher_of_holds(db: duckdb.DuckDBPyConnection, held: Held) -> SubjectMatcher | None:
    """Return what knows the held subjects, and their cases by fingerprint, in any text; None where nothing is held."""
    if not held:
        return None
    subject = subject_on_hold(db, held)
    return SubjectMatcher(replace(subject, hashes=subject.hashes | _fingerprints(db, subject)))


def kept_cases(db: duckdb.DuckDBPyConnection, held: Held, challenged: Collection[str]) -> frozenset[str]:
    """Return the fingerprints of the cases that a hold or a challenge keeps."""
    named = _fingerprints(db, subject_on_hold(db, held)) if held else frozenset()
    return named | frozenset(challenged)


def mark_rows_on_hold(db: duckdb.DuckDBPyConnection, held: Held, challenged: Collection[str]) -> None:
    """List in `rows_on_hold` what holds keep, and the cases whose challenge waits for its answer."""
    db.execute("create or replace temporary table rows_on_hold (table_name text, row_number bigint)")
    if held:
        subject = subject_on_hold(db, held)
        for table, rows in rows_naming(db, subject).items():
            db.execute(
                "insert into rows_on_hold select $table, unnest($rows::bigint[])", {"table": table, "rows": list(rows)}
            )
        media = [{"platform": platform, "medium_id": ident} for platform, ident in subject.written]
        if media:
            db.execute(_POSTS, {"media": media})
    if challenged:
        for table in _CASES:
            db.execute(_CHALLENGED.format(table=table), {"challenged": sorted(challenged)})


def cases_on_hold(db: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the fingerprints of the cases that are held; inside `mark_rows_on_hold` only."""
    return frozenset(fingerprint for (fingerprint,) in db.execute(_CASES_ON_HOLD).fetchall())


def unmark_rows_on_hold(db: duckdb.DuckDBPyConnection) -> None:
    """Take the list away, once everything else has gone."""
    db.execute("drop table rows_on_hold")


def not_on_hold(table: str, rowid: str = "rowid") -> str:
    """Return the condition by which a statement on a table leaves alone what is held, once that is marked."""
    return f"{rowid} not in (select row_number from rows_on_hold where table_name = '{table}')"


def _one(db: duckdb.DuckDBPyConnection, kind: str, ident: str) -> Subject:
    try:
        if kind == PERSON:
            return with_likely_accounts(db, resolve(db, NOTHING, person=ident))
        if kind == PHOTOGRAPH:
            return _with_posted(db, resolve(db, NOTHING, photograph=ident))
    except SubjectError:
        only = frozenset({ident})
        return Subject(person_ids=only) if kind == PERSON else _with_posted(db, Subject(photograph_ids=only))
    account = of_account(db, kind, ident)
    return replace(account, written=account.written | {(kind, ident)})  # or a comment's, a post's or a picture's id


def _together(one: Subject, other: Subject) -> Subject:
    return Subject(
        actors=one.actors | other.actors,
        person_ids=one.person_ids | other.person_ids,
        photograph_ids=one.photograph_ids | other.photograph_ids,
        handles=one.handles | other.handles,
        names=one.names | other.names,
        written=one.written | other.written,
        hashes=one.hashes | other.hashes,
    )


def _with_posted(db: duckdb.DuckDBPyConnection, photograph: Subject) -> Subject:
    posted = db.execute(_POSTED, {"photographs": sorted(photograph.photograph_ids)}).fetchall()
    return replace(photograph, written=photograph.written | frozenset(posted))


def _fingerprints(db: duckdb.DuckDBPyConnection, subject: Subject) -> frozenset[str]:
    found = rows_naming(db, subject, only=_CASES)
    return frozenset(
        fingerprint
        for table, rows in found.items()
        for (fingerprint,) in db.execute(
            f"select distinct fingerprint from {table} where list_contains(?::bigint[], rowid)", [list(rows)]
        ).fetchall()
    )
