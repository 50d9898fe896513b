"""X's look-ups: partial errors, expansions, fields only when asked for, long texts and media."""

from typing import Any

import pytest
import requests
import tweepy

from tests.demo.small import FRIEND, PROTECTED, SCHOOL, SUSPENDED, x_client
from tests.simulated.serve import Servers


def told(errors: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(error["resource_id"], error["title"], error["type"].rpartition("/")[2]) for error in errors]


def test_users_that_cannot_be_shown_are_errors_beside_those_that_can(client: tweepy.Client) -> None:
    answer = client.get_users(ids=[SCHOOL, "77", SUSPENDED], user_auth=True)

    assert [user.username for user in answer.data] == ["OusterlyVale"]
    assert told(answer.errors) == [
        ("77", "Not Found Error", "resource-not-found"),
        (SUSPENDED, "Forbidden", "resource-not-found"),
    ]


def test_an_answer_may_be_nothing_but_errors(client: tweepy.Client) -> None:
    answer = client.get_users(usernames=["nobody"], user_auth=True)

    assert answer.data is None
    assert told(answer.errors) == [("nobody", "Not Found Error", "resource-not-found")]


def test_a_handle_is_found_in_any_case(client: tweepy.Client) -> None:
    assert [u.id for u in client.get_users(usernames=["OUSTERLYvale"], user_auth=True).data] == [int(SCHOOL)]


def test_posts_of_protected_users_are_errors(client: tweepy.Client) -> None:
    answer = client.get_tweets(["504", "510", "1"], user_auth=True)

    assert [post.id for post in answer.data] == [510]
    assert told(answer.errors) == [
        ("504", "Authorization Error", "not-authorized-for-resource"),
        ("1", "Not Found Error", "resource-not-found"),
    ]


@pytest.mark.parametrize(("post_id", "problem"), [("1", "resource-not-found"), ("504", "not-authorized-for-resource")])
def test_lists_about_a_post_that_cannot_be_seen_are_errors(client: tweepy.Client, post_id: str, problem: str) -> None:
    for ask in (client.get_retweeters, client.get_quote_tweets):
        answer = ask(post_id, user_auth=True)

        assert answer.data is None
        assert told(answer.errors)[0][2] == problem


@pytest.mark.parametrize(
    ("user_id", "problem"),
    [("77", "resource-not-found"), (SUSPENDED, "resource-not-found"), (PROTECTED, "not-authorized-for-resource")],
)
def test_lists_of_those_who_cannot_be_seen_are_errors(client: tweepy.Client, user_id: str, problem: str) -> None:
    for ask in (client.get_users_tweets, client.get_users_followers, client.get_users_following):
        answer = ask(user_id, user_auth=True)

        assert answer.data is None
        assert told(answer.errors)[0][2] == problem


def test_an_earlier_version_is_known_by_its_own_id(client: tweepy.Client) -> None:
    post = client.get_tweets(["509"], user_auth=True).data[0].data

    assert (post["id"], post["edit_history_tweet_ids"]) == ("509", ["509", "510"])


def test_only_the_default_fields_come_unasked(client: tweepy.Client) -> None:
    post = client.get_tweets(["505"], user_auth=True).data[0].data
    user = client.get_user(id=FRIEND, user_auth=True).data.data

    assert set(post) == {"id", "text", "edit_history_tweet_ids"}
    assert set(user) == {"id", "name", "username"}


def test_empty_fields_are_left_out(client: tweepy.Client) -> None:
    user = client.get_user(id=FRIEND, user_fields="description,location,url,protected,created_at", user_auth=True).data

    assert set(user.data) == {"id", "name", "username", "protected", "created_at"}


def test_a_user_tells_the_line_to_the_one_who_asks(client: tweepy.Client, servers: Servers) -> None:
    fields = {"user_fields": "connection_status"}
    as_school = client.get_user(id=FRIEND, user_auth=True, **fields).data.data
    as_app = x_client(servers.x_url, bearer_token="app-only").get_user(id=FRIEND, **fields).data.data

    assert as_school["connection_status"] == ["following"]
    assert "connection_status" not in as_app


