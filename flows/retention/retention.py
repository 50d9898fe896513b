"""Deletes what is over its clock in every store of a school, and certifies it: warehouse, copy, files, casebook.

Every run does it before it publishes, and `audit expire` on the days between; both go through here. Each step may be
broken off: what was deleted from the warehouse and not yet certified is noted there, and the next deletion finishes it.
"""

import logging
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

import duckdb

from dashboards.report.signing import enter_report_gone
from flows.home.context import Context
from flows.home.files_verified import enter_published
from flows.home.integrity import guarded
from flows.home.settings import ConfigurationError, keep_private
from flows.retention.old_folders import old_folders
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.challenges import Challenges
from warehouse.catalogue.tags import tags_sha256
from warehouse.privacy.age_deletions import AgeDeletions, DeletionCertificate
from warehouse.privacy.over_age import CasebookDay
from warehouse.privacy.retention.likely_day import DoubtfulClockError, ensure_likely, newest_days
from warehouse.privacy.retention.over_clock import (
    RetentionDay,
    certified,
    delete_over_clock,
    note_deleted,
    preview_over_clock,
    under_way,
)
from warehouse.privacy.retention.rows_on_hold import matcher_of_holds
from warehouse.privacy.subject_patterns import SubjectMatcher
from warehouse.runs.publish import publish_settled
from warehouse.runs.run_progress import RUNNING, locked
from warehouse.runs.runs import ClockError, is_published
from warehouse.store.compact import note_freed
from warehouse.store.load import Deleted, without_nothing

log = logging.getLogger(__name__)

NEXT_MONTH = timedelta(days=31)
_PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class RetentionPreview:
    """What would go on a day, by table and clock, and what a recorded hold keeps past its clock."""

    on: date
    goes: Deleted
    held: Deleted


def retention_day(context: Context, book: Casebook, *, on: date | None = None) -> RetentionDay:
    """Return as of which day, by which schedule and past which holds things go; today unless another is given.

    What a challenge is about is kept until the day by which it must be answered, and no longer without a hold.
    """
    return RetentionDay(
        today=(today := on or context.today()),
        shown_before=today,
        schedule=context.school.retention,
        held=book.held(today),
        challenged=frozenset(each.fingerprint for each in Challenges(book).waiting() if not each.is_late(today)),
    )


def begin_deletion(context: Context, db: duckdb.DuckDBPyConnection, day: RetentionDay) -> bool:
    """Delete from the warehouse what is over its clock; say whether anything is to be published anew because of it."""
    standing, _ = under_way(db)
    delete_over_clock(db, day, standing or _new_id(context))
    is_under_way = under_way(db)[0] is not None
    if is_under_way:
        note_freed(context.places.warehouse)
    return is_under_way


def finish_deletion(
    context: Context, db: duckdb.DuckDBPyConnection, book: Casebook, day: RetentionDay
) -> DeletionCertificate | None:
    """Delete old report files and rows of the casebook, and certify everything; None where nothing went.

    The published copy must have been written since the warehouse was changed.
    """
    certificate_id = under_way(db)[0] or _new_id(context)
    held = matcher_of_holds(db, day.held)
    for folder in old_folders(context, db, day, held):
        if folder.parent == context.places.every_report:
            enter_report_gone(book, folder)
        shutil.rmtree(folder)
        note_deleted(db, certificate_id, Counter({(folder.parent.name, "reports"): 1}))
    certificate = AgeDeletions(book).delete(
        _casebook_day(db, day, held),
        certificate_id=certificate_id,
        before=under_way(db)[1],
        tags_sha256=tags_sha256(),
        at=context.now(),
    )
    certified(db)
    return certificate


def delete_in_a_run(context: Context, db: duckdb.DuckDBPyConnection, book: Casebook) -> RetentionDay:
    """Begin the deletion of a run that is about to be published, on a day that may be believed; return the day."""
    day = replace(retention_day(context, book), shown_before=context.as_of)
    begin_deletion(context, db, day)
    return day


