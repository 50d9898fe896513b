"""YouTube's simulator, asked with the Google client and compared with the client's own discovery document."""

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from demo.model import YouTubeSubscriber
from demo.youtube.query import ENDPOINTS
from tests.demo.discovery import document
from tests.demo.small import NOW, ago
from tests.demo.tube import ask, ids, pages, subscribers
from tests.simulated.serve import Servers


def test_the_owners_channel_is_shown_with_its_uploads_and_its_count(youtube: Any) -> None:
    channel = ask(youtube, "channels", mine=True)["items"][0]

    assert channel["kind"] == "youtube#channel"
    assert channel["contentDetails"]["relatedPlaylists"]["uploads"] == "UUousterlyvale"
    assert channel["statistics"]["subscriberCount"] == "123"
    assert channel["statistics"]["videoCount"] == "2"
    assert channel["snippet"]["customUrl"] == "@OusterlyVale"


@pytest.mark.parametrize(("real", "shown"), [(7, "7"), (999, "999"), (1239, "1230"), (12_399, "12300")])
def test_the_count_of_subscribers_is_rounded(servers: Servers, youtube: Any, real: int, shown: str) -> None:
    servers.world.youtube.subscribers = [YouTubeSubscriber(f"UC{n}", "S", NOW) for n in range(real)]

    assert ask(youtube, "channels", mine=True)["items"][0]["statistics"]["subscriberCount"] == shown


def test_channels_are_found_by_handle_and_by_id_and_the_unknown_left_out(youtube: Any) -> None:
    assert ids(ask(youtube, "channels", forHandle="@ousterlyvale")) == ["UCousterlyvale"]
    assert ids(ask(youtube, "channels", forHandle="nobody")) == []
    assert ids(ask(youtube, "channels", id="UCother,UCnobody,UCousterlyvale,UCsub0001")) == [
        "UCother",
        "UCousterlyvale",
        "UCsub0001",
    ]


def test_only_the_asked_parts_come(youtube: Any) -> None:
    channel = ask(youtube, "channels", mine=True, part="statistics")["items"][0]

    assert set(channel) == {"kind", "etag", "id", "statistics"}


def test_uploads_are_listed_newest_first_with_their_privacy(youtube: Any) -> None:
    found = pages(youtube, "playlistItems", playlistId="UUousterlyvale", maxResults=2)
    items = [item for page in found for item in page["items"]]

    assert [item["contentDetails"]["videoId"] for item in items] == ["v1", "v2", "v3"]
    assert [item["status"]["privacyStatus"] for item in items] == ["public", "public", "private"]
    assert [item["snippet"]["position"] for item in items] == [0, 1, 2]
    assert found[1]["prevPageToken"]


def test_videos_that_are_gone_are_left_out_without_a_word(youtube: Any) -> None:
    answer = ask(youtube, "videos", id="v1,gone,v2,v3")
    first, second, _ = answer["items"]

    assert ids(answer) == ["v1", "v2", "v3"]
    assert first["snippet"]["thumbnails"]["maxres"]["url"] == "https://i.ytimg.com/vi/v1/maxresdefault.jpg"
    assert first["statistics"]["commentCount"] == "9"
    assert second["status"]["madeForKids"] is True
    assert "commentCount" not in second["statistics"]


@pytest.mark.parametrize("order", ["mySubscribers", "myRecentSubscribers"])
def test_only_public_subscribers_are_listed(youtube: Any, order: str) -> None:
    found = subscribers(*pages(youtube, "subscriptions", maxResults=50, **{order: True}))

    assert len(found) == len(set(found)) == 111
    assert found[0] == "UCsub0001"
    assert "UCsub0010" not in found


def test_recent_subscribers_come_newest_first(servers: Servers, youtube: Any) -> None:
    servers.world.youtube.subscribers.append(YouTubeSubscriber("UCnew", "New", ago(minutes=1)))

    answer = ask(youtube, "subscriptions", myRecentSubscribers=True)

    assert subscribers(answer)[0] == "UCnew"
    assert len(answer["items"]) == 5
    assert answer["items"][0]["snippet"]["channelId"] == "UCnew"
    assert answer["items"][0]["snippet"]["publishedAt"] == "2026-11-02T00:59:00Z"


