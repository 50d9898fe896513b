"""What the group's report tells of one school; called in the school's own process (`flows/prefect/isolated.py`)."""

from datetime import date
from pathlib import Path

from dashboards.group.model import SchoolCounts
from dashboards.group.read import read_counts
from flows.home.context import open_context
from flows.home.exit_codes import answer_to
from flows.home.settings import ConfigurationError, Settings
from policies.errors import UserError
from warehouse.runs.publish import must_be_current
from warehouse.runs.run_progress import read_progress
from warehouse.store.open import opened


def counts_of(settings: Settings, as_of: date, school: str) -> SchoolCounts:
    """Return what is told of the school as of a day; where it cannot be read, why, in a sentence that names nobody."""
    try:
        return _counts(settings, as_of, school)
    except UserError as error:
        return SchoolCounts(school, unseen=(error.sentence,))
    except Exception as error:  # noqa: BLE001 - what is wrong with one school hides no other
        return SchoolCounts(school, unseen=(answer_to(error)[0],))


def died(school: str) -> SchoolCounts:
    """Return what is told of a school over which the process died."""
    return SchoolCounts(school, unseen=("Its process ended before it answered. Run: audit doctor " + school,))


def _counts(settings: Settings, as_of: date, school: str) -> SchoolCounts:
    context = open_context(settings, school, None)
    if not context.places.published.exists():
        raise ConfigurationError(f"No run was published yet.{_last_try(context.places.folder)}")
    with opened(context.places.published, context.key, read_only=True) as copy:
        must_be_current(copy)
        counts = read_counts(copy, school, as_of)
    if counts.run_id is None and (tried := _last_try(context.places.folder)):
        return SchoolCounts(school, counts.name, unseen=(*counts.unseen, tried.strip()))
    return counts


def _last_try(folder: Path) -> str:
    """Return how the run that was begun last ended, where it ended with a sentence of what is wrong."""
    progress = read_progress(folder)
    return f" The run that was begun last: {progress.sentence}" if progress and progress.sentence else ""
