"""Odd and hostile archives: what can be read is read, what cannot is told, and nothing ends in an error of our own."""

import json
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from connectors.records import Follow, Medium, MediumFile, Post, Profile, Unavailable
from tests.connectors.archives import (
    MADE,
    OWNER,
    follow,
    listings,
    manifest,
    medium,
    members,
    picture,
    pull,
    read,
    refused,
    script,
    shown,
    tweet,
    zipped,
)  # fmt: skip
from tests.connectors.register_files import of

ROWS = {"tweets": [tweet("50")], "follower": [follow("follower", "7")]}
WHOLE = members(ROWS)
POST = {"id_str": "50", "full_text": "Good morning.", "created_at": "Sat Aug 12 16:10:37 +0000 2026"}


def told(**value: Any) -> dict[str, bytes]:
    """Return a manifest of any form."""
    return {"data/manifest.js": b"window.__THAR_CONFIG = " + json.dumps(value).encode()}


def listed(*files: Any) -> dict[str, bytes]:
    about = {"generationDate": MADE, "isPartialArchive": False}
    return told(archiveInfo=about, dataTypes={"tweets": {"files": list(files)}})


@pytest.mark.parametrize(
    "body",
    [
        ("window.YTD.tweets.part0 = " + json.dumps([tweet("50")])).encode("utf-16")[:-1],
        ("window.YTD.tweets.part0 = " + json.dumps([tweet("50")])).encode("utf-16-le"),
        ("window.YTD.tweets.part0 = " + json.dumps([tweet("50", "Café")], ensure_ascii=False)).encode("latin-1"),
        b"window.YTD.tweets.part0 = [" + b"9" * 5000 + b"]",
        b'window.YTD.tweets.part0 = {"50": 1}',
        b"window.YTD.tweets.part0 = []]",
    ],
)
def test_another_writing_or_form_is_refused(tmp_path: Path, body: bytes) -> None:
    refused(zipped(tmp_path / "a.zip", WHOLE | {"data/tweets.js": body}), "holds a file that is")


@pytest.mark.parametrize(
    ("more", "posts", "ended"),
    [
        ({"data/tweets-part1.js": script("tweets", [tweet("50")], 1)}, ["50"], (1, 1, True, "end")),
        ({"data/tweet.js": script("tweet", [tweet("52")])}, ["52", "50"], (2, 1, False, "miscounted")),
        ({"data/tweets.js": script("tweets", [tweet("50"), {"tweet": {}}])}, ["50"], (1, 1, False, "miscounted")),
        (listed({"fileName": "data/tweets.js", "count": "1"}, {"fileName": "data/tweets.js", "count": "1"}), ["50"],
         (1, 2, False, "miscounted")),
        (listed(None, 3, {"fileName": ["x"], "count": [1]}), ["50"], (1, None, False, "uncounted")),
        (listed({"fileName": "data/tweets.js", "count": "-1"}), ["50"], (1, None, False, "uncounted")),
        (listed({"fileName": "data/tweets.js", "count": "\u0661"}), ["50"], (1, None, False, "uncounted")),
        (told(archiveInfo={"generationDate": 12345, "isPartialArchive": "TRUE"}), ["50"], (1, None, False, "part")),
        ({"data/tw\u0435ets.js": script("tweets", [tweet("99")])}, ["50"], (1, 1, True, "end")),
    ],
    ids=["the same part twice", "both layouts", "a row without anything", "counted twice", "odd entries",
         "fewer than none", "another script's digits", "a part of an archive", "a name that looks alike"],
)  # fmt: skip
def test_posts_come_once_and_their_list_is_whole_only_where_all_is_in_order(
    tmp_path: Path, more: dict[str, bytes], posts: list[str], ended: tuple[int, int | None, bool, str]
) -> None:
    records = pull(zipped(tmp_path / "a.zip", WHOLE | more))

    assert [post.post_id for post in of(records, Post)] == posts
    assert listings(records)["posts"] == ended


@pytest.mark.parametrize("actor_id", [{"a": 1}, True, 7.0, "7" * 20, "\u0667", None, ""])
def test_a_row_that_is_left_out_leaves_no_whole_list_behind(tmp_path: Path, actor_id: Any) -> None:
    rows = [follow("follower", "7"), {"follower": {"accountId": actor_id}}]
    counted = manifest({"account": 1, "profile": 1, "tweets": 0, "follower": 1, "following": 0})

    records = pull(zipped(tmp_path / "a.zip", members({"follower": rows}) | {"data/manifest.js": counted}))

    assert [line.actor_id for line in of(records, Follow)] == ["7"]
    assert listings(records)["followers"] == (1, 1, False, "miscounted")


