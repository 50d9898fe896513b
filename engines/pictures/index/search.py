"""Finds the master that explains most of a picture, or of the part of it that nothing explained yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from engines.pictures.comparison.outside_frame import frame_mask
from engines.pictures.comparison.unexplained import (
    HARDLY,
    MOST,
    boxes_of_ground,
    crop_box,
    has_fine_detail,
    is_lettering,
    is_photographic,
    small_photographs,
)
from engines.pictures.comparison.verification import LEAST_INLIERS, SETTLED, PictureMatch, verify_placement
from engines.pictures.features.descriptors import POSTED_POINTS, POSTED_SIDE, Keypoints, keypoints, mirror_keypoints
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.model import Box
from engines.pictures.picture import DecodedPicture, Mask, Pixels, box_mask, grey, scale_box, shrink_to_side
from engines.pictures.registration.placement import Placement, estimate_placement, unmirror

CLEAR = 8.0  # votes below which only a few masters are tried before the mirror image is asked
HOPELESS = 1.5  # votes below which a master is not looked at
TRIED, TRIED_FIRST = 6, 3
_LEAST_POINTS = 12
_PAPER = 0.4  # of a page, in one shade: 10 of the 80 strangers beside the checkout have as much, newsletters 0.65


@dataclass(frozen=True, slots=True, eq=False)
class FoundMaster:
    """A master found in a post; `turned` and `whole_frame` are known when its hash alone said where to look."""

    number: int
    match: PictureMatch
    mirrored: bool = False
    turned: tuple[str, ...] = ()
    is_whole_frame: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class MasterSearchResult:
    """What was found in a posted picture, before it is put into words; `unexplained` is what nothing explained.

    `points` are those of the whole of `posted`, worked out when they are first asked for.
    """

    posted: Pixels
    points: Callable[[], Keypoints]
    masters: list[FoundMaster]
    unexplained: list[Box]
    distances: np.ndarray
    quality: int


class MasterSearch:
    """Asks a register about one picture; `strongest` is the heaviest vote that came to nothing."""

    def __init__(self, register: MasterIndex) -> None:
        self.register = register
        self.strongest = 0.0

    def best(self, posted: Pixels, points: Keypoints, near_by_hash: list[int]) -> FoundMaster | None:
        """Return the master that explains most of what the points saw, those `near` by their hash asked first."""
        best: FoundMaster | None = None
        for number, placing in self._placements(posted, points, near_by_hash):
            match = self.linked(posted, number, placing)
            if match is None:
                continue
            if best is None or _match_weight(match) > _match_weight(best.match):
                best = FoundMaster(number, match, mirrored=placing.mirrored)
            if match.agreement >= SETTLED and match.inliers >= 20:
                break
        return best

    def again(self, posted: Pixels, points: Keypoints, master: FoundMaster) -> FoundMaster | None:
        """Return a master that was found already, placed anew by other points; None when they do not place it."""
        master_points = self.register.masters[master.number].features.points
        width = posted.shape[1]
        placement = estimate_placement(mirror_keypoints(points, width) if master.mirrored else points, master_points)
        if placement is None:
            return None
        match = self.linked(posted, master.number, unmirror(placement, width) if master.mirrored else placement)
        return None if match is None else replace(master, match=match)

    def linked(self, posted: Pixels, number: int, placing: Placement) -> PictureMatch | None:
        """Return a master laid where its points say; None where it is not the photograph, or they are too few."""
        pixels = self.register.pixels(number) if placing.inliers >= LEAST_INLIERS else None
        match = None if pixels is None else verify_placement(posted, pixels, placing.map, placing.inliers)
        return match if match is not None and match.is_linked else None

    def _placements(
        self, posted: Pixels, points: Keypoints, near_by_hash: list[int]
    ) -> Iterator[tuple[int, Placement]]:
        """Yield masters and where their points say they lie, the likeliest first, the mirror image last."""
        if len(points) < _LEAST_POINTS:
            return
        width = posted.shape[1]
        for is_mirrored in (False, True):
            shown = mirror_keypoints(points, width) if is_mirrored else points
            for number in dict.fromkeys([*near_by_hash, *self._candidates(shown)]):
                placement = estimate_placement(shown, self.register.masters[number].features.points)
                if placement is not None:
                    yield number, unmirror(placement, width) if is_mirrored else placement

    def _candidates(self, points: Keypoints) -> list[int]:
        votes = self.register.index.votes(points, TRIED)
        heaviest = votes[0][1] if votes else 0.0
        self.strongest = max(self.strongest, heaviest)
        most = TRIED if heaviest >= CLEAR else TRIED_FIRST
        return [master for master, weight in votes[:most] if weight >= HOPELESS]


def _match_weight(match: PictureMatch) -> float:
    return match.agreement * min(match.inliers, 100) * match.master_share


def explained_ground(master: FoundMaster, register: MasterIndex, posted: Pixels) -> Mask:
    """Return the ground of the post where the master is shown."""
    features = register.masters[master.number].features
    ground = frame_mask(master.match.map, (features.width, features.height), posted.shape)
    x, y, width, height = master.match.box
    left, top = max(x - 2, 0), max(y - 2, 0)
    return ground & box_mask([(left, top, x + width + 2 - left, y + height + 2 - top)], ground.shape)


def search_residual(
    picture: DecodedPicture, posted: Pixels, search: MasterSearch, unexplained: Mask, most: int
) -> tuple[list[FoundMaster], list[Box]]:
    """Look again, with more of the file's own pixels, at the photographic parts of a picture that nothing explained.

    Return what was found, and the boxes of the post in which nothing was.
    """
    masters: list[FoundMaster] = []
    unexplained_boxes: list[Box] = []
    boxes = [box for box in boxes_of_ground(unexplained) if is_photographic(crop_box(posted, box), HARDLY)]
    for box in boxes[:MOST]:
        master = _found_in_box(picture, posted, search, box) if len(masters) < most else None
        if master is not None:
            masters.append(master)
        elif _is_photograph(crop_box(posted, box)):
            unexplained_boxes.append(box)
    return masters, unexplained_boxes


def search_insets(picture: DecodedPicture, posted: Pixels, search: MasterSearch) -> list[FoundMaster]:
    """Return the masters in small photographs on a page in which none was found: most points lie in its letters.

    Of a page much is paper, of one shade.
    """
    pixels, growth = picture.pixels, posted.shape[1] / picture.pixels.shape[1]
    shades = np.bincount(grey(posted).ravel() >> 3)  # eight grey levels each
    if shades.max() < _PAPER * shades.sum():
        return []
    small = small_photographs(pixels, np.ones(pixels.shape[:2], bool))
    found = (_found_in_box(picture, posted, search, scale_box(box, growth)) for box in small[:MOST])
    return [master for master in found if master is not None]


def _found_in_box(picture: DecodedPicture, posted: Pixels, search: MasterSearch, box: Box) -> FoundMaster | None:
    """Return the master that is seen in a box of a post with more of the file's pixels, where it lies in the whole."""
    fine = picture.fine_pixels()
    crop = shrink_to_side(crop_box(fine, box, fine.shape[1] / posted.shape[1]), POSTED_SIDE)
    master = search.best(crop, keypoints(crop, POSTED_POINTS), [])
    return None if master is None else _in_whole_picture(master, box, box[2] / crop.shape[1], search, posted)


def _is_photograph(pixels: Pixels) -> bool:
    return is_photographic(pixels) and has_fine_detail(pixels) and not is_lettering(pixels)


def _in_whole_picture(
    found_in_crop: FoundMaster, box: Box, growth: float, search: MasterSearch, posted: Pixels
) -> FoundMaster | None:
    """Return what was found in a crop as found in the whole picture; None when it does not hold there."""
    placing = found_in_crop.match.map * growth
    placing[:, 2] += box[:2]
    match = search.linked(posted, found_in_crop.number, Placement(placing, found_in_crop.match.inliers))
    return None if match is None else replace(found_in_crop, match=match)
