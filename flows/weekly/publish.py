"""Publishes a run: the snapshot everyone reads, then its report by tier, then the manifest."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, cast, get_args
from zoneinfo import ZoneInfo

import duckdb
import typer

from dashboards.report.corrections import correct_reports, corrections_in, with_banner
from dashboards.report.manifest import printed_head
from dashboards.report.model import ReportError, Tier
from dashboards.report.signing import ensure_as_entered, reseal_report, seal_report
from dashboards.report.story import Told
from dashboards.report.write import names_of, write_report, write_run
from flows.home.arguments import School
from flows.home.context import Context, open_context
from flows.home.files_verified import enter_published
from flows.home.integrity import guarded
from flows.home.settings import ConfigurationError, from_environment
from flows.home.workspace import read_copy
from flows.pictures.previews import make_previews
from flows.retention.erasure_begun import erasure_begun
from flows.retention.retention import delete_in_a_run, doubt_today, finish_deletion, retention_day
from warehouse.casebook.challenges import Challenges
from warehouse.exceptions.published_cases import cases_of, finished_runs
from warehouse.privacy.retention.rows_on_hold import kept_cases
from warehouse.runs.publish import publish as publish_copy
from warehouse.runs.runs import end, is_published, note_doubt
from warehouse.store.build import is_built
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
        enter_published(book, context.places)
        if day is not None:
            finish_deletion(context, db, book, day)
    folder, refused = write_reports(context), None
    try:
        mark_corrections(context)
    except ReportError as error:  # of an earlier report, which does not undo this week's
        refused = error.sentence
    undone = (doubt, erasure_begun(context), refused)
    return Published(folder, tuple(sentence for sentence in undone if sentence))


def renew(context: Context) -> None:
    """Publish again what is published, if another release of the program made the copy.

    A copy whose warehouse is not here, or holds a run that was not published, stays as it is.
    """
    with context.published(of_any_release=True) as copy:
        if is_built(copy) or not context.places.warehouse.exists():
            return
    with guarded(context), context.warehouse() as db:
        if is_published(db):
            with context.casebook() as book:
                if doubt_today(context, db, book) is None:
                    keeps = retention_day(context, book)
                    expire_previews(db, context.today(), but=kept_cases(db, keeps.held, keeps.challenged))
            publish_copy(db, context.places.published, context.key)
            with context.casebook() as book:
                enter_published(book, context.places)


def write_reports(context: Context, run_id: str | None = None) -> Path:
    """Write one run's reports from the published copy, the newest unless another is given; return their folder.

    They are signed and entered; what an upheld challenge has corrected in them is for `mark_corrections`.
    """
    wanted = run_id or context.run_id
    folder, said = context.places.reports(wanted), told(context)
    with context.published() as db, context.casebook() as book:
        version_of_code = version("school-social-accounts-audit")
        made = write_run(db, folder, run_id=wanted, code_version=version_of_code, told=said, head=book.head)
        seal_report(book, folder, made)
    return folder


def told(context: Context) -> Told:
    """Return what a report is told beside the published copy."""
    with context.casebook() as book:
        decisions = book.decisions.every()
    return Told(decisions, ZoneInfo(context.school.school.timezone), context.school.desk.address)


def mark_corrections(context: Context, *, is_sealed: bool = True) -> tuple[str, ...]:
    """Mark in every report what an upheld challenge has corrected, and return the runs whose reports changed.

    `is_sealed` is not so of a copy that is thrown away. ReportError as of `correct_reports`.
    """
    with context.casebook() as book:
        if not Challenges(book).upheld():
            return ()
        with context.published() as db:
            finished = finished_runs(db)
        return correct_reports(book, context.places.every_report, finished, is_sealed=is_sealed)


def report(
    school_id: School,
    *,
    run_id: Annotated[str | None, typer.Option("--run", help="The run; the newest unless given.")] = None,
    tier: Annotated[str, typer.Option(help="governors, headteacher, lead, dsl or dpo.")] = "lead",
    formats: Annotated[str, typer.Option("--format", help="Of counts also pdf and ocsf.")] = "html,csv,xlsx,json",
    out: Annotated[Path | None, typer.Option(help="A folder that gets a copy; for a home in an object store.")] = None,
) -> None:
    """Write a run's report again, from the published copy."""
    settings = from_environment(may_be_stored=True)
    if settings.store is not None and out is None:
        raise ConfigurationError("The school is in an object store: say with --out into which folder its report goes.")
    if tier not in get_args(Tier):
        raise ConfigurationError(f"--tier takes one of {', '.join(get_args(Tier))}.")
    with read_copy(settings, school_id) as local:
        context = open_context(local, school_id, None)
        is_kept = settings.store is None  # where a copy of it is lent, nothing of that is entered
        if is_kept:
            renew(context)
        written = _written(context, run_id, cast("Tier", tier), tuple(formats.split(",")), is_kept=is_kept)
        mark_corrections(context, is_sealed=is_kept)
        for path in written if out is None else _copied(written, out):
            typer.echo(str(path))


def _written(
    context: Context, run_id: str | None, tier: Tier, formats: tuple[str, ...], *, is_kept: bool
) -> list[Path]:
    said, names = told(context), tuple(names_of(tier, formats).values())
    with context.published() as db:
        runs = [name for (name,) in db.execute("select run_id from published.runs order by as_of").fetchall()]
        if not runs or (run_id is not None and run_id not in runs):
            raise ConfigurationError(f"There is no such run. These are published: {', '.join(runs) or 'none yet'}.")
        wanted = run_id or runs[-1]
        folder = context.places.reports(wanted)
        if is_kept:
            with context.casebook() as book:
                ensure_as_entered(book, folder, names)
        head, marked = printed_head(folder), _marking(context, db, wanted)
        written = list(
            write_report(db, folder, run_id=wanted, tier=tier, formats=formats, told=said, head=head, marked=marked)
        )
    if is_kept:
        with context.casebook() as book:
            reseal_report(book, folder, names)
    return written


def _marking(context: Context, db: duckdb.DuckDBPyConnection, run_id: str) -> Callable[[str], str]:
    """Return what says on a page of counts which cases of this run were found mistaken since."""
    with context.casebook() as book:
        upheld = Challenges(book).upheld()
    corrected = corrections_in(run_id, cases_of(db, run_id), upheld, finished_runs(db))
    return partial(with_banner, corrected=corrected, counts_only=True)


def _copied(written: list[Path], out: Path) -> list[Path]:
    """Copy the report's files into a folder, which is made if it is not there, and return where they are."""
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [Path(shutil.copy2(path, out / path.name)) for path in written]
