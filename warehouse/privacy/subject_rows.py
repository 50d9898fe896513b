"""What the warehouse holds of one subject: all of a row that is theirs, and of another's row what names them."""

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from warehouse.catalogue.identities import edges, is_own_key, is_place, owner_columns
from warehouse.privacy.subject_patterns import Subject, SubjectMatcher
from warehouse.privacy.subjects import rows_naming

# What differs from week to week though nothing has changed: how a match scored among all of its week.
_DIFFER = frozenset({"run_id", "fetched_at", "source", "probability", "score", "runner_up"})
# A case is told whole to whoever is in it.
_RAISED_ABOUT = frozenset(edge.table for edge in edges("account", "case"))
_PICTURES = {"raw.medium_files": "content_type", "desk.pictures": "media_type"}


@dataclass(frozen=True, slots=True)
class RowOfSubject:
    """One row, in every run that has it alike: `values` by column, and the days of the first and the last run.

    `is_own` says that the row is the subject's own; `picture` are the bytes of one, with its media type.
    """

    table: str
    values: Mapping[str, Any]
    is_own: bool
    first: date | None
    last: date | None
    picture: tuple[bytes, str] | None = None

    @property
    def platform(self) -> str | None:
        """Of which platform it is, if of one."""
        platform = self.values.get("platform")
        return platform if isinstance(platform, str) else None


def subject_rows(db: duckdb.DuckDBPyConnection, subject: Subject) -> tuple[tuple[RowOfSubject, ...], dict[str, int]]:
    """Return what is held of the subject, and how many rows of each table name them; tables without any have 0."""
    matcher, found = SubjectMatcher(subject), rows_naming(db, subject)
    _add_cases(db, found)
    tables = [f"{schema}.{table}" for schema, table in db.execute(_TABLES).fetchall()]
    counts = {table: len(found.get(table, {})) for table in tables}
    rows = [row for table in tables if found.get(table) for row in _rows(db, table, found[table], matcher)]
    return _alike(rows), counts


_TABLES = """
select schema_name, table_name from duckdb_tables() where database_name = current_database() order by all
"""
# With the rule and the clause of the policy for whose sake the case was raised; what the school is advised to do is no
# fact about anybody.
_CASES = """
select
    exceptions.rowid, exceptions.* exclude (next_step, do_not, owner_role),
    checks.check_title, checks.clause_says, checks.why as purpose
from outcome.exceptions as exceptions
left join outcome.checks as checks
    on exceptions.described_in = checks.run_id and exceptions.check_id = checks.check_id
        and exceptions.clause = checks.clause
where exceptions.rowid in ?
"""


def cases_of(rows: Collection[RowOfSubject]) -> frozenset[str]:
    """Return the fingerprints of the cases among these rows."""
    return frozenset(str(row.values["fingerprint"]) for row in rows if row.values.get("fingerprint"))


def _add_cases(db: duckdb.DuckDBPyConnection, found: dict[str, dict[int, frozenset[str]]]) -> None:
    """Add what hangs on the subject's cases: rows with their fingerprints, and the small pictures beside them."""
    prints = set[str]()
    for table in ("outcome.exceptions", "outcome.unread_texts"):
        if rows := list(found.get(table, {})):
            prints |= {p for (p,) in db.execute(f"select fingerprint from {table} where rowid in ?", [rows]).fetchall()}
    _add(db, found, "desk.previews", "fingerprint", sorted(prints))
    previews = list(found.get("desk.previews", {}))
    pictures = db.execute("select distinct picture from desk.previews where rowid in ?", [previews]).fetchall()
    _add(db, found, "desk.pictures", "picture", [picture for (picture,) in pictures if picture is not None])


def _add(
    db: duckdb.DuckDBPyConnection,
    found: dict[str, dict[int, frozenset[str]]],
    table: str,
    column: str,
    wanted: list[str],
) -> None:
    for (rowid,) in db.execute(f"select rowid from {table} where {column} in ?", [wanted]).fetchall():
        rows = found.setdefault(table, {})
        rows[rowid] = rows.get(rowid, frozenset()) | {column}


def _rows(
    db: duckdb.DuckDBPyConnection, table: str, naming: Mapping[int, frozenset[str]], matcher: SubjectMatcher
) -> Iterator[RowOfSubject]:
    sql = _CASES if table == "outcome.exceptions" else f"select rowid, * from {table} where rowid in ?"
    result = db.execute(sql, [list(naming)])
    columns = [column[0] for column in result.description or ()]
    for row in result.fetchall():
        rowid, values = row[0], dict(zip(columns[1:], row[1:], strict=True))
        yield _row(table, values, naming[rowid], matcher)


def _row(table: str, values: dict[str, Any], naming: frozenset[str], matcher: SubjectMatcher) -> RowOfSubject:
    is_own = bool(naming & owner_columns(table)) or table in _RAISED_ABOUT
    body = values.pop("body", None)
    picture = None
    if table == "raw.pages" and body is not None:
        values["said"] = [*_said(zlib.decompress(body).decode("utf-8", "replace"), matcher)]
        naming |= {"said"}
    elif table in _PICTURES and body is not None and (is_own or table == "desk.pictures"):
        picture = (bytes(body), str(values.get(_PICTURES[table]) or "application/octet-stream"))
    shown = values if is_own else {name: v for name, v in values.items() if name in naming or is_place(name)}
    plain = {name: value for name, value in shown.items() if not isinstance(value, bytes | bytearray | memoryview)}
    day = _day(values)
    return RowOfSubject(table, plain, is_own, day, day, picture)


def _said(text: str, matcher: SubjectMatcher) -> Iterator[dict[str, Any]]:
    """Yield of a stored page what it says of the subject: the innermost objects that name them, and nothing beside."""
    try:
        read = json.loads(text)
    except ValueError:
        yield {"page": "names the subject in a text that is no JSON"}
        return
    yield from _objects(read, matcher)


def _objects(node: Any, matcher: SubjectMatcher) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for each in node:
            yield from _objects(each, matcher)
    elif isinstance(node, dict):
        flat = {k: v for k, v in node.items() if not isinstance(v, dict | list)}
        named = {k: v for k, v in flat.items() if matcher.names(v, k)}
        if named:
            is_own = any(map(is_own_key, named))
            yield flat if is_own else named
        for value in node.values():
            yield from _objects(value, matcher)


def _day(values: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(values.get("run_id")))
    except ValueError:
        return None


def _alike(rows: Collection[RowOfSubject]) -> tuple[RowOfSubject, ...]:
    """Return the rows, those that differ by their run alone, or by a score, as one."""
    groups: defaultdict[str, list[RowOfSubject]] = defaultdict(list)
    for row in rows:
        same = {name: value for name, value in row.values.items() if name not in _DIFFER}
        case = same.get("fingerprint") if row.table == "outcome.exceptions" else None  # as the newest run left it
        groups[json.dumps([row.table, case or same, row.is_own], default=str, sort_keys=True)].append(row)
    return tuple(_one(group) for group in groups.values())


def _one(group: list[RowOfSubject]) -> RowOfSubject:
    days = sorted(row.first for row in group if row.first is not None)
    newest = max(group, key=lambda row: row.last or date.min)
    first, last = (days[0], days[-1]) if days else (None, None)
    return RowOfSubject(newest.table, newest.values, newest.is_own, first, last, newest.picture)
