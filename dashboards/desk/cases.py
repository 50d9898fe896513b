"""The week's cases as the desk shows them: the exceptions that stand, and what was done about each since the run."""

from dataclasses import dataclass
from datetime import date, timedelta

from dashboards.desk.desk import LEAD, may_clear
from dashboards.report.agenda import NEW
from dashboards.report.findings import heading
from dashboards.report.model import ExceptionRow
from dashboards.report.words import role
from policies.dates import long_date
from warehouse.casebook.marks import Mark

_A_WEEK = timedelta(days=7)
_SETTLED = frozenset({"confirmed", "mistaken", "allowed", "done"})


@dataclass(frozen=True, slots=True)
class Case:
    """One exception that stands, and the mark that counts for it; None where nobody made one, or it was taken back.

    `sequence` is how many marks there are, by which a decision says what its writer had read; `at_desk` are the roles
    that have tasks and of which somebody can sign in.
    """

    row: ExceptionRow
    mark: Mark | None
    sequence: int
    run_id: str
    at_desk: frozenset[str] = frozenset()

    @property
    def ref(self) -> str:
        """By what the case is called in addresses: longer than the report's ref, so that it is never two cases."""
        return self.row.fingerprint[:16]

    @property
    def heading(self) -> str:
        """What was found."""
        return heading((self.row,))

    @property
    def decided(self) -> str:
        """When it was decided elsewhere than at the desk, by which a form says that its reader knew; empty if not."""
        return "" if self.mark is None or self.mark.is_of_desk else self.mark.made_at.isoformat()

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
        if may_clear(self.owner_role, self.row.concerns) or self.owner_role in self.at_desk:
            return self.owner_role == role_id
        return role_id == LEAD  # who sees to it that the owner, who has no desk, does it

    @property
    def is_due_for_a_look(self) -> bool:
        """Whether it is one to look at now: what is new, what is late, and what is due before the next weekly run."""
        due_on = self.row.due_on
        is_soon = due_on is not None and due_on < date.fromisoformat(self.run_id) + _A_WEEK
        return self.is_new or self.row.is_late or is_soon

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
