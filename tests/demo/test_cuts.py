"""Lists come short as a cut wants, while counts and look-ups know better; and look-ups fail when they are told to."""

from typing import Any

import pytest
import requests

from demo.cuts import Cut
from tests.demo import changes
from tests.demo.small import FRIEND, SCHOOL, STRANGER, SUSPENDED, small_world
from tests.simulated.serve import Servers

FOLLOWERS, POSTS, USERS = f"/2/users/{SCHOOL}/followers", f"/2/users/{SCHOOL}/tweets", "/2/users"
SHOWN = [STRANGER, "1004", *map(str, range(2001, 2031))]


@pytest.fixture
def servers(servers: Servers) -> Servers:
    """Lend the servers with every count as the world's lists have it."""
    world = small_world()
    changes.count(world)
    servers.show(world)
    return servers


def ask(servers: Servers, path: str, **query: str) -> requests.Response:
    return requests.get(servers.x_url + path, query, headers={"Authorization": "Bearer own-bearer"}, timeout=2)


def tube(servers: Servers, method: str, **query: str) -> dict[str, Any]:
    url, headers = f"{servers.youtube_url}/youtube/v3/{method}", {"Authorization": "Bearer owner"}
    body: dict[str, Any] = requests.get(url, {"part": "id,snippet", **query}, headers=headers, timeout=2).json()
    return body


def ids(answer: requests.Response) -> list[str]:
    return [one["id"] for one in answer.json().get("data", [])]


def listing_end(servers: Servers, path: str, size: int) -> list[str]:
    found, token = [], {}
    while True:
        answer = ask(servers, path, max_results=str(size), **token)
        found += ids(answer)
        if "next_token" not in answer.json()["meta"]:
            return found
        token = {"pagination_token": answer.json()["meta"]["next_token"]}


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        (Cut(), SHOWN),
        (Cut(hides=frozenset({"2003", "2030"})), [one for one in SHOWN if one not in {"2003", "2030"}]),
        (Cut(ends_early=0.1), SHOWN[:-3]),
        (Cut(loses_token_of=2), SHOWN[:19]),
        (Cut(is_empty=True), []),
    ],
)
def test_a_list_comes_short_in_one_way(servers: Servers, cut: Cut, left: list[str]) -> None:
    servers.cuts.set("x", FOLLOWERS, cut)

    assert listing_end(servers, FOLLOWERS, 10) == left


def test_the_count_and_the_look_up_still_know_what_the_list_leaves_out(servers: Servers) -> None:
    servers.cuts.set("x", FOLLOWERS, Cut(hides=frozenset({"2003"})))

    fields = {"user.fields": "public_metrics,connection_status"}
    [own, hidden] = ask(servers, USERS, ids=f"{SCHOOL},2003", **fields).json()["data"]

    assert own["public_metrics"]["followers_count"] == 33
    assert hidden["connection_status"] == ["followed_by"]


def test_the_hidden_are_named_as_errors_of_a_good_answer(servers: Servers) -> None:
    servers.cuts.set("x", FOLLOWERS, Cut(hides=frozenset({"2003", "2004"}), tells=True))

    answer = ask(servers, FOLLOWERS, max_results="1000")

    assert answer.status_code == 200
    assert [one["resource_id"] for one in answer.json()["errors"]] == ["2003", "2004"]


def test_a_pattern_cuts_the_lists_of_every_post_and_the_longest_one_wins(servers: Servers) -> None:
    path = "/2/tweets/{}/retweets"
    assert ids(ask(servers, path.format(505))) == ["503"]

    servers.cuts.set("x", path.format("*"), Cut(is_empty=True))
    assert ids(ask(servers, path.format(505))) == []

    servers.cuts.set("x", path.format(505), Cut())
    assert ids(ask(servers, path.format(505))) == ["503"]


def test_posts_left_out_of_the_timeline_are_found_by_their_ids(servers: Servers) -> None:
    servers.cuts.set("x", POSTS, Cut(hides=frozenset({"505"})))

    assert "505" not in listing_end(servers, POSTS, 5)
    assert ids(ask(servers, "/2/tweets", ids="505")) == ["505"]


def test_lists_of_youtube_come_short_and_its_look_ups_do_not(servers: Servers) -> None:
    for method, left_out in (("playlistItems", "v2"), ("subscriptions", "UCsub0002"), ("commentThreads", "c4")):
        servers.cuts.set("youtube", f"/youtube/v3/{method}", Cut(hides=frozenset({left_out})))

    uploads = tube(servers, "playlistItems", playlistId="UUousterlyvale", maxResults="50")["items"]
    subscribers = tube(servers, "subscriptions", part="subscriberSnippet", mySubscribers="true", maxResults="50")[
        "items"
    ]
    threads = tube(servers, "commentThreads", allThreadsRelatedToChannelId="UCousterlyvale")["items"]

    assert [one["snippet"]["resourceId"]["videoId"] for one in uploads] == ["v1", "v3"]
    assert "UCsub0002" not in {one["subscriberSnippet"]["channelId"] for one in subscribers}
    assert [one["id"] for one in threads] == ["c3", "c1"]
    assert [one["id"] for one in tube(servers, "videos", id="v2")["items"]] == ["v2"]
    assert [one["id"] for one in tube(servers, "comments", id="c4")["items"]] == ["c4"]


