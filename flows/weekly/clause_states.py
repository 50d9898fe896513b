"""The state of each clause in a run: checked, attested, unobserved, or red because the policy's text has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from checks.model import Check
from checks.outcome import Outcome
from flows.home.context import Context
from policies.attestations import Attestations, ClauseAttestation, gather_attestations
from policies.coverage import PackComparison
from policies.model import Clause
from warehouse.casebook.casebook import Casebook
from warehouse.exceptions.outcomes import AccountCoverageRow, CheckRow, ClauseRow, write_outcomes
from warehouse.exceptions.published_cases import counter_evidence


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
    return ClauseState(clause.state, None, clause.unobserved or checked)


def write_run_outcomes(
    context: Context, db: duckdb.DuckDBPyConnection, book: Casebook, outcomes: Sequence[tuple[Check, Outcome]]
) -> None:
    """Write what each check and each clause of the run came to; this run's exceptions must be reconciled before."""
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
    clauses = _clause_rows(context, attestations, {check.id: outcome.why for check, outcome in outcomes})
    write_outcomes(
        db,
        run_id=context.run_id,
        pack=context.pack.id,
        coverage=coverage,
        account_coverage=account_coverage,
        clauses=clauses,
        unread=[text for _, outcome in outcomes for text in outcome.unread],
    )


def _clause_rows(context: Context, attestations: Attestations, why_by_check: Mapping[str, str]) -> list[ClauseRow]:
    rows = []
    for number, clause in enumerate(context.pack.clause, start=1):
        checked = " ".join(why_by_check[question.check] for question in clause.checks)
        clause_state = clause_state_on(
            clause, attestations, context.as_of, comparison=context.comparison, checked=checked
        )
        rows.append(
            ClauseRow(
                number=number,
                clause=clause.id,
                ref=clause.ref,
                says=clause.says,
                force=clause.force,
                binds=clause.binds,
                state=clause_state.state,
                checks=", ".join(question.check for question in clause.checks),
                why=clause_state.why,
                attested_until=clause_state.until,
            )
        )
    return rows
