"""When a listing through an archive is whole: when its manifest counts what was read, and X left nothing out."""

from pathlib import Path

import pytest

from connectors.records import MediumFile, Post
from tests.connectors.archives import (
    ABOUT,
    OWNER,
    follow,
    listings,
    manifest,
    medium,
    members,
    picture,
    pull,
    script,
    shown,
    tweet,
    zipped,
)  # fmt: skip
from tests.connectors.register_files import of


def test_a_long_archive_in_parts_is_put_together(tmp_path: Path) -> None:
    parts = {
        "data/tweets-part1.js": script("tweets", [tweet("51")], part=1),
        "data/follower-part1.js": script("follower", [follow("follower", "8")], part=1),
    }
    counts = {
        "account": 1, "profile": 1, "tweets": 1, "tweets-part1": 1, "follower": 1, "follower-part1": 1, "following": 0,
    }  # fmt: skip
    content = members({"tweets": [tweet("50")], "follower": [follow("follower", "7")]}) | parts

    records = pull(zipped(tmp_path / "a.zip", content | {"data/manifest.js": manifest(counts)}))

    assert sorted(post.post_id for post in of(records, Post)) == ["50", "51"]
    assert listings(records) == {
        "followers": (2, 2, True, "end"),
        "following": (0, 0, True, "end"),
        "posts": (2, 2, True, "end"),
        "media": (0, 0, True, "end"),
        "likes": (0, None, False, "untold"),
    }


def test_an_archive_of_2019_has_bare_posts_no_manifest_and_no_claim_to_be_whole(tmp_path: Path) -> None:
    content = {
        "account.js": script("account", [OWNER]),
        "profile.js": script("profile", [ABOUT]),
        "tweet.js": script("tweet", [tweet("50", extended_entities=shown(medium("61", "a.jpg")))["tweet"]]),
        "follower.js": script("follower", [follow("follower", "7")]),
        "following.js": script("following", []),
        "tweet_media/50-a.jpg": picture(),
    }

    records = pull(zipped(tmp_path / "a.zip", content))

    assert listings(records) == {
        "followers": (1, None, False, "uncounted"),
        "following": (0, None, False, "uncounted"),
        "posts": (1, None, False, "uncounted"),
        "media": (1, 1, False, "uncounted"),
        "likes": (0, None, False, "untold"),
    }
    assert of(records, MediumFile)[0].problem is None


def test_an_archive_that_was_zipped_again_with_its_folder_is_found(tmp_path: Path) -> None:
    content = {f"twitter-2026-11-01/{name}": body for name, body in members({"tweets": [tweet("50")]}).items()}

    records = pull(zipped(tmp_path / "a.zip", content))

    assert listings(records)["posts"] == (1, 1, True, "end")


@pytest.mark.parametrize(
    ("counts", "is_partial", "expected"),
    [
        ({"tweets": 1}, False, (1, 1, True, "end")),
        ({"tweets": 1}, True, (1, 1, False, "part")),
        ({"tweets": 2}, False, (1, 2, False, "miscounted")),
        ({"tweets": 0}, False, (1, 0, False, "miscounted")),
        ({}, False, (1, None, False, "uncounted")),
    ],
)
def test_a_listing_is_whole_when_the_manifest_counts_what_was_read(
    tmp_path: Path, counts: dict[str, int], is_partial: bool, expected: tuple[int, int | None, bool, str]
) -> None:
    content = members({"tweets": [tweet("50")]}) | {"data/manifest.js": manifest(counts, is_partial=is_partial)}

    assert listings(pull(zipped(tmp_path / "a.zip", content)))["posts"] == expected


@pytest.mark.parametrize("count", [b'"many"', b"null", b'"' + b"9" * 5000 + b'x"'])
def test_a_count_that_is_no_number_proves_nothing(tmp_path: Path, count: bytes) -> None:
    told = manifest({"tweets": 7}).replace(b'"count": "7"', b'"count": ' + count)
    content = members({"tweets": [tweet("50")]}) | {"data/manifest.js": told}

    rows, _, is_whole, _ = listings(pull(zipped(tmp_path / "a.zip", content)))["posts"]

    assert (rows, is_whole) == (1, False)


@pytest.mark.parametrize("told", [b"[]", b'{"dataTypes": {"tweets": {"files": {}}, "like": []}}', b'{"dataTypes": 1}'])
def test_a_manifest_of_another_form_proves_nothing(tmp_path: Path, told: bytes) -> None:
    content = members({"tweets": [tweet("50")]}) | {"data/manifest.js": b"window.__THAR_CONFIG = " + told + b";\n"}

    assert listings(pull(zipped(tmp_path / "a.zip", content)))["posts"] == (1, None, False, "uncounted")
