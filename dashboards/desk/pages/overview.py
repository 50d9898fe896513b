"""What the first page says beside the cases: who else has some, counts by clause, and whether anybody has to act."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.desk.casework.caseload import Caseload
from dashboards.desk.casework.cases import Case
from dashboards.desk.school.desk_notices import DeskNotice
from dashboards.report.evidence_words import counted
from dashboards.report.model import Week
from dashboards.report.small_numbers import ShownCount, by_clause, in_all
from dashboards.report.words import count, listed
from policies.roles import LEAD, may_clear, title_of


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
    second = frozenset(at for at in rest if every[at].answer == "proposed")
    not_due = frozenset(
        at for at in rest - second if not every[at].is_due_for_a_look and every[at].answer != "assigned"
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
    if not every.late:
        return "Nothing is late, so nobody has to be asked about anything."
    owners = sorted(owner for owner in every.owners if every.owned_by(owner) & every.late)
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
