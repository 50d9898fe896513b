"""Looks at posted pictures beside a school's masters, each picture once, and remembers what was seen.

A picture is looked at again when the masters have changed, unless all that it shows was approved and its masters are
still there. An approval that ends needs no second look, and no second fetch: what is in the picture stays the same.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from engines.pictures.album import Looked, looked_at
from engines.pictures.edition import edition
from engines.pictures.opening import Opener
from engines.pictures.people import Seen
from engines.pictures.picture import Part
from engines.pictures.position import has_position
from engines.pictures.register import Register
from flows.pictures.masters import Kept, MasterFile, MasterReader, Masters, sha256_of_file


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen in a picture's bytes beside the masters of `register`, and whether they tell a position."""

    register: str
    looked: Looked
    has_position: bool | None = None

    def tells_all(self, masters: Masters, *, people: bool) -> bool:
        """Say whether no further look could tell more: made beside these masters, or in need of no other.

        It needs no other when all that the picture shows was approved, by this engine and by masters that are still
        known, and when people were looked for where they are to be.
        """
        if self.register == masters.mark:
            return True
        if not self.register.startswith(edition()) or (people and self.looked.seen.people == "unknown"):
            return False
        parts = self.looked.parts
        return all(p.verdict == "approved" and sha256_of_file(p.master_id or "") in masters.all for p in parts)


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
    _known: Masters = field(init=False)
    _reader: MasterReader = field(init=False)
    _register: Register | None = None

    def __post_init__(self) -> None:
        """See which masters are there."""
        self._known = Masters.of(self.files, people=self.people)
        self._reader = MasterReader(self._known.at_hand, self.opener)

    @property
    def masters(self) -> frozenset[str]:
        """The hashes of the masters' files, of those too that are not there any more."""
        return self._known.all

    def ids_of(self, sha256: str) -> list[str]:
        """Return the ids of the masters in one file, none when it cannot be read; each file is read once."""
        if sha256 not in self.features and sha256 not in self._known.at_hand:
            return []
        if sha256 not in self.features:
            self.features[sha256] = self.new_features[sha256] = self._reader.features(sha256)
        return [master for master, _ in self.features[sha256]]

    def look(self, key: str | None, read: Callable[[], bytes | None], *, is_ours: bool = True) -> Look | None:
        """Return what is seen in a picture; None where there are neither bytes nor anything remembered of them.

        `read` gives the bytes, which are asked for only where the picture has to be looked at. Nobody looks for people
        in a picture that the school did not post.
        """
        known = self.looks.get(key or "")
        if known and self.is_fresh(known, is_ours=is_ours):
            return known
        body = read()
        if body is None or key is None:
            return known
        looked = looked_at(body, self._engine(), self.opener, people=self.people and is_ours)
        looked = replace(looked, parts=self._with_lost(known, looked.parts))
        self.looks[key] = self.new_looks[key] = Look(self._known.mark, looked, has_position(body))
        return self.looks[key]

    def is_fresh(self, look: Look, *, is_ours: bool) -> bool:
        """Say whether a look still tells all that there is to be told of a picture."""
        return look.tells_all(self._known, people=self.people and is_ours)

    def _with_lost(self, known: Look | None, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Return the parts with those that were seen before and whose master is not there to be seen again."""
        before = known.looked.parts if known else ()
        lost = self.masters - self._known.at_hand.keys()
        kept = tuple(part for part in before if sha256_of_file(part.master_id or "") in lost)
        if not kept:
            return parts
        is_whole = len(kept) == len(before)  # nothing else was in the picture
        return kept + tuple(part for part in parts if part.master_id is not None or not is_whole)

    def _engine(self) -> Register:
        if self._register is None:
            kept = {master: body for sha256 in self._known.at_hand for master, body in self.features[sha256]}
            with threadpool_limits(1):
                self._register = Register.from_features(
                    sorted(kept.items()), self._reader.see, self._reader.see_closely
                )
        return self._register


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
        "has_position": look.has_position,
    }


def look_of(row: Mapping[str, Any]) -> Look:
    """Return the look that `row_of` wrote."""
    parts = tuple(_part(one) for one in json.loads(row["parts"]))
    return Look(row["register"], Looked(parts, Seen(row["people"], row["face_share"]), row["pdq"]), row["has_position"])


def _part(written: Mapping[str, Any]) -> Part:
    boxes = tuple(tuple(box) for box in written["new_area"])
    where = tuple(written["where"]) if written["where"] else None
    return Part(**{**written, "new_area": boxes, "where": where, "transform": tuple(written["transform"])})
