"""Brings a master and the part of a post where it lies to one size and place, as sharp as the coarser of the two."""

from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.model import Box
from engines.pictures.picture import Mask, Pixels, resize_in_steps
from engines.pictures.registration.placement import AffineMap, project_corners

SIDE = 480  # pixels of the longest side at which the two are compared
_LEAST = 24
_NEGLIGIBLE = 0.05  # pixels by which a corner may move without a word
_IDENTITY = np.eye(2, 3)


@dataclass(frozen=True, slots=True, eq=False)
class AlignedPair:
    """Both pictures of one size; `box` is where that is in the post's pixels, `scale` the growth from there to here."""

    posted: Pixels
    master: Pixels
    valid: Mask
    box: Box
    scale: float
    map: AffineMap  # from the given master's pixels to these

    def in_post(self, box: Box, growth: float = 1.0) -> Box:
        """Return a box of this pair in the post's own pixels, or in a picture so many times as large as the post."""
        x, y, width, height = box
        left, top = (self.box[0] + x / self.scale) * growth, (self.box[1] + y / self.scale) * growth
        size = max(round(width / self.scale * growth), 1), max(round(height / self.scale * growth), 1)
        return round(left), round(top), *size

    def of_master(self, box: Box) -> Box:
        """Return a box of the given master's pixels in this pair."""
        x, y, width, height = box
        corners = np.array([[x, y], [x + width, y + height]]) @ self.map[:, :2].T + self.map[:, 2]
        (left, top), (right, bottom) = np.rint(np.sort(corners, axis=0)).astype(int).tolist()
        return left, top, right - left, bottom - top


def align_pair(posted: Pixels, master: Pixels, placing: AffineMap, side: int = SIDE) -> AlignedPair | None:
    """Return the two laid upon each other, or None when hardly anything of the master is in the picture."""
    height, width = posted.shape[:2]
    edges = project_corners(placing, master.shape[1], master.shape[0])
    left, top = np.maximum(np.floor(edges.min(axis=0)), 0).astype(int)
    right, bottom = np.minimum(np.ceil(edges.max(axis=0)), [width, height]).astype(int)
    if right - left < _LEAST or bottom - top < _LEAST:
        return None
    growth = float(np.sqrt(abs(np.linalg.det(placing[:, :2]))))
    scale = min(1.0, side / max(right - left, bottom - top), 1 / growth if growth > 1 else 1.0)
    size = (max(round((right - left) * scale), 8), max(round((bottom - top) * scale), 8))
    part = resize_in_steps(posted[top:bottom, left:right], size)
    exact = np.array([size[0] / (right - left), size[1] / (bottom - top)])
    shift = placing[:, 2] + 0.5 - [left, top]  # a pixel's middle, not its corner, is what the map speaks of
    overlay_map = np.column_stack([placing[:, :2] * exact[:, None], shift * exact - 0.5])
    warped, valid = _warp(master, overlay_map, size, growth * scale)
    return AlignedPair(part, warped, valid, (left, top, right - left, bottom - top), scale, overlay_map)


def _warp(master: Pixels, overlay_map: AffineMap, size: tuple[int, int], growth: float) -> tuple[Pixels, Mask]:
    """Return the master in its place; where it shrinks, it is made small first so that nothing flickers."""
    source, fit = master, overlay_map
    if growth < 0.9:
        small = (max(round(master.shape[1] * growth), 8), max(round(master.shape[0] * growth), 8))
        source = resize_in_steps(master, small)
        by = np.array([master.shape[1] / small[0], master.shape[0] / small[1]])
        linear = overlay_map[:, :2] * by
        fit = np.column_stack([linear, overlay_map[:, 2] + overlay_map[:, :2] @ (by * 0.5 - 0.5)])
    last = source.shape[1] - 1, source.shape[0] - 1
    frame = project_corners(fit, *last)
    if source.shape[1::-1] == size and np.abs(frame - project_corners(_IDENTITY, *last)).max() < _NEGLIGIBLE:
        return source, np.ones(size[::-1], bool)
    warped = cv2.warpAffine(source, fit, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    valid = np.zeros(size[::-1], np.uint8)
    cv2.fillConvexPoly(valid, np.rint(frame).astype(np.int32), 1)
    return np.asarray(warped, np.uint8), valid > 0
