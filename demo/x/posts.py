"""Which posts stand in which of X's lists, or fit a search: newest first, each in its newest version only."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from demo.endpoint import RefusedRequest
from demo.model import XPost, XState
from demo.x.api_versions import XEdition
from demo.x.problems import Invalid, invalid_request
from demo.x.query import XQuery

TIMELINE_CAP = 3_200
TIMELINE_CAP_WITHOUT_REPLIES = 800
MENTIONS_CAP = 800
SEARCHED_DAYS = 7
Fits = Callable[[XPost], bool]


def newest(state: XState, post_id: str) -> XPost | None:
    """Return the newest version of this post, whichever version's id is given; None if X does not know it."""
    for post in state.posts.values():
        if post_id in post.versions and post.id != post_id:
            return post
    return state.posts.get(post_id)


def standing(state: XState) -> list[XPost]:
    """Return every post, newest first, without the versions that an edit replaced."""
    replaced = {version for post in state.posts.values() for version in post.versions if version != post.id}
    posts = [post for post in state.posts.values() if post.id not in replaced]
    return sorted(posts, key=lambda post: (post.created_at, int(post.id)), reverse=True)


def timeline(state: XState, user_id: str, asked: XQuery) -> list[XPost]:
    """Return the posts of a user as far as X's cap lets one page back, within what was asked."""
    left_out = asked.values.get("exclude", ())
    cap = TIMELINE_CAP_WITHOUT_REPLIES if "replies" in left_out else TIMELINE_CAP
    own = [post for post in standing(state) if post.author_id == user_id][:cap]
    return within(_without(own, left_out), asked)


def mentions(state: XState, user_id: str, asked: XQuery) -> list[XPost]:
    """Return the posts of others that mention or answer a user, at most the newest 800."""
    handle = state.users[user_id].username
    mentioning = [
        post
        for post in standing(state)
        if post.author_id != user_id and not is_repost(post) and is_about(post, user_id, handle)
    ]
    return within(mentioning[:MENTIONS_CAP], asked)


def referring(state: XState, post_id: str, kind: str, asked: XQuery) -> list[XPost]:
    """Return the posts that quote or repost this one."""
    post = newest(state, post_id)
    versions = {post_id} if post is None else {post_id, post.id, *post.versions}
    referring_posts = [p for p in standing(state) if any(k == kind and other in versions for k, other in p.references)]
    return _without(referring_posts, asked.values.get("exclude", ()))


def within(posts: Iterable[XPost], asked: XQuery) -> list[XPost]:
    """Return the posts inside the asked ids and times; the lower ends are open for ids, closed for times."""
    since, until = int(asked.one("since_id") or 0), int(asked.one("until_id") or 10**19)
    start, end = asked.time("start_time"), asked.time("end_time")
    return [
        post
        for post in posts
        if since < int(post.id) < until
        and (start is None or post.created_at >= start)
        and (end is None or post.created_at < end)
    ]


def is_repost(post: XPost) -> bool:
    """Whether the post only passes another on."""
    return any(kind == "reposted" for kind, _ in post.references)


def is_about(post: XPost, user_id: str, handle: str) -> bool:
    """Whether the post mentions this user, in its list or in its words, or answers them."""
    is_named = re.search(rf"(?<!\w)@{re.escape(handle)}(?!\w)", post.text, re.IGNORECASE) is not None
    return is_named or user_id in post.mentions or post.in_reply_to_user_id == user_id


def _without(posts: list[XPost], left_out: Sequence[str]) -> list[XPost]:
    if "replies" in left_out:
        posts = [post for post in posts if post.in_reply_to_user_id is None]
    if "retweets" in left_out:
        posts = [post for post in posts if not is_repost(post)]
    return posts


def search(state: XState, asked: XQuery, edition: XEdition, now: datetime) -> list[XPost]:
    """Return the posts of the last seven days that the query fits; raise RefusedRequest when it cannot be read.

    It knows the operators that an audit may need; all words must fit, and OR gives choices.
    """
    query, earliest = asked.one("query") or "", now - timedelta(days=SEARCHED_DAYS)
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
