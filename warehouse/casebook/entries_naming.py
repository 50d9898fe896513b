"""What the casebook holds about one subject, and who looked: rows that name them, their cases, or a run of theirs."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from warehouse.casebook.casebook import Casebook
from warehouse.casebook.desk_tables import ACCESS_LOG
from warehouse.casebook.seals import SEALED
from warehouse.subject_patterns import Subject, SubjectMatcher

_REFERENCE = 8
_WITHHELD = frozenset({"number", "school", "by_user", "by_person", "person", "sha256"})  # of whoever did it, the role


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
        for table in SEALED:
            query = select(table).where(table.c.school == book.school).order_by(table.c.number)
            rows = [dict(row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - SQLAlchemy's own name
            named = [row for row in rows if _names(row, matcher, refs)]
            if table is ACCESS_LOG:
                named += [row for row in rows if row["action"] == "report" and row["subject"] in runs]
            found += [CasebookEntry(table.name, _shown(row)) for row in named]
            counts[table.name] = len(named)
    return tuple(found), counts


def _names(row: Mapping[str, Any], matcher: SubjectMatcher, refs: re.Pattern[str]) -> bool:
    texts = {name: value for name, value in row.items() if isinstance(value, str) and name not in _NEVER}
    return any(
        matcher.names(value, name, texts.get("platform")) or refs.search(value) is not None
        for name, value in texts.items()
    )


_NEVER = frozenset({"school", "sha256", "sha256_before", "sha256_after", "wording_sha256", "subject_sha256"})


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _WITHHELD and value is not None}
