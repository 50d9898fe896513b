"""Whatever YouTube does, the pull answers in our own words, notes the request, and says how the listing ended."""

import logging
import traceback
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from googleapiclient.errors import HttpError

from connectors.errors import (
    SourceChanged,
    SourceError,
    SourceRefused,
    SourceThrottled,
    SourceUnavailable,
    SourceUsedUp,
)
from connectors.records import ListingEnd, Unavailable
from connectors.source import Account, Endpoints
from connectors.youtube.client import YouTubeCredentials
from connectors.youtube.error_map import failed_request, used_up
from connectors.youtube.pull import YouTubeSource
from tests.connectors.memory import MemoryStore
from tests.connectors.odd import Odd, odd
from tests.connectors.pulling import pulled, stopped
from tests.connectors.town import CHANNEL, NAMES, SECRETS, TOKEN, now, town, youtube_source
from tests.simulated.moods import Mood
from tests.simulated.serve import Servers

SUBSCRIPTIONS = "/youtube/v3/subscriptions"


@pytest.mark.parametrize(
    ("mood", "kind", "word", "status"),
    [
        ("401", SourceRefused, "credentials", None),
        ("quotaExceeded", SourceUsedUp, "quota", 403),
        ("rateLimitExceeded", SourceThrottled, "throttled", 403),
        ("429", SourceThrottled, "throttled", 429),
        ("500", SourceUnavailable, "unavailable", 500),
        ("503", SourceUnavailable, "unavailable", 503),
        ("cut", SourceUnavailable, "unavailable", None),
        ("html", SourceUnavailable, "unavailable", 200),
        ("hang", SourceUnavailable, "unavailable", None),
        (Mood("slow", seconds=3.0), SourceUnavailable, "unavailable", None),
    ],
)
def test_each_mood_of_youtube_ends_the_pull_in_our_words(
    servers: Servers, mood: str | Mood, kind: type[SourceError], word: str, status: int | None
) -> None:
    servers.moods.set("youtube", SUBSCRIPTIONS, [mood])
    store = MemoryStore()

    records, error = pulled(youtube_source(servers, timeout=2.0), store)

    assert type(error) is kind
    assert stopped(records, "followers") == word
    assert [(noted.endpoint, noted.status) for noted in store.noted] == [("subscriptions.list", status)]


@pytest.mark.parametrize(
    ("asked_at", "zone", "told"),
    [
        ("2026-11-02T01:00:00+00:00", "Europe/London", "08:00 on Monday 2 November 2026 (Europe/London)"),
        ("2026-11-02T08:00:00+00:00", "Europe/London", "08:00 on Tuesday 3 November 2026 (Europe/London)"),
        ("2026-11-02T07:59:59+00:00", "Asia/Hong_Kong", "16:00 on Monday 2 November 2026 (Asia/Hong_Kong)"),
        ("2026-07-06T06:59:00+00:00", "Europe/London", "08:00 on Monday 6 July 2026 (Europe/London)"),
        # The clocks of Europe go back on 25 October 2026, those of California on 1 November.
        ("2026-10-26T02:00:00+00:00", "Europe/London", "07:00 on Monday 26 October 2026 (Europe/London)"),
        ("2026-11-01T06:00:00+00:00", "Europe/London", "07:00 on Sunday 1 November 2026 (Europe/London)"),
        ("2026-11-01T07:30:00+00:00", "Europe/London", "08:00 on Monday 2 November 2026 (Europe/London)"),
    ],
)
def test_a_quota_comes_back_at_midnight_pacific_time_by_the_schools_clocks(asked_at: str, zone: str, told: str) -> None:
    error = used_up(None, failed_request("videos.list", datetime.fromisoformat(asked_at)))

    assert f"midnight Pacific time, {told}: run again then" in error.in_zone(ZoneInfo(zone))


def test_throttling_does_not_say_until_when(servers: Servers) -> None:
    servers.moods.set("youtube", SUBSCRIPTIONS, ["rateLimitExceeded"])

    _records, error = pulled(youtube_source(servers), MemoryStore())

    assert isinstance(error, SourceThrottled)
    assert error.retry_at is None


