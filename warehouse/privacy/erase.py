"""Takes one subject out of the open warehouse: rows about them go, rows about others that name them are redacted.

A row is about the subject where a column that says whose it is names them; so is an exception about a post or a
picture that rests on them alone, and everything with its fingerprint.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from warehouse.catalogue.identities import owner_columns, tables_that_go_with_anybody
from warehouse.privacy.retention.over_clock import UNNAMED_LOOKS
from warehouse.privacy.retention.platform_clock import LISTING_WITHOUT_ID
from warehouse.privacy.subject_patterns import ERASED, Subject, SubjectMatcher
from warehouse.privacy.subjects import rows_naming
from warehouse.store.load import counted, transaction
from warehouse.store.preview_store import erase_previews
from warehouse.store.sealing import keyed_hash_of

_EXCEPTIONS = "outcome.exceptions"
CASES = (_EXCEPTIONS, "outcome.unread_texts")
_OF_OURS = frozenset({"post", "medium"})
# Labels of evidence: the account that a post of ours touches, what it is called and where it is; whom a post names; and
# the photograph whose approval ended.
_TOUCHED, _CALLED, _PLACE = "actor", "account", "link"
_ROLL_ID, _PHOTOGRAPH, _ENDED = "roll_id", "photograph_id", "ended"


def fingerprints_of(db: duckdb.DuckDBPyConnection, subject: Subject) -> frozenset[str]:
    """Return the fingerprints of the exceptions and unread texts that are about the subject.

    They are where the subject of the case is theirs; and of a post or a picture of ours where all that it rests on, in
    every run, is theirs: the account that it touches, whom it names, the photograph whose approval has ended.
    """
    about, resting = set[str](), set[str]()
    matcher = SubjectMatcher(subject)
    for table, rows in rows_naming(db, subject, only=CASES).items():
        cases = f"select fingerprint, subject_kind, rowid from {table} where list_contains(?, rowid)"
        for fingerprint, kind, row in db.execute(cases, [list(rows)]).fetchall():
            if "subject_id" in rows[row]:
                about.add(fingerprint)
            elif kind in _OF_OURS and "evidence" in rows[row]:
                resting.add(fingerprint)
    rests = {fingerprint: set[bool]() for fingerprint in resting}
    every_run = f"select fingerprint, platform, evidence from {_EXCEPTIONS} where list_contains(?, fingerprint)"
    for fingerprint, platform, evidence in db.execute(every_run, [sorted(resting)]).fetchall():
        rests[fingerprint] |= _rest_on_them(json.loads(evidence), matcher, platform)
    return frozenset(about | {fingerprint for fingerprint, on_them in rests.items() if on_them == {True}})


def _rest_on_them(evidence: Mapping[str, object], matcher: SubjectMatcher, platform: str) -> set[bool]:
    """Return whether a case rests on the subject, and whether on somebody else: neither, one or both."""
    if _TOUCHED in evidence:
        return {matcher.names(evidence[_TOUCHED], _TOUCHED, platform)}
    if matcher.names(evidence.get(_PLACE, ""), _PLACE, platform):
        return {True}
    whose = [_CALLED, _ROLL_ID, _PHOTOGRAPH] if _ENDED in evidence else [_CALLED, _ROLL_ID]
    said = {name: str(evidence[name]) for name in whose if evidence.get(name)}
    on_them = {True for name, value in said.items() if matcher.names(value, name, platform)}
    return on_them | {False for name, value in said.items() if matcher.others_in(value, name, platform)}


_BLANK = f"""
update raw.pages set
    body = null, request = '{{}}', token = null, next_token = null, listing = if(?, {LISTING_WITHOUT_ID}, listing)
