"""Whether a clause that only people can answer for is attested on a day, by what they attested and what runs found.

What a person may attest, and until when, the command line and the desk ask here alike.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from policies.coverage import PackComparison, sha256_of
from policies.dates import FURTHEST, short_date
from policies.errors import UserError
from policies.model import Attestation, Clause, Ending, Pack
from policies.question import NOT_MAPPED
from policies.roles import title_by, title_of


@dataclass(frozen=True, slots=True)
class Attested:
    """What one person said of one clause, in which role, when, and until which day it stands.

    `wording_sha256` is the hash of the sentence that the clause was mapped to then; the attestation counts for that
    wording only.
    """

    clause: str
    wording_sha256: str
    by_role: str
    evidence: str
    until: date
    at: datetime
    by_person: int | None = None
    by_user: str | None = None


@dataclass(frozen=True, slots=True)
class CounterEvidence:
    """What a run found of what a check looks for, and the check's title: the state that should have been.

    Where it was found, whom or what it concerns, and its evidence as a JSON object say what it is about.
    """

    day: date
    check_id: str
    check_title: str
    platform: str
    concerns: str
    evidence: str

    def ends(self, ending: Ending) -> bool:
        """Say whether it ends an attestation that such exceptions of this check end."""
        is_of_check = self.check_id == ending.check
        return is_of_check and ending.only.holds(self.platform, self.concerns, json.loads(self.evidence))


@dataclass(frozen=True, slots=True)
class ClauseAttestation:
    """Whether a clause is attested on a day: until when, and why or why not in a sentence or two."""

    until: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Attestations:
    """All attestations of a school's clauses, by clause, and the counter-evidence that its runs found."""

    by_clause: Mapping[str, tuple[Attested, ...]]
    counter_evidence: tuple[CounterEvidence, ...]
    zone: ZoneInfo

    def on(self, clause: Clause, asked: Attestation, day: date) -> ClauseAttestation:
        """Return whether the clause is attested on a day, by what had been attested and found up to then."""
        until_then = [attested for attested in self.by_clause.get(clause.id, ()) if self._day(attested) <= day]
        who = title_of(asked.role)
        if not until_then:
            again = f"it is for the {who}, every {asked.every_days} days"
            return ClauseAttestation(None, f"Nobody has attested this yet; {again}. {asked.evidence}")
        last = until_then[-1]
        by_whom = f"Attested by the {title_by(last.by_role, last.by_person)} on {short_date(self._day(last))}"
        if why := self._why_not(last, clause, asked, day):
            return ClauseAttestation(None, f"{by_whom}, {why} The {who} is to attest it again. {asked.evidence}")
        until = min(last.until, latest_until(asked, self._day(last)))
        return ClauseAttestation(until, f"{by_whom}, until {short_date(until)}. The evidence is in the casebook.")

    def _why_not(self, last: Attested, clause: Clause, asked: Attestation, day: date) -> str | None:
        if last.wording_sha256 != wording_of(clause):
            return "but the clause has been mapped to another sentence since."
        if last.by_role != asked.role:
            return "but another role is to attest it now."
        found_since = (
            evidence
            for evidence in self.counter_evidence
            if self._day(last) <= evidence.day <= day and any(map(evidence.ends, asked.endings))
        )
        if ended_by := next((evidence for evidence in found_since if evidence.day <= last.until), None):
            found_on = short_date(ended_by.day)
            return (
                f"until {short_date(last.until)}, but the check “{ended_by.check_title}” found the contrary "
                f"on {found_on}: first put right what it found."
            )
        ends = min(last.until, latest_until(asked, self._day(last)))
        if ends < day:
            return f"which ended on {short_date(ends)}."
        return None

    def _day(self, attested: Attested) -> date:
        return attested.at.astimezone(self.zone).date()


def gather_attestations(
    attestations: Iterable[Attested], counter_evidence: Iterable[CounterEvidence], zone: ZoneInfo
) -> Attestations:
    """Return the attestations by clause, in the order given, which is the oldest first, beside the counter-evidence."""
    by_clause: dict[str, tuple[Attested, ...]] = {}
    for attested in attestations:
        by_clause[attested.clause] = (*by_clause.get(attested.clause, ()), attested)
    return Attestations(by_clause, tuple(counter_evidence), zone)


def latest_until(asked: Attestation, today: date) -> date:
    """Return the last day that an attestation made today may stand until."""
    return today + min(timedelta(days=asked.every_days), FURTHEST)


def wording_of(clause: Clause) -> str:
    """Return the hash of what the clause asks: of its sentence in the policy, or of its reason outside the policy."""
    return clause.source_sha256 or sha256_of(clause.besides or "")


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
        """Return the attestation to be written down; UserError in a sentence where it cannot be."""
        clause, asked = self.asked_of(clause_id)
        if self.comparison and clause_id in self.comparison.stale:
            raise UserError(f"{clause_id} is red, so nobody can attest it. {self.comparison.why_stale()}")
        _ensure_suitable(clause_id, asked, by=by, evidence=evidence, asking=asking)
        _ensure_in_time(clause_id, asked, until=until, today=at.astimezone(self.zone).date(), asking=asking)
        return Attested(clause_id, wording_of(clause), asked.role, evidence.strip(), until, at)

    def asked_of(self, clause_id: str) -> tuple[Clause, Attestation]:
        """Return a clause and what it asks of whom; UserError where it is for nobody to attest."""
        clause = next((clause for clause in self.pack.clause if clause.id == clause_id), None)
        if clause is None:
            near = get_close_matches(clause_id, [clause.id for clause in self.pack.clause if clause.attest], n=1)
            hint = f"Is it {near[0]}?" if near else f"To see them all: audit policies coverage {self.school}"
            raise UserError(f"{self.pack.id} has no clause {clause_id!r}. {hint}")
        if clause.checks:
            checks = ", ".join(question.check for question in clause.checks)
            raise UserError(f"{clause_id} is not for a person to attest: the program checks it ({checks}).")
        if clause.attest is None:
            raise UserError(f"{clause_id} is not for a person to attest. {clause.unobserved or NOT_MAPPED}")
        return clause, clause.attest


def _ensure_suitable(clause_id: str, asked: Attestation, *, by: str, evidence: str, asking: Asking) -> None:
    if by.strip().casefold() not in {asked.role.casefold(), title_of(asked.role).casefold()}:
        end = asking.by.format(role=asked.role)
        raise UserError(f"{clause_id} is for the {title_of(asked.role)} to attest{end}")
    if not evidence.strip():
        raise UserError(f"{asking.evidence} what the attestation rests on. {clause_id} asks: {asked.evidence}")


def _ensure_in_time(clause_id: str, asked: Attestation, *, until: date, today: date, asking: Asking) -> None:
    last = latest_until(asked, today)
    if until < today:
        raise UserError(f"{asking.until} {until} is in the past; choose a day up to {last}.")
    if until > last:
        often = f"{clause_id} is to be attested every {asked.every_days} days"
        raise UserError(f"{asking.until} {until} is too far off: {often}, so {last} is the last day.")
