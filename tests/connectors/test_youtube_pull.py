"""A pull of YouTube tells everything the channel shows its owner, and never calls a short list whole."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from connectors.errors import SourceRefused
from connectors.records import Comment, Follow, ListingEnd, Medium, Post, Profile, Unavailable
from connectors.source import Account, Endpoints
from connectors.youtube.client import YouTubeCredentials
from connectors.youtube.pull import YouTubeSource
from demo.model import YouTubeSubscriber, YouTubeVideo
from tests.connectors.memory import MemoryStore
from tests.connectors.pulling import listings, pulled
from tests.connectors.town import CHANNEL, NOW, TOKEN, now, town, youtube_source


def test_everything_the_channel_shows_is_told() -> None:
    with town() as servers:
        store = MemoryStore()
        records = list(youtube_source(servers).pull(store))

        assert store.units == servers.meter.units, [(r.path, r.token, r.status) for r in servers.meter.requests]

    assert Counter(type(record) for record in records) == {
        Profile: 120,
        Follow: 119,
        Post: 60,
        Medium: 60,
        Comment: 8,
        ListingEnd: 3,
    }
    # One subscriber keeps it private: counted, never listed, so the list is not whole.
    assert listings(records) == {
        "posts": (60, 59, True, "end"),
        "followers": (119, 120, False, "short"),
        "comments": (8, 8, True, "end"),
    }


def test_a_channel_whose_subscribers_are_all_public_is_seen_whole() -> None:
    with town() as servers:
        for subscriber in servers.world.youtube.subscribers:
            subscriber.is_public = True
        records = list(youtube_source(servers).pull(MemoryStore()))

    assert listings(records)["followers"] == (120, 120, True, "end")


def test_a_videos_tags_are_told_and_one_without_has_none() -> None:
    with town() as servers:
        servers.world.youtube.videos[0].tags = ["assembly", "year 7"]
        records = list(youtube_source(servers).pull(MemoryStore()))

    told = {r.post_id: r.tags for r in records if isinstance(r, Post)}
    assert (told["vid00000000"], told["vid00000001"]) == ("assembly; year 7", None)


def test_the_channel_says_that_its_counts_are_rounded() -> None:
    with town() as servers:
        own = next(iter(youtube_source(servers).pull(MemoryStore())))

    assert isinstance(own, Profile)
    assert (own.account_id, own.counts_are_rounded, own.followers_count) == (CHANNEL, True, 120)


def test_subscribers_carry_the_time_they_subscribed_and_what_they_show() -> None:
    with town() as servers:
        records = list(youtube_source(servers).pull(MemoryStore()))

    follow = next(r for r in records if isinstance(r, Follow))
    profile = next(r for r in records if isinstance(r, Profile) and r.account_id == follow.actor_id)
    assert follow.direction == "follower"
    assert follow.followed_at == NOW
    assert (profile.handle, profile.display_name) == (None, "Marrow 0")


def test_videos_carry_visibility_and_their_largest_thumbnail() -> None:
    with town() as servers:
        records = list(youtube_source(servers).pull(MemoryStore()))

    videos = {r.post_id: r for r in records if isinstance(r, Post)}
    thumbnail = next(r for r in records if isinstance(r, Medium))
    assert Counter(video.visibility for video in videos.values()) == {"public": 59, "unlisted": 1}
    assert videos["vid00000001"].reply_count == 8
    assert (thumbnail.medium_id, thumbnail.width) == ("vid00000000/thumbnail", 480)


def test_all_replies_are_fetched_where_a_thread_comes_with_some_of_them() -> None:
    with town() as servers:
        records = list(youtube_source(servers).pull(MemoryStore()))
        endpoints = [r.endpoint for r in servers.meter.requests]

    replies = [r for r in records if isinstance(r, Comment) and r.kind == "reply"]
    assert {reply.parent_id for reply in replies} == {"c1"}
    assert len(replies) == 7
    assert endpoints.count("comments") == 1


def test_a_thread_that_came_whole_is_not_asked_for_again() -> None:
    with town() as servers:
        del servers.world.youtube.comments[4:]
        records = list(youtube_source(servers).pull(MemoryStore()))
        endpoints = [r.endpoint for r in servers.meter.requests]

    assert "comments" not in endpoints
    assert listings(records)["comments"] == (4, 4, True, "end")


def test_the_channels_own_comments_are_kept_without_a_profile_of_a_stranger() -> None:
    with town() as servers:
        servers.world.youtube.comments[0].author_channel_id = CHANNEL
        records = list(youtube_source(servers).pull(MemoryStore()))

    assert [r.actor_id for r in records if isinstance(r, Comment) and r.comment_id == "c1"] == [CHANNEL]
    assert len([r for r in records if isinstance(r, Profile) and r.account_id == CHANNEL]) == 1


def test_a_picture_in_a_comment_is_its_writers_and_one_in_the_channels_own_comment_is_the_schools() -> None:
    with town() as servers:
        theirs, ours, elsewhere = servers.world.youtube.comments[:3]
        for comment in (theirs, ours, elsewhere):
            comment.image_url = f"https://yt3.googleusercontent.com/{comment.id}?expire=1"
        ours.author_channel_id = elsewhere.author_channel_id = CHANNEL
        elsewhere.video_id = "vid-of-somebody-else"
        records = list(youtube_source(servers).pull(MemoryStore()))

    attached = {r.comment_id: r.picture_url for r in records if isinstance(r, Comment) and r.picture_url}
    photographs = [r for r in records if isinstance(r, Medium) and r.kind == "photo"]
    assert attached == {"c1": "https://yt3.googleusercontent.com/c1?expire=1"}
    assert [(r.post_id, r.medium_id, r.url) for r in photographs] == [
        ("vid00000001", "c1.r1/picture", "https://yt3.googleusercontent.com/c1.r1?expire=1")
    ]


def test_pages_that_repeat_the_same_subscribers_end_the_listing() -> None:
    with town() as servers:
        servers.youtube_repeats = True
        records = list(youtube_source(servers).pull(MemoryStore()))

        assert sum(r.endpoint == "subscriptions" for r in servers.meter.requests) == 2

    assert listings(records)["followers"] == (50, 120, False, "loop")
    assert sum(isinstance(r, Follow) for r in records) == 50


def test_pages_that_repeat_where_youtube_shows_no_more_are_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.youtube.listings.SUBSCRIBERS_SHOWN", 50)
    with town() as servers:
        servers.youtube_repeats = True
        records = list(youtube_source(servers).pull(MemoryStore()))

    assert listings(records)["followers"] == (50, 120, False, "cap")


def test_a_thousand_subscribers_are_all_that_youtube_shows() -> None:
    with town() as servers:
        servers.world.youtube.subscribers = [
            YouTubeSubscriber(f"UCmany{n:05}", "Marrow", NOW - timedelta(hours=n)) for n in range(1100)
        ]
        records = list(youtube_source(servers).pull(MemoryStore()))

    assert listings(records)["followers"] == (1000, 1100, False, "cap")


def test_a_channel_without_videos_is_seen_whole() -> None:
    with town() as servers:
        servers.world.youtube.videos.clear()
        servers.world.youtube.comments.clear()
        servers.moods.set("youtube", "/youtube/v3/playlistItems", ["404"])
        records = list(youtube_source(servers).pull(MemoryStore()))

    assert listings(records)["posts"] == (0, 0, True, "end")


def test_a_video_that_is_listed_and_not_shown_is_unavailable() -> None:
    with town() as servers:
        # The list of uploads and the videos are two requests; the video goes between them.
        servers.world.youtube.videos = _Going(servers.world.youtube.videos)
        records = list(youtube_source(servers).pull(MemoryStore()))

    missing = [r for r in records if isinstance(r, Unavailable)]
    assert [(r.kind, r.subject_id, r.reason) for r in missing] == [("post", "vid00000000", "not-shown")]


class _Going(list[YouTubeVideo]):
    """Videos that lose their first one once the list of uploads, which sorts them, has been read."""

    reads = 0

    def __iter__(self) -> Iterator[YouTubeVideo]:
        self.reads += 1
        return iter(list(super().__iter__())[1 if self.reads > 2 else 0 :])


def test_credentials_of_another_channel_are_refused() -> None:
    with town() as servers:
        source = YouTubeSource(
            [Account("youtube", "UCother", "@o")],
            {"UCother": YouTubeCredentials(token=TOKEN)},
            {},
            endpoints=Endpoints(youtube=servers.youtube_url),
            clock=now,
        )
        records, error = pulled(source, MemoryStore())

    assert "another channel" in str(error)
    assert {r.stopped for r in records if isinstance(r, ListingEnd)} == {"credentials"}


def test_a_channel_without_credentials_is_refused() -> None:
    source = YouTubeSource([Account("youtube", CHANNEL, "@o")], {}, {}, endpoints=Endpoints(), clock=now)

    with pytest.raises(SourceRefused, match=r"credentials\.toml"):
        list(source.pull(MemoryStore()))


def test_a_second_pull_from_the_same_store_asks_nothing() -> None:
    with town() as servers:
        store = MemoryStore()
        first = list(youtube_source(servers).pull(store))
        asked = len(servers.meter.requests)

        assert list(youtube_source(servers).pull(store)) == first
        assert len(servers.meter.requests) == asked


def test_an_estimate_asks_for_the_channel_only_and_says_the_units() -> None:
    with town() as servers:
        store, source = MemoryStore(), youtube_source(servers)
        estimates = {each.listing: each.cost for each in source.estimate(store)}
        list(source.pull(store))

        assert sum(r.endpoint == "channels" for r in servers.meter.requests) == 1

    assert {listing.partition(":")[0]: cost.units for listing, cost in estimates.items()} == {
        "posts": 4,
        "followers": 3,
        "comments": 1,
        "proofs": 0,
    }


def test_the_budget_in_units_stops_the_pull() -> None:
    with town() as servers:
        store = MemoryStore(budget_units=4)
        with pytest.raises(SourceRefused) as refused:
            list(youtube_source(servers).pull(store))

    assert refused.value.reason == "budget"
    assert store.units == 4
