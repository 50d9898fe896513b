"""Where a master lies in a posted picture: points paired, a map from the one to the other that most pairs agree on."""

from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.features import Points
from engines.pictures.picture import Numbers

Map = np.ndarray[tuple[int, ...], np.dtype[np.float64]]  # two rows of three: from the master's pixels to the post's

RATIO = 0.87  # the nearest point is this much nearer than the next one, or the pair is left out
REACH = 4.0  # pixels by which a pair may miss the map
LEAST_PAIRS = 4
LARGEST, SMALLEST = 12.0, 0.04  # growth from master to post
MOST_SQUEEZED = 1.25
_ALIKE = 0.80  # cosine of two descriptions that may pair when the map already says where to look
_FIT_FROM = 12  # pairs from which a squeeze may be believed


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A master's place in a posted picture; `mirrored` says that the post shows it as in a mirror."""

    map: Map
    inliers: int
    mirrored: bool


def placed(posted: Points, master: Points, *, mirrored: bool) -> Placed | None:
    """Return where the master lies in the picture that the points were taken from, or None when nowhere."""
    if len(posted) < LEAST_PAIRS or len(master) < LEAST_PAIRS:
        return None
    alike = _alike(posted, master)
    mine, theirs = _pairs(alike)
    if len(mine) < LEAST_PAIRS:
        return None
    found, kept = cv2.estimateAffinePartial2D(
        master.places[theirs, :2], posted.places[mine, :2], method=cv2.RANSAC, ransacReprojThreshold=REACH
    )
    if found is None:
        return None
    first = np.asarray(found, np.float64)
    return _refined(posted, master, alike, first, int(kept.sum()), mirrored=mirrored) if _sound(first) else None


def unmirrored(placing: Placed, width: int) -> Placed:
    """Return the place in the picture as it is, when the points were those of its mirror image."""
    back = np.array([[-1.0, 0.0, width - 1.0], [0.0, 1.0, 0.0]])
    whole = np.vstack([placing.map, [0.0, 0.0, 1.0]])
    return Placed(back @ whole, placing.inliers, not placing.mirrored)


def corners(placing: Map, width: int, height: int) -> Numbers:
    """Return where the four corners of a master fall in the post, clockwise from its own top left."""
    own = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    return np.asarray(own @ placing[:, :2].T + placing[:, 2], dtype=np.float32)


def _alike(posted: Points, master: Points) -> Numbers:
    mine = posted.described.astype(np.float32)
    theirs = master.described.astype(np.float32)
    mine /= np.maximum(np.linalg.norm(mine, axis=1, keepdims=True), 1)
    theirs /= np.maximum(np.linalg.norm(theirs, axis=1, keepdims=True), 1)
    return np.asarray(mine @ theirs.T, dtype=np.float32)


def _pairs(alike: Numbers) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of points that are nearer each other than anything else is by a margin."""
    best = alike.argmax(axis=1)
    rows = np.arange(len(alike))
    top = alike[rows, best]
    second = np.partition(alike, -2, axis=1)[:, -2]
    far, farther = np.sqrt(np.maximum(2 - 2 * top, 0)), np.sqrt(np.maximum(2 - 2 * second, 0))
    mine = np.flatnonzero(far < RATIO * farther)
    return mine, best[mine]


def _refined(
    posted: Points, master: Points, alike: Numbers, found: Map, inliers: int, *, mirrored: bool
) -> Placed | None:
    """Look again where the map says, and let all pairs that fit settle it; many pairs may ask for a squeeze."""
    best, count = found, inliers
    for reach in (1.5 * REACH, 0.75 * REACH):
        mine, theirs = _guided(posted, master, alike, best, reach)
        if len(mine) < LEAST_PAIRS:
            break
        here, there = master.places[theirs, :2], posted.places[mine, :2]
        free = len(mine) >= _FIT_FROM
        fit = _affine(here, there) if free else _similar(here, there)
        if not _sound(fit):
            break
        best, count = fit, len(np.unique(theirs))
    return Placed(best, count, mirrored) if count >= LEAST_PAIRS else None


def _guided(posted: Points, master: Points, alike: Numbers, found: Map, reach: float) -> tuple[np.ndarray, np.ndarray]:
    """Return for each point of the post the likest of the master's points that the map brings near it."""
    there = (master.places[:, :2] @ found[:, :2].T + found[:, 2]).astype(np.float32)
    mine, theirs = np.nonzero(alike > _ALIKE)
    gap = posted.places[mine, :2] - there[theirs]
    near = np.einsum("ij,ij->i", gap, gap) < reach**2
    mine, theirs = mine[near], theirs[near]
    order = np.lexsort((theirs, -alike[mine, theirs], mine))
    first = order[np.flatnonzero(np.diff(mine[order], prepend=-1))]
    return mine[first], theirs[first]


def _similar(here: Numbers, there: Numbers) -> Map:
    """Return the map without a squeeze that most pairs agree on."""
    found, _ = cv2.estimateAffinePartial2D(here, there, ransacReprojThreshold=REACH)
    return np.full((2, 3), np.nan) if found is None else np.asarray(found, np.float64)


def _affine(here: Numbers, there: Numbers) -> Map:
    """Return the map that least squares give, the worst fifth left out in a second round."""
    kept = np.ones(len(here), dtype=bool)
    fit = np.zeros((2, 3))
    for _ in range(3):
        ones = np.column_stack([here[kept], np.ones(kept.sum())])
        fit = np.linalg.lstsq(ones.astype(np.float64), there[kept].astype(np.float64), rcond=None)[0].T
        miss = np.hypot(*(here @ fit[:, :2].T + fit[:, 2] - there).T)
        kept = miss <= max(np.quantile(miss, 0.8), 0.5)
    return fit


def _sound(found: Map) -> bool:
    """Say whether a map is one that a photograph goes through when it is posted."""
    if not np.isfinite(found).all():
        return False
    large, small = np.linalg.svd(found[:, :2], compute_uv=False)
    turned = np.linalg.det(found[:, :2]) > 0
    return bool(turned and small > SMALLEST and large < LARGEST and large / small < MOST_SQUEEZED)
