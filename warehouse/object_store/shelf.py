"""One school's objects: its manifest, and the parts of its files, encrypted on the way in and opened on the way out.

Each by a key of its own, made of the school's and of the object's name, so that none opens in the place of another.
The bucket's owner sees how many objects a school has and how large they are, and nothing else.

<school>/manifest                   the newest generation, and the lease
<school>/files/<lease>/<number>     a file, or 32 MB of one; written once, under the number of the lease that wrote it
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from warehouse.object_store.errors import MissingError, NoSchoolError, NotOursError, ObjectStoreError
from warehouse.store.places import school_id
from warehouse.store.sealing import NotOpenedError, Sealer

if TYPE_CHECKING:
    from warehouse.object_store.bucket import Bucket

LEASE = timedelta(minutes=5)
RENEWED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lease:
    """Who works on a school. `number` only grows; `holder` is drawn by chance and names no machine and nobody.

    When it was renewed last is when its manifest was put there: the store knows that, and no worker's clock counts.
    """

    number: int
    holder: str


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


@dataclass(frozen=True, slots=True)
class ReadManifest:
    """A manifest as it was read or written, and the ETag by which it is replaced; None where there is none yet.

    `changed_at`, of one that was read, is when it was put there, by the store's clock.
    """

    manifest: SchoolManifest
    e_tag: str | None
    changed_at: datetime | None = None


class Shelf:
    """The objects of one school in a bucket."""

    def __init__(self, bucket: "Bucket", key: str, school: str) -> None:
        self.school = school_id(school)
        self._bucket = bucket
        self._key = key
        self._manifest = f"{school}/manifest"

    def read(self) -> ReadManifest:
        """Return the manifest as it is now; NoSchoolError where there is none, NotOursError for a wrong key."""
        try:
            found = self._bucket.get(self._manifest)
        except MissingError as error:
            raise self._no_school() from error
        return ReadManifest(from_bytes(self._open(self._manifest, found.body)), found.e_tag, found.changed_at)

    def newest(self) -> ReadManifest:
        """Return the manifest of a school that was put there whole at least once; else NoSchoolError."""
        found = self.read()
        if found.manifest.generation == 0:
            raise self._no_school()
        return found

    def lease_left(self, found: ReadManifest, who: str) -> timedelta:
        """Return for how long nobody else may take the lease, by the store's clock; none where nobody has it.

        `who` asks, in letters and digits: nobody else may ask by that word at the same time.
        """
        if found.manifest.lease is None or found.changed_at is None:
            return timedelta()
        try:  # above the lease's own number, which its holder may sweep
            now = self._bucket.now(f"{self.school}/files/{found.manifest.lease.number + 1:08d}/clock-{who}")
        except MissingError:  # swept by whoever took the lease meanwhile
            return LEASE
        return max(found.changed_at + LEASE - now, timedelta())

    def ensure_no_earlier_versions(self) -> None:
        """Raise ObjectStoreError where the bucket keeps something of the school that was deleted."""
        self._bucket.ensure_no_earlier_versions(self.school)

    def swap(self, manifest: SchoolManifest, expected: str | None) -> ReadManifest:
        """Put a manifest in the place of the one with this ETag; ConflictError if that is another by now.

        No two sealed manifests are alike, so that no ETag comes back, although S3 makes it of the content alone.
        """
        sealed = self._sealer(self._manifest).seal(as_bytes(manifest))
        return ReadManifest(manifest, self._bucket.replace(self._manifest, sealed, expected))

    def _no_school(self) -> NoSchoolError:
        where, school = self._bucket.address.url, self.school
        bring = f"Bring its folder there: audit store push {school} --from FOLDER"
        return NoSchoolError(f"There is no school {school!r} at {where}. {bring}")

    def keep(self, lease: int, number: int, body: bytes) -> str:
        """Put one part of a file as a new object, and return its name."""
        name = f"{self.school}/files/{lease:08d}/{number:06d}"
        self._bucket.put(name, self._sealer(name).seal(body))
        return name

    def part(self, name: str) -> bytes:
        """Return one part of a file; MissingError if it is not there, NotOursError if it was changed."""
        return self._open(name, self._bucket.get(name).body)

    def _sealer(self, name: str) -> Sealer:
        return Sealer(self._key, f"object {name}")

    def _open(self, name: str, sealed: bytes) -> bytes:
        try:
            return self._sealer(name).open(sealed)
        except NotOpenedError as error:
            raise NotOursError(
                f"The key does not open {name} in the object store, or that was changed there. Check AUDIT_KEY or the "
                "key file; nothing was changed."
            ) from error

    def unneeded(self, manifest: SchoolManifest, lease: int) -> list[str]:
        """Return the objects that no generation needs and none can need any more: those of this lease and older ones.

        Whoever held an older lease can put nothing back; what a newer one has begun is not touched.
        """
        names = self._bucket.names(f"{self.school}/files")
        return [name for name in names if name not in manifest.objects and int(name.split("/")[-2]) <= lease]

    def drop(self, names: Iterable[str]) -> None:
        """Delete these objects."""
        self._bucket.delete(sorted(names))
