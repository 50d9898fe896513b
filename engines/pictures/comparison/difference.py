"""What two pictures of the same ground show differently, pixel for pixel, when one has been laid upon the other.

What compression, scaling and a filter do to a photograph grows with the detail that is there; the comparison learns
from the pair itself how much that is, within bounds, and marks only what differs by far more.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.picture import Mask, Numbers, Pixels

SOFTENED = 0.8  # pixels; what is finer is mostly compression
WINDOW = 7
NOISE = (1.5, 5.0)  # grey levels that even flat ground may differ by, least and most
SLACK = (0.06, 0.28)  # share of the local contrast that edges may differ by, least and most
STARK = 3.0  # times the expected difference from which something else is shown
LEAST_SEEN = 7.0  # grey levels below which nobody would see it
TEXTURED = 4.0  # grey levels of local contrast from which ground is textured
ALIKE = 0.7  # local correlation from which textured ground is the same
_EDGE = 3
_AROUND = 11  # pixels: a side of the square within which local correlation is taken
_FEW = 50
_EVERY = 6  # pixels along a side of which one is asked when a whole picture is summed up
_PULL = 25.0  # how strongly the gain is held to one, as a variance in grey levels
_TONE = 12.0  # grey levels that a filter may leave over from place to place
_SPREAD = 20.0  # pixels over which tone is smoothed


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """The pair as compared: both lightnesses softened, where they can be compared, where they differ, how alike."""

    posted: Numbers
    master: Numbers  # its lightness brought to the post's
    valid: Mask
    differs: Mask
    textured: Mask
    correlated: Mask


def compare_pixels(posted: Pixels, master: Pixels, valid: Mask) -> Difference:
    """Compare the lightness of two pictures of one size where `valid`."""
    inside = cv2.erode(valid.astype(np.uint8), np.ones((2 * _EDGE + 1, 2 * _EDGE + 1), np.uint8), borderValue=1) > 0
    posted_soft = _soften(posted.astype(np.float32))
    master_soft = _soften(_match_tone(master.astype(np.float32), posted_soft, inside))
    squared_difference = _mean(_square(posted_soft - master_soft))
    slope = _slope(master_soft)
    around = _mean(slope, 3 * WINDOW)
    contrast = np.minimum(slope, np.multiply(around, 4.0, out=around), out=slope)
    noise, slack = _expected_difference(squared_difference, contrast, inside)
    tolerance = np.multiply(contrast, (STARK * slack) ** 2, out=contrast)
    tolerance += (STARK * noise) ** 2
    differs = inside & (squared_difference > np.maximum(tolerance, LEAST_SEEN**2, out=tolerance))
    textured, alike = _local_correlation(posted_soft, master_soft)
    return Difference(posted_soft, master_soft, inside, differs, textured, alike)


def _soften(values: Numbers) -> Numbers:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), SOFTENED), dtype=np.float32)


def _match_tone(master: Numbers, first: Numbers, inside: Mask) -> Numbers:
    """Return the master's lightness as the filter that the post went through would show it.

    One gain and one offset for the whole, then what is left of the tone when detail is smoothed away: a filter works on
    colours, and its traces in the lightness change slowly from place to place.
    """
    sampled = inside[::_EVERY, ::_EVERY]
    x, y = master[::_EVERY, ::_EVERY][sampled], first[::_EVERY, ::_EVERY][sampled]
    if len(x) < _FEW:
        return master
    kept = np.ones(len(x), dtype=bool)
    gain, offset = 1.0, 0.0
    for _ in range(4):
        master_values, posted_values = x[kept], y[kept]
        middle = float(master_values.mean())
        centred = master_values - middle
        slope = float(centred @ posted_values) / len(master_values)
        spread = float(centred @ centred) / len(master_values)
        gain = float(np.clip((slope + _PULL) / (spread + _PULL), 0.5, 2.0))
        offset = float(np.median(posted_values - gain * master_values))
        miss = np.abs(y - gain * x - offset)
        kept = miss <= max(float(np.partition(miss, len(miss) * 7 // 10)[len(miss) * 7 // 10]), 2.0)
    adjusted = np.multiply(master, np.float32(gain))
    np.clip(np.add(adjusted, np.float32(offset), out=adjusted), 0, 255, out=adjusted)
    counted = inside.astype(np.float32)
    tone_left = np.subtract(first, adjusted)
    np.multiply(np.clip(tone_left, -_TONE, _TONE, out=tone_left), counted, out=tone_left)
    smooth = _smooth_widely(tone_left) / np.maximum(_smooth_widely(counted), np.float32(0.05))
    return np.add(adjusted, smooth, out=adjusted)


def _smooth_widely(values: Numbers) -> Numbers:
    small = values
    for _ in range(3):
        small = np.asarray(cv2.resize(small, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_LINEAR), np.float32)
    soft = cv2.GaussianBlur(small, (0, 0), _SPREAD / 8)
    return np.asarray(cv2.resize(soft, values.shape[1::-1], interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _expected_difference(apart: Numbers, contrast: Numbers, inside: Mask) -> tuple[float, float]:
    """Return how much flat ground and edges of this pair differ anyway, within bounds; both are given squared."""
    sampled = inside[::_EVERY, ::_EVERY]
    gaps, edges = (np.sqrt(values[::_EVERY, ::_EVERY][sampled]) for values in (apart, contrast))
    if len(gaps) < _FEW:
        return NOISE[1], SLACK[1]
    flat = gaps[edges <= np.quantile(edges, 0.35)]
    noise = float(np.clip(np.median(flat), *NOISE))
    busy = edges >= max(float(np.quantile(edges, 0.5)), 3.0)
    ratio = gaps[busy] / edges[busy] if busy.any() else np.array([SLACK[0]])
    return noise, float(np.clip(np.median(ratio), *SLACK))


def _square(values: Numbers) -> Numbers:
    """Square the values where they stand: new room for a picture takes as long as working it out."""
    return np.multiply(values, values, out=values)


def _mean(values: Numbers, side: int = WINDOW) -> Numbers:
    """Return the mean of the square around each place; row by column, as that is quicker here than a box."""
    line = np.full(side, 1 / side, np.float32)
    return np.asarray(cv2.sepFilter2D(values, -1, line, line), dtype=np.float32)


def _slope(values: Numbers) -> Numbers:
    """Return the mean square of the local slope, in grey levels a pixel."""
    across, down = (
        _square(np.asarray(cv2.Sobel(values, cv2.CV_32F, *way, scale=0.125), np.float32)) for way in ((1, 0), (0, 1))
    )
    return _mean(np.add(across, down, out=across))


def _local_correlation(first: Numbers, second: Numbers) -> tuple[Mask, Mask]:
    """Return where both together have texture, and where the local correlation is that of the same ground."""
    posted_mean, master_mean, covariance = (_mean(image, _AROUND) for image in (first, second, first * second))
    np.subtract(covariance, posted_mean * master_mean, out=covariance)
    posted_variance, master_variance = (
        np.maximum(_mean(image * image, _AROUND) - _square(mean), np.float32(0))
        for image, mean in ((first, posted_mean), (second, master_mean))
    )
    textured = np.maximum(posted_variance, master_variance) > TEXTURED**2
    np.maximum(np.subtract(covariance, np.float32(1e-3), out=covariance), np.float32(0), out=covariance)
    least_product = np.multiply(
        np.multiply(posted_variance, master_variance, out=posted_variance), np.float32(ALIKE**2), out=posted_variance
    )
    return textured, (covariance > 0) & (_square(covariance) > least_product)
