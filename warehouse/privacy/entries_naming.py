"""What the casebook holds about one subject, and who looked: rows that name them, their cases, or a run of theirs."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select

from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain import LOGGED
from warehouse.casebook.people.desk_tables import ACCESS_LOG
from warehouse.casebook.rows import is_key, is_of_whoever_did_it, texts
from warehouse.privacy.subject_patterns import Subject, SubjectMatcher

_REFERENCE = 8


@dataclass(frozen=True, slots=True)
class CasebookEntry:
    """One row: its table, and its values by column without the number and the sign-in of whoever wrote it."""

    table: str
    values: Mapping[str, Any]


def entries_naming(
    book: Casebook, subject: Subject, *, cases: Collection[str], runs: Collection[str]
) -> tuple[tuple[CasebookEntry, ...], dict[str, int]]:
    """Return the rows about the subject, and how many each table has.

    `cases` are the fingerprints of the subject's cases, `runs` the runs whose reports name them: who read such a report
    saw the subject too.
    """
    matcher, found, counts = SubjectMatcher(subject), list[CasebookEntry](), dict[str, int]()
    refs = re.compile("|".join(sorted(case[:_REFERENCE] for case in cases)) or r"(?!)")
    with book.engine.connect() as connection:
        for table in LOGGED:
            query = select(table).where(table.c.school == book.school).order_by(table.c.number)
            rows = [dict(row) for row in connection.execute(query).mappings()]
            said = frozenset(column.name for column in texts(table))
            named = [row for row in rows if _names(row, said, matcher, refs)]
            if table is ACCESS_LOG:
                named += [row for row in rows if row["action"] == "report" and row["subject"] in runs]
            found += [CasebookEntry(table.name, _shown(table, row)) for row in named]
            counts[table.name] = len(named)
    return tuple(found), counts


def _names(row: Mapping[str, Any], said: Collection[str], matcher: SubjectMatcher, refs: re.Pattern[str]) -> bool:
    return any(
        matcher.names(row[name], name, row.get("platform")) or refs.search(row[name]) is not None
        for name in said
        if row[name] is not None
    )


def _shown(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    shown = (column for column in table.columns if not is_key(column) and not is_of_whoever_did_it(column))
    return {column.name: row[column.name] for column in shown if row[column.name] is not None}
