"""Whether blocks of a photograph lie elsewhere than in the master: another frame moves them, saving does not."""

import cv2
import numpy as np

from engines.pictures.picture import Mask, Numbers, Pixels
from engines.pictures.registration.overlay import AlignedPair

_BLOCK, _REACH = 32, 6  # pixels: a side of a block, and how far from its place it is looked for
_STEP = 24  # pixels from block to block
_CONTRAST, _CORNER = 8.0, 4.0  # grey levels: with less to see, or only along one line, a block may lie anywhere
_FOUND = 0.85  # correlation from which a block is found again
_APART = 1.6  # pixels from where all the others lie
_FEWEST = 24  # blocks, below which nothing is said


def share_of_moved_blocks(pair: AlignedPair, ground: Mask) -> float:
    """Return the share of the blocks on this ground that are found again, but not where the others say, 0 to 1.

    What leans or is stretched as a whole has no blocks apart: an even lie of all blocks is taken off first.
    """
    shifts = _block_shifts(pair, ground)
    if len(shifts) < _FEWEST:
        return 0.0
    rows = np.array(shifts, np.float64)
    relocated = rows[rows[:, 4] >= _FOUND]
    if len(relocated) < _FEWEST:
        return 0.0
    places = np.column_stack([relocated[:, :2], np.ones(len(relocated))])
    kept = np.ones(len(relocated), bool)
    distance = np.zeros(len(relocated))
    for _ in range(4):
        fit = np.linalg.lstsq(places[kept], relocated[kept, 2:4], rcond=None)[0]
        distance = np.hypot(*(relocated[:, 2:4] - places @ fit).T)
        kept = distance <= max(float(np.quantile(distance, 0.7)), 0.7)
    return float(np.count_nonzero(distance > _APART)) / len(rows)


def _block_shifts(pair: AlignedPair, ground: Mask) -> list[tuple[float, ...]]:
    """Return each block's place, by how much it lies elsewhere in the post, and how surely."""
    wide = _BLOCK + 2 * _REACH
    high, across = ground.shape
    if high < wide or across < wide:
        return []
    posted, master = (_soften(lightness) for lightness in (pair.posted, pair.master))
    telling = _distinctive_blocks(master[_REACH:, _REACH:]) & _wholly_on_ground(ground, wide)
    corners = [(x, y) for y in range(0, high - wide + 1, _STEP) for x in range(0, across - wide + 1, _STEP)]
    return [_block_shift(posted, master, x, y) for x, y in corners if telling[y, x]]


def _soften(lightness: Pixels) -> Numbers:
    return np.asarray(cv2.GaussianBlur(lightness, (0, 0), 0.8), np.float32)


def _block_shift(posted: Numbers, master: Numbers, x: int, y: int) -> tuple[float, ...]:
    wide = _BLOCK + 2 * _REACH
    own = master[y + _REACH : y + _REACH + _BLOCK, x + _REACH : x + _REACH + _BLOCK]
    scores = cv2.matchTemplate(posted[y : y + wide, x : x + wide], own, cv2.TM_CCOEFF_NORMED)
    _, best, _, (across, down) = cv2.minMaxLoc(scores)
    return float(x), float(y), float(across) - _REACH, float(down) - _REACH, best


def _distinctive_blocks(master: Numbers) -> Mask:
    """Return at which corners a block begins that has contrast, and detail in every direction."""
    across = cv2.filter2D(master, -1, np.array([[-1, 1]], np.float32), anchor=(0, 0))
    down = cv2.filter2D(master, -1, np.array([[-1], [1]], np.float32), anchor=(0, 0))
    first, second, both = (_mean(product, _BLOCK - 1) for product in (across * across, down * down, across * down))
    least = (first + second) / 2 - cv2.magnitude((first - second) / 2, both)
    contrast = _mean(master * master, _BLOCK) - _mean(master, _BLOCK) ** 2
    made = (least >= _CORNER) & (contrast >= _CONTRAST**2)
    return np.asarray(cv2.copyMakeBorder(made.astype(np.uint8), 0, _REACH, 0, _REACH, cv2.BORDER_CONSTANT) > 0)


def _wholly_on_ground(ground: Mask, side: int) -> Mask:
    return np.asarray(_mean(ground.astype(np.float32), side) > 1 - 0.5 / side**2)


def _mean(values: Numbers, side: int) -> Numbers:
    """Return the mean of the square that begins at each place; what lies outside counts as zero."""
    means = cv2.boxFilter(values, cv2.CV_32F, (side, side), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
    return np.asarray(means, np.float32)
