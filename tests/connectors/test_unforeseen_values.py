"""One value that nobody foresaw leaves its own item unread, and the list goes on; a list of another form stops."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from connectors.records import Comment, Follow, Post, Proof, Record, Signal
from connectors.source import EarlierRuns, KnownSubject
from tests.connectors.between import Edit, Json, between
from tests.connectors.memory import MemoryStore
from tests.connectors.pulling import listings
from tests.connectors.town import SCHOOL, town, x_source, youtube_source
from tests.simulated.serve import Servers

Spoil = Callable[[Json], None]


@pytest.fixture
def servers() -> Iterator[Servers]:
    with town() as running:
        running.world.x.users[SCHOOL].post_count = 4
        yield running


def in_each(name: str, spoil: Spoil, *ids: str, under: str = "items") -> Edit:
    """Spoil these resources, or all where none is named, in every answer whose path ends so."""

    def edit(path: str, body: Json) -> Json:
        for item in body.get(under, []) if urlsplit(path).path.endswith(name) else ():
            if not ids or item["id"] in ids:
                spoil(item)
        return body

    return edit


def lacks(*names: str) -> Spoil:
    def spoil(item: Json) -> None:
        inner: Any = item
        for name in names[:-1]:
            inner = inner[name]
        inner.pop(names[-1], None)

    return spoil


def says(value: object, *names: str) -> Spoil:
    def spoil(item: Json) -> None:
        inner: Any = item
        for name in names[:-1]:
            inner = inner.setdefault(name, {})
        inner[names[-1]] = value

    return spoil


def told(servers: Servers, platform: str, edit: Edit, known: EarlierRuns | None = None) -> list[Record]:
    make, url = (x_source, servers.x_url) if platform == "x" else (youtube_source, servers.youtube_url)
    with between(url, edit) as line:
        return list(make(servers, known=known, url=line.url).pull(MemoryStore()))


SUNG = says([{"type": "sung", "id": "5"}], "referenced_tweets")
VIDEO, POST, LINE = "vid00000004", "102", "8001"
ROWS = {
    "a privacy status": ("youtube", "posts", 59, ("videos", says("secret", "status", "privacyStatus"), VIDEO)),
    "a video without a time": ("youtube", "posts", 59, ("videos", lacks("snippet", "publishedAt"), VIDEO)),
    "a video whose tags are no list": ("youtube", "posts", 59, ("videos", says("one", "snippet", "tags"), VIDEO)),
    "a thread without its comment": ("youtube", "comments", 0, ("commentThreads", lacks("snippet", "topLevelComment"))),
    "a reply without a time": ("youtube", "comments", 7, ("comments", lacks("snippet", "publishedAt"), "c1.r3")),
    "a post without a time": ("x", "posts", 3, (f"{SCHOOL}/tweets", lacks("created_at"), POST)),
    "a post that refers in another way": ("x", "posts", 3, (f"{SCHOOL}/tweets", SUNG, POST)),
    "a post whose counts are words": ("x", "posts", 3, (f"{SCHOOL}/tweets", says("many", "public_metrics"), POST)),
    "a follower without counts": ("x", "followers", 4, (f"{SCHOOL}/followers", lacks("public_metrics"), LINE)),
    "one followed whose name is a number": ("x", "following", 0, (f"{SCHOOL}/following", says(7, "name"))),
    "a mention by nobody": ("x", "mentions", 0, (f"{SCHOOL}/mentions", lacks("author_id"))),
    "a quote without a time": ("x", "comments", 0, ("quote_tweets", lacks("created_at"))),
    "a repost by nobody": ("x", "reposts", 0, ("104/retweets", lacks("author_id"))),
}


@pytest.mark.parametrize(("platform", "listing", "rows", "spoilt"), ROWS.values(), ids=ROWS)
def test_an_unforeseen_value_leaves_its_item_unread_and_the_list_goes_on(
    servers: Servers, platform: str, listing: str, rows: int, spoilt: tuple[Any, ...]
) -> None:
    under = "data" if platform == "x" else "items"
    ended = listings(records := told(servers, platform, in_each(*spoilt, under=under)))

    assert (ended[listing][0], *ended[listing][2:]) == (rows, False, "unread")
    assert "changed" not in {each[-1] for each in ended.values()}
    assert any("another form" in each.field_path for each in records if isinstance(each, Signal))


def test_a_subscriber_who_shows_nothing_known_is_unread_and_the_next_page_is_read(servers: Servers) -> None:
    def edit(path: str, body: Json) -> Json:
        if "mySubscribers" in path:
            del body["items"][0]["subscriberSnippet"]["channelId"]
        return body

    ended = listings(told(servers, "youtube", edit))

    assert ended["followers"][0] == 119 - 3
    assert ended["followers"][2:] == (False, "unread")


@pytest.mark.parametrize(
    ("platform", "listing", "spoilt"),
    [
        ("youtube", "posts", ("videos", says("secret", "status", "privacyStatus"))),
        ("x", "posts", (f"{SCHOOL}/tweets", lacks("created_at"))),
        ("x", "followers", (f"{SCHOOL}/followers", says(7, "id"))),
    ],
)
def test_a_list_of_another_form_stops(servers: Servers, platform: str, listing: str, spoilt: tuple[Any, ...]) -> None:
    ended = listings(told(servers, platform, in_each(*spoilt, under="data" if platform == "x" else "items")))

    assert ended[listing][2:] == (False, "changed")


def test_what_is_unread_is_not_gone_and_those_asked_for_beside_it_are_answered(servers: Servers) -> None:
    world = servers.world
    world.youtube.videos = [video for video in world.youtube.videos if video.id != "vid00000007"]
    del world.x.posts["100"]
    youtube = tuple(KnownSubject("post", f"vid{n:08}", "posts") for n in (4, 7))
    x = tuple(KnownSubject("post", ident, "posts") for ident in (POST, "100"))
    secret = in_each("videos", says("secret", "status", "privacyStatus"), VIDEO)
    timeless = in_each("tweets", lacks("created_at"), POST, under="data")

    for platform, edit, cases, gone in (("youtube", secret, youtube, "vid00000007"), ("x", timeless, x, "100")):
        records = told(servers, platform, edit, EarlierRuns(cases=cases))
        assert {each.subject_id: each.answer for each in records if isinstance(each, Proof)} == {gone: "gone"}
        assert not {cases[0].subject_id} & {each.post_id for each in records if isinstance(each, Post)}
        assert any(isinstance(each, (Comment, Follow)) for each in records), "the lists after it are read"
