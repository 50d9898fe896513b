"""Judges a run: know, gate, judge each check of the pack, drill, reconcile, and write down what each clause came to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from checks.catalogue import catalogue
from checks.model import Check, Outcome
from checks.run import judge as judge_check
from flows.context import Context
from flows.drill import drill
from flows.know import know_accounts, know_pictures
from policies.model import Clause, Question
from warehouse.knowing import open_severities
from warehouse.outcomes import CheckRow, ClauseRow, SightRow, write_outcomes
from warehouse.quality import failed_populations, gate
from warehouse.reconcile import Found, Judged, reconcile


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a run came to, in counts: exceptions by status, verdicts by check, severities still open."""

    statuses: dict[str, int]
    verdicts: dict[str, str]
    open_severities: tuple[str, ...]


def judge(context: Context) -> Outcomes:
    """Judge every check of the school's pack on the run at hand, and reconcile with the run before."""
    with context.warehouse() as db, context.casebook() as book:
        know_accounts(context, db)
        know_pictures(context, db)
        failed = failed_populations(gate(db, context.run_id))
        asked = [(known, *context.pack.asks(known.id)) for known in _checks(context)]
        drill(context, db, [(known, question) for known, _, question in asked])
        judged = [
            (known, clause, question, _judge(context, db, known, question, failed)) for known, clause, question in asked
        ]
        _write(context, db, [(known, outcome) for known, _, _, outcome in judged])
        statuses = reconcile(
            db,
            run_id=context.run_id,
            as_of=context.as_of,
            found=[found for one in judged for found in _found(context, *one)],
            judged=[sight for known, _, _, outcome in judged for sight in _sights(known, outcome, failed)],
            decisions=book.standing(),
        )
        return Outcomes(statuses, {o.check_id: o.verdict for *_, o in judged}, open_severities(db, context.run_id))


def _checks(context: Context) -> list[Check]:
    known = catalogue()
    return [known[check_id] for check_id in context.pack.check_ids]


def _judge(
    context: Context, db: duckdb.DuckDBPyConnection, check: Check, question: Question, failed: frozenset[str]
) -> Outcome:
    accounts = [(a.platform, a.account_id) for a in context.school.account if a.platform in check.sources]
    return judge_check(
        db, check, as_of=context.as_of, parameters=question.parameters, applies_to=accounts, failed_gates=failed
    )


def _found(context: Context, check: Check, clause: Clause, question: Question, outcome: Outcome) -> list[Found]:
    return [
        Found(
            fingerprint=one.fingerprint,
            check_id=check.id,
            check_title=check.title,
            pack=context.pack.id,
            clause=clause.id,
            clause_says=clause.says,
            severity=question.severity,
            platform=one.platform,
            account_id=one.account_id,
            subject_id=one.subject_id,
            subject_kind=check.subject_kind,
            concerns=check.concerns,
            reason=one.reason,
            evidence=one.evidence,
            telling=check.telling,
            next_step=check.next_step,
            do_not=check.do_not,
            owner_role=check.owner_role,
            days_to_act=check.days_to_act,
        )
        for one in outcome.exceptions
    ]


def _sights(check: Check, outcome: Outcome, failed: frozenset[str]) -> list[Judged]:
    may_close = check.sight not in failed
    return [Judged(check.id, s.platform, s.account_id, may_close=may_close, is_whole=s.is_whole) for s in outcome.sight]


def _write(context: Context, db: duckdb.DuckDBPyConnection, outcomes: Sequence[tuple[Check, Outcome]]) -> None:
    coverage = [CheckRow(c.id, c.title, o.verdict, o.platform_count, o.fetched, o.judged, o.why) for c, o in outcomes]
    sight = [
        SightRow(c.id, s.platform, s.account_id, s.platform_count, s.fetched, s.judged, s.is_whole, s.why)
        for c, o in outcomes
        for s in o.sight
    ]
    said: Mapping[str, Any] = {c.id: o for c, o in outcomes}
    clauses = [
        ClauseRow(
            number,
            clause.id,
            clause.ref,
            clause.says,
            clause.force,
            clause.binds,
            clause.state,
            ", ".join(q.check for q in clause.checks),
            _why(clause, said),
        )
        for number, clause in enumerate(context.pack.clause, start=1)
    ]
    write_outcomes(db, run_id=context.run_id, pack=context.pack.id, coverage=coverage, sight=sight, clauses=clauses)


def _why(clause: Clause, outcomes: Mapping[str, Outcome]) -> str:
    if clause.unobserved is not None:
        return clause.unobserved
    if clause.attest is not None:
        role = clause.attest.role.replace("_", " ")
        asked = f"it is for the {role}, every {clause.attest.every_days} days"
        return f"Nobody has attested this yet; {asked}. {clause.attest.evidence}"
    return " ".join(outcomes[question.check].why for question in clause.checks)
