"""The ground of a picture that no master explains: boxes of it, and whether they show a photograph."""

from functools import lru_cache

import cv2
import numpy as np

from engines.pictures.comparison.change_classifier import share_of_three_colours
from engines.pictures.model import Box
from engines.pictures.picture import Mask, Pixels, grey, lightness_range, scale_box, sharpness

MOST = 9  # boxes of one picture
LEAST = 0.05  # of the picture
MOSTLY, HARDLY = (0.4, 0.6), (0.15, 0.85)  # least texture, most that is plain: of a photograph, of what may be one
# Grey levels: blurred filling has 1.3 at most at the strongest tenth, a cell of a collage 10 and more.
FINE_DETAIL = 2.0
# Grey levels within five pixels of an outline and of detail; pixels around ink; most ink, and least share of its three
# commonest colours, of lettering; share of the other ground with detail, below which it has none. Of 241 photographs of
# both halves none is lettering by these.
_STARK, _DETAIL, _AROUND_INK = 50, 8, 9
_MOST_INK, _INK_COLOURS, _NO_DETAIL = 0.6, 0.5, 0.05
_GRID = 24  # cells along the longest side when unexplained ground is boxed


def has_unexplained_photograph(posted: Pixels, ground: Mask, *, surely: bool = True) -> bool:
    """Say whether a photographic part of the picture is left that nothing explained, `surely` or perhaps."""
    return any(is_photographic(crop_box(posted, box), MOSTLY if surely else HARDLY) for box in boxes_of_ground(ground))


def is_photographic(pixels: Pixels, limits: tuple[float, float] = MOSTLY) -> bool:
    """Say whether most of a part of a picture has texture: bars, pages, letters and blurred filling have not."""
    texture, plain = limits
    return (
        bool((lightness_range(grey(pixels), 5) > 10).mean() > texture)
        and share_of_three_colours(pixels.reshape(-1, 3)) < plain
    )


def has_fine_detail(pixels: Pixels) -> bool:
    """Say whether a part of a picture is sharp anywhere: what fills the bars beside a photograph is blurred."""
    return float(np.percentile(sharpness(grey(pixels)), 90)) > FINE_DETAIL


def is_lettering(pixels: Pixels) -> bool:
    """Say whether all that is sharp is ink in few colours: letters and boxes on ground that is flat or blurred."""
    lightness = grey(pixels)
    ranges = lightness_range(lightness, 5)
    inked = cv2.dilate((ranges > _STARK).astype(np.uint8), np.ones((_AROUND_INK, _AROUND_INK), np.uint8)) > 0
    if not inked.any() or inked.mean() > _MOST_INK:
        return False
    detailed = (sharpness(lightness) > FINE_DETAIL) & (ranges >= _DETAIL)
    return float(detailed[~inked].mean()) < _NO_DETAIL and share_of_three_colours(pixels[inked]) >= _INK_COLOURS


def crop_box(pixels: Pixels, box: Box, growth: float = 1.0) -> Pixels:
    """Return a box of the pixels, which are so many times as large as those that it was boxed on."""
    left, top, width, height = scale_box(box, growth)
    return pixels[top : top + max(height, 8), left : left + max(width, 8)]


def boxes_of_ground(ground: Mask) -> list[Box]:
    """Return the largest boxes of unexplained ground, long ones halved, the largest first."""
    height, width = ground.shape
    step = max(height, width) / _GRID
    rows, columns = max(round(height / step), 1), max(round(width / step), 1)
    shares = cv2.resize(ground.astype(np.float32), (columns, rows), interpolation=cv2.INTER_AREA)
    cells = _boxes_of_cells((shares > 0.7).tobytes(), rows, columns)
    boxes = [(round(x * step), round(y * step), round(w * step), round(h * step)) for x, y, w, h in cells]
    return [box for box in boxes if min(box[2:]) >= 24]


@lru_cache(maxsize=64)  # the same ground is asked for up to three times in a look
def _boxes_of_cells(cells: bytes, rows: int, columns: int) -> tuple[Box, ...]:
    """Return the largest boxes of these open cells, row by row, long ones halved."""
    open_cells = np.frombuffer(cells, bool).reshape(rows, columns).copy()
    boxes: list[Box] = []
    while len(boxes) < MOST:
        left, top, wide, high = _largest_rectangle(open_cells)
        if wide * high < LEAST * rows * columns:
            break
        open_cells[top : top + high, left : left + wide] = False
        boxes += _halve_long_box(left, top, wide, high)
    return tuple(boxes)


def _halve_long_box(left: int, top: int, wide: int, high: int) -> list[Box]:
    if wide >= 1.8 * high:
        return [(left, top, wide // 2, high), (left + wide // 2, top, wide - wide // 2, high)]
    if high >= 1.8 * wide:
        return [(left, top, wide, high // 2), (left, top + high // 2, wide, high - high // 2)]
    return [(left, top, wide, high)]


def _largest_rectangle(cells: Mask) -> Box:
    """Return the largest rectangle of true cells: for each row, the heights above it on a stack of rising ones."""
    best = (0, 0, 0, 0)
    heights = [0] * cells.shape[1]
    for row, open_ones in enumerate(cells.tolist()):
        heights = [height + 1 if is_open else 0 for is_open, height in zip(open_ones, heights, strict=True)]
        rising: list[tuple[int, int]] = []  # where a rectangle begins, and how high it is
        for right, height in enumerate([*heights, 0]):
            left = right
            while rising and rising[-1][1] >= height:
                left, high = rising.pop()
                if (right - left) * high > best[2] * best[3]:
                    best = (left, row - high + 1, right - left, high)
            rising.append((left, height))
    return best
