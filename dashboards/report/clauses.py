"""Say of each clause how it stands: what the machine saw, what a person attested, or that nobody can see it here."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from dashboards.report.evidence_words import evidence_label
from dashboards.report.model import ReportedClause, Week
from dashboards.report.small_numbers import Band, CountRow, ShownCount, by_clause, in_all
from dashboards.report.words import ATTESTED_TALLIES, STATE_TALLIES, VERDICT_TALLIES, VERDICTS, count, day, listed
from policies.roles import title_of


@dataclass(frozen=True, slots=True)
class Standing:
    """One clause, its open exceptions, and the references of the clauses where others that break it stand.

    `is_blind` says that one of its checks could not tell, whatever another found.
    """

    clause: ReportedClause
    open_count: int
    elsewhere: tuple[str, ...]
    is_blind: bool
    bands: tuple[Band, ...] = ()  # of readers of counts, whose open_count is the least that these come to

    @property
    def is_attested(self) -> bool:
        """Say whether an attestation of the clause stands on the day of the run."""
        return self.clause.state == "attested" and self.clause.attested_until is not None

    @property
    def check_ids(self) -> tuple[str, ...]:
        """The checks that look at the clause."""
        return _ids(self.clause.checks)

    @property
    def verdict(self) -> str | None:
        """What its checks came to for the clause; None where none looks at it.

        What is open is an exception, also where its check could not tell this time. Where exceptions were found and
        nothing is open, what a check could not tell, and `decided` if all could.
        """
        if self.clause.verdict and (self.open_count or self.elsewhere):
            return "exceptions"
        if self.clause.verdict != "exceptions":
            return self.clause.verdict
        return "could_not_tell" if self.is_blind else "decided"


UNSEEN = {"unobserved": "Not observed here", "not_mapped": "Not mapped yet"}


@dataclass(frozen=True, slots=True)
class Share:
    """How many clauses are in one state, and of these how many in which better-known way."""

    words: str
    how_many: int
    parts: str

    def __str__(self) -> str:
        """Return the share as `7 checked: 6 kept and 1 could not tell`."""
        return f"{self.how_many:,} {self.words}{f': {self.parts}' if self.parts else ''}"


def in_policy_order(week: Week) -> tuple[Standing, ...]:
    """Return the clauses as the policy orders them, each with how it stands."""
    open_counts: Counter[tuple[str, str]] = Counter()
    cells = by_clause(week.shown_counts)
    every: tuple[CountRow | ShownCount, ...] = (*week.counts, *week.shown_counts)
    for row in every:
        open_counts[row.pack, row.clause] += row.open_now.low if isinstance(row, ShownCount) else row.standing
    named = refs(week)
    blind = {check.check_id for check in week.coverage if check.verdict == "could_not_tell"}
    return tuple(
        Standing(
            clause,
            open_counts[clause.pack, clause.clause],
            tuple(named.get((clause.pack, other), other) for other in _ids(clause.stands_under)),
            not blind.isdisjoint(_ids(clause.checks)),
            tuple(cell.open_now for cell in cells.get((clause.pack, clause.clause), ())),
        )
        for clause in week.clauses
    )


def shares(standings: tuple[Standing, ...]) -> tuple[Share, ...]:
    """Return how many clauses are in each state, states without a clause left out; the parts of each add up to it."""
    tallies = []
    for state, words in STATE_TALLIES.items():
        here = [standing for standing in standings if standing.clause.state == state]
        ways: Counter[str] = Counter()
        if state == "checked":
            ways.update(VERDICT_TALLIES[standing.verdict or "could_not_tell"] for standing in here)
        elif state == "attested":
            ways.update(ATTESTED_TALLIES[standing.is_attested] for standing in here)
        if here:
            tallies.append(Share(words, len(here), listed([f"{number} {way}" for way, number in sorted(ways.items())])))
    return tuple(tallies)


def standing_text(standing: Standing) -> str:
    """Return how a clause stands in a few words, such as `3 open` or `To be attested`."""
    state = standing.clause.state
    if standing.open_count:
        how_many = in_all(standing.bands) if standing.bands else f"{standing.open_count:,}"
        return f"{how_many[:1].upper()}{how_many[1:]} open"
    if standing.elsewhere:
        return f"See {listed(standing.elsewhere)}"
    if state == "attested":
        return "Attested" if standing.is_attested else "To be attested"
    if state in UNSEEN:
        return UNSEEN[state]
    return VERDICTS[standing.verdict or "could_not_tell"]


def verdict_sentence(standing: Standing) -> str:
    """Return how a clause stands, how much was looked at for it, and what is not covered; empty if nothing looks."""
    clause = standing.clause
    if clause.verdict is None:
        return ""
    seen = f": {clause.looked_at}" if clause.looked_at else ""
    missing = f" Not covered: {clause.not_covered}" if clause.not_covered else ""
    return f"{standing_text(standing)}{seen}.{missing}"


def answers(standing: Standing) -> str:
    """Return which checks, or which role and until when, stand for a clause; empty where nobody can see it."""
    clause = standing.clause
    if standing.check_ids:
        return f"Checked by {listed([evidence_label(check).lower() for check in standing.check_ids])}."
    if clause.attested_by is None:
        return ""
    if clause.attested_until:
        return f"Attested by the {title_of(clause.attested_by)} until {day(clause.attested_until)}."
    return f"Waits for the {title_of(clause.attested_by)} to attest it."


CLAUSE_COLUMNS = (
    *("pack", "clause", "ref", "says", "force", "binds", "state", "verdict", "how_it_stands"),
    *("platform_count", "judged", "not_covered", "who_answers", "attested_until"),
)


def clause_lines(week: Week) -> list[list[Any]]:
    """Return a line for each clause, in the order of CLAUSE_COLUMNS and of the policy."""
    said = (
        (one, {"verdict": one.verdict, "how_it_stands": standing_text(one), "who_answers": answers(one)})
        for one in in_policy_order(week)
    )
    return [[own.get(name, getattr(one.clause, name, None)) for name in CLAUSE_COLUMNS] for one, own in said]


def refs(week: Week) -> dict[tuple[str, str], str]:
    """Return the policy's own reference of each clause by pack and clause id."""
    return {(clause.pack, clause.clause): clause.ref for clause in week.clauses}


def counts_in_policy_order(week: Week) -> tuple[ShownCount, ...]:
    """Return what readers of counts are told of each cell, as the policy orders their clauses."""
    place = {(clause.pack, clause.clause): number for number, clause in enumerate(week.clauses)}
    return tuple(sorted(week.shown_counts, key=lambda row: place.get((row.pack, row.clause), len(place))))


def total(standings: tuple[Standing, ...]) -> str:
    """Return how many clauses there are and how many exceptions stand under them."""
    if bands := [band for clause_standing in standings for band in clause_standing.bands]:
        return f"{count(len(standings), 'clause')}, {in_all(bands)} open exceptions"
    standing = sum(clause_standing.open_count for clause_standing in standings)
    return f"{count(len(standings), 'clause')}, {count(standing, 'open exception')}"


def _ids(text: str | None) -> tuple[str, ...]:
    return tuple(part for part in (text or "").split(", ") if part)
