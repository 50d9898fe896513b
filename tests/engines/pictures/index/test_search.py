"""A photograph on a page of letters is found, for nearly all of the page's points lie in its letters."""

import cv2
import numpy as np
import pytest

from engines.pictures.picture import Pixels
from tests.engines.pictures.scenes import picture, recognised_parts, register, resized, scene

WORDS = ("Our pupils had a great", "day at the hall, and all", "took part with spirit in")


def newsletter(photograph: Pixels | None, wide: int = 480) -> Pixels:
    """Draw a page of a newsletter, 1,000 by 1,414, with lines of letters around a photograph and its margin."""
    page = np.full((1414, 1000, 3), 255, np.uint8)
    for line, top in enumerate(range(60, 1400, 28)):
        for left in (30, 360, 690):
            cv2.putText(page, WORDS[(line + left) % 3], (left, top), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (0, 0, 0), 2)
    if photograph is not None:
        page[186 : 214 + wide * 3 // 4, 46 : 74 + wide] = 255
        page[200 : 200 + wide * 3 // 4, 60 : 60 + wide] = resized(photograph, wide, wide * 3 // 4)
    return page


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("wide", [400, 480])
def test_a_photograph_on_a_page_of_letters_is_found(seed: int, wide: int) -> None:
    [part] = recognised_parts(picture(newsletter(scene(seed), wide)), register({"p0": scene(seed), "p9": scene(9)}))
    assert (part.master_id, part.verdict) == ("p0", "approved")


@pytest.mark.parametrize("page", [newsletter(None), newsletter(scene(5))], ids=["letters", "another photograph"])
def test_a_page_without_an_approved_photograph_has_no_master(page: Pixels) -> None:
    [part] = recognised_parts(picture(page), register({"p0": scene(0), "p9": scene(9)}))
    assert (part.master_id, part.verdict) == (None, "unapproved")


def test_a_photograph_that_nobody_approved_beside_the_one_on_a_page_is_told() -> None:
    page = newsletter(scene(0))
    page[800:1160, 400:880] = resized(scene(5), 480, 360)
    parts = recognised_parts(picture(page), register({"p0": scene(0), "p9": scene(9)}))
    assert "unapproved" in {part.verdict for part in parts}
