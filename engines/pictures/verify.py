"""Whether a master, laid where its points say, is the photograph that is posted; and if so, what differs."""

from dataclasses import dataclass

import numpy as np

from engines.pictures.align import Map
from engines.pictures.difference import Difference, compared
from engines.pictures.ground import Ground, rested_on
from engines.pictures.laying import Laid, laid
from engines.pictures.picture import Box, Mask, Pixels, grey
from engines.pictures.regions import Region, regions
from engines.pictures.visible import Shown, shown

COVERS_MASTER, COVERS_POST = 0.10, 0.008  # least shares of the two that must be shared ground

LEAST_INLIERS = 12  # with fewer, nothing is a link whatever the pixels say
SETTLED = 0.92  # agreement from which no other master need be tried
_LEAST_LEFT = 0.3  # of the ground that must not have been cut off or drawn over
_LEAST_WHOLE = 0.25  # agreement, with what was drawn over it
_PART = 0.6  # share of the master below which only a part of it is there


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """A master found in a post: `map` from its pixels to the post's, how surely it is there, and what differs."""

    map: Map
    inliers: int
    agreement: float  # of the textured ground, what was drawn over it left out
    whole: float  # the same with what was drawn over it
    shown: Shown
    laid: Laid
    regions: tuple[Region, ...]
    box: Box  # where the master is shown, in the post's pixels
    covers: float  # share of the master that is shown
    cut: float  # share that is shown of what could be
    ground: Ground

    @property
    def linked(self) -> bool:
        """Say whether it is the same photograph, or at least the same scene."""
        drawn = sum(region.area for region in self.regions if region.is_drawn)
        if self.cut * (1 - min(drawn, 1.0)) < _LEAST_LEFT:
            return False  # a banner that two posters share
        if self.ground.is_shared_layout(part_only=self.covers < _PART):
            return False  # a layout that they share
        return (self.agreement >= 0.75 and self.inliers >= LEAST_INLIERS) or (
            self.agreement >= 0.45 and self.inliers >= 25
        )

    @property
    def clear(self) -> bool:
        """Say whether it is the same photograph beyond doubt, and shows nothing new where the two were compared."""
        return self.agreement >= SETTLED and not self.new_regions

    @property
    def new_regions(self) -> list[Region]:
        """Return the regions that show more than the master did."""
        return [region for region in self.regions if region.is_new]

    @property
    def clean(self) -> Mask:
        """Return where the master is shown and nothing was drawn over it."""
        shape = self.laid.valid.shape
        drawn = _boxes([region for region in self.regions if region.is_drawn], shape)
        return self.laid.valid & ~drawn & self.shown.mask(shape)


def matched(posted: Pixels, master: Pixels, placing: Map, inliers: int) -> Match | None:
    """Lay the master upon the post and compare; None when they share too little ground, or too little agrees on it."""
    pair = laid(grey(posted), grey(master), placing)
    if pair is None:
        return None
    difference = compared(pair.posted, pair.master, pair.valid)
    part = shown(difference)
    ground = difference.valid & part.mask(difference.valid.shape)
    covers = _count(ground) / (pair.scale**2) / max(_area(placing, master), 1.0)
    share = _count(ground) / (pair.scale**2) / (posted.shape[0] * posted.shape[1])
    if covers < COVERS_MASTER or share < COVERS_POST:
        return None
    kept = Difference(
        difference.posted,
        difference.master,
        ground,
        difference.differs & ground,
        difference.textured,
        difference.alike,
        difference.noise,
        difference.slack,
    )
    whole, cut = _agreed(kept, ground), _count(ground) / max(_count(difference.valid), 1)
    if whole < _LEAST_WHOLE or cut < _LEAST_LEFT:
        return None
    found = regions(kept, lambda: _coloured(posted, master, placing))
    drawn = _boxes([region for region in found if region.is_drawn], ground.shape)
    clear = ground & ~(drawn & kept.differs)
    return (
        Match(
            placing,
            inliers,
            _agreed(kept, ground & ~drawn),
            whole,
            part,
            pair,
            tuple(found),
            to_post(part.box, pair),
            min(float(covers), 1.0),
            cut,
            rested_on(pair.posted, pair.master, difference, ground & ~drawn),
        )
        if clear.any()
        else None
    )


def _coloured(posted: Pixels, master: Pixels, placing: Map) -> tuple[Pixels, Pixels]:
    pair = laid(posted, master, placing)
    return (pair.posted, pair.master) if pair is not None else (posted, master)


def to_post(box: Box, pair: Laid) -> Box:
    """Return a box of the compared ground in the post's own pixels."""
    left, top = pair.box[0] + box[0] / pair.scale, pair.box[1] + box[1] / pair.scale
    return round(left), round(top), max(round(box[2] / pair.scale), 1), max(round(box[3] / pair.scale), 1)


def _area(placing: Map, master: Pixels) -> float:
    return abs(float(np.linalg.det(placing[:, :2]))) * master.shape[0] * master.shape[1]


def _boxes(found: list[Region], shape: tuple[int, ...]) -> Mask:
    made = np.zeros(shape, bool)
    for region in found:
        x, y, width, height = region.box
        made[y : y + height, x : x + width] = True
    return made


def _count(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def _agreed(difference: Difference, ground: Mask) -> float:
    textured = difference.textured & ground
    rich, whole = _count(textured), max(_count(ground), 1)
    if rich >= 0.02 * whole:
        return _count(difference.alike & textured) / rich
    return _count(ground & ~difference.differs) / whole
