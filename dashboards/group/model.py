"""What is told of many schools: of each what the governors' page tells, by clause, in bands and never in numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboards.report.small_numbers import Band, in_all


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

    `blind_checks` are the ids of the checks that could not tell.
    """

    school: str
    name: str = ""
    run_id: str | None = None
    unseen: tuple[str, ...] = ()
    blind_checks: tuple[str, ...] = ()
    clauses: tuple[SchoolClause, ...] = ()

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
    bands: Iterable[Band] = (band for row in rows for band in row.bands)
    new, late = sum(row.has_new for row in rows), sum(row.has_late for row in rows)
    return ClauseOfMany(first.pack, first.clause, first.ref, first.says, len(rows), in_all(bands), new, late)
