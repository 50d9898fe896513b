"""Files of keys: how one is made, and what a rotation leaves, the key for hashes and the old keys that are needed yet.

Hashes go on being made with the school's first key, or nobody who was erased, no decision and no pupil without an id
would be known again. After a rotation it lies in the school's folder, sealed with the newest, which says by its first
letters that it must.
"""

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import make_url

from flows.home.settings import ConfigurationError, Settings
from warehouse.store.places import Places
from warehouse.store.private_files import put_in_place, write_new_file
from warehouse.store.sealing import NotOpenedError, Sealer, name_of_key

ROTATED = "rotated-"  # how a key begins that is not the school's first
NAMES = "names.sealed"
_PURPOSE = "key of hashes"
_NAME = re.compile(r"\.key\.(\d{4}-\d\d-\d\d)\.([0-9a-f]{16})")


def names_key(folder: Path, key: str) -> str:
    """Return the key with which hashes are made; ConfigurationError where a rotated key's is not there."""
    path = folder / NAMES
    if not path.exists():
        if not key.startswith(ROTATED):
            return key
        raise ConfigurationError(
            f"{path} is gone, by which people who were erased are known again, so nothing was done. Put it back from "
            "the last backup."
        )
    try:
        return Sealer(key, _PURPOSE).open(path.read_bytes()).decode()
    except NotOpenedError as error:
        raise ConfigurationError(
            f"The key does not open {path}. If the key was changed since this was begun, as a desk, begin it anew; "
            "never put an old key in its place. Else put the right key back, or the file."
        ) from error


def keep_names_key(folder: Path, old: str, new: str) -> None:
    """Keep the key of hashes under a new key; one that is under it already is left."""
    try:
        names_key(folder, new)
    except ConfigurationError:
        put_in_place(folder / NAMES, Sealer(new, _PURPOSE).seal(names_key(folder, old).encode()))


def casebook_file(settings: Settings, places: Places) -> Path:
    """Return the file of a casebook that is not on a server."""
    named = make_url(settings.casebook_url).database if settings.casebook_url else None
    return Path(named) if named else places.casebook


def write_key(path: Path) -> None:
    """Make a key, its owner's alone, that appears whole; one that is there by then is left as it is."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_new_file(unfinished, f"{secrets.token_urlsafe(48)}\n".encode())
        with suppress(FileExistsError):
            os.link(unfinished, path)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            unfinished.unlink()


@dataclass(frozen=True, slots=True)
class OldKey:
    """A key that backups need yet: where it lies, until which day, and the id by which it is called."""

    path: Path
    until: date
    key_id: str


def old_keys(key: Path) -> list[OldKey]:
    """Return the keys that were in this file before, the one that is needed longest first."""
    found = [(path, _NAME.search(path.name)) for path in key.parent.glob(f"{key.name}.*")]
    kept = [OldKey(path, date.fromisoformat(name[1]), name[2]) for path, name in found if name is not None]
    return sorted(kept, key=lambda each: each.until, reverse=True)


def keep_old_key(place: Path, key: str, until: date) -> OldKey:
    """Keep a key of this file for what was made with it; one that is kept already stays as it is."""
    key_id = name_of_key(key)
    for each in old_keys(place):
        if each.key_id == key_id:
            return each
    path = place.with_name(f"{place.name}.{until}.{key_id}")
    put_in_place(path, f"{key}\n".encode())
    return OldKey(path, until, key_id)


def drop_old_keys(places: Places, today: date) -> None:
    """Destroy each old key, of the school or the casebook, whose last backup or copy may be kept no longer."""
    for each in (*old_keys(places.key), *old_keys(places.casebook_key)):
        if each.until < today:
            destroy(each.path)


def destroy(path: Path) -> None:
    """Write over a key before it is deleted; a disk that copies on write may keep it until it needs room."""
    if path.exists():
        path.write_bytes(b"\0" * path.stat().st_size)
        path.unlink()
