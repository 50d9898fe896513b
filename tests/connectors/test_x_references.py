"""Whom an official post answers, quotes or repeats: by id where X says so, and with a profile where X includes it."""

from typing import Any

import pytest

from connectors.records import Post, Profile
from connectors.x import posts, read
from demo.model import XPost, XUser
from tests.connectors.memory import MemoryStore
from tests.connectors.test_x_read import POST, answer
from tests.connectors.town import NOW, SCHOOL, town, x_source
from tests.simulated.serve import Servers

POTTER, BAKER, GONE = "9100", "9200", "9300"


def speak_of_strangers(servers: Servers) -> None:
    """Let the school repost, quote and answer people who are on none of its lists."""
    x = servers.world.x
    for user_id, name in ((POTTER, "A Potter"), (BAKER, "A Baker"), (GONE, "Gone")):
        x.users[user_id] = XUser(user_id, f"name{user_id}", name, NOW, suspended=user_id == GONE)
    spoken = (
        XPost("301", POTTER, "A pot", NOW, "301"),
        XPost("302", BAKER, "A bun", NOW, "302"),
        XPost("303", GONE, "A scam", NOW, "303"),
        XPost("401", SCHOOL, "RT @name9100: A pot", NOW, "401", references=[("reposted", "301")]),
        XPost("402", SCHOOL, "Such buns", NOW, "402", references=[("quoted", "302")]),
        XPost("403", SCHOOL, "RT @name9300: A scam", NOW, "403", references=[("reposted", "303")]),
        XPost("404", SCHOOL, "@name9300 No", NOW, "303", GONE, [("replied_to", "303")]),
    )
    x.posts |= {post.id: post for post in spoken}


@pytest.mark.parametrize("spelling", ["2.166", "2.167"])
@pytest.mark.parametrize("reads", ["owned", "bearer"])
def test_whom_a_post_is_about_is_told_where_x_says_so(spelling: str, reads: str) -> None:
    with town() as servers:
        speak_of_strangers(servers)
        servers.x_api_version = spelling
        records = list(x_source(servers, reads=reads).pull(MemoryStore()))

    told = {r.post_id: (r.kind, r.refers_to_actor_id) for r in records if isinstance(r, Post)}
    assert told == {
        "104": ("post", None),
        "102": ("reply", "9001"),
        "101": ("repost", "9001"),
        "100": ("post", None),
        "401": ("repost", POTTER),
        "402": ("quote", BAKER),
        "403": ("repost", None),
        "404": ("reply", GONE),
    }


@pytest.mark.parametrize("spelling", ["2.166", "2.167"])
def test_a_post_tells_whether_x_shows_a_place_beside_it(spelling: str) -> None:
    with town() as servers:
        servers.world.x.posts["104"].place_id = "01a9a39529b27f36"
        servers.x_api_version = spelling
        records = list(x_source(servers, reads="owned").pull(MemoryStore()))

    told = {r.post_id: r.has_place for r in records if isinstance(r, Post)}
    assert told == {"104": True, "102": False, "101": False, "100": False}


def test_the_profiles_of_those_whom_own_posts_are_about_come_at_no_further_request() -> None:
    with town() as servers:
        plain = MemoryStore()
        list(x_source(servers).pull(plain))
        speak_of_strangers(servers)
        servers.world.x.users[BAKER].protected = True
        servers.world.x.posts["404"].in_reply_to_user_id = BAKER
        store = MemoryStore()
        records = list(x_source(servers).pull(store))

    profiles = {r.account_id: r.display_name for r in records if isinstance(r, Profile)}
    assert (profiles[POTTER], profiles[BAKER]) == ("A Potter", "A Baker")
    assert GONE not in profiles
    assert len(store.every_page) == len(plain.every_page)


@pytest.mark.parametrize(
    ("post", "others", "actor_id"),
    [
        ({"referenced_tweets": [{"type": "quoted", "id": "5"}]}, [{"id": "5", "text": "t", "author_id": "8"}], "8"),
        ({"referenced_tweets": [{"type": "quoted", "id": "5"}]}, [{"id": "5", "text": "t"}], None),
        ({"referenced_tweets": [{"type": "quoted", "id": "5"}], "in_reply_to_user_id": "9"}, [], None),
        ({"referenced_tweets": [{"type": "replied_to", "id": "5"}], "in_reply_to_user_id": "9"}, [], "9"),
        (
            {"referenced_posts": [{"type": "replied_to", "id": "5"}, {"type": "quoted", "id": "6"}]},
            [{"id": "6", "text": "t", "author_id": "7"}, {"id": "5", "text": "t", "author_id": "8"}],
            "8",
        ),
        ({"author_id": "1"}, [{"id": "10", "text": "t", "author_id": "8"}], None),
    ],
)
def test_the_actor_is_the_author_of_the_post_that_is_referred_to(
    post: dict[str, Any], others: list[dict[str, Any]], actor_id: str | None
) -> None:
    came: read.XResponse = answer({"data": [POST | post], "includes": {"tweets": others}})

    assert posts.authored_post(came.data[0], "7", came).post.refers_to_actor_id == actor_id
