"""A photograph of a print or of a screen shows it aslant: it is laid straight, so that it is compared like any other.

Four corners of a master that a camera saw aslant lie where a homography puts them, and no affine map does.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from engines.pictures.features.descriptors import Keypoints, PictureFeatures
from engines.pictures.model import Box, PicturePart
from engines.pictures.picture import DecodedPicture, Numbers, Pixels
from engines.pictures.registration.placement import AffineMap, guided_pairs, project_corners, similarities_of

Homography = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_LEAST_PAIRS = 24  # that agree on it: with fewer, what looks aslant may be another frame
_SHARE = 0.5  # of the pairs that agree on the place roughly, that must agree on it exactly
_ASLANT, _MOST_ASLANT = 0.004, 0.12  # of the picture's longest side, by which a corner lies beside the affine map's
_LEAST_ROOM = 0.01  # of that side, between each corner and the picture's edge: a camera's other frame has none
_REACHES = (0.035, 0.012, 0.006)  # of the longest side, within which pairs are sought, one round after another
_MISS = 1.0  # pixels by which a pair may miss the homography


@dataclass(frozen=True, slots=True, eq=False)
class StraightPicture:
    """A picture laid straight, and the way back: `back` is from its pixels to those of the picture as it was posted.

    The homography is one of pixels `side` a longest side.
    """

    picture: DecodedPicture
    back: Homography
    side: int

    def as_posted(self, part: PicturePart) -> PicturePart:
        """Return a part with its boxes where they are in the file as it was posted."""
        where = None if part.where is None else self._in_post(part.where)
        areas = tuple(self._in_post(box) for box in part.new_area)
        return replace(part, where=where, new_area=areas, transform=("photographed", *part.transform))

    def _in_post(self, box: Box) -> Box:
        """Return the box of the file's own pixels that holds this one of the straight picture's."""
        growth = max(self.picture.width, self.picture.height) / self.side
        x, y, width, height = box
        corners = np.array([[[x, y], [x + width, y], [x + width, y + height], [x, y + height]]], np.float64) / growth
        places = cv2.perspectiveTransform(corners, self.back)[0] * growth
        low = np.clip(np.floor(places.min(axis=0)), 0, [self.picture.width - 1, self.picture.height - 1]).astype(int)
        high = np.clip(np.ceil(places.max(axis=0)), low + 1, [self.picture.width, self.picture.height]).astype(int)
        return int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1])


def straighten(
    picture: DecodedPicture,
    posted: Pixels,
    points: Callable[[], Keypoints],
    master: PictureFeatures,
    rough: AffineMap,
) -> StraightPicture | None:
    """Return a picture laid straight by a master that is in it, None where it does not lie aslant.

    It must lie there whole, with room around it: another frame of the scene may be aslant too, and is no print.
    `posted` are the picture's pixels in which the points are, and `rough` the affine map from the master's to them.
    Where there is no room the points are not asked for.
    """
    side, size = max(posted.shape[:2]), (master.width, master.height)
    straight = project_corners(rough, *size)
    seen = _homography(points(), master.points, rough, side) if _room(straight, posted) > 0 else None
    if seen is None:
        return None
    corners = np.array([[[0, 0], [size[0], 0], size, [0, size[1]]]], np.float64)
    aslant = cv2.perspectiveTransform(corners, seen)[0].astype(np.float32)
    apart = float(np.hypot(*(aslant - straight).T).max()) / side
    is_in_room = _room(aslant, posted) > _LEAST_ROOM * side and cv2.isContourConvex(aslant)
    if not _ASLANT < apart < _MOST_ASLANT or not is_in_room:
        return None
    lay = cv2.getPerspectiveTransform(aslant, straight)

    def laid(pixels: Pixels) -> Pixels:
        growth = max(pixels.shape[:2]) / side
        scale = np.diag([growth, growth, 1.0])
        way = scale @ lay @ np.linalg.inv(scale)
        size_of = (pixels.shape[1], pixels.shape[0])
        return np.asarray(cv2.warpPerspective(pixels, way, size_of, flags=cv2.INTER_LINEAR), np.uint8)

    finer = picture.finer
    made = replace(
        picture, pixels=laid(picture.pixels), finer=None if finer is None else lambda most: laid(finer(most))
    )
    return StraightPicture(made, np.asarray(np.linalg.inv(lay), np.float64), side)


def _room(corners: Numbers, posted: Pixels) -> float:
    """Return how many pixels lie between the outermost corner and the picture's edge; below zero where it is cut."""
    return float(min(corners.min(), (np.array(posted.shape[1::-1]) - 1 - corners).min()))


def _homography(points: Keypoints, master: Keypoints, rough: AffineMap, side: int) -> Homography | None:
    """Return the homography from the master that the points agree on, or None where they agree on none."""
    similarities = similarities_of(points, master)
    way: Homography = np.vstack([rough, [0.0, 0.0, 1.0]])
    for reach in _REACHES:
        places = cv2.perspectiveTransform(master.places[None, :, :2].astype(np.float64), way)[0]
        of_post, of_master = guided_pairs(points, similarities, places.astype(np.float32), reach * side)
        if len(of_post) < _LEAST_PAIRS:
            return None
        pairs: tuple[Numbers, Numbers] = (master.places[of_master, :2], points.places[of_post, :2])
        found, agreeing = cv2.findHomography(*pairs, cv2.USAC_MAGSAC, _MISS)
        if found is None or not np.isfinite(found).all():
            return None
        way = np.asarray(found, np.float64)
        count = int(agreeing.sum())
    return way if count >= max(_LEAST_PAIRS, _SHARE * len(of_post)) else None
