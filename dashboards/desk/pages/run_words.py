"""How the run that was begun last stands, in words, and whether it can be finished."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dashboards.report.words import PULLS, source
from policies.dates import long_date
from warehouse.runs.run_progress import Phase, RunProgress, Standing

ENDINGS = {  # by the exit code of `audit run`
    0: "ended well, and its report is published.",
    1: "ended well, its report is published, and serious cases are open.",
    2: "was refused: something here has to be put right first.",
    3: "is published, but not everything was seen.",
    4: "ended by an error inside the program, and nothing was published.",
    130: "was stopped by somebody. What was fetched is kept.",
}
_PUBLISHED = frozenset({0, 1, 3})
_UNFINISHED = frozenset({3, 4, 130})
_STEPS = {"judge": "Every check is asked", "publish": "The report is written"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the run on the page: its name, and how far it is."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class ToFinish:
    """A run that is not whole: its day, and the further words that it was begun with."""

    day: date
    options: tuple[str, ...]


def headline(standing: Standing, progress: RunProgress | None) -> str:
    """Return what is to be said first of the run that was begun last."""
    if standing == "running":
        return "A run is under way."
    if progress is None:
        return "No run is under way."
    if standing == "handed":
        return "A run was handed to Prefect. It begins as soon as a worker takes it."
    which = f"The run of {long_date(progress.as_of)}" if progress.as_of else "The run that was begun last"
    if standing == "killed":
        return f"{which} was killed before its end. What was fetched is kept, and is not asked for again."
    return f"{which} {ENDINGS.get(4 if progress.code is None else progress.code, ENDINGS[4])}"


def came_to_nothing(progress: RunProgress | None, standing: Standing, published_at: datetime | None) -> bool:
    """Say whether the run that was begun last ended without a report, and no report is newer than it."""
    if progress is None or standing not in {"ended", "killed"}:
        return False
    is_newest = published_at is None or progress.began_at > published_at
    return is_newest and (standing == "killed" or progress.code not in _PUBLISHED)


def steps(progress: RunProgress, standing: Standing) -> tuple[Step, ...]:
    """Return the steps of the run in order, each with how far it is; none before they are known."""
    phases = {phase.name: phase for phase in progress.phases}
    return tuple(Step(_STEPS.get(name, source(name)), _state(phases.get(name), standing)) for name in progress.planned)


def to_finish(progress: RunProgress | None, standing: Standing, zone: ZoneInfo, newest: date | None) -> ToFinish | None:
    """Return the run that was begun last if it is not whole and no later one is published; None otherwise."""
    if progress is None or standing in {"running", "handed", "none"}:
        return None
    day = progress.as_of or progress.began_at.astimezone(zone).date()
    is_unfinished = standing == "killed" or progress.code in _UNFINISHED
    options = progress.options if standing == "killed" else _of_every_source(progress.options)
    return ToFinish(day, options) if is_unfinished and (newest is None or day >= newest) else None


def _of_every_source(options: tuple[str, ...]) -> tuple[str, ...]:
    """Return a run's options without the one that leaves sources out, by which it would never come to be whole."""
    at = options.index("--only") if "--only" in options else len(options)
    return options[:at] + options[at + 2 :]


def _state(phase: Phase | None, standing: Standing) -> str:
    if phase is None:
        return "Waits" if standing == "running" else "Not begun"
    if phase.ended_at is None:
        return "Under way" if standing == "running" else "Broken off"
    return PULLS[phase.state] if phase.state else "Done"
