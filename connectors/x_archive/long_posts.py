"""The whole texts of long posts: X keeps them in a file of their own, and cuts what stands on the post itself."""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from connectors.records import Post
from connectors.x_archive.values import inner, moment, whole

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
