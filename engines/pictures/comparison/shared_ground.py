"""What a match rests on: the photograph itself, or only a strip, a crest and words that two posters share."""

from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.comparison.difference import Difference
from engines.pictures.picture import Mask, Pixels

_MIDDLING = (8, 50)  # grey levels within five pixels: less is flat, more is an outline or a letter
_LITTLE, _SOME = 0.01, 0.03  # of the frame: less photographic ground that disagrees says nothing, or not by itself
_PHOTOGRAPHIC = 0.42  # of what both show like a photograph, that must agree: between 0.31 and 0.63 on the tune half
_NOTHING = 0.02  # of the frame: with less photographic ground that agrees, a part of a master is not known again
_LETTERS, _FLAT = 0.15, 0.5  # of agreeing detail that is a photograph's, below; of agreeing ground that is flat, above


@dataclass(frozen=True, slots=True)
class SharedGround:
    """Shares of the frame that both show like a photograph, for and against, and whether only a layout agrees."""

    supporting: float
    against: float
    is_layout: bool

    def is_shared_layout(self, *, part_only: bool) -> bool:
        """Say whether two posters only share a layout; `part_only` when no more than a part of the master is there."""
        if part_only and self.supporting < _NOTHING:
            return True
        if self.is_layout and (part_only or self.against >= _LITTLE):
            return True
        return self.against >= _SOME and self.supporting < _PHOTOGRAPHIC * (self.supporting + self.against)


def weigh_ground(posted: Pixels, master: Pixels, difference: Difference, agreed: Mask) -> SharedGround:
    """Weigh the ground of two pictures laid upon each other; `agreed` is where nothing was cut off or drawn over.

    A photograph in the cell of a collage agrees where it is shown, and what lies beyond its cell weighs against it. Of
    two posters in one layout the flat parts and the words agree, and the photographs do not.
    """
    comparable = max(_count(difference.valid), 1)
    first, second = _ranges(posted), _ranges(master)
    photographic = _middling(first) & _middling(second)
    against = _count(difference.valid & difference.textured & ~difference.correlated & photographic)
    detail = agreed & difference.textured & difference.correlated
    speaking = _count(detail & photographic)
    flat = _count(agreed & (second < _MIDDLING[0])) / max(_count(agreed), 1)
    lettered = speaking < _LETTERS * _count(detail)
    return SharedGround(speaking / comparable, against / comparable, lettered and flat > _FLAT)


def _ranges(lightness: Pixels) -> Pixels:
    ring = np.ones((5, 5), np.uint8)
    return np.asarray(cv2.subtract(cv2.dilate(lightness, ring), cv2.erode(lightness, ring)), np.uint8)


def _middling(ranges: Pixels) -> Mask:
    """Return where the lightness changes as it does within a photograph."""
    return np.asarray((ranges >= _MIDDLING[0]) & (ranges <= _MIDDLING[1]))


def _count(mask: Mask) -> int:
    return int(np.count_nonzero(mask))
