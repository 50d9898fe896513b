"""How much of a master's frame a post shows: the cell of a collage and the bars of a thumbnail cut it straight off."""

from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.comparison.difference import Difference
from engines.pictures.model import Box
from engines.pictures.picture import Mask, Numbers

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
        made = np.zeros(shape, bool)
        x, y, width, height = self.box
        made[y : y + height, x : x + width] = True
        return made


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
    return np.asarray(
        np.interp(np.arange(len(totals)), comparable, counts[comparable] / totals[comparable]), np.float32
    )


def _lines_cut_off(shares: Numbers) -> int:
    """Return how many lines to take off at the start: none unless they are gone and end suddenly."""
    agreeing = np.flatnonzero(shares[: int(len(shares) * _MOST)] >= _AGREES)
    if not len(agreeing) or agreeing[0] < 4:
        return 0
    end = int(agreeing[0])
    before = shares[: max(end - _STEEP, 1)]
    return end if float(before.mean()) < _DISAGREES else 0
