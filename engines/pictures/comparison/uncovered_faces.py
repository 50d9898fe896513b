"""Whether a face that is shown was hidden in the master: small faces are compared with all the pixels that there are.

What was blurred or chequered in the master stays so when the master is posted. At the size at which whole pictures are
compared, a face of a few hundredths of the width is a dozen pixels wide, and its squares are two. So the finest detail
of the face in the post is compared with that of the master there, and the same is done of what is around the face: what
saving, scaling and filters do is done to both.
"""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from engines.pictures.comparison.difference import Difference, compare_pixels
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.index.search import FoundMaster
from engines.pictures.model import Box, PicturePart
from engines.pictures.picture import DecodedPicture, Mask, Pixels, grey, scale_box
from engines.pictures.registration.overlay import align_pair
from engines.pictures.registration.placement import AffineMap

SMALL = 0.08  # of the longest side: a larger face is seen well enough when whole pictures are compared
LEAST = 16  # pixels of a face's width, below which there is too little of it to compare
LIKE, UNLIKE = 0.65, 0.2  # likeness around a face from which its own says anything; by how much its own is less
_SIDE = 320  # pixels of the longest side at which a face and what is around it are compared
_FINE = 0.1  # of a face's width: detail that is finer than this is compared
_FEWEST = 30  # pixels, below which nothing is said
_WHY = "It shows a face that the approved photograph did not show."


def check_faces(
    part: PicturePart,
    found: FoundMaster,
    picture: DecodedPicture,
    posted: Pixels,
    register: MasterIndex,
    faces: Sequence[Box],
) -> PicturePart:
    """Return an approved part as altered where it shows one of these faces, boxed in the picture, and its master not.

    `posted` are the pixels in which the master was found.
    """
    growth = posted.shape[1] / picture.pixels.shape[1]
    small = [
        face
        for face in faces
        if _is_small(face, picture.pixels.shape) and _lies_in(scale_box(face, growth), found.match.box)
    ]
    if part.verdict != "approved" or not small:
        return part
    master = register.finer_pixels(found.number)
    if master is None:
        return part
    fine_pixels = picture.pixels if picture.finer is None else picture.finer()
    features = register.masters[found.number].features
    placing = _finer_map(found.match.map, fine_pixels.shape[1] / posted.shape[1], master.shape[1] / features.width)
    shades = grey(fine_pixels), grey(master)
    uncovered = []
    for face in small:
        fine_box = scale_box(face, fine_pixels.shape[1] / picture.pixels.shape[1])
        if fine_box[2] >= LEAST and _is_uncovered(*shades, placing, fine_box):
            uncovered.append(scale_box(face, max(picture.width, picture.height) / max(picture.pixels.shape[:2])))
    return replace(part, verdict="altered", why=_WHY, new_area=tuple(uncovered)) if uncovered else part


def _is_small(face: Box, shape: tuple[int, ...]) -> bool:
    return max(face[2:]) <= SMALL * max(shape[:2])


def _lies_in(face: Box, box: Box) -> bool:
    """Say whether the middle of a face is where the master is shown."""
    x, y = face[0] + face[2] / 2, face[1] + face[3] / 2
    return box[0] <= x < box[0] + box[2] and box[1] <= y < box[1] + box[3]


def _finer_map(placing: AffineMap, posted: float, master: float) -> AffineMap:
    """Return a map for a post and a master with so many times the pixels a side; it speaks of pixels' middles."""
    linear = placing[:, :2]
    shift = posted * (placing[:, 2] + 0.5 + linear @ np.full(2, 0.5 / master - 0.5)) - 0.5
    return np.column_stack([linear * posted / master, shift])


def _is_uncovered(posted: Pixels, master: Pixels, placing: AffineMap, face: Box) -> bool:
    """Say whether a face's fine detail is far less like the master's than what is around it."""
    x, y, width, height = face
    left, top = max(x - width, 0), max(y - height, 0)
    moved = placing - [[0, 0, left], [0, 0, top]]
    pair = align_pair(posted[top : y + 2 * height, left : x + 2 * width], master, moved, _SIDE)
    if pair is None:
        return False
    difference = compare_pixels(pair.posted, pair.master, pair.valid)
    x, y, width, height = (
        round(value * pair.scale) for value in (x - left - pair.box[0], y - top - pair.box[1], width, height)
    )
    inside = np.zeros(difference.valid.shape, np.uint8)
    inside[max(y, 0) : y + height, max(x, 0) : x + width] = 1
    margin = 2 * (width // 6) + 1
    around = cv2.dilate(inside, np.ones((margin, margin), np.uint8)) == 0
    sigma = max(_FINE * width, 0.8)
    around_correlation = _detail_correlation(difference, sigma, around)
    return (
        around_correlation >= LIKE and _detail_correlation(difference, sigma, inside > 0) < around_correlation - UNLIKE
    )


def _detail_correlation(difference: Difference, sigma: float, ground: Mask) -> float:
    """Return the correlation of detail finer than this, -1 to 1; not a number where there is too little to say."""
    first, second = (
        (image - cv2.GaussianBlur(image, (0, 0), sigma))[ground & difference.valid]
        for image in (difference.posted, difference.master)
    )
    if len(first) < _FEWEST:
        return float("nan")  # neither like nor unlike
    return float(first @ second) / max(float(np.sqrt((first @ first) * (second @ second))), 1e-3 * len(first))
