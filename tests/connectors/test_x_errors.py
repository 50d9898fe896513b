"""Whatever X does, the pull answers in our own words, notes the request, and says how the listing ended."""

from datetime import timedelta

import pytest

from connectors.errors import SourceChanged, SourceError, SourceRefused, SourceThrottled, SourceUnavailable
from connectors.records import ListingEnd
from connectors.source import Account, Endpoints
from connectors.x.client import XCredentials
from connectors.x.pull import XSource
from tests.connectors.memory import MemoryStore
from tests.connectors.odd import Odd, odd
from tests.connectors.pulling import pulled, stopped
from tests.connectors.town import NOW, SCHOOL, now, x_source
from tests.simulated.moods import Mood, lasting
from tests.simulated.serve import Servers

FOLLOWERS = f"/2/users/{SCHOOL}/followers"
HARD_RESET = NOW + timedelta(seconds=90)


@pytest.mark.parametrize(
    ("mood", "kind", "word", "status"),
    [
        ("401", SourceRefused, "credentials", 401),
        ("402", SourceRefused, "credit", 402),
        ("429", SourceThrottled, "throttled", 429),
        ("500", SourceUnavailable, "unavailable", 500),
        ("503", SourceUnavailable, "unavailable", 503),
        ("cut", SourceUnavailable, "unavailable", None),
        ("html", SourceUnavailable, "unavailable", 200),
        ("hang", SourceUnavailable, "unavailable", None),
        (Mood("slow", seconds=3.0), SourceUnavailable, "unavailable", None),
    ],
)
def test_each_mood_of_x_ends_the_pull_in_our_words(
    servers: Servers, mood: str | Mood, kind: type[SourceError], word: str, status: int | None
) -> None:
    servers.moods.set("x", FOLLOWERS, [mood])
    store = MemoryStore()

    records, error = pulled(x_source(servers, timeout=2.0), store)

    assert type(error) is kind
    assert stopped(records, "followers") == word
    assert [(noted.endpoint, noted.status) for noted in store.noted] == [("GET /2/users/{id}/followers", status)]
    assert not any(isinstance(r, ListingEnd) and r.listing == "following" for r in records)


@pytest.mark.parametrize(("mood", "word"), [("403", "forbidden"), ("404", "not_found")])
def test_a_refusal_of_one_list_ends_that_listing_alone(servers: Servers, mood: str, word: str) -> None:
    servers.moods.set("x", FOLLOWERS, [mood])

    records, error = pulled(x_source(servers), MemoryStore())

    assert error is None
    assert stopped(records, "followers") == word
    assert stopped(records, "comments") == "end"


@pytest.mark.parametrize(
    ("mood", "retry_at"),
    [
        (Mood("429", reset=HARD_RESET), HARD_RESET),
        ("429_without_reset", None),
        ("429_past_reset", None),
    ],
)
def test_throttling_says_when_to_come_back_if_x_said_so(servers: Servers, mood: str | Mood, retry_at: object) -> None:
    servers.moods.set("x", FOLLOWERS, [mood])

    _records, error = pulled(x_source(servers), MemoryStore())

    assert isinstance(error, SourceThrottled)
    assert error.retry_at == retry_at


def test_a_token_that_repeats_ends_that_listing_as_changed(servers: Servers) -> None:
    servers.moods.set("x", FOLLOWERS, ["repeat_token"])

    records, error = pulled(x_source(servers), MemoryStore())

    assert error is None
    assert stopped(records, "followers") == "changed"
    assert stopped(records, "comments") == "end"


def test_an_error_at_the_profile_tells_every_listing(servers: Servers) -> None:
    servers.moods.set("x", "/2/users/me", [lasting("401")])

    records, error = pulled(x_source(servers), MemoryStore())

    assert isinstance(error, SourceRefused)
    assert error.ends_the_pull
    assert [r.stopped for r in records if isinstance(r, ListingEnd)] == ["credentials"] * 7


def test_unknown_credentials_are_refused(servers: Servers) -> None:
    source = x_source(servers, credentials=XCredentials(bearer="nobody"))

    _records, error = pulled(source, MemoryStore())

    assert isinstance(error, SourceRefused)
    assert error.reason == "credentials"


