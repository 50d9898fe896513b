"""What is said of a posted picture, in plain values; nothing here needs a library for images."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Box = tuple[int, int, int, int]  # x, y, width, height
Verdict = Literal["approved", "altered", "unapproved", "unreadable"]
Problem = Literal["too_large", "too_slow", "too_many", "truncated", "not_a_picture"]
UNREADABLE: Mapping[str, str] = {
    "too_large": "The picture is too large to be looked at safely.",
    "too_slow": "The picture takes too long to be looked at.",
    "too_many": "The picture moves, and shows more than can be looked at.",
    "truncated": "The picture's file is broken off.",
    "not_a_picture": "The file is no picture that can be read.",
}


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
