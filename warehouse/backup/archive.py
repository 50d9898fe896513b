"""Writes and reads the archive itself: a tar of the school's files, encrypted as age does it, its manifest last."""

import hashlib
import os
import tarfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from warehouse.backup.manifest import CASEBOOK_ROWS, MANIFEST, BackupError, BackupManifest, PackedFile, read_manifest
from warehouse.store.places import leads_below
from warehouse.store.private_files import new_private_file, sync
from warehouse.store.sealing import ChangedError, NotOpenedError, OtherKeyError, Sealer, identity_text

_BLOCK = 1 << 20
_HEAD = 4096  # bytes of an archive, more than says whose key opens it
_BELOW = "school/"
_PURPOSE = "backup"
Packing = tuple[str, Path | bytes]  # a path below the school's folder, and where it lies or what it says


def age_identity(key: str) -> str:
    """Return the text with which the program age opens the backups of the school that has this key."""
    return identity_text(key, _PURPOSE)


def write_archive(
    beside: Path, key: str, files: Iterable[Packing], *, told: Callable[[tuple[PackedFile, ...]], bytes]
) -> int:
    """Write these files, and the manifest that is told them, to a new file; return its size. OSError where it cannot.

    A path of CASEBOOK_ROWS is the casebook's rows; every other one lies below the school's folder.
    """
    with _new(beside) as file:
        with (
            Sealer(key, _PURPOSE).writing(file) as plain,
            tarfile.open(fileobj=plain, mode="w|", bufsize=_BLOCK, format=tarfile.PAX_FORMAT) as tar,
        ):
            packed = tuple(_packed(tar, *each) for each in files)
            _packed(tar, MANIFEST, told(packed))
        sync(file)
    return beside.stat().st_size


def read_archive(path: Path, key: str, into: Path) -> tuple[BackupManifest, bytes]:
    """Write the archive's files below an empty folder; return its manifest and the casebook's rows.

    Raises BackupError where it is not whole, or a file is not what the manifest says; OSError where it cannot be kept.
    """
    own, found = dict[str, bytes](), dict[str, PackedFile]()
    with path.open("rb") as file, _in_words(path.name), Sealer(key, _PURPOSE).reading(file) as plain:
        with tarfile.open(fileobj=plain, mode="r|", bufsize=_BLOCK) as tar:
            for member in tar:
                body = tar.extractfile(member) if member.isreg() else None
                if body is None:
                    raise BackupError(_not_ours(path.name))
                if member.name in {MANIFEST, CASEBOOK_ROWS}:
                    own[member.name] = body.read()
                    found[member.name] = _said(member.name, own[member.name])
                else:
                    place = _place(path.name, member.name)
                    found[place] = _unpacked(body, place, into)
        while plain.read(_BLOCK):
            pass  # to the mark of the end
    if not own.keys() == {MANIFEST, CASEBOOK_ROWS}:
        raise BackupError(_not_ours(path.name))
    manifest = read_manifest(own[MANIFEST], path.name)
    if {file.path: file for file in manifest.files} != {name: f for name, f in found.items() if name != MANIFEST}:
        raise BackupError(f"{path.name} does not hold the files that it lists. Take another backup.")
    return manifest, own[CASEBOOK_ROWS]


def key_that_opens(path: Path, keys: Sequence[str]) -> str:
    """Return which of these keys opens an archive; the first where none does. OSError where it cannot be read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for key in keys:
        try:
            Sealer(key, _PURPOSE).open(head)
        except OtherKeyError:
            continue
        except NotOpenedError:  # it was this key's, and is cut short here
            pass
        return key
    return keys[0]


@contextmanager
def _new(path: Path) -> Iterator[BinaryIO]:
    path.unlink(missing_ok=True)
    try:
        with new_private_file(path) as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    """Say why the archive of this name does not open, as a BackupError."""
    try:
        yield
    except OtherKeyError as error:
        raise BackupError(
            f"The key does not open {name}. Put the key that the school had when it was made back, or set AUDIT_KEY; "
            "nothing was changed."
        ) from error
    except ChangedError as error:
        raise BackupError(
            f"{name} was cut or changed since it was made, and nothing of it is used. Take another copy of it, or an "
            "earlier backup; nothing was changed."
        ) from error
    except NotOpenedError as error:
        raise BackupError(f"{name} is no backup that this program made. Choose another file.") from error


class _Hashing:
    """Reads a file, and hashes what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sha256 = hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self.sha256.update(data)
        return data


def _packed(tar: tarfile.TarFile, name: str, what: Path | bytes) -> PackedFile:
    if isinstance(what, bytes):
        _add(tar, name, len(what), BytesIO(what))
        return _said(name, what)
    with what.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        return PackedFile(name, size, _add(tar, name, size, file))


def _add(tar: tarfile.TarFile, name: str, size: int, file: IO[bytes]) -> str:
    member = tarfile.TarInfo(name if name in {MANIFEST, CASEBOOK_ROWS} else f"{_BELOW}{name}")
    member.size = size
    hashing = _Hashing(file)
    tar.addfile(member, hashing)  # type: ignore[arg-type]  # it reads, and does no more
    return hashing.sha256.hexdigest()


def _said(name: str, body: bytes) -> PackedFile:
    return PackedFile(name, len(body), hashlib.sha256(body).hexdigest())


def _unpacked(body: IO[bytes], name: str, into: Path) -> PackedFile:
    target = into / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    hashing = _Hashing(body)
    with _new(target) as file:
        while data := hashing.read(_BLOCK):
            file.write(data)
        size = file.tell()
        sync(file)
    return PackedFile(name, size, hashing.sha256.hexdigest())


def _place(archive: str, name: str) -> str:
    """Return a member's path below the school's folder; BackupError for one that leads elsewhere."""
    path = name.removeprefix(_BELOW)
    if not name.startswith(_BELOW) or not leads_below(path):
        raise BackupError(_not_ours(archive))
    return str(PurePosixPath(path))


def _not_ours(name: str) -> str:
    return f"{name} holds something that no backup holds, so nothing of it is used. Choose another file."