def test_credentials_that_are_refused_for_one_account_leave_the_next_one_asked(servers: Servers) -> None:
    whole, _ = pulled(x_source(servers), MemoryStore())
    first = Account("x", "4242", "elsewhere")
    source = x_source(servers)
    source.accounts = (first, *source.accounts)
    source.credentials = {"4242": XCredentials(bearer="nobody"), **source.credentials}

    records, error = pulled(source, MemoryStore())
    without, missing = pulled(_without_credentials(source), MemoryStore())

    assert isinstance(error, SourceRefused)
    assert isinstance(missing, SourceRefused)
    assert (error.reason, missing.reason) == ("credentials", "credentials")
    assert [r.stopped for r in records if isinstance(r, ListingEnd) and r.account_id == "4242"] == ["credentials"] * 7
    assert [r for r in records if getattr(r, "account_id", SCHOOL) != "4242"] == whole
    assert without == whole


def _without_credentials(source: XSource) -> XSource:
    source.credentials = {SCHOOL: source.credentials[SCHOOL]}
    return source


def odd_source(url: str) -> XSource:
    return XSource(
        [Account("x", SCHOOL, "h", "bearer")],
        {SCHOOL: XCredentials(bearer="b")},
        {},
        endpoints=Endpoints(x=url),
        clock=now,
        timeout=0.5,
    )


@pytest.mark.parametrize(
    ("answer", "kind", "reason"),
    [
        (Odd([1, 2], 401), SourceRefused, "credentials"),
        (Odd({"errors": [7]}, 403), SourceRefused, "forbidden"),
        (Odd({"detail": None}, 404), SourceRefused, "not_found"),
        (Odd({"title": "UsageCapExceeded"}, 429), SourceRefused, "credit"),
        (Odd([], 429), SourceThrottled, None),
        (Odd(b"<html>", 429, {"x-rate-limit-reset": "99999999999999999"}), SourceThrottled, None),
        (Odd({}, 429, {"x-rate-limit-reset": "soon"}), SourceThrottled, None),
        (Odd({}, 418), SourceChanged, None),
        (Odd({}, 408), SourceUnavailable, None),
        (Odd({}, 302, {"location": "http://192.0.2.1/"}), SourceUnavailable, None),
        (Odd({}, 304), SourceUnavailable, None),
        (Odd([{"id": "1"}]), SourceChanged, None),
        (Odd({}), SourceUnavailable, None),
        (Odd(b""), SourceUnavailable, None),
        (Odd({"data": 7}), SourceChanged, None),
        (Odd({"data": [{"id": 7}]}), SourceChanged, None),
        (Odd({"meta": {"next_token": 7}}), SourceChanged, None),
        (Odd({"data": "x"}, 200, {}, 0.0, 50), SourceUnavailable, None),
        (Odd({"meta": {"result_count": 0}}), SourceRefused, "not_found"),
    ],
)
def test_odd_answers_have_a_meaning_too(answer: Odd, kind: type[SourceError], reason: str | None) -> None:
    with odd(lambda _path, _headers: answer) as server:
        records, error = pulled(odd_source(server.url), MemoryStore())

    told = {r.stopped for r in records if isinstance(r, ListingEnd)}
    if kind is SourceChanged:
        assert (error, told) == (None, {"changed"})
    elif reason in {"forbidden", "not_found"}:
        assert (error, told) == (None, {reason})
    else:
        assert type(error) is kind
        assert getattr(error, "reason", None) == reason


def test_no_redirect_is_followed() -> None:
    with odd(lambda path, _headers: Odd({}, 307, {"location": path + "&again=1"})) as server:
        pulled(odd_source(server.url), MemoryStore())

        assert len(server.requests) == 1


def test_nobody_listening_is_unavailable() -> None:
    _records, error = pulled(odd_source("http://127.0.0.1:9"), MemoryStore())

    assert type(error) is SourceUnavailable


@pytest.mark.parametrize("address", ["https://api.x.com.example", "http://10.0.0.1:80", "//x"])
def test_a_stand_in_off_loopback_is_not_accepted(address: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        Endpoints(x=address)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"bearer": "b", "consumer_key": "c"},
        {"consumer_key": "c", "consumer_secret": "c", "access_token": "a"},
        {"bearer": "b\n"},
        {"bearer": ""},
    ],
)
def test_credentials_that_cannot_work_are_refused_at_once(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="X cred"):
        XCredentials(**given)
