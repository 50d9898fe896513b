"""What is said of a posted picture, in plain values; nothing here needs a library for images."""

from dataclasses import dataclass
from typing import Literal

Box = tuple[int, int, int, int]  # x, y, width, height
Verdict = Literal["approved", "altered", "unapproved", "unreadable"]


@dataclass(frozen=True, slots=True)
class PicturePart:
    """What is to be said of one part of a posted picture, and all that a reviewer needs to see why."""

    verdict: Verdict
    master_id: str | None = None
    distance: int | None = None
    inliers: int = 0
    agreement: float = 0.0
    quality: int = 0
    transform: tuple[str, ...] = ()
    new_area: tuple[Box, ...] = ()
    where: Box | None = None
    why: str = ""
