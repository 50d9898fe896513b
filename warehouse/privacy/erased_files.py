"""The files of reports, quality pages and of what a run said: which name a subject, and taking those away.

The school's own files are never changed: school.toml, registers, photographs, archives, and whatever else lies there.
"""

import html
import zipfile
from collections.abc import Iterator
from pathlib import Path

from warehouse.privacy.subject_patterns import SubjectMatcher
from warehouse.store.places import Places

_OURS = ("reports", "quality")
_SAID = ("run.json", "run.log", "run.part", "notify.json")


def files_naming(places: Places, matcher: SubjectMatcher) -> list[Path]:
    """Return the files of ours that name the subject, those inside zipped files such as workbooks too."""
    return [path for path in _ours(places) if any(_names(body, matcher) for body in _bodies(path))]


def runs_of(places: Places, files: list[Path]) -> list[str]:
    """Return the runs whose reports are among these files."""
    reports = places.folder / "reports"
    return sorted({path.relative_to(reports).parts[0] for path in files if path.is_relative_to(reports)})


def _ours(places: Places) -> Iterator[Path]:
    for folder in _OURS:
        yield from sorted(
            path for path in (places.folder / folder).rglob("*") if path.is_file() and not path.is_symlink()
        )
    yield from (path for name in _SAID if (path := places.folder / name).is_file())


def _bodies(path: Path) -> Iterator[bytes]:
    yield path.name.encode()
    if not zipfile.is_zipfile(path):
        yield path.read_bytes()
        return
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            yield archive.read(member)


def _names(body: bytes, matcher: SubjectMatcher) -> bool:
    try:
        return matcher.in_text(html.unescape(body.decode()))
    except UnicodeDecodeError:
        return matcher.in_bytes(body)
