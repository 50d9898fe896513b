"""Which files of an archive are opened, which never are, and when a listing through one is whole."""

import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from connectors.errors import SourceRefused
from connectors.records import Follow, Medium, MediumFile, Post, Signal
from connectors.source import Account
from tests.connectors.archives import (
    NOW,
    OWNER,
    listings,
    manifest,
    medium,
    members,
    picture,
    pull,
    read,
    script,
    shown,
    tweet,
    zipped,
)  # fmt: skip
from tests.connectors.register_files import of

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "real" / "x-archive-organisation.zip"
POISON = b"window.YTD.poison.part0 = [ this was opened"


def test_the_archive_of_a_real_organisation_is_read_whole() -> None:
    if not REAL.exists():
        pytest.skip(f"{REAL} is not here, so no real archive is read.")

    records = pull(REAL, Account("x", "1321902678188974081", "organisation"))

    directions = [line.direction for line in of(records, Follow)]
    files = of(records, MediumFile)
    assert (directions.count("follower"), directions.count("following")) == (111, 124)
    assert [len(of(records, kind)) for kind in (Post, Medium, MediumFile)] == [70, 8, 8]
    assert all(file.problem is None and file.body and file.width and file.height for file in files)
    assert {file.medium_id for file in files} == {m.medium_id for m in of(records, Medium)}
    told = listings(records)
    assert told.pop("likes") == (0, None, False, "untold")
    assert all(is_whole and stopped == "end" for _, _, is_whole, stopped in told.values())
    assert of(records, Signal) == []


def test_only_listed_members_are_ever_opened(tmp_path: Path) -> None:
    poisoned = [
        "data/direct-messages.js", "data/direct-messages-group.js", "data/ip-audit.js", "data/ageinfo.js",
        "data/email-address-change.js", "data/phone-number.js", "data/contact.js", "data/deleted-tweet-headers.js",
        "data/tweet-headers.js", "data/like.js", "data/direct_messages_media/1-a.jpg", "data/profile_media/1001-a.jpg",
        "data/sub/tweets.js", "assets/js/tweets.js", "Your archive.html", "data/tweets.js.bak", "data/account.json",
        "data/tweets_media/50-clip.mp4", "data/tweets_media/deep/50-a.jpg",
    ]  # fmt: skip
    rows = {"tweets": [tweet("50", extended_entities=shown(medium("61", "a.jpg"), medium("62", "v.jpg", "video")))]}
    content = members(rows) | dict.fromkeys(poisoned, POISON)
    lying = manifest({"account": 1, "profile": 1, "tweets": 1, "follower": 0, "following": 0}).replace(
        b'"data/follower.js"', b'"data/direct-messages.js"'
    )
    path = zipped(tmp_path / "a.zip", content | {"data/manifest.js": lying})
    _spoil(path, poisoned)
    with zipfile.ZipFile(path) as archive:
        for name in poisoned:
            with pytest.raises((zlib.error, zipfile.BadZipFile)):
                archive.read(name)

    records = pull(path)

    assert len(of(records, Post)) == 1
    assert [(file.medium_id, file.problem) for file in of(records, MediumFile)] == [("3_61", "missing")]


