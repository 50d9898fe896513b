"""Which files of a school go into its backup, and what the backup says of itself and of what was then published."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from policies.errors import UserError
from warehouse.runs.run_progress import RUNNING, STARTED
from warehouse.store.open import opened
from warehouse.store.places import Places, left_overs

NEVER = frozenset({"credentials.toml", RUNNING, STARTED})


def files_of_school(places: Places) -> list[str]:
    """Return the paths below the school's folder that are kept, in order; where a link leads is kept as if it lay here.

    OSError where a folder cannot be looked into: nothing is left out in silence.
    """
    left = {str(path) for path in left_overs(places)}
    found = (path for path in _below(places.folder, frozenset()) if str(path) not in left)
    relative = (str(path.relative_to(places.folder)) for path in found)
    return sorted(path for path in relative if path not in NEVER)


def _below(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    here = folder.resolve()
    if here in above:
        return  # a link that leads back to where it lies
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.is_dir():
                yield from _below(folder / entry.name, above | {here})
            elif entry.is_file():
                yield folder / entry.name


MANIFEST, CASEBOOK_ROWS = "manifest.json", "casebook.json"

_TABLES = "select table_name from duckdb_tables() where schema_name = 'published' order by table_name"
# Of each row the hash of what it says as JSON, in an order that no storage decides.
_HASHES = "select sha256(to_json(t)::varchar) as row_sha256 from published.{table} as t order by row_sha256"


class BackupError(UserError):
    """A backup cannot be made, read or put back; the message is one sentence with what to do."""


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of the archive, by its path below the school's folder."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """How many rows a published table has, and the hash of all of them in hexadecimal."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupManifest:
    """What is in one backup. `casebook_head` is the newest migration of the casebook whose rows it has."""

    school: str
    made_at: AwareDatetime
    purpose: str
    delete_after: date
    casebook_head: str
    casebook_rows: Mapping[str, int]
    published: Mapping[str, PublishedTable]
    files: tuple[PackedFile, ...] = ()

    @property
    def bytes(self) -> int:
        """How many bytes its files have."""
        return sum(file.size for file in self.files)


_MANIFEST = TypeAdapter(BackupManifest)


def manifest_json(manifest: BackupManifest) -> bytes:
    """Return the manifest as it stands in the archive."""
    return _MANIFEST.dump_json(manifest, indent=1)


def read_manifest(body: bytes, name: str) -> BackupManifest:
    """Return the manifest of the archive of this name; BackupError where another program wrote it otherwise."""
    try:
        return _MANIFEST.validate_json(body)
    except ValidationError as error:
        raise BackupError(f"{name} was made by another release of this program. Update the program.") from error


def published_tables(path: Path, key: str) -> dict[str, PublishedTable]:
    """Return rows and hash of every table of the published copy; none where nothing is published yet."""
    if not path.exists():
        return {}
    found = {}
    with opened(path, key, read_only=True) as copy:
        for (table,) in copy.execute(_TABLES).fetchall():
            rows = [sha256 for (sha256,) in copy.execute(_HASHES.format(table=table)).fetchall()]
            found[table] = PublishedTable(len(rows), hashlib.sha256("".join(rows).encode()).hexdigest())
    return found
