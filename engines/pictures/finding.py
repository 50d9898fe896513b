"""Finds the master that explains most of a picture, or of the part of it that nothing explained yet."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from engines.pictures.align import Placed, placed, unmirrored
from engines.pictures.features import POSTED_POINTS, POSTED_SIDE, Points, mirrored, points_of
from engines.pictures.leftover import HARDLY, MOST, boxes_of, cut_out, is_photographic
from engines.pictures.outside import framed
from engines.pictures.picture import Box, Mask, Picture, Pixels, smaller
from engines.pictures.register import Register
from engines.pictures.verify import LEAST_INLIERS, SETTLED, Match, matched

CLEAR = 8.0  # votes below which only a few masters are tried before the mirror image is asked
HOPELESS = 1.5  # votes below which a master is not looked at
TRIED, TRIED_FIRST = 6, 3
_LEAST_POINTS = 12


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

    def again(self, posted: Pixels, points: Points, known: Found) -> Found | None:
        """Return a master that was found already, placed anew by other points; None when they do not place it."""
        master = self.register.masters[known.number].features.points
        width = posted.shape[1]
        one = placed(mirrored(points, width) if known.mirrored else points, master, mirrored=False)
        pixels = self.register.pixels(known.number)
        if one is None or one.inliers < LEAST_INLIERS or pixels is None:
            return None
        match = matched(posted, pixels, (unmirrored(one, width) if known.mirrored else one).map, one.inliers)
        return replace(known, match=match) if match is not None and match.linked else None

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


def closer(picture: Picture, posted: Pixels, finder: Finder, free: Mask, most: int) -> tuple[list[Found], list[Box]]:
    """Look again, with more of the file's own pixels, at the photographic parts of a picture that nothing explained.

    Return what was found, and the boxes of the post in which nothing was.
    """
    found: list[Found] = []
    rest: list[Box] = []
    boxes = [box for box in boxes_of(free) if is_photographic(cut_out(posted, box), HARDLY)]
    fine = picture.finer() if picture.finer is not None and boxes else posted
    growth = fine.shape[1] / posted.shape[1]
    for box in boxes[:MOST]:
        crop = smaller(cut_out(fine, box, growth), POSTED_SIDE)
        one = finder.best(crop, points_of(crop, POSTED_POINTS), []) if len(found) < most else None
        whole = None if one is None else _moved(one, box, box[2] / crop.shape[1], finder.register, posted)
        if whole is not None:
            found.append(whole)
        elif is_photographic(cut_out(posted, box)):
            rest.append(box)
    return found, rest


def _moved(one: Found, box: Box, growth: float, register: Register, posted: Pixels) -> Found | None:
    """Return what was found in a crop as found in the whole picture; None when it does not hold there."""
    placing = one.match.map * growth
    placing[:, 2] += box[:2]
    pixels = register.pixels(one.number)
    again = None if pixels is None else matched(posted, pixels, placing, one.match.inliers)
    return replace(one, match=again) if again is not None and again.linked else None