@pytest.mark.parametrize("kind", ["401", "429", "500"])
def test_a_look_up_about_a_subject_fails_and_every_other_one_answers(servers: Servers, kind: str) -> None:
    servers.cuts.fail("x", USERS, kind, about={"2003"})

    assert ask(servers, USERS, ids="2002,2003").status_code == int(kind)
    assert ask(servers, USERS, ids="2002").status_code == 200
    assert ask(servers, FOLLOWERS).status_code == 200


def test_a_look_up_may_say_nothing_of_some_of_what_it_was_asked(servers: Servers) -> None:
    servers.cuts.fail("x", USERS, "silent", about={"2003", SUSPENDED})

    answer = ask(servers, USERS, ids=f"2002,2003,{SUSPENDED}")

    assert ids(answer) == ["2002"]
    assert "errors" not in answer.json()


def test_a_look_up_may_keep_silent_about_who_follows_whom(servers: Servers) -> None:
    servers.cuts.fail("x", USERS, "unconnected", about={"2003"})

    [told] = ask(servers, USERS, ids="2003", **{"user.fields": "connection_status"}).json()["data"]

    assert set(told) == {"id", "name", "username"}


def test_a_failure_of_no_known_kind_is_refused(servers: Servers) -> None:
    with pytest.raises(ValueError, match="There is no mood called 'rainy'"):
        servers.cuts.fail("x", USERS, "rainy", about={"2003"})


def test_a_suspended_account_leaves_the_list_and_stays_in_the_count(servers: Servers) -> None:
    changes.suspend(servers.world, "2003")

    assert "2003" not in listing_end(servers, FOLLOWERS, 1000)
    assert servers.world.x.users[SCHOOL].followers_count == 33
    assert ask(servers, USERS, ids="2003").json()["errors"][0]["detail"] == "User has been suspended: [2003]."

    changes.reinstate(servers.world, "2003")
    assert "2003" in listing_end(servers, FOLLOWERS, 1000)


def test_a_deleted_account_takes_its_posts_along_and_every_count_follows(servers: Servers) -> None:
    changes.delete_account(servers.world, FRIEND, "2003")
    x = servers.world.x

    assert x.users[SCHOOL].followers_count == len(x.followers[SCHOOL]) == 32
    assert x.users[SCHOOL].following_count == 0
    assert not {"507", "503", "501"} & x.posts.keys()
    assert (x.posts["505"].repost_count, x.posts["505"].quote_count) == (0, 0)
    assert ask(servers, USERS, ids="2003").json()["errors"][0]["title"] == "Not Found Error"


def test_who_renames_or_protects_an_account_keeps_following(servers: Servers) -> None:
    changes.rename(servers.world, "2003")
    changes.protect(servers.world, "2003")

    [told] = ask(servers, USERS, ids="2003", **{"user.fields": "protected"}).json()["data"]

    assert told == {"id": "2003", "name": "somebody else", "username": "n2003", "protected": True}
    assert "2003" in listing_end(servers, FOLLOWERS, 1000)


def test_lines_and_posts_that_end_change_the_counts_and_lines_may_come_back(servers: Servers) -> None:
    world = servers.world
    changes.unfollow(world, SCHOOL, "2003")
    changes.delete_post(world, "499")
    changes.unlike(world, SCHOOL, "507")
    own = world.x.users[SCHOOL]
    assert (own.followers_count, own.post_count, "507" in world.x.liked[SCHOOL]) == (32, 4, False)

    changes.follow(world, SCHOOL, "2003")
    assert (own.followers_count, world.x.followers[SCHOOL][0]) == (33, "2003")


def test_on_youtube_what_is_deleted_or_private_is_no_longer_shown(servers: Servers) -> None:
    world = servers.world
    changes.make_private(world, "v1")
    changes.delete_video(world, "v2")
    changes.delete_comment(world, "c1")
    changes.unsubscribe(world, "UCsub0001")
    changes.subscribe_in_private(world, "UCsub0002")

    [channel] = tube(servers, "channels", part="statistics", mine="true")["items"]
    assert (channel["statistics"]["videoCount"], channel["statistics"]["subscriberCount"]) == ("0", "122")
    assert [(one["id"], one["status"]["privacyStatus"]) for one in tube(
        servers, "videos", part="status", id="v1,v2")["items"]] == [("v1", "private")]  # fmt: skip
    assert {comment.id for comment in world.youtube.comments} == {"c2", "c3"}
