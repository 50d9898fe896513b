"""Reads parameters as YouTube does, parts, filters, page size and page token, and says no as Google does."""

from dataclasses import dataclass

from demo import tokens
from demo.endpoint import RefusedRequest, SimulatedRequest, SimulatedResponse
from demo.tables import read_tables, rows_of

API = read_tables("demo.youtube", "api.toml")


def problem(status: int, reason: str, *, location: str | None = None, message: str | None = None) -> SimulatedResponse:
    """Return Google's error body of this status and reason."""
    text = message or API["messages"][reason]
    detail = {"message": text, "domain": API["domains"].get(reason, "youtube.api"), "reason": reason}
    if location is not None:
        detail |= {"location": location, "locationType": "parameter"}
    body = {"error": {"code": status, "message": text, "errors": [detail], "status": API["status_names"][str(status)]}}
    return SimulatedResponse(status, body, {"vary": "Origin, X-Origin, Referer"}, "application/json; charset=UTF-8")


@dataclass(frozen=True, slots=True)
class YouTubeEndpoint:
    """One list method: its filters (exactly one must be given), page sizes and parts."""

    name: str
    filters: tuple[str, ...]
    parts: tuple[str, ...]
    least: int
    most: int
    default: int

    @property
    def kind(self) -> str:
        """The word in `kind`, such as playlistItem."""
        return self.name.removesuffix("s")

    @property
    def has_previous_token(self) -> bool:
        """Whether a page tells the token of the page before it; comments are paged forwards only."""
        return self.kind in {"playlistItem", "subscription"}


ENDPOINTS = {endpoint.name: endpoint for endpoint in rows_of(YouTubeEndpoint, API["endpoints"])}
MODERATION = ("published", "heldForReview", "likelySpam", "rejected")
_MOST_IDS = 50


@dataclass(frozen=True, slots=True)
class YouTubeQuery:
    """A request that YouTube takes: the one filter and its values, the parts, and where the page begins."""

    endpoint: YouTubeEndpoint
    filter: str
    values: tuple[str, ...]
    parts: frozenset[str]
    size: int
    offset: int
    moderation: str
    is_plain_text: bool
    listing: str
    for_channels: tuple[str, ...] = ()


def read_query(endpoint: YouTubeEndpoint, question: SimulatedRequest) -> YouTubeQuery:
    """Return what is asked; raise RefusedRequest with Google's 400 when the parameters are not in order."""
    name = _filter(endpoint, question)
    values = tuple(value for given in question.query.getlist(name) for value in given.split(","))
    if name == "id" and len(values) > _MOST_IDS:
        message = "The request specifies too many ids."
        raise RefusedRequest(problem(400, "invalidParameter", location="id", message=message))
    moderation = question.query.get("moderationStatus", "published")
    if moderation not in MODERATION:
        message = f"Invalid value '{moderation}'."
        raise RefusedRequest(problem(400, "invalidParameter", location="moderationStatus", message=message))
    listing = f"{question.path}?{name}={','.join(values)}&{moderation}"
    return YouTubeQuery(
        endpoint=endpoint,
        filter=name,
        values=values,
        parts=_parts(endpoint, question),
        size=_size(endpoint, question),
        offset=_offset(listing, question),
        moderation=moderation,
        is_plain_text=question.query.get("textFormat") == "plainText",
        listing=listing,
        for_channels=tuple(question.query.get("forChannelId", "").split(",")),
    )


def _filter(endpoint: YouTubeEndpoint, question: SimulatedRequest) -> str:
    given = [name for name in endpoint.filters if question.query.get(name) not in {None, "", "false"}]
    if not given:
        raise RefusedRequest(problem(400, "missingRequiredParameter", location="parameters."))
    if len(given) > 1:
        raise RefusedRequest(problem(400, "incompatibleParameters", location="parameters."))
    return given[0]


def _parts(endpoint: YouTubeEndpoint, question: SimulatedRequest) -> frozenset[str]:
    parts = frozenset(part for given in question.query.getlist("part") for part in given.split(",") if part)
    if not parts:
        message = "Required parameter: part"
        raise RefusedRequest(problem(400, "missingRequiredParameter", location="part", message=message))
    unknown = sorted(parts - set(endpoint.parts))
    if unknown:
        raise RefusedRequest(problem(400, "unknownPart", location="part", message=f"'{unknown[0]}'"))
    return parts


def _size(endpoint: YouTubeEndpoint, question: SimulatedRequest) -> int:
    given = question.query.get("maxResults", str(endpoint.default))
    if not (given.isdecimal() and endpoint.least <= int(given) <= endpoint.most):
        message = f"Invalid value '{given}'. Values must be within the range: [{endpoint.least}, {endpoint.most}]"
        raise RefusedRequest(problem(400, "invalidParameter", location="maxResults", message=message))
    # YouTube answers a page size of zero with its default.
    return int(given) or endpoint.default


def _offset(listing: str, question: SimulatedRequest) -> int:
    token = question.query.get("pageToken")
    if not token:
        return 0
    offset = tokens.unseal(listing, token)
    if offset is None:
        raise RefusedRequest(problem(400, "invalidPageToken", location="pageToken"))
    return offset
