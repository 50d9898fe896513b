"""Judges a run: match, self-test, check the data, ask each check, reconcile, and write down how each clause stands."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from checks.asked_once import AskedOnce
from checks.catalogue import catalogue
from checks.model import Check
from engines.words import ReadingMemory, remembering
from flows.home.context import Context
from flows.home.edition import Passes
from flows.home.policy import declarations
from flows.pictures.logo import look_for_logo
from flows.pictures.scan import held_opener
from flows.pictures.verdicts import scan_pictures
from flows.weekly.advising import advised
from flows.weekly.asked_checks import AskedCheck, ask, seen, texts, weighed
from flows.weekly.clause_states import write_run_outcomes
from flows.weekly.match_accounts import actors_of, match_accounts
from flows.weekly.self_test import self_test
from policies.decisions import StandingDecision
from warehouse.casebook.casebook import Casebook
from warehouse.exceptions.decisions_that_hold import ReadDecisions, with_rejected_links
from warehouse.exceptions.observed_subjects import ObservedSubjects
from warehouse.exceptions.observing import observe_subjects
from warehouse.exceptions.outcomes import write_declarations
from warehouse.exceptions.reconcile import reconcile
from warehouse.exceptions.taken_down import note_taken_down
from warehouse.quality.expectations import check_quality, failed_populations, keep_quality
from warehouse.runs.match_store import ACTORS, counts_by_story, open_severities, pictures
from warehouse.runs.run_memory import keep_readings, readings
from warehouse.runs.runs import take_shown_handles
from warehouse.store.materialise import materialise, rolled_back


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a run came to, in counts: exceptions by status (and set aside), verdicts by check, severities still open."""

    statuses: dict[str, int]
    verdicts: dict[str, str]
    open_severities: tuple[str, ...]


def judge(context: Context) -> Outcomes:
    """Judge every check of the school's pack on the run at hand, and reconcile with the run before."""
    with context.warehouse() as db, context.casebook() as book:
        checks = list(map(catalogue().__getitem__, context.pack.check_ids))
        take_shown_handles(db, context.run_id)
        _match(context, db, checks)
        memory = ReadingMemory(context.names_key, readings(db))
        with rolled_back(db), remembering(memory):
            materialise(db)
            pages, agreed = context.places.quality(context.run_id), Passes(context.settings.kept_here)
            quality = check_quality(db, context.run_id, pages=pages, agreed=agreed)
            failed = failed_populations(quality)
            decisions = _standing_decisions(context, book)
            run = AskedOnce(db)
            asked_checks = [ask(context, run, check, failed, decisions) for check in checks]
            judged = [place for asked in asked_checks for place in seen(context.as_of, failed, asked)]
            found = [one.subject_id for asked in asked_checks for one in (*asked.outcome.exceptions, *asked.unlisted)]
            observed = observe_subjects(db, judged, found)
        keep_quality(db, context.run_id, quality)
        keep_readings(db, context.run_id, memory.read)
        write_declarations(db, context.run_id, declarations())
        _reconcile(context, db, book, asked_checks, observed)
        note_taken_down(db, context.run_id)
        verdicts = write_run_outcomes(context, db, book, asked_checks)
        return Outcomes(counts_by_story(db, context.run_id), verdicts, open_severities(db, context.run_id))


def _match(context: Context, db: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> None:
    """Match every account and every picture that stands, and prove that these checks find what is planted."""
    with held_opener(context) as opener:
        with rolled_back(db):
            materialise(db, ACTORS)
            actors, shown = actors_of(db), pictures(db, context.run_id)
        match_accounts(context, db, actors)
        scan_pictures(context, db, shown, opener)
        look_for_logo(context, db, opener)
        self_test(context, checks, opener)


def _standing_decisions(context: Context, book: Casebook) -> dict[str, StandingDecision]:
    """Return what people decided, by fingerprint, as far as it stands on the day of the run."""
    standing = book.decisions.standing().items()
    return {fingerprint: decision for fingerprint, decision in standing if not decision.is_over(context.as_of)}


def _reconcile(
    context: Context,
    db: duckdb.DuckDBPyConnection,
    book: Casebook,
    asked_checks: Sequence[AskedCheck],
    observed: ObservedSubjects,
) -> None:
    """Reconcile what was found with the run before and with what people decided."""
    said = [text for asked in asked_checks for text in texts(context, asked)]
    exceptions = advised(context, (one for asked in asked_checks for one in weighed(context, asked)), said)
    read = {fingerprint: of.sequence for fingerprint, of in book.decisions.by_case().items()}  # before what counts
    decisions = book.decisions.standing()
    reconcile(
        db,
        run_id=context.run_id,
        exceptions=exceptions,
        checks=said,
        observed=observed,
        unlisted=[one for asked in asked_checks for one in asked.unlisted],
        broken_by=context.pack.broken_by,
        decisions=ReadDecisions(
            with_rejected_links(db, decisions, exceptions, run_id=context.run_id, as_of=context.as_of), read
        ),
    )
