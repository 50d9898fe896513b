"""What is remembered of a scanned picture, and when it need not be scanned again.

A picture is scanned again when the masters have changed, unless all that it shows was approved and its masters are
still there. An approval that ends needs no second scan, and no second fetch: what is in the picture stays the same.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from engines.pictures.album import ScannedPicture
from engines.pictures.edition import edition, is_as_good
from engines.pictures.features.face_detection import FaceSummary
from engines.pictures.model import PicturePart

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
