"""The week's cases as the desk shows them: the exceptions that stand, and what was done about each since the run."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboards.desk.desk import LEAD, Desk, may_clear
from dashboards.report.agenda import NEW
from dashboards.report.exception_groups import by_due, gravity
from dashboards.report.findings import heading
from dashboards.report.model import ExceptionRow, Tier, Week
from dashboards.report.words import role
from policies.dates import long_date
from warehouse.casebook.marks import Mark

_SETTLED = frozenset({"confirmed", "mistaken", "allowed", "done"})
_SECONDS_NEW, _SECONDS_KNOWN = 40, 10  # what a person takes to read and decide, by the demo's weeks


@dataclass(frozen=True, slots=True)
class Case:
    """One exception that stands, and the mark that counts for it; None where nobody made one, or it was taken back.

    `sequence` is how many marks there are, by which a decision says what its writer had read.
    """

    row: ExceptionRow
    mark: Mark | None
    sequence: int
    run_id: str

    @property
    def ref(self) -> str:
        """By what the case is called in addresses: longer than the report's ref, so that it is never two cases."""
        return self.row.fingerprint[:16]

    @property
    def heading(self) -> str:
        """What was found."""
        return heading((self.row,))

    @property
    def is_new(self) -> bool:
        """Whether it is new, changed or back this week."""
        return self.row.status in NEW

    @property
    def owner_role(self) -> str:
        """Whose task it is: whoever it was given to, else whom the check says."""
        given = self.mark is not None and self.mark.kind == "assigned" and self.mark.to_role
        return given or self.row.owner_role

    @property
    def is_answered(self) -> bool:
        """Whether it was answered since the run: what was answered before it, and is open all the same, is not."""
        return self.mark is not None and self.mark.kind in _SETTLED and self.mark.run_id == self.run_id

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to do something, as far as the desk knows since the run."""
        return self.row.is_open and not self.is_answered

    def is_for(self, role_id: str, person: int) -> bool:
        """Say whether it waits for this person: of this role, or proposed by somebody else and theirs to second."""
        if self.mark is not None and self.mark.kind == "proposed":
            return self.mark.by_person != person
        if may_clear(self.owner_role, self.row.concerns):
            return self.owner_role == role_id
        return role_id == LEAD  # who sees to it that the owner, who has no desk, does it

    @property
    def state(self) -> str:
        """What was done about it since the run, in words; nothing where nothing was."""
        if self.mark is None or (self.mark.kind in _SETTLED and not self.is_answered):
            return ""
        who = role(self.mark.by_role)
        said = {
            "confirmed": f"Confirmed by the {who}; from the next run in the report.",
            "mistaken": f"Mistaken, says the {who}; from the next run in the report.",
            "allowed": f"Allowed by the {who} until {long_date(self.mark.until)}." if self.mark.until else "Allowed.",
            "done": f"Done, says the {who}; the next run looks again.",
            "proposed": f"The {who} says that it is so. Somebody else must say so too before anybody is named.",
            "assigned": f"Given to the {role(self.mark.to_role or '')} by the {who}.",
        }
        return said[self.mark.kind]


def cases(desk: Desk, tier: Tier) -> tuple[Case, ...]:
    """Return every case of the tier that stands, those to look at now first, then the most severe, the soonest due."""
    marks, run_id = desk.marks.standing(), desk.week(tier).run.run_id
    return tuple(Case(row, *marks.get(row.fingerprint, (None, 0)), run_id) for row in desk.once(tier, _in_order))


def _in_order(week: Week) -> tuple[ExceptionRow, ...]:
    standing = (row for row in week.exceptions if row.stands)
    return tuple(sorted(standing, key=lambda row: (row.status not in NEW, gravity(row), *by_due(row))))


def waiting_for(all_cases: Sequence[Case], role_id: str, person: int) -> tuple[Case, ...]:
    """Return the cases that wait for this person now: what is new, and what is late."""
    return tuple(
        case
        for case in all_cases
        if case.is_waiting
        and case.is_for(role_id, person)
        and (case.is_new or case.row.is_late or (case.mark is not None and case.mark.kind in {"proposed", "assigned"}))
    )


def minutes(waiting: Sequence[Case]) -> int:
    """Return about how many minutes these cases take."""
    seconds = sum(_SECONDS_NEW if case.is_new else _SECONDS_KNOWN for case in waiting)
    return max(1, round(seconds / 60)) if waiting else 0


def with_ref(all_cases: Sequence[Case], ref: str) -> Case | None:
    """Return the case of this ref; None where this tier has none."""
    return next((case for case in all_cases if case.ref == ref), None)


def same_subject(desk: Desk, tier: Tier, all_cases: Sequence[Case], case: Case) -> tuple[Case, ...]:
    """Return the other cases about the same account or the same photograph."""
    known = desk.once(tier, _by_subject)
    same = frozenset[str]().union(*(known[subject] for subject in _subjects(case.row)))
    others = same - {case.row.fingerprint}
    return tuple(other for other in all_cases if other.row.fingerprint in others) if others else ()


def _by_subject(week: Week) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the fingerprints of the cases about each account and each photograph."""
    known: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in (row for row in week.exceptions if row.stands):
        for subject in _subjects(row):
            known[subject].add(row.fingerprint)
    return {subject: frozenset(fingerprints) for subject, fingerprints in known.items()}


def _subjects(row: ExceptionRow) -> set[tuple[str, str]]:
    """Return by what the account or the photograph of a row is known."""
    photograph = _evidence(row).get("photograph_id")
    known = {("photograph", str(photograph))} if photograph else set()
    return known | ({(row.platform, row.subject_id)} if row.subject_kind in {"actor", "medium"} else set())


def _evidence(row: ExceptionRow) -> Mapping[str, object]:
    evidence = json.loads(row.evidence)
    return evidence if isinstance(evidence, dict) else {}
