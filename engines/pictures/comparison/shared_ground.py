"""How much of a master's frame a post shows, and whether that is the photograph itself or only a layout.

The cell of a collage and the bars of a thumbnail cut it straight off; two posters share a strip, a crest and words.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.comparison.difference import Difference
from engines.pictures.model import Box
from engines.pictures.picture import Mask, Numbers, Pixels, box_mask, lightness_range, pixel_count

_DISAGREES, _AGREES = 0.45, 0.72  # shares of a line that agree: hardly any, most
_STEEP = 14  # pixels within which a straight cut goes from the one to the other
_MOST = 0.8  # of a side that may be cut off


@dataclass(frozen=True, slots=True)
class VisibleArea:
    """The part of the compared ground where the master is shown at all, and which of its sides were cut off there."""

    box: Box
    left: bool
    top: bool
    right: bool
    bottom: bool

    def mask(self, shape: tuple[int, ...]) -> Mask:
        """Return the part as a mask."""
        return box_mask([self.box], shape)


def visible_area(difference: Difference) -> VisibleArea:
    """Return the part of the ground that is the master's, cut off along straight lines only."""
    differs = cv2.morphologyEx(difference.differs.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)) > 0
    agrees = difference.valid & ~differs & (difference.correlated | ~difference.textured)
    height, width = agrees.shape
    left = top = 0
    right, bottom = width, height
    for _ in range(2):  # a cut across hides a cut along until it is taken off
        window = np.s_[top:bottom, left:right]
        across = _agreeing_share(agrees[window], difference.valid[window], axis=0)
        left, right = left + _lines_cut_off(across), right - _lines_cut_off(across[::-1])
        window = np.s_[top:bottom, left:right]
        along = _agreeing_share(agrees[window], difference.valid[window], axis=1)
        top, bottom = top + _lines_cut_off(along), bottom - _lines_cut_off(along[::-1])
    return VisibleArea((left, top, right - left, bottom - top), left > 0, top > 0, right < width, bottom < height)


def _agreeing_share(agrees: Mask, valid: Mask, axis: int) -> Numbers:
    """Return for each line the share of it that agrees; a line that cannot be compared counts as its neighbours do."""
    counts, totals = (
        cv2.reduce(mask.astype(np.uint8), axis, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel() for mask in (agrees, valid)
    )
    comparable = np.flatnonzero(totals >= 4)
    if not len(comparable):
        return np.ones(len(totals), np.float32)
    shares = np.interp(np.arange(len(totals)), comparable, counts[comparable] / totals[comparable])
    return np.asarray(shares, np.float32)


def _lines_cut_off(shares: Numbers) -> int:
    """Return how many lines to take off at the start: none unless they are gone and end suddenly."""
    agreeing = np.flatnonzero(shares[: int(len(shares) * _MOST)] >= _AGREES)
    if not len(agreeing) or agreeing[0] < 4:
        return 0
    end = int(agreeing[0])
    before = shares[: max(end - _STEEP, 1)]
    return end if float(before.mean()) < _DISAGREES else 0


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
    comparable = max(pixel_count(difference.valid), 1)
    first, second = lightness_range(posted, 5), lightness_range(master, 5)
    photographic = _middling(first) & _middling(second)
    against = pixel_count(difference.valid & difference.textured & ~difference.correlated & photographic)
    detail = agreed & difference.textured & difference.correlated
    speaking = pixel_count(detail & photographic)
    flat = pixel_count(agreed & (second < _MIDDLING[0])) / max(pixel_count(agreed), 1)
    lettered = speaking < _LETTERS * pixel_count(detail)
    return SharedGround(speaking / comparable, against / comparable, lettered and flat > _FLAT)


def _middling(ranges: Pixels) -> Mask:
    """Return where the lightness changes as it does within a photograph."""
    return np.asarray((ranges >= _MIDDLING[0]) & (ranges <= _MIDDLING[1]))
