"""Turns the parsed files of an X archive into records: pure and strict, one row at a time.

A row that has not the form we know is counted as a signal and left out; its walk is then not whole.
The archive gives every number as text, and the ids alone of those who follow: no names, no dates.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from connectors.records import Follow, Medium, Post, Profile
from connectors.source import Account
from connectors.x_archive.fields import ACCOUNT_FIELDS, FOLLOW_FIELDS, MEDIUM_FIELDS, POST_FIELDS, PROFILE_FIELDS
from connectors.x_archive.moments import moment
from connectors.x_archive.signals import Signals

MEDIUM_KINDS = {"photo": "3_", "video": "7_", "animated_gif": "16_"}

_ID = re.compile(r"[0-9]{1,19}")
_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/\w+/status/(\d{1,19})(?:[/?].*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Note:
    """The whole text of a long post; the archive does not say of which, only when it was written."""

    created_at: datetime
    text: str


def inner(row: Any, *names: str) -> Mapping[str, Any] | None:
    """Return what is inside a row's wrapper, or the row itself where it has none (2019); None if it is no object."""
    if not isinstance(row, dict):
        return None
    wrapped = next((row[name] for name in names if set(row) == {name}), row)
    return wrapped if isinstance(wrapped, dict) else None


def whole(text: str) -> str:
    """Return the text with halves of signs, which no database takes, replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def profile(account: Mapping[str, Any], about: Mapping[str, Any], signals: Signals) -> Profile:
    """Return the account's own profile out of account.js and profile.js."""
    signals.leftovers("account", account, ACCOUNT_FIELDS)
    signals.leftovers("profile", about, PROFILE_FIELDS)
    description = about.get("description")
    said = description if isinstance(description, dict) else {}
    signals.leftovers("profile", said, {"bio", "website", "location"}, "description.")
    return Profile(
        platform="x",
        account_id=str(account["accountId"]),
        handle=_text(account.get("username")),
        display_name=_text(account.get("accountDisplayName")),
        bio=_text(said.get("bio")),
        location=_text(said.get("location")),
        url=_text(said.get("website")),
        picture_url=_text(about.get("avatarMediaUrl")),
        created_at=moment(account.get("createdAt")),
    )


def follow(row: Any, account: Account, direction: str, signals: Signals) -> Follow | None:
    """Return the line between the account and an actor; None when the row has no id we know."""
    fields = inner(row, direction)
    actor_id = _id(fields.get("accountId")) if fields is not None else None
    if fields is None or actor_id is None:
        signals.count(direction, "(a row that is not understood)")
        return None
    signals.leftovers(direction, fields, FOLLOW_FIELDS)
    return Follow(platform="x", account_id=account.account_id, actor_id=actor_id, direction=direction)


def note(row: Any) -> Note | None:
    """Return the long text in a row of note-tweet.js; None when it holds none."""
    fields = inner(row, "noteTweet")
    core = fields.get("core") if fields is not None else None
    created_at = moment(fields.get("createdAt")) if fields is not None else None
    text = core.get("text") if isinstance(core, dict) else None
    return Note(created_at, whole(text)) if created_at is not None and isinstance(text, str) else None


def post(fields: Mapping[str, Any], account: Account, signals: Signals) -> Post | None:
    """Return the post; None when it has no id or no text."""
    post_id = _id(fields.get("id_str")) or _id(fields.get("id"))
    text = _text(fields.get("full_text", fields.get("text")))
    if post_id is None or text is None:
        signals.count("posts", "(a row that is not understood)")
        return None
    signals.leftovers("posts", fields, POST_FIELDS)
    kind, refers_to = _kind(fields, text, post_id)
    return Post(
        platform="x",
        account_id=account.account_id,
        post_id=post_id,
        first_version_id=_first_version(fields.get("edit_info")) or post_id,
        kind=kind,
        posted_at=moment(fields.get("created_at")),
        text=text,
        in_reply_to_actor_id=_id(fields.get("in_reply_to_user_id_str")) or _id(fields.get("in_reply_to_user_id")),
        refers_to_post_id=refers_to,
        repost_count=_number(fields.get("retweet_count")),
        deleted_at=moment(fields.get("deleted_at")),
    )


