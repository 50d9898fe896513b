"""The archive that X would make of the grown school's main account: its posts, its followers' ids, in X's own form."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from demo.model import World, XPost, XUser
from demo.school.cast import MAIN_ID

NAME = "x-archive.zip"
_LIVE = f'account_id = "{MAIN_ID}"\nhandle = "@OusterlyVale"\nreads = "owned"'
_ARCHIVED = _LIVE.replace('reads = "owned"', f'reads = "archive"\narchive = "{NAME}"')
# The posts are of nine years: the school keeps what an archive tells as long.
_KEEPS = "\n[retention]\nplatform_records = 3653\n"


def archived(settings: str) -> str:
    """Return the school's settings with its main account read from the archive, and what that tells kept."""
    return settings.replace(_LIVE, _ARCHIVED) + _KEEPS


def write_archive(path: Path, shown: World, made: datetime) -> None:
    """Write the main account's archive as X would have made it at this time (aware, UTC)."""
    x = shown.x
    posts = [post for post in x.posts.values() if post.author_id == MAIN_ID and post.created_at < made]
    rows: dict[str, Sequence[Any]] = {
        "account": [_owner(x.users[MAIN_ID])],
        "profile": [_about(x.users[MAIN_ID])],
        "follower": [_follow("follower", actor_id) for actor_id in x.followers[MAIN_ID]],
        "following": [_follow("following", actor_id) for actor_id in x.following.get(MAIN_ID, ())],
        "tweets": [_tweet(post) for post in posts],
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, listed in rows.items():
            archive.writestr(f"data/{name}.js", f"window.YTD.{name}.part0 = {json.dumps(listed, indent=2)}")
        counts = {name: len(listed) for name, listed in rows.items()}
        archive.writestr("data/manifest.js", f"window.__THAR_CONFIG = {json.dumps(_manifest(counts, made))}")


def _manifest(counts: Mapping[str, int], made: datetime) -> dict[str, Any]:
    about = {"sizeBytes": "1", "generationDate": f"{made:%Y-%m-%dT%H:%M:%S}.000Z", "isPartialArchive": False}
    kinds = {
        name: {"files": [{"fileName": f"data/{name}.js", "globalName": f"YTD.{name}.part0", "count": str(count)}]}
        for name, count in counts.items()
    }
    return {"userInfo": {"accountId": MAIN_ID}, "archiveInfo": about, "dataTypes": kinds}


def _owner(user: XUser) -> dict[str, Any]:
    created = f"{user.created_at:%Y-%m-%dT%H:%M:%S}.000Z"
    known = {"username": user.username, "accountId": user.id, "createdAt": created, "accountDisplayName": user.name}
    return {"account": {"email": "office@ousterly-vale.example", "createdVia": "web", **known}}


def _about(user: XUser) -> dict[str, Any]:
    description = {"bio": user.description, "website": user.url, "location": user.location}
    return {"profile": {"description": description, "avatarMediaUrl": user.profile_image_url}}


def _follow(direction: str, actor_id: str) -> dict[str, Any]:
    return {direction: {"accountId": actor_id, "userLink": f"https://twitter.com/intent/user?user_id={actor_id}"}}


def _tweet(post: XPost) -> dict[str, Any]:
    return {
        "tweet": {
            "id": post.id,
            "id_str": post.id,
            "full_text": post.text,
            "created_at": f"{post.created_at:%a %b %d %H:%M:%S +0000 %Y}",
            "retweet_count": str(post.repost_count),
            "favorite_count": str(post.like_count),
            "retweeted": False,
            "lang": "en",
            "entities": {"hashtags": [], "urls": []},
        }
    }
