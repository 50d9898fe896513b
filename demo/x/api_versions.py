"""X's endpoints, and the two spellings of its fields: before (2.166) and after (2.167) the rename of 7 August 2026.

Inside the simulator the new names are used; `XEdition.wire` gives the name that goes over the wire.
What each edition's parameters take stands in `fields.toml`, all else in `api.toml`.
"""

from dataclasses import dataclass
from decimal import Decimal

from demo.tables import read_tables, rows_of

API = read_tables("demo.x", "api.toml")
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


ENDPOINTS = {endpoint.name: endpoint for endpoint in rows_of(XEndpoint, API["endpoints"])}

RENAMED: dict[str, str] = API["renamed"]
EXPANSIONS_RENAMED: dict[str, str] = API["expansions"]
NEW_NAMES = {old: new for new, old in RENAMED.items()}
FIELDS: dict[str, dict[str, list[str]]] = read_tables("demo.x", "fields.toml")


@dataclass(frozen=True, slots=True)
class XEdition:
    """One edition of X's published description: the names it uses and the values that its parameters take."""

    version: str
    is_new: bool
    problem_host: str

    def wire(self, name: str) -> str:
        """Return how this edition spells a name that the simulator knows by its new form."""
        return name if self.is_new else RENAMED.get(name, name)

    def post_fields(self) -> dict[str, list[str]]:
        """Return the parameters that choose a post's fields, with what each takes."""
        return {"post.fields" if self.is_new else "tweet.fields": self.takes("post_fields")}

    def takes(self, name: str) -> list[str]:
        """Return the values of a list in `fields.toml`: this edition's, and no others."""
        return FIELDS[self.version][name]


OLD_EDITION = XEdition(version="2.166", is_new=False, problem_host="https://api.twitter.com")
NEW_EDITION = XEdition(version="2.167", is_new=True, problem_host="https://api.x.com")
X_EDITIONS = {edition.version: edition for edition in (OLD_EDITION, NEW_EDITION)}
