"""Finds the master that explains most of a picture, or of the part of it that nothing explained yet."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from checks.pictures.align import Placed, placed, unmirrored
from checks.pictures.features import POSTED_POINTS, POSTED_SIDE, Points, mirrored, points_of
from checks.pictures.outside import framed
from checks.pictures.picture import Box, Mask, Picture, Pixels, grey, smaller
from checks.pictures.register import Register
from checks.pictures.traits import few_colours
from checks.pictures.verify import LEAST_INLIERS, SETTLED, Match, matched

CLEAR = 8.0  # votes below which only a few masters are tried before the mirror image is asked
HOPELESS = 1.5  # votes below which a master is not looked at
TRIED, TRIED_FIRST = 6, 3
CROPS = 4  # parts of one picture that are looked at more closely
LEAST_CROP = 0.05  # of the picture
_LEAST_POINTS = 12
_MOSTLY, _HARDLY = (0.4, 0.6), (0.15, 0.85)  # least texture, most that is plain: of a photograph, of what may be one
_GRID = 24  # cells along the longest side when unexplained ground is boxed


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A master found in a post; `turned` and `whole_frame` are known when its hash alone said where to look."""

    number: int
    match: Match
    mirrored: bool = False
    turned: tuple[str, ...] = ()
    whole_frame: bool = False


