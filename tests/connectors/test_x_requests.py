"""Every request that the X connector makes is one that X's own published description knows."""

import json
from urllib.parse import parse_qsl

import pytest

from connectors.records import ListingEnd
from connectors.source import Account, EarlierRuns, Endpoints, KnownSubject
from connectors.x.api_version import AFTER, BEFORE, XApiVersion
from connectors.x.client import XCredentials
from connectors.x.pull import XSource
from tests.connectors.memory import MemoryStore
from tests.connectors.odd import Odd, forward, odd
from tests.connectors.town import BEARER, SCHOOL, now, town, x_source
from tests.demo import openapi

LOST = (
    KnownSubject("post", "1", "posts"),
    KnownSubject("comment", "2", "mentions"),
    KnownSubject("follower", "3", "followers"),
)
REFUSAL = {"title": "Invalid Request", "detail": "The query parameter [tweet.fields] is not one of [...]"}


# One who followed, one who was followed, and a post, that X no longer lists.
LAST_WEEK = EarlierRuns(
    newest_post_id="100",
    newest_mention_id="80",
    follower_ids=frozenset({"8000", "8404"}),
    following_ids=frozenset({"9001", "8405"}),
    full_sync_due=False,
    cases=LOST,
)


def path_of(endpoint: str, subject_id: str) -> str:
    return endpoint.removeprefix("GET ").replace("{id}", subject_id)


def check_all(store: MemoryStore, version: str) -> None:
    spec = openapi.load(version)
    for page in store.every_page:
        asked = json.loads(page.request)
        subject_id = asked.pop("id")
        openapi.check_request(spec, "GET", path_of(page.endpoint, subject_id), asked)


@pytest.mark.parametrize("version", openapi.VERSIONS)
@pytest.mark.parametrize("reads", ["owned", "bearer"])
@pytest.mark.parametrize("known", [EarlierRuns(cases=LOST), LAST_WEEK], ids=["first", "later"])
def test_all_that_goes_over_the_line_is_in_the_description(known: EarlierRuns, reads: str, version: str) -> None:
    spec = openapi.load(version)
    heard: list[tuple[str, Odd]] = []
    with town(1250) as servers:
        servers.x_api_version = version

        def listening(path: str, headers: dict[str, str]) -> Odd:
            heard.append((path, forward(servers.x_url + path, headers["authorization"])))
            return heard[-1][1]

        with odd(listening) as server:
            list(x_source(servers, reads=reads, known=known, url=server.url).pull(MemoryStore()))

    for asked, answered in heard:
        path, _, query = asked.partition("?")
        if answered.status == 200:
            openapi.check_request(spec, "GET", path, dict(parse_qsl(query)))
        openapi.check_response(spec, "GET", path, answered.status, json.loads(answered.body))
    looked_up = {"/2/tweets"} | ({"/2/users"} if reads == "owned" else set())
    assert {asked.partition("?")[0] for asked, _ in heard} >= looked_up
    refused = ([400] if version == "2.167" else []) + ([403] if reads == "bearer" else [])
    assert [answered.status for _, answered in heard if answered.status != 200] == refused


def test_an_x_that_refuses_the_old_spelling_is_asked_in_the_new_one() -> None:
    with town() as servers:
        servers.x_api_version = "2.167"
        store = MemoryStore()
        records = list(x_source(servers, reads="bearer", known=EarlierRuns(cases=LOST)).pull(store))

    assert {r.listing: r.stopped for r in records if isinstance(r, ListingEnd)} == dict.fromkeys(
        ("posts", "followers", "following", "mentions", "reposts", "comments"), "end"
    ) | {"likes": "forbidden"}
    # One refusal teaches the new spelling for the rest of the account; likes are shown to no app.
    assert [noted.status for noted in store.noted] == [400, 403]
    assert "GET /2/tweets" in {page.endpoint for page in store.every_page}
    check_all(store, "2.167")


@pytest.mark.parametrize(("before", "now_spoken"), [("2.166", "2.166"), ("2.167", "2.167")])
def test_the_spelling_that_x_spoke_last_time_is_asked_first_and_no_request_is_refused(
    before: str, now_spoken: str
) -> None:
    store = pulled_after(before, now_spoken)

    assert store.noted == []
    check_all(store, now_spoken)


@pytest.mark.parametrize(("before", "now_spoken"), [("2.166", "2.167"), ("2.167", "2.166")])
def test_a_spelling_that_x_has_given_up_since_costs_one_refused_request(before: str, now_spoken: str) -> None:
    store = pulled_after(before, now_spoken)

    assert [noted.status for noted in store.noted] == [400]
    check_all(store, now_spoken)


def test_a_pull_that_goes_on_from_stored_pages_knows_their_spelling() -> None:
    with town() as servers:
        servers.x_api_version = "2.167"
        store = MemoryStore()
        list(x_source(servers).pull(store))
        store.noted.clear()
        del store.pages[f"mentions:{SCHOOL}"]
        list(x_source(servers).pull(store))

    assert store.pages[f"mentions:{SCHOOL}"]
    assert store.noted == []


def test_an_x_that_refuses_both_spellings_has_changed() -> None:
    with town() as servers:

        def stubborn(path: str, headers: dict[str, str]) -> Odd:
            if ".fields" in path and "user.fields" not in path.partition("expansions")[0]:
                return Odd(REFUSAL, 400)
            return forward(servers.x_url + path, headers["authorization"])

        with odd(stubborn) as server:
            records = list(bearer_source(server.url).pull(MemoryStore()))

    assert next(r.stopped for r in records if isinstance(r, ListingEnd) and r.listing == "posts") == "changed"


@pytest.mark.parametrize(("spelling", "version"), [(BEFORE, "2.166"), (AFTER, "2.167")])
@pytest.mark.parametrize(
    "path", ["/2/users/1/tweets", "/2/users/1/mentions", "/2/users/1/liked_tweets", "/2/tweets/1/retweets"]
)
def test_each_spelling_is_the_one_of_its_own_description(spelling: XApiVersion, version: str, path: str) -> None:
    spec = openapi.load(version)

    openapi.check_request(spec, "GET", path, spelling.posts(own=True))
    openapi.check_request(spec, "GET", path, spelling.posts(own=False))


def pulled_after(before: str, now_spoken: str) -> MemoryStore:
    """Return what a pull stores from an X that speaks so now, after a pull from one that spoke so before."""
    with town() as servers:
        servers.x_api_version = before
        earlier = MemoryStore()
        list(x_source(servers).pull(earlier))
        servers.x_api_version = now_spoken
        known = EarlierRuns(last_request=earlier.pages[f"posts:{SCHOOL}"][-1].request)
        store = MemoryStore()
        list(x_source(servers, known=known).pull(store))
    return store


def bearer_source(url: str) -> XSource:
    return XSource(
        [Account("x", SCHOOL, "h", "bearer")],
        {SCHOOL: XCredentials(bearer=BEARER)},
        {SCHOOL: EarlierRuns(cases=LOST)},
        endpoints=Endpoints(x=url),
        clock=now,
    )
