"""Says whether a posted picture is an approved photograph: hashes first, then points, then pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engines.pictures.features import GLANCE_POINTS, GLANCE_SIDE, POSTED_POINTS, POSTED_SIDE, Points, hashed, points_of
from engines.pictures.finding import Finder, Found, closer, explained
from engines.pictures.leftover import unexplained
from engines.pictures.picture import Box, Mask, Part, Picture, Pixels, smaller
from engines.pictures.register import Register
from engines.pictures.say import SAME, parts_of, unknown_parts
from engines.pictures.turns import TURNED, full_frame
from engines.pictures.uncovering import with_faces
from engines.pictures.verify import matched

NEAR = 36  # bits of 256 within which a hash says where to look; the pixels decide
PARTS = 6
FAINT = 1.2  # votes below which, when a glance found nothing, a closer look is not worth it
DOUBTFUL = 2.5  # votes from which a picture in which nothing was found is looked at more closely


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """What was found in a posted picture, before it is put into words; `rest` is what nothing explained."""

    posted: Pixels
    found: list[Found]
    rest: list[Box]
    distances: np.ndarray
    quality: int


def look(picture: Picture, register: Register, faces: Sequence[Box] = ()) -> tuple[Part, ...]:
    """Return what is to be said of a posted picture, one part for each master in it and one for an unknown rest.

    `faces` are boxes in the picture's pixels: small ones are held against what the master shows there.
    """
    seen = sighted(picture, register)
    said = parts_of(picture, seen.posted, seen.found, register, seen.distances, seen.quality)
    if faces:
        shown = [with_faces(*one, picture, seen.posted, register, faces) for one in zip(said, seen.found, strict=False)]
        said = tuple(shown) or said
    return said + unknown_parts(picture, seen.posted, said, seen.rest)


def sighted(picture: Picture, register: Register) -> Sighting:
    """Return the masters found in a posted picture."""
    posted = smaller(picture.pixels, POSTED_SIDE)
    bits, quality = hashed(posted)
    distances = _distances(bits, register)
    settled = _by_hash(posted, register, distances, quality)
    found, rest = _by_points(picture, posted, register, distances) if settled is None else ([settled], [])
    return Sighting(posted, found, rest, distances, quality)


def _distances(bits: np.ndarray, register: Register) -> np.ndarray:
    """Return the bits between each way to turn the picture and each master."""
    if not len(register):
        return np.zeros((len(TURNED), 0), int)
    return np.asarray(np.bitwise_count(bits[:, None, :] ^ register.bits[None]).sum(axis=2), int)


def _by_hash(posted: Pixels, register: Register, distances: np.ndarray, quality: int) -> Found | None:
    """Return the one master whose hash is near and whose pixels agree wherever they can be compared, or None."""
    if not distances.size or quality < 50:
        return None
    for number in np.argsort(distances.min(axis=0), kind="stable")[:2]:
        turn = int(distances[:, number].argmin())
        if distances[turn, number] > NEAR:
            break
        pixels = register.pixels(int(number))
        if pixels is None:
            continue
        match = matched(posted, pixels, full_frame(turn, pixels, posted), 0)
        if match is not None and match.agreement >= 0.97 and match.cut > 0.97 and not match.new_regions:
            return Found(int(number), match, turned=TURNED[turn], whole_frame=True)
    return None


def _by_points(
    picture: Picture, posted: Pixels, register: Register, distances: np.ndarray
) -> tuple[list[Found], list[Box]]:
    """Return the masters found by their points, each on ground that the ones before did not explain, and the rest."""
    near, finder = _near(distances), Finder(register)
    free = np.ones(posted.shape[:2], bool)
    found = _peeled(finder, posted, _glanced(posted), free, near)
    if not found and not near and finder.strongest < FAINT:
        return [], []
    if not found or unexplained(posted, free) or any(one.match.agreement < SAME for one in found):
        free = np.ones(posted.shape[:2], bool)
        found = _peeled(finder, posted, points_of(posted, POSTED_POINTS), free, near)
    elif not all(one.match.clear for one in found):
        points = points_of(posted, POSTED_POINTS)
        found = [finder.again(posted, points, one) or one for one in found]
    if found or finder.strongest >= DOUBTFUL:
        more, rest = closer(picture, posted, finder, free, PARTS - len(found))
        return found + more, rest
    return found, []


def _glanced(posted: Pixels) -> Points:
    """Return few points of the picture made small, at their places in the picture as it is."""
    small = smaller(posted, GLANCE_SIDE)
    return points_of(small, GLANCE_POINTS).grown(posted.shape[1] / small.shape[1])


def _peeled(finder: Finder, posted: Pixels, points: Points, free: Mask, near: list[int]) -> list[Found]:
    """Return the masters found by these points one after another; what each explains is no longer `free`."""
    found: list[Found] = []
    while len(found) < PARTS:
        one = finder.best(posted, points.only(_on(points, free)), near if not found else [])
        if one is None:
            break
        ground = explained(one, finder.register, posted) & free
        if not ground.any():
            break
        found.append(one)
        free &= ~ground
        if not unexplained(posted, free, surely=False):
            break
    return found


def _near(distances: np.ndarray) -> list[int]:
    if not distances.size:
        return []
    least = distances.min(axis=0)
    return [int(number) for number in np.argsort(least, kind="stable")[:2] if least[number] <= NEAR]


def _on(points: Points, free: Mask) -> np.ndarray:
    places = np.clip(np.rint(points.places[:, :2]).astype(int), 0, [free.shape[1] - 1, free.shape[0] - 1])
    return np.flatnonzero(free[places[:, 1], places[:, 0]])
