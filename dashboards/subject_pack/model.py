"""What a subject pack is made of: entries with why, since when and until when, who saw them, and where was looked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PackEntry:
    """One thing that is held: its values by column, third parties taken out.

    `first` and `last` are the days of the first and the last run that got it, `until` is the last day on which it is
    kept, None where no day is set; `keeping` says why. `picture` is the name of the file in the pack, if it is one.
    """

    values: dict[str, Any]
    is_own: bool
    first: date | None
    last: date | None
    until: date | None
    keeping: str
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class PackSection:
    """What one store holds: where, why it is held, and each entry. `name` is the store's own, for those who look."""

    name: str
    title: str
    why: str
    entries: tuple[PackEntry, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """One place where was looked, and how much was found there; `note` says what could not be looked at.

    `given` is how many entries of the pack it came to: what several weeks have alike is one entry. `is_told` says
    that a reader is told of it by itself, also where nothing was found.
    """

    where: str
    found: int
    note: str = ""
    given: int = 0
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class SeenBy:
    """Who saw it or asked about it: by role, never by name; `case` is the fingerprint of the case that was opened.

    Why they asked is not in it: that may be an enquiry that its subject must not hear of in this way.
    """

    at: datetime
    role: str
    what: str
    case: str | None = None


@dataclass(frozen=True, slots=True)
class SubjectPack:
    """The whole pack. `pictures` are bytes by file name; `redactions` how often each other person was taken out.

    `accounts` are the school's own accounts in words, by their ids; `held_until` is the last day of a hold that stands.
    """

    school: str
    about: str
    purpose: str
    made_at: datetime
    sections: tuple[PackSection, ...]
    seen_by: tuple[SeenBy, ...]
    looked: tuple[Looked, ...]
    redactions: dict[int, int]
    pictures: dict[str, bytes] = field(default_factory=dict, repr=False)
    accounts: Mapping[str, str] = field(default_factory=dict)
    held_until: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is held."""
        return not any(section.entries for section in self.sections)

    @property
    def how_many(self) -> int:
        """How many entries there are."""
        return sum(len(section.entries) for section in self.sections)

    def seen(self, entry: PackEntry) -> tuple[SeenBy, ...] | None:
        """Return who opened the case that an entry is, by day; None for an entry that is no case."""
        case = entry.values.get("fingerprint")
        return (
            None
            if case is None or "check_id" not in entry.values
            else tuple(seen for seen in self.seen_by if seen.case == case)
        )
