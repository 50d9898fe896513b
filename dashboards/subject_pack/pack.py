"""A subject pack: entries with why, since when and until when, who saw them, and where was looked; and its zip.

The zip is one with AES-256 that 7-Zip opens, readable by its owner alone, whole or not at all.
"""

import io
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyzipper

from dashboards.report.templating import environment
from dashboards.subject_pack.words import as_json, lines, sentence
from policies.errors import UserError
from warehouse.store.private_files import write_new_file


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
    """What one store holds: where, why it is held, and each entry. `store` is its own name, for those who look."""

    store: str
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
        is_case = case is not None and "check_id" in entry.values
        return tuple(seen for seen in self.seen_by if seen.case == case) if is_case else None


SHORTEST_PASSWORD = 12
_THERE = "{} is there already, and is never overwritten. Choose another with --out."


class SubjectPackError(UserError):
    """The pack cannot be written; one sentence with what to do."""


def files_of(pack: SubjectPack) -> dict[str, bytes]:
    """Return the files of a pack by name: a page to read, the same as JSON, and the pictures."""
    page = environment("dashboards.subject_pack.templates", "dashboards.report.templates").get_template("pack.html")
    told = asdict(replace(pack, pictures={}))
    del told["pictures"]
    return {
        "index.html": page.render(pack=pack, lines=lines, sentence=partial(sentence, accounts=pack.accounts)).encode(),
        "pack.json": as_json(told).encode(),
        **pack.pictures,
    }


def ensure_free(out: Path) -> None:
    """Raise SubjectPackError unless a new file can be written here."""
    if out.exists():
        raise SubjectPackError(_THERE.format(out))
    if not out.parent.is_dir():
        raise SubjectPackError(f"There is no folder {out.parent}. Make it, or choose another with --out.")


def write_pack(files: Mapping[str, bytes], out: Path, password: str) -> None:
    """Write the files into a new zip; SubjectPackError for a password that is too short or a file that is there."""
    if len(password) < SHORTEST_PASSWORD:
        raise SubjectPackError(f"The password has fewer than {SHORTEST_PASSWORD} characters. Choose a longer one.")
    ensure_free(out)
    body = _zipped(files, password)
    beside = out.with_name(f".{out.name}.part")
    beside.unlink(missing_ok=True)  # left by a killed write
    try:
        write_new_file(beside, body)
        os.link(beside, out)  # fails where somebody else has made the file meanwhile
    except FileExistsError as error:
        raise SubjectPackError(_THERE.format(out)) from error
    finally:
        beside.unlink(missing_ok=True)


def _zipped(files: Mapping[str, bytes], password: str) -> bytes:
    """Return the zip; it is made in memory, so that nothing of it lies open in a temporary folder."""
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        for name, body in files.items():
            archive.writestr(name, body)
    return buffer.getvalue()
