"""Every mood does over real HTTP what it says, once for each request, and then all is well again."""

import time
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import requests
import tweepy

from tests.demo.small import NOW, SCHOOL, ask_x, x_client
from tests.simulated.moods import Mood, after, lasting
from tests.simulated.serve import Servers

FOLLOWERS = f"/2/users/{SCHOOL}/followers"
SUBSCRIBERS = "/youtube/v3/subscriptions"
PICTURE = "/pbs.twimg.com/media/one.jpg"


def ask_youtube(servers: Servers, more: str = "", timeout: float = 2) -> requests.Response:
    url = f"{servers.youtube_url}{SUBSCRIBERS}?part=id&mySubscribers=true&maxResults=50{more}"
    return requests.get(url, headers={"Authorization": "Bearer owner"}, timeout=timeout)


@pytest.mark.parametrize("kind", ["401", "402", "403", "404", "429", "500", "503"])
def test_x_answers_with_the_status_and_then_is_well(servers: Servers, kind: str) -> None:
    servers.moods.set("x", FOLLOWERS, [kind])

    struck, well = ask_x(servers), ask_x(servers)

    assert struck.status_code == struck.json()["status"] == int(kind)
    assert well.status_code == 200
    assert servers.meter.usd == well.json()["meta"]["result_count"] * Decimal("0.001")
    assert servers.meter.bought("x") == [(FOLLOWERS, None)]


def test_an_empty_purse_is_a_402_by_name(servers: Servers) -> None:
    servers.moods.set("x", "/2/", [lasting("402")])

    for _ in range(3):
        with pytest.raises(tweepy.HTTPException, match="does not have any credits") as refused:
            x_client(servers.x_url).get_users_followers(SCHOOL, user_auth=True)

    assert refused.value.response.json()["title"] == "CreditsDepleted"


@pytest.mark.parametrize(
    ("given", "reset"),
    [
        (Mood("429"), NOW + timedelta(seconds=2)),
        (Mood("429", seconds=0.5), NOW + timedelta(seconds=1)),
        (Mood("429", reset=NOW + timedelta(hours=1)), NOW + timedelta(hours=1)),
        (Mood("429_past_reset"), NOW - timedelta(seconds=60)),
        (Mood("429_without_reset"), None),
    ],
)
def test_a_429_tells_its_reset_as_the_mood_wants(servers: Servers, given: Mood, reset: datetime | None) -> None:
    servers.moods.set("x", FOLLOWERS, [given])

    answer = ask_x(servers)

    told = answer.headers.get("x-rate-limit-reset")
    assert answer.status_code == 429
    assert answer.headers["x-rate-limit-remaining"] == "0"
    assert told == (None if reset is None else str(int(reset.timestamp())))


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        ("401", 401, "authError"),
        ("invalid_grant", 401, "authError"),
        ("403", 403, "forbidden"),
        ("404", 404, "notFound"),
        ("429", 429, "rateLimitExceeded"),
        ("500", 500, "backendError"),
        ("503", 503, "backendError"),
        ("quotaExceeded", 403, "quotaExceeded"),
        ("rateLimitExceeded", 403, "rateLimitExceeded"),
    ],
)
def test_youtube_answers_with_googles_reason_at_one_unit(servers: Servers, kind: str, status: int, reason: str) -> None:
    servers.moods.set("youtube", SUBSCRIBERS, [kind])

    struck, well = ask_youtube(servers), ask_youtube(servers)

    assert (struck.status_code, struck.json()["error"]["errors"][0]["reason"]) == (status, reason)
    assert well.status_code == 200
    assert servers.meter.units == 2


@pytest.mark.parametrize("kind", ["404", "429", "500"])
def test_the_media_host_answers_with_the_bare_status(servers: Servers, kind: str) -> None:
    servers.moods.set("media", PICTURE, [kind])

    assert requests.get(servers.media_url + PICTURE, timeout=2).status_code == int(kind)
    assert requests.get(servers.media_url + PICTURE, timeout=2).status_code == 200


def test_slow_answers_late_and_in_full(servers: Servers) -> None:
    servers.moods.set("x", FOLLOWERS, [Mood("slow", seconds=0.3)])
    began = time.monotonic()

    answer = ask_x(servers)

    assert answer.json()["meta"]["result_count"] == 9
    assert 0.3 <= time.monotonic() - began < 1


@pytest.mark.parametrize("platform", ["x", "youtube"])
def test_hang_never_answers(servers: Servers, platform: str) -> None:
    servers.moods.set(platform, "/", ["hang"])
    ask = ask_x if platform == "x" else ask_youtube

    with pytest.raises(requests.ReadTimeout):
        ask(servers, timeout=0.3)

    assert ask(servers).status_code == 200
    assert len(servers.meter.bought(platform)) == 1
    assert servers.meter.requests[0].status == 0


@pytest.mark.parametrize("platform", ["x", "youtube"])
def test_cut_closes_the_line_in_the_middle_of_the_body(servers: Servers, platform: str) -> None:
    servers.moods.set(platform, "/", ["cut"])
    ask = ask_x if platform == "x" else ask_youtube

    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        ask(servers)

    assert ask(servers).status_code == 200
    assert len(servers.meter.bought(platform)) == 1


def test_a_cut_page_is_billed_and_its_repetition_on_the_same_day_is_not(servers: Servers) -> None:
    servers.moods.set("x", FOLLOWERS, ["cut"])
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        ask_x(servers)
    paid = servers.meter.usd

    ask_x(servers)

    assert paid > 0
    assert servers.meter.usd == paid


@pytest.mark.parametrize("platform", ["x", "youtube", "media"])
def test_html_is_a_page_for_people_with_status_200(servers: Servers, platform: str) -> None:
    servers.moods.set(platform, "/", ["html"])
    if platform == "media":
        answer = requests.get(servers.media_url + PICTURE, timeout=2)
    else:
        answer = ask_x(servers) if platform == "x" else ask_youtube(servers)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text.startswith("<!doctype html>")
    assert servers.meter.bought(platform) == []


def test_repeat_token_leads_x_round_in_a_circle(servers: Servers) -> None:
    servers.moods.set("x", FOLLOWERS, ["repeat_token"])
    token, told = "", []

    for _ in range(4):
        more = f"&pagination_token={token}" if token else ""
        token = ask_x(servers, f"{FOLLOWERS}?max_results=10{more}").json()["meta"]["next_token"]
        told.append(token)

    assert len(set(told)) == 1


def test_repeat_token_leads_youtube_round_in_a_circle(servers: Servers) -> None:
    servers.moods.set("youtube", SUBSCRIBERS, after(1, "repeat_token"))
    first = ask_youtube(servers).json()["nextPageToken"]

    told = [ask_youtube(servers, f"&pageToken={first}").json()["nextPageToken"] for _ in range(3)]

    assert set(told) == {first}
