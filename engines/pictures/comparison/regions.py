"""What each differing region of an aligned pair shows: something drawn over it, or more of the photograph."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.comparison.change_classifier import (
    AROUND,
    blur_residual,
    change_score,
    gradient,
    low_frequency_share,
    outline_contrast,
    share_of_three_colours,
    show_through,
    tone_contrast,
)
from engines.pictures.comparison.difference import Difference
from engines.pictures.model import Box
from engines.pictures.picture import Mask, Numbers, Pixels, connected_spots, grey, lightness_range, pixel_count

LEAST_AREA = 0.0006  # of the comparable ground
_JOINED = 9  # pixels over which two differing spots are one region
_FEWEST = 36  # pixels
_MANY_COLOURS, _MUCH = 0.38, 0.02  # least share that three colours make up of what is drawn; share of the ground
_STRIP = 0.035  # of the side
_CORNER = 0.05  # of the side
_OUTLINED = 0.12  # steps along an outline, from which one of the two has an edge there that the other has not
_BESIDE = 4  # pixels


@dataclass(frozen=True, slots=True)
class ChangedRegion:
    """One differing region: its box and area (share of the ground), and what was measured of it."""

    box: Box
    area: float
    texture_match: float  # share of its texture that is the master's all the same
    flatness: float  # share of the post's pixels there that have no texture at all
    master_flatness: float  # the same of the master's
    colour_concentration: float  # share of the post's pixels that have one of three colours
    detail_ratio: float  # fine detail of the post for that of the master
    tone_contrast: float  # grey levels between the master there and the master around it
    sign_balance: float  # 1 when all of it got lighter, or all of it darker; 0 when as much the one as the other
    low_frequency: float  # share of the difference that is left when detail is smoothed away
    blur_residual: float  # how badly the post, blurred, is the master: 0 is the same, 1 no nearer than it was unblurred
    show_through: float  # how far the master's finest detail still shows, -1 to 1
    outline_contrast: float  # steps along its outline, 1 when only the post has them, -1 when only the master has
    is_in_corner: bool  # in a corner of the ground
    change_score: float  # how much speaks for something new, above zero
    is_edge_strip: bool  # a strip along the edge of what can be compared, where the two do not quite meet

    @property
    def is_new(self) -> bool:
        """Say whether more of a scene is shown than the master had."""
        return (self.change_score > 0 or self.is_other) and not self.is_edge_strip

    @property
    def is_other(self) -> bool:
        """Say whether much of it is something else altogether, in more colours than anybody draws."""
        rich = self.colour_concentration < _MANY_COLOURS and self.flatness < 0.35
        return rich and self.area > _MUCH and self.texture_match < 0.25 and self.show_through < 0.4

    @property
    def is_moved(self) -> bool:
        """Say whether the scene itself differs, as in another frame of it.

        What was drawn or taken away leaves an outline in one of the two, what was only made lighter or darker keeps
        its balance or its detail, and neither is so of what moved.
        """
        same = self.texture_match >= 0.8 or self.show_through >= 0.6
        return (
            not (self.is_edge_strip or same)
            and abs(self.outline_contrast) < _OUTLINED
            and self.flatness < 0.35
            and self.sign_balance < 0.5
        )

    @property
    def is_tone(self) -> bool:
        """Say whether the same detail is there, only lighter or darker or less sharp."""
        return self.texture_match >= 0.85 and not self.is_new

    @property
    def is_drawn(self) -> bool:
        """Say whether flat colours or letters were laid over the photograph."""
        if self.is_new:
            return False
        if self.colour_concentration >= 0.66 or self.flatness >= 0.35:
            return True
        if self.is_in_corner and self.area < 0.06 and self.sign_balance >= 0.12 and self.texture_match < 0.6:
            return True  # a mark in a corner
        return self.sign_balance >= 0.5 and (
            self.texture_match >= 0.2
            or self.show_through >= 0.4
            or (self.colour_concentration >= 0.48 and self.area < 0.06)
        )


@dataclass(frozen=True, slots=True, eq=False)
class _PairDetail:
    """The pair with the post's colours; of post and master, where they are flat, and how finely they are detailed."""

    difference: Difference
    posted: Pixels
    flats: Sequence[Mask]
    fine: Sequence[Numbers]
    sharp: Sequence[Numbers]
    steps: Sequence[Numbers]


