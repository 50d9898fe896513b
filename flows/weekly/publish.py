"""Publishes a run: the snapshot everyone reads, then its report by tier, then the manifest."""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from dashboards.report.corrections import correct_reports
from dashboards.report.write import write_run
from flows.home.context import Context
from flows.home.integrity import guarded
from flows.pictures.previews import make_previews
from flows.retention.erasure_begun import erasure_begun
from flows.retention.retention import delete_in_a_run, doubt_today, finish_deletion, retention_day
from warehouse.casebook.challenges import Challenges
from warehouse.exceptions.published_cases import finished_runs
from warehouse.privacy.retention.rows_on_hold import kept_cases
from warehouse.runs.declared import declare_earlier_runs
from warehouse.runs.publish import publish as publish_copy
from warehouse.runs.runs import end, is_published, note_doubt
from warehouse.store.build import is_built
from warehouse.store.open import opened
from warehouse.store.preview_store import expire_previews


@dataclass(frozen=True, slots=True)
class Published:
    """Where a run's report stands, and what it left undone of its upkeep: in sentences that name nobody."""

    folder: Path
    upkeep: tuple[str, ...] = ()


def publish(context: Context, is_complete: bool) -> Published:
    """Swap the published copy in, write the reports beside it, and delete what has outlived its time."""
    with context.casebook() as book, context.warehouse() as db:
        end(db, context.run_id, is_complete=is_complete, at=context.now())
        doubt = doubt_today(context, db, book)
        note_doubt(db, context.run_id, is_doubted=doubt is not None)
        day = delete_in_a_run(context, db, book) if doubt is None else None
        keeps = retention_day(context, book)
        held = keeps.held if doubt is None else book.held(date.min)  # at a doubtful day, whatever nobody ended
        make_previews(context, db, kept_cases(db, held, keeps.challenged))
        publish_copy(db, context.places.published, context.key)
        if day is not None:
            finish_deletion(context, db, book, day)
    undone = (doubt, erasure_begun(context))
    return Published(write_reports(context), tuple(sentence for sentence in undone if sentence))


def renew(context: Context) -> None:
    """Publish again what is published, if another release of the program made the copy.

    A copy whose warehouse is not here, or holds a run that was not published, stays as it is.
    """
    with opened(context.places.published, context.key, read_only=True) as copy:
        if is_built(copy) or not context.places.warehouse.exists():
            return
    from flows.home.declarations import declarations  # noqa: PLC0415 - brings every check's libraries along

    with guarded(context), context.warehouse() as db:
        if is_published(db):
            declare_earlier_runs(db, declarations())
            with context.casebook() as book:
                if doubt_today(context, db, book) is None:
                    keeps = retention_day(context, book)
                    expire_previews(db, context.today(), but=kept_cases(db, keeps.held, keeps.challenged))
            publish_copy(db, context.places.published, context.key)


def write_reports(context: Context, run_id: str | None = None) -> Path:
    """Write one run's reports from the published copy, the newest unless another is given; return their folder."""
    wanted = run_id or context.run_id
    folder = context.places.reports(wanted)
    with opened(context.places.published, context.key, read_only=True) as db:
        write_run(db, folder, run_id=wanted, code_version=version("school-social-accounts-audit"))
    mark_corrections(context)
    return folder


def mark_corrections(context: Context) -> tuple[str, ...]:
    """Mark in every report what an upheld challenge has corrected, and return the runs whose reports changed."""
    with context.casebook() as book:
        upheld = Challenges(book).upheld()
    if not upheld:
        return ()
    with opened(context.places.published, context.key, read_only=True) as db:
        finished = finished_runs(db)
    return correct_reports(context.places.every_report, upheld, finished)
