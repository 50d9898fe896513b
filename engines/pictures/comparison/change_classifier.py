"""Whether a differing region shows something that the master did not: what is measured of it, and small trees.

The trees, learnt from examples, stand in change_classifier.toml, in the form `[feature, limit, tree where it is at most
that, tree where it is more]`; a number is what a tree adds. `tests/bench/pictures/learn.py` makes the file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import cv2
import numpy as np

from engines.pictures.model import Box
from engines.pictures.picture import Mask, Numbers, Pixels

_OUTLINE = 15  # pixels: twice the width of a region's outline, within which its edge lies
AROUND = 10  # pixels around a region that it is compared with
_AMPLE = 3.0  # pixels: what is blurred by more may be made small first
_NEAR = 14  # grey levels of each channel from a colour's middle, within which it is that colour
_VEILS = (1.5, 2.5, 4.0, 6.0, 9.0, 14.0)  # pixels: how strongly a face may have been blurred


def tone_contrast(master: Numbers, box: Box, mask: Mask) -> float:
    """Return how far the master's tone in a region is from that around it."""
    left, top, width, height = box
    wider = np.s_[max(top - AROUND, 0) : top + height + AROUND, max(left - AROUND, 0) : left + width + AROUND]
    whole = np.zeros(master.shape, bool)
    whole[top : top + height, left : left + width] = mask
    ring = ~cv2.dilate(whole[wider].astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    inside = float(np.median(master[top : top + height, left : left + width][mask]))
    return abs(inside - float(np.median(master[wider][ring]))) if ring.any() else 0.0


def blur_residual(posted: Numbers, master: Numbers, mask: Mask) -> float:
    """Return how far the master is from the post blurred, as a share of how far it is from the post as it is."""
    master_pixels = master[mask]
    sharp_distance = float(np.abs(posted[mask] - master_pixels).mean()) + 1e-3
    return min(float(np.abs(_blur(posted, sigma)[mask] - master_pixels).mean()) for sigma in _VEILS) / sharp_distance


def low_frequency_share(moved: Numbers, mask: Mask) -> float:
    """Return how much of a difference is one of tone: what only blurred or chequered a face kept its tone."""
    sigma = max(min(mask.shape) / 4, 3.0)
    soft = _blur(np.where(mask, moved, 0).astype(np.float32), sigma)[mask]
    share = _blur(mask.astype(np.float32), sigma)[mask]
    smooth = np.abs(soft / np.maximum(share, 1e-3)).mean()
    return float(smooth / (np.abs(moved[mask]).mean() + 1e-3))


def _blur(values: Numbers, sigma: float) -> Numbers:
    """Return the values blurred; strongly, they are blurred when made small, which looks the same."""
    fold = int(sigma // _AMPLE)
    if fold < 2 or min(values.shape) < 8 * fold:
        return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)
    high, wide = values.shape
    small = cv2.resize(values, (-(-wide // fold), -(-high // fold)), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), sigma / fold)
    return np.asarray(cv2.resize(soft, (wide, high), interpolation=cv2.INTER_LINEAR), np.float32)


def gradient(lightness: Numbers) -> Numbers:
    """Return how steep the lightness is at each pixel."""
    across, down = cv2.Sobel(lightness, cv2.CV_32F, 1, 0), cv2.Sobel(lightness, cv2.CV_32F, 0, 1)
    return np.asarray(cv2.magnitude(across, down), np.float32)


def outline_contrast(posted: Numbers, master: Numbers, mask: Mask) -> float:
    """Return which of the two has steps along a region's outline: 1 the post alone, -1 the master alone."""
    inner = cv2.erode(mask.astype(np.uint8), np.ones((_OUTLINE, _OUTLINE), np.uint8), borderValue=0) > 0
    outline = mask & ~inner
    posted_gradient, master_gradient = float(posted[outline].mean()), float(master[outline].mean())
    return (posted_gradient - master_gradient) / (posted_gradient + master_gradient + 1e-3)


def show_through(posted: Numbers, master: Numbers) -> float:
    """Return how far the master's finest detail is still seen in the post, whatever was laid over it, -1 to 1."""
    weight = np.abs(master)
    return float((weight * np.sign(master * posted)).sum() / max(float(weight.sum()), 1e-3))


def share_of_three_colours(pixels: Pixels) -> float:
    """Return the share of the pixels that the three commonest colours, each with what is near it, make up."""
    sampled = pixels[:: max(len(pixels) // 1500, 1)]
    left, share = np.ascontiguousarray(sampled.T, np.int16), 0.0  # a row a channel
    for _ in range(3):
        if not left.size:
            break
        codes = (left[0] >> 4 << 8) + (left[1] & 0xF0) + (left[2] >> 4)
        commonest = np.sort(left[:, codes == np.bincount(codes).argmax()])
        middle = commonest[:, (commonest.shape[1] - 1) // 2] + commonest[:, commonest.shape[1] // 2]  # twice the median
        red, green, blue = (
            np.abs(2 * channel - twice) <= 2 * _NEAR for channel, twice in zip(left, middle, strict=True)
        )
        near = red & green & blue
        share += float(np.count_nonzero(near)) / len(sampled)
        left = left[:, ~near]
    return share


Tree = float | list[Any]


@dataclass(frozen=True, slots=True)
class ChangeClassifier:
    """What was learnt: where every sum starts, from what sum on a region is new, and the trees."""

    start: float
    limit: float
    trees: tuple[Tree, ...]


def change_score(features: Mapping[str, float]) -> float:
    """Return how much speaks for something new being shown: above zero it is new."""
    trees = classifier()
    return trees.start + sum(_leaf_value(tree, features) for tree in trees.trees) - trees.limit


@cache
def classifier() -> ChangeClassifier:
    """Return what change_classifier.toml says."""
    text = resources.files(__package__).joinpath("change_classifier.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return ChangeClassifier(read["start"], read["limit"], tuple(read["trees"]))


def _leaf_value(tree: Tree, features: Mapping[str, float]) -> float:
    while isinstance(tree, list):
        feature, limit, at_most, more = tree
        tree = at_most if features[feature] <= limit else more
    return tree
