"""What readers of counts are told of a week, as OCSF findings for a council's own tools: bands, and no person.

Each is a Compliance Finding (class 2003) of version 1.5.0 of the Open Cybersecurity Schema Framework: one for each cell
in which something is open, and one for each other clause that checks look at. One passes only where its checks could
tell. The same school, clause and check have the same reference every week.
"""

import json
from importlib.metadata import version
from typing import Any

from dashboards.report.clauses import (
    Standing,
    counts_in_policy_order,
    in_policy_order,
    standing_text,
    verdict_sentence,
)
from dashboards.report.model import Week
from dashboards.report.small_numbers import ShownCount
from dashboards.report.week_summary import could_not_tell

_VERSION, _CLASS, _PACKAGE = "1.5.0", 2003, "school-social-accounts-audit"
_SEVERITIES = {"low": (2, "Low"), "medium": (3, "Medium"), "high": (4, "High"), "critical": (5, "Critical")}
_INFORMATIONAL = (1, "Informational")
_CREATE, _UPDATE = (1, "Create"), (2, "Update")
_PASS, _WARNING, _FAIL = (1, "Pass"), (2, "Warning"), (3, "Fail")
_NEW, _IN_PROGRESS, _UNKNOWN = (1, "New"), (2, "In Progress"), (0, "Unknown")


def findings_json(week: Week) -> str:
    """Return the findings of a week of counts as one JSON array: what is open, in the policy's order, then the rest."""
    standings = {(one.clause.pack, one.clause.clause): one for one in in_policy_order(week)}
    blind = {check.check_id for check in could_not_tell(week)}
    told = {"run_id": week.run.run_id, "is_complete": week.run.is_complete}
    cells = counts_in_policy_order(week)
    made = [_open_cell(week, cell, standings.get((cell.pack, cell.clause)), told, blind) for cell in cells]
    open_now = {(cell.pack, cell.clause) for cell in cells}
    rest = [one for key, one in standings.items() if one.check_ids and key not in open_now]
    made += [_nothing_open(week, one, told, blind) for one in rest]
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _open_cell(
    week: Week, cell: ShownCount, standing: Standing | None, told: dict[str, Any], blind: set[str]
) -> dict[str, Any]:
    ref, could_not = (standing.clause.ref, _blind_of(standing, blind)) if standing else (cell.clause, [])
    said = {"open_now": str(cell.open_now), "any_new": cell.has_new, "any_late": cell.has_late}
    checks = [{"uid": cell.check_id, "name": cell.check_title}]
    by = f"{cell.check_id}/{cell.severity}/{cell.owner_role}"
    made = _finding(week, (cell.pack, cell.clause, ref, cell.clause_says), checks, _FAIL, by)
    made |= _named("severity", _SEVERITIES[cell.severity])
    made |= _named("status", _NEW if cell.has_new else _IN_PROGRESS)
    return made | {"unmapped": {**told, **said, "owner_role": cell.owner_role, "could_not_tell": could_not}}


def _nothing_open(week: Week, standing: Standing, told: dict[str, Any], blind: set[str]) -> dict[str, Any]:
    clause, could_not = standing.clause, _blind_of(standing, blind)
    is_kept = standing.verdict == "kept" and not (could_not or standing.elsewhere or clause.not_covered)
    checks, by = [{"uid": check} for check in standing.check_ids], "+".join(standing.check_ids)
    of = (clause.pack, clause.clause, clause.ref, clause.says)
    made = _finding(week, of, checks, _PASS if is_kept else _WARNING, by)
    made |= _named("severity", _INFORMATIONAL) | _named("status", _UNKNOWN)
    how = verdict_sentence(standing) or standing_text(standing)
    return made | {"status_detail": how, "unmapped": {**told, "could_not_tell": could_not}}


def _blind_of(standing: Standing, blind: set[str]) -> list[str]:
    return [check for check in standing.check_ids if check in blind]


def _finding(
    week: Week, of: tuple[str, str, str, str], checks: list[dict[str, str]], status: tuple[int, str], by: str
) -> dict[str, Any]:
    run, (activity, activity_name) = week.run, _UPDATE if week.previous else _CREATE
    pack, clause, ref, says = of
    return {
        "metadata": {
            "version": _VERSION,
            "product": {
                "name": "School social accounts audit",
                "vendor_name": _PACKAGE,
                "version": version(_PACKAGE),
            },
        },
        "category_uid": 2,
        "category_name": "Findings",
        "class_uid": _CLASS,
        "class_name": "Compliance Finding",
        "activity_id": activity,
        "activity_name": activity_name,
        "type_uid": _CLASS * 100 + activity,
        "time": run.finished_ms or run.started_ms or 0,
        "finding_info": {
            "uid": f"{run.school_id}/{pack}/{clause}/{by}",
            "title": f"{ref}: {says}",
        },
        "compliance": {
            "standards": [pack],
            "control": clause,
            "requirements": [ref],
            "desc": says,
            "checks": checks,
            **_named("status", status),
        },
        "resources": [{"type": "school", "uid": run.school_id}],
    }


def _named(name: str, value: tuple[int, str]) -> dict[str, Any]:
    return {f"{name}_id": value[0], name: value[1]}