def doubt_today(context: Context, db: duckdb.DuckDBPyConnection, book: Casebook) -> str | None:
    """Return why nothing may be deleted for its age today, and log it; None where the date may be believed.

    The sentences say what to do, and are those that `audit doctor` shows until it is done.
    """
    try:
        _ensure_likely(context, db, book, is_confirmed=False)
    except (ClockError, DoubtfulClockError) as doubt:
        log.warning("%s", doubt)
        return doubt.sentence
    return None


def _ensure_likely(context: Context, db: duckdb.DuckDBPyConnection, book: Casebook, *, is_confirmed: bool) -> None:
    ensure_likely(
        db,
        context.now(),
        context.today(),
        school=context.school.id,
        elsewhere=newest_days(book),
        is_confirmed=is_confirmed,
    )


def expire(context: Context, *, is_confirmed: bool = False) -> DeletionCertificate | None:
    """Delete everything that is over its clock, publish anew, and return the certificate; None where nothing went.

    Raises ClockError and DoubtfulClockError where the clock may be wrong, unless the day is confirmed, and
    ConfigurationError while a run is under way; nothing is deleted then.
    """
    if not context.places.warehouse.exists():
        return None  # no run was ever made
    with _warehouse_alone(context) as db, context.casebook() as book:
        _ensure_likely(context, db, book, is_confirmed=is_confirmed)
        day = replace(retention_day(context, book), follows_deletions=is_published(db))
        if begin_deletion(context, db, day):
            publish_settled(db, context.places.published, context.key)
            enter_published(book, context.places)
        return finish_deletion(context, db, book, day)


def preview(context: Context, on: date) -> RetentionPreview:
    """Return what would go on a day, if nothing was pulled until then; nothing is deleted."""
    with _warehouse_alone(context) as db, context.casebook() as book:
        day = replace(retention_day(context, book, on=on), follows_deletions=is_published(db))
        goes = _all_due(context, db, book, day)
        without_holds = _all_due(context, db, book, replace(day, held=frozenset())) if day.held else goes
        return RetentionPreview(on, goes, without_nothing(without_holds - goes))


def _all_due(context: Context, db: duckdb.DuckDBPyConnection, book: Casebook, day: RetentionDay) -> Deleted:
    """Return what would go from every store as of a day, by table and clock; nothing is deleted."""
    held = matcher_of_holds(db, day.held)
    files = Counter((folder.parent.name, "reports") for folder in old_folders(context, db, day, held))
    return preview_over_clock(db, day) + files + AgeDeletions(book).due(_casebook_day(db, day, held))


def certificates(context: Context) -> tuple[DeletionCertificate, ...]:
    """Return every certificate of the school, the oldest first."""
    with context.casebook() as book:
        return AgeDeletions(book).certificates()


@contextmanager
def _warehouse_alone(context: Context) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend the warehouse while no run is under way; ConfigurationError where one is, or where there is none yet."""
    keep_private()
    if not context.places.warehouse.exists():
        raise ConfigurationError("There is no warehouse yet, so there is nothing to delete. Run `audit run` first.")
    with locked(context.places.folder, RUNNING, patience=_PATIENCE) as handle:
        if handle is None:
            message = "A run of this school is under way, and deletes what is due itself. Try again when it has ended."
            raise ConfigurationError(message)
        with guarded(context), context.warehouse() as db:
            yield db


def _casebook_day(db: duckdb.DuckDBPyConnection, day: RetentionDay, held: SubjectMatcher | None) -> CasebookDay:
    rows = db.execute("select distinct fingerprint from outcome.exceptions").fetchall()
    return CasebookDay(today=day.today, schedule=day.schedule, known=frozenset(name for (name,) in rows), held=held)


def _new_id(context: Context) -> str:
    return f"{context.now():%Y%m%dT%H%M%S}-{secrets.token_hex(6)}"
