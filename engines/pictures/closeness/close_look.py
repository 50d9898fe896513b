"""The last look at an approved part, with all the pixels that there are: it may show what its master hid, or moved.

What was blurred or chequered in the master stays so when the master is posted. At the size at which whole pictures are
compared, a face of a few hundredths of the width is a dozen pixels wide. So the two are laid upon each other once more,
finely, and wherever their detail is not the same it is asked what the spot shows; a face in it that the master has not,
whatever hid it there, is told by the detector, which is run on these spots alone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from engines.pictures.closeness.close_pair import ClosePair, align_closely, finer_map, scaled_mask
from engines.pictures.closeness.face_likeness import other_faces
from engines.pictures.closeness.face_tone import other_skins
from engines.pictures.closeness.fine_detail import FineDetail, fine_detail, flat_ground
from engines.pictures.closeness.laid_over import FEW_COLOURS, SAME_FACE, is_stuck_over, photographs_over
from engines.pictures.closeness.unlike_spot import UnlikeSpot, moved
from engines.pictures.closeness.windows import windows_around
from engines.pictures.comparison.change_classifier import share_of_three_colours
from engines.pictures.comparison.unexplained import crop_box
from engines.pictures.features.descriptors import PictureFeatures
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.index.search import FoundMaster
from engines.pictures.model import Box, PicturePart
from engines.pictures.picture import DecodedPicture, Pixels, brightened, scale_box, shared_area
from engines.pictures.registration.overlay import AlignedPair

FindFaces = Callable[[Pixels, float], Sequence[tuple[Box, float]]]  # faces seen at least so surely, 0 to 1

SURE, FAIRLY_SURE, MAYBE = 0.4, 0.25, 0.2  # how surely a face is seen in the post; where all is other; in the master
LEAST_FACE = 12  # pixels of a face's width, below which nobody is known by it
_COVERS = 0.25  # of a face's box that a spot must cover
_SAME_PLACE = 0.2  # of two boxes together that they share, from which they are of one face
# Correlations of detail below which it is another face, seen surely or fairly so.
_OTHER_FACE, _QUITE_OTHER = 0.75, 0.45
_FLAT = 0.6  # least share of flat ground of a drawing
_REVEALED = 1.3  # detail of the post for that of the master, from which something was hidden
_HIDDEN = "It shows something that was hidden in the approved photograph."
_FACE = "It shows a face that the approved photograph did not show."
_PHOTOGRAPH = "A photograph that nobody approved is laid over the approved one."
_FACES = "Its background is blurred, and its faces are not those of the approved photograph."
_ANOTHER = "It shows another face in the place of one of the approved photograph."
_SKIN = "It shows a face in another skin tone than the approved photograph."
_MOVED = "It is another picture of the same scene: fine detail of it lies elsewhere."


def check_closely(
    part: PicturePart,
    found: FoundMaster,
    picture: DecodedPicture,
    posted: Pixels,
    register: MasterIndex,
    find_faces: FindFaces | None,
) -> PicturePart:
    """Return an approved part as altered where a close look shows more than its master; boxes are the picture's.

    `posted` are the pixels in which the master was found. Without `find_faces` nobody looks for faces.
    """
    master = register.finer_pixels(found.number) if part.verdict == "approved" else None
    if master is None:
        return part
    fine = picture.fine_pixels(max(found.match.box[2:]) / max(posted.shape[:2]))
    features = register.masters[found.number].features
    placing = finer_map(found.match.map, fine.shape[1] / posted.shape[1], master.shape[1] / features.width)
    close = align_closely(fine, master, placing)
    if close is None:
        return part
    match = found.match
    shown = scaled_mask(match.visible.mask(match.pair.valid.shape), close.pair.valid.shape)
    detail = fine_detail(close, shown)
    boxes, why = _newly_shown(detail, find_faces)
    if not boxes:
        faces = _masters_faces(features, close)
        boxes, why = other_faces(detail, faces), _ANOTHER
        if not boxes:
            boxes, why = other_skins(detail, faces), _SKIN
    areas = tuple(close.pair.in_post(box, picture.growth_from(fine)) for box in boxes)
    return replace(part, verdict="altered", why=why, new_area=areas) if areas else part


def _masters_faces(features: PictureFeatures, close: ClosePair) -> list[Box]:
    """Return the boxes, in the pair, of the faces that are kept with a master's features."""
    growth = close.master.shape[1] / features.width
    return [close.pair.of_master(scale_box(face.box, growth)) for face in features.faces or ()]


