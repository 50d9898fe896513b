"""Make the CSV and JSON of a week: the same rows as the page, for spreadsheets and programs.

In the CSV each piece of evidence stands in a column of its own, `evidence_<label>`; `evidence` has them all, as one
text.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from dashboards.report.clauses import CLAUSE_COLUMNS, clause_lines, counts_in_policy_order, refs
from dashboards.report.model import COUNTS_ONLY, AccountCoverage, CheckCoverage, ExceptionRow, Week
from dashboards.report.small_numbers import COUNT_COLUMNS, Band
from dashboards.safe_text import cell

SCHEMA_VERSION = 1
BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet reads the file in the wrong alphabet
# How it stands follows from status, decision and due day, and a finding is a heading's; a file has the rest.
_LEFT_OUT = frozenset(
    {"stands", "is_open", "is_late", "finding_one", "finding_many"}
    | {"about", "fallen_decision", "fallen_on", "fallen_for"}
)
ROW_COLUMNS = (
    *(field.name for field in fields(ExceptionRow) if field.name not in _LEFT_OUT),
    "earlier_decision",
    "said",
)
COVERAGE_COLUMNS = (
    "check_id",
    "check_title",
    "verdict",
    "platform",
    "account_id",
    "account_handle",
    "platform_count",
    "fetched",
    "judged",
    "is_enough",
    "why",
)
EVIDENCE_PREFIX = "evidence_"


def exceptions_csv(week: Week) -> str:
    """Return the tier's exceptions, or its counts, as CSV; in `evidence` are `label: value`, joined by semicolons."""
    if week.tier in COUNTS_ONLY:
        return csv_text(COUNT_COLUMNS, count_lines(week))
    clause_refs, labels = refs(week), evidence_labels(week)
    columns = ("ref", "clause_ref", *ROW_COLUMNS, *(EVIDENCE_PREFIX + label for label in labels))
    lines = (
        [row.ref, clause_refs.get((row.pack, row.clause), row.clause)]
        + [_cell_of(week, row, name) for name in ROW_COLUMNS]
        + [week.evidence[row.fingerprint].get(label) for label in labels]
        for row in week.exceptions
    )
    return csv_text(columns, lines)


def count_lines(week: Week) -> list[list[Any]]:
    """Return what readers of counts are told, a line for each cell, in the order of COUNT_COLUMNS."""
    lines = ([getattr(row, name) for name in COUNT_COLUMNS] for row in counts_in_policy_order(week))
    return [[str(value) if isinstance(value, Band) else value for value in line] for line in lines]


def evidence_labels(week: Week, check_id: str | None = None) -> tuple[str, ...]:
    """Return every label of evidence that an exception of a check has, of each check unless one is given.

    They stand in the order of the exception that has most of them.
    """
    by_check: dict[str, list[tuple[str, ...]]] = {}
    for row in week.exceptions:
        if check_id in {None, row.check_id}:
            by_check.setdefault(row.check_id, []).append(tuple(week.evidence[row.fingerprint]))
    every = (label for rows in by_check.values() for labels in sorted(rows, key=len, reverse=True) for label in labels)
    return tuple(dict.fromkeys(every))


def exceptions_json(week: Week) -> str:
    """Return the tier's exceptions, or its counts, and how each clause stands, as one JSON object with stable keys."""
    report: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "tier": week.tier,
        "school_id": week.run.school_id,
        "run_id": week.run.run_id,
        "as_of": week.run.as_of,
        "pack": week.run.pack,
        "is_complete": week.run.is_complete,
    }
    if week.tier in COUNTS_ONLY:
        report["counts"] = [dict(zip(COUNT_COLUMNS, line, strict=True)) for line in count_lines(week)]
    else:
        report["exceptions"] = [_as_object(week, row) for row in week.exceptions]
    report["clauses"] = [dict(zip(CLAUSE_COLUMNS, line, strict=True)) for line in clause_lines(week)]
    return json.dumps(report, ensure_ascii=False, indent=2, default=_as_json) + "\n"


def coverage_csv(week: Week) -> str:
    """Return what each check could see, by account where it is known by account, as CSV."""
    return csv_text(COVERAGE_COLUMNS, coverage_lines(week))


def coverage_lines(week: Week) -> list[list[Any]]:
    """Return the lines of the coverage, in the order of COVERAGE_COLUMNS, by check, platform and account."""
    verdicts = {row.check_id: row.verdict for row in week.coverage}
    by_account = {row.check_id for row in week.account_coverage}
    lines = [_account_coverage_line(row, verdicts.get(row.check_id, "")) for row in week.account_coverage]
    lines += [_coverage_line(row) for row in week.coverage if row.check_id not in by_account]
    return sorted(lines, key=lambda line: (line[0], line[3], line[4]))


def _account_coverage_line(row: AccountCoverage, verdict: str) -> list[Any]:
    whose = [row.platform, row.account_id, row.account_handle]
    figures = [row.platform_count, row.fetched, row.judged]
    return [row.check_id, row.check_title, verdict, *whose, *figures, row.is_enough, row.why]


def _coverage_line(row: CheckCoverage) -> list[Any]:
    figures = [row.platform_count, row.fetched, row.judged]
    is_enough = row.verdict != "could_not_tell"
    return [row.check_id, row.check_title, row.verdict, "", "", "", *figures, is_enough, row.why]


def _cell_of(week: Week, row: ExceptionRow, name: str) -> Any:
    if name == "evidence":
        return "; ".join(f"{label}: {value}" for label, value in week.evidence[row.fingerprint].items())
    return said_of(week, row) if name == "said" else getattr(row, name)


def said_of(week: Week, row: ExceptionRow) -> str:
    """Return what people said of a case and what became of it, as one text."""
    return " ".join(said.sentence for said in week.said.get(row.fingerprint, ()))


def _as_object(week: Week, row: ExceptionRow) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in ROW_COLUMNS if name != "said"} | {"said": said_of(week, row)}
    clause_ref = refs(week).get((row.pack, row.clause), row.clause)
    return values | {"evidence": dict(week.evidence[row.fingerprint]), "ref": row.ref, "clause_ref": clause_ref}


def csv_text(columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> str:
    """Return these lines as CSV for a spreadsheet: no cell is a formula, a day is written as ISO 8601 says."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else cell(value)


def _as_json(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"A {type(value).__name__} has no place in the JSON.")
