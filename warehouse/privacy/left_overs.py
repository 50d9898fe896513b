"""Copies and unfinished files below a home: what an upgrade kept, and what a killed write left beside its place.

They hold what the whole files held on their day. An erasure deletes all of them; a copy from before an upgrade goes 28
days after it was made, with the next run or deletion that ends well.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from warehouse.store.places import Places

KEPT = timedelta(days=28)

_OF_CASEBOOK = ("before-*", "copying")
_OF_SCHOOL = (
    "warehouse.new*",
    "published.new*",
    "settled.part.duckdb*",
    "*.part",
    "erasures/*.part",
    "reports/*/.*.part",
    ".*.new",
    "registers/**/.*.new",
    "photographs/**/.*.new",
)


def left_overs(places: Places) -> list[Path]:
    """Return every copy and unfinished file; whoever is writing one of them finds it gone, and changes nothing."""
    of_casebook = (path for end in _OF_CASEBOOK for path in places.home.glob(f"{places.casebook.name}.{end}"))
    of_school = (path for name in _OF_SCHOOL for path in places.folder.glob(name))
    of_restores = (path for folder in restoring(places) for path in folder.rglob("*"))
    return sorted({path for path in (*of_casebook, *of_school, *of_restores) if path.is_file()})


def restoring(places: Places) -> list[Path]:
    """Return the folders in which backups of this school are being read, or were when a kill came."""
    return list(places.home.glob(f".{places.school}.restoring-*"))


def drop_old_copies(places: Places, now: datetime) -> int:
    """Delete the copies from before upgrades that are older than 28 days; return how many there were."""
    copies = places.home.glob(f"{places.casebook.name}.before-*")
    old = [path for path in copies if datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - KEPT]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