def _newly_shown(detail: FineDetail, find_faces: FindFaces | None) -> tuple[list[Box], str]:
    """Return the boxes of the pair in which something new is shown, and what is to be said of them."""
    spots = detail.spots()
    new = [spot for spot in spots if spot.is_new]
    if new:
        revealed = all(spot.detail >= _REVEALED * spot.master_detail for spot in new)
        return [spot.box for spot in new], _HIDDEN if revealed else _MOVED
    height, width = detail.ground.shape
    elsewhere = [spot.box for spot in moved(spots)] or [(0, 0, width, height)] * detail.is_elsewhere
    if elsewhere:
        return elsewhere, _MOVED
    changed = [spot for spot in spots if not spot.is_covered]
    if photographs := photographs_over(detail, changed):
        return photographs, _PHOTOGRAPH
    colours = detail.close.colours if find_faces is not None and (changed or detail.is_softened) else None
    if colours is None or find_faces is None:
        return [], ""
    if detail.is_softened and (others := _other_faces(colours, find_faces)):
        return others, _FACES
    windows = windows_around([spot.box for spot in changed], colours.valid.shape)
    return [face for window in windows for face in _new_faces(detail, colours, window, changed, find_faces)], _FACE


def _other_faces(colours: AlignedPair, find_faces: FindFaces) -> list[Box]:
    """Return the faces that only one of the two has: a blurred background leaves no detail to go by."""
    whole = (0, 0, colours.valid.shape[1], colours.valid.shape[0])
    in_post, in_master = (found_in(pixels, whole, find_faces, MAYBE) for pixels in (colours.posted, colours.master))
    shown = [face for face, sure in in_post if sure >= FAIRLY_SURE and face[2] >= LEAST_FACE]
    gone = [face for face, sure in in_master if sure >= SURE and face[2] >= LEAST_FACE]
    return [
        face
        for some, others in ((shown, in_master), (gone, in_post))
        for face in some
        if not any(is_same_place(face, other) for other, _ in others)
    ]


def _new_faces(
    detail: FineDetail, colours: AlignedPair, window: Box, spots: Sequence[UnlikeSpot], find_faces: FindFaces
) -> Iterator[Box]:
    """Yield the faces in a window of the post that a spot covers, and that are not the master's there."""
    seen = [
        (face, sure)
        for face, sure in found_in(colours.posted, window, find_faces, FAIRLY_SURE)
        if face[2] >= LEAST_FACE and not is_drawing(colours.posted, face)
    ]
    if all(detail.correlation_in(face) >= SAME_FACE for face, _ in seen):
        return
    known = [face for face, _ in found_in(colours.master, window, find_faces, MAYBE)]
    for face, sure in seen:
        over = [spot for spot in spots if _covers(spot.box, face)]
        is_known = sure < SURE or not over or any(is_same_place(face, other) for other in known)
        if is_known and is_stuck_over(detail, face, over):
            continue
        is_another = detail.correlation_in(face) < (_OTHER_FACE if sure >= SURE else _QUITE_OTHER)
        if is_another or any(spot.shows_more for spot in over) or not is_known:
            yield face


def _covers(spot: Box, face: Box) -> bool:
    return shared_area(face, spot) >= _COVERS * face[2] * face[3]


def found_in(pixels: Pixels, window: Box, find_faces: FindFaces, least: float) -> list[tuple[Box, float]]:
    """Return the faces in a window of these pixels, cut at its edges, and how surely each is seen."""
    left, top, width, height = window
    faces = find_faces(np.ascontiguousarray(pixels[top : top + height, left : left + width]), least)
    cut = [(cut_at_edges(face, width, height), sure) for face, sure in faces]
    return [((x + left, y + top, wide, high), sure) for (x, y, wide, high), sure in cut if min(wide, high) > 0]


def cut_at_edges(box: Box, width: int, height: int) -> Box:
    """Return what of a box lies in a picture of this width and height; its sides are not above zero where nothing."""
    x, y = max(box[0], 0), max(box[1], 0)
    return x, y, min(box[0] + box[2], width) - x, min(box[1] + box[3], height) - y


def is_drawing(pixels: Pixels, face: Box) -> bool:
    """Say whether a face is a smiling sticker: in few colours, and flat, for the light and the contrast that it has."""
    part = brightened(crop_box(pixels, face))
    return float(flat_ground(part).mean()) >= _FLAT and share_of_three_colours(part.reshape(-1, 3)) >= FEW_COLOURS


def is_same_place(first: Box, second: Box) -> bool:
    """Say whether two boxes may be of one face."""
    shared = shared_area(first, second)
    return shared >= _SAME_PLACE * (first[2] * first[3] + second[2] * second[3] - shared)