def test_a_long_text_is_cut_and_told_in_full_on_request(client: tweepy.Client) -> None:
    post = client.get_tweets(["505"], tweet_fields="note_tweet", user_auth=True).data[0].data

    assert len(post["text"]) == 280
    assert post["note_tweet"]["text"] == "Our new hall " + "x" * 400


def test_media_come_with_their_own_fields(client: tweepy.Client) -> None:
    answer = client.get_tweets(
        ["510", "505"],
        expansions="attachments.media_keys",
        media_fields="url,alt_text,preview_image_url,variants,width,height,duration_ms",
        user_auth=True,
    )
    photo, film, animation = (medium.data for medium in answer.includes["media"])

    assert photo == {
        "media_key": "3_11",
        "type": "photo",
        "url": "https://pbs.twimg.com/media/one.jpg",
        "alt_text": "A hall",
        "width": 1200,
        "height": 800,
    }
    assert film["preview_image_url"] == "https://pbs.twimg.com/media/film.jpg"
    assert film["duration_ms"] == 9000
    assert "url" not in film
    assert "duration_ms" not in animation


def test_what_an_expansion_cannot_bring_is_told(client: tweepy.Client) -> None:
    answer = client.get_tweets(["499", "508"], expansions="referenced_tweets.id,author_id", user_auth=True)

    assert [post.id for post in answer.includes["tweets"]] == [501]
    assert told(answer.errors) == [
        ("504", "Authorization Error", "not-authorized-for-resource"),
        ("1", "Not Found Error", "resource-not-found"),
    ]
    assert [user.data["id"] for user in answer.includes["users"]] == [SCHOOL]


def test_expansions_reach_one_post_further(client: tweepy.Client) -> None:
    expansions = "referenced_tweets.id.author_id,referenced_tweets.id.attachments.media_keys,in_reply_to_user_id"
    answer = client.get_tweets(["503", "506"], expansions=expansions, user_auth=True)
    mentioned = client.get_tweets(["506"], expansions="entities.mentions.username", user_auth=True)

    assert [user.data["id"] for user in answer.includes["users"]] == [SCHOOL]
    assert [medium.media_key for medium in answer.includes["media"]] == ["7_12", "16_13"]
    assert [user.data["id"] for user in mentioned.includes["users"]] == [SCHOOL]


@pytest.mark.parametrize(
    ("path", "query", "message"),
    [
        ("/2/users/abc", "", "`id` query parameter value [abc] is not valid"),
        ("/2/users", "", "`ids` query parameter can not be empty"),
        ("/2/users", "ids=1,x", "value [x] does not match"),
        ("/2/users", "ids=" + ",".join(["1"] * 101), "[101] is not between 1 and 100"),
        ("/2/users/by", "usernames=a-b", "value [a-b] does not match"),
        ("/2/users/1001", "user.fields=shoe_size", "value [shoe_size] is not one of"),
        ("/2/users/1001", "expansions=author_id", "value [author_id] is not one of"),
        ("/2/users/1001", "colour=blue", "query parameter [colour] is not one of"),
        ("/2/users/1001/tweets", "max_results=4", "value [4] is not between 5 and 100"),
        ("/2/users/1001/tweets", "max_results=many", "value [many] is not between 5 and 100"),
        ("/2/users/1001/tweets", "exclude=everything", "value [everything] is not one of"),
        ("/2/users/1001/tweets", "since_id=x", "value [x] is not valid"),
        ("/2/users/1001/tweets", "start_time=today", "is not a valid RFC3339 date"),
        ("/2/tweets/505/quote_tweets", "max_results=9", "value [9] is not between 10 and 100"),
    ],
)
def test_wrong_parameters_are_named(servers: Servers, path: str, query: str, message: str) -> None:
    url = f"{servers.x_url}{path}?{query}"

    answer = requests.get(url, headers={"Authorization": "Bearer own-bearer"}, timeout=2)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert message in answer.json()["errors"][0]["message"]


def test_an_unknown_path_is_not_found(servers: Servers) -> None:
    assert requests.get(f"{servers.x_url}/2/moods", timeout=2).status_code == 404
