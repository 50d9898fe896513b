"""Who may ask X, how often, and at what price."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
import requests
import tweepy

from tests.demo.small import BEARER, NOW, OAUTH, SCHOOL, STRANGER, small_world, x_client
from tests.simulated.serve import Servers, serve


class Clock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.at = NOW


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def running(clock: Clock) -> Iterator[Servers]:
    with serve(small_world(), now=lambda: clock.at) as servers:
        yield servers


@pytest.fixture
def servers(running: Servers, clock: Clock) -> Servers:
    clock.at = NOW
    running.show(small_world())
    running.meter.clear()
    return running


def test_a_users_signature_is_verified(servers: Servers) -> None:
    assert x_client(servers.x_url).get_me().data.username == "OusterlyVale"


@pytest.mark.parametrize("key", OAUTH)
def test_a_wrong_key_or_secret_is_refused(servers: Servers, key: str) -> None:
    client = x_client(servers.x_url, **(OAUTH | {key: "wrong"}))

    with pytest.raises(tweepy.Unauthorized):
        client.get_me()


def test_a_signature_for_another_request_is_refused(servers: Servers) -> None:
    client = x_client(servers.x_url)
    client.get_users_followers(SCHOOL, max_results=10, user_auth=True)
    loopback = client.session.get_adapter("https://api.twitter.com/")
    signed = loopback.last.request
    moved = str(signed.url).replace("max_results=10", "max_results=11")

    assert requests.get(str(signed.url), headers=dict(signed.headers), timeout=2).status_code == 200
    assert requests.get(moved, headers=dict(signed.headers), timeout=2).status_code == 401


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer wrong", "Basic abc", "OAuth", 'OAuth oauth_consumer_key="ck",oauth_token="at"', "Nonsense"],
)
def test_everything_else_is_unauthorised(servers: Servers, header: str) -> None:
    answer = requests.get(f"{servers.x_url}/2/users/1001", headers={"Authorization": header}, timeout=2)

    assert answer.status_code == 401
    assert answer.json()["title"] == "Unauthorized"
    assert answer.headers["x-rate-limit-remaining"] == "300"


def test_no_app_is_shown_what_anyone_likes(servers: Servers) -> None:
    with pytest.raises(tweepy.Forbidden, match="Application-Only is forbidden"):
        x_client(servers.x_url, bearer_token=BEARER).get_liked_tweets(SCHOOL)

    assert servers.meter.usd == 0


def test_an_app_has_no_me_and_a_users_bearer_token_has(servers: Servers) -> None:
    with pytest.raises(tweepy.Forbidden, match="Application-Only is forbidden"):
        x_client(servers.x_url, bearer_token=BEARER).get_me(user_auth=False)
    me = x_client(servers.x_url, bearer_token="own-bearer").get_me(user_auth=False)

    assert me.data.data["id"] == SCHOOL


def test_the_limit_counts_down_and_starts_again_after_a_quarter_of_an_hour(servers: Servers, clock: Clock) -> None:
    client = x_client(servers.x_url)
    client.return_type = requests.Response
    left = [client.get_retweeters("505", user_auth=True).headers["x-rate-limit-remaining"] for _ in range(75)]

    with pytest.raises(tweepy.TooManyRequests) as refused:
        client.get_retweeters("505", user_auth=True)
    clock.at = NOW + timedelta(seconds=900)
    after = client.get_retweeters("505", user_auth=True)

    assert left == [str(number) for number in range(74, -1, -1)]
    assert refused.value.response.headers["x-rate-limit-reset"] == str(int(NOW.timestamp()) + 900)
    assert refused.value.response.headers["x-rate-limit-remaining"] == "0"
    assert after.headers["x-rate-limit-remaining"] == "74"


def test_limits_are_kept_for_each_key_and_endpoint(servers: Servers) -> None:
    user, app = x_client(servers.x_url), x_client(servers.x_url, bearer_token=BEARER)
    user.return_type = app.return_type = requests.Response
    user.get_users_tweets(SCHOOL, user_auth=True)

    assert user.get_users_tweets(SCHOOL, user_auth=True).headers["x-rate-limit-remaining"] == "898"
    assert app.get_users_tweets(SCHOOL).headers["x-rate-limit-remaining"] == "9999"
    assert user.get_users_mentions(SCHOOL, user_auth=True).headers["x-rate-limit-remaining"] == "299"


def test_the_owner_pays_a_tenth_and_an_app_the_list_price(servers: Servers) -> None:
    x_client(servers.x_url).get_users_followers(SCHOOL, max_results=1000, user_auth=True)
    owned = servers.meter.usd
    servers.meter.clear()
    x_client(servers.x_url, bearer_token=BEARER).get_users_followers(SCHOOL, max_results=1000)

    assert owned == Decimal("0.032")
    assert servers.meter.usd == Decimal("0.320")


def test_a_resource_is_billed_once_a_day_at_its_first_price(servers: Servers, clock: Clock) -> None:
    client = x_client(servers.x_url)
    client.get_users_followers(SCHOOL, max_results=1000, user_auth=True)
    client.get_users(ids=[STRANGER], user_auth=True)
    client.get_users_followers(SCHOOL, max_results=1000, user_auth=True)
    same_day = servers.meter.usd
    clock.at = NOW + timedelta(days=1)
    client.get_users(ids=[STRANGER], user_auth=True)

    assert same_day == Decimal("0.032")
    assert servers.meter.usd == Decimal("0.042")


@pytest.mark.parametrize(
    ("path", "usd"),
    [
        ("/2/users/me", "0.010"),
        ("/2/users/1001/tweets", "0.005"),
        ("/2/users/1001/following", "0.001"),
        ("/2/users/1005/tweets", "0.015"),
        ("/2/users/1001/liked_tweets", "0.003"),
        ("/2/tweets/505/retweeted_by", "0.020"),
        ("/2/tweets/505/retweets", "0.005"),
        ("/2/tweets?ids=510,1", "0.005"),
        ("/2/users/by?usernames=nobody", "0"),
        ("/2/users/1001/followers?max_results=0", "0"),
    ],
)
def test_only_what_is_in_data_is_billed(servers: Servers, path: str, usd: str) -> None:
    requests.get(servers.x_url + path, headers={"Authorization": "Bearer own-bearer"}, timeout=2)

    assert servers.meter.usd == Decimal(usd)


def test_the_meter_keeps_what_was_asked(servers: Servers) -> None:
    client = x_client(servers.x_url)
    token = client.get_users_followers(SCHOOL, max_results=10, user_auth=True).meta["next_token"]
    client.get_users_followers(SCHOOL, max_results=10, pagination_token=token, user_auth=True)
    with pytest.raises(tweepy.BadRequest):
        client.get_users_followers(SCHOOL, max_results=0, user_auth=True)

    assert servers.meter.bought("x") == [("/2/users/1001/followers", None), ("/2/users/1001/followers", token)]
    assert [(r.endpoint, r.status, r.resources) for r in servers.meter.requests] == [
        ("getUsersFollowers", 200, 9),
        ("getUsersFollowers", 200, 10),
        ("getUsersFollowers", 400, 0),
    ]
    assert servers.meter.units == 0
