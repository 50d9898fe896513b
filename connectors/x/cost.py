"""What X's answers cost: dated prices from prices.toml, and the page size, which is a price too.

X bills each resource returned, not each request: a page of 1000 that is read for 15 new rows costs 1000. What it
returned before on the same UTC day it does not bill again, at whatever endpoint.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from connectors.source import RequestCost
from policies.toml_text import packaged_toml

SMALL_PAGE = 100
LARGE_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Price:
    """The price of one resource of one endpoint, in US dollars, and which kind of resource it is: user or post."""

    returns: str
    usd: Decimal
    owned_usd: Decimal


# By endpoint; without an owned price the full one holds.
PRICES = {
    row["name"]: Price(row["returns"], Decimal(row["usd"]), Decimal(row.get("owned_usd", row["usd"])))
    for row in packaged_toml("connectors.x", "prices.toml")["endpoint"]
}


def cost(endpoint: str, returned: int, *, is_owned: bool) -> RequestCost:
    """Return what an answer of this endpoint with so many resources costs."""
    price = PRICES[endpoint]
    return RequestCost(resources=returned, usd=returned * (price.owned_usd if is_owned else price.usd))


def charged_once_a_day(endpoint: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Return what X charges once a day of an answer with these ids, such as "x/user/123", each but once."""
    returns = PRICES[endpoint].returns
    return tuple(dict.fromkeys(f"x/{returns}/{resource_id}" for resource_id in ids))


def follow_page_size(count: int | None, *, stops_early: bool) -> int:
    """Return how many followers to ask for at a time: few when the list may stop early, else what there is.

    A page no larger than the list keeps the budget from setting aside money for rows that do not exist.
    """
    if stops_early or count is None:
        return SMALL_PAGE
    hundreds = -(-(count + 1) // SMALL_PAGE)
    return min(LARGE_PAGE, max(SMALL_PAGE, hundreds * SMALL_PAGE))
