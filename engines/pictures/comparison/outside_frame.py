"""What a posted picture shows beyond the master's frame: bars, a page, another photograph, or more of the scene."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from engines.pictures.comparison.shared_ground import VisibleArea
from engines.pictures.model import Box
from engines.pictures.picture import FINE_DETAIL, Mask, Numbers, Pixels, box_mask, grey, pixel_count, sharpness
from engines.pictures.registration.placement import AffineMap, project_corners

NARROWEST = 0.02  # of the post's longest side: what is narrower may be a misfit
_UNREADABLE = -1e6  # instead of a lightness
_STEP = 3.0  # pixels from the frame's edge to the line that is read
_READ = 160  # places read along an edge
_CONTINUES = 0.55  # correlation across the edge for that within, from which the scene goes on
_LEAST_ALIKE = 0.4  # correlation across the edge that it takes at the least
_LEAST_SPREAD = 0.4  # of the contrast within the edge that it takes beyond it
_QUIET = 2.5  # grey levels: a line that varies less is flat
_BESIDE, _SHARP = 15, 0.002  # pixels along the frame that say nothing; least sharp share of what is no filling
_DULL = 0.3  # fine detail beyond the edge for that within it, below which the fill is blurred


@dataclass(frozen=True, slots=True)
class OutsideFrame:
    """What lies beyond the frame: boxes of the same scene that go on there, and kinds of filling seen, in words."""

    scene: tuple[Box, ...]
    kinds: tuple[str, ...]


def frame_mask(placing: AffineMap, master: tuple[int, int], shape: tuple[int, ...]) -> Mask:
    """Return the ground of a post of this shape that a master of this width and height covers."""
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, np.rint(project_corners(placing, *master)).astype(np.int32), 1)
    return mask > 0


def look_outside_frame(
    posted: Pixels, placing: AffineMap, master: tuple[int, int], part: VisibleArea, shown: Box, drawn: Sequence[Box]
) -> OutsideFrame:
    """Look across each edge of the master's frame that is shown; one that was cut off is another picture's.

    A box of words may reach from the photograph onto its filling: what is filled or a bar where the master is `shown`
    and nothing was `drawn` over it, both in the post's pixels, is so all along the edge. Beside a blurred filling, what
    is sharp nowhere is filling too: of open sky it looks as if the sky went on.
    """
    lightness = grey(posted).astype(np.float32)
    frame = frame_mask(placing, master, lightness.shape)
    hidden = frame & ~box_mask([shown], lightness.shape)
    seen = np.where(hidden | box_mask(drawn, lightness.shape), np.float32(_UNREADABLE), lightness)
    edges = project_corners(placing, *master).astype(np.float64)
    middle = edges.mean(axis=0)
    scene, kinds = [], set()
    for first, second in zip(edges, np.roll(edges, -1, axis=0), strict=True):
        if _is_cut_off(_outward_normal(first, second, middle), part):
            continue
        depth = _depth(first, second, middle, lightness.shape)
        if depth < NARROWEST * max(lightness.shape):
            continue
        kind = _content_across_edge(seen, first, second, middle)
        if kind in {"other", "short"}:
            kind = _content_across_edge(lightness, first, second, middle)
        if kind == "scene":
            scene.append(_box_outwards(first, second, middle, lightness.shape))
        kinds.add(kind)
    if scene and "blur" in kinds:
        near = cv2.dilate(frame.astype(np.uint8), np.ones((_BESIDE, _BESIDE), np.uint8)) > 0
        sharp = (sharpness(grey(posted)) > FINE_DETAIL) & ~near
        scene = [box for box in scene if pixel_count(sharp & box_mask([box], sharp.shape)) >= _SHARP * box[2] * box[3]]
    return OutsideFrame(tuple(scene), tuple(sorted(kinds - {"scene", "short"})))


def _is_cut_off(out: np.ndarray, part: VisibleArea) -> bool:
    if abs(out[0]) > abs(out[1]):
        return part.right if out[0] > 0 else part.left
    return part.bottom if out[1] > 0 else part.top


def _outward_normal(first: np.ndarray, second: np.ndarray, middle: np.ndarray) -> np.ndarray:
    along = second - first
    out: np.ndarray = np.array([along[1], -along[0]]) / max(float(np.hypot(*along)), 1e-6)
    return out if float(((first + second) / 2 - middle) @ out) > 0 else -out


def _depth(first: np.ndarray, second: np.ndarray, middle: np.ndarray, shape: tuple[int, ...]) -> float:
    """Return how far the picture goes on beyond an edge, in pixels."""
    out, centre = _outward_normal(first, second, middle), np.clip((first + second) / 2, 0, [shape[1] - 1, shape[0] - 1])
    room = [
        float((limit - 1 - at if way > 0 else at) / abs(way))
        for at, way, limit in zip(centre, out, (shape[1], shape[0]), strict=True)
        if abs(way) > 0.05
    ]
    beyond_edge = float(((first + second) / 2 - centre) @ out)
    return min(room) - max(beyond_edge, 0.0)


def _content_across_edge(lightness: Numbers, first: np.ndarray, second: np.ndarray, middle: np.ndarray) -> str:
    """Return what the picture does across an edge: `scene`, `plain`, `blur` or `other`."""
    out = _outward_normal(first, second, middle)
    lines = {
        by: _lightness_along(lightness, first + by * _STEP * out, second + by * _STEP * out)
        for by in (-3, -2, -1, 1, 2, 3)
    }
    readable = np.logical_and.reduce([~np.isnan(line) for line in lines.values()])
    if readable.sum() < _READ * 0.25:
        return "short"
    inner, outer = lines[-1][readable], lines[1][readable]
    if outer.std() < _QUIET and lines[3][readable].std() < _QUIET:
        return "scene" if _same_level(lines, readable) and inner.std() < 3 * _QUIET and outer.std() > 0.6 else "plain"
    within, over = _correlation(lines[-3][readable], inner), _correlation(inner, outer)
    detail = [np.abs(np.diff(lines[by][readable], 2)).mean() for by in (-2, -1, 1, 2)]
    if detail[2] + detail[3] < _DULL * (detail[0] + detail[1]):
        return "blur"
    goes_on = over >= max(_CONTINUES * within, _LEAST_ALIKE) and outer.std() >= _LEAST_SPREAD * inner.std()
    return "scene" if goes_on and _same_level(lines, readable) else "other"


def _lightness_along(lightness: Numbers, first: np.ndarray, second: np.ndarray) -> Numbers:
    """Return the lightness along a line; not a number where it leaves the picture."""
    share = np.linspace(0.04, 0.96, _READ)[:, None]
    places = (first + share * (second - first)).astype(np.float32)
    across, down = np.ascontiguousarray(places[None, :, 0]), np.ascontiguousarray(places[None, :, 1])
    soft = cv2.remap(lightness, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=_UNREADABLE)
    return np.asarray(np.where(soft[0] < 0, np.nan, soft[0]), dtype=np.float32)


def _correlation(first: Numbers, second: Numbers) -> float:
    spread = float(first.std() * second.std())
    return float(((first - first.mean()) * (second - second.mean())).mean()) / spread if spread > 1e-6 else 0.0


def _same_level(lines: dict[int, Numbers], readable: Mask) -> bool:
    """Say whether the step across the edge is hardly greater than the steps on either side of it."""
    step = float(np.abs(lines[1][readable] - lines[-1][readable]).mean())
    inside, beyond = (np.abs(lines[a][readable] - lines[b][readable]).mean() for a, b in ((-1, -3), (3, 1)))
    usual = float(inside + beyond) / 2
    return step <= 1.8 * usual + 2.0


def _box_outwards(first: np.ndarray, second: np.ndarray, middle: np.ndarray, shape: tuple[int, ...]) -> Box:
    out = _outward_normal(first, second, middle)
    reach = float(max(shape)) * out
    ends = np.array([first, second, first + reach, second + reach])
    left, top = np.clip(np.floor(ends.min(axis=0)), 0, [shape[1], shape[0]]).astype(int)
    right, bottom = np.clip(np.ceil(ends.max(axis=0)), 0, [shape[1], shape[0]]).astype(int)
    return int(left), int(top), int(right - left), int(bottom - top)
