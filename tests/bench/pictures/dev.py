"""Real photographs to tune and report on, where they lie beside the checkout; split by photograph, never by file."""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

DEV = Path(__file__).parents[4] / "shared" / "dev" / "pictures"
CELLS = 4  # of a collage
Half = Literal["tune", "report"]


@dataclass(frozen=True, slots=True)
class PostedCase:
    """One posted file: what was done to it, the masters in it, and for a negative the master whose scene it shows."""

    name: str
    read: Callable[[], bytes]
    transform: str
    masters: tuple[str, ...]
    scene_of: str | None
    half: Half

    @property
    def negative(self) -> bool:
        """Say whether it is a picture that no master approves."""
        return not self.masters

    @property
    def is_mixed(self) -> bool:
        """Say whether a page shows a photograph that no master approves beside those that are in it."""
        return self.transform == "collage_2x2" and 0 < len(self.masters) < CELLS


def half_of(name: str) -> Half:
    """Return the half that a photograph belongs to, whatever was made of it."""
    return "tune" if hashlib.sha256(name.encode()).digest()[0] % 2 == 0 else "report"


def cases(folder: Path = DEV) -> list[PostedCase]:
    """Return every posted file with its truth; a collage belongs to the half of its first part."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (folder / "truth.csv").open(encoding="utf-8") as source:
        for row in csv.DictReader(source):
            rows[row["posted_file"]].append(row)
    made = []
    for name, some in sorted(rows.items()):
        masters = tuple(row["approved_file"] for row in some if row["approved_file"])
        scene_of = some[0]["scene_of"] or None
        of = masters[0] if masters else scene_of or name
        read = (folder / "posted" / name).read_bytes
        made.append(PostedCase(name, read, some[0]["transform"], masters, scene_of, half_of(of)))
    return made


def masters(folder: Path = DEV) -> dict[str, Path]:
    """Return the approved files by name."""
    return {path.name: path for path in sorted((folder / "approved").iterdir())}