def changed_regions(difference: Difference, colours: Callable[[], tuple[Pixels, Pixels]]) -> list[ChangedRegion]:
    """Return the regions that differ, the largest first; `colours` shows both pictures when there is one to look at."""
    if not difference.differs.any():
        return []
    ground = max(pixel_count(difference.valid), 1)
    spots = connected_spots(difference.differs, _JOINED, max(LEAST_AREA * ground, _FEWEST))
    if not spots:
        return []
    pair = _pair_detail(difference, *colours())
    measured = [_measured_region(pair, box, mask, size / ground) for box, mask, size in spots]
    return sorted(measured, key=lambda region: (-region.area, region.box))


def _pair_detail(difference: Difference, posted: Pixels, master: Pixels) -> _PairDetail:
    lightnesses = (difference.posted, difference.master)
    return _PairDetail(
        difference,
        posted,
        flats=[lightness_range(grey(pixels), 5) <= 6 for pixels in (posted, master)],
        fine=[np.abs(each - cv2.GaussianBlur(each, (0, 0), 2.0)) for each in lightnesses],
        sharp=[each - cv2.GaussianBlur(each, (0, 0), 1.2) for each in lightnesses],
        steps=[gradient(each) for each in lightnesses],
    )


def _measured_region(pair: _PairDetail, box: Box, mask: Mask, area: float) -> ChangedRegion:
    left, top, width, height = box
    window = np.s_[top : top + height, left : left + width]
    difference = pair.difference
    textured = difference.textured[window] & mask
    change = (difference.posted[window] - difference.master[window])[mask]
    tall, wide = difference.valid.shape
    edge = (max(top - AROUND, 0), max(left - AROUND, 0))
    wide_window = np.s_[edge[0] : top + height + AROUND, edge[1] : left + width + AROUND]
    wide_mask = np.zeros(difference.valid[wide_window].shape, bool)
    wide_mask[top - edge[0] : top - edge[0] + height, left - edge[1] : left - edge[1] + width] = mask
    details = [float(detail[window][mask].mean()) for detail in pair.fine]
    features = {
        "area": area,
        "texture_match": float(difference.correlated[window][textured].mean()) if textured.any() else 0.0,
        "flatness": float(pair.flats[0][window][mask].mean()),
        "master_flatness": float(pair.flats[1][window][mask].mean()),
        "colour_concentration": share_of_three_colours(pair.posted[window][mask]),
        "tone_contrast": tone_contrast(difference.master, box, mask),
        "detail_ratio": details[0] / (details[1] + 0.2),
        "sign_balance": float(abs(change.mean()) / (np.abs(change).mean() + 1e-3)),
        "low_frequency": low_frequency_share(difference.posted[window] - difference.master[window], mask),
        "blur_residual": blur_residual(difference.posted[wide_window], difference.master[wide_window], wide_mask),
        "show_through": show_through(pair.sharp[0][window][mask], pair.sharp[1][window][mask]),
        "outline_contrast": outline_contrast(pair.steps[0][wide_window], pair.steps[1][wide_window], wide_mask),
    }
    return ChangedRegion(
        box=box,
        change_score=change_score(features),
        is_edge_strip=(width <= max(_STRIP * wide, 6) or height <= max(_STRIP * tall, 6))
        and _at_edge(difference.valid, box),
        is_in_corner=min(left, wide - left - width) <= _CORNER * wide
        and min(top, tall - top - height) <= _CORNER * tall,
        **features,
    )


def _at_edge(valid: Mask, box: Box) -> bool:
    """Say whether a region reaches to where the two can no longer be compared."""
    left, top, width, height = box
    beside = valid[max(top - _BESIDE, 0) : top + height + _BESIDE, max(left - _BESIDE, 0) : left + width + _BESIDE]
    whole = (height + 2 * _BESIDE, width + 2 * _BESIDE)
    return beside.shape != whole or not bool(beside.all())
