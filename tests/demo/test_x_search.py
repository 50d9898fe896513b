"""X's recent search, asked for with tweepy."""

from typing import Any

import pytest
import tweepy

from demo.model import XPost
from tests.demo.small import FRIEND, ago, ids
from tests.simulated.serve import Servers


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("conversation_id:505", ["506", "505"]),
        ("to:OusterlyVale", ["506"]),
        ("in_reply_to_tweet_id:505", ["506"]),
        ("retweets_of_tweet_id:505", ["503"]),
        ("quotes_of_tweet_id:505", ["507"]),
        ("from:OusterlyVale -is:retweet", ["510", "505"]),
        ("from:friend_of_ovs hall", ["507"]),
        ("@OusterlyVale", ["506", "503"]),
        ("(sports OR to:1001)", ["510", "506"]),
        ("from:friend_of_ovs is:quote", ["507"]),
        ("is:reply", ["506"]),
    ],
)
def test_search_finds_the_last_seven_days(client: tweepy.Client, query: str, found: list[str]) -> None:
    assert ids(client.search_recent_tweets(query, user_auth=True)) == found


def test_search_pages_with_either_name_of_the_token(servers: Servers, client: tweepy.Client) -> None:
    servers.world.x.posts = {str(n): XPost(str(n), FRIEND, "hello", ago(minutes=n), str(n)) for n in range(1, 25)}
    first = client.search_recent_tweets("hello", user_auth=True)
    token = first.meta["next_token"]
    params = {"query": "hello", "pagination_token": token}
    other = client.request("GET", "/2/tweets/search/recent", params=params, user_auth=True).json()

    assert ids(client.search_recent_tweets("hello", next_token=token, user_auth=True)) == [
        post["id"] for post in other["data"]
    ]
    assert "previous_token" not in other["meta"]


@pytest.mark.parametrize(
    ("query", "more", "match"),
    [
        ("lang:en", {}, "invalid operator"),
        ("x" * 513, {}, "512"),
        ("hello", {"start_time": ago(days=8)}, "start_time"),
    ],
)
def test_search_refuses_what_it_does_not_know(client: tweepy.Client, query: str, more: Any, match: str) -> None:
    with pytest.raises(tweepy.BadRequest, match=match):
        client.search_recent_tweets(query, user_auth=True, **more)
