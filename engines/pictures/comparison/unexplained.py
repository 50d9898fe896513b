"""The ground of a picture that no master explains: boxes of it, and whether they show a photograph."""

from functools import lru_cache

import cv2
import numpy as np

from engines.pictures.comparison.change_classifier import share_of_three_colours
from engines.pictures.model import Box
from engines.pictures.picture import FINE_DETAIL, Mask, Numbers, Pixels, grey, lightness_range, scale_box, sharpness

MOST = 9  # boxes of one picture
LEAST = 0.05  # of the picture
MOSTLY, HARDLY = (0.4, 0.6), (0.15, 0.85)  # least texture, most that is plain: of a photograph, of what may be one
# Grey levels within five pixels of an outline and of detail; pixels around ink; most ink, and least share of its three
# commonest colours, of lettering; share of the other ground with detail, below which it has none. Of 241 photographs of
# both halves none is lettering by these.
_STARK, _DETAIL, _AROUND_INK = 50, 8, 9
_TEXTURE = 10  # grey levels within five pixels
_MOST_INK, _INK_COLOURS, _NO_DETAIL = 0.6, 0.5, 0.05
_GRID = 24  # cells along the longest side when unexplained ground is boxed
# A square that is asked by itself: share of the longest side, least pixels; and how many that touch are a photograph.
_SQUARE, LEAST_SQUARE, _FEWEST = 0.0375, 48, 2
_LEAST_TEXTURED, _MOST_OF_THREE = 0.3, 0.85  # of a square, least texture and most of three colours
_PAGE = 0.8  # share of three colours around it, from which it stands on a page and on no blurred filling
# What speaks for a photograph in it, learnt on the tune half: shares of texture, flat ground and outlines; of three
# colours and of lightness between its extremes. Letters and drawings are flat or outlines; a photograph is neither.
_OF_GROUND, _OF_COLOURS, _FROM = np.array([-41.7, -49.0, -9.2]), np.array([-6.0, 7.7]), -50.25


def has_unexplained_photograph(posted: Pixels, ground: Mask, *, surely: bool = True) -> bool:
    """Say whether a photographic part of the picture is left that nothing explained, `surely` or perhaps."""
    return any(is_photographic(crop_box(posted, box), MOSTLY if surely else HARDLY) for box in boxes_of_ground(ground))


def is_photographic(pixels: Pixels, limits: tuple[float, float] = MOSTLY) -> bool:
    """Say whether most of a part of a picture has texture: bars, pages, letters and blurred filling have not."""
    texture, plain = limits
    return (
        bool((lightness_range(grey(pixels), 5) > _TEXTURE).mean() > texture)
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


def small_photographs(pixels: Pixels, ground: Mask) -> list[Box]:
    """Return boxes of photographs on this ground, however small a part of the picture: from two squares a side on."""
    side = max(round(_SQUARE * max(ground.shape)), LEAST_SQUARE)
    step = side // 2
    lightness = grey(pixels)
    ranges = lightness_range(lightness, 5)
    masks = (ground, ranges > _TEXTURE, lightness_range(lightness, 3) <= 6, ranges > _STARK)
    free, *shares = (_shares_of_squares(mask, side, step) for mask in masks)
    scores = np.tensordot(_OF_GROUND, np.stack(shares), 1)
    may_be = (free == 1) & (shares[0] >= _LEAST_TEXTURED) & (scores + _OF_COLOURS[1] > _FROM)
    shown = np.zeros(ground.shape, np.uint8)
    middles = []
    for row, column in np.argwhere(may_be):
        box = (int(column) * step, int(row) * step, side, side)
        if _is_of_photograph(crop_box(pixels, box), float(scores[row, column])):
            shown[box[1] : box[1] + side, box[0] : box[0] + side] = 1
            middles.append((box[1] + step, box[0] + step))
    _, labels, sizes, _ = cv2.connectedComponentsWithStats(shown)
    squares = np.bincount([labels[middle] for middle in middles], minlength=len(sizes))
    found = [[int(value) for value in sizes[number][:4]] for number in np.flatnonzero(squares >= _FEWEST)]
    return [(x, y, wide, high) for x, y, wide, high in found if not _is_lettered(pixels, (x, y, wide, high), step)]


def _is_lettered(pixels: Pixels, box: Box, room: int) -> bool:
    """Say whether what looks like a photograph is letters on a blurred filling, as its surroundings tell."""
    x, y, width, height = box
    left, top = max(x - room, 0), max(y - room, 0)
    wider = pixels[top : y + height + room, left : x + width + room]
    around = np.ones(wider.shape[:2], bool)
    around[y - top : y - top + height, x - left : x - left + width] = False
    is_filled = around.any() and share_of_three_colours(wider[around]) < _PAGE
    return bool(is_filled) and is_lettering(wider)


def _shares_of_squares(mask: Mask, side: int, step: int) -> Numbers:
    """Return the share of a mask in each square of this side, one beginning at every step."""
    sums = cv2.integral(mask.astype(np.uint8))
    whole = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return np.asarray(whole[::step, ::step] / side**2, np.float32)


def _is_of_photograph(pixels: Pixels, score: float) -> bool:
    """Say whether a square shows a photograph; its ground speaks so far for or against it."""
    lightness = grey(pixels)
    least, most = np.percentile(lightness, (3, 97))
    fifth = max(most - least, 8) / 5
    between = float(((lightness > least + fifth) & (lightness < most - fifth)).mean())
    if score + _OF_COLOURS @ (0.0, between) <= _FROM:
        return False
    colours = share_of_three_colours(pixels.reshape(-1, 3))
    is_shaded = colours <= _MOST_OF_THREE and score + _OF_COLOURS @ (colours, between) > _FROM
    return bool(is_shaded) and has_fine_detail(pixels) and not is_lettering(pixels)


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
