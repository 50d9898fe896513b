"""Make the workbook of a week: all exceptions on one sheet, those of each check with their evidence on its own.

Ids are written as text, since a spreadsheet keeps fifteen digits of a number and an id at X has nineteen; a text is
never taken for a formula or a link. Nothing is written to disk on the way.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboards.report.clauses import CLAUSE_COLUMNS, clause_lines, refs
from dashboards.report.evidence_words import evidence_label
from dashboards.report.exception_groups import by_urgency
from dashboards.report.model import COUNTS_ONLY, ExceptionRow, Week
from dashboards.report.small_numbers import COUNT_COLUMNS
from dashboards.report.text import COVERAGE_COLUMNS, count_lines, coverage_lines, evidence_labels, said_of
from dashboards.report.words import DECISIONS, STATUSES, VERDICTS, plain_label, role, source
from dashboards.safe_text import plain, shortened

LONGEST_CELL = 32_000  # characters; a spreadsheet holds 32,767
LONGEST_NAME = 31  # characters of a sheet's name
_WIDEST = 60  # characters of a column, beyond which its text is wrapped


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet: its name, the headings of its columns, and a line of values for each row."""

    name: str
    headings: tuple[str, ...]
    lines: tuple[tuple[Any, ...], ...]


def workbook(week: Week) -> bytes:
    """Return the tier's workbook, the same bytes for the same week."""
    out = io.BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "Social accounts audit", "created": datetime.combine(week.run.as_of, time())})
    for sheet in sheets(week):
        _write(book, sheet)
    book.close()
    return out.getvalue()


def sheets(week: Week) -> tuple[WorkbookSheet, ...]:
    """Return the sheets of the tier's workbook: exceptions, or counts alone, how the clauses stand, what was seen."""
    clauses = _sheet("Clauses", CLAUSE_COLUMNS, ([_in_words(value) for value in line] for line in clause_lines(week)))
    if week.tier in COUNTS_ONLY:
        return (_sheet("Counts", COUNT_COLUMNS, count_lines(week)), clauses)
    standing = by_urgency(week.exceptions)
    check_ids = dict.fromkeys(row.check_id for row in standing)
    by_check = [_of_check(week, [row for row in standing if row.check_id == check_id]) for check_id in check_ids]
    seen = ([_in_words(value) for value in line] for line in coverage_lines(week))
    return (_of_all(week, standing), *by_check, clauses, _sheet("What was seen", COVERAGE_COLUMNS, seen))


_HOW_IT_STANDS = ("ref", "status", "severity", "due_on", "is_late")
_WHAT_IS_SAID = ("clause", "clause_says", "check", "reason", "next_step", "do_not", "owner")
_WHERE = ("platform", "account_handle", "first_seen", "last_seen", "decision", "decided_until")
_WHO = ("earlier_decision", "said", "confirmed_name")
_IDS = ("account_id", "subject_id", "fingerprint", "check_id", "clause_id")


def _of_all(week: Week, rows: Sequence[ExceptionRow]) -> WorkbookSheet:
    clause_refs = refs(week)
    ids = attrgetter("account_id", "subject_id", "fingerprint", "check_id", "clause")
    lines = (
        [
            *_standing(row),
            *(clause_refs.get((row.pack, row.clause), row.clause), row.clause_says, row.check_title, row.reason),
            *(row.next_step, row.do_not, role(row.owner_role), source(row.platform), row.account_handle),
            *(row.first_seen, row.last_seen, DECISIONS.get(row.decision or ""), row.decided_until),
            *(row.earlier_decision, said_of(week, row), row.confirmed_name, *ids(row)),
        ]
        for row in rows
    )
    return _sheet("Exceptions", (*_HOW_IT_STANDS, *_WHAT_IS_SAID, *_WHERE, *_WHO, *_IDS), lines)


def _of_check(week: Week, rows: Sequence[ExceptionRow]) -> WorkbookSheet:
    labels = evidence_labels(week, rows[0].check_id)
    lines = ([*_standing(row), row.reason, *map(week.evidence[row.fingerprint].get, labels)] for row in rows)
    return _sheet(plain_label(rows[0].check_id), (*_HOW_IT_STANDS, "reason", *labels), lines)


def _standing(row: ExceptionRow) -> list[Any]:
    status = STATUSES[row.status]
    return [row.ref, status, plain_label(row.severity), row.due_on, "yes" if row.is_late else None]


def _in_words(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return VERDICTS.get(value, value) if isinstance(value, str) else value


def _sheet(name: str, columns: Iterable[str], lines: Iterable[Sequence[Any]]) -> WorkbookSheet:
    headings = tuple(evidence_label(column) for column in columns)
    return WorkbookSheet(name[:LONGEST_NAME], headings, tuple(tuple(_value(value) for value in line) for line in lines))


def _value(value: Any) -> Any:
    return shortened(plain(value), LONGEST_CELL) if isinstance(value, str) else value


def _write(book: Workbook, sheet: WorkbookSheet) -> None:
    page = book.add_worksheet(sheet.name)
    bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "d mmm yyyy", "align": "left", "valign": "top"})
    page.write_row(0, 0, sheet.headings, bold)
    for number, line in enumerate(sheet.lines, start=1):
        for column, value in enumerate(line):
            _write_value(page, number, column, value, day if isinstance(value, date) else text)
    for column, heading in enumerate(sheet.headings):
        longest = max((len(str(line[column] or "")) for line in sheet.lines), default=0)
        page.set_column(column, column, min(max(longest, len(heading)) + 2, _WIDEST))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(sheet.lines), 1), len(sheet.headings) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_value(page: Worksheet, row: int, column: int, value: Any, form: Format) -> None:
    if value is None:
        page.write_blank(row, column, None, form)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, form)
    elif isinstance(value, str):
        page.write_string(row, column, value, form)
    elif isinstance(value, bool):  # as a number it would be read as how many
        page.write_boolean(row, column, value, form)
    else:
        page.write_number(row, column, value, form)