@pytest.mark.parametrize(("mood", "word"), [("403", "forbidden"), ("404", "not_found")])
def test_a_refusal_of_one_list_ends_that_listing_alone(servers: Servers, mood: str, word: str) -> None:
    servers.moods.set("youtube", SUBSCRIPTIONS, [mood])

    records, error = pulled(youtube_source(servers), MemoryStore())

    assert error is None
    assert stopped(records, "followers") == word
    assert stopped(records, "comments") == "end"


def test_a_token_that_repeats_ends_that_listing_alone(servers: Servers) -> None:
    servers.moods.set("youtube", SUBSCRIPTIONS, ["repeat_token"])

    records, error = pulled(youtube_source(servers), MemoryStore())

    assert error is None
    assert stopped(records, "followers") == "changed"
    assert stopped(records, "comments") == "end"


def problem(reason: Any, status: int) -> Odd:
    return Odd({"error": {"code": status, "message": "Marrow", "errors": [{"reason": reason}]}}, status)


def channel_then(answer: Odd) -> Any:
    channel = {
        "kind": "youtube#channelListResponse",
        "items": [
            {
                "id": CHANNEL,
                "snippet": {"title": "t"},
                "statistics": {"hiddenSubscriberCount": True, "videoCount": "0"},
                "contentDetails": {"relatedPlaylists": {"uploads": "UU1"}},
            }
        ],
    }
    return lambda path, _headers: Odd(channel) if "/channels?" in path else answer


def odd_source(url: str) -> YouTubeSource:
    return YouTubeSource(
        [Account("youtube", CHANNEL, "@o")],
        {CHANNEL: YouTubeCredentials(token=TOKEN)},
        {},
        endpoints=Endpoints(youtube=url),
        clock=now,
        timeout=0.5,
    )


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Odd([1], 200), SourceChanged),
        (Odd({}, 200), SourceUnavailable),
        (Odd(b"", 200), SourceUnavailable),
        (Odd({"items": 7}), SourceChanged),
        (Odd({"items": [{"contentDetails": {}}]}), SourceChanged),
        (Odd({"kind": "k", "nextPageToken": 7}), SourceChanged),
        (Odd({}, 302, {"location": "http://192.0.2.1/"}), SourceUnavailable),
        (Odd({}, 408), SourceUnavailable),
        (Odd({}, 418), SourceChanged),
        (Odd({"error": {"message": 7}}, 400), SourceChanged),
        (problem(7, 400), SourceChanged),
        (problem("dailyLimitExceeded", 403), SourceUsedUp),
        (problem("quotaExceeded", 429), SourceUsedUp),
        (
            Odd(
                {
                    "error": {
                        "code": 429,
                        "errors": [{"reason": "rateLimitExceeded"}],
                        "details": [{"metadata": {"quota_limit": "defaultPerDayPerProject"}}],
                    }
                },
                429,
            ),
            SourceUsedUp,
        ),
        (problem("processingFailure", 400), SourceUnavailable),
        (problem("SERVICE_UNAVAILABLE", 409), SourceUnavailable),
        (Odd({"error": {"code": 409, "status": "ABORTED"}}, 409), SourceUnavailable),
        (problem("backendError", 403), SourceUnavailable),
        (problem("authError", 403), SourceRefused),
    ],
)
def test_odd_answers_have_a_meaning_too(answer: Odd, kind: type[SourceError]) -> None:
    with odd(channel_then(answer)) as server:
        records, error = pulled(odd_source(server.url), MemoryStore())

    if kind is SourceChanged:
        assert error is None
        assert {r.stopped for r in records if isinstance(r, ListingEnd)} <= {"changed"}
    else:
        assert type(error) is kind


def test_a_channel_whose_comments_are_disabled_is_unavailable_and_the_pull_goes_on() -> None:
    with odd(channel_then(problem("commentsDisabled", 403))) as server:
        records, error = pulled(odd_source(server.url), MemoryStore())

    assert error is None
    assert stopped(records, "comments") == "forbidden"
    assert [(r.kind, r.reason) for r in records if isinstance(r, Unavailable)] == [("actor", "commentsDisabled")]


