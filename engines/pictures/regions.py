"""What each differing region of an aligned pair shows: something drawn over it, or more of the photograph."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.difference import Difference
from engines.pictures.newness import newness
from engines.pictures.picture import Box, Mask, Numbers, Pixels, grey
from engines.pictures.traits import AROUND, coarse, edged, few_colours, flat, steps, stood_out, through, veiled

LEAST_AREA = 0.0006  # of the comparable ground
_JOINED = 9  # pixels over which two differing spots are one region
_FEWEST = 36  # pixels
_MANY_COLOURS, _MUCH = 0.38, 0.02  # least share that three colours make up of what is drawn; share of the ground
_STRIP = 0.035  # of the side
_CORNER = 0.05  # of the side
_OUTLINED = 0.12  # steps along an outline, from which one of the two has an edge there that the other has not
_BESIDE = 4  # pixels


@dataclass(frozen=True, slots=True)
class Region:
    """One differing region: its box and area (share of the ground), and what was measured of it."""

    box: Box
    area: float
    alike: float  # share of its texture that is the master's all the same
    flat: float  # share of the post's pixels there that have no texture at all
    flat_before: float  # the same of the master's
    colours: float  # share of the post's pixels that have one of three colours
    detail: float  # fine detail of the post for that of the master
    stood_out: float  # grey levels between the master there and the master around it
    balance: float  # 1 when all of it got lighter, or all of it darker; 0 when as much the one as the other
    coarse: float  # share of the difference that is left when detail is smoothed away
    veiled: float  # how badly the post, blurred, is the master: 0 is the same, 1 no nearer than it was unblurred
    through: float  # how far the master's finest detail still shows, -1 to 1
    edged: float  # steps along its outline, 1 when only the post has them, -1 when only the master has
    cornered: bool  # in a corner of the ground
    newness: float  # how much speaks for something new, above nought
    thin: bool  # a strip along the edge of what can be compared, where the two do not quite meet

    @property
    def is_new(self) -> bool:
        """Say whether more of a scene is shown than the master had."""
        return (self.newness > 0 or self.is_other) and not self.thin

    @property
    def is_other(self) -> bool:
        """Say whether much of it is something else altogether, in more colours than anybody draws."""
        rich = self.colours < _MANY_COLOURS and self.flat < 0.35
        return rich and self.area > _MUCH and self.alike < 0.25 and self.through < 0.4

    @property
    def is_moved(self) -> bool:
        """Say whether the scene itself differs, as in another frame of it.

        What was drawn or taken away leaves an outline in one of the two, what was only made lighter or darker keeps
        its balance or its detail, and neither is so of what moved.
        """
        same = self.alike >= 0.8 or self.through >= 0.6
        return not (self.thin or same) and abs(self.edged) < _OUTLINED and self.flat < 0.35 and self.balance < 0.5

    @property
    def is_tone(self) -> bool:
        """Say whether the same detail is there, only lighter or darker or less sharp."""
        return self.alike >= 0.85 and not self.is_new

    @property
    def is_drawn(self) -> bool:
        """Say whether flat colours or letters were laid over the photograph."""
        if self.is_new:
            return False
        if self.colours >= 0.66 or self.flat >= 0.35:
            return True
        if self.cornered and self.area < 0.06 and self.balance >= 0.12 and self.alike < 0.6:
            return True  # a mark in a corner
        return self.balance >= 0.5 and (
            self.alike >= 0.2 or self.through >= 0.4 or (self.colours >= 0.48 and self.area < 0.06)
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """The pair with its colours, and where and how finely each of the two is detailed."""

    difference: Difference
    posted: Pixels
    master: Pixels
    flats: tuple[Mask, Mask]
    fine: tuple[Numbers, Numbers]
    sharp: tuple[Numbers, Numbers]
    steps: tuple[Numbers, Numbers]


def regions(difference: Difference, colours: Callable[[], tuple[Pixels, Pixels]]) -> list[Region]:
    """Return the regions that differ, the largest first; `colours` shows both pictures when there is one to look at."""
    if not difference.differs.any():
        return []
    ground = max(int(np.count_nonzero(difference.valid)), 1)
    closed = cv2.morphologyEx(
        difference.differs.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((_JOINED, _JOINED), np.uint8)
    )
    _, labels, sizes, _ = cv2.connectedComponentsWithStats(closed)
    least = max(LEAST_AREA * ground, _FEWEST)
    numbers = [number for number in range(1, len(sizes)) if sizes[number][4] >= least]
    if not numbers:
        return []
    pair = _paired(difference, *colours())
    found = []
    for number in numbers:
        left, top, width, height, size = (int(value) for value in sizes[number])
        mask = labels[top : top + height, left : left + width] == number
        found.append(_region(pair, (left, top, width, height), mask, size / ground))
    return sorted(found, key=lambda region: (-region.area, region.box))


def _paired(difference: Difference, posted: Pixels, master: Pixels) -> _Pair:
    both = (difference.posted, difference.master)
    flats = (flat(grey(posted)), flat(grey(master)))
    fine = tuple(np.abs(one - cv2.GaussianBlur(one, (0, 0), 2.0)) for one in both)
    sharp = tuple(one - cv2.GaussianBlur(one, (0, 0), 1.2) for one in both)
    return _Pair(
        difference, posted, master, flats, (fine[0], fine[1]), (sharp[0], sharp[1]), (steps(both[0]), steps(both[1]))
    )


def _region(pair: _Pair, box: Box, mask: Mask, area: float) -> Region:
    left, top, width, height = box
    window = np.s_[top : top + height, left : left + width]
    seen = pair.difference
    textured = seen.textured[window] & mask
    moved = (seen.posted[window] - seen.master[window])[mask]
    tall, wide = seen.valid.shape
    edge = (max(top - AROUND, 0), max(left - AROUND, 0))
    wide_window = np.s_[edge[0] : top + height + AROUND, edge[1] : left + width + AROUND]
    wide_mask = np.zeros(seen.valid[wide_window].shape, bool)
    wide_mask[top - edge[0] : top - edge[0] + height, left - edge[1] : left - edge[1] + width] = mask
    details = [float(one[window][mask].mean()) for one in pair.fine]
    traits = {
        "area": area,
        "alike": float(seen.alike[window][textured].mean()) if textured.any() else 0.0,
        "flat": float(pair.flats[0][window][mask].mean()),
        "flat_before": float(pair.flats[1][window][mask].mean()),
        "colours": few_colours(pair.posted[window][mask]),
        "stood_out": stood_out(seen.master, box, mask),
        "detail": details[0] / (details[1] + 0.2),
        "balance": float(abs(moved.mean()) / (np.abs(moved).mean() + 1e-3)),
        "coarse": coarse(seen.posted[window] - seen.master[window], mask),
        "veiled": veiled(seen.posted[wide_window], seen.master[wide_window], wide_mask),
        "through": through(pair.sharp[0][window][mask], pair.sharp[1][window][mask]),
        "edged": edged(pair.steps[0][wide_window], pair.steps[1][wide_window], wide_mask),
    }
    return Region(
        box=box,
        newness=newness(traits),
        thin=(width <= max(_STRIP * wide, 6) or height <= max(_STRIP * tall, 6)) and _at_edge(seen.valid, box),
        cornered=min(left, wide - left - width) <= _CORNER * wide and min(top, tall - top - height) <= _CORNER * tall,
        **traits,
    )


def _at_edge(valid: Mask, box: Box) -> bool:
    """Say whether a region reaches to where the two can no longer be compared."""
    left, top, width, height = box
    beside = valid[max(top - _BESIDE, 0) : top + height + _BESIDE, max(left - _BESIDE, 0) : left + width + _BESIDE]
    whole = (height + 2 * _BESIDE, width + 2 * _BESIDE)
    return beside.shape != whole or not bool(beside.all())
