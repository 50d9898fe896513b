"""What was paid for is never bought twice: a pull that died goes on from its last stored page."""

from decimal import Decimal

import pytest

from connectors.errors import SourceRefused, SourceUnavailable
from connectors.records import Follow, ListingEnd
from tests.connectors.memory import MemoryStore
from tests.connectors.pulling import pulled
from tests.connectors.town import SCHOOL, town, x_source
from tests.simulated.moods import after
from tests.simulated.serve import Servers


def bought(servers: Servers) -> list[tuple[str, str | None]]:
    return servers.meter.bought("x")


def test_a_second_pull_from_the_same_store_buys_nothing() -> None:
    with town(1250) as servers:
        store = MemoryStore()
        first = list(x_source(servers).pull(store))
        asked = len(servers.meter.requests)
        second = list(x_source(servers).pull(store))

        assert second == first
        assert len(servers.meter.requests) == asked


@pytest.mark.parametrize("mood", ["503", "cut"])
def test_a_pull_that_died_in_the_middle_goes_on_and_brings_the_same(mood: str) -> None:
    with town(2500) as servers:
        whole = list(x_source(servers).pull(MemoryStore()))
        servers.meter.clear()
        servers.moods.set("x", f"/2/users/{SCHOOL}/followers", after(2, mood))
        store = MemoryStore()
        with pytest.raises(SourceUnavailable):
            list(x_source(servers).pull(store))
        again = list(x_source(servers).pull(store))

        assert again == whole
        assert len(bought(servers)) == len(set(bought(servers)))


def test_the_budget_stops_before_the_request_that_would_break_it() -> None:
    with town(2500) as servers:
        store = MemoryStore(budget_usd=Decimal("2.20"))
        records, error = pulled(x_source(servers), store)

    assert isinstance(error, SourceRefused)
    assert error.reason == "budget"
    followers = next(r for r in records if isinstance(r, ListingEnd) and r.listing == "followers")
    assert (followers.rows, followers.is_whole, followers.stopped) == (2000, False, "budget")
    assert sum(isinstance(r, Follow) for r in records) == 2000
    assert store.usd <= Decimal("2.20")


def test_every_page_says_what_was_asked_and_holds_what_came() -> None:
    with town(1250) as servers:
        store = MemoryStore()
        list(x_source(servers).pull(store))

    first, second = store.pages[f"followers:{SCHOOL}"]
    assert first.endpoint == "GET /2/users/{id}/followers"
    assert first.request.startswith('{"id":"7001","max_results":"1000","user.fields":"created_at,')
    assert f'"pagination_token":"{first.next_token}"' in second.request
    assert second.token == first.next_token
    assert first.body.startswith(b'{"data"')
