"""The files of approved photographs that are not in the school's folder, and what there is like their names."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from rapidfuzz import fuzz, process

LIKE = 80.0  # of 100, for what stands before the suffix


def is_there(path: Path, folder: Path) -> bool:
    """Say whether a file stands here, inside the folder; False where nobody may look."""
    try:
        return path.is_file() and path.resolve().is_relative_to(folder.resolve())
    except OSError:
        return False


def lost_files(folder: Path, names: Iterable[str]) -> dict[str, str | None]:
    """Return the files of these names that are not in the folder, each with the name most like it that is.

    `names` are as a register has them. A file that the register names itself is like no other.
    """
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
