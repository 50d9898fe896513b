"""What a person may attest, and until when: the rules that the command line and the desk share."""

from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from policies.attestations import Attested, latest_until, wording_of
from policies.coverage import PackComparison
from policies.errors import UserError
from policies.model import Attestation, Clause, Pack
from policies.roles import title_of


class AttestationError(UserError):
    """A clause cannot be attested so; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How whoever attests was asked for each part, so that a refusal says it in the words that stand before them."""

    by: str  # the end of the sentence about the role, in which {role} is its id
    evidence: str
    until: str


COMMAND = Asking(": --by {role}", "Say with --evidence", "--until")
FORM = Asking(".", "Say", "The day")


@dataclass(frozen=True, slots=True)
class PolicyToAttest:
    """A school's pack, how it agrees with the policy's text, and the school's zone and id."""

    school: str
    pack: Pack
    comparison: PackComparison | None
    zone: ZoneInfo

    def attested(
        self, clause_id: str, *, by: str, evidence: str, until: date, at: datetime, asking: Asking
    ) -> Attested:
        """Return the attestation to be written down; AttestationError in a sentence where it cannot be."""
        clause, asked = self.asked_of(clause_id)
        if self.comparison and clause_id in self.comparison.stale:
            raise AttestationError(f"{clause_id} is red, so nobody can attest it. {self.comparison.why_stale()}")
        _ensure_suitable(clause_id, asked, by=by, evidence=evidence, asking=asking)
        _ensure_in_time(clause_id, asked, until=until, today=at.astimezone(self.zone).date(), asking=asking)
        return Attested(clause_id, wording_of(clause), asked.role, evidence.strip(), until, at)

    def asked_of(self, clause_id: str) -> tuple[Clause, Attestation]:
        """Return a clause and what it asks of whom; AttestationError where it is for nobody to attest."""
        clause = next((clause for clause in self.pack.clause if clause.id == clause_id), None)
        if clause is None:
            near = get_close_matches(clause_id, [clause.id for clause in self.pack.clause if clause.attest], n=1)
            hint = f"Is it {near[0]}?" if near else f"To see them all: audit policies coverage {self.school}"
            raise AttestationError(f"{self.pack.id} has no clause {clause_id!r}. {hint}")
        if clause.checks:
            checks = ", ".join(question.check for question in clause.checks)
            raise AttestationError(f"{clause_id} is not for a person to attest: the program checks it ({checks}).")
        if clause.attest is None:
            raise AttestationError(f"{clause_id} is not for a person to attest. {clause.unobserved}")
        return clause, clause.attest


def _ensure_suitable(clause_id: str, asked: Attestation, *, by: str, evidence: str, asking: Asking) -> None:
    if by.strip().casefold() not in {asked.role.casefold(), title_of(asked.role).casefold()}:
        end = asking.by.format(role=asked.role)
        raise AttestationError(f"{clause_id} is for the {title_of(asked.role)} to attest{end}")
    if not evidence.strip():
        raise AttestationError(f"{asking.evidence} what the attestation rests on. {clause_id} asks: {asked.evidence}")


def _ensure_in_time(clause_id: str, asked: Attestation, *, until: date, today: date, asking: Asking) -> None:
    last = latest_until(asked, today)
    if until < today:
        raise AttestationError(f"{asking.until} {until} is in the past; choose a day up to {last}.")
    if until > last:
        often = f"{clause_id} is to be attested every {asked.every_days} days"
        raise AttestationError(f"{asking.until} {until} is too far off: {often}, so {last} is the last day.")
