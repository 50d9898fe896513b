"""The faces of a post: those of the masters that it shows, and those beside all that was approved.

The latter are in a cell, an inset or a page that is too small or plain to be a photograph.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import cv2
import numpy as np

from engines.pictures.closeness.close_look import (
    FAIRLY_SURE,
    LEAST_FACE,
    SURE,
    FindFaces,
    cut_at_edges,
    found_in,
    is_drawing,
    is_same_place,
)
from engines.pictures.closeness.close_pair import scaled_mask
from engines.pictures.closeness.windows import windows_around
from engines.pictures.comparison.unexplained import crop_box, has_fine_detail, small_photographs
from engines.pictures.features.face_detection import Face
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.index.search import FoundMaster
from engines.pictures.model import Box, PicturePart
from engines.pictures.picture import (
    FINE_DETAIL,
    FINE_SIDE,
    DecodedPicture,
    Mask,
    Numbers,
    Pixels,
    brightened,
    connected_spots,
    grey,
    scale_box,
    sharpness,
    shrink_to_side,
)


def faces_of_masters(masters: Sequence[FoundMaster], register: MasterIndex, growth: float) -> list[Face] | None:
    """Return the masters' faces where they are shown, in a post so many times as large as the one they were found in.

    None where nobody has looked for faces in one of the masters.
    """
    shown: list[Face] = []
    for found in masters:
        faces = register.masters[found.number].features.faces
        if faces is None:
            return None
        placed = ((face, _box_in_post(face, found)) for face in faces)
        shown += [Face(scale_box(box, growth), face.facing) for face, box in placed if box is not None]
    return shown


def new_faces(picture: DecodedPicture, known: Sequence[Face], find_faces: FindFaces) -> list[Box]:
    """Return the faces of a picture, in the file's own pixels, where none of the `known` ones of its masters is.

    A photograph of a print blurs what a close look goes by, so that a face upon it is taken for something drawn.
    """
    whole = (0, 0, picture.pixels.shape[1], picture.pixels.shape[0])
    seen = [face for face, _ in found_in(picture.pixels, whole, find_faces, SURE) if face[2] >= LEAST_FACE]
    new = [face for face in seen if not any(is_same_place(face, other.box) for other in known)]
    return [scale_box(face, picture.growth_from(picture.pixels)) for face in new]


def _box_in_post(face: Face, found: FoundMaster) -> Box | None:
    """Return where a master's face lies in the post; None where that is not shown."""
    left, top, width, height = face.box
    corners = np.array([[left, top], [left + width, top + height]]) @ found.match.map[:, :2].T + found.match.map[:, 2]
    (first, upper), (last, lower) = np.sort(corners, axis=0)
    x, y, wide, high = found.match.box
    if not (x <= (first + last) / 2 < x + wide and y <= (upper + lower) / 2 < y + high):
        return None
    return round(first), round(upper), round(last - first), round(lower - upper)


def cut_to_one_person(part: PicturePart, found: FoundMaster, register: MasterIndex) -> PicturePart:
    """Return an approved part as altered where it is cut out of a photograph of several people around one of them."""
    if part.verdict != "approved" or found.match.master_share > _CUT_OUT:
        return part
    faces = register.masters[found.number].features.faces or ()
    shown = [face for face in faces if _box_in_post(face, found) is not None]
    if len(faces) < _SEVERAL or len(shown) != 1:
        return part
    return replace(part, verdict="altered", why=_ONE_PERSON)


_CUT_OUT, _SEVERAL = 0.35, 3  # most of a photograph that is cut out of it; faces of several people
_ONE_PERSON = (
    "It is cut out of an approved photograph of several people and shows one of them: approve the cut as its own."
)
_LEAST_REST = 0.01  # of the picture: with less ground beside, nobody is shown there
_DARK = 60.0  # grey levels of the middle of a face, below which it need be seen no more than fairly surely
_DIM = 90.0  # the same of a sharp spot beside, below which it is looked at in good light
_EDGE = 0.02  # of the longest side, along what was approved, where a misfit says nothing


