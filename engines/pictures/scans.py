"""What is remembered of a scanned picture, and when it need not be scanned again.

A picture is scanned again when the masters have changed, unless all that it shows was approved and its masters are
still there. An approval that ends needs no second scan, and no second fetch: what is in the picture stays the same.

Another edition of this engine may see something else, and scans again, for which the picture has to be fetched again.
So what cannot change what is seen makes no other edition: comments, the words of docstrings, and the files that judge
what was seen long before. And an edition that was found to judge as this one does is named in ALIKE.
"""

import ast
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Self

from engines.pictures.album import ScannedPicture
from engines.pictures.features.face_detection import FaceSummary
from engines.pictures.model import PicturePart

# Editions whose every verdict this one would give too. Name one here only when the pictures of `bench.pictures.run`
# were judged by both, part for part the same; leave it out, and each picture is looked at once more.
ALIKE: frozenset[str] = frozenset()

_JUDGE_LATER = ("scans.py", "duplicate_approvals.py", "verdicts/approvals.py", "verdicts/channel_verdicts.py")


@cache
def edition() -> str:
    """Return what tells this engine from every other: a hash over its own code, in whatever folder it is."""
    digest = hashlib.sha256()
    for name, file in sorted(own_files(), key=lambda named: named[0]):
        digest.update(name.encode() + what_it_does(file.read_text(encoding="utf-8"), name).encode())
    return digest.hexdigest()[:16]


def is_as_good(earlier: str) -> bool:
    """Say whether what an earlier edition said of a picture is what this one would say."""
    return earlier == edition() or earlier in ALIKE


def what_it_does(text: str, name: str) -> str:
    """Return the code of a file without its comments and docstrings; a table as it is."""
    if not name.endswith(".py"):
        return text
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    return ast.dump(tree)


def own_files(folder: Traversable | None = None, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    """Yield the code and the tables by which this engine looks at a picture, each with its path inside the engine."""
    for entry in (folder or resources.files("engines.pictures")).iterdir():
        name = prefix + entry.name
        if entry.is_dir():
            yield from own_files(entry, f"{name}/")
        elif entry.name.endswith((".py", ".toml")) and name not in _JUDGE_LATER:
            yield name, entry


FRAME = "#"  # between a video's hash and the number of a frame: a frame is a master of its own


@dataclass(frozen=True, slots=True)
class MasterSet:
    """The hashes of the masters' files: all that are known, those that are there, and the mark of these."""

    known: frozenset[str]
    workspace: frozenset[str]
    mark: str

    @classmethod
    def of(cls, known: Collection[str], workspace: Collection[str], *, people: bool) -> Self:
        """Return the set; the mark tells this engine and these files, scanned in this way, from every other."""
        parts = "\n".join([str(people), *sorted(workspace)])
        mark = f"{edition()}:{hashlib.sha256(parts.encode()).hexdigest()}"
        return cls(frozenset(known), frozenset(workspace), mark)

    @property
    def lost(self) -> frozenset[str]:
        """Return the masters that are known, and whose file is not there any more."""
        return self.known - self.workspace


@dataclass(frozen=True, slots=True)
class PictureScan:
    """What was seen in a picture's bytes beside the masters of `register`, and whether they tell a position."""

    register: str
    picture: ScannedPicture
    has_position: bool | None = None

    def tells_all(self, masters: MasterSet, *, people: bool) -> bool:
        """Say whether no further scan could tell more: made beside these masters, or in need of no other.

        It needs no other when all that the picture shows was approved, by this engine and by masters that are still
        known, and when people were looked for where they are to be. Where only time ran out,
        another scan may tell more.
        """
        if not self.picture.is_final:
            return False
        by_edition, _, beside = self.register.partition(":")
        if not is_as_good(by_edition):
            return False
        if beside == masters.mark.partition(":")[2]:
            return True
        if people and self.picture.faces.people == "unknown":
            return False
        parts = self.picture.parts
        return all(
            part.verdict == "approved" and sha256_of_file(part.master_id or "") in masters.known for part in parts
        )


def sha256_of_file(master: str) -> str:
    """Return the hash of the file that a master is in, from the master's id."""
    return master.partition(FRAME)[0]


def scan_key(sha256: str | None, *, is_ours: bool) -> str | None:
    """Return what a scan is kept under: the hash of the bytes, apart for what others posted."""
    return sha256 if is_ours or sha256 is None else f"theirs:{sha256}"


def with_lost_masters(
    before: tuple[PicturePart, ...], parts: tuple[PicturePart, ...], masters: MasterSet
) -> tuple[PicturePart, ...]:
    """Return the parts with those that were seen before and whose master is not there to be seen again."""
    kept = tuple(part for part in before if sha256_of_file(part.master_id or "") in masters.lost)
    if not kept:
        return parts
    is_whole = len(kept) == len(before)  # nothing else was in the picture
    return kept + tuple(part for part in parts if part.master_id is not None or not is_whole)


def row_of_scan(sha256: str, scan: PictureScan) -> dict[str, Any]:
    """Return a scan as it is kept."""
    picture = scan.picture
    return {
        "sha256": sha256,
        "register": scan.register,
        "parts": json.dumps([asdict(part) for part in picture.parts]),
        "people": picture.faces.people,
        "face_share": picture.faces.face_share,
        "pdq": picture.pdq,
        "has_position": scan.has_position,
    }


def scan_of_row(row: Mapping[str, Any]) -> PictureScan:
    """Return the scan that `row_of_scan` wrote."""
    parts = tuple(_part(written) for written in json.loads(row["parts"]))
    faces = FaceSummary(row["people"], row["face_share"])
    return PictureScan(row["register"], ScannedPicture(parts, faces, row["pdq"]), row["has_position"])


def _part(written: Mapping[str, Any]) -> PicturePart:
    boxes = tuple(tuple(box) for box in written["new_area"])
    where = tuple(written["where"]) if written["where"] else None
    return PicturePart(**{**written, "new_area": boxes, "where": where, "transform": tuple(written["transform"])})
