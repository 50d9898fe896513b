"""Whose posts an official account likes is told, newest likes first, to the account itself alone and up to a cap."""

from decimal import Decimal

import pytest

from connectors.records import Like, ListingEnd, Profile
from connectors.source import Account, Endpoints, RequestCost
from connectors.x.client import XCredentials
from connectors.x.listings import LIKES_READ
from connectors.x.pull import XSource
from demo.model import XPost, XUser
from tests.connectors.memory import MemoryStore
from tests.connectors.pulling import listings, pulled
from tests.connectors.town import BEARER, NOW, SCHOOL, SIGNING, now, town, x_source
from tests.simulated.serve import Servers

LIKED = f"/2/users/{SCHOOL}/liked_tweets"
STRANGER = "9100"


def likes_of_a_stranger(servers: Servers, count: int) -> list[str]:
    """Let the school like so many posts of somebody who is on no other list; return their ids, newest like first."""
    state = servers.world.x
    state.users[STRANGER] = XUser(STRANGER, "quietpotter", "A Potter", NOW, description="Pots and pans")
    liked = [str(30_000 + number) for number in range(count)]
    state.posts |= {post_id: XPost(post_id, STRANGER, "A pot", NOW, post_id) for post_id in liked}
    state.liked[SCHOOL] = list(liked)
    return liked


@pytest.mark.parametrize("spelling", ["2.166", "2.167"])
def test_each_liked_post_is_told_once_with_its_authors_profile(spelling: str) -> None:
    with town() as servers:
        liked = likes_of_a_stranger(servers, 3)
        servers.world.x.liked[SCHOOL].append(liked[0])
        servers.x_api_version = spelling
        records = list(x_source(servers).pull(MemoryStore()))

    assert [r for r in records if isinstance(r, Like)] == [
        Like(platform="x", account_id=SCHOOL, post_id=post_id, actor_id=STRANGER) for post_id in liked
    ]
    assert [r.bio for r in records if isinstance(r, Profile) and r.account_id == STRANGER] == ["Pots and pans"]
    assert listings(records)["likes"] == (3, 3, True, "end")


def test_likes_of_our_own_posts_are_left_out() -> None:
    with town() as servers:
        servers.world.x.liked[SCHOOL] = ["104", "91"]
        records = list(x_source(servers).pull(MemoryStore()))

    assert [r.post_id for r in records if isinstance(r, Like)] == ["91"]
    assert listings(records)["likes"] == (1, 2, True, "end")


def test_an_account_that_likes_nothing_has_a_whole_listing_without_rows() -> None:
    with town() as servers:
        servers.world.x.liked.clear()
        records = list(x_source(servers).pull(MemoryStore()))

    assert listings(records)["likes"] == (0, 0, True, "end")


@pytest.mark.parametrize(("more", "told"), [(0, (True, "end")), (1, (False, "cap"))])
def test_no_more_likes_are_paid_for_than_the_cap(more: int, told: tuple[bool, str]) -> None:
    with town() as servers:
        liked = likes_of_a_stranger(servers, LIKES_READ + more)
        store = MemoryStore()
        records = list(x_source(servers).pull(store))

    assert [r.post_id for r in records if isinstance(r, Like)] == liked[:LIKES_READ]
    assert listings(records)["likes"] == (LIKES_READ, LIKES_READ + more, *told)
    assert sum(page.cost.usd for page in store.pages[f"likes:{SCHOOL}"]) == LIKES_READ * Decimal("0.001")


def test_a_listing_that_the_cap_ended_is_not_gone_on_with_by_a_replay() -> None:
    with town() as servers:
        likes_of_a_stranger(servers, LIKES_READ + 50)
        store = MemoryStore()
        first = list(x_source(servers).pull(store))
        asked = len(servers.meter.requests)
        second = list(x_source(servers).pull(store))

        assert second == first
        assert len(servers.meter.requests) == asked


def test_a_page_of_likes_that_are_gone_is_not_the_end() -> None:
    with town() as servers:
        liked = likes_of_a_stranger(servers, 150)
        for post_id in liked[:100]:
            del servers.world.x.posts[post_id]
        servers.world.x.users["9200"] = XUser("9200", "shy_one", "Shy", NOW, protected=True)
        servers.world.x.posts["40000"] = XPost("40000", "9200", "Hidden", NOW, "40000")
        servers.world.x.liked[SCHOOL].insert(0, "40000")
        records = list(x_source(servers).pull(MemoryStore()))

    # A protected account's post is counted and not shown, so that the list is not the whole one.
    assert listings(records)["likes"] == (50, 51, False, "short")


def test_an_app_is_refused_the_likes_at_no_cost_and_the_next_account_is_pulled() -> None:
    by_app, by_itself = Account("x", "9001", "other", "bearer"), Account("x", SCHOOL, "OusterlyVale")
    keys = {"9001": XCredentials(bearer=BEARER), SCHOOL: SIGNING}
    with town() as servers:
        source = XSource([by_app, by_itself], keys, {}, endpoints=Endpoints(x=servers.x_url), clock=now)
        store = MemoryStore()
        records, error = pulled(source, store)

    assert error is None
    assert [
        (r.account_id, r.stopped, r.is_whole) for r in records if isinstance(r, ListingEnd) and r.listing == "likes"
    ] == [
        ("9001", "forbidden", False),
        (SCHOOL, "end", True),
    ]
    assert [(noted.endpoint, noted.status, noted.cost) for noted in store.noted] == [
        ("GET /2/users/{id}/liked_tweets", 403, RequestCost())
    ]


@pytest.mark.parametrize(("reads", "usd"), [("owned", "0.100"), ("bearer", "0")])
def test_one_page_of_likes_is_expected_where_they_can_be_had(reads: str, usd: str) -> None:
    with town() as servers:
        expected = {each.listing: each.cost.usd for each in x_source(servers, reads=reads).estimate(MemoryStore())}

    assert expected[f"likes:{SCHOOL}"] == Decimal(usd)


def test_a_refusal_of_the_likes_leaves_everything_else_told() -> None:
    with town() as servers:
        servers.moods.set("x", LIKED, ["403"])
        records, error = pulled(x_source(servers), MemoryStore())

    told = listings(records)
    assert error is None
    assert told.pop("likes") == (0, 1, False, "forbidden")
    assert {stopped for _rows, _count, _is_whole, stopped in told.values()} == {"end"}
