"""Lays a master upon the part of a post where it belongs, both at one size, sharp as the coarser of the two."""

from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.align import Map, corners
from engines.pictures.picture import Box, Mask, Pixels, shrunk

SIDE = 480  # pixels of the longest side at which the two are compared
_LEAST = 24
_NOTHING = 0.05  # pixels by which a corner may move without a word
_SAME = np.eye(2, 3)


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """Both pictures of one size; `box` is where that is in the post's pixels, `scale` the growth from there to here."""

    posted: Pixels
    master: Pixels
    valid: Mask
    box: Box
    scale: float
    map: Map  # from the given master's pixels to these


def laid(posted: Pixels, master: Pixels, placing: Map, side: int = SIDE) -> Laid | None:
    """Return the two laid upon each other, or None when hardly anything of the master is in the picture."""
    height, width = posted.shape[:2]
    edges = corners(placing, master.shape[1], master.shape[0])
    left, top = np.maximum(np.floor(edges.min(axis=0)), 0).astype(int)
    right, bottom = np.minimum(np.ceil(edges.max(axis=0)), [width, height]).astype(int)
    if right - left < _LEAST or bottom - top < _LEAST:
        return None
    growth = float(np.sqrt(abs(np.linalg.det(placing[:, :2]))))
    scale = min(1.0, side / max(right - left, bottom - top), 1 / growth if growth > 1 else 1.0)
    size = (max(round((right - left) * scale), 8), max(round((bottom - top) * scale), 8))
    part = shrunk(posted[top:bottom, left:right], size)
    exact = np.array([size[0] / (right - left), size[1] / (bottom - top)])
    shift = placing[:, 2] + 0.5 - [left, top]  # a pixel's middle, not its corner, is what the map speaks of
    whole = np.column_stack([placing[:, :2] * exact[:, None], shift * exact - 0.5])
    over, valid = _warped(master, whole, size, growth * scale)
    return Laid(part, over, valid, (left, top, right - left, bottom - top), scale, whole)


def _warped(master: Pixels, whole: Map, size: tuple[int, int], growth: float) -> tuple[Pixels, Mask]:
    """Return the master in its place; where it shrinks, it is made small first so that nothing flickers."""
    source, fit = master, whole
    if growth < 0.9:
        small = (max(round(master.shape[1] * growth), 8), max(round(master.shape[0] * growth), 8))
        source = shrunk(master, small)
        by = np.array([master.shape[1] / small[0], master.shape[0] / small[1]])
        linear = whole[:, :2] * by
        fit = np.column_stack([linear, whole[:, 2] + whole[:, :2] @ (by * 0.5 - 0.5)])
    last = source.shape[1] - 1, source.shape[0] - 1
    frame = corners(fit, *last)
    if source.shape[1::-1] == size and np.abs(frame - corners(_SAME, *last)).max() < _NOTHING:
        return source, np.ones(size[::-1], bool)
    over = cv2.warpAffine(source, fit, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    valid = np.zeros(size[::-1], np.uint8)
    cv2.fillConvexPoly(valid, np.rint(frame).astype(np.int32), 1)
    return np.asarray(over, np.uint8), valid > 0
