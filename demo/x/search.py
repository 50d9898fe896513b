"""X's recent search: seven days, and the operators that an audit may need; all words must fit, OR gives choices."""

from collections.abc import Callable
from datetime import datetime, timedelta

from demo.endpoint import RefusedRequest
from demo.model import XPost, XState
from demo.x.api_versions import XEdition
from demo.x.posts import is_about, is_repost, standing, within
from demo.x.problems import Invalid, invalid_request
from demo.x.query import XQuery

DAYS = 7
Fits = Callable[[XPost], bool]


def search(state: XState, asked: XQuery, edition: XEdition, now: datetime) -> list[XPost]:
    """Return the posts of the last seven days that the query fits; raise RefusedRequest when it cannot be read."""
    query, earliest = asked.one("query") or "", now - timedelta(days=DAYS)
    start = asked.time("start_time")
    if start is not None and start < earliest:
        value = asked.one("start_time") or ""
        message = f"Invalid 'start_time':'{value}'. 'start_time' must be on or after {earliest:%Y-%m-%dT%H:%MZ}."
        raise RefusedRequest(invalid_request(edition, [Invalid("start_time", (value,), message)]))
    choices = [[_term(state, word, edition) for word in choice.strip("() ").split()] for choice in query.split(" OR ")]
    recent = (post for post in standing(state) if earliest <= post.created_at <= now)
    return within((p for p in recent if any(all(fits(p) for fits in terms) for terms in choices)), asked)


def _term(state: XState, word: str, edition: XEdition) -> Fits:
    if word.startswith("-"):
        inner = _term(state, word[1:], edition)
        return lambda post: not inner(post)
    name, colon, value = word.partition(":")
    if not colon:
        return _words(state, word)
    operators = _operators(state, value)
    if name not in operators:
        message = f"There were errors processing your request: Reference to invalid operator '{name}'."
        raise RefusedRequest(invalid_request(edition, [Invalid("query", (word,), message)]))
    return operators[name]


def _words(state: XState, word: str) -> Fits:
    if word.startswith("@"):
        user_id = _id_of(state, word[1:])
        return lambda post: is_about(post, user_id, word[1:])
    # Since May 2026 a search for words no longer returns reposts.
    return lambda post: not is_repost(post) and word.strip('"').casefold() in post.text.casefold()


def _operators(state: XState, value: str) -> dict[str, Fits]:
    user_id = _id_of(state, value.removeprefix("@"))
    is_kinds: dict[str, Fits] = {
        "retweet": is_repost,
        "reply": lambda post: post.in_reply_to_user_id is not None,
        "quote": lambda post: any(kind == "quoted" for kind, _ in post.references),
    }
    return {
        "conversation_id": lambda post: post.conversation_id == value,
        "to": lambda post: post.in_reply_to_user_id == user_id,
        "from": lambda post: post.author_id == user_id,
        "in_reply_to_tweet_id": lambda post: ("replied_to", value) in post.references,
        "retweets_of_tweet_id": lambda post: ("reposted", value) in post.references,
        "quotes_of_tweet_id": lambda post: ("quoted", value) in post.references,
        **({"is": is_kinds[value]} if value in is_kinds else {}),
    }


def _id_of(state: XState, name: str) -> str:
    wanted = name.casefold()
    return next((u.id for u in state.users.values() if wanted in {u.username.casefold(), u.id}), "")
