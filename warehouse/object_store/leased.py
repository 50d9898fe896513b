"""A lease on one school, and what only its holder may do: put the school's folder back as the next generation.

Every change is one conditional put of the manifest, on the ETag that the holder wrote last. Once another worker has
taken the lease, that ETag is gone: whatever the earlier holder still does, nothing of it reaches the school.
"""

import hashlib
import logging
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from warehouse.object_store.errors import (
    ConflictError,
    LeasedError,
    LeaseLostError,
    MissingError,
    NoSchoolError,
    ObjectStoreError,
)
from warehouse.object_store.folder import files_of, folders_of, make_folders, parts_of, write_file
from warehouse.object_store.shelf import LEASE, Lease, ReadManifest, SchoolManifest, Shelf, StoredFile
from warehouse.store.damage import sha256_of

log = logging.getLogger(__name__)

_TRIES, _READS = 3, 5


@dataclass(frozen=True, slots=True)
class Outside:
    """What comes from outside: the time, in UTC, and so many random bytes."""

    now: Callable[[], datetime]
    draw: Callable[[int], bytes]


class Leased:
    """A lease that this worker holds; `take` is the way to one. It may be renewed from another thread."""

    def __init__(self, shelf: Shelf, outside: Outside, standing: ReadManifest, lease: Lease) -> None:
        self.shelf = shelf
        self._outside = outside
        self._standing = standing
        self._lease = lease
        self._number = 0
        self._alone = threading.Lock()
        self.is_lost = False

    @property
    def manifest(self) -> SchoolManifest:
        """The generation that the holder works on: the one that it fetched or put back last."""
        return self._standing.manifest

    def renew(self) -> None:
        """Say that this worker is alive, unless it has given the lease back; LeaseLostError if another has taken it."""
        self._change(lambda manifest: manifest)

    def put_back(self, folder: Path, *, releases: bool = False) -> None:
        """Put the folder back as the next generation, if anything in it has changed; then delete what none needs.

        LeaseLostError if another worker has taken the lease; the generation before stands then, whole.
        """
        known = {file.path: file for file in self.manifest.files}
        files = tuple(self._kept(path, name, known.get(name)) for name, path in files_of(folder).items())
        content = replace(self.manifest, files=files, folders=folders_of(folder), lease=None)
        generation = self.manifest.generation

        def next_of(manifest: SchoolManifest) -> SchoolManifest:
            lease = None if releases else self._lease
            if content == replace(manifest, lease=None):
                return replace(manifest, lease=lease)
            number, now = manifest.generation + 1, self._outside.now()
            return replace(content, generation=number, put_back_at=now, lease=lease)

        self._change(next_of)
        if self.manifest.generation != generation:
            self.sweep()

    def release(self) -> None:
        """Give the lease back without putting anything back."""
        self._change(lambda manifest: replace(manifest, lease=None))

    def sweep(self) -> None:
        """Delete every object that no generation needs: the earlier generation, and what killed workers left.

        The next holder tries again where that cannot be done.
        """
        try:
            self.shelf.drop(self.shelf.unneeded(self.manifest, self._lease.number))
        except ObjectStoreError as error:
            log.warning("What %s needs no more could not be deleted yet. %s", self.shelf.school, error)

    def _kept(self, path: Path, name: str, known: StoredFile | None) -> StoredFile:
        mtime_ns = path.stat().st_mtime_ns
        if known is not None and known.size == path.stat().st_size and known.sha256 == sha256_of(path):
            return replace(known, mtime_ns=mtime_ns)
        digest, size, objects = hashlib.sha256(), 0, []
        for part in parts_of(path):
            if self.is_lost:
                raise LeaseLostError(self.shelf.school)
            self._number += 1
            objects.append(self.shelf.keep(self._lease.number, self._number, part))
            digest.update(part)
            size += len(part)
        return StoredFile(name, size, digest.hexdigest(), mtime_ns, tuple(objects))

    def _change(self, change: Callable[[SchoolManifest], SchoolManifest]) -> None:
        """Replace the manifest by what is made of it; LeaseLostError if another worker has taken the lease.

        A put whose answer was lost conflicts with itself when it is tried again: as long as nobody has taken the lease
        since, what is there can only be this holder's own; and where it gave the lease away, whoever has it now may
        stand on that very generation.
        """
        with self._alone:
            while not self.is_lost:
                wanted = change(self.manifest)
                try:
                    self._standing = self.shelf.swap(wanted, self._standing.e_tag)
                except ConflictError:
                    self._standing = found = self.shelf.read()
                    self.is_lost = found.manifest.leases != self._lease.number
                    is_done = wanted.lease is None and replace(found.manifest, lease=None) == replace(
                        wanted, leases=found.manifest.leases
                    )
                    if found.manifest != wanted and not is_done:
                        continue
                return
            raise LeaseLostError(self.shelf.school)


def take(shelf: Shelf, outside: Outside, *, may_be_new: bool = False) -> Leased:
    """Take the lease of a school and delete what killed workers left; LeasedError while another worker has it.

    NoSchoolError where the store has no such school, unless it may be a new one; ObjectStoreError where the bucket
    keeps what is deleted.
    """
    shelf.ensure_no_earlier_versions()
    holder = outside.draw(16).hex()
    for _ in range(_TRIES):
        found = _found(shelf, may_be_new=may_be_new)
        if left := shelf.lease_left(found, holder):
            raise LeasedError(shelf.school, left)
        lease = Lease(found.manifest.leases + 1, holder)
        try:
            taken = shelf.swap(replace(found.manifest, leases=lease.number, lease=lease), found.e_tag)
        except ConflictError:  # another worker was quicker, or the answer was lost
            taken = shelf.read()
            if taken.manifest.lease != lease:
                continue
        leased = Leased(shelf, outside, taken, lease)
        leased.sweep()
        return leased
    raise LeasedError(shelf.school, LEASE)


def _found(shelf: Shelf, *, may_be_new: bool) -> ReadManifest:
    try:
        return shelf.read() if may_be_new else shelf.newest()
    except NoSchoolError:
        if not may_be_new:
            raise
        return ReadManifest(SchoolManifest(shelf.school, generation=0, leases=0), None)


def fetch(shelf: Shelf, manifest: SchoolManifest, folder: Path) -> None:
    """Write every file of this generation into the folder, which is made; MissingError if an object is gone."""
    folder.mkdir(mode=0o700, parents=True)
    make_folders(folder, manifest.folders)
    for file in manifest.files:
        write_file(shelf, file, folder)


def fetch_leased(leased: Leased, folder: Path) -> None:
    """Fetch the generation that this holder works on; LeaseLostError if another worker has replaced it meanwhile."""
    try:
        fetch(leased.shelf, leased.manifest, folder)
    except MissingError:
        leased.renew()  # whoever has lost the lease hears that, and not that something is gone
        raise


def fetch_newest(shelf: Shelf, folder: Path, wanted: Callable[[str], bool] = bool) -> ReadManifest:
    """Fetch what is `wanted`, by its path, of the newest generation, without a lease; anew where it is replaced."""
    for _ in range(_READS):
        found = shelf.newest()
        files = tuple(file for file in found.manifest.files if wanted(file.path))
        try:
            fetch(shelf, replace(found.manifest, files=files), folder)
        except MissingError:
            shutil.rmtree(folder)
            if shelf.newest().manifest.generation == found.manifest.generation:
                raise
        else:
            return found
    raise ObjectStoreError(f"{shelf.school} changes faster than it can be read. Try again in a minute.")
