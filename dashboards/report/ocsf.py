"""What readers of counts are told of a week, as OCSF findings for a council's own tools: bands, and no person.

Each is a Compliance Finding (class 2003) of version 1.5.0 of the Open Cybersecurity Schema Framework: one for each
check of each clause, whose reference is the same every week, whether something is open or not. One passes, and one is
resolved, only where its checks could tell.
"""

import json
from importlib.metadata import version
from typing import Any

from dashboards.report.clauses import Standing, counts_in_policy_order, in_policy_order, standing_text, verdict_sentence
from dashboards.report.model import Week
from dashboards.report.small_numbers import ShownCount, in_all
from dashboards.report.week_summary import could_not_tell

_VERSION, _CLASS, _PACKAGE = "1.5.0", 2003, "school-social-accounts-audit"
_SEVERITIES = {"low": (2, "Low"), "medium": (3, "Medium"), "high": (4, "High"), "critical": (5, "Critical")}
_INFORMATIONAL = (1, "Informational")
_CREATE, _UPDATE, _CLOSE = (1, "Create"), (2, "Update"), (3, "Close")
_PASS, _WARNING, _FAIL = (1, "Pass"), (2, "Warning"), (3, "Fail")
_NEW, _IN_PROGRESS, _RESOLVED, _UNKNOWN = (1, "New"), (2, "In Progress"), (4, "Resolved"), (0, "Unknown")


def findings_json(week: Week) -> str:
    """Return the findings of a week of counts as one JSON array: what is open, in the policy's order, then the rest."""
    standings = {(one.clause.pack, one.clause.clause): one for one in in_policy_order(week)}
    blind = {check.check_id for check in could_not_tell(week)}
    told = {"run_id": week.run.run_id, "is_complete": week.run.is_complete}
    cells: dict[tuple[str, str, str], list[ShownCount]] = {}
    for cell in counts_in_policy_order(week):
        cells.setdefault((cell.pack, cell.clause, cell.check_id), []).append(cell)
    made = [_open(week, each, standings.get(key[:2]), told, blind) for key, each in cells.items()]
    looked_at = ((one, check) for one in standings.values() for check in one.check_ids)
    rest = [(one, check) for one, check in looked_at if (one.clause.pack, one.clause.clause, check) not in cells]
    made += [_nothing_open(week, one, check, told, blind) for one, check in rest]
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _open(
    week: Week, cells: list[ShownCount], standing: Standing | None, told: dict[str, Any], blind: set[str]
) -> dict[str, Any]:
    cell = max(cells, key=lambda each: _SEVERITIES[each.severity])
    ref, could_not = (standing.clause.ref, _blind_of(standing, blind)) if standing else (cell.clause, [])
    of = (cell.pack, cell.clause, ref, cell.clause_says)
    made = _finding(week, of, {"uid": cell.check_id, "name": cell.check_title}, _FAIL)
    made |= _named("severity", _SEVERITIES[cell.severity])
    made |= _named("status", _NEW if any(each.has_new for each in cells) else _IN_PROGRESS)
    said = {"open_now": in_all([each.open_now for each in cells]), "open": list(map(_said, cells))}
    return made | {"unmapped": {**told, **said, "could_not_tell": could_not}}


def _said(cell: ShownCount) -> dict[str, Any]:
    said = {"open_now": str(cell.open_now), "any_new": cell.has_new, "any_late": cell.has_late}
    return {"severity": cell.severity, "owner_role": cell.owner_role, **said}


def _nothing_open(week: Week, standing: Standing, check: str, told: dict[str, Any], blind: set[str]) -> dict[str, Any]:
    clause, could_not = standing.clause, _blind_of(standing, blind)
    is_kept = standing.verdict == "kept" and not (could_not or standing.elsewhere or clause.not_covered)
    of = (clause.pack, clause.clause, clause.ref, clause.says)
    is_over = standing.verdict != "could_not_tell" and _could_tell(week, check) and not standing.elsewhere
    activity = _CLOSE if is_over and week.previous else None
    made = _finding(week, of, {"uid": check}, _PASS if is_kept else _WARNING, activity)
    made |= _named("severity", _INFORMATIONAL) | _named("status", _RESOLVED if is_over else _UNKNOWN)
    how = verdict_sentence(standing) or standing_text(standing)
    return made | {"status_detail": how, "unmapped": {**told, "could_not_tell": could_not}}


def _could_tell(week: Week, check: str) -> bool:
    """Say whether a check had something to look at and could tell: of any other, nothing open is no proof."""
    return any(row.check_id == check and row.verdict in ("kept", "exceptions") for row in week.coverage)


def _blind_of(standing: Standing, blind: set[str]) -> list[str]:
    return [check for check in standing.check_ids if check in blind]


def _finding(
    week: Week,
    of: tuple[str, str, str, str],
    check: dict[str, str],
    status: tuple[int, str],
    activity: tuple[int, str] | None = None,
) -> dict[str, Any]:
    run, (number, name) = week.run, activity or (_UPDATE if week.previous else _CREATE)
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
        "activity_id": number,
        "activity_name": name,
        "type_uid": _CLASS * 100 + number,
        "time": run.finished_ms or run.started_ms or 0,
        "finding_info": {
            "uid": f"{run.school_id}/{pack}/{clause}/{check['uid']}",
            "title": f"{ref}: {says}",
        },
        "compliance": {
            "standards": [pack],
            "control": clause,
            "requirements": [ref],
            "desc": says,
            "checks": [check],
            **_named("status", status),
        },
        "resources": [{"type": "school", "uid": run.school_id}],
    }


def _named(name: str, value: tuple[int, str]) -> dict[str, Any]:
    return {f"{name}_id": value[0], name: value[1]}
