"""The report of many schools: of each what its governors' page tells, by clause, in bands and never in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import duckdb

from dashboards.group.costs import AllowanceLine
from dashboards.group.states import WORDS, ObjectiveMet, SchoolState, counted
from dashboards.report.clauses import counts_in_policy_order, in_policy_order, refs, shares
from dashboards.report.model import Week
from dashboards.report.read import read_week
from dashboards.report.small_numbers import Band, by_clause, in_all
from dashboards.report.week_summary import could_not_tell, unseen
from dashboards.report.words import source
from policies.dates import WEEK_AND_A_DAY


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
    """One school: its state, its newest run or none; what could not be seen and why; and what is open, by clause.

    `blind_checks` are the ids of the checks that could not tell, `parts` the sources of which not everything was seen,
    `policy` says how its clauses stand, by state. It is audited where a check of its run judged what was seen.
    """

    school: str
    name: str = ""
    run_id: str | None = None
    unseen: tuple[str, ...] = ()
    blind_checks: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()
    clauses: tuple[SchoolClause, ...] = ()
    head: str = ""
    state: SchoolState = "late"
    waits_until: datetime | None = None
    parts: tuple[str, ...] = ()
    is_audited: bool = False
    published: tuple[tuple[date, datetime], ...] = ()
    usd_this_month: Decimal | None = None
    run_seconds: float | None = None

    @property
    def state_in_words(self) -> str:
        """How it stands: also until when it waits, and which sources were seen in part."""
        if self.waits_until is not None:
            return f"{WORDS[self.state]} until {self.waits_until:%Y-%m-%d %H:%M} UTC"
        if self.state != "seen_in_part":
            return WORDS[self.state]
        return f"{WORDS[self.state]} ({', '.join(self.parts) or 'every source was read, and checks could not tell'})"

    def published_since(self, day: date) -> datetime | None:
        """Return when the first run of this day or later was published; None where none was."""
        return min((at for as_of, at in self.published if as_of >= day), default=None)

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
    """Every school as of one day, in the order of the alphabet, with costs by allowance, objective and last drill."""

    as_of: date
    schools: tuple[SchoolCounts, ...]
    costs: tuple[AllowanceLine, ...] = ()
    objective: ObjectiveMet | None = None
    drill: str = ""

    @property
    def states(self) -> Mapping[SchoolState, int]:
        """How many schools stand in each state."""
        return counted(school.state for school in self.schools)

    @property
    def states_in_words(self) -> list[tuple[str, int]]:
        """The same in words, for the page."""
        return [(WORDS[state], count) for state, count in self.states.items()]

    @property
    def audited(self) -> int:
        """How many schools were judged this week on what was seen."""
        return sum(school.is_audited for school in self.schools)

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


_PUBLISHED = (
    "select as_of, to_timestamp(epoch(finished_at)) from published.runs "
    "where as_of between ? and ? and finished_at is not null"
)


def read_counts(copy: duckdb.DuckDBPyConnection, school: str, as_of: date) -> SchoolCounts:
    """Return what is told of a school as of a day: of the newest run until then, if it is of the week before."""
    [(newest,)] = copy.execute("select max(as_of) from published.runs where as_of <= ?", [as_of]).fetchall()
    nothing = SchoolCounts(school)
    if newest is None:
        return replace(nothing, unseen=(f"No run of {as_of} or before is published.",))
    week = read_week(copy, run_id=newest.isoformat(), tier="governors")
    if as_of - newest > WEEK_AND_A_DAY:
        return replace(nothing, name=week.run.school_name, unseen=(f"The last run that was published is of {newest}.",))
    blind = tuple(check.check_id for check in could_not_tell(week))
    policy = tuple(map(str, shares(in_policy_order(week))))
    return SchoolCounts(
        *(school, week.run.school_name, week.run.run_id, _not_seen(week), blind, policy, _clauses(week)),
        parts=_parts(week),
        is_audited=len(blind) < len(week.coverage),
        published=tuple(copy.execute(_PUBLISHED, [as_of - WEEK_AND_A_DAY, as_of]).fetchall()),
    )


def _parts(week: Week) -> tuple[str, ...]:
    """Return the sources of which not everything was seen: broken off, or with a list that came short."""
    names = [pull.source for pull in week.pulls if pull.state != "complete"]
    return tuple(dict.fromkeys(map(source, [*names, *(seen.platform for seen in unseen(week) if seen.platform)])))


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
