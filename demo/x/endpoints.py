"""X's read endpoints as a table: path, parameters, page sizes, prices and rate limits."""

from dataclasses import dataclass
from decimal import Decimal

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
    app_limit: int | None
    user_limit: int
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


_TIME = ("since_id", "until_id", "start_time", "end_time")

ENDPOINTS = {
    endpoint.name: endpoint
    for endpoint in (
        XEndpoint("getUsersMe", "/2/users/me", "user", None, 75),
        XEndpoint("getUsersByUsernames", "/2/users/by", "user", 300, 900, more=("usernames",)),
        XEndpoint("getUsersByIds", "/2/users", "user", 300, 900, more=("ids",)),
        XEndpoint("getUsersById", "/2/users/{id}", "user", 300, 900),
        XEndpoint(
            "getUsersPosts", "/2/users/{id}/tweets", "post", 10_000, 900, Sizes(5, 100, 10), True, ("exclude", *_TIME)
        ),
        XEndpoint("getUsersMentions", "/2/users/{id}/mentions", "post", 450, 300, Sizes(5, 100, 10), True, _TIME),
        XEndpoint("getUsersFollowers", "/2/users/{id}/followers", "user", 300, 300, Sizes(1, 1000, 100), True),
        XEndpoint("getUsersFollowing", "/2/users/{id}/following", "user", 300, 300, Sizes(1, 1000, 100), True),
        # The table of rate limits names an app's limit too, but the description lets no app-only token in.
        XEndpoint("getUsersLikedPosts", "/2/users/{id}/liked_tweets", "post", None, 75, Sizes(5, 100, 100), True),
        XEndpoint("getPostsRepostedBy", "/2/tweets/{id}/retweeted_by", "user", 75, 75, Sizes(1, 100, 100)),
        XEndpoint("getPostsReposts", "/2/tweets/{id}/retweets", "post", 75, 75, Sizes(1, 100, 100)),
        XEndpoint(
            "getPostsQuotedPosts", "/2/tweets/{id}/quote_tweets", "post", 75, 75, Sizes(10, 100, 10), more=("exclude",)
        ),
        XEndpoint(
            "searchPostsRecent",
            "/2/tweets/search/recent",
            "post",
            450,
            300,
            Sizes(10, 100, 10),
            more=("query", "sort_order", *_TIME),
        ),
        XEndpoint("getPostsByIds", "/2/tweets", "post", 3_500, 5_000, more=("ids",)),
    )
}
