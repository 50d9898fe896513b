"""Looking accounts up by id: a hundred at a time, once, at the price that is billed, and what X will not show."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest

from connectors.records import Profile, Unavailable
from connectors.source import Endpoints, Page
from connectors.x.client import XCredentials
from connectors.x.profiles import XProfilesSource
from tests.connectors.memory import MemoryStore
from tests.connectors.pulling import pulled
from tests.connectors.town import BEARER, SIGNING, now, town
from tests.simulated.serve import Servers

KNOWN = [str(8000 + number) for number in range(150)]
GONE, SUSPENDED = "9999", "8149"
IDS = (*KNOWN, GONE)


@pytest.fixture
def many() -> Iterator[Servers]:
    with town(150) as servers:
        servers.world.x.users[SUSPENDED].suspended = True
        yield servers


def source(servers: Servers, *, ids: tuple[str, ...] = IDS, credentials: XCredentials | None = None) -> XProfilesSource:
    chosen = credentials or XCredentials(bearer=BEARER)
    endpoints = Endpoints(x=servers.x_url)
    return XProfilesSource(ids, lambda: chosen, endpoints=endpoints, clock=now, timeout=5.0)


@pytest.mark.parametrize("version", ["2.166", "2.167"])
@pytest.mark.parametrize("credentials", [XCredentials(bearer=BEARER), SIGNING], ids=["an app's", "the account's"])
def test_everybody_whom_x_shows_has_a_profile_and_of_the_others_it_says_why(many, credentials, version) -> None:
    many.x_api_version = version
    store = MemoryStore()

    records, error = pulled(source(many, credentials=credentials), store)

    assert error is None
    assert {r.account_id for r in records if isinstance(r, Profile)} == {*KNOWN} - {SUSPENDED}
    assert {(r.subject_id, r.reason) for r in records if isinstance(r, Unavailable)} == {
        (SUSPENDED, "suspended"),
        (GONE, "resource-not-found"),
    }
    assert len(records) == len(IDS), "and no field that we do not know"
    assert [page.cost.usd for page in store.every_page] == [Decimal("1.000"), Decimal("0.490")]
    assert store.usd == many.meter.usd


def test_the_price_is_said_before_anybody_is_asked_and_is_the_most_that_it_can_cost(many) -> None:
    [expected] = source(many).estimate(MemoryStore())

    assert (expected.cost.resources, expected.cost.usd) == (151, Decimal("1.510"))
    assert many.meter.requests == ()


@dataclass(slots=True)
class DyingStore(MemoryStore):
    """A store whose process dies once the first page is kept."""

    def keep(self, page: Page) -> None:
        MemoryStore.keep(self, page)
        raise KeyboardInterrupt


def test_a_look_up_that_dies_in_the_middle_goes_on_with_those_who_are_left(many) -> None:
    dying = DyingStore()
    with pytest.raises(KeyboardInterrupt):
        pulled(source(many), dying)
    store = MemoryStore(pages=dying.pages)
    [left] = source(many).estimate(store)
    bought = many.meter.usd

    records, error = pulled(source(many), store)

    assert (error, len(records)) == (None, len(IDS))
    assert left.cost.resources == 51
    assert [page.status for page in store.every_page] == [200, 200]
    assert (bought, many.meter.usd, store.usd) == (Decimal("1.000"), Decimal("1.490"), Decimal("1.490"))


def test_nobody_is_asked_for_twice_and_no_key_is_needed_where_nobody_is_left(many) -> None:
    store = MemoryStore()
    first, _ = pulled(source(many), store)
    asked = len(many.meter.requests)

    def no_key() -> XCredentials:
        raise AssertionError("nobody was to be asked")

    again = XProfilesSource(IDS, no_key, endpoints=Endpoints(x=many.x_url), clock=now)

    assert pulled(again, store) == (first, None)
    assert len(many.meter.requests) == asked


@pytest.mark.parametrize(
    ("mood", "budget", "kind", "came"),
    [
        ("401", 9, "SourceRefused", 100),
        ("402", 9, "SourceRefused", 100),
        ("503", 9, "SourceUnavailable", 100),
        ("429_without_reset", 9, "SourceThrottled", 100),
        ("ok", 1, "SourceRefused", 100),
    ],
)
def test_what_came_before_a_fault_is_kept_and_the_rest_asked_for_later(many, mood, budget, kind, came) -> None:
    many.moods.set("x", "/2/users", ["ok", mood])
    store = MemoryStore(budget_usd=Decimal(budget))

    records, error = pulled(source(many), store)
    store.budget_usd = Decimal(9)
    later, none = pulled(source(many), store)

    assert (type(error).__name__, len(records)) == (kind, came)
    assert (none, len(later)) == (None, len(IDS))
    assert many.meter.usd == store.usd == Decimal("1.490")
