"""A blurred filling beside open sky shows no more than the photograph; whoever stands in that sky is more."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from engines.pictures.model import PicturePart
from engines.pictures.picture import Pixels
from tests.engines.pictures.heads import head, placed
from tests.engines.pictures.scenes import filled, picture, recognised_parts, register, scene

WIDE, HIGH, SKY = 960, 720, 220  # pixels, the last of open sky at the right


def with_open_sky(width: int) -> Pixels:
    """Return a scene with open sky at its right, darker below, up to a width."""
    sky = np.linspace(225, 205, HIGH)[:, None, None] + np.array((-30, -10, 0))
    made = np.repeat(np.rint(sky).astype(np.uint8), width, axis=1)
    made[:, : WIDE - SKY] = scene(4, WIDE, HIGH)[:, : WIDE - SKY]
    return made


def judged(post: Pixels) -> PicturePart:
    [part] = recognised_parts(picture(post, 75), register({"p1": with_open_sky(WIDE)}))
    return part


@pytest.mark.parametrize("side", ["right", "left"])
def test_a_blurred_filling_beside_open_sky_is_no_more_of_the_scene(side: str) -> None:
    post = filled(with_open_sky(WIDE))

    part = judged(post if side == "right" else np.ascontiguousarray(post[:, ::-1]))

    assert (part.verdict, part.new_area) == ("approved", ())
    assert "blur-fill" in part.transform


def with_a_bird(page: Pixels) -> Pixels:
    cv2.line(page, (1190, 300), (1200, 306), (40, 40, 40), 2, cv2.LINE_AA)
    cv2.line(page, (1200, 306), (1210, 300), (40, 40, 40), 2, cv2.LINE_AA)
    return page


def with_a_head(page: Pixels) -> Pixels:
    return placed(page, head(18, 24), 1180, 300)[0]


@pytest.mark.parametrize("put", [with_a_bird, with_a_head])
def test_whoever_is_in_the_sky_that_goes_on_beside_a_blurred_filling_is_more_of_the_scene(put: Callable) -> None:
    left, middle = filled(with_open_sky(WIDE))[:, :160], with_open_sky(WIDE + 160)
    page = put(np.ascontiguousarray(np.hstack([left, middle])))

    part = judged(page)

    assert part.verdict == "altered"
    assert any(x <= 1185 <= x + width for x, _, width, _ in part.new_area)
