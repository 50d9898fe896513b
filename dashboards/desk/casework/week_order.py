"""The order of a week's cases, and where in it what is found; made once for each published week."""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import UTC, date, tzinfo
from functools import cached_property
from typing import TypeVar

from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.day_of_row import on_day
from dashboards.desk.casework.verbs import kind_of
from dashboards.report.exception_groups import NEW, by_due, gravity
from dashboards.report.model import ExceptionRow, Week
from dashboards.report.week_summary import A_WEEKS_CASES

SORTS: Mapping[str, Callable[[Case], tuple[object, ...]]] = {
    "grave": lambda case: (gravity(case.row), *by_due(case.row)),
    "due": lambda case: by_due(case.row),
    "oldest": lambda case: (case.row.first_seen, *by_due(case.row)),
    "newest": lambda case: (-case.row.first_seen.toordinal(), *by_due(case.row)),
}
ON_A_POST = frozenset({"post", "medium"})
_Subject = tuple[str, str]
_SEPTEMBER = 9  # with which the school year begins
Key = TypeVar("Key", bound=Hashable)


class WeekOrder:
    """The cases of a week as nobody marked them, those to look at now first; a place is a number from 0 in it.

    `at_desk` are the roles with tasks of which somebody can sign in; what is due on the day `on` is late after it.
    `back` are those that the run set aside, by decisions that ended before that day.
    """

    def __init__(
        self, week: Week, at_desk: frozenset[str] = frozenset(), zone: tzinfo = UTC, on: date = date.min
    ) -> None:
        self.at_desk, self.run_id, self._week = at_desk, week.run.run_id, week
        day, edition, said = max(on, week.run.as_of), week.run.edition, week.said
        rows = _by_task([on_day(row, day) for row in week.exceptions if row.stands])
        aside = {row.fingerprint for row in week.exceptions if not row.is_open}
        self.cases = tuple(
            Case(row, None, 0, self.run_id, at_desk, said.get(row.fingerprint, ()), zone, edition, day) for row in rows
        )
        self.place: Mapping[str, int] = {row.fingerprint: at for at, row in enumerate(rows)}
        self.by_ref: Mapping[str, int] = {case.ref: at for at, case in enumerate(self.cases)}
        self.waiting = frozenset(at for at, case in enumerate(self.cases) if case.is_waiting)
        self.open = frozenset(at for at, case in enumerate(self.cases) if case.row.is_open)
        self.back = frozenset(at for at in self.open if rows[at].fingerprint in aside)
        self.late = frozenset(at for at, case in enumerate(self.cases) if case.row.is_late)
        self.new = frozenset(at for at, case in enumerate(self.cases) if case.is_new)
        self._sorted: dict[str, tuple[int, ...]] = {}
        self._to_look_at: dict[str, frozenset[int]] = {}
        self._backlog: dict[str, tuple[int, ...]] = {}
        self._keys: dict[str, str] = {}
        self.year_began = date(week.run.as_of.year - (week.run.as_of.month < _SEPTEMBER), _SEPTEMBER, 1)

    def sorted_by(self, sort: str) -> tuple[int, ...]:
        """Return every place in this order; KeyError for one that SORTS does not know."""
        if sort not in self._sorted:
            key = SORTS[sort]
            self._sorted[sort] = tuple(sorted(range(len(self.cases)), key=lambda at: key(self.cases[at])))
        return self._sorted[sort]

    def to_look_at(self, role_id: str) -> frozenset[int]:
        """Return the places of what waits for this role to be looked at now: what is new, and what is late."""
        if role_id not in self._to_look_at:
            self._to_look_at[role_id] = frozenset(
                at
                for at in self.waiting
                if self.cases[at].is_due_for_a_look and self.cases[at].is_for(role_id, person=0)
            )
        return self._to_look_at[role_id]

    def backlog(self, role_id: str) -> tuple[int, ...]:
        """Return the places of what a first look found beyond what a week has room for, what is to be looked at first.

        None where the week has room for all. What stands since this school year comes before the past, and the grave
        and the newest before the others. What cannot wait is in the week, however much it is.
        """
        if role_id not in self._backlog:
            places = self.to_look_at(role_id)
            waits = [at for at in places if _may_be_planned(self.cases[at].row)]
            waits.sort(key=lambda at: self._soonest(self.cases[at].row))
            is_flood = len(places) > A_WEEKS_CASES
            now = [at for at in waits if not self.is_past(self.cases[at].row)]
            room = max(0, A_WEEKS_CASES - (len(places) - len(waits)))
            taken = frozenset(now[:room])
            self._backlog[role_id] = tuple(at for at in waits if at not in taken) if is_flood else ()
        return self._backlog[role_id]

    def is_past(self, row: ExceptionRow) -> bool:
        """Say whether what a case is about stands since before this school year."""
        return row.backlog_since is not None and row.backlog_since < self.year_began

    def backlog_key(self, row: ExceptionRow) -> str:
        """Return by what the cases of a first look that are alike and of one age are known, such as `past-pictures`."""
        if row.fingerprint not in self._keys:
            self._keys[row.fingerprint] = self._backlog_key(row)
        return self._keys[row.fingerprint]

    def _backlog_key(self, row: ExceptionRow) -> str:
        return f"{'past' if self.is_past(row) else 'now'}-{kind_of(row)[2].replace(' ', '-').replace(chr(39), '')}"

    def _soonest(self, row: ExceptionRow) -> tuple[object, ...]:
        since = row.backlog_since or date.max
        return (self.is_past(row), gravity(row), -since.toordinal(), *by_due(row))

    def owned_by(self, role_id: str) -> frozenset[int]:
        """Return the places of the cases that the check gives to this role."""
        return self._by_owner.get(role_id, frozenset())

    def of_check(self, check_id: str) -> frozenset[int]:
        """Return the places of the cases that this check raised."""
        return self._by_check.get(check_id, frozenset())

    def of_clause(self, clause: str) -> frozenset[int]:
        """Return the places of the cases that break this clause."""
        return self._by_clause.get(clause, frozenset())

    @property
    def owners(self) -> frozenset[str]:
        """Every role that the checks give a case to."""
        return frozenset(self._by_owner)

    @cached_property
    def checks(self) -> Mapping[str, str]:
        """The title of every check that raised a case, by its id, in the order of the titles."""
        titles = {case.row.check_id: case.row.check_title for case in self.cases}
        return dict(sorted(titles.items(), key=lambda check: check[1]))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What can be searched of each case, in small letters."""
        return tuple(_text(case, self._week) for case in self.cases)

    def about_the_same(self, row: ExceptionRow) -> frozenset[int]:
        """Return the places of the cases about the account, photograph or post of this row, its own among them."""
        return frozenset[int]().union(*(self._by_subject.get(subject, frozenset()) for subject in _subjects(row)))

    @cached_property
    def _by_owner(self) -> Mapping[str, frozenset[int]]:
        return _places((case.row.owner_role, at) for at, case in enumerate(self.cases))

    @cached_property
    def _by_check(self) -> Mapping[str, frozenset[int]]:
        return _places((case.row.check_id, at) for at, case in enumerate(self.cases))

    @cached_property
    def _by_clause(self) -> Mapping[str, frozenset[int]]:
        return _places((case.row.clause, at) for at, case in enumerate(self.cases))

    @cached_property
    def _by_subject(self) -> Mapping[_Subject, frozenset[int]]:
        return _places((subject, at) for at, case in enumerate(self.cases) for subject in _subjects(case.row))


def _may_be_planned(row: ExceptionRow) -> bool:
    return row.backlog_since is not None and row.decision is None


def _first(row: ExceptionRow) -> tuple[object, ...]:
    return (row.status not in NEW, gravity(row), *by_due(row))


def _by_task(rows: Sequence[ExceptionRow]) -> list[ExceptionRow]:
    """Return the rows task by task, so that whoever has begun one goes on in it; the task with the first row first."""
    first: dict[tuple[str, ...], tuple[object, ...]] = {}
    for row in sorted(rows, key=_first):
        first.setdefault(kind_of(row), _first(row))
    return sorted(rows, key=lambda row: (first[kind_of(row)], _first(row)))


def _places(pairs: Iterable[tuple[Key, int]]) -> Mapping[Key, frozenset[int]]:
    known: defaultdict[Key, set[int]] = defaultdict(set)
    for key, at in pairs:
        known[key].add(at)
    return {key: frozenset(places) for key, places in known.items()}


def _text(case: Case, week: Week) -> str:
    row = case.row
    shown = week.evidence[row.fingerprint].values()
    parts = (case.heading, row.reason, row.check_title, row.fingerprint, row.account_handle or "", *shown)
    return " ".join(parts).casefold()


def _subjects(row: ExceptionRow) -> set[_Subject]:
    """Return by what the account, the photograph or the post of a row is known."""
    evidence = json.loads(row.evidence)
    said = evidence if isinstance(evidence, dict) else {}
    known = {("photograph", str(said["photograph_id"]))} if said.get("photograph_id") else set()
    known |= {("post", str(said["link"]))} if said.get("link") and row.subject_kind in ON_A_POST else set()
    is_known = row.subject_kind in {"actor", "medium"} and row.subject_id  # none, once nobody looked at it for too long
    return known | ({(row.platform, row.subject_id)} if is_known else set())
