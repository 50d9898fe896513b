"""The folders of report files and data-quality pages that are over their clock, and those of them that a hold keeps."""

from datetime import date, timedelta
from pathlib import Path

import duckdb

from flows.home.context import Context
from warehouse.privacy.erased_files import files_naming
from warehouse.privacy.retention.over_clock import RetentionDay
from warehouse.privacy.subject_patterns import SubjectMatcher


def old_folders(
    context: Context, db: duckdb.DuckDBPyConnection, day: RetentionDay, held: SubjectMatcher | None
) -> list[Path]:
    """Return the folders whose run was made too long ago; one with a file that names whom `held` knows stays whole."""
    made = dict(db.execute("select run_id, greatest(as_of, cast(started_at as date)) from raw.runs").fetchall())
    over = day.today - timedelta(days=day.schedule.reports)
    parents = (context.places.reports("-").parent, context.places.quality("-").parent)
    folders = (folder for parent in parents if parent.is_dir() for folder in sorted(parent.iterdir()))
    old = [folder for folder in folders if folder.is_dir() and (_made_on(folder, made) or over) < over]
    naming = files_naming(context.places, held) if old and held is not None else []
    return [folder for folder in old if not any(path.is_relative_to(folder) for path in naming)]


def _made_on(folder: Path, made: dict[str, date]) -> date | None:
    """Return when the run of a folder was made; where the warehouse does not know it, the day that it is called by."""
    if folder.name in made:
        return made[folder.name]
    try:
        return date.fromisoformat(folder.name)
    except ValueError:
        return None  # not one of a run