def test_hidden_subscribers_are_never_whole() -> None:
    with odd(channel_then(Odd({"kind": "k"}))) as server:
        records, _error = pulled(odd_source(server.url), MemoryStore())

    followers = next(r for r in records if isinstance(r, ListingEnd) and r.listing == "followers")
    assert (followers.platform_count, followers.is_whole) == (None, False)


def test_nobody_listening_is_unavailable() -> None:
    _records, error = pulled(odd_source("http://127.0.0.1:9"), MemoryStore())

    assert type(error) is SourceUnavailable


def test_a_refresh_token_that_has_died_asks_for_new_credentials() -> None:
    answer = Odd({"error": "invalid_grant", "error_description": "Marrow"}, 400)
    with odd(lambda _path, _headers: answer) as server:
        keys = YouTubeCredentials(
            refresh_token="r", client_id="c", client_secret="s", token_address=f"{server.url}/token"
        )
        source = YouTubeSource(
            [Account("youtube", CHANNEL, "@o")],
            {CHANNEL: keys},
            {},
            endpoints=Endpoints(youtube=server.url),
            clock=now,
        )
        store = MemoryStore()
        _records, error = pulled(source, store)

    assert isinstance(error, SourceRefused)
    assert error.reason == "credentials"
    assert store.units == 0


def test_a_refresh_token_brings_an_access_token(servers: Servers) -> None:
    answer = Odd({"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"})
    with odd(lambda _path, _headers: answer) as server:
        keys = YouTubeCredentials(
            refresh_token="r", client_id="c", client_secret="s", token_address=f"{server.url}/token"
        )
        records, error = pulled(youtube_source(servers, credentials=keys), MemoryStore())

    assert error is None
    assert stopped(records, "comments") == "end"


@pytest.mark.parametrize("given", [{}, {"refresh_token": "r"}, {"token": "t", "client_id": "c"}])
def test_credentials_that_cannot_work_are_refused_at_once(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="YouTube credentials"):
        YouTubeCredentials(**given)


def test_logs_and_exceptions_hold_no_secret_and_no_name(servers: Servers, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    store = MemoryStore()
    pulled(youtube_source(servers), store)
    servers.moods.set("youtube", SUBSCRIPTIONS, ["quotaExceeded"])
    _records, error = pulled(youtube_source(servers), MemoryStore())

    assert error is not None
    said = caplog.text + "".join(traceback.format_exception(error))
    said += "".join(page.request for page in store.every_page)
    assert not [word for word in (*SECRETS, *NAMES) if word in said]
    assert HttpError.__name__ not in said
    assert repr(YouTubeCredentials(token=TOKEN)).count(TOKEN) == 0


@pytest.mark.parametrize("mood", ["hang", "cut"])
def test_a_line_that_broke_is_one_request_in_our_ledger_and_one_at_the_platform(mood: str) -> None:
    # A town of its own: a slow answer to an earlier test may still be on its way to the shared meter.
    with town() as servers:
        servers.moods.set("youtube", SUBSCRIPTIONS, [mood, mood])
        store = MemoryStore()

        pulled(youtube_source(servers, timeout=0.6), store)

        asked = [receipt for receipt in servers.meter.requests if "subscriptions" in receipt.path]
    assert (len(asked), len(store.noted)) == (1, 1)


def test_credentials_that_are_refused_for_one_channel_leave_the_next_one_asked(servers: Servers) -> None:
    whole, _ = pulled(youtube_source(servers), MemoryStore())
    source = youtube_source(servers)
    source.accounts = (Account("youtube", "UCelsewhere", "@elsewhere"), *source.accounts)
    source.credentials = {"UCelsewhere": YouTubeCredentials(token="nobody's"), **source.credentials}

    records, error = pulled(source, MemoryStore())

    assert isinstance(error, SourceRefused)
    assert error.reason == "credentials"
    assert [record for record in records if getattr(record, "account_id", "") != "UCelsewhere"] == whole
