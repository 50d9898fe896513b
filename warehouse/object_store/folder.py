"""A school's folder on this machine's own disk: what of it is kept, and how its files become parts and files again."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from warehouse.object_store.errors import LinkError, NotOursError, ObjectStoreError
from warehouse.object_store.manifest import StoredFile
from warehouse.object_store.shelf import Shelf
from warehouse.runs.run_progress import RUNNING, STARTED

PART_BYTES = 32 * 1024 * 1024
PULLED = "pulled.json"  # which generation a folder was pulled from; of that folder alone
_STAYS_HERE = frozenset({RUNNING, STARTED, PULLED})


def files_of(folder: Path) -> dict[str, Path]:
    """Return each file that is kept, by its path below the folder; LinkError if one is a link."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise LinkError(
                f"{path.relative_to(folder).as_posix()} is a link, which no other machine can follow. Put the file "
                "itself in its place."
            )
        if path.is_file() and path.name not in _STAYS_HERE:
            found[path.relative_to(folder).as_posix()] = path
    return found


def folders_of(folder: Path) -> tuple[str, ...]:
    """Return each folder below the folder, the outer ones first."""
    return tuple(path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_dir())


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def parts_of(path: Path) -> Iterator[bytes]:
    """Yield a file in parts of 32 MB; an empty file has none."""
    with path.open("rb") as file:
        while part := file.read(PART_BYTES):
            yield part


def write_file(shelf: Shelf, file: StoredFile, folder: Path) -> None:
    """Fetch one file into the folder, its owner's alone; NotOursError if it is not what the manifest says."""
    path = _inside(folder, file.path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:  # noqa: PTH123 - with its mode
        for name in file.objects:
            part = shelf.part(name)
            digest.update(part)
            made.write(part)
    if digest.hexdigest() != file.sha256:
        raise NotOursError(
            f"A file of {shelf.school} in the object store is not what was put there. Put the bucket's objects back "
            "from a backup, or push the school's folder again; nothing was changed."
        )
    os.utime(path, ns=(file.mtime_ns, file.mtime_ns))


def make_folders(folder: Path, folders: tuple[str, ...]) -> None:
    """Make the folders that belong below the folder, empty ones too."""
    for name in folders:
        _inside(folder, name).mkdir(mode=0o700, parents=True, exist_ok=True)


def note_pulled(folder: Path, generation: int) -> None:
    """Write down which generation a folder holds, so that an older one is never pushed over a newer one."""
    part = folder / f"{PULLED}.part"
    part.write_text(json.dumps({"generation": generation}), encoding="ascii")
    part.replace(folder / PULLED)


def pulled_generation(folder: Path) -> int:
    """Return which generation a folder holds; 0 where it came from no object store."""
    path = folder / PULLED
    if not path.exists():
        return 0
    try:
        return int(json.loads(path.read_text(encoding="ascii"))["generation"])
    except (ValueError, TypeError, KeyError) as error:
        raise ObjectStoreError(f"{path} is not what was written there. Pull the school anew.") from error


def _inside(folder: Path, path: str) -> Path:
    """Return where a path of the manifest stands on this disk; it never leads out of the folder."""
    parts = PurePosixPath(path).parts
    if not parts or PurePosixPath(path).is_absolute() or ".." in parts:
        raise NotOursError("The manifest names a file outside of the school's folder; nothing was changed.")
    return folder.joinpath(*parts)
