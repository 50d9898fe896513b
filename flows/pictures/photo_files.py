"""The files of approved photographs that are not in the school's folder, and what there is like their names."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import duckdb
from rapidfuzz import fuzz, process

from engines.pictures.features.descriptors import PictureFeatures
from flows.home.keys import find_key
from flows.home.settings import ConfigurationError, Settings
from warehouse.runs import run_memory
from warehouse.store.open import WarehouseError, opened
from warehouse.store.places import Places


def kept_features(settings: Settings, places: Places) -> dict[str, bytes]:
    """Return the features of photographs by the SHA-256 of their files; none where no run can be read just now.

    What is missing is only made anew.
    """
    if not places.warehouse.exists():
        return {}
    try:
        with opened(places.warehouse, find_key(settings, places), read_only=True) as db:
            every = run_memory.features(db)
    except (ConfigurationError, WarehouseError, duckdb.CatalogException):
        return {}
    return {
        sha256: body
        for sha256, masters in every.items()
        for master, body in masters
        if master == sha256 and PictureFeatures.is_current(body)
    }


LIKE = 80.0  # of 100, for what stands before the suffix


def is_there(path: Path, folder: Path) -> bool:
    """Say whether a file stands here, inside the folder; False where nobody may look."""
    try:
        return path.is_file() and path.resolve().is_relative_to(folder.resolve())
    except OSError:
        return False


def lost_files(folder: Path, names: Iterable[str]) -> dict[str, str | None]:
    """Return the files of a register that are not in the folder, each with the name of another that is most like it."""
    wanted = list(dict.fromkeys(names))
    lost = [name for name in wanted if not is_there(folder / name, folder)]
    if not lost:
        return {}
    others = sorted({path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - set(wanted))
    stems = {name: _stem(name) for name in others}
    return {name: _nearest(_stem(name), stems) for name in lost}


def _nearest(stem: str, stems: dict[str, str]) -> str | None:
    match = process.extractOne(stem, stems, scorer=fuzz.ratio, score_cutoff=LIKE)
    return str(match[2]) if match else None


def _stem(name: str) -> str:
    """Return a file's name without its folder and suffix, in small letters and without what only sets words apart."""
    return "".join(sign for sign in PurePosixPath(name).stem.casefold() if sign.isalnum())
