"""A small face that was hidden in the master is not approved when it is shown, however alike the pictures are."""

import cv2
import numpy as np
import pytest

from engines.pictures.comparison.difference import compare_pixels
from engines.pictures.comparison.uncovered_faces import _detail_correlation
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.model import Box, PicturePart
from engines.pictures.picture import DecodedPicture, Pixels, shrink_to_side
from engines.pictures.recognition import recognise
from tests.engines.pictures.scenes import filtered, picture, register, scene

WIDE, HIGH = 1280, 960
FACE = (600, 400, 48, 56)  # under four hundredths of the width
SCENE = scene(11, WIDE, HIGH)


def squared(pixels: Pixels, box: Box = FACE) -> Pixels:
    """Return the pixels with a box in seven squares across."""
    made, (x, y, width, height) = pixels.copy(), box
    part = made[y : y + height, x : x + width]
    small = cv2.resize(part, (7, 8), interpolation=cv2.INTER_AREA)
    part[:] = cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)
    return made


def posted(pixels: Pixels) -> DecodedPicture:
    """Return the pixels as a file shows them that was decoded at half its size, and can be at its whole."""
    whole = picture(pixels).pixels
    return DecodedPicture(shrink_to_side(whole, 640), WIDE, HIGH, finer=lambda: whole)


def halved(box: Box) -> Box:
    x, y, width, height = (value // 2 for value in box)
    return x, y, width, height


def looked_at(shown: DecodedPicture, known: MasterIndex, *faces: Box) -> PicturePart:
    [part] = recognise(shown, known, faces)
    return part


def test_a_face_that_was_in_squares_is_told_when_it_is_shown() -> None:
    known = register({"p1": squared(SCENE)})

    assert looked_at(posted(SCENE), known).verdict == "approved"  # nobody looked for faces

    part = looked_at(posted(SCENE), known, halved(FACE))

    assert (part.verdict, part.why) == ("altered", "It shows a face that the approved photograph did not show.")
    [(x, y, width, height)] = part.new_area
    assert (x, y, width, height) == pytest.approx(FACE, abs=4)


@pytest.mark.parametrize("change", [lambda pixels: pixels, filtered, lambda pixels: pixels[40:, 60:]])
def test_a_face_that_the_master_shows_too_is_approved(change: object) -> None:
    assert callable(change)
    known = register({"p1": SCENE})

    part = looked_at(posted(np.ascontiguousarray(change(SCENE))), known, halved(FACE), (200, 100, 30, 36))

    assert part.verdict == "approved", part.why


def test_a_face_that_is_hidden_in_both_is_approved() -> None:
    known = register({"p1": squared(SCENE)})

    assert looked_at(posted(squared(SCENE)), known, halved(FACE)).verdict == "approved"


def test_a_face_beside_the_hidden_one_accuses_nobody() -> None:
    known = register({"p1": squared(SCENE, (200, 700, 48, 56))})

    assert looked_at(posted(squared(SCENE, (200, 700, 48, 56))), known, halved(FACE)).verdict == "approved"


def test_where_the_masters_file_is_gone_the_picture_is_judged_as_a_whole() -> None:
    known = register({"p1": squared(SCENE)})
    gone = MasterIndex.from_features(
        [("p1", known.masters[0].features.to_bytes())], lambda _: squared(SCENE), lambda _: None
    )

    assert looked_at(posted(SCENE), gone, halved(FACE)).verdict == "approved"


def test_a_face_with_nothing_around_it_to_hold_it_against_accuses_nobody() -> None:
    part = SCENE[:40, :40, 0]
    nowhere = np.zeros(part.shape, bool)

    assert np.isnan(_detail_correlation(compare_pixels(part, part, ~nowhere), 2.0, nowhere))
