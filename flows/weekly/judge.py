"""Judges a run: match, self-test, check the data, ask each check, reconcile, and write down how each clause stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import duckdb

from checks.catalogue import catalogue
from checks.model import Check
from checks.outcome import Outcome
from checks.run import judge as judge_check
from engines.pictures.decoding import Opener
from engines.words import ReadingMemory, remembering
from flows.home.claims import why_unclaimed
from flows.home.context import Context
from flows.home.policy import declarations
from flows.pictures.verdicts import scan_pictures
from flows.weekly.advising import advised, text_of
from flows.weekly.clause_states import write_run_outcomes
from flows.weekly.match_accounts import actors_of, match_accounts
from flows.weekly.self_test import places_of, self_test
from policies.calendar import due_on
from policies.decisions import StandingDecision
from policies.exceptions import ExceptionFound
from policies.model import Clause
from policies.question import Question
from warehouse.casebook.casebook import Casebook
from warehouse.exceptions.decisions_that_hold import with_rejected_links
from warehouse.exceptions.observed_subjects import Judged, ObservedSubjects
from warehouse.exceptions.observing import observe_subjects
from warehouse.exceptions.outcomes import earlier_cases
from warehouse.exceptions.reconcile import reconcile
from warehouse.quality.expectations import check_quality, failed_populations, keep_quality
from warehouse.runs.declared import write_declarations
from warehouse.runs.match_store import ACTORS, open_severities, pictures
from warehouse.runs.run_memory import keep_readings, readings
from warehouse.runs.runs import take_shown_handles
from warehouse.store.materialise import materialise, rolled_back


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a run came to, in counts: exceptions by status, verdicts by check, severities still open."""

    statuses: dict[str, int]
    verdicts: dict[str, str]
    open_severities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedCheck:
    """One check of the pack, the clause that calls for it and how, and what came of asking it."""

    check: Check
    clause: Clause
    question: Question
    outcome: Outcome

    @property
    def to_read(self) -> list[ExceptionFound]:
        """What a person has to read before it is one."""
        return [text.exception for text in self.outcome.unread]


def judge(context: Context) -> Outcomes:
    """Judge every check of the school's pack on the run at hand, and reconcile with the run before."""
    with context.warehouse() as db, context.casebook() as book:
        checks = list(map(catalogue().__getitem__, context.pack.check_ids))
        take_shown_handles(db, context.run_id)
        _match(context, db, checks)
        memory = ReadingMemory(context.key, readings(db))
        with rolled_back(db), remembering(memory):
            materialise(db)
            quality = check_quality(db, context.run_id, pages=context.places.quality(context.run_id))
            failed = failed_populations(quality)
            decisions = _standing_decisions(context, book)
            asked_checks = [_ask(context, db, check, failed, decisions) for check in checks]
            seen = [seen for asked in asked_checks for seen in _seen(context.as_of, failed, asked)]
            found = [one.subject_id for asked in asked_checks for one in (*asked.outcome.exceptions, *asked.to_read)]
            observed = observe_subjects(db, seen, found)
        keep_quality(db, context.run_id, quality)
        keep_readings(db, context.run_id, memory.read)
        write_declarations(db, context.run_id, declarations())
        statuses = _reconcile(context, db, book, asked_checks, observed)
        earlier = earlier_cases(db, context.run_id)
        outcomes = [(a.check, a.outcome.beside(*earlier.get(a.check.id, (0, 0)))) for a in asked_checks]
        write_run_outcomes(context, db, book, outcomes)
        verdicts = {check.id: str(outcome.verdict) for check, outcome in outcomes}
        return Outcomes(statuses, verdicts, open_severities(db, context.run_id))


def _match(context: Context, db: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> None:
    """Match every account and every picture that stands, and prove that these checks find what is planted."""
    with Opener() as opener:
        opener.start()  # beside what comes before the self-test's picture
        with rolled_back(db):
            materialise(db, ACTORS)
            actors, shown = actors_of(db), pictures(db, context.run_id)
        match_accounts(context, db, actors)
        scan_pictures(context, db, shown, opener)
        self_test(context, db, checks, opener)


def _standing_decisions(context: Context, book: Casebook) -> dict[str, StandingDecision]:
    """Return what people decided, by fingerprint, as far as it stands on the day of the run."""
    standing = book.decisions.standing().items()
    return {fingerprint: decision for fingerprint, decision in standing if not decision.is_over(context.as_of)}


def _ask(
    context: Context,
    db: duckdb.DuckDBPyConnection,
    check: Check,
    failed: frozenset[str],
    decisions: Mapping[str, StandingDecision],
) -> AskedCheck:
    clause, question = context.pack.asks(check.id)
    outcome = judge_check(
        db,
        check,
        as_of=context.as_of,
        parameters=question.parameters,
        applies_to=places_of(context, check),
        doubtful_populations=failed,
        key=context.key,
        decisions=decisions,
    )
    unseen = [why_unclaimed(account) for account in context.unclaimed if account.platform in check.sources]
    if outcome.verdict == "not_applicable" and unseen:
        outcome = replace(outcome, verdict="could_not_tell", why=" ".join(unseen))
    return AskedCheck(check, clause, question, outcome)


def _reconcile(
    context: Context,
    db: duckdb.DuckDBPyConnection,
    book: Casebook,
    asked_checks: Sequence[AskedCheck],
    observed: ObservedSubjects,
) -> dict[str, int]:
    """Reconcile what was found with the run before and with what people decided; return the exceptions by status."""
    texts = {asked.check.id: text_of(context, asked.check, asked.clause) for asked in asked_checks}
    exceptions = advised(context, (one for asked in asked_checks for one in _weighed(context, asked)), texts)
    decisions = book.decisions.standing()
    return reconcile(
        db,
        run_id=context.run_id,
        as_of=context.as_of,
        exceptions=exceptions,
        checks=list(texts.values()),
        observed=observed,
        unread=[one for asked in asked_checks for one in asked.to_read],
        decisions=with_rejected_links(db, decisions, exceptions, run_id=context.run_id, as_of=context.as_of),
    )


def _weighed(context: Context, asked: AskedCheck) -> list[ExceptionFound]:
    """Return the exceptions, each with the severity that the pack gives it, and by when it is due if it is new."""
    question, days, calendar, weighed = asked.question, asked.check.days_to_act, context.school.calendar, []
    for one in asked.outcome.exceptions:
        severity = question.severity_of(one.evidence)
        due = due_on(calendar, context.as_of, days, severity, question.counts)
        weighed.append(replace(one, severity=severity, due_on=due))
    return weighed


def _seen(as_of: date, failed: frozenset[str], asked: AskedCheck) -> list[Judged]:
    """Return what the check could see of each official account, and whether an absence there may close anything."""
    check, outcome = asked.check, asked.outcome
    days = check.with_defaults(asked.question.parameters)[check.looks_back] if check.looks_back else None
    return [
        Judged(
            check.id,
            check.population,
            seen.platform,
            seen.account_id,
            may_close=check.coverage not in failed and not outcome.is_blind,
            is_whole=seen.is_whole,
            since=None if days is None else as_of - timedelta(days=days),
        )
        for seen in outcome.coverage
    ]
