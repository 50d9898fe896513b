"""How the last run ended, and which messages did not go out: `notify.json` in the school's folder, its owner's alone.

It stands beside the warehouse and not in it, because a run that was refused may be one that cannot open the warehouse.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from policies.roles import Recipient
from warehouse.store.places import Places
from warehouse.store.private_files import put_in_place

Ending = Literal["running", "telling", "complete", "incomplete", "refused", "error"]


@dataclass(frozen=True, slots=True)
class LastRun:
    """The run that was begun last: its day, how it ended, and when that was written down."""

    as_of: date | None
    ended: Ending
    at: AwareDatetime


@dataclass(frozen=True, slots=True)
class Miss:
    """A week without a good run that was told already: which, and the keys of those who were told."""

    what: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is told, as school.toml said when it could be read last: a mistake in it must not silence the audit."""

    school_name: str
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class NotifyState:
    """Everything that is kept. `unsent` gives, by a recipient's key, the day of the first message that failed."""

    run: LastRun | None = None
    audience: Audience | None = None
    unsent: dict[str, date] = field(default_factory=dict)
    miss: Miss | None = None
    scheduled_on: date | None = None

    def after_sending(self, key: str, *, on: date, is_sent: bool) -> "NotifyState":
        """Return the state after one message to one recipient."""
        others = {name: day for name, day in self.unsent.items() if name != key}
        return replace(self, unsent=others if is_sent else others | {key: self.unsent.get(key, on)})


_STATE = TypeAdapter(NotifyState)


@dataclass(frozen=True, slots=True)
class PublishedRun:
    """A published run: whether every source was read to its end, where its report is, what upkeep it left undone."""

    run_id: str
    is_complete: bool
    report: str
    upkeep: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        """Whether it is complete, and left nothing undone that must be told."""
        return self.is_complete and not self.upkeep


@dataclass(slots=True)
class RunEnding:
    """What a run came to, filled in by whoever makes it; None as long as it has published nothing."""

    published: PublishedRun | None = None


def read_state(places: Places) -> NotifyState:
    """Return what was written last; an empty state where nothing was, or where it cannot be read."""
    try:
        return _STATE.validate_json(_path(places).read_bytes())
    except (OSError, ValidationError):  # `why_not_kept` says what is wrong with the file
        return NotifyState()


def why_not_kept(places: Places) -> str | None:
    """Return why nothing can be kept of who was told; None where it can."""
    path = _path(places)
    try:
        if path.exists():
            path.read_bytes()
        write_state(places, read_state(places))
    except OSError as error:
        return f"{path} cannot be read and written ({error.strerror}): give it to the user who runs the audit."
    return None


def write_state(places: Places, state: NotifyState) -> None:
    """Write the state beside its place and move it in; OSError if the folder cannot be written."""
    put_in_place(_path(places), _STATE.dump_json(state, indent=2))


def _path(places: Places) -> Path:
    return places.folder / "notify.json"
