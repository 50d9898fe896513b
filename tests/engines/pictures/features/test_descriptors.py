"""The hash of a picture, whatever form it comes in; and bad bytes, which never raise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engines.pictures.decoding.decode import decode_picture, formats
from engines.pictures.features.pdq import pdq_hashes
from engines.pictures.picture import DecodedPicture, UnreadablePicture
from tests.engines.pictures.drawings import picture, saved


def pixels(body: bytes) -> np.ndarray:
    made = decode_picture(body)
    assert isinstance(made, DecodedPicture)
    return made.pixels


def bits_apart(one: bytes, other: bytes) -> int:
    (first, _), (second, _) = pdq_hashes(pixels(one)), pdq_hashes(pixels(other))
    return int(np.bitwise_count(first[0] ^ second[0]).sum())


def test_a_hash_is_256_bits_with_a_quality() -> None:
    bits, quality = pdq_hashes(pixels(saved(picture(1))))

    assert len(bits[0].tobytes().hex()) == 64
    assert quality == 100


@pytest.mark.parametrize(
    "other",
    [
        saved(picture(1), "JPEG", quality=60),
        saved(picture(1), "WEBP"),
        saved(picture(1), "GIF"),
        saved(picture(1).resize((1600, 1200))),
        saved(picture(1).convert("RGBA")),
        saved(picture(1).convert("P")),
    ],
    ids=["jpeg", "webp", "gif", "larger", "with alpha", "palette"],
)
def test_the_same_picture_in_another_form_is_near(other: bytes) -> None:
    assert bits_apart(saved(picture(1)), other) <= 16


def test_another_picture_is_far() -> None:
    assert bits_apart(saved(picture(1)), saved(picture(2))) > 60


def test_a_camera_held_upright_is_seen_upright() -> None:
    turned = picture(1).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera's word for "turn me clockwise"

    assert bits_apart(saved(picture(1)), saved(turned, "JPEG", exif=exif)) <= 16


def test_what_is_transparent_is_seen_on_white() -> None:
    clear = picture(1).convert("RGBA")
    clear.putalpha(0)

    assert pdq_hashes(pixels(saved(clear)))[1] == 0


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "not_a_picture"),
        (b"<html>not here</html>", "not_a_picture"),
        (saved(picture(1), "BMP"), "not_a_picture"),
        (saved(picture(1))[:900], "truncated"),
        (saved(picture(1), "JPEG")[:2000], "truncated"),
    ],
)
def test_bytes_that_are_no_picture_have_a_problem(body: bytes, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)  # as another library of the process may leave it
    assert decode_picture(body) == UnreadablePicture(problem)  # type: ignore[arg-type]


def test_a_picture_with_too_many_pixels_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engines.pictures.decoding.decode.MOST_PIXELS", 1000)

    assert decode_picture(saved(picture(1))) == UnreadablePicture("too_large")


def test_a_decompression_bomb_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    formats()  # sets the bound once, whichever test asks first
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100_000)

    assert decode_picture(saved(picture(1))) == UnreadablePicture("too_large")


@given(st.binary(max_size=200), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff\xe0", b"RIFF"]))
def test_no_bytes_at_all_raise(body: bytes, head: bytes) -> None:
    assert isinstance(decode_picture(head + body), DecodedPicture | UnreadablePicture)
