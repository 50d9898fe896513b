"""How far somebody is with the cases that wait: what is answered counts on, and what waits still is what is left."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from dashboards.desk.casework.caseload import Caseload, Queue
from dashboards.desk.casework.cases import Case
from dashboards.report.words import count


@dataclass(frozen=True, slots=True)
class SessionProgress:
    """Which of how many a case is: those answered today, and those that wait."""

    number: int
    of: int

    def __str__(self) -> str:
        left = self.of - self.number
        rest = f"{count(left, 'more waits', 'more wait')} after it" if left else "the last one"
        return f"{self.number} of {self.of} for you; {rest}"


def answered_today(every: Caseload, person: int, *, run_id: str, zone: ZoneInfo, today: date) -> int:
    """Return how many cases somebody has answered today: whatever they did that took a case from their list."""
    decisions = (case.decision for case in every.at(every.marked) if case.decision is not None)
    return sum(
        each.by_person == person and each.run_id == run_id and each.decided_at.astimezone(zone).date() == today
        for each in decisions
    )


def progress_of(mine: Queue, case: Case, answered: int) -> SessionProgress | None:
    """Return which case it is of those of the session; None for one that does not wait."""
    number = mine.number(case)
    return SessionProgress(answered + number, answered + len(mine)) if number else None
