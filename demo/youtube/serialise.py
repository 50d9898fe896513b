"""How YouTube writes channels and videos: `kind`, `etag`, and only the parts that were asked for."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from demo.model import YouTubeState, YouTubeVideo
from demo.youtube.query import API, YouTubeQuery

Json = dict[str, Any]
_SIGNIFICANT_DIGITS = 3
_FIXED: dict[str, Json] = API["fixed"]


def stamp(at: datetime) -> str:
    """Return a time as YouTube writes it, in UTC to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def etag(thing: Any) -> str:
    """Return an entity tag for this JSON value: the same for the same value."""
    return base64.urlsafe_b64encode(hashlib.sha256(json.dumps(thing).encode()).digest()[:20]).decode().rstrip("=")


def resource(kind: str, resource_id: str, parts: Json, asked: YouTubeQuery) -> Json:
    """Return one resource with the asked parts of it that hold something."""
    asked_parts = {name: part for name, part in parts.items() if name in asked.parts and part}
    body: Json = {"kind": f"youtube#{kind}", "id": resource_id, **asked_parts}
    return {"kind": body.pop("kind"), "etag": etag([resource_id, asked_parts]), **body}


def rounded(count: int) -> int:
    """Return a subscriber count as the public sees it: rounded down to three significant digits."""
    unit: int = 10 ** max(len(str(count)) - _SIGNIFICANT_DIGITS, 0)
    return count // unit * unit


def uploads(channel_id: str) -> str:
    """Return the id of the channel's uploads playlist."""
    return f"UU{channel_id[2:]}"


def own_channel(state: YouTubeState, asked: YouTubeQuery) -> Json:
    """Return the channel itself, as its owner sees it."""
    public = [video for video in state.videos if video.privacy == "public"]
    parts = {
        "snippet": {
            "title": state.title,
            "description": state.description,
            "customUrl": f"@{state.handle.removeprefix('@')}",
            **({"publishedAt": stamp(state.created_at)} if state.created_at else {}),
            "thumbnails": portrait(state.channel_id),
            "localized": {"title": state.title, "description": state.description},
        },
        "contentDetails": {"relatedPlaylists": {"likes": "", "uploads": uploads(state.channel_id)}},
        "statistics": {
            "viewCount": str(sum(video.views for video in public)),
            "subscriberCount": str(rounded(len(state.subscribers))),
            "hiddenSubscriberCount": False,
            "videoCount": str(len(public)),
        },
        "status": _FIXED["channel_status"],
    }
    return resource("channel", state.channel_id, parts, asked)


def other_channel(channel_id: str, title: str, description: str, asked: YouTubeQuery) -> Json:
    """Return someone else's channel, of which the simulator knows no more than its face."""
    snippet = {"title": title, "description": description, "thumbnails": portrait(channel_id)}
    return resource("channel", channel_id, {"snippet": snippet}, asked)


def playlist_item(state: YouTubeState, video: YouTubeVideo, position: int, asked: YouTubeQuery) -> Json:
    """Return a video as an item of the uploads playlist."""
    playlist = uploads(state.channel_id)
    parts = {
        "snippet": {
            **_about(state, video),
            "playlistId": playlist,
            "position": position,
            "resourceId": {"kind": "youtube#video", "videoId": video.id},
            "videoOwnerChannelTitle": state.title,
            "videoOwnerChannelId": state.channel_id,
        },
        "contentDetails": {"videoId": video.id, "videoPublishedAt": stamp(video.published_at)},
        "status": {"privacyStatus": video.privacy},
    }
    item_id = base64.urlsafe_b64encode(f"{playlist}.{video.id}".encode()).decode().rstrip("=")
    return resource("playlistItem", item_id, parts, asked)


def video_resource(state: YouTubeState, video: YouTubeVideo, asked: YouTubeQuery) -> Json:
    """Return a video, as its owner sees it."""
    comments = sum(c.video_id == video.id and c.moderation == "published" for c in state.comments)
    parts = {
        "snippet": {
            **_about(state, video),
            **({"tags": list(video.tags)} if video.tags else {}),
            **_FIXED["video_snippet"],
            "localized": {"title": video.title, "description": video.description},
        },
        "contentDetails": {"duration": video.duration, **_FIXED["video_details"]},
        "status": {
            **_FIXED["video_status"],
            "privacyStatus": video.privacy,
            "embeddable": video.embeddable,
            "madeForKids": video.made_for_kids,
            "selfDeclaredMadeForKids": video.made_for_kids,
        },
        "statistics": {
            "viewCount": str(video.views),
            **_FIXED["video_statistics"],
            **({} if video.comments_disabled else {"commentCount": str(comments)}),
        },
    }
    return resource("video", video.id, parts, asked)


def portrait(channel_id: str) -> Json:
    """Return the thumbnails of a channel's picture, which the media host does not hold."""
    return {
        name: {"url": f"https://yt3.ggpht.com/{channel_id}=s{side}", "width": side, "height": side}
        for name, side in (("default", 88), ("medium", 240), ("high", 800))
    }


def _about(state: YouTubeState, video: YouTubeVideo) -> Json:
    """Return what the snippets of a video and of its playlist item share."""
    return {
        "publishedAt": stamp(video.published_at),
        "channelId": state.channel_id,
        "title": video.title,
        "description": video.description,
        "thumbnails": {key: {"url": url, "width": w, "height": h} for key, url, w, h in video.thumbnails},
        "channelTitle": state.title,
    }
