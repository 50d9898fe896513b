"""Where the fine detail of a post is not that of its master, though the two lie upon each other to a part of a pixel.

Saving, scaling and filters leave fine detail alike: its correlation is 0.95 and more even at the worst hundredth of the
ground. So a spot where it is not says that something was drawn over, hidden, uncovered, or has moved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.closeness.blurred_in_master import blurred_in_master
from engines.pictures.closeness.close_pair import ClosePair
from engines.pictures.closeness.unlike_spot import LEAST_NEW, MORE, SMALL_PAIR, UNLIKE_AND_MORE, UnlikeSpot
from engines.pictures.comparison.change_classifier import share_of_three_colours
from engines.pictures.model import Box
from engines.pictures.picture import (
    Mask,
    Numbers,
    Pixels,
    box_mask,
    connected_spots,
    grey,
    lightness_range,
    pixel_count,
)

WINDOW = 15  # pixels: a side of the square within which detail is compared
_FINE, _COARSE = 0.8, 3.0  # pixels: finer is compression, coarser is tone
_DETAILED = 16.0  # energy of detail, in grey levels squared, below which there is too little to compare
_UNLIKE = 0.8  # correlation of detail below which a spot is another
_EDGE = 9  # pixels along the edge of what is shown, where a misfit says nothing
_JOINED = 9  # pixels over which two places are one spot
_LEAST_SPOT = 60  # pixels
_FAR_ABOVE = 2.0  # times what the whole pair has, from which detail that the master does not explain is a spot
_COMPRESSED = 15.0  # the most of that which compression leaves: 13 to 15 at a JPEG's quality 15
_SOFT = 0.6  # of the master's detail, below which a post has less everywhere
_BLURRED, _SUBJECT = 0.25, 0.1  # of the master's detail, below which a place was blurred; of the ground, least of each
_SUBJECT_ALIKE = 0.95  # the same before a blurred background: 0.97 and more in true posts, 0.91 in another frame
_MISPLACED, _MISPLACED_IN_SOFT = 0.6, 0.4  # median correlation of detail below which the two are not one picture
_THINNED = np.s_[::3, ::3]  # of a pair of pictures, when its median is asked for
_TONE = 6.0  # pixels: what is coarser is the tone of a place


@dataclass(frozen=True, slots=True, eq=False)
class FineDetail:
    """The detail of two pictures laid upon each other: energies, how alike, and where they can be compared."""

    close: ClosePair
    posted: Numbers
    master: Numbers  # brought to the post's contrast
    correlation: Numbers
    ground: Mask
    detailed: Mask
    detail_kept: float  # energy of the post's detail for the master's as it is, in the middle of the ground
    kept: Mask  # where a post whose background was blurred is as sharp as its master; of others all that is detailed

    def spots(self) -> list[UnlikeSpot]:
        """Return the spots where the detail of the two is not the same."""
        more = self.posted > np.maximum(MORE * self.master, 2 * _DETAILED)
        unlike = self.detailed & (self.correlation < np.where(more, np.float32(UNLIKE_AND_MORE), np.float32(_UNLIKE)))
        return list(_measured_spots(self, unlike)) if np.count_nonzero(unlike) >= _LEAST_SPOT else []

    @property
    def unexplained(self) -> Numbers:
        """Return the energy of the post's detail at each place that its master's does not explain."""
        return np.asarray(self.posted * (1 - np.clip(self.correlation, 0, 1) ** 2), np.float32)

    @property
    def usual(self) -> float:
        """Return how much of that the whole pair has: strong compression leaves some everywhere, and no more."""
        return min(_middle(self.unexplained[_THINNED], self.detailed[_THINNED], 0.0), _COMPRESSED)

    @property
    def is_elsewhere(self) -> bool:
        """Say whether most detail lies elsewhere in the one than in the other, wherever they are laid."""
        if np.count_nonzero(self.kept) < LEAST_NEW:
            return False
        least = _MISPLACED if self.detail_kept >= _SOFT else _MISPLACED_IN_SOFT
        least = _SUBJECT_ALIKE if self.is_softened else least
        return _middle(self.correlation[_THINNED], self.kept[_THINNED], 1.0) < least

    @property
    def is_softened(self) -> bool:
        """Say whether the post's background was blurred and its subject was not."""
        return self.kept is not self.detailed

    def other_ground(self, spots: Sequence[UnlikeSpot]) -> Mask:
        """Return the ground of these spots on which the post shows something else, gaps without detail closed."""
        other = self.detailed & (self.correlation < _UNLIKE) & box_mask((s.box for s in spots), self.detailed.shape)
        square = np.ones((2 * WINDOW + 1, 2 * WINDOW + 1), np.uint8)
        return np.asarray(cv2.morphologyEx(other.astype(np.uint8), cv2.MORPH_CLOSE, square) > 0)

    def correlation_in(self, box: Box) -> float:
        """Return how alike the detail is in a box, -1 to 1; 1 where there is too little of it to say."""
        window = window_of(box)
        compared = self.detailed[window]
        return float(self.correlation[window][compared].mean()) if compared.sum() >= _LEAST_SPOT else 1.0


