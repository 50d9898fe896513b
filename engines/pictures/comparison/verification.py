"""Whether a master, laid where its points say, is the photograph that is posted; and if so, what differs."""

from dataclasses import dataclass, replace

import numpy as np

from engines.pictures.comparison.difference import Difference, compare_pixels
from engines.pictures.comparison.regions import ChangedRegion, changed_regions
from engines.pictures.comparison.shared_ground import SharedGround, VisibleArea, visible_area, weigh_ground
from engines.pictures.model import Box
from engines.pictures.picture import Mask, Pixels, box_mask, grey, pixel_count
from engines.pictures.registration.overlay import AlignedPair, align_pair
from engines.pictures.registration.placement import AffineMap

COVERS_MASTER, COVERS_POST = 0.10, 0.008  # least shares of the two that must be shared ground

LEAST_INLIERS = 12  # with fewer, nothing is a link whatever the pixels say
SETTLED = 0.92  # agreement from which no other master need be tried
_LEAST_LEFT = 0.3  # of the ground that must not have been cut off or drawn over
_LEAST_WHOLE = 0.25  # agreement, with what was drawn over it
_FILLS = 0.7  # of its box, that a region must be for the box to be drawn over
_PART = 0.6  # share of the master below which only a part of it is there


@dataclass(frozen=True, slots=True, eq=False)
class PictureMatch:
    """A master found in a post: `map` from its pixels to the post's, how surely it is there, and what differs."""

    map: AffineMap
    inliers: int
    agreement: float  # of the textured ground, what was drawn over it left out
    agreement_with_drawn: float  # the same with what was drawn over it
    visible: VisibleArea
    pair: AlignedPair
    regions: tuple[ChangedRegion, ...]
    box: Box  # where the master is shown, in the post's pixels
    master_share: float  # share of the master that is shown
    visible_share: float  # share that is shown of what could be
    ground: SharedGround

    @property
    def is_linked(self) -> bool:
        """Say whether it is the same photograph, or at least the same scene."""
        drawn = sum(region.area for region in self.regions if region.is_drawn)
        if self.visible_share * (1 - min(drawn, 1.0)) < _LEAST_LEFT:
            return False  # a banner that two posters share
        if self.ground.is_shared_layout(part_only=self.master_share < _PART):
            return False  # a layout that they share
        least = 0.75 if LEAST_INLIERS <= self.inliers < 25 else 0.45
        return self.inliers >= LEAST_INLIERS and self.agreement >= least

    @property
    def is_clear(self) -> bool:
        """Say whether it is the same photograph beyond doubt, and shows nothing new where the two were compared."""
        return self.agreement >= SETTLED and not self.new_regions

    @property
    def new_regions(self) -> list[ChangedRegion]:
        """Return the regions that show more than the master did."""
        return [region for region in self.regions if region.is_new]

    @property
    def drawn_boxes(self) -> list[Box]:
        """Return, in the post's pixels, the boxes that something drawn over the master fills."""
        ground = pixel_count(self.pair.valid)
        filled = (each for each in self.regions if each.area * ground >= _FILLS * each.box[2] * each.box[3])
        return [self.pair.in_post(region.box) for region in filled if region.is_drawn]

    @property
    def unchanged_ground(self) -> Mask:
        """Return where the master is shown and nothing was drawn over it."""
        shape = self.pair.valid.shape
        drawn = box_mask((region.box for region in self.regions if region.is_drawn), shape)
        return self.pair.valid & ~drawn & self.visible.mask(shape)


def verify_placement(posted: Pixels, master: Pixels, placing: AffineMap, inliers: int) -> PictureMatch | None:
    """Lay the master upon the post and compare; None when they share too little ground, or too little agrees on it."""
    pair = align_pair(grey(posted), grey(master), placing)
    if pair is None:
        return None
    difference = compare_pixels(pair.posted, pair.master, pair.valid)
    visible = visible_area(difference)
    ground = difference.valid & visible.mask(difference.valid.shape)
    covers = pixel_count(ground) / (pair.scale**2) / max(_area(placing, master), 1.0)
    post_share = pixel_count(ground) / (pair.scale**2) / (posted.shape[0] * posted.shape[1])
    if covers < COVERS_MASTER or post_share < COVERS_POST:
        return None
    compared = replace(difference, valid=ground, differs=difference.differs & ground)
    agreement_with_drawn = _agreement(compared, ground)
    visible_share = pixel_count(ground) / max(pixel_count(difference.valid), 1)
    if agreement_with_drawn < _LEAST_WHOLE or visible_share < _LEAST_LEFT:
        return None
    regions_found = changed_regions(compared, lambda: _colour_pair(posted, master, placing))
    drawn = box_mask((region.box for region in regions_found if region.is_drawn), ground.shape)
    if not (ground & ~(drawn & compared.differs)).any():
        return None
    return PictureMatch(
        placing,
        inliers,
        _agreement(compared, ground & ~drawn),
        agreement_with_drawn,
        visible,
        pair,
        tuple(regions_found),
        pair.in_post(visible.box),
        min(float(covers), 1.0),
        visible_share,
        weigh_ground(pair.posted, pair.master, difference, ground & ~drawn),
    )


def _colour_pair(posted: Pixels, master: Pixels, placing: AffineMap) -> tuple[Pixels, Pixels]:
    pair = align_pair(posted, master, placing)
    return (pair.posted, pair.master) if pair is not None else (posted, master)


def _area(placing: AffineMap, master: Pixels) -> float:
    return abs(float(np.linalg.det(placing[:, :2]))) * master.shape[0] * master.shape[1]


def _agreement(difference: Difference, ground: Mask) -> float:
    textured = difference.textured & ground
    rich, whole = pixel_count(textured), max(pixel_count(ground), 1)
    if rich >= 0.02 * whole:
        return pixel_count(difference.correlated & textured) / rich
    return pixel_count(ground & ~difference.differs) / whole
