"""The approved masters' files, as they lie in the school's photographs folder: their hashes, and how to see them."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from engines.pictures.album import packed, seen_closely, unpacked
from engines.pictures.decode import MOST_BYTES
from engines.pictures.edition import edition
from engines.pictures.features import MASTER_SIDE, master_features
from engines.pictures.frames import frames_of
from engines.pictures.opening import Opener
from engines.pictures.picture import Picture, Pixels, smaller
from engines.pictures.position import has_position
from engines.pictures.unreadable import Unreadable
from flows.pictures.photo_files import is_there, lost_files

VIDEOS = frozenset({".mp4", ".m4v", ".mov", ".webm", ".mkv"})
_FRAME = "#"  # between a video's hash and the number of a frame: a frame is a master of its own
Kept = tuple[str, bytes]  # a master's id, and its features
Remembered = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class MasterFile:
    """One row of the photographs register that names a file.

    Where the file is not there, `sha256` is that of the file that was there last, None when there never was one, and
    `nearest` is the file in the folder whose name is most like its own.
    """

    row: Mapping[str, Any]
    path: Path
    sha256: str | None
    is_there: bool
    nearest: str | None = None

    @property
    def photograph_id(self) -> str:
        """The photograph's id in the register."""
        return str(self.row["photograph_id"])

    @property
    def is_video(self) -> bool:
        """Say whether the file is a film, of which each frame is a master."""
        return self.path.suffix.casefold() in VIDEOS


def master_files(folder: Path, rows: Iterable[Mapping[str, Any]], remembered: Remembered) -> list[MasterFile]:
    """Return the files that the photographs register names, whether they are there or not.

    `remembered` gives, by photograph and file name, the hash of the file that an earlier run read. A school that
    deletes a file when a consent ends must still be told where the photograph stands.
    """
    named = [row for row in rows if row["file_name"]]
    lost = lost_files(folder, (row["file_name"] for row in named))
    return [_master_file(folder, row, remembered, lost.get(row["file_name"])) for row in named]


def _master_file(folder: Path, row: Mapping[str, Any], remembered: Remembered, nearest: str | None) -> MasterFile:
    path = folder / row["file_name"]
    sha256 = _sha256(path, folder)
    known = remembered.get((row["photograph_id"], row["file_name"]))
    return MasterFile(row, path, sha256 or known, is_there=sha256 is not None, nearest=nearest)


@dataclass(frozen=True, slots=True)
class Masters:
    """A set of masters' files, by their hashes: all that are known, those that are there, and the mark of these."""

    all: frozenset[str]
    at_hand: Mapping[str, MasterFile]
    mark: str

    @classmethod
    def of(cls, files: Sequence[MasterFile], *, people: bool) -> Self:
        """Return the set; the mark tells this engine and these files, looked at in this way, from every other."""
        at_hand = {one.sha256: one for one in files if one.sha256 and one.is_there}
        said = "\n".join([str(people), *sorted(at_hand)])
        mark = f"{edition()}:{hashlib.sha256(said.encode()).hexdigest()}"
        return cls(frozenset(one.sha256 for one in files if one.sha256), at_hand, mark)


def sha256_of_file(master: str) -> str:
    """Return the hash of the file that a master is in, from the master's id."""
    return master.partition(_FRAME)[0]


def _sha256(path: Path, folder: Path) -> str | None:
    """Return the hash of a file; None where there is none in the folder that can be read."""
    if not is_there(path, folder):
        return None
    try:
        stat = path.stat()
        return _sha256_of(path, stat.st_size, stat.st_mtime_ns)
    except OSError:
        return None


def _body(path: Path) -> bytes:
    """Return a file's bytes; none where it cannot be read, or is larger than any picture that is looked at."""
    try:
        return path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
    except OSError:
        return b""


@lru_cache(maxsize=20_000)
def _sha256_of(path: Path, _size: int, _changed: int) -> str:
    """Return the hash of a file; within one process it is read again only when it has changed."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(slots=True)
class MasterReader:
    """Makes features of masters' files, and shows their pixels when two pictures are laid upon each other."""

    files: Mapping[str, MasterFile]
    opener: Opener
    _film: tuple[str, list[bytes]] = ("", [])  # the frames of one film at a time, compressed

    def features(self, sha256: str) -> list[Kept]:
        """Return the features of a file by the ids of the masters in it; none when it cannot be read."""
        one = self.files[sha256]
        if one.is_video:
            return list(self._of_video(sha256))
        picture = self.opener.open(_body(one.path))
        if isinstance(picture, Unreadable):
            return []
        return [(sha256, _features(picture))]

    def see(self, master: str) -> Pixels | None:
        """Return a master's pixels by its id; None when its file cannot be read any more."""
        sha256 = sha256_of_file(master)
        if self.files[sha256].is_video:
            return unpacked(self._frames_of(sha256)[int(master.removeprefix(sha256 + _FRAME))])
        picture = self.opener.open(_body(self.files[sha256].path))
        return None if isinstance(picture, Unreadable) else picture.pixels

    def see_closely(self, master: str) -> Pixels | None:
        """Return more of a master's pixels, where its file has more; a film's frame is kept as it is."""
        one = self.files[sha256_of_file(master)]
        return self.see(master) if one.is_video else seen_closely(_body(one.path), self.opener)

    def _of_video(self, sha256: str) -> Iterator[Kept]:
        try:
            frames = self._frames_of(sha256)
        except ValueError:
            return
        for number, frame in enumerate(frames):
            pixels = unpacked(frame)
            height, width = pixels.shape[:2]
            yield f"{sha256}{_FRAME}{number:04}", _features(Picture(pixels, width, height))

    def _frames_of(self, sha256: str) -> list[bytes]:
        if self._film[0] != sha256:
            frames = frames_of(self.files[sha256].path)
            self._film = (sha256, [packed(smaller(frame.pixels, MASTER_SIDE)) for frame in frames])
        return self._film[1]


def _features(picture: Picture) -> bytes:
    with threadpool_limits(1):
        return master_features(picture).to_bytes()


def position_of(one: MasterFile) -> bool | None:
    """Say whether a master's file tells where it was taken; None for a film, and for a file that is not there."""
    return None if one.sha256 is None or not one.is_there or one.is_video else _position_of(one.path, one.sha256)


@lru_cache(maxsize=20_000)
def _position_of(path: Path, _sha256: str) -> bool | None:
    return has_position(_body(path))
