"""Another frame of a scene is not the approved photograph: the camera moved, or what it saw."""

from dataclasses import replace

import pytest

from engines.pictures.engine import look
from engines.pictures.picture import Part, Pixels
from engines.pictures.regions import Region
from tests.engines.pictures.scenes import aside, picture, pushed, register, scene

MOVED = Region(
    box=(40, 40, 60, 60),
    area=0.03,
    alike=0.5,
    flat=0.05,
    flat_before=0.05,
    colours=0.4,
    detail=1.0,
    stood_out=5.0,
    balance=0.1,
    coarse=0.4,
    veiled=0.8,
    through=0.4,
    edged=0.02,
    cornered=False,
    newness=-2.0,
    thin=False,
)


def looked_at(approved: Pixels, posted: Pixels) -> Part:
    [part] = look(picture(posted), register({"p1": approved, "p2": scene(90)}))
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
        {"edged": 0.4},  # a sticker
        {"edged": -0.3},  # a box in the master
        {"balance": 0.9},  # faint words, or a shade
        {"flat": 0.6},  # a plate of one colour
        {"alike": 0.9},  # the two do not quite meet
        {"through": 0.8},  # a filter
        {"thin": True},
    ],
)
def test_what_was_drawn_or_filtered_has_not_moved(changes: dict[str, float | bool]) -> None:
    assert MOVED.is_moved
    assert not replace(MOVED, **changes).is_moved
