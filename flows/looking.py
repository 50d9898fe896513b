"""Looks at posted pictures beside a school's masters, each picture once, and remembers what was seen.

A picture is looked at again when the masters have changed, unless all that it shows was approved and its masters are
still there. An approval that ends needs no second look, and no second fetch: what is in the picture stays the same.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from checks.pictures.album import Looked, looked_at
from checks.pictures.edition import edition
from checks.pictures.opening import Opener
from checks.pictures.people import Seen
from checks.pictures.picture import Part
from checks.pictures.register import Register
from flows.masters import Kept, MasterFile, MasterReader, register_of, sha256_of_file


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen in a picture's bytes beside the masters of `register`."""

    register: str
    looked: Looked

    def is_settled(self, masters: Collection[str]) -> bool:
        """Say whether all that the picture shows was approved, by this engine and by masters that are still there."""
        if not self.register.startswith(edition()):
            return False
        parts = self.looked.parts
        return all(p.verdict == "approved" and sha256_of_file(p.master_id or "") in masters for p in parts)


@dataclass(slots=True)
class Looker:
    """One run's masters, what is remembered of them and of pictures, and what is new of either."""

    files: Sequence[MasterFile]
    people: bool
    opener: Opener
    features: dict[str, list[Kept]]
    looks: dict[str, Look]
    new_features: dict[str, list[Kept]] = field(default_factory=dict)
    new_looks: dict[str, Look] = field(default_factory=dict)
    _register: Register | None = None

    @property
    def masters(self) -> frozenset[str]:
        """The hashes of the masters' files, of those too that are not there any more."""
        return frozenset(one.sha256 for one in self.files if one.sha256)

    @property
    def at_hand(self) -> dict[str, MasterFile]:
        """The masters' files that are there, by their hashes."""
        return {one.sha256: one for one in self.files if one.sha256 and one.is_there}

    @property
    def mark(self) -> str:
        """What tells the masters that are there from every other set."""
        return register_of(self.at_hand, people=self.people)

    def ids_of(self, sha256: str) -> list[str]:
        """Return the ids of the masters in one file, none when it cannot be read; each file is read once."""
        if sha256 not in self.features and sha256 not in self.at_hand:
            return []
        if sha256 not in self.features:
            self.features[sha256] = self.new_features[sha256] = self._reader().features(sha256)
        return [master for master, _ in self.features[sha256]]

    def look(self, key: str | None, body: bytes | None, *, is_ours: bool = True) -> Look | None:
        """Return what is seen in a picture; None where there are neither bytes nor anything remembered of them.

        Nobody looks for people in a picture that the school did not post.
        """
        known = self.looks.get(key or "")
        if known and (body is None or known.register == self.mark or known.is_settled(self.masters)):
            return known
        if body is None or key is None:
            return None
        looked = looked_at(body, self._engine(), self.opener, people=self.people and is_ours)
        self.looks[key] = self.new_looks[key] = Look(self.mark, looked)
        return self.looks[key]

    def _engine(self) -> Register:
        if self._register is None:
            kept = {master: body for sha256 in self.at_hand for master, body in self.features[sha256]}
            with threadpool_limits(1):
                self._register = Register.from_features(sorted(kept.items()), self._reader().see)
        return self._register

    def _reader(self) -> MasterReader:
        return MasterReader(self.at_hand, self.opener)


def key_of(sha256: str | None, *, is_ours: bool) -> str | None:
    """Return what a look is kept under: the hash of the bytes, apart for what others posted."""
    return sha256 if is_ours or sha256 is None else f"theirs:{sha256}"


def row_of(sha256: str, look: Look) -> dict[str, Any]:
    """Return a look as it is kept."""
    looked = look.looked
    return {
        "sha256": sha256,
        "register": look.register,
        "parts": json.dumps([asdict(part) for part in looked.parts]),
        "people": looked.seen.people,
        "face_share": looked.seen.face_share,
        "pdq": looked.pdq,
        "quality": looked.parts[0].quality,
    }


def look_of(row: Mapping[str, Any]) -> Look:
    """Return the look that `row_of` wrote."""
    parts = tuple(_part(one) for one in json.loads(row["parts"]))
    return Look(row["register"], Looked(parts, Seen(row["people"], row["face_share"]), row["pdq"]))


def _part(written: Mapping[str, Any]) -> Part:
    boxes = tuple(tuple(box) for box in written["new_area"])
    where = tuple(written["where"]) if written["where"] else None
    return Part(**{**written, "new_area": boxes, "where": where, "transform": tuple(written["transform"])})