def _spoil(path: Path, names: list[str]) -> None:
    """Break the packed bytes of these members, so that opening one would be an error."""
    body = bytearray(path.read_bytes())
    for name in names:
        start = body.index(name.encode()) + len(name)
        body[start : start + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(bytes(body))


def test_a_file_that_nobody_knows_is_a_signal_unless_it_is_empty(tmp_path: Path) -> None:
    counts = {"tweets": 0, "mind-reading": 4, "empty-thing": 0, "like": 9, "Tamsin's things": 1}
    content = members({}) | {
        "data/manifest.js": manifest(counts),
        "data/hologram.js": POISON,
        "data/odd name!.js": POISON,
        "data/empty-thing.js": POISON,
    }

    signals = of(pull(zipped(tmp_path / "a.zip", content)), Signal)

    assert [signal.field_path for signal in signals] == ["(a file of an odd name)", "hologram.js", "mind-reading.js"]


def test_files_that_x_ships_in_every_archive_are_no_news(tmp_path: Path) -> None:
    shipped = ("ads-revenue-sharing", "community-note-batsignal", "community-note-api-test-note", "message-event")
    content = members({}) | {f"data/{name}.js": script(name, [{}]) for name in shipped}

    assert of(pull(zipped(tmp_path / "a.zip", content)), Signal) == []


def test_pictures_are_found_by_the_post_and_the_name_and_given_once(tmp_path: Path) -> None:
    two = shown(medium("61", "a.jpg"), medium("62", "b.png"))
    rows = {
        "tweets": [
            tweet("50", extended_entities=two),
            tweet("51", extended_entities=shown(medium("61", "a.jpg"))),
            tweet("52", extended_entities=shown(medium("63", "c.jpg"))),
            tweet("53", extended_entities=shown(medium("64", "d.jpg"), medium("65", "e.jpg"))),
            tweet("54", extended_entities=shown(medium("66", "f.jpg"))),
            tweet("56", extended_entities=shown(medium("68", "h.jpg", "animated_gif"))),
            tweet("57", extended_entities=shown(medium("69", "i.jpg", "video"))),
        ],
        "deleted-tweets": [tweet("55", extended_entities=shown(medium("67", "g.webp")))],
    }
    pictures = {
        "data/tweets_media/50-a.jpg": picture(8, 6),
        "data/tweets_media/50-b.png": picture(7, 5, "PNG"),
        "data/tweets_media/52-renamed.JPG": picture(6, 4),
        "data/tweets_media/53-d.jpg": picture(5, 3),
        "data/tweets_media/54-f.jpg": b"no picture",
        "data/tweets_media/56-h.mp4": b"a film",
        "data/deleted_tweets_media/55-g.webp": picture(4, 2, "WEBP"),
    }

    records = read(tmp_path, rows, pictures)

    assert [(f.medium_id, f.content_type, f.width, f.height, f.problem) for f in of(records, MediumFile)] == [
        ("3_61", "image/jpeg", 8, 6, None),
        ("3_62", "image/png", 7, 5, None),
        ("3_63", "image/jpeg", 6, 4, None),
        ("3_64", "image/jpeg", 5, 3, None),
        ("3_65", None, None, None, "missing"),
        ("3_66", None, None, None, "unreadable"),
        ("16_68", None, None, None, "not_read"),
        ("3_67", "image/webp", 4, 2, None),
    ]
    assert all((file.body is None) == (file.sha256 is None) for file in of(records, MediumFile))
    assert listings(records)["media"] == (4, 7, False, "end")


@pytest.mark.parametrize(
    ("owners", "told"),
    [
        ([OWNER], r"is of the account 1001 \(@OusterlyVale\), and school\.toml names the account 2002 \(@Other\)"),
        ([{"account": {"accountId": "1001", "username": "no handle; <b>"}}], "is of the account 1001, and school"),
        ([OWNER, {"account": {"accountId": "2002"}}], "names 2 accounts as its own, 1001 and 2002, and school"),
        ([], "does not say whose it is"),
        (["odd"], "does not say whose it is"),
        ([{"account": {}}], "does not say whose it is"),
        ([{"account": {"accountId": "not an id"}}], "does not say whose it is"),
    ],
)
def test_the_archive_of_another_account_is_refused_and_says_whose_it_is(
    tmp_path: Path, owners: list[Any], told: str
) -> None:
    path = zipped(tmp_path / "a.zip", members({"account": owners}))

    with pytest.raises(
        SourceRefused, match=told + ".*: name the right archive, or correct the account's id, in school"
    ):
        pull(path, Account("x", "2002", "@Other"))


def test_an_archive_from_the_future_means_that_a_clock_is_wrong(tmp_path: Path) -> None:
    content = members({}) | {"data/manifest.js": manifest({}, made=NOW.replace(year=2027).isoformat())}

    with pytest.raises(SourceRefused, match="later than it is by this computer's clock: set this computer's clock"):
        pull(zipped(tmp_path / "a.zip", content))


@pytest.mark.parametrize(
    "names", [["data/tweets.js"], ["a/data/account.js", "b/data/account.js"], ["a/b/c/account.json"]]
)
def test_a_zip_without_exactly_one_account_is_no_archive(tmp_path: Path, names: list[str]) -> None:
    path = zipped(tmp_path / "a.zip", dict.fromkeys(names, script("account", [OWNER])))

    with pytest.raises(SourceRefused, match="is no X archive, or several in one"):
        pull(path)
