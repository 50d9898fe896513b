"""Reads a request's parameters as strictly as X does: every wrong one is named in a 400."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from demo import tokens
from demo.endpoint import RefusedRequest, SimulatedRequest
from demo.x.api_versions import EXPANSIONS_RENAMED, NEW_NAMES, Sizes, XEdition, XEndpoint
from demo.x.problems import Invalid, invalid_request

_ID = re.compile(r"[0-9]{1,19}")
_USERNAME = re.compile(r"[A-Za-z0-9_]{1,15}")
_MOST_IDS = 100
_MOST_QUERY = 512


@dataclass(slots=True)
class XQuery:
    """A request that X takes; fields and expansions are in the new names, `offset` is where the page begins."""

    size: int = 0
    offset: int = 0
    post_fields: frozenset[str] = frozenset()
    user_fields: frozenset[str] = frozenset()
    media_fields: frozenset[str] = frozenset()
    expansions: frozenset[str] = frozenset()
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        """Return the value of a parameter that has one, or None."""
        return next(iter(self.values.get(name, ())), None)

    def time(self, name: str) -> datetime | None:
        """Return a parameter that is a time, aware, or None."""
        value = self.one(name)
        return None if value is None else datetime.fromisoformat(value)


def read_query(endpoint: XEndpoint, edition: XEdition, question: SimulatedRequest, listing: str) -> XQuery:
    """Return what is asked of this endpoint; raise RefusedRequest with X's 400 when it is not in order."""
    choices = _choices(endpoint, edition)
    allowed = (*endpoint.more, *choices, *(("max_results", *endpoint.token_parameters) if endpoint.sizes else ()))
    invalid: list[Invalid] = []
    for name in question.query:
        if name not in allowed:
            message = f"The query parameter [{name}] is not one of [{','.join(sorted({*allowed, *question.ids}))}]"
            invalid.append(Invalid(name, (question.query[name],), message))
    values = {name: tuple(question.query[name].split(",")) for name in question.query if name in allowed}
    if "query" in values:
        values["query"] = (question.query["query"],)
    asked = XQuery(values=values)
    for name, choice in choices.items():
        invalid += _not_chosen(name, values.get(name, ()), choice)
    invalid += _lists(endpoint, values, question)
    invalid += _single(values)
    if endpoint.sizes:
        invalid += _paging(endpoint, endpoint.sizes, asked, listing)
    if invalid:
        raise RefusedRequest(invalid_request(edition, invalid))
    return _with_fields(asked)


def _choices(endpoint: XEndpoint, edition: XEdition) -> dict[str, list[str]]:
    choices = edition.post_fields() | {"user.fields": edition.takes("user_fields")}
    if endpoint.returns == "user":
        return choices | {"expansions": edition.takes("user_expansions")}
    choices |= {"expansions": edition.takes("post_expansions")}
    choices |= {f"{kind}.fields": edition.takes(f"{kind}_fields") for kind in ("media", "poll", "place")}
    if "exclude" in endpoint.more:
        choices["exclude"] = ["replies", "retweets"]
    if "sort_order" in endpoint.more:
        choices["sort_order"] = ["recency", "relevancy"]
    return choices


def _not_chosen(name: str, given: tuple[str, ...], choice: list[str]) -> list[Invalid]:
    return [
        Invalid(name, (value,), f"The `{name}` query parameter value [{value}] is not one of [{','.join(choice)}]")
        for value in given
        if value not in choice
    ]


def _lists(endpoint: XEndpoint, values: dict[str, tuple[str, ...]], question: SimulatedRequest) -> list[Invalid]:
    invalid = [
        Invalid("id", (value,), f"The `id` query parameter value [{value}] is not valid")
        for value in question.ids.values()
        if not _ID.fullmatch(value)
    ]
    for name, form in (("ids", _ID), ("usernames", _USERNAME)):
        given = values.get(name, ())
        if name in endpoint.more and given in {(), ("",)}:
            invalid.append(Invalid(name, (), f"The `{name}` query parameter can not be empty"))
            continue
        if len(given) > _MOST_IDS:
            message = (
                f"The number of values in the `{name}` query parameter list [{len(given)}] is not between 1 and 100"
            )
            invalid.append(Invalid(name, given, message))
        wrong = [value for value in given if not form.fullmatch(value)]
        invalid += [
            Invalid(name, (value,), f"The `{name}` query parameter value [{value}] does not match {form.pattern}")
            for value in wrong
        ]
    query = values.get("query", ("",))[0]
    if "query" in endpoint.more and not 1 <= len(query) <= _MOST_QUERY:
        invalid.append(Invalid("query", (query,), "The `query` query parameter must have between 1 and 512 characters"))
    return invalid


def _single(values: dict[str, tuple[str, ...]]) -> list[Invalid]:
    invalid = []
    for name in ("since_id", "until_id"):
        value = values.get(name, ("0",))[0]
        if not _ID.fullmatch(value):
            invalid.append(Invalid(name, (value,), f"The `{name}` query parameter value [{value}] is not valid"))
    for name in ("start_time", "end_time"):
        for value in values.get(name, ()):
            if not _is_time(value):
                message = f"The `{name}` query parameter value [{value}] is not a valid RFC3339 date"
                invalid.append(Invalid(name, (value,), message))
    return invalid


def _is_time(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _paging(endpoint: XEndpoint, sizes: Sizes, asked: XQuery, listing: str) -> list[Invalid]:
    invalid = []
    given = asked.one("max_results") or str(sizes.default)
    if given.isdecimal() and sizes.least <= int(given) <= sizes.most:
        asked.size = int(given)
    else:
        message = f"The `max_results` query parameter value [{given}] is not between {sizes.least} and {sizes.most}"
        invalid.append(Invalid("max_results", (given,), message))
    for name in endpoint.token_parameters:
        for token in asked.values.get(name, ()):
            offset = tokens.unseal(listing, token)
            if offset is None:
                invalid.append(Invalid(name, (token,), f"The `{name}` query parameter value [{token}] is not valid"))
            else:
                asked.offset = offset
    return invalid


def _with_fields(asked: XQuery) -> XQuery:
    given = asked.values.get("tweet.fields", ()) + asked.values.get("post.fields", ())
    expansions = frozenset(EXPANSIONS_RENAMED.get(name, name) for name in asked.values.get("expansions", ()))
    # An expansion brings along the field that it expands.
    brought = {name.partition(".")[0] for name in expansions if not name.startswith("referenced_tweets.id.")}
    if any(name.startswith("referenced_") for name in expansions):
        brought.add("referenced_posts")
    asked.expansions = expansions
    asked.post_fields = frozenset({NEW_NAMES.get(name, name) for name in given} | brought)
    asked.user_fields = frozenset(NEW_NAMES.get(name, name) for name in asked.values.get("user.fields", ()))
    asked.media_fields = frozenset(asked.values.get("media.fields", ()))
    return asked
