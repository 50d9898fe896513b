"""What was said about cases since the run: marks of the desk, decisions made with `audit decide`, what they settle.

A decision that no mark is of stands as a mark that nobody made at the desk: `Mark.is_of_desk` tells the two apart.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from dashboards.desk.case_links import CaseLinks
from dashboards.desk.desk import Desk
from dashboards.report.model import ExceptionRow, Tier, Week
from warehouse.casebook.decisions import Decision
from warehouse.casebook.marks import Mark, MarkKind, StandingMark

_NOBODY = 0  # by which person a decision was made whose person the desk does not know
_VERDICTS: Mapping[str, MarkKind] = {"confirmed": "confirmed", "mistaken": "mistaken", "allowed": "allowed"}
_UNMARKED = StandingMark(None, 0)


@dataclass(frozen=True, slots=True)
class SaidSince:
    """Of each case the mark that counts, and the links that were rejected since the run.

    With a mark stands how many were made of the case at the desk, so that a decision made elsewhere takes no mark's
    place.
    """

    marks: Mapping[str, StandingMark]
    rejected: frozenset[int]

    def settled_by(self, fingerprint: str, links: CaseLinks) -> frozenset[str]:
        """Return which further cases the next run settles, if it finds them again, once this one is called mistaken.

        Those are the open ones without an answer whose every link, which account is whose, is then rejected.
        """
        fresh = links.of(fingerprint)
        settled = links.settled(fresh, self.rejected | fresh)
        return frozenset(
            other for other in settled if other != fingerprint and self.marks.get(other, _UNMARKED).mark is None
        )


def said_since(desk: Desk, tier: Tier) -> SaidSince:
    """Return what was said since the run of a tier's week: the same object as before where nobody said anything."""
    week, links = desk.week(tier), desk.once(tier, CaseLinks)
    marks, decisions, today = desk.standing(), desk.decided(), desk.today()
    return desk.latest(
        tier, "said", lambda: _said(week, links, marks, decisions, today), of=(week, marks, decisions, today)
    )


def _said(
    week: Week,
    links: CaseLinks,
    marks: Mapping[str, StandingMark],
    decisions: Mapping[str, Decision],
    today: date,
) -> SaidSince:
    said = dict(marks)
    for row in (row for row in week.exceptions if row.fingerprint in decisions):
        decision, marked = decisions[row.fingerprint], marks.get(row.fingerprint, _UNMARKED)
        if _is_since(decision, row, marked.mark, week, today):
            said[row.fingerprint] = StandingMark(_of_decision(row, decision, week), marked.how_many)
    rejecting = _rejecting(week, links, said)
    rejected = frozenset(rejecting)
    for fingerprint in links.settled(rejected, rejected):
        stands = said.get(fingerprint, _UNMARKED)
        if fingerprint not in decisions and stands.mark is None:
            by = (rejecting[link][-1] for link in links.of(fingerprint))
            said[fingerprint] = StandingMark(_inherited(fingerprint, min(by, key=_end)), stands.how_many)
    return SaidSince(said, rejected)


def _is_since(decision: Decision, row: ExceptionRow, mark: Mark | None, week: Week, today: date) -> bool:
    """Say whether a decision was made elsewhere and no run has heeded it: the report says otherwise, or it is later.

    A mark that is a decision has its very moment, or says the same where taking another one back made it anew.
    """
    at = decision.at
    if at is None or (mark is not None and (mark.made_at >= at or _is_of(mark, decision))):
        return False
    if decision.until is not None and decision.until < today:
        return False
    is_heeded = (decision.verdict, decision.until) == (row.decision, row.decided_until)
    return not is_heeded or at > _ended(week)


def _is_of(mark: Mark, decision: Decision) -> bool:
    return (mark.kind, mark.until) == (decision.verdict, decision.until)


def _ended(week: Week) -> datetime:
    milliseconds = week.run.finished_ms
    return (
        datetime.max.replace(tzinfo=UTC) if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)
    )


def _of_decision(row: ExceptionRow, decision: Decision, week: Week) -> Mark:
    return Mark(
        fingerprint=row.fingerprint,
        sequence=0,
        run_id=week.run.run_id,
        kind=_VERDICTS[decision.verdict],
        by_person=_NOBODY,
        by_role=decision.by_role,
        note="Decided with audit decide.",
        made_at=decision.at or _ended(week),
        until=decision.until,
    )


def _rejecting(week: Week, links: CaseLinks, said: Mapping[str, StandingMark]) -> Mapping[int, list[Mark]]:
    """Return the marks that reject each link: those that call a case with it mistaken since the run."""
    rejecting: defaultdict[int, list[Mark]] = defaultdict(list)
    for fingerprint, (mark, _) in said.items():
        if mark is not None and mark.kind == "mistaken" and mark.run_id == week.run.run_id:
            for link in links.of(fingerprint):
                rejecting[link].append(mark)
    return rejecting


def _end(mark: Mark) -> date:
    return mark.until or date.max


def _inherited(fingerprint: str, of: Mark) -> Mark:
    return Mark(
        fingerprint=fingerprint,
        sequence=0,
        run_id=of.run_id,
        kind="mistaken",
        by_person=of.by_person,
        by_role=of.by_role,
        note=f"Settled with case {of.fingerprint[:8]}.",
        made_at=of.made_at,
        until=of.until,
    )
