"""What was hidden in the master, or has moved, is not approved when it is shown, however alike the pictures are."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from engines.pictures.index.master_index import MasterIndex
from engines.pictures.model import Box, PicturePart
from engines.pictures.picture import DecodedPicture, Pixels, shrink_to_side
from tests.engines.pictures.scenes import filtered, hidden, picture, recognised_parts, register, scene, stickered

WIDE, HIGH = 1280, 960
FACE = (652, 734, 48, 56)  # under four hundredths of the width
SCENE = scene(12, WIDE, HIGH)


def squared(pixels: Pixels, box: Box = FACE, across: int = 7) -> Pixels:
    """Return the pixels with a box in so many squares across."""
    made, (x, y, width, height) = pixels.copy(), box
    part = made[y : y + height, x : x + width]
    small = cv2.resize(part, (across, across + 1), interpolation=cv2.INTER_AREA)
    part[:] = cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)
    return made


def posted(pixels: Pixels) -> DecodedPicture:
    """Return the pixels as a file shows them that was decoded at half its size, and can be at its whole."""
    whole = picture(pixels).pixels
    return DecodedPicture(shrink_to_side(whole, 640), WIDE, HIGH, finer=lambda side: shrink_to_side(whole, side))


def looked_at(shown: DecodedPicture, known: MasterIndex, find_faces: Callable | None = None) -> PicturePart:
    [part] = recognised_parts(shown, known, find_faces)
    return part


@pytest.mark.parametrize("hide", [squared, lambda pixels: hidden(pixels, FACE, "blur")], ids=["squares", "blur"])
def test_what_was_hidden_is_told_when_it_is_shown_whether_or_not_it_is_known_for_a_face(hide: Callable) -> None:
    part = looked_at(posted(SCENE), register({"p1": hide(SCENE)}))

    assert part.verdict == "altered", part.why
    [(x, y, width, height)] = part.new_area
    assert (x + width / 2, y + height / 2) == pytest.approx((FACE[0] + FACE[2] / 2, FACE[1] + FACE[3] / 2), abs=12)


@pytest.mark.parametrize("change", [lambda pixels: pixels, filtered, lambda pixels: pixels[40:, 60:], stickered])
def test_what_the_master_shows_too_is_approved(change: Callable) -> None:
    part = looked_at(posted(np.ascontiguousarray(change(SCENE))), register({"p1": SCENE}))

    assert part.verdict == "approved", part.why


@pytest.mark.parametrize("hide", [squared, lambda pixels: hidden(pixels, FACE, "blur")], ids=["squares", "blur"])
def test_what_is_hidden_in_both_or_in_the_post_alone_is_approved(hide: Callable) -> None:
    assert looked_at(posted(hide(SCENE)), register({"p1": hide(SCENE)})).verdict == "approved"
    assert looked_at(posted(hide(SCENE)), register({"p1": SCENE})).verdict == "approved"


def test_what_was_pushed_aside_by_a_hundredth_is_another_picture() -> None:
    grain = cv2.GaussianBlur(np.random.default_rng(1).normal(0, 60, SCENE.shape[:2]), (0, 0), 1.5)
    rich = np.clip(SCENE + grain[..., None], 0, 255).astype(np.uint8)  # as leaves and cloth are
    down, across = np.mgrid[:HIGH, :WIDE].astype(np.float32)
    oval = np.exp(-((((across - 676) / 60) ** 2 + ((down - 762) / 60) ** 2) ** 2))
    aside = np.asarray(cv2.remap(rich, across + 2.5 * oval, down - oval, cv2.INTER_LINEAR), np.uint8)

    part = looked_at(posted(aside), register({"p1": rich}))

    assert part.verdict == "altered"
    assert part.why.startswith("It is another picture of the same scene")


def test_a_face_over_which_the_master_was_painted_is_told_by_whoever_finds_faces() -> None:
    x, y, width, height = FACE
    face = cv2.GaussianBlur(SCENE[y : y + height, x : x + width], (0, 0), 1)
    shown = SCENE.copy()
    shown[y : y + height, x : x + width] = face

    def find_faces(pixels: Pixels, _least: float) -> list[tuple[Box, float]]:
        """Find that one face by its own pixels: the detector is another's."""
        if min(pixels.shape[0] - height, pixels.shape[1] - width) < 0:
            return []
        _, best, _, (left, top) = cv2.minMaxLoc(cv2.matchTemplate(pixels, face, cv2.TM_CCOEFF_NORMED))
        return [((left, top, width, height), best)] if best > 0.9 else []

    for painted in (hidden(shown, FACE, "black box"), stickered_over(shown)):
        part = looked_at(posted(shown), register({"p1": painted}), find_faces)

        assert part.verdict == "altered", part.why


