"""A spot of a post whose fine detail is not that of its master, and what its measures tell: hidden, shown or moved."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engines.pictures.model import Box

# Chosen on photographs of the tune half.
UNLIKE_AND_MORE, MORE = 0.93, 1.35  # the same where the post shows so many times the detail
LEAST_NEW, _LEAST_SIDE = 300, 12  # pixels of a spot and of its shorter side, for it to be new by itself
SMALL_PAIR, _LEAST_SHARE = 600, 0.02  # pixels of a side below which a pair is small; share of it that a spot must be
_CLEARLY_UNLIKE, _UNLIKE_IN_SMALL = 0.78, 0.6  # correlation below which it may have moved; the same in a small pair
_LESS = 0.75  # detail of the post for that of the master, below which it was hidden in the post
_AS_MUCH = (0.67, 1.5)  # detail of the post for that of the master, where something moved
_MOVED, _MOVED_IN_SMALL = 0.002, 0.006  # share of the ground that moved, from which it is another picture
_FLATTER = 0.1  # share of flat ground by which a post may be flatter, or it was hidden or drawn in the post
_NOTHING_ALIKE = 0.5  # correlation below which a photograph may have been painted out
_RICHER, _SMOOTHER = 2.0, 1.5  # times the master's detail that the post has there, and the master around it
_PHOTOGRAPH_FLAT, _PHOTOGRAPH_COLOURS = 0.25, 0.5  # most flat ground and share of three colours of a photograph
_LONGER = 2.0  # times the shorter side that the longer one may have: a line of words has more
_TONE_KEPT = 0.33  # change of tone for the detail shown, above which something was drawn over
# The same in grey levels where the master is plain, energy of its detail below which it is: there a crest as light as
# its ground on the whole has 8.5 and more. What averages in linear light lifts ink on white by 7 to 12 as it hides it.
_MOST_TONE_ON_PLAIN, _PLAIN = 8.0, 16.0
_STARK = 1000.0  # energy of detail above which it is ink, and no photograph: painted out faces have 440 at most


@dataclass(frozen=True, slots=True)
class UnlikeSpot:
    """A spot whose detail is another: its box in the pair, and what was measured of the two there."""

    box: Box
    pixels: int
    area: float  # share of the ground
    correlation: float
    detail: float  # energy in the post
    master_detail: float  # the same in the master, brought to the post's contrast
    flatness: float
    master_flatness: float
    tone_change: float  # grey levels
    master_around: float  # energy in the master, there and in its surroundings
    three_colours: float  # share of the post's three commonest colours
    is_small_pair: bool
    is_blurred_in_master: bool

    @property
    def is_new(self) -> bool:
        """Say whether by itself it tells that the post shows what the master does not."""
        if self.is_photograph_on_smooth or self.is_blurred_in_master:
            return True
        if self.is_small_pair:
            return self.shows_more and self.area >= _LEAST_SHARE and self.correlation < _UNLIKE_IN_SMALL
        return self.shows_more and self.pixels >= LEAST_NEW and min(self.box[2:]) >= _LEAST_SIDE

    @property
    def shows_more(self) -> bool:
        """Say whether the post shows detail in the same tone that the master has not: hidden there, or moved."""
        moved = self.correlation < _CLEARLY_UNLIKE and self.detail >= _LESS * self.master_detail
        return (
            (moved or (self.correlation < UNLIKE_AND_MORE and self.detail >= MORE * self.master_detail))
            and self.flatness <= self.master_flatness + _FLATTER
            and self._has_tone_of(self.detail)
        )

    @property
    def is_photograph_on_smooth(self) -> bool:
        """Say whether the post shows a photograph where the master is smooth and its surroundings are not."""
        return (
            self.correlation < _NOTHING_ALIKE
            and _RICHER * self.master_detail <= self.detail <= _STARK
            and self.master_around >= _SMOOTHER * self.master_detail
            and self.looks_photographed
            and min(self.box[2:]) >= _LEAST_SIDE
        )

    @property
    def looks_photographed(self) -> bool:
        """Say whether the post has neither flat ground nor few colours there, and no line of words."""
        return (
            self.flatness <= _PHOTOGRAPH_FLAT
            and self.three_colours <= _PHOTOGRAPH_COLOURS
            and max(self.box[2:]) <= _LONGER * min(self.box[2:])
        )

    @property
    def is_moved(self) -> bool:
        """Say whether both show as much detail there, but not the same: what was drawn, hidden or shown has not."""
        return (
            self.correlation < _UNLIKE_IN_SMALL
            and _AS_MUCH[0] * self.master_detail <= self.detail <= _AS_MUCH[1] * self.master_detail
            and abs(self.flatness - self.master_flatness) <= 2 * _FLATTER
            and not self.keeps_tone
        )

    @property
    def keeps_tone(self) -> bool:
        """Say whether the tone is the master's, as squares and blurring leave it."""
        return self._has_tone_of(max(self.detail, self.master_detail))

    def _has_tone_of(self, detail: float) -> bool:
        most = _MOST_TONE_ON_PLAIN if self.master_detail < _PLAIN else math.inf
        return self.tone_change < min(_TONE_KEPT * float(np.sqrt(detail)), most)

    @property
    def is_covered(self) -> bool:
        """Say whether in the same tone the post shows less than the master did."""
        return self.detail < _LESS * self.master_detail and self.keeps_tone


def moved(spots: Sequence[UnlikeSpot]) -> list[UnlikeSpot]:
    """Return the spots that moved, where they are enough together for another picture of the scene."""
    some = [spot for spot in spots if spot.is_moved]
    least = _MOVED_IN_SMALL if some and some[0].is_small_pair else _MOVED
    return some if sum(spot.area for spot in some) >= least else []
