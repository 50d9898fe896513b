"""Which files of a school go into its backup: all but the platforms' keys, locks, and what killed writes left."""

import os
from collections.abc import Iterator
from pathlib import Path

from warehouse.privacy.left_overs import left_overs
from warehouse.runs.run_progress import RUNNING, STARTED
from warehouse.store.places import Places

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
