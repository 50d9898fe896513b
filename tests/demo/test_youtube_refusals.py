"""How YouTube's simulator says no: credentials, quota, parameters, and things that are not there."""

from datetime import timedelta
from typing import Any

import pytest
import requests
from google.auth.exceptions import RefreshError
from googleapiclient.errors import HttpError

from demo.endpoint import Bill
from tests.demo.small import NOW, youtube_client
from tests.simulated.serve import Servers


def get(servers: Servers, query: str, header: str = "Bearer owner") -> requests.Response:
    return requests.get(f"{servers.youtube_url}/youtube/v3/{query}", headers={"Authorization": header}, timeout=2)


@pytest.mark.parametrize("token", ["", "Bearer wrong", "Basic owner"])
def test_without_the_owners_token_nothing_is_shown(servers: Servers, token: str) -> None:
    answer = get(servers, "channels?mine=true&part=id", token)

    assert answer.status_code == 401
    assert answer.json()["error"]["status"] == "UNAUTHENTICATED"
    assert servers.meter.units == 1


def test_the_google_client_meets_a_dead_token_as_it_would_at_google(servers: Servers) -> None:
    with youtube_client(servers.youtube_url, "dead") as youtube, pytest.raises(RefreshError):
        youtube.channels().list(part="id", mine=True).execute()


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("channels?mine=true", 400, "missingRequiredParameter"),
        ("channels?part=id", 400, "missingRequiredParameter"),
        ("channels?part=id&mine=true&id=UC1", 400, "incompatibleParameters"),
        ("channels?part=shoeSize&mine=true", 400, "unknownPart"),
        ("channels?part=id&mine=true&maxResults=51", 400, "invalidParameter"),
        ("videos?part=id&id=" + ",".join(["v"] * 51), 400, "invalidParameter"),
        ("playlistItems?part=id&playlistId=UUother", 404, "playlistNotFound"),
        ("playlistItems?part=id&playlistId=UUousterlyvale&pageToken=2", 400, "invalidPageToken"),
        ("commentThreads?part=id&videoId=v2", 403, "commentsDisabled"),
        ("commentThreads?part=id&videoId=gone", 404, "videoNotFound"),
        ("commentThreads?part=id&allThreadsRelatedToChannelId=UCother", 404, "channelNotFound"),
        ("commentThreads?part=id&videoId=v1&moderationStatus=bad", 400, "invalidParameter"),
        ("comments?part=id&parentId=gone", 404, "commentNotFound"),
        ("subscriptions?part=id&channelId=UCsub0010", 403, "subscriptionForbidden"),
        ("search?part=id", 404, "notFound"),
    ],
)
def test_a_refusal_says_its_reason_and_costs_a_unit(servers: Servers, query: str, status: int, reason: str) -> None:
    answer = get(servers, query)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["errors"][0]["reason"]) == (status, status, reason)
    assert servers.meter.units == 1
    assert servers.meter.bought("youtube") == []


def test_the_google_client_reads_the_reason(youtube: Any) -> None:
    with pytest.raises(HttpError) as refused:
        youtube.commentThreads().list(part="id", videoId="v2").execute()

    assert refused.value.status_code == 403
    assert refused.value.error_details[0]["reason"] == "commentsDisabled"


def test_a_page_size_of_nought_means_the_default(servers: Servers) -> None:
    answer = get(servers, "subscriptions?part=id&mySubscribers=true&maxResults=0")

    assert len(answer.json()["items"]) == 5


def test_after_ten_thousand_units_the_day_is_over(servers: Servers) -> None:
    for at in (NOW, NOW - timedelta(days=1)):
        spent = Bill(units=9_999)
        servers.meter.note("youtube", "videos", "/v", token=None, status=200, bill=spent, at=at, is_page=True)
    last = get(servers, "channels?mine=true&part=id")
    over = get(servers, "channels?mine=true&part=id")

    assert last.status_code == 200
    assert over.status_code == 403
    assert over.json()["error"]["errors"][0] == {
        "message": "The request cannot be completed because you have exceeded your quota.",
        "domain": "youtube.quota",
        "reason": "quotaExceeded",
    }
