"""Turns the parsed files of an X archive into records: pure and strict, one row at a time.

A row that has not the form we know is counted as a signal and left out; its listing is then not whole.
The archive gives every number as text, and the ids alone of those who follow: no names, no dates.
"""

import html
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from connectors.records import Follow, Medium, Post, Profile
from connectors.source import Account
from connectors.x_archive.layout import known_fields
from connectors.x_archive.posts import addressee, reference
from connectors.x_archive.values import ArchiveUnknownFields, id_of, inner, moment, number_of, text_of

_HANDLE = re.compile(r"\w{1,15}", re.ASCII)
_PROGRAM = re.compile(r"(?:<a [^>]*>)?([^<>]{1,100})(?:</a>)?")
MEDIUM_KINDS = {"photo": "3_", "video": "7_", "animated_gif": "16_"}


def profile(account: Mapping[str, Any], about: Mapping[str, Any], signals: ArchiveUnknownFields) -> Profile:
    """Return the account's own profile out of account.js and profile.js."""
    signals.leftovers("account", account, known_fields("account"))
    signals.leftovers("profile", about, known_fields("profile"))
    description = about.get("description")
    details = description if isinstance(description, dict) else {}
    signals.leftovers("profile", details, {"bio", "website", "location"}, "description.")
    return Profile(
        platform="x",
        account_id=str(account["accountId"]),
        handle=text_of(account.get("username")),
        display_name=text_of(account.get("accountDisplayName")),
        bio=text_of(details.get("bio")),
        location=text_of(details.get("location")),
        url=text_of(details.get("website")),
        picture_url=text_of(about.get("avatarMediaUrl")),
        created_at=moment(account.get("createdAt")),
    )


def whose(owners: Sequence[Mapping[str, Any]]) -> str:
    """Return whose an archive is, in words: by the id and the handle that stand in it, where they are such."""
    ids = list(dict.fromkeys(each for owner in owners if (each := id_of(owner.get("accountId")))))
    handles = [h for owner in owners if isinstance(h := owner.get("username"), str) and _HANDLE.fullmatch(h)]
    if len(ids) > 1:
        return f"names {len(ids)} accounts as its own, {' and '.join(ids[:3])}"
    if not ids:
        return "does not say whose it is"
    return f"is of the account {ids[0]}" + (f" (@{handles[0]})" if handles else "")


def has_all(about: Mapping[str, Any]) -> bool:
    """Say whether profile.js tells all that the account says of itself."""
    details = about.get("description")
    parts = ("bio", "website", "location")
    return isinstance(details, dict) and all(isinstance(details.get(part, ""), str) for part in parts)


def follow(row: Any, account: Account, direction: str, signals: ArchiveUnknownFields) -> Follow | None:
    """Return the line between the account and an actor; None when the row has no id we know."""
    fields = inner(row, direction)
    actor_id = id_of(fields.get("accountId")) if fields is not None else None
    if fields is None or actor_id is None:
        signals.misread(direction)
        return None
    signals.leftovers(direction, fields, known_fields("follows"))
    return Follow(platform="x", account_id=account.account_id, actor_id=actor_id, direction=direction)


def post(fields: Mapping[str, Any], account: Account, signals: ArchiveUnknownFields) -> Post | None:
    """Return the post; None when it has no id or no text."""
    post_id = id_of(fields.get("id_str")) or id_of(fields.get("id"))
    text = text_of(fields.get("full_text", fields.get("text")))
    if post_id is None or text is None:
        signals.misread("posts")
        return None
    signals.leftovers("posts", fields, known_fields("posts"))
    refers_to = reference(fields, text, post_id)
    return Post(
        platform="x",
        account_id=account.account_id,
        post_id=post_id,
        first_version_id=_first_version(fields.get("edit_info")) or post_id,
        kind=refers_to.kind,
        posted_at=moment(fields.get("created_at")),
        text=text,
        in_reply_to_actor_id=addressee(fields),
        refers_to_post_id=refers_to.post_id,
        refers_to_actor_id=refers_to.actor_id,
        repost_count=number_of(fields.get("retweet_count")),
        deleted_at=moment(fields.get("deleted_at")),
        posted_with=posted_with(fields.get("source")),
        has_place=any(fields.get(name) for name in ("coordinates", "geo", "place")),
    )


def posted_with(source: Any) -> str | None:
    """Return the name of the program in the link that X writes of it; None where there is none."""
    named = _PROGRAM.fullmatch(source) if isinstance(source, str) else None
    return text_of(html.unescape(named[1]).strip()) if named else None


def is_of(address: Any, domains: Collection[str]) -> bool | None:
    """Say whether an e-mail address is at one of these domains, or below one; None without either."""
    mailbox, _, host = address.strip().casefold().rpartition("@") if isinstance(address, str) else ("", "", "")
    if not (mailbox and host and domains):
        return None
    return any(f".{host}".endswith(f".{domain}") for domain in domains)


def media(fields: Mapping[str, Any], post: Post, signals: ArchiveUnknownFields) -> list[Medium]:
    """Return the media of a post; the extended list is the whole one, the plain list has only the first.

    One that is not understood is of the kind `unknown`: something was shown there, and nobody can say what.
    """
    media_by_id: dict[str, Medium] = {}
    for name in ("extended_entities", "entities"):
        entities = fields.get(name)
        listed = entities.get("media") if isinstance(entities, dict) else None
        for number, entry in enumerate(listed if isinstance(listed, list) else ()):
            medium = _medium(entry, post, signals) or _unknown(post, number)
            media_by_id.setdefault(medium.medium_id, medium)
        if media_by_id:
            break
    return list(media_by_id.values())


def _medium(entry: Any, post: Post, signals: ArchiveUnknownFields) -> Medium | None:
    fields = inner(entry)
    medium_id = id_of(fields.get("id_str")) or id_of(fields.get("id")) if fields is not None else None
    kind = fields.get("type") if fields is not None else None
    if fields is None or medium_id is None or not isinstance(kind, str) or kind not in MEDIUM_KINDS:
        signals.count("media", "(a medium that is not understood)")
        return None
    signals.leftovers("media", fields, known_fields("media"))
    size = fields.get("original_info")
    return Medium(
        platform="x",
        account_id=post.account_id,
        post_id=post.post_id,
        medium_id=f"{MEDIUM_KINDS[kind]}{medium_id}",
        kind=kind,
        url=text_of(fields.get("media_url_https")) or text_of(fields.get("media_url")),
        alt_text=text_of(fields.get("ext_alt_text")),
        width=number_of(size.get("width")) if isinstance(size, dict) else None,
        height=number_of(size.get("height")) if isinstance(size, dict) else None,
    )


def _unknown(post: Post, number: int) -> Medium:
    return Medium(
        platform="x",
        account_id=post.account_id,
        post_id=post.post_id,
        medium_id=f"{post.post_id}/{number}",
        kind="unknown",
        url=None,
    )


def _first_version(edit_info: Any) -> str | None:
    edit = inner(edit_info, "initial", "edit")
    if edit is None:
        return None
    control = inner(edit.get("editControlInitial")) or edit
    versions = control.get("editTweetIds")
    first = versions[0] if isinstance(versions, list) and versions else edit.get("initialTweetId")
    return id_of(first)
