"""What an X archive's rows become: strictly read, nothing guessed, and whatever is new shows itself as a signal."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.records import Archive, Follow, Like, ListingEnd, Post, Profile, Signal
from connectors.x_archive.values import moment
from tests.connectors.archives import ABOUT, ACCOUNT, OWNER, follow, members, pull, read, tweet, zipped
from tests.connectors.register_files import of

POSTED = datetime(2026, 8, 12, 16, 10, 37, tzinfo=UTC)


def the_post(tmp_path: Path, **more: Any) -> Post:
    (post,) = of(read(tmp_path, {"tweets": [tweet("50", **more)]}), Post)
    assert isinstance(post, Post)
    return post


def test_the_accounts_own_profile_is_read_and_its_email_address_is_not(tmp_path: Path) -> None:
    records = read(tmp_path, {})

    assert of(records, Profile) == [
        Profile(
            platform="x",
            account_id="1001",
            handle="OusterlyVale",
            display_name="Ousterly Vale School",
            bio="A school.",
            location="Ousterly",
            url="https://ousterly.example",
            picture_url="https://pbs.twimg.com/profile_images/1/a.jpg",
            created_at=datetime(2019, 9, 1, 8, tzinfo=UTC),
        )
    ]
    assert "office@" not in str(records)


def test_a_profile_without_description_is_still_a_profile(tmp_path: Path) -> None:
    rows: list[Any]
    for rows in ([], [{"profile": {}}], ["odd"]):
        (profile,) = of(read(tmp_path, {"profile": rows}), Profile)
        assert (profile.handle, profile.bio) == ("OusterlyVale", None)


def test_followers_are_ids_alone_each_once(tmp_path: Path) -> None:
    followers = [follow("follower", "7"), follow("follower", "8"), follow("follower", "7"), {"accountId": "9"}]

    records = read(tmp_path, {"follower": followers, "following": [follow("following", "7")]})

    assert [(line.actor_id, line.direction) for line in of(records, Follow)] == [
        ("7", "follower"),
        ("8", "follower"),
        ("9", "follower"),
        ("7", "following"),
    ]
    assert len(of(records, Profile)) == 1


@pytest.mark.parametrize(
    "row", [{"follower": {"userLink": "x"}}, {"follower": {"accountId": "x1"}}, "7", {"follower": 7}]
)
def test_a_row_that_is_not_understood_is_counted_and_the_listing_is_not_whole(tmp_path: Path, row: Any) -> None:
    records = read(tmp_path, {"follower": [follow("follower", "7"), row]})

    listing_end = of(records, ListingEnd)[0]
    assert (listing_end.listing, listing_end.rows, listing_end.platform_count, listing_end.is_whole) == (
        "followers",
        1,
        2,
        False,
    )
    assert listing_end.stopped == "miscounted"
    assert [(s.endpoint, s.seen) for s in of(records, Signal)] == [("archive/follower", 1)]


def test_a_post_is_read_with_the_time_the_count_and_the_first_version(tmp_path: Path) -> None:
    edited = {"edit": {"initialTweetId": "48", "editControlInitial": {"editTweetIds": ["48", "50"]}}}

    assert the_post(tmp_path) == Post(
        platform="x",
        account_id="1001",
        post_id="50",
        first_version_id="50",
        kind="post",
        posted_at=POSTED,
        text="Good morning.",
        repost_count=3,
        has_place=False,
    )
    assert the_post(tmp_path, edit_info={"initial": {"editTweetIds": ["49", "50"]}}).first_version_id == "49"
    assert the_post(tmp_path, edit_info=edited).first_version_id == "48"
    assert the_post(tmp_path, edit_info={"edit": {"initialTweetId": "47"}}).first_version_id == "47"
    assert the_post(tmp_path, edit_info="odd").first_version_id == "50"


@pytest.mark.parametrize(
    ("more", "kind", "refers_to"),
    [
        ({"full_text": "RT @other: Hello"}, "repost", None),
        ({"retweeted_status": {"id_str": "33"}}, "repost", "33"),
        ({"retweeted_status": "odd"}, "repost", None),
        ({"retweeted": True}, "post", None),
        ({"in_reply_to_status_id_str": "33", "in_reply_to_user_id_str": "7"}, "reply", "33"),
        ({"in_reply_to_status_id": 33}, "reply", "33"),
        ({"in_reply_to_user_id": "7"}, "reply", None),
        ({"quoted_status_id_str": "33"}, "quote", "33"),
        ({"entities": {"urls": [{"expanded_url": "https://x.com/other/status/33?s=20"}]}}, "quote", "33"),
        ({"entities": {"urls": [{"expanded_url": "https://twitter.com/o/status/33/photo/1"}]}}, "quote", "33"),
        ({"entities": {"urls": [{"expanded_url": "https://x.com/own/status/50"}]}}, "post", None),
        ({"entities": {"urls": [{"expanded_url": "https://twitter.com/i/web/status/50"}]}}, "post", None),
        ({"entities": {"urls": [{"expanded_url": "https://ousterly.example/status/33"}]}}, "post", None),
        ({"entities": {"urls": ["odd"]}}, "post", None),
        ({"entities": "odd"}, "post", None),
    ],
)
def test_the_kind_of_a_post_is_told_by_what_it_refers_to(
    tmp_path: Path, more: dict[str, Any], kind: str, refers_to: str | None
) -> None:
    post = the_post(tmp_path, **more)

    assert (post.kind, post.refers_to_post_id) == (kind, refers_to)


MENTIONS = {"user_mentions": [{"screen_name": "friend", "id_str": "6"}, {"screen_name": "Other", "id_str": "7"}]}


@pytest.mark.parametrize(
    ("more", "actor_id"),
    [
        ({"full_text": "RT @other: Hello @friend", "entities": MENTIONS}, "7"),
        ({"full_text": "RT @OTHER: Hello", "entities": {"user_mentions": [{"screen_name": "other", "id": 7}]}}, "7"),
        ({"full_text": "RT @gone: Hello @friend", "entities": MENTIONS}, None),
        ({"full_text": "RT @other Hello", "entities": MENTIONS}, None),
        ({"full_text": "RT @other: Hello"}, None),
        ({"full_text": "RT @other: Hello", "entities": {"user_mentions": ["odd", {"screen_name": 7}]}}, None),
        ({"full_text": "RT @other: Hello", "entities": {"user_mentions": "odd"}}, None),
        ({"full_text": "RT @other: Hello", "entities": {"user_mentions": [{"screen_name": "other"}]}}, None),
        ({"full_text": "@Other Hello", "in_reply_to_user_id_str": "7", "entities": MENTIONS}, "7"),
        ({"full_text": "Hello @other", "entities": MENTIONS}, None),
        ({"full_text": "See this", "quoted_status_id_str": "33", "entities": MENTIONS}, None),
    ],
)
def test_whom_a_post_repeats_or_answers_is_told_where_the_archive_says_so(
    tmp_path: Path, more: dict[str, Any], actor_id: str | None
) -> None:
    assert the_post(tmp_path, **more).refers_to_actor_id == actor_id


def test_likes_are_not_seen_for_the_archive_does_not_say_whose_posts_they_are(tmp_path: Path) -> None:
    records = read(tmp_path, {"like": [{"like": {"tweetId": "33", "fullText": "Hello"}}]})

    assert of(records, Like) == []
    assert [(w.rows, w.is_whole, w.stopped) for w in of(records, ListingEnd) if w.listing == "likes"] == [
        (0, False, "untold")
    ]


def test_a_post_without_id_or_text_is_counted_and_left_out(tmp_path: Path) -> None:
    rows = [tweet("50"), {"tweet": {"id_str": "51"}}, {"tweet": {"full_text": "No id."}}, "odd", tweet("50", "Again.")]

    records = read(tmp_path, {"tweets": rows})

    assert [post.text for post in of(records, Post)] == ["Good morning."]
    assert [signal.seen for signal in of(records, Signal)] == [3]


def test_a_long_post_gets_its_whole_text_from_the_note_of_the_same_second(tmp_path: Path) -> None:
    whole = "Tea &amp; cake for all. " + "More to come. " * 30
    note = {"noteTweet": {"noteTweetId": "9", "createdAt": "2026-08-12T16:10:36.000Z", "core": {"text": whole}}}
    later = {"noteTweet": {"createdAt": "2026-08-12T16:20:00.000Z", "core": {"text": whole + "Later."}}}
    other = {"noteTweet": {"createdAt": "2026-08-12T16:10:37.000Z", "core": {"text": "Other."}}}
    odd = [{"noteTweet": {"createdAt": "2026-08-12T16:10:37.000Z"}}, {"noteTweet": {"core": {"text": "x"}}}, "odd"]
    rows = [
        tweet("50", "Tea & cake for all. More to… https://t.co/abc"),
        tweet("51", "Coffee for all. https://t.co/abc"),
        tweet("52", " https://t.co/abc"),
        tweet("53", "Tea &amp; cake for all.", created_at="odd"),
    ]

    posts = of(read(tmp_path, {"tweets": rows, "note-tweet": [*odd, later, other, note]}), Post)

    assert posts[0].text == whole
    assert [post.text for post in posts[1:]] == [row["tweet"]["full_text"] for row in rows[1:]]


def test_half_a_sign_is_replaced_for_no_database_takes_it(tmp_path: Path) -> None:
    assert the_post(tmp_path, full_text="Well done \ud83d").text == "Well done \ufffd"
    assert the_post(tmp_path, full_text="Well done \ud83d\ude00").text == "Well done 😀"


def test_a_deleted_post_is_never_taken_for_a_standing_one(tmp_path: Path) -> None:
    told = tweet("51", deleted_at="2026-10-01T09:00:00.000Z")
    old = tweet("52", deleted_at="Thu Oct 01 09:00:00 +0000 2026")
    rows = {"tweets": [tweet("50")], "deleted-tweets": [told, old, tweet("53"), tweet("50")]}

    records = read(tmp_path, rows)

    then = datetime(2026, 10, 1, 9, tzinfo=UTC)
    made = datetime(2026, 11, 1, 20, tzinfo=UTC)
    posts = of(records, Post)
    assert [(post.post_id, post.deleted_at) for post in posts] == [
        ("50", None),
        ("51", then),
        ("52", then),
        ("53", made),
    ]
    listing_end = next(listing_end for listing_end in of(records, ListingEnd) if listing_end.listing == "posts")
    assert (listing_end.rows, listing_end.platform_count, listing_end.is_whole) == (1, 1, True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Sat Aug 12 16:10:37 +0000 2026", POSTED),
        ("2026-08-12T16:10:37.000Z", POSTED),
        ("2026-08-12T17:10:37+01:00", POSTED),
        ("2026-08-12T16:10:37", POSTED),
        ("Sat Mop 12 16:10:37 +0000 2026", None),
        ("Sat Feb 31 16:10:37 +0000 2026", None),
        ("yesterday", None),
        ("2026-08-12", None),
        ("2026-W33-3T16:10:37Z", None),
        (1_786_000_000, None),
        (None, None),
    ],
)
def test_times_are_read_in_both_of_xs_forms(text: Any, meant: datetime | None) -> None:
    assert moment(text) == meant


def test_two_archives_of_the_same_rows_give_the_same_records(tmp_path: Path) -> None:
    rows = {"tweets": [tweet("50"), tweet("51")], "follower": [follow("follower", "7")], "profile": [ABOUT]}

    first, second = read(tmp_path, rows), read(tmp_path, rows)

    assert first == second
    assert replace(first[0]) == second[0]


@pytest.mark.parametrize(
    ("source", "posted_with"),
    [
        ('<a href="http://twitter.com/download/iphone" rel="nofollow">Twitter for iPhone</a>', "Twitter for iPhone"),
        ("web", "web"),
        ('<a href="https://a.example">Marks &amp; Co</a>', "Marks & Co"),
        ("<a>x", None),
        (7, None),
        (None, None),
    ],
)
def test_a_post_says_with_what_it_was_written(tmp_path: Path, source: object, posted_with: str | None) -> None:
    assert the_post(tmp_path, source=source).posted_with == posted_with


@pytest.mark.parametrize(
    ("email", "domains", "is_ours"),
    [
        ("office@ousterly.example", {"ousterly.example"}, True),
        ("Head@Mail.Ousterly.example", {"ousterly.example"}, True),
        ("head@notousterly.example", {"ousterly.example"}, False),
        ("ousterly.example@mail.example", {"ousterly.example"}, False),
        ("office@ousterly.example", set(), None),
        ("", {"ousterly.example"}, None),
        (None, {"ousterly.example"}, None),
    ],
)
def test_of_the_e_mail_address_only_whether_it_is_the_schools_is_kept(
    tmp_path: Path, email: object, domains: set[str], is_ours: bool | None
) -> None:
    owner = {"account": {**OWNER["account"], "email": email}}
    path = zipped(tmp_path / "archive.zip", members({"account": [owner]}))

    records = pull(path, replace(ACCOUNT, domains=frozenset(domains)))

    assert [one.has_school_email for one in of(records, Archive)] == [is_ours]
    assert not email or str(email) not in str(records)
