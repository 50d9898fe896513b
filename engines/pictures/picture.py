"""A decoded picture: its pixels as they are seen, and what the file said of its size; nothing of the file besides."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from engines.pictures.model import Box

Problem = Literal["too_large", "too_slow", "too_many", "truncated", "not_a_picture"]


@dataclass(frozen=True, slots=True)
class UnreadablePicture:
    """Says in a word why bytes are not a picture that can be looked at."""

    problem: Problem


Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
Numbers = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

cv2.setNumThreads(1)  # the machine is shared, and the same sum in another order is another answer


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """Pixels in red, green, blue, upright, possibly smaller than the file's own `width` and `height`."""

    pixels: Pixels
    width: int
    height: int
    finer: Callable[[], Pixels] | None = None  # the same picture with more of its own pixels
    moves: bool = False  # the file has later frames than this one


def shrink_to_side(pixels: Pixels, side: int) -> Pixels:
    """Return the pixels with the longest side at most `side`."""
    height, width = pixels.shape[:2]
    if max(height, width) <= side:
        return pixels
    scale = side / max(height, width)
    return resize_in_steps(pixels, (max(1, round(width * scale)), max(1, round(height * scale))))


def resize_in_steps(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """Return the pixels at this width and height, in steps of at most a half, so that every pixel has its say."""
    made = pixels
    while made.shape[1::-1] != size:
        high, wide = made.shape[:2]
        step = (max(-(-wide // 2), size[0]), max(-(-high // 2), size[1]))
        made = np.asarray(cv2.resize(made, step, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    return made


def grey(pixels: Pixels) -> Pixels:
    """Return the lightness of each pixel."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def scale_box(box: Box, growth: float) -> Box:
    """Return a box in a picture so many times as large, a pixel a side at the least."""
    left, top, width, height = (round(value * growth) for value in box)
    return left, top, max(width, 1), max(height, 1)
