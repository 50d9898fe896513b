"""An archive comes out of a download folder: whatever is wrong or wicked in it is refused in one sentence."""

import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.records import Profile, Signal
from connectors.x_archive import archive_file
from tests.connectors.archives import follow, listings, members, picture, pull, refused, script, tweet, zipped
from tests.connectors.register_files import of

WHOLE = members({"tweets": [tweet("50")], "follower": [follow("follower", "7")]})


def entry(name: str, mode: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def test_a_file_that_is_absent_a_folder_or_no_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.zip").mkdir()
    (tmp_path / "c.zip").write_bytes(b"window.YTD.tweets.part0 = []")
    (tmp_path / "d.zip").write_bytes(b"")

    (tmp_path / "e.zip").write_bytes(b"7z\xbc\xaf\x27\x1c rest")
    (tmp_path / "f.zip").write_bytes(b"Rar!\x1a\x07\x00 rest")

    refused(tmp_path / "a.zip", "is not there: put it where school.toml says")
    refused(tmp_path / "b.zip", "is a folder: zip it, and name the zip file in school.toml")
    refused(tmp_path / "c.zip", "is not a whole zip file: ask X for a new archive")
    refused(tmp_path / "d.zip", "is an empty file: ask X for a new archive")
    refused(tmp_path / "e.zip", "is packed as 7-Zip: unpack it, and zip its folder as an ordinary zip file")
    refused(tmp_path / "f.zip", "is packed as RAR")


@pytest.mark.parametrize(
    "name",
    ["../evil.js", "data/../../evil.js", "/etc/passwd", "C:/evil.js", "..\\evil.js", "data\\..\\..\\evil.js",
     "\\etc\\passwd", "C:\\evil.js", "data//evil.js", "./evil.js",
     "data/evil\n.js"],
)  # fmt: skip
def test_a_name_that_points_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "a.zip", WHOLE | {name: b"x"})

    refused(path, "has a file name or link in it that points out of the archive")


def test_a_link_is_refused_and_a_folder_is_not(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", WHOLE)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(entry("data/tweets_media/", stat.S_IFDIR | 0o755), b"")

    assert len(of(pull(path), Profile)) == 1

    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(entry("data/tweets_media/50-a.jpg", stat.S_IFLNK | 0o777), b"/etc/passwd")
    refused(path, "points out of the archive")


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", WHOLE)
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("data/follower.js", script("follower", []))

    refused(path, "has two files of one name in it")


def test_a_password_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", WHOLE)
    body = bytearray(path.read_bytes())
    flags = body.index(b"PK\x01\x02") + 8
    body[flags] |= 1
    path.write_bytes(bytes(body))

    refused(path, "is protected by a password: unpack it and zip it again without one")


def test_more_members_than_any_archive_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_file, "MOST_MEMBERS", 3)

    refused(zipped(tmp_path / "a.zip", WHOLE), "has more files in it than an X archive can")


def test_a_member_that_unpacks_a_thousandfold_is_refused_and_a_stranger_of_that_sort_is_left_alone(
    tmp_path: Path,
) -> None:
    bomb = b"window.YTD.tweets.part0 = [" + b" " * 3_000_000 + b"]"

    refused(zipped(tmp_path / "a.zip", WHOLE | {"data/tweets.js": bomb}), "unpacks to more than an X archive can hold")
    pull(zipped(tmp_path / "b.zip", WHOLE | {"data/direct-messages.js": bomb}))


def test_a_picture_larger_than_x_takes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.x_archive.pictures.MOST_PICTURE_BYTES", 10)
    shows = {"media": [{"id_str": "61", "type": "photo", "media_url_https": "https://pbs.twimg.com/media/a.jpg"}]}
    content = members({"tweets": [tweet("50", extended_entities=shows)]}) | {"data/tweets_media/50-a.jpg": picture()}

    refused(zipped(tmp_path / "a.zip", content), "unpacks to more than an X archive can hold")


