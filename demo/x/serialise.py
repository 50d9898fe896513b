"""How X writes users, posts and media: only the fields that were asked for, and none that is empty."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from demo.model import XMedia, XPost, XState, XUser
from demo.x.api_versions import XEdition
from demo.x.posts import newest
from demo.x.query import XQuery

_TEXT_LIMIT = 280
_EDIT_MINUTES = 30
_MOST_EDITS = 5
_MENTION = re.compile(r"@(\w{1,15})")
_ADDRESS = re.compile(r"https?://\S+")
_HASHTAG = re.compile(r"#(\w+)")
_REFERENCE = {"reposted": "retweeted", "quoted": "quoted", "replied_to": "replied_to"}
_DEFAULTS = {"user": {"id", "name", "username"}, "post": {"id", "text", "edit_history_post_ids"}}


@dataclass(frozen=True, slots=True)
class View:
    """What one request may see: the state, who looks, what was asked, and in which edition."""

    state: XState
    user_id: str | None
    asked: XQuery
    edition: XEdition

    def sees(self, author_id: str) -> bool:
        """Whether the posts of this author are shown to the one who looks."""
        author = self.state.users.get(author_id)
        if author is None or author.suspended:
            return False
        if not author.protected or author_id == self.user_id:
            return True
        return self.user_id is not None and author_id in self.state.following.get(self.user_id, [])

    def user(self, user: XUser) -> dict[str, Any]:
        """Return a user as JSON."""
        return self._spelt(_user(user, self), self.asked.user_fields | _DEFAULTS["user"])

    def post(self, post: XPost, *, known_as: str | None = None) -> dict[str, Any]:
        """Return a post as JSON; `known_as` is the id of the version that was asked for."""
        fields = _post(post, self)
        fields["id"] = known_as or post.id
        return self._spelt(fields, self.asked.post_fields | _DEFAULTS["post"])

    def medium(self, medium: XMedia) -> dict[str, Any]:
        """Return a medium as JSON."""
        return self._spelt(_medium(medium), self.asked.media_fields | {"media_key", "type"})

    def _spelt(self, fields: dict[str, Any], wanted: set[str] | frozenset[str]) -> dict[str, Any]:
        return {
            self.edition.wire(name): value
            for name, value in fields.items()
            if name in wanted and value is not None and value not in ("", [], {})
        }


def history(post: XPost) -> list[str]:
    """Return the ids of every version of a post, the first one first and its own last."""
    return [*(version for version in post.versions if version != post.id), post.id]


def stamp(at: datetime) -> str:
    """Return a time as X writes it, in UTC to the millisecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def _user(user: XUser, view: View) -> dict[str, Any]:
    followers = view.state.followers.get(user.id, [])
    following = view.state.following.get(user.id, [])
    return {
        "id": user.id,
        "name": user.name,
        "username": user.username,
        "created_at": stamp(user.created_at),
        "description": _ADDRESS.sub(lambda match: _short(match[0]), user.description),
        "location": user.location,
        "url": _short(user.url) if user.url else "",
        "profile_image_url": user.profile_image_url,
        "protected": user.protected,
        "verified": False,
        "verified_type": "none",
        "entities": _user_entities(user),
        "connection_status": _connections(user.id, view) if "connection_status" in view.asked.user_fields else None,
        "public_metrics": {
            "followers_count": user.followers_count or len(followers),
            "following_count": user.following_count or len(following),
            view.edition.wire("post_count"): user.post_count,
            "like_count": len({liked for liked in view.state.liked.get(user.id, []) if newest(view.state, liked)}),
            "listed_count": 0,
        },
    }


