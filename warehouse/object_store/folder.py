"""A school's folder on this machine's own disk: what of it is kept in an object store, and where it is worked on."""

import hashlib
import json
import logging
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from warehouse.object_store.errors import LinkError, NotOursError, ObjectStoreError
from warehouse.object_store.shelf import Shelf, StoredFile
from warehouse.runs.run_progress import RUNNING, STARTED, is_locked, locked
from warehouse.store.places import is_shared, leads_below
from warehouse.store.private_files import new_private_file, settle, sync
from warehouse.store.sealing import NotOpenedError, Sealer

log = logging.getLogger(__name__)

_WORK, _LOCK, _ONE_AT_A_TIME = "work-", "work.lock", "scratch.lock"
_PATIENCE = 60.0


@contextmanager
def worked_in(scratch: Path) -> Iterator[Path]:
    """Lend a new folder, its owner's alone, that is deleted at the end; those of killed processes go first.

    ObjectStoreError where the folder of them all belongs to somebody else; OSError where the disk cannot take it.
    """
    ensure_own(scratch)
    with ExitStack() as stack:
        with locked(scratch, _ONE_AT_A_TIME, patience=_PATIENCE):  # so that nobody deletes a folder not yet locked
            for left in scratch.glob(f"{_WORK}*"):
                if not is_locked(left, _LOCK):
                    shutil.rmtree(left, ignore_errors=True)
            folder = Path(tempfile.mkdtemp(prefix=_WORK, dir=scratch))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            stack.enter_context(locked(folder, _LOCK))
        yield folder


def ensure_own(scratch: Path) -> None:
    """Make the folder of all that is worked on here; ObjectStoreError where others may use it."""
    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    if scratch.stat().st_uid != os.geteuid() or is_shared(scratch):
        raise ObjectStoreError(
            f"{scratch} may be used by others, and a school's files are worked on there. Name a folder of your own "
            "with AUDIT_SCRATCH, or run: chmod 700 on it."
        )


PART_BYTES = 32 * 1024 * 1024
PULLED = "pulled.json"  # which generation a folder was pulled from; of that folder alone
_SET_ASIDE = "unsent"
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
    with new_private_file(path) as made:
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


def set_aside(folder: Path, scratch: Path, key: str, generation: int) -> Path:
    """Keep a school's folder, that holds work after this generation, encrypted in one file; return the file.

    OSError where the disk cannot take it; a file that was there for this generation stays then.
    """
    path = _set_aside_of(scratch, folder.name, generation)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with new_private_file(part) as made:
        with Sealer(key, _SET_ASIDE).writing(made) as plain, tarfile.open(fileobj=plain, mode="w|") as tar:
            tar.add(folder, arcname=".")
        sync(made)
    part.replace(path)
    settle(scratch)
    return path


def brought_back(folder: Path, scratch: Path, key: str, generation: int) -> Path | None:
    """Unpack what was set aside of this school after this very generation; return its file, None where there is none.

    What was set aside after another generation is deleted, and told in the log: the store has something newer.
    NotOursError where the key does not open it.
    """
    path = _set_aside_of(scratch, folder.name, generation)
    of_school = re.compile(rf"{_SET_ASIDE}-{re.escape(folder.name)}-\d+\.tar\.(age|part)")
    for other in sorted(each for each in scratch.glob(f"{_SET_ASIDE}-*") if of_school.fullmatch(each.name)):
        if other != path:
            other.unlink()
            log.warning(
                "Work on %s that is not of its newest generation could not be used; it was deleted.", folder.name
            )
    if not path.exists():
        return None
    folder.mkdir(mode=0o700, parents=True)
    try:
        with path.open("rb") as sealed, Sealer(key, _SET_ASIDE).reading(sealed) as plain:
            with tarfile.open(fileobj=plain, mode="r|") as tar:
                tar.extractall(folder, filter="data")
            plain.read()  # to the mark of the end
    except NotOpenedError as error:
        raise NotOursError(
            f"The key does not open {path}, which holds the work of an earlier run, or it was cut short. Delete it to "
            "go on without that work."
        ) from error
    return path


def _set_aside_of(scratch: Path, school: str, generation: int) -> Path:
    return scratch / f"{_SET_ASIDE}-{school}-{generation}.tar.age"


def _inside(folder: Path, path: str) -> Path:
    """Return where a path of the manifest stands on this disk; it never leads out of the folder."""
    if not leads_below(path):
        raise NotOursError("The manifest names a file outside of the school's folder; nothing was changed.")
    return folder / path
