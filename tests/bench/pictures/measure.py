"""Runs the engine over cases and counts what it said, transform by transform, with its own time and its child's."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engines.pictures.album import open_album, scan_picture
from engines.pictures.decoding.sandbox import Opener
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.model import PicturePart
from tests.bench.pictures.crowd import crowded
from tests.bench.pictures.dev import PostedCase

_CHILDS = "/proc/{}/schedstat"


@dataclass(slots=True)
class TransformCounts:
    """Counts of one transform: `parts` are the masters that should have been found."""

    pictures: int = 0
    parts: int = 0
    found: int = 0
    altered: int = 0
    beside: int = 0
    wrong: int = 0
    linked: int = 0
    passed: int = 0
    by_hash: int = 0
    opening: float = 0.0
    looking: float = 0.0
    misjudged: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Return the seconds of one core that these pictures took, decoding included."""
        return self.opening + self.looking


@dataclass(frozen=True, slots=True)
class PictureOutcome:
    """What the engine said of one case, and the seconds that it took."""

    case: PostedCase
    body: bytes
    parts: tuple[PicturePart, ...]
    opening: float
    looking: float

    @property
    def wanted(self) -> list[str]:
        """Return the masters that are in it."""
        return list(dict.fromkeys(self.case.masters))

    @property
    def right(self) -> list[PicturePart]:
        """Return the parts that name a master that is in it."""
        said = {part.master_id: part for part in self.parts}
        return [said[name] for name in self.wanted if name in said]

    @property
    def altered(self) -> list[PicturePart]:
        """Return the parts that are its master's and were called altered."""
        return [part for part in self.right if part.verdict == "altered"]

    @property
    def beside(self) -> list[PicturePart]:
        """Return the parts that say that something unapproved stands beside a master that is in it."""
        return [part for part in self.parts if self.wanted and part.master_id is None and not self.case.is_mixed]

    @property
    def wrong(self) -> list[PicturePart]:
        """Return the parts that name a master that is not in it."""
        known = {*self.wanted, self.case.scene_of, None}
        return [part for part in self.parts if part.master_id not in known]

    @property
    def passed(self) -> bool:
        """Say whether a picture that nobody approved was passed."""
        if self.case.is_mixed:
            return all(part.verdict == "approved" for part in self.parts)
        return self.case.negative and any(part.verdict == "approved" for part in self.parts)

    @property
    def misjudged(self) -> bool:
        """Say whether anything was said of it that is not so."""
        return bool(self.wrong or self.altered or self.beside or self.passed or len(self.right) < len(self.wanted))


def register_of(masters: Mapping[str, Callable[[], bytes]], opener: Opener, size: int = 0) -> MasterIndex:
    """Return a register of these files, with masters of no photograph added up to a size."""
    register = open_album(masters, lambda name: masters[name](), opener).register
    return crowded(register, size) if size > len(register) else register


def measured(some: Iterable[PostedCase], register: MasterIndex, opener: Opener) -> dict[str, TransformCounts]:
    """Return the counts for these cases."""
    tallies: dict[str, TransformCounts] = {}
    for one in answers(some, register, opener):
        count(tallies.setdefault(one.case.transform, TransformCounts()), one)
    return tallies


def answers(some: Iterable[PostedCase], register: MasterIndex, opener: Opener) -> Iterator[PictureOutcome]:
    """Yield what the engine says of each case, faces included; seconds are of this process and of its child."""
    for case in some:
        body = case.read()
        begun = spent(opener)
        opener.open(body)
        opened = spent(opener)
        parts = scan_picture(body, register, opener).parts
        yield PictureOutcome(case, body, parts, opened - begun, spent(opener) - opened - (opened - begun))


def spent(opener: Opener) -> float:
    """Return the seconds of processor time that this process and the child that decodes have taken."""
    child = Path(_CHILDS.format(opener.child)) if opener.child else None
    other = int(child.read_text().split()[0]) / 1e9 if child is not None and child.is_file() else 0.0
    return time.process_time() + other


def count(tally: TransformCounts, one: PictureOutcome) -> None:
    """Add one picture's verdicts to the counts."""
    tally.pictures += 1
    tally.parts += len(one.wanted)
    tally.found += len(one.right)
    tally.by_hash += any(part.master_id is not None and part.inliers == 0 for part in one.parts)
    tally.altered += len(one.altered)
    tally.beside += bool(one.beside)
    tally.wrong += bool(one.wrong)
    tally.linked += one.case.negative and any(
        part.master_id == one.case.scene_of for part in one.parts if part.master_id
    )
    tally.passed += one.passed
    tally.opening += one.opening
    tally.looking += one.looking
    if one.misjudged:
        tally.misjudged.append(one.case.name)
