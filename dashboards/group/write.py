"""Writes the report of many schools: a page, tables and a JSON object."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import dashboards.report  # noqa: F401 - the templates' words are the report's, and load with it
from dashboards.group.costs import COST_COLUMNS, cost_lines
from dashboards.group.report import GroupWeek, SchoolCounts
from dashboards.report.templating import environment
from dashboards.report.text import csv_text
from dashboards.report.write import put_in_place

SCHEMA_VERSION = 2
SCHOOL_COLUMNS = (
    *("school", "name", "state", "seen_in_part", "waits_until", "audited"),
    *("run_id", "open_now", "any_new", "any_late"),
    *("could_not_tell", "could_not_be_seen", "policy", "head", "usd_this_month"),
)
COUNT_COLUMNS = ("school", "run_id", "pack", "clause", "ref", "says", "open_now", "any_new", "any_late")


def write_group(week: GroupWeek, folder: Path) -> tuple[Path, ...]:
    """Write the page, its tables and group.json into the folder, and return their paths, the page last."""
    texts = {
        "schools.csv": csv_text(SCHOOL_COLUMNS, _school_lines(week)),
        "costs.csv": csv_text(COST_COLUMNS, cost_lines(week.costs)),
        "counts.csv": csv_text(COUNT_COLUMNS, _count_lines(week)),
        "group.json": json.dumps(as_object(week), ensure_ascii=False, indent=2) + "\n",
        "index.html": group_page(week),
    }
    put_in_place({name: text.encode() for name, text in texts.items()}, folder)
    return tuple(folder / name for name in texts)


def group_page(week: GroupWeek) -> str:
    """Return the report of all schools as one HTML document: no script, no request, nobody's name."""
    templates = environment("dashboards.group.templates", "dashboards.report.templates")
    return templates.get_template("group.html").render(week=week)


def as_object(week: GroupWeek) -> dict[str, Any]:
    """Return the report as a JSON object with stable keys."""
    schools = [dict(zip(SCHOOL_COLUMNS, line, strict=True)) for line in _school_lines(week, listed=True)]
    counts = [dict(zip(COUNT_COLUMNS, line, strict=True)) for line in _count_lines(week)]
    return {
        "schema_version": SCHEMA_VERSION,
        "as_of": week.as_of.isoformat(),
        "states": dict(week.states),
        "audited": week.audited,
        "objective": week.objective.sentence if week.objective else None,
        "drill": week.drill or None,
        "costs": [dict(zip(COST_COLUMNS, line, strict=True)) for line in cost_lines(week.costs)],
        "schools": schools,
        "counts": counts,
        "clauses": [asdict(row) for row in week.clauses],
    }


def _school_lines(week: GroupWeek, *, listed: bool = False) -> Iterable[list[Any]]:
    for school in week.schools:
        new, late = (_any_known(school, name) for name in ("has_new", "has_late"))
        blind = list(school.blind_checks) if listed else ", ".join(school.blind_checks)
        why = list(school.unseen) if listed else " ".join(school.unseen)
        policy = list(school.policy) if listed else "; ".join(school.policy)
        parts = list(school.parts) if listed else ", ".join(school.parts)
        waits = school.waits_until.isoformat(timespec="minutes") if school.waits_until else None
        usd = None if school.usd_this_month is None else f"{school.usd_this_month:.2f}"
        stands = (school.school, school.name, school.state, parts, waits, school.is_audited)
        yield [*stands, school.run_id, school.open_now, new, late, blind, why, policy, school.head, usd]


def _any_known(school: SchoolCounts, name: str) -> bool | None:
    """Say whether anything that is open is so; None of a school of which nothing is known."""
    return None if school.run_id is None else any(getattr(row, name) for row in school.clauses)


def _count_lines(week: GroupWeek) -> Iterable[list[Any]]:
    for school in week.schools:
        for row in school.clauses:
            said = [row.pack, row.clause, row.ref, row.says, row.open_now, row.has_new, row.has_late]
            yield [school.school, school.run_id, *said]
