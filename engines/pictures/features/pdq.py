"""PDQ, Meta's hash of what a picture looks like, as its published description has it: 256 bits, and a quality.

The lightness is blurred by two passes of a box, sampled at 64 by 64 places and transformed (DCT); a bit says whether
one of the 256 lowest frequencies is above their median. The eight ways to turn and mirror a picture follow from one
transform: turning and mirroring change the signs of frequencies, and swap rows and columns.
"""

import cv2
import numpy as np

from engines.pictures.picture import Numbers, Pixels, shrink_to_side

HASH_SIDE = 256
_SAMPLES, _FREQUENCIES = 64, 16
_LEAST_SIDE = 5  # a smaller picture has no hash
_LIGHTNESS = np.array([[0.299, 0.587, 0.114]], np.float32)
_SIGNS = np.tile(np.array([-1, 1], np.float32), _FREQUENCIES // 2)  # of a mirrored picture's odd and even frequencies

Bits = np.ndarray[tuple[int, ...], np.dtype[np.uint64]]


def pdq_hashes(pixels: Pixels) -> tuple[Bits, int]:
    """Return the PDQ hashes of the eight ways to turn and mirror a picture, the unturned first, and the quality."""
    pixels = shrink_to_side(pixels, HASH_SIDE)
    if min(pixels.shape[:2]) < _LEAST_SIDE:
        return np.zeros((8, 4), np.uint64), 0
    samples = _samples(np.asarray(cv2.transform(pixels.astype(np.float32), _LIGHTNESS), np.float32))
    lowest = cv2.dct(samples)[1 : _FREQUENCIES + 1, 1 : _FREQUENCIES + 1]
    rows, columns = lowest * _SIGNS[:, None], lowest * _SIGNS
    both = rows * _SIGNS
    forms = np.array([lowest, columns.T, both, rows.T, rows, columns, lowest.T, both.T]).reshape(8, -1)
    middle = forms.shape[1] // 2 - 1  # of an even number of values, the lower of the two in the middle
    is_above = forms > np.partition(forms, middle, axis=1)[:, middle : middle + 1]
    packed = np.packbits(is_above[:, ::-1], axis=1)
    return packed.view(np.uint64), _quality(samples)


def _samples(lightness: Numbers) -> Numbers:
    """Return the lightness around 64 by 64 places; a box that reaches over the edge holds what there is of it."""
    height, width = lightness.shape
    box = (-(-width // (2 * _SAMPLES)), -(-height // (2 * _SAMPLES)))
    anchor = ((box[0] - 1) // 2, (box[1] - 1) // 2)

    def summed(values: Numbers) -> Numbers:
        sums = cv2.boxFilter(values, -1, box, anchor=anchor, normalize=False, borderType=cv2.BORDER_CONSTANT)
        return np.asarray(sums, np.float32)

    counts = summed(np.ones_like(lightness))
    blurred = summed(summed(lightness) / counts) / counts
    middles = np.arange(_SAMPLES) + 0.5
    places = np.ix_(*((middles * side / _SAMPLES).astype(int) for side in (height, width)))
    return np.ascontiguousarray(blurred[places])


def _quality(samples: Numbers) -> int:
    """Return from 0 to 100 how much there is to see: the sum of the steps between neighbours, in whole hundredths."""
    steps = (np.abs(np.diff(samples, axis=axis)) * 100 / 255 for axis in (0, 1))
    return min(100, sum(int(step.astype(int).sum()) for step in steps) // 90)
