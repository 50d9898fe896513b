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
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from connectors.errors import OlderThanRead, SourceRefused
from connectors.x_archive.values import day

MOST_MEMBERS = 200_000
MOST_SCRIPT_BYTES = 256 * 1024 * 1024
MOST_PICTURE_BYTES = 32 * 1024 * 1024
MOST_BYTES_READ = 4 * 1024 * 1024 * 1024
MOST_RATIO = 100
SMALL_BYTES = 1024 * 1024
LOCAL_HEADER_BYTES = 30
CHUNK_BYTES = 1024 * 1024
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

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
    try:
        with path.open("rb") as file:
            is_web_page = file.read(SMALL_BYTES).lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"
    except OSError:
        is_web_page = False
    if not is_web_page:
        return refused(path.name, "is not a whole zip file")
    return refused(path.name, "is a web page", "log in to X in the browser and download the archive from there")


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
        self._members = {member.filename: member for member in self._zip.infolist()}
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


def _is_trick(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename
    parts = name.rstrip("/").split("/")
    return (
        "\\" in name
        or any(ord(sign) < ord(" ") for sign in name)
        or _DRIVE.match(name) is not None
        or any(part in {"", ".", ".."} for part in parts)
        or stat.S_ISLNK(member.external_attr >> 16)
    )


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    if member.compress_type not in METHODS:
        return True  # X packs with deflate alone
    return member.file_size > max(SMALL_BYTES, MOST_RATIO * member.compress_size)


def _overlap(members: Sequence[zipfile.ZipInfo]) -> bool:
    """Say whether two members share bytes, as they do in an archive that is small and unpacks without end."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            return True
        end = member.header_offset + LOCAL_HEADER_BYTES + member.compress_size
    return False


FIRST_POST = datetime(2006, 3, 21, tzinfo=UTC)  # nobody wrote on the platform before this day
_SLACK = timedelta(days=1)  # between X's clock and this computer's


@dataclass(slots=True)
class ArchiveDate:
    """When one archive was made; `stated` is X's own word, `newest` the newest time that stood in it so far."""

    file_name: str
    now: datetime
    stated: datetime | None
    newest: datetime | None = None

    def is_time(self, when: datetime | None) -> bool:
        """Say whether something on the platform can be of this time."""
        return when is not None and FIRST_POST <= when <= self.now + _SLACK

    def meet(self, when: datetime | None) -> None:
        """Note a time that stands in the archive."""
        if when is not None and self.is_time(when) and (self.newest is None or when > self.newest):
            self.newest = when

    @property
    def made_at(self) -> datetime | None:
        """When it was made, as well as it can be known."""
        return self.stated or self.newest

    def check_clock(self) -> None:
        """SourceRefused("input") for an archive from the future."""
        if self.stated is not None and self.stated > self.now + _SLACK:
            problem = "was made later than it is by this computer's clock"
            raise refused(self.file_name, problem, "set this computer's clock")

    def check_newer(self, last_read: datetime | None) -> None:
        """OlderThanRead for an archive that shows the account as it was before it was read last.

        What has changed since would look as if it were undone: a post of last week as if it had been taken down.
        """
        if last_read is None or (self.made_at and self.made_at >= last_read):
            return
        made = f"is of {day(self.made_at)}" if self.made_at else "does not say when it was made"
        problem = f"{made}, and the account was read last as it stood on {day(last_read)}"
        told = refused(self.file_name, problem, "download a newer one from X and name it in school.toml")
        raise OlderThanRead(str(told), reason="input")
