"""The approved masters' files, as they lie in the school's photographs folder: their hashes, and how to see them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from engines.pictures.album import compress_pixels, decompress_pixels, fine_pixels
from engines.pictures.decoding import MOST_BYTES, Opener, UnreadablePicture, has_position
from engines.pictures.features.descriptors import MASTER_SIDE, master_features
from engines.pictures.picture import DecodedPicture, Pixels, shrink_to_side
from engines.pictures.scans import FRAME, MasterSet, sha256_of_file
from flows.pictures.photo_files import is_there, lost_files
from warehouse.casebook.casebook import Acceptance
from warehouse.store.damage import sha256_of

VIDEOS = frozenset({".mp4", ".m4v", ".mov", ".webm", ".mkv"})
Kept = tuple[str, bytes]  # a master's id, and its features
Remembered = Mapping[tuple[str, str], str]
Change = tuple[str | None, str | None]  # the hash of the picture that was approved, and of the one that lies there now


@dataclass(frozen=True, slots=True)
class MasterFile:
    """One row of the photographs register that names a file.

    Where the file is not there, `sha256` is that of the file that was there last, None when there never was one, and
    `nearest` is the file in the folder whose name is most like its own. Where other bytes lie under the name, which
    nobody has said to be meant, `found` is their hash, and `sha256` that of the file which was approved.
    """

    row: Mapping[str, Any]
    path: Path
    sha256: str | None
    is_there: bool
    nearest: str | None = None
    found: str | None = None

    @property
    def photograph_id(self) -> str:
        """The photograph's id in the register."""
        return str(self.row["photograph_id"])

    @property
    def is_video(self) -> bool:
        """Say whether the file is a film, of which each frame is a master."""
        return self.path.suffix.casefold() in VIDEOS


def master_files(
    folder: Path, rows: Iterable[Mapping[str, Any]], remembered: Remembered, meant: Collection[Change] = ()
) -> list[MasterFile]:
    """Return the files that the photographs register names, whether they are there or not.

    `remembered` gives, by photograph and file name, the hash of the file that an earlier run read. A school that
    deletes a file when a consent ends must still learn where the photograph is shown. A file's name is no approval:
    other bytes count once a person has said that they are `meant`.
    """
    named = [row for row in rows if row["file_name"]]
    lost = lost_files(folder, (row["file_name"] for row in named))
    files = [_master_file(folder, row, remembered, lost.get(row["file_name"])) for row in named]
    return [file if (file.sha256, file.found) not in meant else _with_found(file) for file in files]


def _master_file(folder: Path, row: Mapping[str, Any], remembered: Remembered, nearest: str | None) -> MasterFile:
    path = folder / row["file_name"]
    sha256 = _sha256(path, folder)
    before = remembered.get((row["photograph_id"], row["file_name"]))
    if sha256 and before and sha256 != before:
        return MasterFile(row, path, before, is_there=False, found=sha256)
    return MasterFile(row, path, sha256 or before, is_there=sha256 is not None, nearest=nearest)


def _with_found(file: MasterFile) -> MasterFile:
    return replace(file, sha256=file.found, is_there=True, found=None)


def meant_changes(accepted: Iterable[Acceptance]) -> frozenset[Change]:
    """Return which pictures people have said to be meant in place of which."""
    return frozenset((each.compared_with, each.sha256) for each in accepted if each.register == "photographs")


def files_at_hand(files: Sequence[MasterFile]) -> dict[str, MasterFile]:
    """Return the masters' files that are there, by their hashes."""
    there = {file.sha256: file for file in files if file.sha256 and file.is_there}
    return {file.found: file for file in files if file.found} | there


def master_set(files: Sequence[MasterFile], *, people: bool) -> MasterSet:
    """Return the hashes of these files, and the mark of those that are there."""
    hashes = [sha256 for file in files for sha256 in (file.sha256, file.found) if sha256]
    return MasterSet.of(hashes, files_at_hand(files), people=people)


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
    return sha256_of(path)


@dataclass(slots=True)
class MasterReader:
    """Makes features of masters' files, and shows their pixels when two pictures are laid upon each other."""

    files: Mapping[str, MasterFile]
    opener: Opener
    people: bool = False
    _film: tuple[str, list[bytes]] = ("", [])  # the frames of one film at a time, compressed

    def features(self, sha256: str) -> list[Kept]:
        """Return the features of a file by the ids of the masters in it; none when it cannot be read."""
        file = self.files[sha256]
        if file.is_video:
            return list(self._of_video(sha256))
        picture = self.opener.open(_body(file.path))
        if isinstance(picture, UnreadablePicture):
            return []
        return [(sha256, master_features(picture, people=self.people).to_bytes())]

    def see(self, master: str) -> Pixels | None:
        """Return a master's pixels by its id; None when its file cannot be read any more."""
        sha256 = sha256_of_file(master)
        if self.files[sha256].is_video:
            frames, number = self._frames_of(sha256), int(master.removeprefix(sha256 + FRAME))
            return decompress_pixels(frames[number]) if number < len(frames) else None
        picture = self.opener.open(_body(self.files[sha256].path))
        return None if isinstance(picture, UnreadablePicture) else picture.pixels

    def see_closely(self, master: str) -> Pixels | None:
        """Return more of a master's pixels, where its file has more; a film's frame is kept as it is."""
        file = self.files[sha256_of_file(master)]
        return self.see(master) if file.is_video else fine_pixels(_body(file.path), self.opener)

    def _of_video(self, sha256: str) -> Iterator[Kept]:
        for number, frame in enumerate(self._frames_of(sha256)):
            pixels = decompress_pixels(frame)
            height, width = pixels.shape[:2]
            features = master_features(DecodedPicture(pixels, width, height), people=self.people)
            yield f"{sha256}{FRAME}{number:04}", features.to_bytes()

    def _frames_of(self, sha256: str) -> list[bytes]:
        """Return the frames of a film, compressed; none of one that cannot be read to its end."""
        if self._film[0] != sha256:
            frames: list[bytes] = []
            for frame in self.opener.film_frames(self.files[sha256].path):
                if isinstance(frame, UnreadablePicture):
                    frames = []
                    break
                frames.append(compress_pixels(shrink_to_side(frame.pixels, MASTER_SIDE)))
            self._film = (sha256, frames)
        return self._film[1]


def position_of(file: MasterFile) -> bool | None:
    """Say whether a master's file tells where it was taken; None for a film, and for a file that is not there."""
    return None if file.sha256 is None or not file.is_there or file.is_video else _position_of(file.path, file.sha256)


@lru_cache(maxsize=20_000)
def _position_of(path: Path, _sha256: str) -> bool | None:
    return has_position(_body(path))