def window_of(box: Box) -> tuple[slice, slice]:
    """Return the part of a picture that lies in a box."""
    x, y, width, height = box
    return np.s_[max(y, 0) : max(y + height, 0), max(x, 0) : max(x + width, 0)]


def fine_detail(close: ClosePair, shown: Mask) -> FineDetail:
    """Return the detail of the two on the ground that is `shown`."""
    ring = np.ones((2 * _EDGE + 1, 2 * _EDGE + 1), np.uint8)
    ground = cv2.erode((close.pair.valid & shown).astype(np.uint8), ring, borderValue=0) > 0
    first, second = _detail(close.pair.posted), _detail(close.pair.master)
    posted, master, both = _mean(first * first), _mean(second * second), _mean(first * second)
    detailed = ground & (np.maximum(posted, master) > _DETAILED)
    energy = np.sqrt(posted * master + np.float32(4.0))
    kept = _not_blurred(posted, master, detailed)
    gain, detail_kept = (
        _middle(np.divide(each[_THINNED], np.maximum(master[_THINNED], 1.0), dtype=np.float32), kept[_THINNED], 1.0)
        for each in (both, posted)
    )
    return FineDetail(close, posted, master * np.float32(gain**2), both / energy, ground, detailed, detail_kept, kept)


def _not_blurred(posted: Numbers, master: Numbers, detailed: Mask) -> Mask:
    """Return where a post with a blurred background is as sharp as its master; of any other all that is detailed."""
    kept = detailed & (posted > _BLURRED * master)
    share = pixel_count(kept) / max(pixel_count(detailed), 1)
    ratio = np.divide(posted[_THINNED], np.maximum(master[_THINNED], 1.0), dtype=np.float32)
    return kept if _SUBJECT < share < 1 - _SUBJECT and _middle(ratio, kept[_THINNED], 0.0) >= _SOFT else detailed


def _middle(values: Numbers, ground: Mask, otherwise: float) -> float:
    """Return the median of the values on this ground; where there is none, what is given instead."""
    return float(np.median(values[ground])) if ground.any() else otherwise


def _detail(lightness: Pixels) -> Numbers:
    fine, coarse = (cv2.GaussianBlur(lightness, (0, 0), sigma) for sigma in (_FINE, _COARSE))
    return np.asarray(cv2.subtract(fine, coarse, dtype=cv2.CV_32F), np.float32)


def _mean(values: Numbers) -> Numbers:
    return np.asarray(cv2.boxFilter(values, -1, (WINDOW, WINDOW)), np.float32)


def _measured_spots(detail: FineDetail, unlike: Mask) -> Iterator[UnlikeSpot]:
    unexplained, least = detail.unexplained, _FAR_ABOVE * detail.usual
    spots = [
        (box, spot, size)
        for box, spot, size in connected_spots(unlike, _JOINED, _LEAST_SPOT)
        if float(unexplained[window_of(box)][spot].mean()) > least
    ]
    colours = detail.close.colours if spots else None
    if colours is None:
        return
    ground = max(pixel_count(detail.ground), 1)
    tone, tone_change = _tone_change(detail.close)
    measured = {
        "correlation": detail.correlation,
        "detail": detail.posted,
        "master_detail": detail.master,
        "flatness": flat_ground(colours.posted),
        "master_flatness": flat_ground(colours.master),
        "tone_change": tone_change,
        "master_around": cv2.boxFilter(detail.master, -1, (8 * WINDOW + 1, 8 * WINDOW + 1)),
    }
    is_small_pair = max(unlike.shape) < SMALL_PAIR
    blurred = blurred_in_master(detail.close.pair, [(box, spot) for box, spot, _ in spots], tone)
    for (box, spot, size), is_blurred in zip(spots, blurred, strict=True):
        means = {name: float(values[window_of(box)][spot].mean()) for name, values in measured.items()}
        three_colours = share_of_three_colours(colours.posted[window_of(box)][spot])
        yield UnlikeSpot(
            box,
            size,
            size / ground,
            three_colours=three_colours,
            is_small_pair=is_small_pair,
            is_blurred_in_master=is_blurred,
            **means,
        )


def _tone_change(close: ClosePair) -> tuple[tuple[float, float], Numbers]:
    """Return the gain and the offset of the whole, and by how many grey levels the tone of each place differs more."""
    posted, master = (cv2.GaussianBlur(image, (0, 0), _TONE) for image in (close.pair.posted, close.pair.master))
    sampled = close.pair.valid[::8, ::8]
    x, y = (image[::8, ::8][sampled].astype(np.float64) for image in (master, posted))
    gain, offset = np.polyfit(x, y, 1) if len(x) > 50 and x.std() > 2 else (1.0, float(np.median(y) - np.median(x)))
    change = np.asarray(np.abs(posted - (np.float32(gain) * master + np.float32(offset))), np.float32)
    return (float(gain), float(offset)), change


def flat_ground(pixels: Pixels) -> Mask:
    """Return where a place and its neighbours have one lightness, as ink, squares and what is blurred have."""
    return lightness_range(grey(pixels), 3) <= 6
