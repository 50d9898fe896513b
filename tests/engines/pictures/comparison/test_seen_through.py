"""What shows through a bar is the master's own; what stands in the place of a part of it is not."""

import cv2
import numpy as np
import pytest

from engines.pictures.comparison.seen_through import seen_through
from engines.pictures.picture import Pixels
from engines.pictures.registration.overlay import AlignedPair
from tests.engines.pictures.scenes import picture, recognised_parts, register, resized, scene

SCENE, OTHER = scene(12, 1280, 960), scene(77, 1280, 960)
GRAIN = cv2.GaussianBlur(np.random.default_rng(1).normal(0, 60, (960, 1280)), (0, 0), 1.5)[..., None]
RICH, OTHER_RICH = (
    np.clip(pixels + 0.5 * GRAIN[::way], 0, 255).astype(np.uint8) for pixels, way in ((SCENE, 1), (OTHER, -1))
)


def barred(pixels: Pixels, veil: float, deep: float = 0.28) -> Pixels:
    """Return the pixels with a dark bar with words along the foot, through which one sees as far as its veil lets."""
    made = pixels.copy()
    bar = made[-round(deep * len(made)) :]
    bar[:] = np.rint((1 - veil) * bar + veil * 15)
    cv2.putText(
        bar, "Open evening", (60, round(0.7 * len(bar))), cv2.FONT_HERSHEY_SIMPLEX, 3, (255,) * 3, 6, cv2.LINE_AA
    )
    return made


def verdicts(post: Pixels) -> set[str]:
    return {part.verdict for part in recognised_parts(picture(post, 80), register({"p1": RICH}))}


@pytest.mark.parametrize(("veil", "deep"), [(0.6, 0.28), (0.6, 0.35), (0.7, 0.2), (0.75, 0.28)])
def test_what_shows_through_a_bar_is_no_photograph_beside_the_approved_one(veil: float, deep: float) -> None:
    assert verdicts(barred(RICH, veil, deep)) == {"approved"}


@pytest.mark.parametrize("veil", [0.0, 0.5])
@pytest.mark.parametrize("deep", [0.2, 0.35])
def test_another_photograph_in_the_place_of_the_foot_is_told_behind_a_bar_too(veil: float, deep: float) -> None:
    post, high = RICH.copy(), round(deep * len(RICH))
    post[-high:] = OTHER_RICH[-high:]

    assert verdicts(barred(post, veil, deep)) != {"approved"}


@pytest.mark.parametrize("veil", [0.6, 0.75])
def test_another_photograph_upon_a_bar_is_told(veil: float) -> None:
    post = barred(RICH, veil)
    post[-240:-30, 960:1240] = resized(OTHER_RICH, 280, 210)

    assert verdicts(post) != {"approved"}


def test_what_is_seen_keeps_clear_of_the_frames_edge_beside_which_another_photograph_may_begin() -> None:
    lightness = cv2.cvtColor(RICH[:480, :640], cv2.COLOR_RGB2GRAY)
    pair = AlignedPair(lightness, lightness, np.ones((480, 640), bool), (100, 50, 640, 480), 1.0, np.eye(2, 3))

    down, across = np.nonzero(seen_through(pair, (600, 900, 3)))

    assert (down.min() - 50, across.min() - 100, 530 - down.max(), 740 - across.max()) == (4, 4, 5, 5)
