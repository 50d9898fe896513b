"""X's read endpoints: path, parameters, page sizes, prices and rate limits."""

from dataclasses import dataclass
from decimal import Decimal

from demo.tables import read_tables, rows_of

OWNED = Decimal("0.001")
PRICES = {"user": Decimal("0.010"), "post": Decimal("0.005")}
WINDOW_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Sizes:
    """The least and the most that `max_results` may be, and what it is when not given."""

    least: int
    most: int
    default: int


@dataclass(frozen=True, slots=True)
class XEndpoint:
    """One endpoint; limits are requests in 15 minutes, for an app and for a user (None: not open to it).

    `returns` is what stands in `data` and is billed; `is_ownable` says whether the owner's price exists.
    `more` are the parameters beyond fields, expansions and paging.
    """

    name: str
    path: str
    returns: str
    user_limit: int
    app_limit: int | None = None
    sizes: Sizes | None = None
    is_ownable: bool = False
    more: tuple[str, ...] = ()

    @property
    def token_parameters(self) -> tuple[str, ...]:
        """The names under which an endpoint with pages takes a page token."""
        return ("next_token", "pagination_token") if "query" in self.more else ("pagination_token",)

    @property
    def has_previous_token(self) -> bool:
        """Whether a page tells the token of the page before it."""
        return self.name not in {"getPostsQuotedPosts", "searchPostsRecent"}


ENDPOINTS = {
    endpoint.name: endpoint for endpoint in rows_of(XEndpoint, read_tables("demo.x", "api.toml")["endpoints"])
}
