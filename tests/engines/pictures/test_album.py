"""A posted file is scanned whole: every frame of a moving picture, and again when only time ran out."""

import hashlib
import io
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image

from engines.pictures.album import open_album, scan_picture
from engines.pictures.decoding import Opener
from engines.pictures.features.descriptors import PictureFeatures, master_features
from engines.pictures.features.face_detection import Face
from engines.pictures.index.master_index import MasterIndex
from tests.engines.pictures.scenes import picture, scene

MASTER, STRANGER = Image.fromarray(scene(1, 640, 480)), Image.fromarray(scene(4, 640, 480))


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    with Opener() as one:
        yield one


@pytest.fixture(scope="module")
def known(opener: Opener) -> MasterIndex:
    return open_album(["p1"], lambda _: body(MASTER, form="PNG"), opener, people=False).register


def body(*frames: Image.Image, form: str = "WEBP") -> bytes:
    made = io.BytesIO()
    frames[0].save(made, form, save_all=len(frames) > 1, append_images=list(frames[1:]), duration=100)
    return made.getvalue()


def test_a_stranger_in_a_later_frame_is_not_approved(opener: Opener, known: MasterIndex) -> None:
    still, moving = body(MASTER), body(MASTER, MASTER, STRANGER, MASTER)

    assert [part.verdict for part in scan_picture(still, known, opener, people=False).parts] == ["approved"]
    assert [part.verdict for part in scan_picture(moving, known, opener, people=False).parts] == [
        "approved",
        "unapproved",
    ]


def test_a_moving_picture_of_approved_frames_is_approved_once(opener: Opener, known: MasterIndex) -> None:
    smaller = Image.new("RGB", MASTER.size)
    smaller.paste(MASTER.resize((480, 360)), (80, 60))

    parts = scan_picture(body(MASTER, smaller, MASTER), known, opener, people=False).parts

    assert [(part.verdict, part.master_id) for part in parts] == [("approved", "p1")]


def test_a_moving_picture_that_breaks_off_is_not_approved_for_its_first_frame(
    opener: Opener, known: MasterIndex
) -> None:
    moving = body(MASTER, STRANGER, MASTER, STRANGER, form="GIF")

    parts = scan_picture(moving[: len(moving) * 2 // 3], known, opener, people=False).parts

    assert "unreadable" in {part.verdict for part in parts}


def test_a_scan_for_which_time_ran_out_is_not_final(known: MasterIndex) -> None:
    with Opener(seconds=0.0005) as hasty:
        scan = scan_picture(body(Image.effect_noise((3000, 3000), 90), form="PNG"), known, hasty, people=False)

    assert [part.why for part in scan.parts] == ["The picture takes too long to be looked at."]
    assert not scan.is_final


def test_features_are_read_back_with_their_faces_and_those_of_the_form_before_without() -> None:
    features = master_features(picture(scene(1)))
    with_faces = PictureFeatures(
        features.width,
        features.height,
        features.quality,
        features.bits,
        features.points,
        (Face((3, -2, 40, 50), facing=True),),
    )
    before = bytes([3]) + features.to_bytes()[1:-2]  # the form before had no count of faces at its end

    assert PictureFeatures.from_bytes(with_faces.to_bytes()).faces == with_faces.faces
    assert PictureFeatures.from_bytes(features.to_bytes()).faces is None
    assert PictureFeatures.is_current(before)
    assert PictureFeatures.from_bytes(before).faces is None
    for wrong in (before[:-1], with_faces.to_bytes()[:-1], with_faces.to_bytes() + b"0"):
        with pytest.raises(ValueError, match="another form"):
            PictureFeatures.from_bytes(wrong)


def test_faces_that_were_kept_in_stretched_pixels_are_put_back_where_they_are() -> None:
    face = Face((320, 64, 32, 32), facing=True)
    stretched = replace(master_features(picture(scene(1))), width=330, height=110, faces=(face,))

    read = PictureFeatures.from_bytes(bytes([4]) + stretched.to_bytes()[1:])

    assert read.faces == (Face((300, 55, 30, 28), facing=True),)


def test_a_master_s_file_is_read_once_for_all_the_posts_of_one_run(opener: Opener) -> None:
    asked: list[str] = []

    def read(name: str) -> bytes:
        asked.append(name)
        return body(MASTER, form="PNG")

    register = open_album(["p1"], read, opener, people=False).register
    made = len(asked)
    posts = [body(MASTER.resize(size)) for size in ((640, 480), (600, 450), (500, 375))]

    assert {part.verdict for each in posts for part in scan_picture(each, register, opener).parts} == {"approved"}
    assert len(asked) == made + 1


def test_a_register_holds_hardly_more_of_a_master_than_its_index(opener: Opener) -> None:
    features = master_features(picture(scene(5))).to_bytes()
    kept = {hashlib.sha256(f"p{number}".encode()).hexdigest(): features for number in range(400)}

    tracemalloc.start()
    register = open_album([f"p{number}" for number in range(400)], str.encode, opener, kept=FreshCopies(kept)).register
    held, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert held < 400 * len(features) / 2
    assert most < 1.7 * 400 * len(features)  # a sample of so many points, of which words are made, is in it
    assert len(register) == 400


class FreshCopies(dict[str, bytes]):
    """Kept features as a store gives them: new bytes each time that they are asked for."""

    def get(self, key: str, default: bytes | None = None) -> bytes | None:  # type: ignore[override]
        found = super().get(key, default)
        return None if found is None else bytes(bytearray(found))
