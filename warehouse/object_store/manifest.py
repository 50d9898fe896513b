"""The one object that says what a school's folder holds, and who has the lease; all else hangs on it.

Lease and list of files stand in the same object on purpose. Whoever takes the lease replaces it, so that the ETag which
an earlier holder knows is good for nothing from that moment, whatever the clocks say.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from warehouse.object_store.errors import ObjectStoreError

LEASE = timedelta(minutes=5)
RENEWED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lease:
    """Who works on a school. `number` only grows; `holder` is drawn by chance and names no machine and nobody."""

    number: int
    holder: str
    taken_at: AwareDatetime
    renewed_at: AwareDatetime

    def ends(self) -> datetime:
        """Return when another worker may take it."""
        return self.renewed_at + LEASE


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file below the school's folder, and the objects that hold it, in order; `sha256` is that of the file."""

    path: str
    size: int
    sha256: str
    mtime_ns: int
    objects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchoolManifest:
    """One generation of a school's folder; `leases` is how many were ever taken."""

    school: str
    generation: int
    leases: int
    files: tuple[StoredFile, ...] = ()
    folders: tuple[str, ...] = ()
    lease: Lease | None = None
    put_back_at: AwareDatetime | None = None

    def is_leased(self, now: datetime) -> bool:
        """Say whether a worker has the lease that nobody else may take yet."""
        return self.lease is not None and now < self.lease.ends()

    @property
    def objects(self) -> frozenset[str]:
        """The names of all objects that this generation needs."""
        return frozenset(name for file in self.files for name in file.objects)


_MANIFEST = TypeAdapter(SchoolManifest)


def as_bytes(manifest: SchoolManifest) -> bytes:
    """Return the manifest as JSON."""
    return _MANIFEST.dump_json(manifest)


def from_bytes(body: bytes) -> SchoolManifest:
    """Return the manifest that this JSON says; ObjectStoreError if it says none that this program knows."""
    try:
        return _MANIFEST.validate_json(body)
    except ValidationError as error:
        raise ObjectStoreError("The manifest in the object store is of a newer program. Update this one.") from error
