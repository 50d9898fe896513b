"""All cases of a tier, in the order of looking: by ref, by whom they wait for, and how far somebody is with them.

What follows from the week alone is made once for each week; what people marked since changes a few cases of it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import overload
from zoneinfo import ZoneInfo

from dashboards.desk.casework.cases import Case, as_given
from dashboards.desk.casework.day_of_row import on_day
from dashboards.desk.casework.decisions_since_run import decisions_since_run, pace_of
from dashboards.desk.casework.verbs import ToDo, to_do
from dashboards.desk.casework.week_order import WeekOrder
from dashboards.desk.school.desk import Desk
from dashboards.report.model import Tier
from dashboards.report.words import count
from warehouse.casebook.decisions import CaseDecisions
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.casebook.people.desk_person import at_the_desk, who_is_here


class Queue(Sequence[Case]):
    """Some of the cases, in their order: what waits for somebody; what somebody else has open comes at the end."""

    def __init__(self, every: "Caseload", places: Sequence[int], held: Sequence[int] = ()) -> None:
        self._every, self._free, self._held = every, places, held

    @overload
    def __getitem__(self, at: int) -> Case: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Case]: ...
    def __getitem__(self, at: int | slice) -> Case | Sequence[Case]:
        if isinstance(at, slice):
            return tuple(self[number] for number in range(*at.indices(len(self))))
        free = len(self._free)
        place = self._free[at] if 0 <= at < free else self._held[at - free if at >= 0 else at]
        return self._every[place]

    def __len__(self) -> int:
        return len(self._free) + len(self._held)

    def __iter__(self) -> Iterator[Case]:
        return (self._every[place] for place in (*self._free, *self._held))

    @cached_property
    def minutes(self) -> int | None:
        """About how many minutes these cases take, by how long earlier ones took; None where too few were answered."""
        pace = self._every.pace
        return max(1, round(pace * len(self) / 60)) if self and pace else None

    @cached_property
    def to_do(self) -> tuple[ToDo, ...]:
        """What there is to do about them, in verbs and counts."""
        return to_do(self)

    def number(self, case: Case) -> int | None:
        """Return which of the queue a case is, from 1; None where it is not in it."""
        place = self._every.order.place[case.row.fingerprint]
        for before, places in ((0, self._free), (len(self._free), self._held)):
            at = bisect_left(places, place)
            if at < len(places) and places[at] == place:
                return before + at + 1
        return None

    def after(self, case: Case, left: "Queue | None" = None) -> Case | None:
        """Return the case to go to after this one: the next that is `left`, from the first if this one is not in it."""
        rest = (self[at] for at in range(self.number(case) or 0, len(self)))
        return next((other for other in rest if left is None or left.number(other)), None)

    def address_after(self, case: Case, left: "Queue | None" = None) -> str:
        """Return the address of the case to go to after this one; at the end, that all was seen.

        `left` are those that wait still, where an answer has settled more than this one.
        """
        after = self.after(case, left)
        return f"/case/{after.ref}" if after else "/seen"

    def with_held(self, fingerprints: Iterable[str]) -> "Queue":
        """Return the same queue, with the cases of these fingerprints after all others."""
        places = {self._every.order.place.get(fingerprint) for fingerprint in fingerprints}
        held = [at for at in self._free if at in places]
        return Queue(self._every, [at for at in self._free if at not in places], held) if held else self


class Caseload:
    """The cases that stand, to look at now first, then the most severe, the soonest due; what was answered is not late.

    `here` are the roles of those who can sign in, by their numbers: what was given to anybody else is their role's.
    """

    def __init__(
        self,
        order: WeekOrder,
        decided: Mapping[str, CaseDecisions],
        pace: float | None = None,
        here: Mapping[int, str] | None = None,
    ) -> None:
        self.order, self.pace = order, pace
        self._cases = list(order.cases)
        self.marked = frozenset(order.place[fingerprint] for fingerprint in decided if fingerprint in order.place)
        for place in self.marked:
            case = order.cases[place]
            said = decided[case.row.fingerprint]
            given, row = as_given(said.decision, here or {}), on_day(case.row, case.day, said)
            case = replace(case, row=row, decision=given, sequence=said.sequence)
            self._cases[place] = replace(case, decision=None) if case.is_of_others else case
        self.waiting = (order.waiting - self.marked) | {at for at in self.marked if self._cases[at].is_waiting}
        self.open = (order.open - self.marked) | {at for at in self.marked if self._cases[at].row.is_open}
        self.late = self.waiting & ((order.late - self.marked) | {at for at in self.marked if self._cases[at].is_late})
        self._for: dict[tuple[str, int], Queue] = {}
        self._backlog: dict[str, frozenset[int]] = {}

    def __getitem__(self, at: int) -> Case:
        return self._cases[at]

    def __len__(self) -> int:
        return len(self._cases)

    def __iter__(self) -> Iterator[Case]:
        return iter(self._cases)

    def with_ref(self, ref: str) -> Case | None:
        """Return the case of this ref; None where this tier has none."""
        at = self.order.by_ref.get(ref)
        return None if at is None else self._cases[at]

    def at(self, places: Iterable[int]) -> tuple[Case, ...]:
        """Return the cases at these places, in their order."""
        return tuple(self._cases[place] for place in places)

    def waiting_for(self, role_id: str, person: int) -> Queue:
        """Return the cases that wait for this person now: what is new, what is late, and what somebody gave them."""
        known = self._for.get((role_id, person))
        if known is None:
            theirs = self.order.to_look_at(role_id) - self.marked
            theirs |= {at for at in self.marked if _waits_for(self._cases[at], role_id, person)}
            theirs -= self.backlog_of(role_id)
            known = self._for[role_id, person] = Queue(self, sorted(theirs))
        return known

    def backlog_of(self, role_id: str) -> frozenset[int]:
        """Return the places of what a first look found for this role beyond a week's cases, and nobody has planned."""
        if role_id not in self._backlog:
            places = self.order.backlog(role_id)
            told = (case for case in self.at(self.marked.intersection(places)) if case.decision or not case.is_waiting)
            self._backlog[role_id] = frozenset(places) - {self.order.place[case.row.fingerprint] for case in told}
        return self._backlog[role_id]

    def owned_by(self, role_id: str) -> frozenset[int]:
        """Return the places of the cases that are this role's task now."""
        theirs = self.order.owned_by(role_id) - self.marked
        return theirs | {at for at in self.marked if self._cases[at].owner_role == role_id}

    @cached_property
    def owners(self) -> tuple[str, ...]:
        """Every role that a case is a task of now."""
        given = {self._cases[at].owner_role for at in self.marked}
        return tuple(sorted(given | {role for role in self.order.owners if self.owned_by(role)}))

    def about_the_same(self, case: Case) -> tuple[Case, ...]:
        """Return the other cases about the same account, photograph or post."""
        same = self.order.about_the_same(case.row)
        return self.at(sorted(same - {self.order.place[case.row.fingerprint]}))


