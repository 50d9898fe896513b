"""What a post in an X archive refers to: its kind, the other post, and who wrote that where the file says so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.x_archive.values import id_of, inner

_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/\w+/status/(\d{1,19})(?:[/?].*)?", re.ASCII)
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
    links = entities.get("urls") if isinstance(entities, dict) else None
    last = inner(links[-1]) if isinstance(links, list) and links else None
    match = _STATUS.fullmatch(str(last.get("expanded_url"))) if last is not None else None
    return match[1] if match and match[1] != post_id else None