where rowid = ?
"""


@dataclass(frozen=True, slots=True)
class ErasedRows:
    """What went: rows deleted or redacted by table, and the fingerprints of the exceptions that were deleted."""

    rows: Mapping[str, int]
    fingerprints: frozenset[str]


def erase_rows(db: duckdb.DuckDBPyConnection, subject: Subject) -> ErasedRows:
    """Take the subject out of every table, all or nothing; a second time finds nothing."""
    with transaction(db):
        fingerprints = fingerprints_of(db, subject)
        counts = _delete_cases(db, fingerprints)
        subject = replace(subject, hashes=subject.hashes | fingerprints)
        matcher = SubjectMatcher(subject)
        for table, rows in rows_naming(db, subject).items():
            counts[table] += len(rows)
            for row, columns in rows.items():
                _erase_row(db, table, row, columns, matcher)
        counts["raw.looks"] += counted(db, UNNAMED_LOOKS)
        for table in tables_that_go_with_anybody():
            db.execute(f"delete from {table}")
    return ErasedRows({table: rows for table, rows in sorted(counts.items()) if rows}, fingerprints)


def keyed_hash(key: str, platform: str, actor_id: str) -> str:
    """Return what a tombstone keeps of an account: whoever has the school's key knows it again, nobody finds it."""
    return keyed_hash_of(key, f"{platform}\x1f{actor_id}")


def _delete_cases(db: duckdb.DuckDBPyConnection, fingerprints: frozenset[str]) -> Counter[str]:
    """Delete these exceptions and unread texts, of every run, and the small pictures beside them."""
    counts = Counter({"desk.previews": erase_previews(db, fingerprints)})
    for table in CASES:
        sql = f"delete from {table} where list_contains(?::varchar[], fingerprint)"
        counts[table] += counted(db, sql, [sorted(fingerprints)])
    return counts


def _erase_row(
    db: duckdb.DuckDBPyConnection, table: str, row: int, columns: frozenset[str], matcher: SubjectMatcher
) -> None:
    if table == "raw.pages":
        db.execute(_BLANK, ["listing" in columns, row])
    elif columns & owner_columns(table):
        db.execute(f"delete from {table} where rowid = ?", [row])
    else:
        _redact(db, table, row, sorted(columns), matcher)


def _redact(db: duckdb.DuckDBPyConnection, table: str, row: int, columns: list[str], matcher: SubjectMatcher) -> None:
    """Write the columns without the subject; a row that cannot stand without them goes."""
    names = ", ".join(f'"{column}"' for column in columns)
    [values] = db.execute(f"select {names} from {table} where rowid = ?", [row]).fetchall()
    may_be_empty, keys = _may_be_empty(db, table), _keys(db, table)
    kept: list[Any] = [matcher.without(value, column) for column, value in zip(columns, values, strict=True)]
    kept = [
        None if value == ERASED and column in may_be_empty else value
        for column, value in zip(columns, kept, strict=True)
    ]
    needs = [
        column for column, value in zip(columns, kept, strict=True) if value is None and column not in may_be_empty
    ]
    if needs or not keys.isdisjoint(columns):
        db.execute(f"delete from {table} where rowid = ?", [row])
        return
    changes = [f'"{column}" = ?' for column in columns]
    if table in CASES:
        changes.append("about = null")  # whose hashes could be tried with the name of whoever is gone
    db.execute(f"update {table} set {', '.join(changes)} where rowid = ?", [*kept, row])


def _may_be_empty(db: duckdb.DuckDBPyConnection, table: str) -> frozenset[str]:
    rows = db.execute(
        "select column_name from duckdb_columns() where database_name = current_database() and is_nullable "
        "and schema_name || '.' || table_name = ?",
        [table],
    ).fetchall()
    return frozenset(column for (column,) in rows)


def _keys(db: duckdb.DuckDBPyConnection, table: str) -> frozenset[str]:
    rows = db.execute(
        "select unnest(constraint_column_names) from duckdb_constraints() where database_name = current_database() "
        "and constraint_type in ('PRIMARY KEY', 'UNIQUE') and schema_name || '.' || table_name = ?",
        [table],
    ).fetchall()
    return frozenset(column for (column,) in rows)