def test_all_that_is_read_together_has_a_limit_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_file, "MOST_BYTES_READ", len(WHOLE["data/manifest.js"]) + 10)

    refused(zipped(tmp_path / "a.zip", WHOLE), "unpacks to more than an X archive can hold")


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", WHOLE)
    body = bytearray(path.read_bytes())
    second = body.index(b"PK\x01\x02", body.index(b"PK\x01\x02") + 1)
    struct.pack_into("<L", body, second + 42, 4)
    path.write_bytes(bytes(body))

    refused(path, "unpacks to more than an X archive can hold")


def test_a_member_that_is_longer_than_it_declares_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", WHOLE)
    body = bytearray(path.read_bytes())
    place = body.rindex(b"data/manifest.js") - 46
    struct.pack_into("<L", body, place + 24, 20)
    path.write_bytes(bytes(body))

    refused(path, "is damaged")


@pytest.mark.parametrize(
    ("method", "name"), [(zipfile.ZIP_BZIP2, "BZIP2"), (zipfile.ZIP_LZMA, "LZMA"), (9, "Deflate64"), (77, "method 77")]
)
def test_a_packing_that_is_not_read_is_told_by_its_name(tmp_path: Path, method: int, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, body in WHOLE.items():
            archive.writestr(member, body)
    with_method(path, method)

    refused(path, f"is packed as {name}, which this program does not read: name the file as X gave it, or unpack it")


def with_method(path: Path, method: int) -> None:
    """Say in every header of a zip that its member is packed in this way."""
    body = bytearray(path.read_bytes())
    for head, place in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        at = -1
        while (at := body.find(head, at + 1)) >= 0:
            struct.pack_into("<H", body, at + place, method)
    path.write_bytes(bytes(body))


PICTURED = {
    "tweets": [tweet("50", extended_entities={"media": [
        {"id_str": "61", "type": "photo", "media_url_https": "https://pbs.twimg.com/media/a.jpg"}]})],
    "follower": [follow("follower", "7")],
}  # fmt: skip


@pytest.mark.parametrize(
    "packed_as",
    [
        lambda name: name.replace("/", "\\"),
        lambda name: f"twitter-2026-11-20-abc/{name}",
        lambda name: f"twitter-2026-11-20-abc\\twitter-2026-11-20-abc\\{name}".replace("/", "\\"),
        lambda name: f"Downloads/X/twitter-2026-11-20-abc/twitter-2026-11-20-abc/{name}",
        lambda name: name.removeprefix("data/"),
    ],
    ids=["powershell", "in its folder", "powershell and two folders", "four folders", "what is in data alone"],
)
def test_an_archive_is_read_however_it_was_zipped_again(tmp_path: Path, packed_as: Callable[[str], str]) -> None:
    content = members(PICTURED, {"data/tweets_media/50-a.jpg": picture()})
    records = pull(zipped(tmp_path / "a.zip", {packed_as(name): body for name, body in content.items()}))

    assert listings(records)["posts"] == (1, 1, True, "end")
    assert listings(records)["followers"] == (1, 1, True, "end")
    assert listings(records)["media"] == (1, 1, True, "end")
    assert of(records, Signal) == []


def test_a_file_that_an_editor_saved_anew_in_two_bytes_a_sign_is_read(tmp_path: Path) -> None:
    wide = WHOLE["data/tweets.js"].decode().encode("utf-16")

    assert listings(pull(zipped(tmp_path / "a.zip", WHOLE | {"data/tweets.js": wide})))["posts"][2]


def test_a_zip_within_a_zip_is_told_as_that(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", WHOLE).read_bytes()

    refused(zipped(tmp_path / "a.zip", {"twitter-2026-11-20-abc.zip": inner}), "holds no archive but another zip file: "
            "unpack it once, and name the zip file that was in it")  # fmt: skip


def test_what_is_refused_leaves_no_file_open(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", WHOLE | {"../evil.js": b"x"})

    refused(path, "points out")

    path.rename(tmp_path / "moved.zip")  # an unclosed file would also be a warning, and so a failure, at collection
