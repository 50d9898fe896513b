"""What an archive lacks is told, list by list and post by post: files that are not there, texts cut, times unread."""

from pathlib import Path
from typing import Any

import pytest

from connectors.records import Post, Signal, Unavailable
from tests.connectors.archives import follow, listings, manifest, members, pull, read, script, tweet, zipped
from tests.connectors.register_files import of

CUT_REPOST = "RT @other: " + "A long story about the harvest. " * 4 + "and th…"
LONG = "A long story about the harvest. " * 8


def unavailable(tmp_path: Path, rows: dict[str, list[Any]]) -> list[tuple[str, str, str]]:
    return [(one.kind, one.subject_id, one.reason) for one in of(read(tmp_path, rows), Unavailable)]


def test_a_promised_file_that_is_not_there_is_told_and_its_list_is_not_whole(tmp_path: Path) -> None:
    counts = {"account": 1, "profile": 1, "tweets": 1, "tweets-part1": 0, "follower": 0, "follower-part1": 2,
              "following": 0, "deleted-tweets": 4, "like": 9}  # fmt: skip
    content = members({"tweets": [tweet("50")]}) | {"data/manifest.js": manifest(counts)}

    records = pull(zipped(tmp_path / "a.zip", content))

    assert listings(records)["followers"] == (0, 2, False, "missing")
    assert listings(records)["following"] == (0, 0, True, "end")
    assert listings(records)["posts"] == (1, 1, True, "end")
    assert [signal.field_path for signal in of(records, Signal)] == [
        "deleted-tweets.js (not there)",
        "follower-part1.js (not there)",
    ]


@pytest.mark.parametrize(
    ("counts", "more", "stopped"),
    [
        ({"community-tweet": 3}, {}, "communities"),
        ({"community-tweet": 3}, {"data/community-tweet.js": script("community-tweet", [])}, "communities"),
        ({"community-tweet": 0}, {}, "end"),
        ({}, {"data/community-tweet.js": script("community-tweet", [])}, "communities"),
        ({"article": 1}, {}, "articles"),
        ({"article": 1}, {"data/article.js": script("article", [{"article": {"title": "Our new head"}}])}, "articles"),
        ({"article": 0, "article-metadata": 0}, {"data/article.js": script("article", [])}, "end"),
        ({"article-metadata": 1}, {}, "articles"),
        ({"twitter-article": "many"}, {}, "articles"),
        ({}, {"data/articles.js": script("articles", [{"articles": {}}])}, "articles"),
        ({}, {}, "end"),
    ],
)
def test_public_texts_in_files_that_are_shut_are_told_as_posts_that_were_not_read(
    tmp_path: Path, counts: dict[str, int], more: dict[str, bytes], stopped: str
) -> None:
    told = {"account": 1, "profile": 1, "tweets": 1, "follower": 1, "following": 0}
    content = members({"tweets": [tweet("50")], "follower": [follow("follower", "7")]}) | more
    records = pull(zipped(tmp_path / "a.zip", content | {"data/manifest.js": manifest({**told, **counts})}))

    assert listings(records)["posts"] == (1, 1, stopped == "end", stopped)
    assert listings(records)["followers"] == (1, 1, True, "end")
    assert of(records, Signal) == []


@pytest.mark.parametrize(
    ("link", "is_told"),
    [
        ("http://x.com/i/article/1990", True),
        ("https://twitter.com/i/articles/1990?s=20", True),
        ("https://www.x.com/OusterlyVale/article/1990", True),
        ("https://x.com/SomebodyElse/article/1990", False),
        ("https://example.org/i/article/1990", False),
        ("https://x.com/i/status/1990", False),
    ],
)
def test_a_post_that_shows_an_article_of_the_account_is_told_whatever_files_there_are(
    tmp_path: Path, link: str, is_told: bool
) -> None:
    shows = tweet("50", "Our new head https://t.co/abc123", entities={"urls": [{"expanded_url": link}]})
    records = read(tmp_path, {"tweets": [shows, tweet("51")]})

    assert listings(records)["posts"][2:] == ((False, "articles") if is_told else (True, "end"))
    assert [one.subject_id for one in of(records, Unavailable)] == (["50"] if is_told else [])


@pytest.mark.parametrize(
    ("more", "is_cut"),
    [
        ({"full_text": CUT_REPOST}, True),
        ({"full_text": "RT @other: Thinking…"}, True),
        ({"full_text": "RT @other: Thinking."}, False),
        ({"full_text": f"{LONG}and… https://t.co/abc123"}, True),
        ({"full_text": "\u5b66" * 130 + "… https://t.co/abc123"}, True),
        ({"full_text": f"{LONG}and there. https://t.co/abc123"}, False),
        ({"full_text": "Read more… https://t.co/abc123"}, False),
        ({"full_text": "Read more", "truncated": True}, True),
    ],
)
def test_a_text_that_x_cut_is_told_as_a_post_without_its_whole_text(
    tmp_path: Path, more: dict[str, Any], is_cut: bool
) -> None:
    told = unavailable(tmp_path, {"tweets": [tweet("50", **more)], "deleted-tweets": [tweet("51", **more)]})

    assert told == ([("post", "50", "cut")] if is_cut else [])


def test_a_long_text_whose_note_is_there_is_whole(tmp_path: Path) -> None:
    note = {"noteTweet": {"createdAt": "2026-08-12T16:10:37.000Z", "core": {"text": f"{LONG}and there it ends."}}}
    rows = [tweet("50", f"{LONG}and… https://t.co/abc123", truncated=True)]

    assert unavailable(tmp_path, {"tweets": rows, "note-tweet": [note]}) == []


@pytest.mark.parametrize("rows", [[], ["odd"], [{"profile": {}}], [{"profile": {"description": "A school."}}]])
def test_a_profile_that_is_not_there_is_told(tmp_path: Path, rows: list[Any]) -> None:
    assert unavailable(tmp_path, {"profile": rows}) == [("actor", "1001", "no_profile")]


@pytest.mark.parametrize(
    "told",
    ["yesterday", "", None, 1_786_000_000, "Sat Mop 12 16:10:37 +0000 2026", "1999-12-31T00:00:00Z",
     "2099-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"],
)  # fmt: skip
def test_a_time_that_cannot_be_read_or_be_is_a_signal_and_no_time(tmp_path: Path, told: Any) -> None:
    records = read(tmp_path, {"tweets": [tweet("50", created_at=told), tweet("51")]})

    assert [post.posted_at is None for post in of(records, Post)] == [True, False]
    assert [(s.endpoint, s.field_path, s.seen) for s in of(records, Signal)] == [
        ("archive/posts", "created_at (no time that can be read)", 1)
    ]


@pytest.mark.parametrize("number", ["9999999999999999999", 9223372036854775808, -1, "1e5", True, None])
def test_a_number_that_no_count_can_be_is_left_out(tmp_path: Path, number: Any) -> None:
    (post,) = of(read(tmp_path, {"tweets": [tweet("50", retweet_count=number)]}), Post)

    assert post.repost_count is None
