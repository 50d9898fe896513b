"""Where a master's detail is seen in a post though a bar, through which one sees, was laid over it and cut off it."""

import cv2
import numpy as np

from engines.pictures.comparison.difference import compare_pixels
from engines.pictures.picture import Mask, lightness_range
from engines.pictures.registration.overlay import AlignedPair

_INK, _AROUND_INK = 50, 9  # grey levels within five pixels of letters, which say nothing; pixels around them
# Parts of the longest side for which it is asked together; least share of each that has detail, and of that which
# agrees: a photograph that does not show through agrees by chance alone.
_NEIGHBOURHOOD, _LEAST_DETAIL, _AGREES = 10, 0.05, 0.6
_RIM = 9  # pixels: a side of the square that keeps clear of the frame's edge, beside which another picture may begin


def seen_through(pair: AlignedPair, shape: tuple[int, ...]) -> Mask:
    """Return where a post of this shape, laid upon its master, shows the master's detail wherever it has some."""
    difference = compare_pixels(pair.posted, pair.master, pair.valid)
    square = np.ones((_AROUND_INK, _AROUND_INK), np.uint8)
    ink = cv2.dilate((lightness_range(pair.posted, 5) > _INK).astype(np.uint8), square) > 0
    detailed = difference.valid & difference.textured & ~ink
    every, alike = (_share_around(mask) for mask in (detailed, detailed & difference.correlated))
    agreed = pair.valid & (every >= _LEAST_DETAIL) & (alike >= _AGREES * every)
    shown = cv2.erode(agreed.astype(np.uint8), np.ones((_RIM, _RIM), np.uint8), borderValue=0)
    ground = np.zeros(shape[:2], bool)
    x, y, width, height = pair.box
    ground[y : y + height, x : x + width] = cv2.resize(shown, (width, height), interpolation=cv2.INTER_NEAREST) > 0
    return ground


def _share_around(mask: Mask) -> np.ndarray:
    side = max(mask.shape) // _NEIGHBOURHOOD | 1
    return np.asarray(cv2.boxFilter(mask.astype(np.float32), -1, (side, side)), np.float32)
