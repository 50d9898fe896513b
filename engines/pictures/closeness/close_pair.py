"""Lays a master upon a post with all the pixels that both have, and mends by what is seen where its points put it.

Points are found at 448 pixels, and a map made of them may miss by two pixels at 1,280. So blocks of the two are looked
for near their places, and one affine correction that most blocks agree on is put into the map.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from engines.pictures.picture import FINE_SIDE, Mask, Pixels, grey
from engines.pictures.registration.overlay import AlignedPair, align_pair
from engines.pictures.registration.placement import AffineMap

_ROUGH_SIDE = 640  # the same when the map is mended
_BLOCK, _REACH, _STEP = 32, 6, 56  # pixels: a side of a block, how far it is looked for, and from block to block
_LEAST_CONTRAST = 8.0  # grey levels with which a block says where it lies
_FOUND = 0.7  # correlation from which a block is found again
_AGREED = 0.6  # pixels by which a block may miss the correction
_FEWEST = 8  # blocks, below which the map is left as it is


@dataclass(frozen=True, eq=False)
class ClosePair:
    """Both pictures in their colours, how the one lies upon the other, and their lightness laid upon each other."""

    posted: Pixels
    master: Pixels
    placing: AffineMap  # from the master's pixels to the post's
    pair: AlignedPair

    @cached_property
    def colours(self) -> AlignedPair | None:
        """The two in their colours, of the same size as the pair."""
        return align_pair(self.posted, self.master, self.placing, FINE_SIDE)


def align_closely(posted: Pixels, master: Pixels, placing: AffineMap) -> ClosePair | None:
    """Return the two laid upon each other as finely as both allow; None when hardly anything is shared."""
    shades = grey(posted), grey(master)
    rough = align_pair(*shades, placing, _ROUGH_SIDE)
    if rough is None:
        return None
    mended = _mended_map(placing, rough)
    pair = align_pair(*shades, mended, FINE_SIDE)
    return None if pair is None else ClosePair(posted, master, mended, pair)


def finer_map(placing: AffineMap, posted: float, master: float) -> AffineMap:
    """Return a map for a post and a master with so many times the pixels a side; it speaks of pixels' middles."""
    linear = placing[:, :2]
    shift = posted * (placing[:, 2] + 0.5 + linear @ np.full(2, 0.5 / master - 0.5)) - 0.5
    return np.column_stack([linear * posted / master, shift])


def _mended_map(placing: AffineMap, rough: AlignedPair) -> AffineMap:
    correction = _fit_shifts(_block_shifts(rough))
    if correction is None:
        return placing
    left, top, width, height = rough.box
    across, down = rough.posted.shape[1] / width, rough.posted.shape[0] / height
    to_pair = np.array([[across, 0, (0.5 - left) * across - 0.5], [0, down, (0.5 - top) * down - 0.5], [0, 0, 1]])
    corrected = np.vstack([np.eye(2, 3) + correction, [0, 0, 1]])
    mended = np.linalg.inv(to_pair) @ corrected @ to_pair @ np.vstack([placing, [0, 0, 1]])
    return np.asarray(mended[:2], np.float64)


def _block_shifts(pair: AlignedPair) -> np.ndarray:
    """Return the middle of each telling block, by how much it lies elsewhere in the post, and how surely."""
    wide = _BLOCK + 2 * _REACH
    high, across = pair.valid.shape
    rows = []
    for top in range(0, high - wide + 1, _STEP):
        for left in range(0, across - wide + 1, _STEP):
            corners = pair.valid[top : top + wide : wide - 1, left : left + wide : wide - 1]
            own = pair.master[top + _REACH : top + wide - _REACH, left + _REACH : left + wide - _REACH]
            if not corners.all() or float(own.std()) < _LEAST_CONTRAST:
                continue
            scores = cv2.matchTemplate(pair.posted[top : top + wide, left : left + wide], own, cv2.TM_CCOEFF_NORMED)
            _, best, _, (x, y) = cv2.minMaxLoc(scores)
            middle = (left + wide / 2 - 0.5, top + wide / 2 - 0.5)
            shift = (x - _REACH + _peak(scores[y], x), y - _REACH + _peak(scores[:, x], y))
            rows.append((*middle, *shift, best))
    return np.array(rows, np.float64).reshape(-1, 5)


def _peak(scores: np.ndarray, at: int) -> float:
    """Return by how much of a pixel the top of a parabola lies beside the best of a line of scores."""
    if not 0 < at < len(scores) - 1:
        return 0.0
    before, here, after = (float(score) for score in scores[at - 1 : at + 2])
    bend = before - 2 * here + after
    return 0.5 * (before - after) / bend if bend < -1e-6 else 0.0


def _fit_shifts(shifts: np.ndarray) -> AffineMap | None:
    """Return the affine correction that most blocks agree on, or None where too few are found again."""
    rows = shifts[shifts[:, 4] >= _FOUND]
    if len(rows) < _FEWEST:
        return None
    places, found = (np.ascontiguousarray(points) for points in (rows[:, :2], rows[:, :2] + rows[:, 2:4]))
    fitted, agreed = cv2.estimateAffine2D(places, found, method=cv2.RANSAC, ransacReprojThreshold=_AGREED)
    if fitted is None or np.count_nonzero(agreed) < max(_FEWEST, 0.4 * len(rows)):
        return None
    return np.asarray(fitted - np.eye(2, 3), np.float64)


def scaled_mask(mask: Mask, shape: tuple[int, ...]) -> Mask:
    """Return a mask in another shape."""
    size = (shape[1], shape[0])
    return np.asarray(cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0)
