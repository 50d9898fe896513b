"""How a case stood in the runs before this one, and what has been said of it up to now."""

from collections.abc import Collection, Mapping, Sequence

from dashboards.desk.school.desk import Desk
from dashboards.report.story import Said, Stood, histories, story
from warehouse.casebook.decisions import CaseDecisions


def history_of(desk: Desk, fingerprint: str) -> Sequence[Stood]:
    """Return how a case stood in each run that knew of it, the newest first."""
    return tuple(reversed(desk.read_once(histories).get(fingerprint, ())))


def said_now(desk: Desk, cases: Collection[str], counts: Mapping[str, CaseDecisions]) -> Mapping[str, Sequence[Said]]:
    """Return what counts of what was said of these cases up to now; `counts` has what follows from another case."""
    decided, stood = desk.decisions.every(cases), desk.read_once(histories)
    told = dict[str, Sequence[Said]]()
    for case in cases:
        decision = counts[case].decision
        follows = () if decision is None or decision.is_own else (decision,)
        told[case] = story((*decided.get(case, ()), *follows), stood.get(case, ()), desk.zone)
    return told