def stickered_over(pixels: Pixels) -> Pixels:
    made, (x, y, width, height) = pixels.copy(), FACE
    cv2.circle(made, (x + width // 2, y + height // 2), 36, (250, 210, 40), -1, cv2.LINE_AA)
    return made


def test_where_the_masters_file_is_gone_the_picture_is_judged_as_a_whole() -> None:
    known = register({"p1": squared(SCENE)})
    gone = MasterIndex.from_features(
        [("p1", known.masters[0].features.to_bytes())], lambda _: squared(SCENE), lambda _: None
    )

    assert looked_at(posted(SCENE), gone).verdict == "approved"


@pytest.mark.parametrize("face", [(652, 734, 24, 28), (652, 734, 32, 36)])
def test_what_was_hidden_is_told_in_a_framed_post_with_all_the_pixels_of_its_part(face: Box) -> None:
    page = np.full((2400, 1600, 3), 235, np.uint8)
    page[700 : 700 + HIGH, 160 : 160 + WIDE] = SCENE
    whole = picture(page).pixels
    post = DecodedPicture(shrink_to_side(whole, 640), 1600, 2400, finer=lambda side: shrink_to_side(whole, side))

    part = looked_at(post, register({"p1": squared(SCENE, face)}))

    assert part.verdict == "altered", part.why
    [(x, y, width, height)] = part.new_area
    middle = (160 + face[0] + face[2] / 2, 700 + face[1] + face[3] / 2)
    assert (x + width / 2, y + height / 2) == pytest.approx(middle, abs=14)


@pytest.mark.parametrize("quality", [15, 25])
def test_strong_compression_shows_nothing_new_and_still_tells_what_was_hidden(quality: int) -> None:
    shown = picture(SCENE, quality)

    assert looked_at(shown, register({"p1": SCENE})).verdict == "approved"
    assert looked_at(shown, register({"p1": squared(SCENE)})).verdict == "altered"


def on_plain_ground(level: int) -> Pixels:
    """Return the scene with a corner as plain as a wall, of this lightness, with the faint grain of a camera."""
    made = SCENE.copy()
    grain = cv2.GaussianBlur(np.random.default_rng(level).normal(0, 9, (260, 260)), (0, 0), 1.2)
    made[:260, :260] = np.clip(level + grain[..., None] + np.array((8, 0, -8)), 0, 255).astype(np.uint8)
    return made


def crested(pixels: Pixels, radius: int) -> Pixels:
    """Return the pixels with a crest in the corner: white, a navy ring, and two letters."""
    made, navy, middle = pixels.copy(), (20, 40, 110), (radius + 12, radius + 12)
    cv2.circle(made, middle, radius, (255, 255, 255), -1, cv2.LINE_AA)
    cv2.circle(made, middle, round(radius * 0.85), navy, max(radius // 8, 2), cv2.LINE_AA)
    place = (middle[0] - radius // 2, middle[1] + radius // 4)
    cv2.putText(made, "SJ", place, cv2.FONT_HERSHEY_SIMPLEX, radius / 34, navy, 2, cv2.LINE_AA)
    return made


@pytest.mark.parametrize("radius", [22, 36, 44])
@pytest.mark.parametrize("lighter", [-30, -24, -18, 18, 24, 30])
def test_a_crest_nearly_as_light_as_the_ground_is_nothing_that_was_hidden(lighter: int, radius: int) -> None:
    crest = crested(SCENE, radius)[12 : 12 + 2 * radius, 12 : 12 + 2 * radius]
    master = on_plain_ground(round(float(crest.mean())) + lighter)

    part = looked_at(posted(crested(master, radius)), register({"p1": master}))

    assert part.verdict == "approved", part.why


@pytest.mark.parametrize("hide", [squared, lambda pixels: hidden(pixels, FACE, "blur")], ids=["squares", "blur"])
def test_stark_writing_that_was_hidden_is_told_when_it_is_shown(hide: Callable) -> None:
    x, y, width, height = FACE
    shown = SCENE.copy()
    shown[y : y + height, x : x + width] = 235
    for line in range(3):
        place = (x + 2, y + 15 + 17 * line)
        cv2.putText(shown, "Ann B", place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (15, 15, 15), 2, cv2.LINE_AA)

    assert looked_at(posted(shown), register({"p1": hide(shown)})).verdict == "altered"


CARD = (80, 90, 64, 48)  # within the corner that can be plain


def carded(pixels: Pixels) -> Pixels:
    """Return the pixels with a child's name card in the corner: dark ink on white."""
    made, (x, y, width, height) = pixels.copy(), CARD
    made[y : y + height, x : x + width] = 245
    for words, down in (("Ann B", 21), ("4B Oak", 43)):
        cv2.putText(made, words, (x + 3, y + down), cv2.FONT_HERSHEY_SIMPLEX, 0.448, (20, 20, 20), 1, cv2.LINE_AA)
    return made


def in_linear_light(change: Callable[[Pixels], Pixels]) -> Callable[[Pixels], Pixels]:
    """Return a way to hide the card by a program that averages light and not grey levels, so that it comes lighter."""

    def hide(pixels: Pixels) -> Pixels:
        made, (x, y, width, height) = pixels.copy(), CARD
        value = made / np.float32(255)
        light = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)
        light = change(light)[y : y + height, x : x + width]
        value = np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 0) ** (1 / 2.4) - 0.055)
        made[y : y + height, x : x + width] = np.clip(np.round(value * 255), 0, 255).astype(np.uint8)
        return made

    return hide


LINEAR = {
    "five squares": in_linear_light(lambda light: squared(light, CARD, 5)),
    "seven squares": in_linear_light(lambda light: squared(light, CARD)),
    "blur": in_linear_light(lambda light: cv2.GaussianBlur(light, (0, 0), CARD[2] / 8)),
}


@pytest.mark.parametrize("hide", LINEAR.values(), ids=LINEAR.keys())
@pytest.mark.parametrize("level", [None, 140, 180, 215], ids=str)
def test_a_card_hidden_in_linear_light_is_told_when_it_is_shown(level: int | None, hide: Callable) -> None:
    shown = carded(SCENE if level is None else on_plain_ground(level))

    part = looked_at(posted(shown), register({"p1": hide(shown)}))

    assert part.verdict == "altered", part.why


@pytest.mark.parametrize("veil", [18, 28, 48], ids=str)
@pytest.mark.parametrize("level", [None, 60, 100, 140], ids=str)
def test_a_card_that_was_blurred_together_with_its_surroundings_is_told_when_it_is_shown(
    level: int | None, veil: int
) -> None:
    shown = carded(SCENE if level is None else on_plain_ground(level))
    hidden_too, (x, y, width, height) = shown.copy(), CARD
    around = np.s_[y - 24 : y + height + 24, x - 24 : x + width + 24]
    hidden_too[around] = cv2.GaussianBlur(shown, (0, 0), veil)[around]

    part = looked_at(posted(shown), register({"p1": hidden_too}))

    assert part.verdict == "altered", part.why


@pytest.mark.parametrize("level", [60, 100, 140, 180, 215])
def test_a_card_of_words_laid_upon_plain_ground_whose_light_falls_off_is_nothing_that_was_hidden(level: int) -> None:
    master = on_plain_ground(level)
    master[:260, :260] = np.clip(master[:260, :260] * np.linspace(0.8, 1.15, 260)[:, None, None], 0, 255)

    part = looked_at(posted(carded(master)), register({"p1": master}))

    assert part.verdict == "approved", part.why
