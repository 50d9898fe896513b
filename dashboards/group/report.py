"""The report of many schools: of each what its governors' page tells, by clause, in bands and never in numbers."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

import dashboards.report  # noqa: F401 - the templates' words are the report's, and load with it
from dashboards.report.clauses import counts_in_policy_order, in_policy_order, refs, shares
from dashboards.report.model import Week
from dashboards.report.read import read_week
from dashboards.report.small_numbers import Band, by_clause, in_all
from dashboards.report.templating import environment
from dashboards.report.text import csv_text
from dashboards.report.week_summary import could_not_tell, unseen
from dashboards.report.words import source
from dashboards.report.write import put_in_place


@dataclass(frozen=True, slots=True)
class SchoolClause:
    """What is open under one clause of one school's policy; `bands` has one band for each cell of it."""

    pack: str
    clause: str
    ref: str
    says: str
    bands: tuple[Band, ...]
    has_new: bool
    has_late: bool

    @property
    def open_now(self) -> str:
        """How many are open, in words."""
        return in_all(self.bands)


@dataclass(frozen=True, slots=True)
class SchoolCounts:
    """One school: its newest run, or none; what could not be seen and why; and what is open, by clause.

    `blind_checks` are the ids of the checks that could not tell, `policy` says how its clauses stand, by state.
    """

    school: str
    name: str = ""
    run_id: str | None = None
    unseen: tuple[str, ...] = ()
    blind_checks: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()
    clauses: tuple[SchoolClause, ...] = ()
    head: str = ""

    @property
    def open_now(self) -> str:
        """How many are open in all, in words; nothing is known of a school without a run."""
        return "not known" if self.run_id is None else in_all(band for row in self.clauses for band in row.bands)


@dataclass(frozen=True, slots=True)
class ClauseOfMany:
    """One clause of a policy over all schools that have it: in how many something is open, new or late."""

    pack: str
    clause: str
    ref: str
    says: str
    schools: int
    open_now: str
    with_new: int
    with_late: int


@dataclass(frozen=True, slots=True)
class GroupWeek:
    """Every school as of one day, in the order of the alphabet."""

    as_of: date
    schools: tuple[SchoolCounts, ...]

    @property
    def not_seen(self) -> tuple[SchoolCounts, ...]:
        """The schools of which nothing is known this week."""
        return tuple(school for school in self.schools if school.run_id is None)

    @property
    def seen_in_part(self) -> tuple[SchoolCounts, ...]:
        """The schools of which a run was published that could not see everything."""
        in_part = (school for school in self.schools if school.unseen or school.blind_checks)
        return tuple(school for school in in_part if school.run_id is not None)

    @property
    def clauses(self) -> tuple[ClauseOfMany, ...]:
        """The clauses under which something is open in any school, by pack and then by how many schools."""
        by_clause: dict[tuple[str, str], list[SchoolClause]] = {}
        for row in (row for school in self.schools for row in school.clauses):
            by_clause.setdefault((row.pack, row.clause), []).append(row)
        return tuple(sorted(map(_of_many, by_clause.values()), key=lambda row: (row.pack, -row.schools, row.clause)))


def _of_many(rows: list[SchoolClause]) -> ClauseOfMany:
    first = rows[0]
    open_now = in_all(band for row in rows for band in row.bands)
    new, late = sum(row.has_new for row in rows), sum(row.has_late for row in rows)
    return ClauseOfMany(first.pack, first.clause, first.ref, first.says, len(rows), open_now, new, late)


def read_counts(copy: duckdb.DuckDBPyConnection, school: str, as_of: date) -> SchoolCounts:
    """Return what is told of a school as of a day: of the newest run until then, if it is of the week before."""
    [(newest,)] = copy.execute("select max(as_of) from published.runs where as_of <= ?", [as_of]).fetchall()
    nothing = SchoolCounts(school)
    if newest is None:
        return replace(nothing, unseen=(f"No run of {as_of} or before is published.",))
    week = read_week(copy, run_id=newest.isoformat(), tier="governors")
    if as_of - newest > timedelta(days=8):  # a week and a day
        return replace(nothing, name=week.run.school_name, unseen=(f"The last run that was published is of {newest}.",))
    blind = tuple(check.check_id for check in could_not_tell(week))
    policy = tuple(map(str, shares(in_policy_order(week))))
    return SchoolCounts(school, week.run.school_name, week.run.run_id, _not_seen(week), blind, policy, _clauses(week))


def _not_seen(week: Week) -> tuple[str, ...]:
    """Return in sentences what the run could not see and why; without a number and without an account."""
    pulls = [f"{source(pull.source)}: {pull.state}." for pull in week.pulls if pull.state != "complete"]
    lists = [f"{source(seen.platform)}: {seen.words}" if seen.platform else seen.words for seen in unseen(week)]
    return tuple(dict.fromkeys([*pulls, *lists]))


def _clauses(week: Week) -> tuple[SchoolClause, ...]:
    named = refs(week)
    return tuple(
        SchoolClause(
            *key,
            named.get(key, key[1]),
            rows[0].clause_says,
            tuple(row.open_now for row in rows),
            has_new=any(row.has_new for row in rows),
            has_late=any(row.has_late for row in rows),
        )
        for key, rows in by_clause(counts_in_policy_order(week)).items()
    )


SCHEMA_VERSION = 1
SCHOOL_COLUMNS = (
    *("school", "name", "run_id", "open_now", "any_new", "any_late"),
    *("could_not_tell", "could_not_be_seen", "policy", "head"),
)
COUNT_COLUMNS = ("school", "run_id", "pack", "clause", "ref", "says", "open_now", "any_new", "any_late")


def write_group(week: GroupWeek, folder: Path) -> tuple[Path, ...]:
    """Write index.html, schools.csv, counts.csv and group.json into the folder, and return their paths."""
    texts = {
        "schools.csv": csv_text(SCHOOL_COLUMNS, _school_lines(week)),
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
        "schools": schools,
        "counts": counts,
        "clauses": [asdict(row) for row in week.clauses],
    }


def _school_lines(week: GroupWeek, *, listed: bool = False) -> Iterable[list[Any]]:
    for school in week.schools:
        new, late = (any(getattr(row, name) for row in school.clauses) for name in ("has_new", "has_late"))
        blind = list(school.blind_checks) if listed else ", ".join(school.blind_checks)
        why = list(school.unseen) if listed else " ".join(school.unseen)
        policy = list(school.policy) if listed else "; ".join(school.policy)
        yield [school.school, school.name, school.run_id, school.open_now, new, late, blind, why, policy, school.head]


def _count_lines(week: GroupWeek) -> Iterable[list[Any]]:
    for school in week.schools:
        for row in school.clauses:
            said = [row.pack, row.clause, row.ref, row.says, row.open_now, row.has_new, row.has_late]
            yield [school.school, school.run_id, *said]
