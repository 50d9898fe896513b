"""Every request that the X connector makes is one that X's own published description knows."""

import json
import urllib.error
import urllib.request

import pytest

from connectors.records import Post, Walked
from connectors.source import Account, Endpoints, Known, Subject
from connectors.x.client import XCredentials
from connectors.x.pull import XSource
from connectors.x.spelling import AFTER, BEFORE, Spelling
from demo.model import XPost
from tests.connectors.memory import MemoryStore
from tests.connectors.odd import Odd, odd
from tests.connectors.town import BEARER, NOW, SCHOOL, now, town, x_source
from tests.demo import openapi

LOST = (Subject("post", "1", "posts"), Subject("comment", "2", "mentions"), Subject("follower", "3", "followers"))
REFUSAL = {"title": "Invalid Request", "detail": "The query parameter [tweet.fields] is not one of [...]"}


def path_of(endpoint: str, subject_id: str) -> str:
    return endpoint.removeprefix("GET ").replace("{id}", subject_id)


def check_all(store: MemoryStore, version: str) -> None:
    spec = openapi.load(version)
    for page in store.every_page:
        asked = json.loads(page.request)
        subject_id = asked.pop("id")
        openapi.check_request(spec, "GET", path_of(page.endpoint, subject_id), asked)


def test_requests_in_the_old_spelling_are_in_the_old_description() -> None:
    known = Known(newest_post_id="100", newest_mention_id="80", sweep_due=False, cases=LOST)
    with town(1250) as servers:
        owned, bearer = MemoryStore(), MemoryStore()
        list(x_source(servers, known=Known(cases=LOST)).pull(owned))
        list(x_source(servers, reads="bearer", known=known).pull(bearer))

    assert {page.endpoint for page in owned.every_page} >= {"GET /2/tweets", "GET /2/users"}
    check_all(owned, "2.166")
    check_all(bearer, "2.166")


def test_an_x_that_refuses_the_old_spelling_is_asked_in_the_new_one() -> None:
    with town() as servers:
        servers.x_spelling = "2.167"

        def picky(path: str, headers: dict[str, str]) -> Odd:
            if "tweet.fields" in path:
                return Odd(REFUSAL, 400)
            return forward(servers.x_url + path, headers["authorization"])

        store = MemoryStore()
        with odd(picky) as server:
            records = list(bearer_source(server.url).pull(store))

    assert {r.walk: r.stopped for r in records if isinstance(r, Walked)} == dict.fromkeys(
        ("posts", "followers", "following", "mentions", "reposts", "comments"), "end"
    ) | {"likes": "forbidden"}
    # One refusal teaches the new spelling for the rest of the account; likes are shown to no app.
    assert [noted.status for noted in store.noted] == [400, 403]
    assert "GET /2/tweets" in {page.endpoint for page in store.every_page}
    check_all(store, "2.167")


def test_an_x_that_is_asked_in_the_new_spelling_says_whom_each_post_is_about() -> None:
    with town() as servers:
        servers.x_spelling = "2.167"
        servers.world.x.posts["110"] = XPost(
            "110", SCHOOL, "Such buns", NOW, conversation_id="110", references=[("quoted", "91")]
        )

        def picky(path: str, headers: dict[str, str]) -> Odd:
            if "tweet.fields" in path or "referenced_tweets" in path:
                return Odd(REFUSAL, 400)
            return forward(servers.x_url + path, headers["authorization"])

        with odd(picky) as server:
            records = list(bearer_source(server.url).pull(MemoryStore()))

    told = {r.post_id: (r.kind, r.refers_to_actor_id) for r in records if isinstance(r, Post)}
    assert told == {
        "110": ("quote", "9001"),
        "104": ("post", None),
        "102": ("reply", "9001"),
        "101": ("repost", "9001"),
        "100": ("post", None),
    }


def test_an_x_that_refuses_both_spellings_has_changed() -> None:
    with town() as servers:

        def stubborn(path: str, headers: dict[str, str]) -> Odd:
            if ".fields" in path and "user.fields" not in path.partition("expansions")[0]:
                return Odd(REFUSAL, 400)
            return forward(servers.x_url + path, headers["authorization"])

        with odd(stubborn) as server:
            records = list(bearer_source(server.url).pull(MemoryStore()))

    assert next(r.stopped for r in records if isinstance(r, Walked) and r.walk == "posts") == "changed"


@pytest.mark.parametrize(("spelling", "version"), [(BEFORE, "2.166"), (AFTER, "2.167")])
@pytest.mark.parametrize(
    "path", ["/2/users/1/tweets", "/2/users/1/mentions", "/2/users/1/liked_tweets", "/2/tweets/1/retweets"]
)
def test_each_spelling_is_the_one_of_its_own_description(spelling: Spelling, version: str, path: str) -> None:
    spec = openapi.load(version)

    openapi.check_request(spec, "GET", path, spelling.posts(own=True))
    openapi.check_request(spec, "GET", path, spelling.posts(own=False))


def bearer_source(url: str) -> XSource:
    return XSource(
        [Account("x", SCHOOL, "h", "bearer")],
        {SCHOOL: XCredentials(bearer=BEARER)},
        {SCHOOL: Known(cases=LOST)},
        endpoints=Endpoints(x=url),
        clock=now,
    )


def forward(url: str, authorization: str) -> Odd:
    request = urllib.request.Request(url, headers={"Authorization": authorization})
    try:
        with urllib.request.urlopen(request) as response:
            return Odd(response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Odd(error.read(), error.code)
