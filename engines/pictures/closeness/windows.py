"""The windows of a picture that are shown to the detector of faces: spots with room around them."""

from collections.abc import Callable, Sequence

import numpy as np

from engines.pictures.model import Box
from engines.pictures.picture import shared_area

_AROUND, _LEAST_AROUND = 1.0, 48  # of a spot's side, and pixels, that are shown around it


def windows_around(
    boxes: Sequence[Box], shape: tuple[int, ...], most: Callable[[Box], float] = lambda _: np.inf
) -> list[Box]:
    """Return windows with room around these boxes, those that touch each other as one.

    `most` says of a box how much room, in pixels, it may need at the most.
    """
    windows: list[Box] = []
    for box in boxes:
        window = _with_room(box, shape, most(box))
        while touching := [other for other in windows if shared_area(window, other)]:
            windows = [other for other in windows if other not in touching]
            window = _around([window, *touching])
        windows.append(window)
    return windows


def _with_room(box: Box, shape: tuple[int, ...], most: float) -> Box:
    left, top, width, height = box
    room = max(round(min(_AROUND * max(width, height), most)), _LEAST_AROUND)
    right, bottom = min(left + width + room, shape[1]), min(top + height + room, shape[0])
    left, top = max(left - room, 0), max(top - room, 0)
    return left, top, right - left, bottom - top


def _around(boxes: Sequence[Box]) -> Box:
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return left, top, right - left, bottom - top
