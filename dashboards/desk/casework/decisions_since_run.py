"""What was decided about cases since the run, and what the next run settles by it.

Cases are settled together where they say the same of one account. One that another settles has a decision of its own,
of sequence 0, which is written nowhere.
"""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from statistics import median

from dashboards.desk.school.desk import Desk
from dashboards.report.model import Tier, Week
from warehouse.casebook.case_facts import is_decided_since
from warehouse.casebook.decisions import NONE_YET, CaseDecisions, Decision

_SHORTEST, _LONGEST, _ENOUGH = 2, 600, 20  # seconds that are a reading, and how many of them a median takes


class CaseLinks:
    """The links of each case: which account it says is whose. One that is rejected is so in every case that has it."""

    def __init__(self, week: Week) -> None:
        found = {link.fingerprint for link in week.links if link.is_found}
        self._settleable = found & {row.fingerprint for row in week.exceptions if row.is_open}
        of_case: defaultdict[str, set[int]] = defaultdict(set)
        with_link: defaultdict[int, set[str]] = defaultdict(set)
        for link in week.links:
            of_case[link.fingerprint].add(link.link)
            with_link[link.link].add(link.fingerprint)
        self._of_case: Mapping[str, AbstractSet[int]] = dict(of_case)
        self._with_link: Mapping[int, AbstractSet[str]] = dict(with_link)

    def of(self, fingerprint: str) -> AbstractSet[int]:
        """Return the links of a case."""
        return self._of_case.get(fingerprint, frozenset())

    def settled(self, fresh: AbstractSet[int], rejected: AbstractSet[int]) -> frozenset[str]:
        """Return the open cases that the run found, that have a fresh link, and whose every link is rejected."""
        touched = frozenset[str]().union(*(self._with_link.get(link, frozenset()) for link in fresh))
        return frozenset(case for case in touched & self._settleable if self._of_case[case] <= rejected)


@dataclass(frozen=True, slots=True)
class DecisionsSinceRun:
    """Of each case the decision that counts, and the links that were rejected since the run."""

    by_case: Mapping[str, CaseDecisions]
    rejected: frozenset[int]

    def settled_by(self, fingerprint: str, links: CaseLinks) -> frozenset[str]:
        """Return which further cases the next run settles, if it finds them again, once this one is called mistaken.

        Those are the open ones without an answer whose every link, which account is whose, is then rejected.
        """
        fresh = links.of(fingerprint)
        settled = links.settled(fresh, self.rejected | fresh)
        return frozenset(
            other for other in settled if other != fingerprint and self.by_case.get(other, NONE_YET).decision is None
        )


def decisions_since_run(desk: Desk, tier: Tier) -> DecisionsSinceRun:
    """Return what was decided since the run of a tier's week: the same object as before where nobody decided."""
    week, links, decided = desk.week(tier), desk.once(tier, CaseLinks), desk.decided()
    return desk.latest(tier, "decided", lambda: _since(week, links, decided), of=(week, decided))


def pace_of(decided: Mapping[str, CaseDecisions], run_id: str) -> float | None:
    """Return the median of the seconds from one answer to the next of the same sitting, before this run; None for few.

    It follows from when the decisions were made, which are kept anyway, and says nothing of whose they are.
    """
    made = defaultdict[object, list[datetime]](list)
    for decision, *_ in decided.values():
        if decision is not None and decision.by_person is not None and decision.run_id < run_id:
            made[decision.by_person].append(decision.decided_at)
    gaps = [(after - before).total_seconds() for times in made.values() for before, after in pairwise(sorted(times))]
    read = [gap for gap in gaps if _SHORTEST <= gap <= _LONGEST]
    return median(read) if len(read) >= _ENOUGH else None


def _since(week: Week, links: CaseLinks, decided: Mapping[str, CaseDecisions]) -> DecisionsSinceRun:
    by_case = dict(decided)
    rejecting = _rejecting(week, links, decided)
    rejected = frozenset(rejecting)
    for fingerprint in links.settled(rejected, rejected):
        counts = decided.get(fingerprint, NONE_YET)
        if counts.decision is None:
            by = (max(rejecting[link], key=_end) for link in links.of(fingerprint))
            by_case[fingerprint] = CaseDecisions(_inherited(fingerprint, min(by, key=_end)), counts.sequence)
    return DecisionsSinceRun(by_case, rejected)


def _rejecting(week: Week, links: CaseLinks, decided: Mapping[str, CaseDecisions]) -> Mapping[int, list[Decision]]:
    """Return the decisions that reject each link: those that call a case with it mistaken since the run."""
    rejecting: defaultdict[int, list[Decision]] = defaultdict(list)
    for row in week.exceptions:
        decision = decided.get(row.fingerprint, NONE_YET).decision
        if decision is None or decision.answer != "mistaken":
            continue
        if is_decided_since(decision, week.run.run_id, row.decisions_read, row.about):
            for link in links.of(row.fingerprint):
                rejecting[link].append(decision)
    return rejecting


def _end(decision: Decision) -> date:
    return decision.until or date.max


def _inherited(fingerprint: str, of: Decision) -> Decision:
    return replace(of, fingerprint=fingerprint, sequence=0, note=f"Answered with case {of.fingerprint[:8]}.")