def with_note(found: Post, notes: Sequence[Note]) -> Post:
    """Return the post with its whole text, where a long text of the same second begins as the post does."""
    beginning = html.unescape(found.text.partition(" https://t.co/")[0]).rstrip("… ")
    for candidate in notes if beginning else ():
        is_then = found.posted_at is not None and abs((candidate.created_at - found.posted_at).total_seconds()) < 2
        told = html.unescape(candidate.text)
        if is_then and len(told) > len(beginning) and told.startswith(beginning):
            return replace(found, text=candidate.text)
    return found


def media(fields: Mapping[str, Any], found: Post, signals: Signals) -> list[Medium]:
    """Return the media of a post; the extended list is the whole one, the plain list has only the first."""
    media_by_id: dict[str, Medium] = {}
    for name in ("extended_entities", "entities"):
        entities = fields.get(name)
        listed = entities.get("media") if isinstance(entities, dict) else None
        for entry in listed if isinstance(listed, list) else []:
            medium = _medium(entry, found, signals)
            if medium is not None:
                media_by_id.setdefault(medium.medium_id, medium)
        if media_by_id:
            break
    return list(media_by_id.values())


def _medium(entry: Any, found: Post, signals: Signals) -> Medium | None:
    known = inner(entry)
    medium_id = _id(known.get("id_str")) or _id(known.get("id")) if known is not None else None
    kind = known.get("type") if known is not None else None
    if known is None or medium_id is None or kind not in MEDIUM_KINDS:
        signals.count("media", "(a medium that is not understood)")
        return None
    signals.leftovers("media", known, MEDIUM_FIELDS)
    size = known.get("original_info")
    return Medium(
        platform="x",
        account_id=found.account_id,
        post_id=found.post_id,
        medium_id=f"{MEDIUM_KINDS[kind]}{medium_id}",
        kind=kind,
        url=_text(known.get("media_url_https")) or _text(known.get("media_url")),
        alt_text=_text(known.get("ext_alt_text")),
        width=_number(size.get("width")) if isinstance(size, dict) else None,
        height=_number(size.get("height")) if isinstance(size, dict) else None,
    )


def _kind(fields: Mapping[str, Any], text: str, post_id: str) -> tuple[str, str | None]:
    if text.startswith("RT @") or "retweeted_status" in fields:
        reposted = inner(fields.get("retweeted_status"))
        return "repost", _id(reposted.get("id_str")) if reposted is not None else None
    replied = _id(fields.get("in_reply_to_status_id_str")) or _id(fields.get("in_reply_to_status_id"))
    if replied or fields.get("in_reply_to_user_id_str") or fields.get("in_reply_to_user_id"):
        return "reply", replied
    quoted = _id(fields.get("quoted_status_id_str")) or _quoted(fields.get("entities"), post_id)
    return ("quote", quoted) if quoted else ("post", None)


def _quoted(entities: Any, post_id: str) -> str | None:
    """Return the post that the last link leads to: X shows it as a quotation. A long post links to itself."""
    links = entities.get("urls") if isinstance(entities, dict) else None
    last = inner(links[-1]) if isinstance(links, list) and links else None
    match = _STATUS.fullmatch(str(last.get("expanded_url"))) if last is not None else None
    return match[1] if match and match[1] != post_id else None


def _first_version(edit_info: Any) -> str | None:
    known = inner(edit_info, "initial", "edit")
    if known is None:
        return None
    control = inner(known.get("editControlInitial")) or known
    versions = control.get("editTweetIds")
    first = versions[0] if isinstance(versions, list) and versions else known.get("initialTweetId")
    return _id(first)


def _id(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) and _ID.fullmatch(str(value)) else None


def _text(value: Any) -> str | None:
    return whole(value) if isinstance(value, str) and value else None


def _number(value: Any) -> int | None:
    return int(value) if isinstance(value, str | int) and _ID.fullmatch(str(value)) else None
