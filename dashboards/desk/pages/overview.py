"""What the first page says beside the cases: who else has some, counts by clause, and whether anybody has to act."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dashboards.desk.casework.caseload import Caseload, cases
from dashboards.desk.casework.cases import Case
from dashboards.desk.school.desk import Desk
from dashboards.desk.school.desk_notices import DeskNotice
from dashboards.report.evidence_words import counted
from dashboards.report.model import COUNTS_ONLY, ExceptionRow, Week
from dashboards.report.small_numbers import CountRow, ShownCount, by_clause, in_all, shown
from dashboards.report.week_summary import NEW
from dashboards.report.words import count, listed
from policies.roles import LEAD, may_clear, title_of

_SETS_ASIDE = frozenset({"mistaken", "allowed"})


@dataclass(frozen=True, slots=True)
class RoleWaits:
    """How many cases wait for one role, and how many of those are late."""

    role: str
    how_many: int
    late: int


@dataclass(frozen=True, slots=True)
class Others:
    """What waits and is not for the reader now, each case counted once.

    It waits for another role, for a second person beside the reader, or for its day.
    """

    by_role: tuple[RoleWaits, ...]
    second: int
    not_due: int

    @property
    def total(self) -> int:
        """How many cases that is in all."""
        return sum(line.how_many for line in self.by_role) + self.second + self.not_due


@dataclass(frozen=True, slots=True)
class ClauseCount:
    """What stands under one clause: what was found, in bands alone, and whether any of it is new or late."""

    pack: str
    clause: str
    says: str
    found: tuple[str, ...]
    standing: str
    has_new: bool
    has_late: bool


def others(every: Caseload, mine: Iterable[Case], backlog: Iterable[int] = ()) -> Others:
    """Return what waits for anybody but for the reader now, the role with the most first.

    `mine` is the reader's, and so are the places that wait to be planned, the `backlog`.
    """
    own = {every.order.place[case.row.fingerprint] for case in mine}.union(backlog)
    rest = every.waiting - own
    second = frozenset(at for at in rest if _answer_of(every[at]) == "proposed")
    not_due = frozenset(
        at for at in rest - second if not every[at].is_due_for_a_look and _answer_of(every[at]) != "assigned"
    )
    by_role: defaultdict[str, set[int]] = defaultdict(set)
    for at in rest - second - not_due:
        by_role[_waits_for(every[at])].add(at)
    lines = (RoleWaits(role, len(at), len(at & every.late)) for role, at in by_role.items())
    return Others(tuple(sorted(lines, key=lambda line: (-line.how_many, line.role))), len(second), len(not_due))


def _waits_for(case: Case) -> str:
    """Return the role that has to see to a case: its owner, or the Lead where the owner has no desk."""
    has_desk = may_clear(case.owner_role, case.row.concerns) or case.owner_role in case.at_desk
    return case.owner_role if has_desk else LEAD


def _answer_of(case: Case) -> str:
    return "" if case.decision is None else case.decision.answer


def live(desk: Desk, week: Week) -> Week:
    """Return a week of counts with what is open now: what was answered since the run counts as the next will find it.

    What is said to be dealt with stays open until it is seen to be gone. Any other week is returned as it is.
    """
    if week.tier not in COUNTS_ONLY:
        return week
    counts, every = desk.week("lead").counts, cases(desk, "lead")
    return desk.latest(
        week.tier, "live", lambda: replace(week, shown_counts=shown(_now(desk, counts, every))), of=(week, every)
    )


def _now(desk: Desk, counts: Iterable[CountRow], every: Caseload) -> list[CountRow]:
    aside, seen_to = Counter[object](), Counter[object]()
    marked = every.at(every.marked)
    late = Counter(_cell(case.row) for case in every.at(every.waiting & every.late))
    for case in every.at(every.order.back):
        aside[_cell(case.row)] -= 1
        seen_to[_cell(case.row)] -= case.is_new
    for case in _taken_back(desk, marked):
        aside[_cell(case.row)] -= 1
    for case in (case for case in marked if case.row.is_open):
        cell = _cell(case.row)
        aside[cell] += case.is_answered and _answer_of(case) in _SETS_ASIDE
        seen_to[cell] += case.row.status in NEW and not case.is_waiting
    return [
        replace(
            row,
            standing=row.standing - aside[_cell(row)],
            to_do=row.to_do - seen_to[_cell(row)],
            overdue=late[_cell(row)],
        )
        for row in counts
    ]


def _taken_back(desk: Desk, marked: Iterable[Case]) -> Iterable[Case]:
    """Return the cases that the run set aside by a decision that somebody has taken back since."""
    found = [
        case for case in marked if case.row.stands and not case.row.is_open and _answer_of(case) not in _SETS_ASIDE
    ]
    rows = desk.decisions.every([case.row.fingerprint for case in found]) if found else {}
    undone = {name for name, of in rows.items() if any(one.answer == "undone" for one in of)}
    return [case for case in found if case.row.fingerprint in undone]


def _cell(row: CountRow | ExceptionRow) -> tuple[str, ...]:
    return row.pack, row.clause, row.clause_says, row.check_id, row.check_title, row.severity, row.owner_role


def clause_counts(week: Week) -> tuple[ClauseCount, ...]:
    """Return the clauses under which something stands, by bands; those with something late first, then the most."""
    known = by_clause(week.shown_counts)
    least = {key: -sum(row.open_now.low for row in rows) for key, rows in known.items()}
    clauses = map(_clause, known.values())
    return tuple(sorted(clauses, key=lambda one: (not one.has_late, least[one.pack, one.clause], one.clause)))


def _clause(rows: Sequence[ShownCount]) -> ClauseCount:
    first = rows[0]
    return ClauseCount(
        pack=first.pack,
        clause=first.clause,
        says=first.clause_says,
        found=tuple(counted(row) for row in rows),
        standing=in_all(row.open_now for row in rows),
        has_new=any(row.has_new for row in rows),
        has_late=any(row.has_late for row in rows),
    )


def acts(every: Caseload, role: str, own_notices: Sequence[DeskNotice]) -> str:
    """Return in a sentence whether a reader of counts has to act; the technician acts on what was not seen.

    `every` holds the cases of all tiers, of which nothing is told but whose are late.
    """
    if role == "it_technician":
        return _acts_of_technician([notice for notice in own_notices if notice.is_severe])
    late = every.waiting & every.late
    if not late:
        return "Nothing is late, so nobody has to be asked about anything."
    owners = sorted(owner for owner in every.owners if every.owned_by(owner) & late)
    whose = [f"for the {title_of(owner)}" for owner in owners if owner != role]
    said = f"Something is late, and is {listed([*(['for you'] if role in owners else []), *whose])}."
    return f"{said} Ask the {title_of(LEAD)} what holds it up." if whose else said


def _acts_of_technician(severe: Sequence[DeskNotice]) -> str:
    own = sum(not notice.is_for_lead for notice in severe)
    if own:
        return f"{count(own, 'thing')} to put right: see the warnings below."
    if severe:
        return "The Lead has to put something right first; until then there is nothing for you to put right."
    return "Every source was read, so there is nothing for you to put right."
