"""What people have said of the clauses that only people can answer for, and whether it still stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from dashboards.report.words import day as in_words
from policies.model import Attestation, Clause
from policies.roles import title_of
from policies.source import sha256_of
from warehouse.casebook.casebook import Attested
from warehouse.exceptions.counter_evidence import CounterEvidence


@dataclass(frozen=True, slots=True)
class Word:
    """Whether a clause is attested on a day: until when, and why or why not in a sentence or two."""

    until: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Attestations:
    """Everything that was said of a school's clauses, and what its runs found to counter-evidence."""

    said: Mapping[str, tuple[Attested, ...]]
    counter_evidence: tuple[CounterEvidence, ...]
    zone: ZoneInfo

    def on(self, clause: Clause, asked: Attestation, day: date) -> Word:
        """Return how the clause stands on a day, by what had been said and found up to then."""
        heard = [one for one in self.said.get(clause.id, ()) if self._day(one) <= day]
        who = title_of(asked.role)
        if not heard:
            again = f"it is for the {who}, every {asked.every_days} days"
            return Word(None, f"Nobody has attested this yet; {again}. {asked.evidence}")
        last = heard[-1]
        told = f"ttested by the {title_of(last.by_role)} on {in_words(self._day(last))}"
        if why := self._why_not(last, clause, asked, day):
            return Word(None, f"A{told}, {why} The {who} is to attest it again. {asked.evidence}")
        until = min(last.until, latest_until(asked, self._day(last)))
        return Word(until, f"A{told}, until {in_words(until)}. The evidence is in the casebook.")

    def _why_not(self, last: Attested, clause: Clause, asked: Attestation, day: date) -> str | None:
        if last.wording_sha256 != wording_of(clause):
            return "but the clause has been mapped to another sentence since."
        if last.by_role != asked.role:
            return "but another role is to attest it now."
        found = (
            one for one in self.counter_evidence if one.check_id in asked.ended_by and self._day(last) <= one.day <= day
        )
        if ended := next((one for one in found if one.day <= last.until), None):
            return (
                f"until {in_words(last.until)}, but {ended.check_id} found counter-evidence on {in_words(ended.day)}."
            )
        ends = min(last.until, latest_until(asked, self._day(last)))
        if ends < day:
            return f"which ended on {in_words(ends)}."
        return None

    def _day(self, said: Attested) -> date:
        return said.at.astimezone(self.zone).date()


def hear(said: Iterable[Attested], counter_evidence: Iterable[CounterEvidence], zone: ZoneInfo) -> Attestations:
    """Return what was said, by clause and the oldest first, beside what was found."""
    by_clause: dict[str, tuple[Attested, ...]] = {}
    for one in said:
        by_clause[one.clause] = (*by_clause.get(one.clause, ()), one)
    return Attestations(by_clause, tuple(counter_evidence), zone)


def latest_until(asked: Attestation, today: date) -> date:
    """Return the last day that an attestation made today may stand until."""
    return today + timedelta(days=asked.every_days)


def wording_of(clause: Clause) -> str:
    """Return the hash of what the clause asks: its sentence's own, or that of the reason beside the policy."""
    return clause.source_sha256 or sha256_of(clause.besides or "")