class Finder:
    """Asks a register about one picture; `strongest` is the heaviest vote that came to nothing."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.strongest = 0.0

    def best(self, posted: Pixels, points: Points, near: list[int]) -> Found | None:
        """Return the master that explains most of what the points saw, those `near` by their hash asked first."""
        best: Found | None = None
        for number, placing in self._places(posted, points, near):
            if placing.inliers < LEAST_INLIERS:
                continue
            pixels = self.register.pixels(number)
            match = None if pixels is None else matched(posted, pixels, placing.map, placing.inliers)
            if match is None or not match.linked:
                continue
            if best is None or _weight(match) > _weight(best.match):
                best = Found(number, match, mirrored=placing.mirrored)
            if match.agreement >= SETTLED and match.inliers >= 20:
                break
        return best

    def _places(self, posted: Pixels, points: Points, near: list[int]) -> Iterator[tuple[int, Placed]]:
        """Yield masters and where their points say they lie, the likeliest first, the mirror image last."""
        if len(points) < _LEAST_POINTS:
            return
        width = posted.shape[1]
        likely = self._likely(points)
        for number in dict.fromkeys([*near, *likely]):
            one = placed(points, self.register.masters[number].features.points, mirrored=False)
            if one is not None:
                yield number, one
        glass = mirrored(points, width)
        for number in dict.fromkeys([*near, *self._likely(glass)]):
            one = placed(glass, self.register.masters[number].features.points, mirrored=False)
            if one is not None:
                yield number, unmirrored(one, width)

    def _likely(self, points: Points) -> list[int]:
        votes = self.register.index.votes(points, TRIED)
        if votes:
            self.strongest = max(self.strongest, votes[0].weight)
        most = TRIED if votes and votes[0].weight >= CLEAR else TRIED_FIRST
        return [vote.master for vote in votes[:most] if vote.weight >= HOPELESS]


def _weight(match: Match) -> float:
    return match.agreement * min(match.inliers, 100) * match.covers


def explained(found: Found, register: Register, posted: Pixels) -> Mask:
    """Return the ground of the post where the master is shown."""
    features = register.masters[found.number].features
    ground = framed(found.match.map, (features.width, features.height), posted.shape)
    x, y, width, height = found.match.box
    inside = np.zeros_like(ground)
    inside[max(y - 2, 0) : y + height + 2, max(x - 2, 0) : x + width + 2] = True
    return ground & inside


def unexplained(posted: Pixels, free: Mask) -> bool:
    """Say whether a photographic part of the picture is left that nothing explained."""
    return any(is_photographic(_cut(posted, box)) for box in _boxes(free))


def closer(picture: Picture, posted: Pixels, finder: Finder, free: Mask, most: int) -> tuple[list[Found], list[Box]]:
    """Look again, with more of the file's own pixels, at the photographic parts of a picture that nothing explained.

    Return what was found, and the boxes of the post in which nothing was.
    """
    found: list[Found] = []
    rest: list[Box] = []
    boxes = [box for box in _boxes(free) if is_photographic(_cut(posted, box), _HARDLY)]
    fine = picture.finer() if picture.finer is not None and boxes else posted
    growth = fine.shape[1] / posted.shape[1]
    for box in boxes[:CROPS]:
        crop = smaller(_cut(fine, box, growth), POSTED_SIDE)
        one = finder.best(crop, points_of(crop, POSTED_POINTS), []) if len(found) < most else None
        whole = None if one is None else _moved(one, box, box[2] / crop.shape[1], finder.register, posted)
        if whole is not None:
            found.append(whole)
        elif is_photographic(_cut(posted, box)):
            rest.append(box)
    return found, rest


def is_photographic(pixels: Pixels, least: tuple[float, float] = _MOSTLY) -> bool:
    """Say whether most of a part of a picture has texture: bars, pages, letters and blurred filling have not."""
    lightness = grey(pixels)
    ring = np.ones((5, 5), np.uint8)
    ranges = cv2.dilate(lightness, ring).astype(np.int16) - cv2.erode(lightness, ring)
    texture, plain = least
    return bool((ranges > 10).mean() > texture) and few_colours(pixels.reshape(-1, 3)) < plain


def _cut(pixels: Pixels, box: Box, growth: float = 1.0) -> Pixels:
    left, top, width, height = (round(value * growth) for value in box)
    return pixels[top : top + max(height, 8), left : left + max(width, 8)]


def _boxes(free: Mask) -> list[Box]:
    """Return the largest boxes of unexplained ground, long ones halved, the largest first."""
    height, width = free.shape
    step = max(height, width) / _GRID
    rows, columns = max(round(height / step), 1), max(round(width / step), 1)
    shares = cv2.resize(free.astype(np.float32), (columns, rows), interpolation=cv2.INTER_AREA)
    open_cells = shares > 0.7
    boxes: list[Box] = []
    while len(boxes) < CROPS:
        left, top, wide, high = _largest(open_cells)
        if wide * high < LEAST_CROP * rows * columns:
            break
        open_cells[top : top + high, left : left + wide] = False
        boxes += [
            (round(x * step), round(y * step), round(w * step), round(h * step))
            for x, y, w, h in _halved(left, top, wide, high)
        ]
    return [box for box in boxes if min(box[2:]) >= 24]


def _halved(left: int, top: int, wide: int, high: int) -> list[Box]:
    if wide >= 1.8 * high:
        return [(left, top, wide // 2, high), (left + wide // 2, top, wide - wide // 2, high)]
    if high >= 1.8 * wide:
        return [(left, top, wide, high // 2), (left, top + high // 2, wide, high - high // 2)]
    return [(left, top, wide, high)]


def _largest(cells: Mask) -> Box:
    """Return the largest rectangle of true cells: for each row, the heights above it on a stack of rising ones."""
    best = (0, 0, 0, 0)
    heights = [0] * cells.shape[1]
    for row, open_ones in enumerate(cells.tolist()):
        heights = [height + 1 if one else 0 for one, height in zip(open_ones, heights, strict=True)]
        rising: list[tuple[int, int]] = []  # where a rectangle begins, and how high it is
        for right, height in enumerate([*heights, 0]):
            left = right
            while rising and rising[-1][1] >= height:
                left, high = rising.pop()
                if (right - left) * high > best[2] * best[3]:
                    best = (left, row - high + 1, right - left, high)
            rising.append((left, height))
    return best


def _moved(one: Found, box: Box, growth: float, register: Register, posted: Pixels) -> Found | None:
    """Return what was found in a crop as found in the whole picture; None when it does not hold there."""
    placing = one.match.map * growth
    placing[:, 2] += box[:2]
    pixels = register.pixels(one.number)
    again = None if pixels is None else matched(posted, pixels, placing, one.match.inliers)
    return replace(one, match=again) if again is not None and again.linked else None
