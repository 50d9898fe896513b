"""Another frame of a scene is not the approved photograph: the camera moved, or what it saw."""

from dataclasses import replace

import pytest

from engines.pictures.comparison.regions import ChangedRegion
from engines.pictures.model import PicturePart
from engines.pictures.picture import Pixels
from tests.engines.pictures.scenes import aside, picture, pushed, recognised_parts, register, scene

MOVED = ChangedRegion(
    box=(40, 40, 60, 60),
    area=0.03,
    texture_match=0.5,
    flatness=0.05,
    master_flatness=0.05,
    colour_concentration=0.4,
    detail_ratio=1.0,
    tone_contrast=5.0,
    sign_balance=0.1,
    low_frequency=0.4,
    blur_residual=0.8,
    show_through=0.4,
    outline_contrast=0.02,
    is_in_corner=False,
    change_score=-2.0,
    is_edge_strip=False,
)


def looked_at(approved: Pixels, posted: Pixels) -> PicturePart:
    [part] = recognised_parts(picture(posted), register({"p1": approved, "p2": scene(90)}))
    return part


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_frame_from_a_step_aside_is_altered(seed: int) -> None:
    assert looked_at(scene(seed), aside(scene(seed))).verdict == "altered"


@pytest.mark.parametrize("seed", [2, 3, 5, 6, 7])
def test_a_frame_in_which_something_moved_is_altered(seed: int) -> None:
    part = looked_at(scene(seed), pushed(scene(seed)))

    assert part.verdict == "altered"
    assert part.why == "It is another picture of the same scene: something in it moved."


@pytest.mark.parametrize(
    "changes",
    [
        {"outline_contrast": 0.4},  # a sticker
        {"outline_contrast": -0.3},  # a box in the master
        {"sign_balance": 0.9},  # faint words, or a shade
        {"flatness": 0.6},  # a plate of one colour
        {"texture_match": 0.9},  # the two do not quite meet
        {"show_through": 0.8},  # a filter
        {"is_edge_strip": True},
    ],
)
def test_what_was_drawn_or_filtered_has_not_moved(changes: dict[str, float | bool]) -> None:
    assert MOVED.is_moved
    assert not replace(MOVED, **changes).is_moved