def cases(desk: Desk, tier: Tier) -> Caseload:
    """Return every case of the tier that stands: the same object until a run publishes or somebody says anything."""
    week, said, today = desk.week(tier), decisions_since_run(desk, tier), desk.today()
    at_desk, here = at_the_desk(people := DeskPeople(desk.book, key=desk.key).people()), who_is_here(people)
    order = desk.latest(tier, "order", lambda: WeekOrder(week, at_desk, desk.zone, today), of=(week, at_desk, today))
    pace = desk.latest(None, "pace", lambda: pace_of(desk.decided(), week.run.run_id), of=(week,))
    return desk.latest(tier, "cases", lambda: Caseload(order, said.by_case, pace, here), of=(order, said.by_case, here))


def _waits_for(case: Case, role_id: str, person: int) -> bool:
    given = case.decision is not None and case.decision.answer in {"proposed", "assigned"}
    return case.is_waiting and case.is_for(role_id, person) and (case.is_due_for_a_look or given)


def answered_today(every: Caseload, person: int, *, zone: ZoneInfo, today: date) -> int:
    """Return how many cases somebody has answered today: whatever they did that took a case from their list."""
    since = (case.decision for case in every.at(every.marked) if case.decision is not None and case.is_decided_since)
    return sum(each.by_person == person and each.decided_at.astimezone(zone).date() == today for each in since)


def progress_of(mine: Queue, case: Case, answered: int) -> str | None:
    """Return in words which case it is of those answered today and those that wait; None for one that does not wait."""
    number, left = mine.number(case), len(mine) - (mine.number(case) or 0)
    if number is None:
        return None
    rest = f"{count(left, 'more waits', 'more wait')} after it" if left else "the last one"
    return f"{answered + number} of {answered + len(mine)} for you; {rest}"
