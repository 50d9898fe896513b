"""Whether a master shows blurred what a post shows sharp in a spot: it was hidden there, be it ink or a face.

Squares and a mild blur keep the tone of a place. A blur as wide as a name card mixes it with what is around it, so that
its tone is another, as where a crest was drawn over the master. But the post, blurred as widely, is the master there
again, shade by shade, and what was drawn over the master has none of the shades that it had.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from engines.pictures.model import Box
from engines.pictures.picture import Mask, Numbers, Pixels
from engines.pictures.registration.overlay import AlignedPair

# Chosen on the tune half: of 174 name cards that were hidden so, and of harmless posts that were approved.
_SMALLER = 4  # times: no detail is left to compare
_VEILS = (2.4, 3.5, 5.0, 7.5, 11.0, 16.0, 24.0, 35.0)  # of those pixels: how widely a spot may have been blurred
_EDGE = 8  # pixels along the edge of a spot, where the master may be sharp already
_STARK = 30.0  # grey levels by which the post's own shades differ: ink; what one sees through has less
_LEFT, _OF_SHADES = 0.1, 0.6  # most of the post's shades, and of the master's, that the blur leaves unexplained
_TONE = 7.5  # grey levels by which the whole spot may be lighter or darker
_FEWEST = 6  # of those pixels


def blurred_in_master(pair: AlignedPair, spots: Sequence[tuple[Box, Mask]], tone: tuple[float, float]) -> list[bool]:
    """Say of each spot of the pair whether the master shows it blurred; `tone` is a filter's gain and offset."""
    posted, master = _smaller(pair.posted), np.float32(tone[0]) * _smaller(pair.master) + np.float32(tone[1])
    inner = [_inner_ground(box, spot) for box, spot in spots]
    asked = {number for number, (window, ground) in enumerate(inner) if _is_stark(posted[window], ground)}
    blurred: set[int] = set()
    for veil in _VEILS if asked else ():
        soft = np.asarray(cv2.GaussianBlur(posted, (0, 0), veil), np.float32)
        for number in asked - blurred:
            window, ground = inner[number]
            if _is_blurred(posted[window], soft[window], master[window], ground):
                blurred.add(number)
    return [number in blurred for number in range(len(spots))]


def _is_stark(posted: Numbers, ground: Mask) -> bool:
    return bool(ground.sum() >= _FEWEST) and float(_untilted(posted, ground).std()) >= _STARK


def _is_blurred(posted: Numbers, soft: Numbers, master: Numbers, ground: Mask) -> bool:
    """Say whether the blurred post has the master's shades on this ground."""
    misses = soft - master
    left, shown, own = (float(_untilted(values, ground).std()) for values in (misses, posted, master))
    is_as_light = float(np.sqrt(np.mean(misses[ground] ** 2))) <= _TONE
    return is_as_light and left <= min(_LEFT * shown, _OF_SHADES * own)


def _smaller(lightness: Pixels) -> Numbers:
    """Return the lightness with a pixel for each square of _SMALLER pixels; what does not fill one is left out."""
    high, wide = (side // _SMALLER for side in lightness.shape)
    squares = lightness[: high * _SMALLER, : wide * _SMALLER]
    return cv2.resize(squares, (wide, high), interpolation=cv2.INTER_AREA).astype(np.float32)


def _inner_ground(box: Box, spot: Mask) -> tuple[tuple[slice, slice], Mask]:
    """Return a window of the smaller pair, and in it the ground of a spot: gaps closed, its edge left out."""
    room = 2 * _EDGE
    framed = cv2.copyMakeBorder(spot.astype(np.uint8), room, room, room, room, cv2.BORDER_CONSTANT)
    around, edge = (np.ones((2 * size + 1,) * 2, np.uint8) for size in (room - 1, _EDGE))
    closed = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, around)
    inner = cv2.erode(closed, edge, borderValue=0)[room:-room, room:-room]
    x, y = (-(-corner // _SMALLER) for corner in box[:2])
    whole = inner[y * _SMALLER - box[1] :: _SMALLER, x * _SMALLER - box[0] :: _SMALLER]
    return np.s_[y : y + whole.shape[0], x : x + whole.shape[1]], whole > 0


def _untilted(values: Numbers, ground: Mask) -> Numbers:
    """Return the values on this ground without the plane that fits them best: a light that falls off is no shade."""
    down, across = np.nonzero(ground)
    plane, _ = np.linalg.qr(np.column_stack([np.ones(len(down)), across, down]))
    on_ground = values[ground].astype(np.float64)
    return np.asarray(on_ground - plane @ (plane.T @ on_ground), np.float32)
