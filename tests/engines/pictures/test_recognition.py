"""A posted picture is the approved photograph whatever was done to its form, and is not when it shows more."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from engines.pictures.features.face_detection import faces_as_sure
from engines.pictures.index.master_index import MasterIndex
from engines.pictures.model import PicturePart
from engines.pictures.picture import Pixels
from tests.engines.pictures.heads import SKINS, head, placed
from tests.engines.pictures.scenes import (
    bannered,
    collage,
    filled,
    filtered,
    footed,
    headed,
    hidden,
    leaning,
    letterboxed,
    photographed,
    picture,
    recognised_parts,
    register,
    resized,
    scene,
    stickered,
)

SCENE = scene(1)


@pytest.fixture(scope="module")
def known() -> MasterIndex:
    return register({f"p{seed}": scene(seed) for seed in range(1, 9)})


def only(parts: tuple[PicturePart, ...]) -> PicturePart:
    [part] = parts
    return part


HARMLESS: dict[str, tuple[Callable[[Pixels], Pixels], str | None]] = {
    "saved again": (lambda p: p, None),
    "smaller": (lambda p: resized(p, 500, 375), None),
    "squeezed a little": (lambda p: resized(p, 800, 560), None),
    "a filter": (filtered, None),
    "mirrored": (lambda p: np.ascontiguousarray(p[:, ::-1]), "flip"),
    "upside down": (lambda p: np.ascontiguousarray(p[::-1, ::-1]), "rotate"),
    "on its side": (lambda p: np.ascontiguousarray(np.rot90(p)), "rotate"),
    "leaning": (lambda p: leaning(p, 4.0), "rotate"),
    "cropped": (lambda p: p[60:540, 90:720], "crop"),
    "cropped to a third": (lambda p: p[100:440, 200:660], "crop"),
    "cropped and mirrored": (lambda p: np.ascontiguousarray(p[40:500, 700:60:-1]), "flip"),
    "a letterboxed thumbnail": (letterboxed, None),
    "a small thumbnail": (lambda p: letterboxed(p, 320, 180), None),
    "blurred filling": (filled, "blur-fill"),
    "a photograph of a print": (photographed, "photographed"),
    "a photograph of a print, mirrored aslant": (lambda p: photographed(p, -0.04), "photographed"),
    "a banner": (bannered, "banner"),
    "a sticker": (stickered, "sticker"),
    "much at once": (lambda p: bannered(np.ascontiguousarray(filtered(p[40:560, 740:50:-1]))), "flip"),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_the_photograph_in_another_form_is_approved(known: MasterIndex, what: str) -> None:
    change, word = HARMLESS[what]

    part = only(recognised_parts(picture(change(SCENE)), known))

    assert (part.master_id, part.verdict) == ("p1", "approved"), part.why
    assert part.new_area == ()
    assert word is None or word in part.transform


@pytest.mark.parametrize("seed", [50, 51, 52])
def test_a_picture_that_nobody_approved_has_no_master(known: MasterIndex, seed: int) -> None:
    part = only(recognised_parts(picture(scene(seed)), known))

    assert (part.verdict, part.master_id) == ("unapproved", None)


def test_two_pictures_in_one_template_are_not_the_same() -> None:
    part = only(recognised_parts(picture(bannered(scene(60))), register({"poster": bannered(scene(61))})))

    assert (part.verdict, part.master_id) == ("unapproved", None)


@pytest.mark.parametrize("before", [headed, footed])
def test_a_layout_that_two_posters_share_is_no_link(before: Callable[[Pixels], Pixels]) -> None:
    masters = {f"poster {seed}": before(scene(seed)) for seed in (61, 62)}

    part = only(recognised_parts(picture(headed(scene(60))), register(masters)))

    assert (part.verdict, part.master_id) == ("unapproved", None)


@pytest.mark.parametrize("change", [lambda p: p, lambda p: resized(p, 500, 375), lambda p: p[40:, 30:770]])
def test_a_poster_that_was_approved_is_known_again(change: Callable[[Pixels], Pixels]) -> None:
    poster = headed(SCENE)

    part = only(recognised_parts(picture(change(poster)), register({"poster": poster, "p2": headed(scene(2))})))

    assert (part.verdict, part.master_id) == ("approved", "poster"), part.why


@pytest.mark.parametrize("how", ["blur", "mosaic", "paint"])
@pytest.mark.parametrize("change", [lambda p: p, lambda p: p[30:580, 40:770], lambda p: resized(p, 640, 480)])
def test_what_the_master_hid_and_the_post_shows_is_altered(how: str, change: Callable[[Pixels], Pixels]) -> None:
    masters = {"p1": hidden(SCENE, (300, 200, 120, 140), how), "p2": scene(2)}

    part = only(recognised_parts(picture(change(SCENE)), register(masters)))

    assert (part.master_id, part.verdict) == ("p1", "altered")
    shown = max(part.new_area, key=lambda box: box[2] * box[3])
    assert shown[0] < 420
    assert shown[0] + shown[2] > 240


@pytest.mark.parametrize("box", [(100, 80, 560, 420), (0, 0, 640, 600), (120, 0, 680, 480)])
def test_what_lies_beyond_the_approved_crop_is_altered(box: tuple[int, int, int, int]) -> None:
    x, y, width, height = box
    masters = {"p1": np.ascontiguousarray(SCENE[y : y + height, x : x + width]), "p2": scene(2)}

    part = only(recognised_parts(picture(SCENE), register(masters)))

    assert (part.master_id, part.verdict) == ("p1", "altered")
    assert part.new_area


@pytest.mark.parametrize("by", [0.06, -0.04])
def test_what_a_photograph_of_a_print_shows_besides_is_altered_where_it_stands_in_the_post(by: float) -> None:
    masters = {"p1": hidden(SCENE, (300, 200, 120, 140), "paint"), "p2": scene(2)}
    posted = photographed(SCENE, by)

    part = only(recognised_parts(picture(posted), register(masters)))

    assert (part.master_id, part.verdict) == ("p1", "altered")
    assert "photographed" in part.transform
    x, y, width, height = max(part.new_area, key=lambda box: box[2] * box[3])
    marked = SCENE.copy()
    marked[200:340, 300:420] = (255, 0, 255)
    middle = np.argwhere((cv2.absdiff(photographed(marked, by), posted)).max(axis=2) > 40).mean(axis=0)
    assert x < middle[1] < x + width
    assert y < middle[0] < y + height


@pytest.mark.parametrize("skin", SKINS)
def test_a_face_that_was_put_on_a_print_before_it_was_photographed_is_told(skin: str) -> None:
    shown, _ = placed(SCENE, head(100, 120, SKINS[skin]), 420, 240)

    parts = recognised_parts(picture(photographed(shown)), register({"p1": SCENE, "p2": scene(2)}), faces_as_sure)

    assert {part.verdict for part in parts} & {"altered", "unapproved"}


def test_the_faces_of_the_print_itself_are_its_own() -> None:
    own, _ = placed(SCENE, head(100, 120), 420, 240)

    part = only(recognised_parts(picture(photographed(own)), register({"p1": own, "p2": scene(2)}), faces_as_sure))

    assert (part.master_id, part.verdict) == ("p1", "approved"), part.why


def test_another_frame_that_is_aslant_and_fills_the_picture_is_not_laid_straight(known: MasterIndex) -> None:
    part = only(recognised_parts(picture(photographed(SCENE, room=-60)), known))

    assert (part.master_id, "photographed" in part.transform) == ("p1", False)


def stripped(pixels: Pixels) -> Pixels:
    """Return the pixels with a strip of words across their lower third, from side to side."""
    made, (high, wide) = pixels.copy(), pixels.shape[:2]
    cv2.rectangle(made, (10, high * 5 // 6), (wide - 10, high * 35 // 36), (20, 40, 110), -1)
    place = (60, high * 11 // 12)
    cv2.putText(made, "Open week 2026: come and see us", place, 0, high / 450, (255, 255, 255), 3, cv2.LINE_AA)
    return made


@pytest.mark.parametrize("seed", [4, 6, 7])
def test_a_strip_of_words_from_the_photograph_onto_its_filling_is_no_more_of_the_scene(seed: int) -> None:
    master = scene(seed)
    page = np.asarray(cv2.GaussianBlur(resized(master, 1280, 720), (0, 0), 28), np.uint8)
    page[:, 160:1120] = resized(master, 960, 720)

    part = only(recognised_parts(picture(stripped(page)), register({"p1": master})))

    assert part.verdict == "approved", part.why
    whole = stripped(resized(master, 1280, 960))
    for cut in (master[:, 160:], master[:, :660]):
        beyond = only(recognised_parts(picture(whole), register({"p1": np.ascontiguousarray(cut)})))
        assert (beyond.verdict, beyond.master_id) == ("altered", "p1")


def test_somebody_who_has_stepped_into_the_scene_is_altered(known: MasterIndex) -> None:
    later = SCENE.copy()
    later[220:460, 330:450] = scene(70)[100:340, 200:320]

    part = only(recognised_parts(picture(later), known))

    assert part.verdict != "approved"


def test_each_part_of_a_collage_has_its_master(known: MasterIndex) -> None:
    parts = recognised_parts(picture(collage([scene(seed) for seed in (3, 5, 2, 8)])), known)

    assert {part.master_id: part.verdict for part in parts} == dict.fromkeys(("p2", "p3", "p5", "p8"), "approved")
    assert all("collage" in part.transform for part in parts)


def test_a_master_that_is_shown_many_times_has_one_part_and_what_is_altered_anywhere_is_altered() -> None:
    own = register({"p1": hidden(scene(3), (300, 200, 160, 160), "blur")})
    still_hidden = hidden(scene(3), (300, 200, 160, 160), "blur")

    [part] = recognised_parts(picture(collage([still_hidden] * 4)), own)
    [shown] = recognised_parts(picture(collage([still_hidden, still_hidden, scene(3), still_hidden])), own)

    assert (part.verdict, part.master_id) == ("approved", "p1")
    assert (shown.verdict, shown.master_id) == ("altered", "p1")


def test_a_stranger_in_a_collage_is_named_beside_the_approved(known: MasterIndex) -> None:
    parts = recognised_parts(picture(collage([scene(3), scene(5), scene(90), scene(8)])), known)

    assert {part.master_id for part in parts if part.verdict == "approved"} == {"p3", "p5", "p8"}
    [stranger] = [part for part in parts if part.verdict == "unapproved"]
    [(x, y, width, height)] = stranger.new_area
    assert x < 200
    assert y > 300
    assert width * height > 0.1 * 1200 * 900


def test_the_order_of_the_masters_changes_nothing() -> None:
    masters = {f"p{seed}": scene(seed) for seed in range(1, 7)}
    posted = picture(leaning(scene(4), 3.0))
    turned = dict(reversed(masters.items()))

    assert (
        recognised_parts(posted, register(masters))
        == recognised_parts(posted, register(turned))
        == recognised_parts(posted, register(masters))
    )


def test_an_empty_register_approves_nothing() -> None:
    part = only(recognised_parts(picture(SCENE), register({})))

    assert (part.verdict, part.master_id) == ("unapproved", None)
    assert part.why == "There is no approved photograph to compare it with."


@pytest.mark.parametrize("colour", [0, 128, 255])
def test_a_blank_picture_is_not_approved_by_a_blank_master(colour: int) -> None:
    blank = np.full((300, 400, 3), colour, np.uint8)

    part = only(recognised_parts(picture(blank), register({"blank": blank, "p1": SCENE})))

    assert part.verdict == "unapproved"


def test_a_master_whose_file_is_gone_approves_nothing() -> None:
    with_file = register({"p1": SCENE})
    kept = [(one.master_id, one.features.to_bytes()) for one in with_file.masters]

    part = only(recognised_parts(picture(SCENE), MasterIndex.from_features(kept, lambda _: None)))

    assert part.verdict == "unapproved"


def test_a_thumbnail_is_the_photograph_at_any_quality(known: MasterIndex) -> None:
    for quality in (40, 60, 90):
        small = np.asarray(cv2.resize(SCENE, (320, 240), interpolation=cv2.INTER_AREA), np.uint8)
        assert only(recognised_parts(picture(small, quality), known)).master_id == "p1"