def _user_entities(user: XUser) -> dict[str, Any]:
    """Return what X tells beside a profile: where its short links lead, and whom it mentions."""
    entities: dict[str, Any] = {}
    if user.url:
        entities["url"] = {"urls": [_link(0, user.url)]}
    text = _ADDRESS.sub(lambda match: _short(match[0]), user.description)
    links = [_link(text.index(_short(address)), address) for address in _ADDRESS.findall(user.description)]
    mentions = [{"start": match.start(), "end": match.end(), "username": match[1]} for match in _MENTION.finditer(text)]
    if match := {name: part for name, part in (("urls", links), ("mentions", mentions)) if part}:
        entities["description"] = match
    return entities


def _link(start: int, address: str) -> dict[str, Any]:
    short = _short(address)
    return {"start": start, "end": start + len(short), "url": short, "expanded_url": address}


def _short(address: str) -> str:
    return "https://t.co/" + hashlib.sha256(address.encode()).hexdigest()[:10]


def _connections(user_id: str, view: View) -> list[str]:
    if view.user_id is None or view.user_id == user_id:
        return []
    connections = []
    if user_id in view.state.following.get(view.user_id, []):
        connections.append("following")
    if user_id in view.state.followers.get(view.user_id, []):
        connections.append("followed_by")
    return connections


def _post(post: XPost, view: View) -> dict[str, Any]:
    versions = history(post)
    attached = {"media_keys": list(post.media_keys), "poll_ids": [post.id] if post.poll else []}
    is_long = len(post.text) > _TEXT_LIMIT
    return {
        "id": post.id,
        "text": f"{post.text[: _TEXT_LIMIT - 1]}…" if is_long else post.text,
        "note_post": {"text": post.text} if is_long else None,
        "edit_history_post_ids": versions,
        "created_at": stamp(post.created_at),
        "author_id": post.author_id,
        "conversation_id": post.conversation_id,
        "in_reply_to_user_id": post.in_reply_to_user_id,
        "referenced_posts": [{"type": _REFERENCE[kind], "id": other} for kind, other in post.references],
        "attachments": {name: keys for name, keys in attached.items() if keys},
        "article": post.article,
        "geo": {"place_id": post.place_id} if post.place_id else None,
        "entities": _post_entities(post, view.state),
        "lang": "en",
        "possibly_sensitive": False,
        "reply_settings": "everyone",
        "edit_controls": {
            "is_edit_eligible": not post.references,
            "editable_until": stamp(post.created_at + timedelta(minutes=_EDIT_MINUTES)),
            "edits_remaining": _MOST_EDITS - len(versions) + 1,
        },
        "public_metrics": {
            view.edition.wire("repost_count"): post.repost_count,
            "reply_count": post.reply_count,
            "like_count": post.like_count,
            "quote_count": post.quote_count,
            "bookmark_count": 0,
            "impression_count": 0,
        },
    }


def _post_entities(post: XPost, state: XState) -> dict[str, Any]:
    ids = {user.username.casefold(): user.id for user in map(state.users.get, post.mentions) if user is not None}
    mentions: list[dict[str, Any]] = []
    for match in _MENTION.finditer(post.text):
        mention: dict[str, Any] = {"start": match.start(), "end": match.end(), "username": match[1]}
        if match[1].casefold() in ids:
            mention["id"] = ids[match[1].casefold()]
        mentions.append(mention)
    hashtags = [{"start": f.start(), "end": f.end(), "tag": f[1]} for f in _HASHTAG.finditer(post.text)]
    return {name: match for name, match in (("mentions", mentions), ("hashtags", hashtags)) if match}


def _medium(medium: XMedia) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "media_key": medium.media_key,
        "type": medium.type,
        "width": medium.width,
        "height": medium.height,
    }
    if medium.type == "photo":
        return fields | {"url": medium.url, "alt_text": medium.alt_text}
    film = f"https://video.twimg.com/{medium.media_key}.mp4"
    fields |= {
        "preview_image_url": medium.url,
        "variants": [{"bit_rate": 832000, "content_type": "video/mp4", "url": film}],
    }
    if medium.type == "video":
        fields |= {"duration_ms": medium.duration_ms, "public_metrics": {"view_count": 0}}
    return fields