@pytest.mark.parametrize(
    "entry",
    [
        {"id_str": "61", "type": ["photo"]},
        {"id_str": "61", "type": {"a": 1}},
        {"id_str": "61"},
        {"type": "photo"},
        [],
        None,
        "photo",
    ],
)
def test_a_medium_that_is_not_understood_is_one_all_the_same(tmp_path: Path, entry: Any) -> None:
    records = read(tmp_path, {"tweets": [tweet("50", extended_entities={"media": [entry]})]})

    assert [(one.medium_id, one.kind) for one in of(records, Medium)] == [("50/0", "unknown")]
    assert of(records, MediumFile) == []


@pytest.mark.parametrize("url", ["http://[::1", "https://[bad/media/a.jpg", "//\x00/..", "a.jpg", "", 7, None])
def test_an_address_that_is_none_finds_no_picture_unless_there_is_but_one(tmp_path: Path, url: Any) -> None:
    one = {"id_str": "61", "type": "photo", "media_url_https": url}
    two = {"id_str": "62", "type": "photo", "media_url_https": url}
    rows = {"tweets": [tweet("50", extended_entities=shown(one)), tweet("51", extended_entities=shown(one, two))]}

    records = read(tmp_path, rows, {"data/tweets_media/50-x.jpg": picture()})

    assert [(file.medium_id, file.problem) for file in of(records, MediumFile)] == [("3_61", None), ("3_62", "missing")]


def png(width: int, height: int) -> bytes:
    """Return a picture that says that it is this large and holds next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("body", [png(60_000, 60_000), b"<svg xmlns='x'/>", b"", b"%PDF-1.7", b"GIF89a"])
def test_a_picture_that_is_none_or_that_would_fill_the_memory_is_unreadable(tmp_path: Path, body: bytes) -> None:
    rows = {"tweets": [tweet("50", extended_entities=shown(medium("61", "a.png")))]}

    (file,) = of(read(tmp_path, rows, {"data/tweets_media/50-a.png": body}), MediumFile)

    assert (file.problem, file.body) == ("unreadable", None)


@pytest.mark.parametrize(
    "more",
    [
        {"edit_info": {"initial": {"editTweetIds": {"a": 1}}}},
        {"edit_info": {"edit": {"editControlInitial": [1]}}},
        {"entities": {"urls": [[]], "user_mentions": [[], None], "media": {"a": 1}}, "full_text": "RT @x: a"},
        {"in_reply_to_status_id": 33.5, "in_reply_to_user_id": []},
        {"retweet_count": [], "full_text": "a\x00b"},
    ],
)
def test_a_post_with_odd_parts_is_read_without_them(tmp_path: Path, more: dict[str, Any]) -> None:
    (post,) = of(read(tmp_path, {"tweets": [{"tweet": POST | more}]}), Post)

    assert (post.post_id, post.first_version_id) == ("50", "50")


@pytest.mark.parametrize("said", [{"bio": {"x": 1}}, {"website": 7}, {"location": []}])
def test_a_profile_of_another_form_is_told_as_not_read(tmp_path: Path, said: dict[str, Any]) -> None:
    records = read(tmp_path, {"profile": [{"profile": {"description": said, "avatarMediaUrl": {"a": 1}}}]})

    assert len(of(records, Profile)) == 1
    assert [one.reason for one in of(records, Unavailable)] == ["no_profile"]


@pytest.mark.parametrize("parts", [["account.js"], ["account.js", "account-part1.js"]])
def test_an_archive_in_which_another_owner_stands_too_is_refused(tmp_path: Path, parts: list[str]) -> None:
    other = {"account": {**OWNER["account"], "accountId": "2002"}}
    rows = [OWNER, other] if len(parts) == 1 else [OWNER]
    more = {"data/account.js": script("account", rows), f"data/{parts[-1]}": script("account", [*rows, other])}

    refused(zipped(tmp_path / "a.zip", WHOLE | more), "names 2 accounts as its own, 1001 and 2002,")


def test_folders_without_end_or_without_an_account_are_no_archive(tmp_path: Path) -> None:
    deep = "x/" * 9
    refused(zipped(tmp_path / "a.zip", {f"{deep}{name}": body for name, body in WHOLE.items()}), "is no X archive")
    refused(zipped(tmp_path / "b.zip", {}), "is no X archive")
    refused(zipped(tmp_path / "c.zip", {"data/account.js/": b""}), "is no X archive")


@pytest.mark.parametrize(
    ("more", "has_place"),
    [
        ({}, False),
        ({"place": None, "geo": None, "coordinates": None}, False),
        ({"place": {"full_name": "Ousterly"}}, True),
        ({"coordinates": {"type": "Point", "coordinates": [0.0, 0.0]}}, True),
    ],
)
def test_a_post_tells_whether_x_keeps_a_place_beside_it(tmp_path: Path, more: dict[str, Any], has_place: bool) -> None:
    (post,) = of(read(tmp_path, {"tweets": [{"tweet": POST | more}]}), Post)

    assert post.has_place is has_place
