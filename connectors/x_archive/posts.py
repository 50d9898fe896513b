"""What a post in an X archive refers to, and the whole text of a long one.

X keeps long texts in a file of their own, and cuts what stands on the post itself.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from connectors.records import Post
from connectors.x_archive.values import id_of, inner, moment, whole

_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/\w+/status/(\d{1,19})(?:[/?].*)?", re.ASCII)
_ARTICLE = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w+)/articles?/\d{1,19}(?:[/?].*)?", re.ASCII)
_REPOST = re.compile(r"RT @(\w{1,15}):", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reference:
    """The kind of a post, and the post and the actor that it refers to."""

    kind: str
    post_id: str | None = None
    actor_id: str | None = None


def reference(fields: Mapping[str, Any], text: str, post_id: str) -> Reference:
    """Return what this post refers to; of a quoted post the archive never says who wrote it."""
    if text.startswith("RT @") or "retweeted_status" in fields:
        reposted = inner(fields.get("retweeted_status")) or {}
        return Reference("repost", id_of(reposted.get("id_str")), _reposted_actor(fields.get("entities"), text))
    replied = id_of(fields.get("in_reply_to_status_id_str")) or id_of(fields.get("in_reply_to_status_id"))
    if replied or fields.get("in_reply_to_user_id_str") or fields.get("in_reply_to_user_id"):
        return Reference("reply", replied, addressee(fields))
    quoted = id_of(fields.get("quoted_status_id_str")) or _quoted(fields.get("entities"), post_id)
    return Reference("quote", quoted) if quoted else Reference("post")


def addressee(fields: Mapping[str, Any]) -> str | None:
    """Return whom a post answers."""
    return id_of(fields.get("in_reply_to_user_id_str")) or id_of(fields.get("in_reply_to_user_id"))


def _reposted_actor(entities: Any, text: str) -> str | None:
    """Return the id of the account after `RT @`, where it is among those that the post mentions."""
    named = _REPOST.match(text)
    mentions = entities.get("user_mentions") if isinstance(entities, dict) else None
    for mention in map(inner, mentions if named and isinstance(mentions, list) else ()):
        if named and mention and str(mention.get("screen_name")).casefold() == named[1].casefold():
            return id_of(mention.get("id_str")) or id_of(mention.get("id"))
    return None


def _quoted(entities: Any, post_id: str) -> str | None:
    """Return the post that the last link leads to: X shows it as a quotation. A long post links to itself."""
    match = _STATUS.fullmatch((["", *_links(entities)])[-1])
    return match[1] if match and match[1] != post_id else None


def shows_article(fields: Mapping[str, Any], handle: str) -> bool:
    """Say whether a post shows an article of the account with this handle: X gives the post, and not its words."""
    articles = filter(None, map(_ARTICLE.fullmatch, _links(fields.get("entities"))))
    return any(match[1].casefold() in {"i", handle.removeprefix("@").casefold()} for match in articles)


def _links(entities: Any) -> list[str]:
    """Return where the links of a post lead to."""
    links = entities.get("urls") if isinstance(entities, dict) else None
    return [str((inner(link) or {}).get("expanded_url")) for link in (links if isinstance(links, list) else ())]


LINK = re.compile(r"https://t\.co/\w+", re.ASCII)
CUT_FROM = 250  # a text that X cut is about as long as a post may be; a shorter one ends so by its writer's choice


@dataclass(frozen=True, slots=True)
class Note:
    """The whole text of a long post; the archive does not say of which, only when it was written."""

    created_at: datetime
    text: str


Notes = Mapping[int, Sequence[Note]]


def notes(rows: Iterable[Any]) -> Notes:
    """Return the long texts of note-tweet.js by the second, since 1970, in which they were written."""
    by_second: dict[int, list[Note]] = defaultdict(list)
    for note in map(_note, rows):
        if note is not None:
            by_second[_second(note.created_at)].append(note)
    return by_second


def with_note(post: Post, notes: Notes) -> Post:
    """Return the post with its whole text, where a long text of the same second begins as the post does."""
    beginning = html.unescape(post.text.partition(" https://t.co/")[0]).rstrip("… ")
    if not beginning or post.posted_at is None:
        return post
    second = _second(post.posted_at)
    for candidate in (note for near in (second, second - 1, second + 1) for note in notes.get(near, ())):
        text = html.unescape(candidate.text)
        if len(text) > len(beginning) and text.startswith(beginning):
            return replace(post, text=candidate.text)
    return post


def _second(when: datetime) -> int:
    return int(when.timestamp())


def is_cut(fields: Mapping[str, Any], post: Post) -> bool:
    """Say whether X left the end of the text out: of a long repost, and of a long post whose note is not there."""
    beginning = LINK.sub("", post.text).rstrip()
    if post.kind == "repost":
        return post.text.startswith("RT @") and beginning.endswith("…")
    length = sum(1 if sign <= "\u10ff" or sign == "…" else 2 for sign in html.unescape(post.text))  # as X counts
    return fields.get("truncated") is True or (beginning.endswith("…") and length >= CUT_FROM)


def _note(row: Any) -> Note | None:
    """Return the long text in a row of note-tweet.js; None when it holds none."""
    fields = inner(row, "noteTweet")
    core = fields.get("core") if fields is not None else None
    created_at = moment(fields.get("createdAt")) if fields is not None else None
    text = core.get("text") if isinstance(core, dict) else None
    return Note(created_at, whole(text)) if created_at is not None and isinstance(text, str) else None
