"""Make the CSV and JSON of a week: the same rows as the page, for spreadsheets and programs."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from dashboards.report.clauses import counts_in_policy_order
from dashboards.report.model import AccountCoverage, CheckCoverage, CountRow, ExceptionRow, Week
from dashboards.safe_text import cell

SCHEMA_VERSION = 1
BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet reads the file in the wrong alphabet
COUNTED = ("governors", "headteacher")
COUNT_COLUMNS = tuple(field.name for field in fields(CountRow))
# How it stands follows from status, decision and due day; a file has those.
ROW_COLUMNS = tuple(f.name for f in fields(ExceptionRow) if f.name not in {"stands", "is_open", "is_late"})
SIGHT_COLUMNS = (
    "check_id",
    "check_title",
    "verdict",
    "platform",
    "account_id",
    "account_handle",
    "platform_count",
    "fetched",
    "judged",
    "is_whole",
    "why",
)


def exceptions_csv(week: Week) -> str:
    """Return the tier's exceptions, or its counts, as CSV; evidence is `label: value` joined by semicolons."""
    if week.tier in COUNTED:
        return _csv(COUNT_COLUMNS, ([getattr(row, n) for n in COUNT_COLUMNS] for row in counts_in_policy_order(week)))
    return _csv(ROW_COLUMNS, ([_cell_of(week, row, name) for name in ROW_COLUMNS] for row in week.exceptions))


def exceptions_json(week: Week) -> str:
    """Return the tier's exceptions, or its counts, as one JSON object with stable keys."""
    report: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "tier": week.tier,
        "school_id": week.run.school_id,
        "run_id": week.run.run_id,
        "as_of": week.run.as_of,
        "pack": week.run.pack,
        "is_complete": week.run.is_complete,
    }
    if week.tier in COUNTED:
        report["counts"] = [{n: getattr(row, n) for n in COUNT_COLUMNS} for row in counts_in_policy_order(week)]
    else:
        report["exceptions"] = [_as_object(week, row) for row in week.exceptions]
    return json.dumps(report, ensure_ascii=False, indent=2, default=_as_json) + "\n"


def coverage_csv(week: Week) -> str:
    """Return what each check could see, by account where it is known by account, as CSV."""
    verdicts = {row.check_id: row.verdict for row in week.coverage}
    by_account = {row.check_id for row in week.account_coverage}
    lines = [_account_coverage_line(row, verdicts.get(row.check_id, "")) for row in week.account_coverage]
    lines += [_coverage_line(row) for row in week.coverage if row.check_id not in by_account]
    return _csv(SIGHT_COLUMNS, sorted(lines, key=lambda line: (line[0], line[3], line[4])))


def _account_coverage_line(row: AccountCoverage, verdict: str) -> list[Any]:
    whose = [row.platform, row.account_id, row.account_handle]
    figures = [row.platform_count, row.fetched, row.judged]
    return [row.check_id, row.check_title, verdict, *whose, *figures, row.is_whole, row.why]


def _coverage_line(row: CheckCoverage) -> list[Any]:
    figures = [row.platform_count, row.fetched, row.judged]
    is_whole = row.verdict != "could_not_tell"
    return [row.check_id, row.check_title, row.verdict, "", "", "", *figures, is_whole, row.why]


def _cell_of(week: Week, row: ExceptionRow, name: str) -> Any:
    if name == "evidence":
        return "; ".join(f"{label}: {value}" for label, value in week.evidence[row.fingerprint].items())
    return getattr(row, name)


def _as_object(week: Week, row: ExceptionRow) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in ROW_COLUMNS}
    return values | {"evidence": dict(week.evidence[row.fingerprint])}


def _csv(columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> str:
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
