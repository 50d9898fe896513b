"""A decoded picture: its pixels as they are seen, and what the file said of its size; or why there is none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.model import UNREADABLE, Box, Problem


@dataclass(frozen=True, slots=True)
class UnreadablePicture:
    """Says in a word why bytes are not a picture that can be looked at."""

    problem: Problem

    @property
    def why(self) -> str:
        """The same in a sentence."""
        return UNREADABLE[self.problem]


Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
Numbers = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

cv2.setNumThreads(1)  # the machine is shared, and the same sum in another order is another answer


_LEAST_PART = 0.3  # of the longest side: for a smaller part no more pixels are decoded
FINE_SIDE = 1280  # pixels a side at which what is shown is looked at closely


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """Pixels in red, green, blue, upright, possibly smaller than the file's own `width` and `height`."""

    pixels: Pixels
    width: int
    height: int
    finer: Callable[[int], Pixels] | None = None  # the same with more of its own pixels, at most so many a side
    moves: bool = False  # the file has later frames than this one

    def fine_pixels(self, share: float = 1.0) -> Pixels:
        """Return pixels of which a part, so large a share of the longest side, has FINE_SIDE if the file has them."""
        side = min(round(FINE_SIDE / max(share, _LEAST_PART)), max(self.width, self.height))
        return self.pixels if self.finer is None else self.finer(side)

    def growth_from(self, pixels: Pixels) -> float:
        """Return how many times as large the file's own picture is as these pixels of it."""
        return max(self.width, self.height) / max(pixels.shape[:2])


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


_LIT, _CONTRAST, _STRONGEST = 110.0, 160.0, 0.3  # grey levels of the middle and of the range; exponent of the light


def brightened(pixels: Pixels, judged_by: Pixels | None = None) -> Pixels:
    """Return dark pixels as in good light, and faint ones with more contrast; all others as they are.

    Some of the pixels may be given to say how dark all are.
    """
    lightness = grey(pixels if judged_by is None else judged_by)
    middle = float(np.clip(np.median(lightness), 2, _LIT))
    exponent = max(np.log(_LIT / 255) / np.log(middle / 255), _STRONGEST)
    table = 255 * (np.arange(256) / 255) ** exponent
    least, most = table[np.percentile(lightness, (2, 98)).astype(int)]
    gain = _CONTRAST / max(most - least, 16.0)
    lit = (table - least) * gain if gain > 1 else table
    return np.asarray(cv2.LUT(pixels, np.clip(np.rint(lit), 0, 255).astype(np.uint8)), np.uint8)


def scale_box(box: Box, growth: float) -> Box:
    """Return a box in a picture so many times as large, a pixel a side at the least."""
    left, top, width, height = (round(value * growth) for value in box)
    return left, top, max(width, 1), max(height, 1)


def pixel_count(mask: Mask) -> int:
    """Return how many pixels a mask holds."""
    return int(np.count_nonzero(mask))


def shared_area(first: Box, second: Box) -> int:
    """Return the pixels that two boxes share."""
    across = min(first[0] + first[2], second[0] + second[2]) - max(first[0], second[0])
    down = min(first[1] + first[3], second[1] + second[3]) - max(first[1], second[1])
    return max(across, 0) * max(down, 0)


def box_mask(boxes: Iterable[Box], shape: tuple[int, ...]) -> Mask:
    """Return where these boxes are in a picture of this shape."""
    mask = np.zeros(shape, bool)
    for x, y, width, height in boxes:
        mask[y : y + height, x : x + width] = True
    return mask


def lightness_range(lightness: Pixels, side: int) -> Pixels:
    """Return by how much the lightness differs within the square of this side around each place."""
    square = np.ones((side, side), np.uint8)
    return np.asarray(cv2.subtract(cv2.dilate(lightness, square), cv2.erode(lightness, square)), np.uint8)


# Grey levels: blurred filling has 1.3 at most at the strongest tenth, a cell of a collage 10 and more.
FINE_DETAIL = 2.0


def sharpness(lightness: Pixels) -> Pixels:
    """Return how far each place is from the same, blurred: there is little where a picture is not sharp."""
    return np.asarray(cv2.absdiff(lightness, cv2.GaussianBlur(lightness, (0, 0), 1.5)), np.uint8)


def connected_spots(mask: Mask, joint: int, least: float) -> list[tuple[Box, Mask, int]]:
    """Return each spot of a mask with its box, its ground in that, and its pixels, of which there are at least so many.

    What is fewer than `joint` pixels apart is one spot.
    """
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((joint, joint), np.uint8))
    _, labels, sizes, _ = cv2.connectedComponentsWithStats(closed)
    spots = []
    for number in range(1, len(sizes)):
        x, y, width, height, pixels = (int(value) for value in sizes[number])
        if pixels >= least:
            spots.append(((x, y, width, height), labels[y : y + height, x : x + width] == number, pixels))
    return spots
