"""The state of each clause in a run: checked, attested, unobserved, not mapped yet, or red: its text has changed.

A checked clause has its own verdict, of the exceptions that break it and of the accounts that it is about: the worst of
what its checks came to for it. Where they see a part of it, that nothing was seen is all that can be said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from checks.outcome import Coverage, Outcome
from flows.home.context import Context
from flows.weekly.asked_checks import AskedCheck, PutQuestion
from policies.attestations import Attestations, ClauseAttestation, gather_attestations
from policies.coverage import PackComparison
from policies.model import Clause
from policies.platforms.record import Noun
from policies.question import NOT_MAPPED
from warehouse.casebook.casebook import Casebook
from warehouse.exceptions.outcomes import (
    AccountCoverageRow,
    BreakingCase,
    CheckRow,
    ClauseRow,
    open_cases,
    write_outcomes,
)
from warehouse.exceptions.published_cases import counter_evidence

WORST_FIRST = ("exceptions", "could_not_tell", "nothing_seen", "kept", "not_applicable")


@dataclass(frozen=True, slots=True)
class ClauseState:
    """How one clause stands on a day; `until` is set while an attestation of it stands."""

    state: str
    until: date | None
    why: str


def clause_state_on(
    clause: Clause, attestations: Attestations, day: date, *, comparison: PackComparison | None, checked: str
) -> ClauseState:
    """Return the state of a clause on a day; `checked` is what its checks say, if it has any."""
    if comparison and clause.id in comparison.stale:
        return ClauseState("red", None, " ".join([comparison.why_stale(), *([checked] if clause.checks else [])]))
    if clause.attest:
        attestation: ClauseAttestation = attestations.on(clause, clause.attest, day)
        return ClauseState(clause.state, attestation.until, attestation.why)
    return ClauseState(clause.state, None, clause.unobserved or (NOT_MAPPED if clause.proposed else checked))


def write_run_outcomes(
    context: Context, db: duckdb.DuckDBPyConnection, book: Casebook, asked_checks: Sequence[AskedCheck]
) -> dict[str, str]:
    """Write what each check and each clause of the run came to, and return the verdicts by check.

    This run's exceptions must be reconciled before.
    """
    cases = open_cases(db, context.run_id)
    outcomes = [(a.check, _beside(a.outcome, [c for c in cases if c.check_id == a.check.id])) for a in asked_checks]
    coverage = [
        CheckRow(c.id, c.title, o.verdict, o.platform_count, o.fetched, o.judged, o.why, len(o.unread))
        for c, o in outcomes
    ]
    account_coverage = [
        AccountCoverageRow(
            *(c.id, s.platform, s.account_id, s.platform_count, s.fetched, s.judged),
            *(s.is_whole, s.is_enough, s.why, s.what_to_do),
        )
        for c, o in outcomes
        for s in o.coverage
    ]
    attestations = gather_attestations(book.attestations(), counter_evidence(db), context.zone)
    write_outcomes(
        db,
        run_id=context.run_id,
        pack=context.pack.id,
        coverage=coverage,
        account_coverage=account_coverage,
        clauses=_clause_rows(context, attestations, asked_checks, cases),
        unread=[text for _, outcome in outcomes for text in outcome.unread],
    )
    return {check.id: str(outcome.verdict) for check, outcome in outcomes}


def _beside(outcome: Outcome, cases: Sequence[BreakingCase]) -> Outcome:
    """Return the outcome beside those of the open cases that the run did not find."""
    earlier = [case.is_seen for case in cases if not case.is_found]
    return outcome.beside(sum(earlier), len(earlier) - sum(earlier))


def _clause_rows(
    context: Context, attestations: Attestations, asked_checks: Sequence[AskedCheck], cases: Sequence[BreakingCase]
) -> list[ClauseRow]:
    rows = []
    for number, clause in enumerate(context.pack.clause, start=1):
        breaking = [case for case in cases if clause.id in case.breaks]
        askings = [(a, asking) for a in asked_checks for asking in a.askings if asking.clause.id == clause.id]
        askings.sort(key=lambda pair: [*clause.checks].index(pair[1].question))
        outcomes = [_beside(one.outcome, [c for c in breaking if c.check_id == a.check.id]) for a, one in askings]
        said = " ".join(dict.fromkeys(outcome.why for outcome in outcomes))
        state = clause_state_on(clause, attestations, context.as_of, comparison=context.comparison, checked=said)
        seen = _seen(askings)
        counts = [total for _, total in seen.values()]
        rows.append(
            ClauseRow(
                number=number,
                clause=clause.id,
                ref=clause.ref,
                says=clause.says,
                force=clause.force,
                binds=clause.binds,
                state=state.state,
                checks=", ".join(dict.fromkeys(question.check for question in clause.checks)),
                why=state.why,
                attested_until=state.until,
                verdict=_verdict(clause, outcomes),
                looked_at=", ".join(_in_words(noun, *figures) for noun, figures in seen.items()) or None,
                platform_count=sum(total or 0 for total in counts) if counts and None not in counts else None,
                judged=sum(judged for judged, _ in seen.values()) if seen else None,
                not_covered=clause.not_covered,
                attested_by=clause.attest.role if clause.attest else None,
                stands_under=", ".join(dict.fromkeys(case.clause for case in breaking if case.clause != clause.id)),
            )
        )
    return rows


def _verdict(clause: Clause, outcomes: Sequence[Outcome]) -> str | None:
    verdicts = [outcome.verdict for outcome in outcomes]
    worst = min(verdicts, key=WORST_FIRST.index, default=None)
    return "nothing_seen" if worst == "kept" and clause.covers == "part" else worst


Seen = dict[Noun, tuple[int, int | None]]  # how many were looked at, and of how many, None where nobody knows


def _seen(askings: Sequence[tuple[AskedCheck, PutQuestion]]) -> Seen:
    """Return how much was looked at on the accounts that a clause is about, by what it is; the least of its checks."""
    accounts: dict[Noun, dict[tuple[str, str], Coverage]] = {}
    for asked, asking in askings:
        for one in asking.outcome.coverage:
            known = accounts.setdefault(asked.check.population.called[one.platform], {})
            place = (one.platform, one.account_id)
            known[place] = min(known.get(place, one), one, key=lambda seen: seen.judged)
    return {noun: _figures([*known.values()]) for noun, known in accounts.items()}


def _figures(coverage: Sequence[Coverage]) -> tuple[int, int | None]:
    totals = [max(one.platform_count or 0, one.fetched) for one in coverage if one.is_whole or one.platform_count]
    return sum(one.judged for one in coverage), sum(totals) if len(totals) == len(coverage) else None


def _in_words(noun: Noun, judged: int, total: int | None) -> str:
    called = noun.singular if judged == total == 1 else noun.plural
    if total is None:
        return f"{judged:,} {called}, of how many nobody says"
    return f"{judged:,} of {total:,} {called}"
