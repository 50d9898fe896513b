"""Schools in a bucket of a real S3 server, as their workers see them, with a clock and a chance that tests set."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from warehouse.object_store.address import StoreAddress
from warehouse.object_store.bucket import Bucket
from warehouse.object_store.leased import Leased, Outside, fetch_leased, fetch_newest, take
from warehouse.object_store.shelf import SchoolManifest, Shelf

SCHOOL = "hill-view"
KEY = "a-school-s-key-of-the-tests-0123456789abcdef"


@dataclass(slots=True)
class Clock:
    """A clock that a test moves, and with it the store's: `since` its manifest was changed last."""

    at: datetime = datetime(2026, 11, 2, 6, tzinfo=UTC)
    since: timedelta = timedelta()

    def now(self) -> datetime:
        return self.at

    def pass_by(self, span: timedelta) -> None:
        self.at += span
        self.since += span


@dataclass(slots=True)
class School:
    """One school of a bucket, and what a worker does with it; `bucket` makes the worker's own way to the server."""

    address: StoreAddress
    folder: Path
    clock: Clock = field(default_factory=Clock)
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    bucket: Callable[[StoreAddress], Bucket] = Bucket

    def shelf(self, key: str = KEY) -> Shelf:
        return Shelf(timed(self.bucket(self.address), self.clock), key, SCHOOL)

    def take(self, *, may_be_new: bool = False) -> Leased:
        return take(self.shelf(), Outside(self.clock.now, self.chance.randbytes), may_be_new=may_be_new)

    def begin(self, files: dict[str, bytes]) -> None:
        """Put the first generation there."""
        self.take(may_be_new=True).put_back(written(self.folder / "first", files), releases=True)

    def work(self, name: str) -> tuple[Leased, Path]:
        """Take the lease, and fetch the school into a folder of this name."""
        leased = self.take()
        fetch_leased(leased, self.folder / name)
        return leased, self.folder / name

    def seen(self, name: str = "seen") -> dict[str, bytes]:
        """Return the files that a reader sees."""
        fetch_newest(self.shelf(), self.folder / name)
        return files_in(self.folder / name)

    def manifest(self) -> SchoolManifest:
        return self.shelf().read().manifest

    def objects(self) -> dict[str, bytes]:
        """Return every object of the bucket as it lies there."""
        bucket = self.bucket(self.address)
        return {name: bucket.get(name).body for name in bucket.names("")}


def timed(bucket: Bucket, clock: Clock) -> Bucket:
    """Return the bucket with a store's clock that goes on as the test's does."""
    if not hasattr(bucket, "is_timed"):
        kind = type(bucket)

        def replaced(*words: Any) -> str:
            e_tag = kind.replace(bucket, *words)
            clock.since = timedelta()
            return e_tag

        bucket.now = lambda name: kind.now(bucket, name) + clock.since  # type: ignore[method-assign]
        bucket.replace = replaced  # type: ignore[method-assign]
        bucket.is_timed = True  # type: ignore[attr-defined]
    return bucket


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
