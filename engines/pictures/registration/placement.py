"""Where a master lies in a posted picture: keypoints are paired, and most pairs agree on one affine map."""

from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.features.descriptors import Keypoints
from engines.pictures.picture import Numbers, Pixels

# Two rows of three: from the master's pixels to the post's.
AffineMap = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

RATIO = 0.87  # the nearest point is this much nearer than the next one, or the pair is left out
REACH = 4.0  # pixels by which a pair may miss the map
LEAST_PAIRS = 4
LARGEST, SMALLEST = 12.0, 0.04  # growth from master to post
MOST_SQUEEZED = 1.25
_LEAST_SIMILARITY = 0.80  # cosine of two descriptions that may pair when the map already says where to look
_FIT_FROM = 12  # pairs from which a squeeze may be believed


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """A master's place in a posted picture; `mirrored` says that the post shows it as in a mirror."""

    map: AffineMap
    inliers: int
    mirrored: bool = False


def estimate_placement(posted: Keypoints, master: Keypoints) -> Placement | None:
    """Return where the master lies in the picture that the points were taken from, or None when nowhere."""
    if len(posted) < LEAST_PAIRS or len(master) < LEAST_PAIRS:
        return None
    similarities = similarities_of(posted, master)
    posted_points, master_points = _pairs(similarities)
    if len(posted_points) < LEAST_PAIRS:
        return None
    places = master.places[master_points, :2], posted.places[posted_points, :2]
    fitted, inliers = cv2.estimateAffinePartial2D(*places, method=cv2.RANSAC, ransacReprojThreshold=REACH)
    if fitted is None:
        return None
    first_map = np.asarray(fitted, np.float64)
    if not _is_plausible(first_map):
        return None
    return _refine(posted, master, similarities, first_map, int(inliers.sum()))


def unmirror(placing: Placement, width: int) -> Placement:
    """Return the place in the picture as it is, when the points were those of its mirror image."""
    mirror = np.array([[-1.0, 0.0, width - 1.0], [0.0, 1.0, 0.0]])
    homogeneous = np.vstack([placing.map, [0.0, 0.0, 1.0]])
    return Placement(mirror @ homogeneous, placing.inliers, not placing.mirrored)


def project_corners(placing: AffineMap, width: int, height: int) -> Numbers:
    """Return where the four corners of a master fall in the post, clockwise from its own top left."""
    master_corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    return np.asarray(master_corners @ placing[:, :2].T + placing[:, 2], dtype=np.float32)


def similarities_of(posted: Keypoints, master: Keypoints) -> Numbers:
    """Return the cosine of each point of the post, a row, with each of the master's, a column."""
    posted_vectors = posted.descriptors.astype(np.float32)
    master_vectors = master.descriptors.astype(np.float32)
    posted_vectors /= np.maximum(np.linalg.norm(posted_vectors, axis=1, keepdims=True), 1)
    master_vectors /= np.maximum(np.linalg.norm(master_vectors, axis=1, keepdims=True), 1)
    return np.asarray(posted_vectors @ master_vectors.T, dtype=np.float32)


def _pairs(similarities: Numbers) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of points that are nearer each other than anything else is by a margin."""
    best = similarities.argmax(axis=1)
    rows = np.arange(len(similarities))
    best_similarity = similarities[rows, best]
    others = similarities.copy()
    others[rows, best] = -1.0
    next_similarity = others.max(axis=1)
    distance = np.sqrt(np.maximum(2 - 2 * best_similarity, 0))
    next_distance = np.sqrt(np.maximum(2 - 2 * next_similarity, 0))
    posted_points = np.flatnonzero(distance < RATIO * next_distance)
    return posted_points, best[posted_points]


def _refine(
    posted: Keypoints, master: Keypoints, similarities: Numbers, first_map: AffineMap, inliers: int
) -> Placement | None:
    """Look again where the map says, and let all pairs that fit settle it; many pairs may ask for a squeeze."""
    best, count = first_map, inliers
    for reach in (1.5 * REACH, 0.75 * REACH):
        places = (master.places[:, :2] @ best[:, :2].T + best[:, 2]).astype(np.float32)
        posted_points, master_points = guided_pairs(posted, similarities, places, reach)
        if len(posted_points) < LEAST_PAIRS:
            break
        from_places, to_places = master.places[master_points, :2], posted.places[posted_points, :2]
        may_squeeze = len(posted_points) >= _FIT_FROM
        fit = _fit_affine(from_places, to_places) if may_squeeze else _fit_similarity(from_places, to_places)
        if not _is_plausible(fit):
            break
        best, count = fit, len(np.unique(master_points))
    return Placement(best, count) if count >= LEAST_PAIRS else None


def guided_pairs(
    posted: Keypoints, similarities: Numbers, projected: Numbers, reach: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return for each point of the post the likest of the master's points that are `projected` near it, in pixels."""
    likely = np.flatnonzero(similarities > _LEAST_SIMILARITY)
    posted_points, master_points = np.divmod(likely, similarities.shape[1])
    offset = posted.places[posted_points, :2] - projected[master_points]
    within_reach = np.einsum("ij,ij->i", offset, offset) < reach**2
    posted_points, master_points = posted_points[within_reach], master_points[within_reach]
    order = np.lexsort((master_points, -similarities[posted_points, master_points], posted_points))
    best_of_each = order[np.flatnonzero(np.diff(posted_points[order], prepend=-1))]
    return posted_points[best_of_each], master_points[best_of_each]