@pytest.mark.parametrize("order", ["mySubscribers", "myRecentSubscribers"])
def test_no_more_than_a_thousand_subscribers_are_listed(servers: Servers, youtube: Any, order: str) -> None:
    servers.world.youtube.subscribers = [YouTubeSubscriber(f"UC{n}", "S", ago(hours=n)) for n in range(1200)]

    found = pages(youtube, "subscriptions", maxResults=50, **{order: True})

    assert len(set(subscribers(*found))) == 1000
    assert len(found) == 20


def test_the_list_of_subscribers_can_repeat_itself_up_to_a_thousand(servers: Servers, youtube: Any) -> None:
    servers.youtube_repeats = True

    found = pages(youtube, "subscriptions", maxResults=50, myRecentSubscribers=True)

    assert len(subscribers(*found)) == 1000
    assert len(set(subscribers(*found))) == 50
    assert len({page.get("nextPageToken") for page in found}) == 20


def test_other_lists_of_subscriptions_are_empty_or_forbidden(youtube: Any) -> None:
    assert ask(youtube, "subscriptions", mine=True)["items"] == []


def test_a_subscribers_own_list_tells_whether_the_line_to_one_channel_is_there(youtube: Any) -> None:
    ours = {"part": "id,snippet", "forChannelId": "UCousterlyvale"}

    follows = ask(youtube, "subscriptions", channelId="UCsub0001", **ours)["items"]

    assert [item["snippet"]["resourceId"]["channelId"] for item in follows] == ["UCousterlyvale"]
    assert ask(youtube, "subscriptions", channelId="UCother", **ours)["items"] == []
    assert ask(youtube, "subscriptions", channelId="UCsub0001", forChannelId="UCother")["items"] == []


@pytest.mark.parametrize(
    ("reason", "status"), [("accountClosed", 403), ("accountSuspended", 403), ("subscriberNotFound", 404)]
)
def test_a_channel_that_is_there_no_more_has_no_list(servers: Servers, youtube: Any, reason: str, status: int) -> None:
    servers.world.youtube.closed["UCsub0001"] = reason

    with pytest.raises(HttpError) as refused:
        ask(youtube, "subscriptions", channelId="UCsub0001", forChannelId="UCousterlyvale")

    assert (refused.value.status_code, refused.value.error_details[0]["reason"]) == (status, reason)


def test_the_same_answer_has_the_same_etag(servers: Servers, youtube: Any) -> None:
    first, second = (ask(youtube, "videos", id="v1") for _ in range(2))
    servers.world.youtube.videos[0].title = "Open evening"
    third = ask(youtube, "videos", id="v1")

    assert first["etag"] == second["etag"] != third["etag"]
    assert first["items"][0]["etag"] == second["items"][0]["etag"] != third["items"][0]["etag"]


def test_every_list_request_costs_one_unit(servers: Servers, youtube: Any) -> None:
    found = pages(youtube, "subscriptions", maxResults=50, mySubscribers=True)

    tokens = [None, found[0]["nextPageToken"], found[1]["nextPageToken"]]
    assert servers.meter.units == 3
    assert servers.meter.usd == 0
    assert servers.meter.bought("youtube") == [("/youtube/v3/subscriptions", token) for token in tokens]
    assert [receipt.resources for receipt in servers.meter.requests] == [50, 50, 11]


def test_the_page_sizes_are_those_of_the_discovery_document() -> None:
    for name, endpoint in ENDPOINTS.items():
        size = document()["resources"][name]["methods"]["list"]["parameters"]["maxResults"]
        assert (endpoint.least, endpoint.most, endpoint.default) == tuple(
            int(size[key]) for key in ("minimum", "maximum", "default")
        )


def test_a_video_offers_the_sizes_it_has_and_a_short_its_upright_form_too(servers: Servers, youtube: Any) -> None:
    sizes = {"maxres": (1280, 720), "fhd": (1920, 1080), "uhd": (3840, 2160), "shortsAspectRatio": (1080, 1920)}
    servers.world.youtube.videos[0].thumbnails = [
        (key, f"https://i.ytimg.com/vi/v1/{key}.jpg", *size) for key, size in sizes.items()
    ]
    video_id = servers.world.youtube.videos[0].id

    [video] = ask(youtube, "videos", id=video_id)["items"]

    offered = video["snippet"]["thumbnails"]
    assert {key: (each["width"], each["height"]) for key, each in offered.items()} == sizes
