"""Which files of the school name a subject: reports by run, data-quality pages, and whatever else lies there."""

import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zlib import error as ZlibError  # noqa: N812 - a class, called like one

from dashboards.subject_pack.pack import PackEntry
from policies.dates import long_date
from warehouse.privacy.subject_patterns import SubjectMatcher
from warehouse.store.places import Places

_REFERENCE = 8
_TEXT = frozenset({".html", ".csv", ".json", ".txt", ".md", ".xml", ".log", ".svg", ".toml"})
_ZIPPED = frozenset({".xlsx", ".zip"})
_NOT_HERE = frozenset(
    {"credentials.toml", "warehouse.duckdb", "published.duckdb"}
)  # secrets, and what is read elsewhere


@dataclass(frozen=True, slots=True)
class NamingFile:
    """A file that names the subject, or has one of their cases, by its path in the school's folder."""

    path: str
    run_id: str | None


def files_naming(
    places: Places, matcher: SubjectMatcher, cases: Collection[str]
) -> tuple[tuple[NamingFile, ...], dict[str, int], int]:
    """Return the files that name the subject, how many were read by folder, and how many could not be read as text."""
    refs = re.compile("|".join(rf"\b{case[:_REFERENCE]}" for case in sorted(cases)) or r"(?!)")
    found, read, unread = list[NamingFile](), dict[str, int](), 0
    for path in sorted(_files(places)):
        where = path.relative_to(places.folder)
        texts = _texts(path)
        if texts is None:
            unread += 1
            continue
        read[where.parts[0]] = read.get(where.parts[0], 0) + 1
        if any(matcher.in_text(text) or refs.search(text) for text in texts):
            found.append(NamingFile(str(where), where.parts[1] if where.parts[0] == "reports" else None))
    return tuple(found), read, unread


def _files(places: Places) -> Iterator[Path]:
    for path in places.folder.rglob("*"):
        folder = path.relative_to(places.folder).parts[0]
        if path.is_file() and not path.is_symlink() and folder not in {"registers", "photographs", *_NOT_HERE}:
            yield path


def _texts(path: Path) -> list[str] | None:
    """Return the texts of a file; None for one that is no text, or cannot be read."""
    try:
        if path.suffix in _TEXT:
            return [path.read_text(encoding="utf-8", errors="replace")]
        if path.suffix in _ZIPPED:
            with zipfile.ZipFile(path) as archive:
                names = [name for name in archive.namelist() if name.endswith((".xml", ".json", ".js", ".csv"))]
                return [archive.read(name).decode("utf-8", "replace") for name in names]
    except (OSError, zipfile.BadZipFile, ZlibError, NotImplementedError):
        return None
    return None


_OF_THE_SCHOOL = "It is a file of the school's own: the school deletes it, and this check does not."


def report_entries(found: Sequence[NamingFile], *, about: str, days: int) -> tuple[PackEntry, ...]:
    """Return an entry for each folder; `days` is how long the school keeps the report of a run."""
    folders: dict[str, list[str]] = {}
    for file in found:
        folder, _, name = file.path.rpartition("/")
        folders.setdefault(folder or "the school's folder", []).append(name)
    return tuple(_entry(folder, names, about, days) for folder, names in folders.items())


def _entry(folder: str, names: list[str], about: str, days: int) -> PackEntry:
    values = {"folder": folder, "files": names}
    top, _, run_id = folder.partition("/")
    day = _day(run_id.partition("/")[0])
    if day is None or top not in {"reports", "quality"}:
        says = f"Files of the school's own name {about}."
        return PackEntry(values | {"says": says}, True, None, None, None, _OF_THE_SCHOOL)
    what = "The report" if top == "reports" else "The page about how good the data were"
    says = f"{what} of the week of {long_date(day)} is about {about} too."
    why = f"It goes {days} days after it was made. Ask the school for what it says of {about}."
    return PackEntry(values | {"says": says}, True, day, day, day + timedelta(days=days), why)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
