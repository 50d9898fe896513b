"""Whether parts of a photograph lie elsewhere than in the master: another frame moves them, saving a file does not."""

import cv2
import numpy as np

from checks.pictures.laying import Laid
from checks.pictures.picture import Mask, Numbers, Pixels

_BLOCK, _REACH = 32, 6  # pixels: a side of a block, and how far from its place it is looked for
_STEP = 24  # pixels from block to block
_CONTRAST, _CORNER = 8.0, 4.0  # grey levels: with less to see, or only along one line, a block may lie anywhere
_FOUND = 0.85  # correlation from which a block is found again
_APART = 1.6  # pixels from where all the others lie
_FEWEST = 24  # blocks, below which nothing is said


def shifted(pair: Laid, ground: Mask) -> float:
    """Return the share of the blocks on this ground that are found again, but not where the others say, 0 to 1.

    What leans or is stretched as a whole has no blocks apart: an even lie of all blocks is taken off first.
    """
    found = [one for one in _blocks(pair, ground) if one is not None]
    if len(found) < _FEWEST:
        return 0.0
    rows = np.array(found, np.float64)
    known = rows[rows[:, 4] >= _FOUND]
    if len(known) < _FEWEST:
        return 0.0
    places = np.column_stack([known[:, :2], np.ones(len(known))])
    kept = np.ones(len(known), bool)
    miss = np.zeros(len(known))
    for _ in range(4):
        fit = np.linalg.lstsq(places[kept], known[kept, 2:4], rcond=None)[0]
        miss = np.hypot(*(known[:, 2:4] - places @ fit).T)
        kept = miss <= max(float(np.quantile(miss, 0.7)), 0.7)
    return float(np.count_nonzero(miss > _APART)) / len(rows)


def _blocks(pair: Laid, ground: Mask) -> list[tuple[float, ...] | None]:
    wide = _BLOCK + 2 * _REACH
    high, across = ground.shape
    corners = [(x, y) for y in range(0, high - wide + 1, _STEP) for x in range(0, across - wide + 1, _STEP)]
    first, second = (_softened(one) for one in (pair.posted, pair.master))
    return [
        _block(first[y : y + wide, x : x + wide], second[y : y + wide, x : x + wide], x, y)
        for x, y in corners
        if ground[y : y + wide, x : x + wide].all()
    ]


def _softened(lightness: Pixels) -> Numbers:
    return np.asarray(cv2.GaussianBlur(lightness, (0, 0), 0.8), np.float32)


def _block(posted: Numbers, master: Numbers, x: int, y: int) -> tuple[float, ...] | None:
    """Return a block's place, by how much it lies elsewhere in the post, and how surely; None when it shows little."""
    own = master[_REACH:-_REACH, _REACH:-_REACH]
    if own.std() < _CONTRAST or not _cornered(own):
        return None
    scores = cv2.matchTemplate(posted, own, cv2.TM_CCOEFF_NORMED)
    down, across = np.unravel_index(int(scores.argmax()), scores.shape)
    return float(x), float(y), float(across) - _REACH, float(down) - _REACH, float(scores[down, across])


def _cornered(block: Numbers) -> bool:
    """Say whether a block has detail in every direction."""
    across, down = np.diff(block, axis=1)[:-1], np.diff(block, axis=0)[:, :-1]
    first, second, both = float((across**2).mean()), float((down**2).mean()), float((across * down).mean())
    return (first + second) / 2 - float(np.hypot((first - second) / 2, both)) >= _CORNER
