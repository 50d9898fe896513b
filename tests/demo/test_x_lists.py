"""X's lists: pages, tokens, short pages, caps, order, search and edited posts, asked for with tweepy."""

from datetime import timedelta
from typing import Any

import pytest
import tweepy

from demo.model import XPost
from tests.demo.small import FRIEND, NOW, PROTECTED, SCHOOL, STRANGER, SUSPENDED, ago, ids, small_world
from tests.simulated.serve import Servers


def test_followers_come_page_by_page_to_the_last_one(client: tweepy.Client) -> None:
    pages = tweepy.Paginator(client.get_users_followers, SCHOOL, max_results=10, user_auth=True)
    found = list(pages)

    assert [page.meta["result_count"] for page in found] == [9, 10, 10, 3]
    assert [follower for page in found for follower in ids(page)] == [
        STRANGER,
        PROTECTED,
        *map(str, range(2001, 2031)),
    ]
    assert "next_token" not in found[-1].meta
    assert "previous_token" not in found[0].meta


def test_a_page_of_suspended_followers_is_empty_and_not_the_end(servers: Servers, client: tweepy.Client) -> None:
    servers.world.x.followers[SCHOOL] = [SUSPENDED, FRIEND]

    answer = client.get_users_followers(SCHOOL, max_results=1, user_auth=True)

    assert answer.data is None
    assert answer.meta["result_count"] == 0
    assert "next_token" in answer.meta


def test_the_token_of_the_page_before_leads_back(client: tweepy.Client) -> None:
    first = client.get_users_followers(SCHOOL, max_results=10, user_auth=True)
    second = client.get_users_followers(
        SCHOOL, max_results=10, pagination_token=first.meta["next_token"], user_auth=True
    )
    again = client.get_users_followers(
        SCHOOL, max_results=10, pagination_token=second.meta["previous_token"], user_auth=True
    )

    assert ids(again) == ids(first)


@pytest.mark.parametrize("token", ["10", "aaaaaaaaaaaaaaaaaaaaaaa", "7140dibdnow9c7btw", "é"])
def test_a_token_cannot_be_guessed(client: tweepy.Client, token: str) -> None:
    with pytest.raises(tweepy.BadRequest, match="pagination_token"):
        client.get_users_followers(SCHOOL, pagination_token=token, user_auth=True)


def test_a_token_opens_only_the_list_it_came_from(servers: Servers, client: tweepy.Client) -> None:
    servers.world.x.followers[FRIEND] = [STRANGER, SCHOOL]
    token = client.get_users_followers(SCHOOL, max_results=10, user_auth=True).meta["next_token"]

    with pytest.raises(tweepy.BadRequest, match="pagination_token"):
        client.get_users_followers(FRIEND, pagination_token=token, user_auth=True)


def test_a_timeline_is_newest_first_with_edited_posts_in_their_newest_version(
    servers: Servers, client: tweepy.Client
) -> None:
    servers.world.x.posts["509"] = XPost("509", SCHOOL, "Sprots day!", ago(days=1, minutes=5), "509")

    answer = client.get_users_tweets(SCHOOL, max_results=5, user_auth=True)

    assert ids(answer) == ["510", "508", "505", "502", "499"]
    assert answer.data[0].data["edit_history_tweet_ids"] == ["509", "510"]
    assert answer.meta["newest_id"] == "510"
    assert answer.meta["oldest_id"] == "499"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"exclude": ["replies"]}, ["510", "508", "505", "499"]),
        ({"exclude": ["replies", "retweets"]}, ["510", "505", "499"]),
        ({"since_id": "505"}, ["510", "508"]),
        ({"until_id": "505"}, ["502", "499"]),
        ({"start_time": ago(days=3)}, ["510", "508", "505"]),
        ({"end_time": ago(days=3)}, ["502", "499"]),
    ],
)
def test_a_timeline_is_narrowed_as_asked(client: tweepy.Client, asked: dict[str, Any], found: list[str]) -> None:
    answer = client.get_users_tweets(SCHOOL, max_results=5, user_auth=True, **asked)

    assert ids(answer) == found