def shown_beside(
    picture: DecodedPicture, explained: Sequence[Mask], find_faces: FindFaces | None
) -> tuple[list[Box], list[Box]]:
    """Return the small photographs, and where there are none the faces, on ground that is none of the `explained`.

    Boxes are in the file's own pixels, the masks of one smaller size. Nobody looks where that ground has no fine
    detail: bars, pages and blurred filling have none. Without `find_faces` nobody looks for faces.
    """
    coarse = picture.pixels
    rest = _rest(coarse, explained)
    if np.count_nonzero(rest) < _LEAST_REST * rest.size:
        return [], []
    sharp = rest & (sharpness(grey(brightened(coarse))) > 2 * FINE_DETAIL)
    spots = [box for box, _, _ in connected_spots(sharp, _margin(coarse.shape), LEAST_FACE)]
    if not spots:
        return [], []
    windows = windows_around(spots, coarse.shape, partial(_width_around, _depths(rest), _margin(coarse.shape)))
    fine = picture.fine_pixels(max(max(window[2:]) for window in windows) / max(coarse.shape[:2]))
    whole = shrink_to_side(fine, FINE_SIDE)
    if photographs := small_photographs(whole, scaled_mask(rest, whole.shape)):
        return [scale_box(box, picture.growth_from(whole)) for box in photographs], []
    if find_faces is None:
        return [], []
    growth = fine.shape[1] / coarse.shape[1]
    search = partial(_faces_on, scaled_mask(rest, fine.shape), coarse, find_faces)
    faces = [face for window in windows for face in search(fine, scale_box(window, growth))]
    if not faces:
        closer = [scale_box(spot, growth) for spot in spots if not is_drawing(coarse, spot)]
        faces = [face for spot in closer for pixels, window in _closely(fine, spot) for face in search(pixels, window)]
    return [], [scale_box(face, picture.growth_from(fine)) for face in faces]


def _faces_on(rest: Mask, coarse: Pixels, find_faces: FindFaces, fine: Pixels, window: Box) -> list[Box]:
    """Return the photographed faces on this ground in a window of the fine pixels, of which there may be none."""
    growth = fine.shape[1] / coarse.shape[1]
    return [
        face
        for face, sure in (found_in(fine, window, find_faces, FAIRLY_SURE) if min(window[2:]) >= LEAST_FACE else ())
        if (sure >= SURE or _lightness(coarse, scale_box(face, 1 / growth)) < _DARK)
        and _lies_in(face, rest)
        and _is_photographed(coarse, scale_box(face, 1 / growth))
    ]


def _closely(fine: Pixels, spot: Box) -> Iterator[tuple[Pixels, Box]]:
    """Yield the pixels with a window closely around a spot, and where it is dim the same as in good light.

    The detector enlarges a small window: a face of which it is not sure in its surroundings is seen there.
    """
    x, y, width, height = spot
    room = min(width, height) // 3
    window = cut_at_edges((x - room, y - room, width + 2 * room, height + 2 * room), fine.shape[1], fine.shape[0])
    yield fine, window
    if _lightness(fine, spot) < _DIM:
        yield brightened(fine, crop_box(fine, spot)), window


def _lightness(pixels: Pixels, box: Box) -> float:
    """Return the middle of the grey levels in a box."""
    return float(np.median(grey(crop_box(pixels, box))))


def _is_photographed(pixels: Pixels, face: Box) -> bool:
    """Say whether a face is sharp, for the light that it has, and is not drawn."""
    return has_fine_detail(brightened(crop_box(pixels, face))) and not is_drawing(pixels, face)


def _margin(shape: tuple[int, ...]) -> int:
    return 2 * round(_EDGE * max(shape[:2])) + 1


def _rest(pixels: Pixels, explained: Sequence[Mask]) -> Mask:
    known = np.zeros(pixels.shape[:2], bool)
    for ground in explained:
        known |= scaled_mask(ground, pixels.shape)
    square = np.ones((_margin(pixels.shape),) * 2, np.uint8)
    return np.asarray(cv2.dilate(known.astype(np.uint8), square) == 0)


def _depths(rest: Mask) -> Numbers:
    """Return how many pixels each place of this ground is from its nearest edge."""
    framed = cv2.copyMakeBorder(rest.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT)
    return np.asarray(cv2.distanceTransform(framed, cv2.DIST_L2, 3)[1:-1, 1:-1], np.float32)


def _width_around(depths: Numbers, margin: int, spot: Box) -> float:
    """Return how wide the ground is at a spot, with the margins along it: no face beside is larger."""
    x, y, width, height = spot
    return 2 * float(depths[y : y + height, x : x + width].max()) + 2 * margin


def _lies_in(face: Box, rest: Mask) -> bool:
    """Say whether the middle of a face is on this ground."""
    x, y = round(face[0] + face[2] / 2), round(face[1] + face[3] / 2)
    return 0 <= y < rest.shape[0] and 0 <= x < rest.shape[1] and bool(rest[y, x])
