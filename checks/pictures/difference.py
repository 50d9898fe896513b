"""What two pictures of the same ground show differently, pixel for pixel, when one has been laid upon the other.

What compression, scaling and a filter do to a photograph grows with the detail that is there; the comparison learns
from the pair itself how much that is, within bounds, and marks only what differs by far more.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from checks.pictures.picture import Mask, Numbers, Pixels

SOFTENED = 0.8  # pixels; what is finer is mostly compression
WINDOW = 7
NOISE = (1.5, 5.0)  # grey levels that even flat ground may differ by, least and most
SLACK = (0.06, 0.28)  # share of the local contrast that edges may differ by, least and most
STARK = 3.0  # times the expected difference from which something else is shown
LEAST_SEEN = 7.0  # grey levels below which nobody would see it
TEXTURED = 4.0  # grey levels of local contrast from which ground is textured
ALIKE = 0.7  # local correlation from which textured ground is the same
_EDGE = 3
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
    alike: Mask
    noise: float
    slack: float

    @property
    def agreement(self) -> float:
        """Return the share of the textured ground that is the same, 0 to 1."""
        ground = int((self.textured & self.valid).sum())
        return float((self.alike & self.textured & self.valid).sum() / ground) if ground else 0.0

    @property
    def ground(self) -> float:
        """Return the share of the comparable ground that is textured."""
        return float((self.textured & self.valid).sum() / max(int(self.valid.sum()), 1))


def compared(posted: Pixels, master: Pixels, valid: Mask) -> Difference:
    """Compare the lightness of two pictures of one size where `valid`."""
    inside = cv2.erode(valid.astype(np.uint8), np.ones((2 * _EDGE + 1, 2 * _EDGE + 1), np.uint8), borderValue=1) > 0
    first = _softened(posted.astype(np.float32))
    second = _softened(_brought(master.astype(np.float32), first, inside))
    apart = np.sqrt(_mean((first - second) ** 2))
    slope = _slope(second)
    contrast = np.sqrt(np.minimum(slope, 4 * _mean_wide(slope)))
    noise, slack = _expected(apart, contrast, inside)
    differs = inside & (apart > STARK * np.hypot(noise, slack * contrast)) & (apart > LEAST_SEEN)
    textured, alike = _correlated(first, second)
    return Difference(first, second, inside, differs, textured, alike, noise, slack)


def _softened(values: Numbers) -> Numbers:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), SOFTENED), dtype=np.float32)


def _brought(master: Numbers, first: Numbers, inside: Mask) -> Numbers:
    """Return the master's lightness as the filter that the post went through would show it.

    One gain and one offset for the whole, then what is left of the tone when detail is smoothed away: a filter works on
    colours, and its traces in the lightness change slowly from place to place.
    """
    some = inside[::_EVERY, ::_EVERY]
    x, y = master[::_EVERY, ::_EVERY][some], first[::_EVERY, ::_EVERY][some]
    if len(x) < _FEW:
        return master
    kept = np.ones(len(x), dtype=bool)
    gain, offset = 1.0, 0.0
    for _ in range(4):
        spread = float(x[kept].var())
        slope = float(((x[kept] - x[kept].mean()) * (y[kept] - y[kept].mean())).mean())
        gain = float(np.clip((slope + _PULL) / (spread + _PULL), 0.5, 2.0))
        offset = float(np.median(y[kept] - gain * x[kept]))
        miss = np.abs(y - gain * x - offset)
        kept = miss <= max(float(np.partition(miss, len(miss) * 7 // 10)[len(miss) * 7 // 10]), 2.0)
    made = np.clip(master * gain + offset, 0, 255)
    left = np.where(inside, np.clip(first - made, -_TONE, _TONE), 0).astype(np.float32)
    share = _wide(inside.astype(np.float32))
    return np.asarray(made + _wide(left) / np.maximum(share, 0.05), dtype=np.float32)


def _wide(values: Numbers) -> Numbers:
    """Return the values smoothed over a large neighbourhood."""
    small = values
    for _ in range(3):
        small = np.asarray(cv2.resize(small, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_LINEAR), np.float32)
    soft = cv2.GaussianBlur(small, (0, 0), _SPREAD / 8)
    return np.asarray(cv2.resize(soft, values.shape[1::-1], interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _expected(apart: Numbers, contrast: Numbers, inside: Mask) -> tuple[float, float]:
    """Return how much flat ground and edges of this pair differ anyway, within bounds."""
    some = inside[::_EVERY, ::_EVERY]
    gaps, edges = apart[::_EVERY, ::_EVERY][some], contrast[::_EVERY, ::_EVERY][some]
    if len(gaps) < _FEW:
        return NOISE[1], SLACK[1]
    flat = gaps[edges <= np.quantile(edges, 0.35)]
    noise = float(np.clip(np.median(flat), *NOISE))
    busy = edges >= max(float(np.quantile(edges, 0.5)), 3.0)
    ratio = gaps[busy] / edges[busy] if busy.any() else np.array([SLACK[0]])
    return noise, float(np.clip(np.median(ratio), *SLACK))


def _mean(values: Numbers) -> Numbers:
    return np.asarray(np.maximum(cv2.boxFilter(values, -1, (WINDOW, WINDOW)), 0), dtype=np.float32)


def _mean_wide(values: Numbers) -> Numbers:
    return np.asarray(np.maximum(cv2.boxFilter(values, -1, (3 * WINDOW, 3 * WINDOW)), 0), dtype=np.float32)


def _slope(values: Numbers) -> Numbers:
    """Return the mean square of the local slope, in grey levels a pixel."""
    across = cv2.Sobel(values, cv2.CV_32F, 1, 0, scale=0.125)
    down = cv2.Sobel(values, cv2.CV_32F, 0, 1, scale=0.125)
    return _mean(across * across + down * down)


def _correlated(first: Numbers, second: Numbers) -> tuple[Mask, Mask]:
    """Return where both together have texture, and where the local correlation is that of the same ground."""
    size = (11, 11)
    means = [cv2.boxFilter(one, -1, size) for one in (first, second)]
    spreads = [
        np.maximum(cv2.boxFilter(one * one, -1, size) - mean * mean, 0)
        for one, mean in zip((first, second), means, strict=True)
    ]
    both = cv2.boxFilter(first * second, -1, size) - means[0] * means[1]
    textured = np.maximum(spreads[0], spreads[1]) > TEXTURED**2
    return textured, both > ALIKE * np.sqrt(spreads[0] * spreads[1]) + 1e-3
