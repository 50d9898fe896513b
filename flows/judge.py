"""Judges a run: know, data-quality check, judge each check of the pack, self-test, reconcile, and write down what each clause came to."""

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from checks.catalogue import catalogue
from checks.model import Check, Outcome
from checks.run import judge as judge_check
from flows.clause_states import write_standing
from flows.context import Context
from flows.match_accounts import match_accounts
from flows.pictures.verdicts import scan_pictures
from flows.self_test import places_of, self_test
from policies.model import Clause, Notification, Question
from policies.roles import title_of
from warehouse.exceptions.confirmed_people import without_other_people
from warehouse.exceptions.observed import Judged, sighted
from warehouse.exceptions.raised import Found
from warehouse.exceptions.reconcile import reconcile
from warehouse.exceptions.rejected_links import with_rejected_links
from warehouse.match_store import open_severities
from warehouse.materialise import materialise, rolled_back
from warehouse.quality.quality_checks import failed_populations, quality_check


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a run came to, in counts: exceptions by status, verdicts by check, severities still open."""

    statuses: dict[str, int]
    verdicts: dict[str, str]
    open_severities: tuple[str, ...]


def judge(context: Context) -> Outcomes:
    """Judge every check of the school's pack on the run at hand, and reconcile with the run before."""
    with context.warehouse() as db, context.casebook() as book:
        match_accounts(context, db)
        scan_pictures(context, db)
        failed = failed_populations(quality_check(db, context.run_id))
        asked = [(known, *context.pack.asks(known.id)) for known in _checks(context)]
        self_test(context, db, [known for known, _, _ in asked])
        with rolled_back(db):
            materialise(db)
            judged = [
                (known, clause, question, _judge(context, db, known, question, failed))
                for known, clause, question in asked
            ]
            met = sighted(db, [coverage for one in judged for coverage in _coverages(context.as_of, failed, *one)])
        found = [found for one in judged for found in _found(context, *one)]
        statuses = reconcile(
            db,
            run_id=context.run_id,
            as_of=context.as_of,
            found=found,
            known=met,
            decisions=with_rejected_links(
                db, without_other_people(db, book.standing(), found), found, as_of=context.as_of
            ),
        )
        write_standing(context, db, book, [(known, outcome) for known, _, _, outcome in judged])
        return Outcomes(statuses, {o.check_id: o.verdict for *_, o in judged}, open_severities(db, context.run_id))


def _checks(context: Context) -> list[Check]:
    known = catalogue()
    return [known[check_id] for check_id in context.pack.check_ids]


def _judge(
    context: Context, db: duckdb.DuckDBPyConnection, check: Check, question: Question, failed: frozenset[str]
) -> Outcome:
    return judge_check(
        db,
        check,
        as_of=context.as_of,
        parameters=question.parameters,
        applies_to=places_of(context, check),
        doubtful_populations=failed,
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
            severity=question.severity_of(one.evidence),
            platform=one.platform,
            account_id=one.account_id,
            subject_id=one.subject_id,
            subject_kind=check.subject_kind,
            concerns=check.concerns,
            reason=one.reason,
            evidence=one.evidence,
            change_key=check.change_key,
            next_step=" ".join([check.next_step, *map(_told, clause.tell)]),
            do_not=check.do_not,
            owner_role=check.owner_role,
            days_to_act=check.days_to_act,
        )
        for one in outcome.exceptions
    ]


def _told(notification: Notification) -> str:
    days = notification.within_days
    within = {None: "", 0: " at once", 1: " within a day"}.get(days, f" within {days} days")
    return f"Tell the {title_of(notification.role)}{within}: {notification.when}"


def _coverages(
    as_of: date, failed: frozenset[str], check: Check, _clause: Clause, question: Question, outcome: Outcome
) -> list[Judged]:
    may_close = check.coverage not in failed and not outcome.is_blind
    days = check.with_defaults(question.parameters)[check.looks_back] if check.looks_back else None
    since = None if days is None else as_of - timedelta(days=days)
    return [
        Judged(
            check.id, check.coverage, s.platform, s.account_id, may_close=may_close, is_whole=s.is_whole, since=since
        )
        for s in outcome.coverage
    ]
