"""The parts of the media connector: public addresses, and pictures that are whole."""

import io
import struct
import zlib

import pytest
from PIL import Image

from connectors.media.addresses import is_public, picture_address, resolve
from connectors.media.fetch import Fetcher, PictureLimits
from connectors.media.pull import NotReadable, PictureProperties, decode
from tests.connectors.town import picture

LIMIT = 50_000_000


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - a case, not a listener
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("192.0.2.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("fec0::1", False),
        ("64:ff9b:1::808:808", False),
        ("3fff::1", False),
        ("5f00::1", False),
        ("4000::1", False),
        ("::8.8.8.8", False),
        ("192.0.0.9", False),
        ("192.0.0.255", False),
        ("192.88.99.1", False),
        ("64:ff9b::c058:6301", False),
        ("::ffff:192.0.0.9", False),
        ("localhost", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, *, public: bool) -> None:
    assert is_public(address) is public


def test_of_a_profile_picture_on_x_the_larger_size_is_asked_for_first() -> None:
    given = "/profile_images/1/crest_normal.jpg", "/profile_images/1/crest.jpg"
    paths = [picture_address(f"https://pbs.twimg.com{path}").paths for path in given]

    assert paths == [("/profile_images/1/crest_400x400.jpg", given[0]), (given[1],)]


def test_a_host_is_resolved_to_addresses() -> None:
    assert "127.0.0.1" in resolve("localhost", 80)


def test_connections_go_to_the_address_that_was_checked_under_the_hosts_own_name() -> None:
    fetcher = Fetcher(None, lambda _host, _port: ["8.8.8.8", "2606:4700::1111"], PictureLimits(1, 10, 10))

    pools = fetcher._open("i.ytimg.com")
    fetcher.close()

    assert [pool.host for pool in pools] == ["8.8.8.8", "2606:4700::1111"]
    assert {(pool.port, pool.scheme, getattr(pool, "assert_hostname", "")) for pool in pools} == {
        (443, "https", "i.ytimg.com")
    }


@pytest.mark.parametrize(
    ("form", "content_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("GIF", "image/gif")],
)
def test_four_formats_are_read(form: str, content_type: str) -> None:
    assert decode(picture(form=form), max_pixels=LIMIT) == PictureProperties(content_type, 64, 48)


@pytest.mark.parametrize("form", ["BMP", "TIFF", "ICO", "PPM"])
def test_no_other_format_is_read(form: str) -> None:
    with pytest.raises(NotReadable, match="not_a_picture"):
        decode(picture(form=form), max_pixels=LIMIT)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_picture_that_is_cut_off_is_refused(form: str, share: float) -> None:
    buffer = io.BytesIO()
    Image.effect_noise((200, 150), 80).convert("RGB").save(buffer, form)
    whole = buffer.getvalue()

    with pytest.raises(NotReadable) as no:
        decode(whole[: int(len(whole) * share)], max_pixels=LIMIT)

    assert no.value.problem in {"truncated", "not_a_picture"}


def test_an_animation_is_judged_by_its_first_frame() -> None:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])

    assert decode(buffer.getvalue(), max_pixels=LIMIT) == PictureProperties("image/gif", 20, 10)


@pytest.mark.parametrize("side", [9_000, 12_000, 60_000])
def test_a_small_file_that_claims_a_huge_picture_is_refused_before_it_is_decoded(side: int) -> None:
    with pytest.raises(NotReadable, match="too_large"):
        decode(_png_that_claims(side), max_pixels=LIMIT)


@pytest.mark.parametrize("body", [b"", b"<html>", b"GIF89a", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"])
def test_bytes_that_are_no_picture_are_refused(body: bytes) -> None:
    with pytest.raises(NotReadable):
        decode(body, max_pixels=LIMIT)


def _png_that_claims(side: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
