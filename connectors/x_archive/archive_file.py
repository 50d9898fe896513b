"""The door to an archive file: a zip that is checked before anything in it is read, and read member by member.

The file comes from a download folder: neither its names nor its sizes are trusted, and nothing is unpacked to disk.
"""

import hashlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from connectors.errors import SourceRefused

MOST_MEMBERS = 200_000
MOST_SCRIPT_BYTES = 256 * 1024 * 1024
MOST_PICTURE_BYTES = 32 * 1024 * 1024
MOST_BYTES_READ = 4 * 1024 * 1024 * 1024
MOST_RATIO = 100
SMALL_BYTES = 1024 * 1024
LOCAL_HEADER_BYTES = 30
CHUNK_BYTES = 1024 * 1024
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_PACKINGS = {9: "Deflate64", 12: "BZIP2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_NO_ZIPS = {
    b"7z\xbc\xaf": "is packed as 7-Zip", b"Rar!": "is packed as RAR", b"\x1f\x8b": "is packed as gzip",
    b"": "is an empty file",
}  # fmt: skip
_ZIP_AGAIN = "unpack it, and zip its folder as an ordinary zip file"

ASK_AGAIN = "ask X for a new archive, and name the file as it was downloaded in school.toml"
_DRIVE = re.compile(r"[a-zA-Z]:")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,  # a zip of a newer make than Python reads
    RuntimeError,  # an encrypted member
)


def refused(file_name: str, problem: str, remedy: str = ASK_AGAIN) -> SourceRefused:
    """Return the error that says in one sentence what is wrong with the archive and what to do."""
    return SourceRefused(f"The X archive {file_name} {problem}: {remedy}, then run again.", reason="input")


def _no_zip(path: Path) -> SourceRefused:
    """Return the error for a file that is no zip: most often it is the page that asks whoever downloads to log in."""
    if path.is_dir():
        return refused(path.name, "is a folder", "zip it, and name the zip file in school.toml")
    try:
        with path.open("rb") as file:
            head = file.read(SMALL_BYTES)
    except OSError:
        return refused(path.name, "is not a whole zip file")
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        return refused(path.name, "is a web page", "log in to X in the browser and download the archive from there")
    for magic, problem in _NO_ZIPS.items():
        if head.startswith(magic) and (magic or not head):
            return refused(path.name, problem, _ZIP_AGAIN if magic else ASK_AGAIN)
    return refused(path.name, "is not a whole zip file")


class ArchiveFile:
    """An archive that was checked as a whole when it was opened; SourceRefused("input") if it fails."""

    def __init__(self, path: Path) -> None:
        self.file_name = path.name
        self._path = path
        self._left = MOST_BYTES_READ
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError as error:
            raise refused(self.file_name, "is not there", "put it where school.toml says") from error
        except _DAMAGE as error:
            raise _no_zip(path) from error
        self._members = {_plain_name(member): member for member in self._zip.infolist()}
        try:
            self._check(self._zip.infolist())
        except SourceRefused:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, in the order of the archive's directory."""
        return tuple(self._members)

    def sha256(self) -> str:
        """Return the SHA-256 of the whole file, in hexadecimal."""
        with self._path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def read(self, name: str, *, most: int) -> bytes:
        """Return one member's bytes, at most so many; SourceRefused("input") when it is damaged or too large."""
        member = self._members[name]
        if member.compress_type not in METHODS:
            packing = _PACKINGS.get(member.compress_type, f"method {member.compress_type}")
            problem = f"is packed as {packing}, which this program does not read"
            raise refused(self.file_name, problem, f"name the file as X gave it, or {_ZIP_AGAIN}")
        if member.file_size > min(most, self._left) or _is_bomb(member):
            raise refused(self.file_name, "unpacks to more than an X archive can hold")
        try:
            with self._zip.open(member) as stream:
                # zipfile stops at the declared size and then compares the checksum, so what is read is never more
                body = b"".join(iter(lambda: stream.read(CHUNK_BYTES), b""))
        except _DAMAGE as error:
            raise refused(self.file_name, "is damaged") from error
        self._left -= len(body)
        return body

    def _check(self, members: Sequence[zipfile.ZipInfo]) -> None:
        if len(members) > MOST_MEMBERS:
            raise refused(self.file_name, "has more files in it than an X archive can")
        if len(members) != len(self._members):
            raise refused(self.file_name, "has two files of one name in it")
        if any(_is_trick(member) for member in members):
            raise refused(self.file_name, "has a file name or link in it that points out of the archive")
        if any(member.flag_bits & 1 for member in members):
            raise refused(self.file_name, "is protected by a password", "unpack it and zip it again without one")
        if _overlap(members):
            raise refused(self.file_name, "unpacks to more than an X archive can hold")


def _plain_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name with slashes: Windows' own PowerShell writes its folders with backslashes."""
    return member.orig_filename.replace("\\", "/")


def _is_trick(member: zipfile.ZipInfo) -> bool:
    name = _plain_name(member)
    parts = name.rstrip("/").split("/")
    return (
        any(ord(sign) < ord(" ") for sign in name)
        or _DRIVE.match(name) is not None
        or any(part in {"", ".", ".."} for part in parts)
        or stat.S_ISLNK(member.external_attr >> 16)
    )


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > max(SMALL_BYTES, MOST_RATIO * member.compress_size)


def _overlap(members: Sequence[zipfile.ZipInfo]) -> bool:
    """Say whether two members share bytes, as they do in an archive that is small and unpacks without end."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            return True
        end = member.header_offset + LOCAL_HEADER_BYTES + member.compress_size
    return False