@pytest.mark.parametrize(("exclude", "cap"), [(None, 3200), (["replies"], 800)])
def test_a_timeline_ends_at_the_cap(
    servers: Servers, client: tweepy.Client, exclude: list[str] | None, cap: int
) -> None:
    servers.world.x.posts = {
        str(n): XPost(str(n), SCHOOL, "Hello", NOW - timedelta(minutes=5000 - n), str(n)) for n in range(1, 3300)
    }
    pages = tweepy.Paginator(client.get_users_tweets, SCHOOL, max_results=100, user_auth=True, exclude=exclude)

    assert sum(1 for _ in pages.flatten()) == cap


def test_mentions_hold_replies_and_not_the_hidden_ones(servers: Servers, client: tweepy.Client) -> None:
    answer = client.get_users_mentions(SCHOOL, max_results=5, user_auth=True)
    servers.world.x.following[SCHOOL].append(PROTECTED)
    servers.world.x.posts["600"] = XPost("600", SUSPENDED, "@OusterlyVale buy", NOW, "600")
    as_a_follower = client.get_users_mentions(SCHOOL, max_results=5, user_auth=True)

    assert ids(answer) == ["506"]
    assert ids(as_a_follower) == ["506", "504"]


def test_mentions_end_at_800(servers: Servers, client: tweepy.Client) -> None:
    servers.world.x.posts = {
        str(n): XPost(str(n), FRIEND, "@OusterlyVale hi", ago(minutes=n), str(n)) for n in range(1, 900)
    }
    pages = tweepy.Paginator(client.get_users_mentions, SCHOOL, max_results=100, user_auth=True)

    assert sum(1 for _ in pages.flatten()) == 800


def test_reposters_leave_out_the_suspended_and_the_protected(client: tweepy.Client) -> None:
    assert ids(client.get_retweeters("505", user_auth=True)) == [FRIEND, STRANGER]


def test_reposts_and_quotes_refer_to_the_post(client: tweepy.Client) -> None:
    reposts = client.request("GET", "/2/tweets/505/retweets", params={"expansions": "author_id"}, user_auth=True).json()

    assert [(post["id"], post["author_id"]) for post in reposts["data"]] == [("503", FRIEND)]
    assert ids(client.get_quote_tweets("505", user_auth=True)) == ["507"]


def test_likes_come_in_the_order_of_liking_without_the_gone_and_the_hidden(client: tweepy.Client) -> None:
    answer = client.get_liked_tweets(SCHOOL, expansions="author_id", user_auth=True)

    assert ids(answer) == ["507", "501", "510"]
    assert [user.data["id"] for user in answer.includes["users"]] == [FRIEND, SCHOOL]
    assert answer.meta == {"result_count": 3}


def test_likes_come_page_by_page(servers: Servers, client: tweepy.Client) -> None:
    servers.world.x.posts |= {str(n): XPost(str(n), FRIEND, "Hello", ago(minutes=n), str(n)) for n in range(1, 13)}
    servers.world.x.liked[SCHOOL] = [str(n) for n in range(12, 0, -1)]
    pages = list(tweepy.Paginator(client.get_liked_tweets, SCHOOL, max_results=5, user_auth=True))

    assert [page.meta["result_count"] for page in pages] == [5, 5, 2]
    assert [post for page in pages for post in ids(page)] == servers.world.x.liked[SCHOOL]


def test_another_world_shows_from_the_next_request_on(servers: Servers, client: tweepy.Client) -> None:
    other = small_world()
    other.x.followers[SCHOOL] = [FRIEND]
    before = client.get_users_followers(SCHOOL, user_auth=True).meta["result_count"]

    servers.show(other)

    assert before == 32
    assert ids(client.get_users_followers(SCHOOL, user_auth=True)) == [FRIEND]