def _fit_similarity(from_places: Numbers, to_places: Numbers) -> AffineMap:
    """Return the map without a squeeze that most pairs agree on."""
    fitted, _ = cv2.estimateAffinePartial2D(from_places, to_places, ransacReprojThreshold=REACH)
    return np.full((2, 3), np.nan) if fitted is None else np.asarray(fitted, np.float64)


def _fit_affine(from_places: Numbers, to_places: Numbers) -> AffineMap:
    """Return the map that least squares give, the worst fifth left out in a second round."""
    kept = np.ones(len(from_places), dtype=bool)
    fit = np.zeros((2, 3))
    for _ in range(3):
        ones = np.column_stack([from_places[kept], np.ones(kept.sum())])
        fit = np.linalg.lstsq(ones.astype(np.float64), to_places[kept].astype(np.float64), rcond=None)[0].T
        miss = np.hypot(*(from_places @ fit[:, :2].T + fit[:, 2] - to_places).T)
        kept = miss <= max(np.quantile(miss, 0.8), 0.5)
    return fit


def _is_plausible(affine: AffineMap) -> bool:
    """Say whether a map is one that a photograph goes through when it is posted."""
    if not np.isfinite(affine).all():
        return False
    large, small = np.linalg.svd(affine[:, :2], compute_uv=False)
    keeps_orientation = np.linalg.det(affine[:, :2]) > 0
    return bool(keeps_orientation and small > SMALLEST and large < LARGEST and large / small < MOST_SQUEEZED)


_Row = tuple[int, int, int]
# The eight ways to turn and mirror a picture, in the order in which its eight hashes come: words for each, and where
# the post's x and y come from as shares of the master's (of x, of y, constant).
_WAYS: tuple[tuple[tuple[str, ...], _Row, _Row], ...] = (
    ((), (1, 0, 0), (0, 1, 0)),
    (("rotate",), (0, -1, 1), (1, 0, 0)),
    (("rotate",), (-1, 0, 1), (0, -1, 1)),
    (("rotate",), (0, 1, 0), (-1, 0, 1)),
    (("flip",), (1, 0, 0), (0, -1, 1)),
    (("flip",), (-1, 0, 1), (0, 1, 0)),
    (("flip", "rotate"), (0, 1, 0), (1, 0, 0)),
    (("flip", "rotate"), (0, -1, 1), (-1, 0, 1)),
)
ORIENTATIONS = tuple(words for words, *_ in _WAYS)


def full_frame_map(turn: int, master: Pixels, posted: Pixels) -> AffineMap:
    """Return the map from a master to a post that shows the whole of it, turned in one of the eight ways."""
    to = np.array([posted.shape[1], posted.shape[0]], dtype=np.float64)
    by = 1 / np.array([master.shape[1], master.shape[0]], dtype=np.float64)
    shares = np.array(_WAYS[turn][1:], dtype=np.float64)
    linear = shares[:, :2] * by * to[:, None]
    shift = shares[:, 2] * to + linear @ [0.5, 0.5] - 0.5  # pixels are counted from their middles
    return np.column_stack([linear, shift])
