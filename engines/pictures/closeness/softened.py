"""A post whose background a telephone blurred: its master made as soft, place by place, and judged by the same bounds.

It is softened only where the post has clearly less detail, so nothing that the post shows sharp is explained by it.
"""

from dataclasses import replace

import cv2
import numpy as np

from engines.pictures.closeness.close_look import MAYBE, FindFaces, found_in, is_same_place
from engines.pictures.closeness.faces import faces_of_masters, new_faces
from engines.pictures.comparison.verification import PictureMatch, verify_placement
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.index.search import FoundMaster, MasterSearchResult
from engines.pictures.model import PicturePart
from engines.pictures.picture import DecodedPicture, Numbers, Pixels
from engines.pictures.verdicts.picture_parts import describe_parts

_VEILS = (2.0, 3.5, 6.0, 10.0)  # pixels of the pair: how strongly a background may be blurred
_AROUND = 15  # pixels: a side of the square for which one veil is chosen
_SOFTER = 0.6  # of the master's detail, below which a place of the post is softer
_LEAST_SOFTER = 0.1  # of the ground: with less of it nothing was blurred but a spot


def described_as_softened(
    picture: DecodedPicture, result: MasterSearchResult, register: MasterIndex, find_faces: FindFaces | None
) -> tuple[MasterSearchResult, tuple[PicturePart, ...]]:
    """Return what was found and its parts, those of one master as judged by it made as soft where that speaks for them.

    Only what looks like another frame and shows nothing new is asked, and only where the faces are the master's.
    """
    parts = describe_parts(picture, result, register)
    if len(result.masters) != 1 or parts[0].verdict != "altered" or parts[0].new_area or find_faces is None:
        return result, parts
    found = result.masters[0]
    master = register.pixels(found.number)
    soft = None if master is None else softened_master(found.match, master)
    match = None if soft is None else verify_placement(result.posted, soft, found.match.map, found.match.inliers)
    if match is None:
        return result, parts
    softened = replace(result, masters=[replace(found, match=match)])
    [part] = describe_parts(picture, softened, register)
    growth = picture.pixels.shape[1] / result.posted.shape[1]
    is_covered = "banner" in part.transform  # a blurred bar may be another background
    if part.verdict != "approved" or is_covered or not _shows_its_faces(picture, found, register, growth, find_faces):
        return result, parts
    return softened, (replace(part, transform=("portrait", *part.transform)),)


def _shows_its_faces(
    picture: DecodedPicture, found: FoundMaster, register: MasterIndex, growth: float, find_faces: FindFaces
) -> bool:
    """Say whether the faces of a post are those of its master: none more, and none fewer."""
    known = faces_of_masters([found], register, growth)
    if known is None or new_faces(picture, known, find_faces):
        return False
    whole = (0, 0, picture.pixels.shape[1], picture.pixels.shape[0])
    seen = [box for box, _ in found_in(picture.pixels, whole, find_faces, MAYBE)]
    return all(any(is_same_place(face.box, box) for box in seen) for face in known)


def softened_master(match: PictureMatch, master: Pixels) -> Pixels | None:
    """Return a master blurred where a post shows it blurred; None where it is hardly anywhere."""
    pair = match.pair
    posted, own = pair.posted.astype(np.float32), pair.master.astype(np.float32)
    is_softer = _detail(posted) < _SOFTER**2 * _detail(own)
    if float(is_softer[pair.valid].mean()) < _LEAST_SOFTER:
        return None
    veiled = [own, *(cv2.GaussianBlur(own, (0, 0), sigma) for sigma in _VEILS)]
    misses = np.stack([_mean((posted - each) ** 2) for each in veiled])
    chosen = np.where(is_softer, misses.argmin(axis=0), 0).astype(np.float32)
    size = (master.shape[1], master.shape[0])
    back = cv2.warpAffine(chosen, pair.map, size, flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
    growth = float(np.sqrt(abs(np.linalg.det(pair.map[:, :2]))))
    made = master.copy()
    for number, sigma in enumerate(_VEILS, 1):
        soft = cv2.GaussianBlur(master, (0, 0), sigma / growth)
        made[back == number] = soft[back == number]
    return made


def _detail(values: Numbers) -> Numbers:
    """Return the energy of fine detail around each place."""
    return _mean((values - cv2.GaussianBlur(values, (0, 0), 2.0)) ** 2) + np.float32(1.0)


def _mean(values: Numbers) -> Numbers:
    return np.asarray(cv2.boxFilter(values, -1, (_AROUND, _AROUND)), np.float32)
