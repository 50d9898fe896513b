"""How much of a master's frame a post shows: the cell of a collage and the bars of a thumbnail cut it straight off."""

from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.difference import Difference
from engines.pictures.picture import Box, Mask, Numbers

_GONE, _THERE = 0.45, 0.72  # shares of a line that agree: hardly any, most
_SUDDEN = 14  # pixels within which a straight cut goes from the one to the other
_MOST = 0.8  # of a side that may be cut off


@dataclass(frozen=True, slots=True)
class Shown:
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


def shown(difference: Difference) -> Shown:
    """Return the part of the ground that is the master's, cut off along straight lines only."""
    differs = cv2.morphologyEx(difference.differs.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)) > 0
    agrees = difference.valid & ~differs & (difference.alike | ~difference.textured)
    height, width = agrees.shape
    left = top = 0
    right, bottom = width, height
    for _ in range(2):  # a cut across hides a cut along until it is taken off
        window = np.s_[top:bottom, left:right]
        across = _share(agrees[window], difference.valid[window], axis=0)
        left, right = left + _cut(across), right - _cut(across[::-1])
        window = np.s_[top:bottom, left:right]
        along = _share(agrees[window], difference.valid[window], axis=1)
        top, bottom = top + _cut(along), bottom - _cut(along[::-1])
    return Shown((left, top, right - left, bottom - top), left > 0, top > 0, right < width, bottom < height)


def _share(agrees: Mask, valid: Mask, axis: int) -> Numbers:
    """Return for each line the share of it that agrees; a line that cannot be compared counts as its neighbours do."""
    counts, whole = (
        cv2.reduce(one.astype(np.uint8), axis, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel() for one in (agrees, valid)
    )
    known = np.flatnonzero(whole >= 4)
    if not len(known):
        return np.ones(len(whole), np.float32)
    return np.asarray(np.interp(np.arange(len(whole)), known, counts[known] / whole[known]), np.float32)


def _cut(shares: Numbers) -> int:
    """Return how many lines to take off at the start: none unless they are gone and end suddenly."""
    there = np.flatnonzero(shares[: int(len(shares) * _MOST)] >= _THERE)
    if not len(there) or there[0] < 4:
        return 0
    end = int(there[0])
    before = shares[: max(end - _SUDDEN, 1)]
    return end if float(before.mean()) < _GONE else 0
