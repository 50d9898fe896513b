"""The past, dealt with once: what a first look found beyond a week's cases, in groups that one press plans.

A decision for a group is kept for each case by itself, each let through by the one rule; a planned case stays open.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboards.desk.access.school_pages import FormError
from dashboards.desk.casework.caseload import Caseload, cases
from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.verbs import kind_of
from dashboards.desk.school.desk import TIERS, Desk
from dashboards.report.words import count as counted
from policies.calendar import weeks_after
from policies.dates import long_date
from policies.roles import DoneBy
from warehouse.casebook.alone import writing
from warehouse.casebook.case_facts import Around, DecisionError, SeenBefore, Wish
from warehouse.casebook.decisions import Decision, add_decisions
from warehouse.casebook.may_decide import answer_of, may_decide

A_WEEK = 30  # cases of the past that a week is given, unless the school year would end before
_WEEKS = 39  # of school in a year, within which the past is done
MOST_A_WEEK = MOST_TOGETHER = 1_000  # cases that a week is given, and that one press plans
_TAKEN_DOWN = ("photograph", "picture", "post")


@dataclass(frozen=True, slots=True)
class BacklogGroup:
    """Cases of a first look that are alike and of one age, and the days on which each would be looked at if planned.

    `key` names it in a form. `days` are by the places of those that one press plans; `before` is when the school year
    began, where what they are about is older. `can_be_taken_down` says that somebody may have dealt with all of them at
    once by that, and that the next run looks at each.
    """

    key: str
    noun: str
    before: date | None
    a_week: int
    days: Mapping[int, date]
    total: int
    late: int
    can_be_taken_down: bool

    @property
    def line(self) -> str:
        """How many of what, such as `117 pictures before September 2025`."""
        age = f"from before September {self.before.year}" if self.before else "of this school year"
        return f"{f'{len(self.days):,} of ' if self.total > len(self.days) else ''}{self.total:,} {self.noun} {age}"

    @property
    def until(self) -> date:
        """The day by which all of them would be looked at."""
        return max(self.days.values())


@dataclass(frozen=True, slots=True)
class Batch:
    """The cases that one press planned, or said to be taken down: by whom and when, which names it in a form."""

    at: datetime
    cases: tuple[Case, ...]

    @property
    def line(self) -> str:
        """What was decided, such as `117 cases are planned`."""
        days = [case.decision.until for case in self.cases if case.decision and case.decision.until]
        said = counted(len(self.cases), "case is", "cases are")
        return (
            f"{said} planned, to be looked at by {long_date(max(days))}." if days else f"{said} said to be taken down."
        )


def groups_of(desk: Desk, every: Caseload, role: str, *, a_week: int | None = None) -> tuple[BacklogGroup, ...]:
    """Return the groups that wait to be planned, in the order in which they would be done: this school year's first.

    `a_week` is how many cases a week is given, beside what is planned already.
    """
    places = [at for at in every.order.backlog(role) if at in every.backlog_of(role)]
    if not places:
        return ()
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for at in places:
        alike[every.order.backlog_key(every[at].row)].append(at)
    room = a_week or max(A_WEEK, -(-len(places) // _WEEKS))
    days = dict(zip(chain.from_iterable(alike.values()), _days(desk, every, room), strict=False))
    return tuple(
        BacklogGroup(
            key=key,
            noun=(noun := kind_of(every[of[0]].row)[1 if len(of) == 1 else 2]),
            before=every.order.year_began if every.order.is_past(every[of[0]].row) else None,
            a_week=room,
            days={at: days[at] for at in of[:MOST_TOGETHER]},
            total=len(of),
            late=sum(every[at].is_late for at in of),
            can_be_taken_down=noun.startswith(_TAKEN_DOWN) and not any(every[at].row.is_unasked for at in of),
        )
        for key, of in alike.items()
    )


def _days(desk: Desk, every: Caseload, room: int) -> Iterable[date]:
    """Yield a day for each case to plan: the last school day of each week that has room beside what is planned."""
    school = desk.starter.school() if desk.starter is not None else None
    calendar = school.calendar if school else None
    run_day = date.fromisoformat(every.order.run_id)
    begins = school.desk.counts_from(run_day) if school else run_day
    taken = Counter(case.due_on for case in every if case.is_waiting and case.is_planned)
    for day in weeks_after(calendar, begins):
        yield from (day for _ in range(max(0, room - taken[day])))


def batches_of(every: Caseload) -> tuple[Batch, ...]:
    """Return what was planned for several cases at once and counts still, the newest first."""
    by_time: defaultdict[datetime, list[Case]] = defaultdict(list)
    for case in every.at(sorted(every.marked)):
        if case.decision is not None and case.decision.is_own and case.row.backlog_since and _is_batched(case):
            by_time[case.decision.decided_at].append(case)
    return tuple(Batch(at, tuple(of)) for at, of in sorted(by_time.items(), reverse=True) if len(of) > 1)


def _is_batched(case: Case) -> bool:
    is_done = case.decision is not None and case.decision.answer == "done" and case.is_answered
    return (case.is_planned and case.row.is_open) or is_done


def plan(request: Request) -> Response:
    """Plan a group, or say that all of it is taken down: one decision for each case; FormError or DecisionError."""
    desk, form = request.app.state.desk, request.state.form
    role = request.state.session.person.role
    every = cases(desk, TIERS[role])
    group = _group(desk, every, role, form)
    if form.get("kind") == "done" and group.can_be_taken_down:
        note = f"Taken down, with the others of {group.line}."
        wishes: dict[int, Wish] = dict.fromkeys(group.days, Wish("done"))
    else:
        note = f"{group.line}: planned together, {group.a_week} a week."
        wishes = {at: Wish("planned", day) for at, day in group.days.items()}
    _write(request, [(every[at], wish, note) for at, wish in wishes.items()])
    return RedirectResponse("/", status_code=303)


def _group(desk: Desk, every: Caseload, role: str, form: Mapping[str, str]) -> BacklogGroup:
    written = form.get("a_week", "").strip()
    if written and not (written.isascii() and written.isdecimal() and 0 < int(written[:9]) <= MOST_A_WEEK):
        raise FormError(f"Write how many cases you look at in a week, from 1 to {MOST_A_WEEK:,}.")
    before = groups_of(desk, every, role)
    chosen = next((group for group in before if group.key == form.get("group")), None)
    if chosen is None:
        raise DecisionError("Nothing of this group waits any more. Go back to the first page.")
    if not written or int(written) == chosen.a_week:
        return chosen
    return next(group for group in groups_of(desk, every, role, a_week=int(written)) if group.key == chosen.key)


def undo(request: Request) -> Response:
    """Take back what was planned or said with one press; DecisionError where nothing of it counts any more."""
    form = request.state.form
    every = cases(request.app.state.desk, TIERS[request.state.session.person.role])
    batch = next((batch for batch in batches_of(every) if batch.at.isoformat() == form.get("at")), None)
    if batch is None:
        raise DecisionError("Nothing of this counts any more. Go back to the first page.")
    _write(request, [(case, Wish("undone"), "Taken back.") for case in batch.cases])
    return RedirectResponse("/", status_code=303)


def _write(request: Request, wished: Sequence[tuple[Case, Wish, str]]) -> None:
    """Write a decision for each case, all or none, and that each was made; DecisionError where one may not be."""
    desk, person = request.app.state.desk, request.state.session.person
    by, now, edition = DoneBy(person.role, person.number), desk.clock(), request.state.form.get("edition", "")
    made = []
    for case, wish, note in wished:
        seen = SeenBefore(edition, case.sequence, case.told)
        decided = may_decide(by, case.facts(), wish, seen, Around(desk.today(), case.at_desk))
        this = (case.row.fingerprint, case.sequence + 1, case.run_id, answer_of(decided), person.number, person.role)
        made.append(Decision(*this, note=note, decided_at=now, until=decided.until, about=case.row.about))
    with writing(desk.book.engine) as connection:
        add_decisions(connection, desk.book.school, *made)
        planned = [one.fingerprint for one in made]
        request.app.state.log.add_each(connection, planned, person=person, action=made[0].answer, at=now)
