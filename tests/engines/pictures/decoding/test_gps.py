"""A file tells where it was taken, or does not, or cannot be read; hostile bytes raise nothing."""

import io
import logging

import pytest
from PIL import Image

from engines.pictures.decoding.decode import has_position

PLACE = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)}


def _picture(form: str, gps: dict[int, object] | None = None, **more: object) -> bytes:
    buffer = io.BytesIO()
    image = Image.new("RGB", (16, 16), "navy")
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    if gps:
        exif.get_ifd(0x8825).update(gps)
    image.save(buffer, form, exif=exif, **more)
    return buffer.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_position_in_the_exif_is_found(form: str) -> None:
    assert has_position(_picture(form, PLACE)) is True
    assert has_position(_picture(form)) is False


def test_a_position_that_only_the_xmp_holds_is_found() -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>51,30N</exif:GPSLatitude><exif:GPSLongitude/>'

    assert has_position(_picture("JPEG", xmp=xmp)) is True
    assert has_position(_picture("JPEG", xmp=b"<x:xmpmeta/>")) is False


def test_an_altitude_or_a_time_alone_is_no_position() -> None:
    assert has_position(_picture("JPEG", {6: 31.0, 29: "2026:11:02"})) is False


@pytest.mark.parametrize("body", [b"", b"GIF89a", b"<svg/>", _picture("JPEG", PLACE)[:40]])
def test_what_cannot_be_read_is_not_said_to_have_none(body: bytes) -> None:
    assert has_position(body) is None


def test_no_log_tells_where_a_picture_was_taken(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert has_position(_picture("JPEG", PLACE)) is True

    assert "GPS" not in caplog.text
