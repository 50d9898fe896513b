"""Finds which approved photographs a posted picture shows: hashes first, then keypoints, then pixels."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np

from engines.pictures.closeness.close_look import FindFaces, check_closely
from engines.pictures.closeness.faces import cut_to_one_person, faces_of_masters, new_faces, shown_beside
from engines.pictures.closeness.softened import described_as_softened
from engines.pictures.comparison.unexplained import has_unexplained_photograph
from engines.pictures.comparison.verification import verify_placement
from engines.pictures.features.descriptors import POSTED_POINTS, POSTED_SIDE, Keypoints, glance_keypoints, keypoints
from engines.pictures.features.face_detection import Face
from engines.pictures.features.pdq import pdq_hashes
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.index.search import (
    FoundMaster,
    MasterSearch,
    MasterSearchResult,
    explained_ground,
    search_insets,
    search_residual,
)
from engines.pictures.model import Box, PicturePart
from engines.pictures.picture import DecodedPicture, Mask, Pixels, shrink_to_side
from engines.pictures.registration.placement import ORIENTATIONS, full_frame_map
from engines.pictures.registration.straighten import StraightPicture, straighten
from engines.pictures.verdicts.picture_parts import (
    SAME,
    one_part_a_master,
    parts_of_faces,
    parts_of_photographs,
    unknown_parts,
)

NEAR = 36  # bits of 256 within which a hash says where to look; the pixels decide
PARTS = 16
FAINT = 1.2  # votes below which, when a glance found nothing, a closer look is not worth it
DOUBTFUL = 2.5  # votes from which a picture in which nothing was found is looked at more closely


@dataclass(frozen=True, slots=True)
class Recognition:
    """What is to be said of a posted picture, and the faces in its pixels, None where the masters do not tell them."""

    parts: tuple[PicturePart, ...]
    faces: list[Face] | None


def recognise(picture: DecodedPicture, register: MasterIndex, find_faces: FindFaces | None = None) -> Recognition:
    """Return what is to be said of a posted picture, one part for each master in it and one for an unknown rest.

    `find_faces` finds faces in pixels: one in an approved part that its master does not show makes it altered. The
    picture's own faces are told where all that it shows was approved: they are the masters'.
    """
    result = find_masters(picture, register)
    if (straight := _laid_straight(picture, result, register)) is not None:
        seen = _recognised(straight.picture, find_masters(straight.picture, register), register, find_faces)
        new = new_faces(straight.picture, seen.faces, find_faces) if find_faces and seen.faces is not None else []
        return replace(seen, parts=tuple(straight.as_posted(part) for part in (*seen.parts, *parts_of_faces(new))))
    return _recognised(picture, result, register, find_faces)


def _laid_straight(
    picture: DecodedPicture, result: MasterSearchResult, register: MasterIndex
) -> StraightPicture | None:
    """Return a picture laid straight whose one master a camera saw aslant, as on a print or a screen; else None."""
    found = result.masters[0] if len(result.masters) == 1 else None
    if found is None or found.is_whole_frame or found.mirrored:
        return None
    features = register.masters[found.number].features
    return straighten(picture, result.posted, result.points, features, found.match.map)


def _recognised(
    picture: DecodedPicture, result: MasterSearchResult, register: MasterIndex, find_faces: FindFaces | None
) -> Recognition:
    result, described = described_as_softened(picture, result, register, find_faces)
    checked = tuple(
        cut_to_one_person(check_closely(part, found, picture, result.posted, register, find_faces), found, register)
        for part, found in zip(described, result.masters, strict=False)
    )
    parts = one_part_a_master(checked) or described
    parts += unknown_parts(picture, result, parts)
    if all(part.verdict == "approved" for part in parts):
        explained = [explained_ground(found, register, result.posted) for found in result.masters]
        photographs, faces = shown_beside(picture, explained, find_faces)
        parts += parts_of_photographs(photographs) + parts_of_faces(faces)
    is_approved = all(part.verdict == "approved" for part in parts)
    growth = picture.pixels.shape[1] / result.posted.shape[1]
    return Recognition(parts, faces_of_masters(result.masters, register, growth) if is_approved else None)


def find_masters(picture: DecodedPicture, register: MasterIndex) -> MasterSearchResult:
    """Return the masters found in a posted picture."""
    posted = shrink_to_side(picture.pixels, POSTED_SIDE)
    bits, quality = pdq_hashes(posted)
    distances = np.zeros((len(ORIENTATIONS), 0), int)
    if len(register):
        distances = np.asarray(np.bitwise_count(bits[:, None, :] ^ register.bits[None]).sum(axis=2), int)
    points = cache(partial(keypoints, posted, POSTED_POINTS))
    by_hash = _found_by_hash(posted, register, distances, quality)
    found = _found_by_keypoints(picture, posted, points, register, distances) if by_hash is None else ([by_hash], [])
    return MasterSearchResult(posted, points, *found, distances, quality)


def _found_by_hash(posted: Pixels, register: MasterIndex, distances: np.ndarray, quality: int) -> FoundMaster | None:
    """Return the one master whose hash is near and whose pixels agree wherever they can be compared, or None."""
    for number in _nearest_by_hash(distances) if quality >= 50 else ():
        turn = int(distances[:, number].argmin())
        pixels = register.pixels(number)
        if pixels is None:
            continue
        match = verify_placement(posted, pixels, full_frame_map(turn, pixels, posted), 0)
        if match is not None and match.agreement >= 0.97 and match.visible_share > 0.97 and not match.new_regions:
            return FoundMaster(number, match, turned=ORIENTATIONS[turn], is_whole_frame=True)
    return None


def _found_by_keypoints(
    picture: DecodedPicture,
    posted: Pixels,
    points: Callable[[], Keypoints],
    register: MasterIndex,
    distances: np.ndarray,
) -> tuple[list[FoundMaster], list[Box]]:
    """Return the masters found by their points, each on ground that the ones before did not explain, and the rest."""
    near_by_hash, search = _nearest_by_hash(distances), MasterSearch(register)
    unexplained = np.ones(posted.shape[:2], bool)
    masters = _found_one_by_one(search, posted, glance_keypoints(posted), unexplained, near_by_hash)
    if not masters and not near_by_hash and search.strongest < FAINT:
        return search_insets(picture, posted, search), []
    if (
        not masters
        or has_unexplained_photograph(posted, unexplained)
        or any(master.match.agreement < SAME for master in masters)
    ):
        unexplained = np.ones(posted.shape[:2], bool)
        masters = _found_one_by_one(search, posted, points(), unexplained, near_by_hash)
    elif not all(master.match.is_clear for master in masters):
        masters = [_placed_again(search, posted, points(), master, masters) for master in masters]
    rest: list[Box] = []
    if masters or search.strongest >= DOUBTFUL:
        masters, rest = _with_those_in_the_rest(picture, posted, search, unexplained, masters)
    return masters or search_insets(picture, posted, search), rest


def _placed_again(
    search: MasterSearch, posted: Pixels, points: Keypoints, master: FoundMaster, found: list[FoundMaster]
) -> FoundMaster:
    """Return a master placed by more points, by those of its own place where the picture shows it more than once."""
    if sum(other.number == master.number for other in found) > 1:
        points = points.within(explained_ground(master, search.register, posted))
    return search.again(posted, points, master) or master


def _with_those_in_the_rest(
    picture: DecodedPicture, posted: Pixels, search: MasterSearch, unexplained: Mask, masters: list[FoundMaster]
) -> tuple[list[FoundMaster], list[Box]]:
    """Return the masters with those in the ground that they leave, asked for until no more are found, and the rest."""
    every = list(masters)
    while True:
        found, boxes = search_residual(picture, posted, search, unexplained, PARTS - len(every))
        every += found
        for master in found:
            unexplained &= ~explained_ground(master, search.register, posted)
        if not found or not boxes or len(every) >= PARTS:
            return every, boxes


def _found_one_by_one(
    search: MasterSearch, posted: Pixels, points: Keypoints, unexplained: Mask, near_by_hash: list[int]
) -> list[FoundMaster]:
    """Return the masters found by these points one after another; what each explains is no longer `free`."""
    masters: list[FoundMaster] = []
    while len(masters) < PARTS:
        free = points.within(unexplained)
        master = search.best(posted, free, [] if masters else near_by_hash)
        if master is None:
            break
        ground = explained_ground(master, search.register, posted) & unexplained
        if not ground.any():
            break
        masters.append(master)
        unexplained &= ~ground
        if not has_unexplained_photograph(posted, unexplained, surely=False):
            break
    return masters


def _nearest_by_hash(distances: np.ndarray) -> list[int]:
    if not distances.size:
        return []
    least = distances.min(axis=0)
    return [int(number) for number in np.argsort(least, kind="stable")[:2] if least[number] <= NEAR]
