"""X archives made by hand, as X makes them: new and old layout, whole or damaged; everyone in them is invented."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from connectors.errors import SourceRefused
from connectors.records import ListingEnd, Record
from connectors.source import Account
from connectors.x_archive.pull import XArchiveSource
from tests.connectors.register_files import NoStore

ACCOUNT = Account("x", "1001", "OusterlyVale")
NOW = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
MADE = "2026-11-01T20:00:00.000Z"
POSTED = "Sat Aug 12 16:10:37 +0000 2026"

OWNER = {
    "account": {
        "email": "office@ousterly.example",
        "createdVia": "web",
        "username": "OusterlyVale",
        "accountId": "1001",
        "createdAt": "2019-09-01T08:00:00.000Z",
        "accountDisplayName": "Ousterly Vale School",
    }
}
ABOUT = {
    "profile": {
        "description": {"bio": "A school.", "website": "https://ousterly.example", "location": "Ousterly"},
        "avatarMediaUrl": "https://pbs.twimg.com/profile_images/1/a.jpg",
    }
}


def follow(direction: str, actor_id: str) -> dict[str, Any]:
    """Return one row of follower.js or following.js."""
    return {direction: {"accountId": actor_id, "userLink": f"https://twitter.com/intent/user?user_id={actor_id}"}}


def tweet(post_id: str, text: str = "Good morning.", **more: Any) -> dict[str, Any]:
    """Return one row of tweets.js."""
    known = {
        "id": post_id,
        "id_str": post_id,
        "full_text": text,
        "created_at": POSTED,
        "retweet_count": "3",
        "favorite_count": "1",
        "retweeted": False,
        "lang": "en",
        "entities": {"hashtags": [], "urls": []},
    }
    return {"tweet": {**known, **more}}


def medium(medium_id: str, name: str, kind: str = "photo", **more: Any) -> dict[str, Any]:
    """Return one entry of extended_entities.media."""
    url = f"https://pbs.twimg.com/media/{name}"
    return {"id_str": medium_id, "id": medium_id, "type": kind, "media_url_https": url, **more}


def shown(*media: Mapping[str, Any]) -> dict[str, Any]:
    """Return the extended entities of a post that shows these media."""
    return {"media": list(media)}


def picture(width: int = 8, height: int = 6, form: str = "JPEG") -> bytes:
    """Return the bytes of a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (width * 9 % 256, height * 9 % 256, 80)).save(out, form)
    return out.getvalue()


def script(name: str, value: Any, part: int = 0) -> bytes:
    """Return a file of the archive: `window.YTD.<name>.part<n> = …`."""
    return f"window.YTD.{name.replace('-', '_')}.part{part} = {json.dumps(value, indent=2)}".encode()


def manifest(counts: Mapping[str, int], *, is_partial: bool = False, made: str = MADE) -> bytes:
    """Return a manifest that counts these files, by name without `.js`."""
    kinds = {
        name: {"files": [{"fileName": f"data/{name}.js", "globalName": f"YTD.{name}.part0", "count": str(count)}]}
        for name, count in counts.items()
    }
    about = {"sizeBytes": "1", "generationDate": made, "isPartialArchive": is_partial}
    value = {"userInfo": {"accountId": "1001"}, "archiveInfo": about, "dataTypes": kinds}
    return f"window.__THAR_CONFIG = {json.dumps(value)}".encode()


def members(rows: Mapping[str, Sequence[Any]], pictures: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Return the members of a whole archive of the new layout; `rows` by file name without `.js`."""
    all_rows: dict[str, Sequence[Any]] = {
        "account": [OWNER],
        "profile": [ABOUT],
        "follower": [],
        "following": [],
        "tweets": [],
        **rows,
    }
    found = {f"data/{name}.js": script(name, list(value)) for name, value in all_rows.items()}
    found["data/manifest.js"] = manifest({name: len(value) for name, value in all_rows.items()})
    return found | dict(pictures or {})


def zipped(path: Path, content: Mapping[str, bytes]) -> Path:
    """Write these members as a zip file, and return where it is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in content.items():
            archive.writestr(name, body)
    return path


def pull(path: Path, account: Account = ACCOUNT) -> list[Record]:
    """Return what the source makes of an archive file."""
    return list(XArchiveSource(path, account, clock=lambda: NOW).pull(NoStore()))


def read(
    tmp_path: Path, rows: Mapping[str, Sequence[Any]], pictures: Mapping[str, bytes] | None = None
) -> list[Record]:
    """Return what the source makes of a whole archive of the new layout."""
    return pull(zipped(tmp_path / "archive.zip", members(rows, pictures)))


def refused(path: Path, told: str) -> None:
    """Hold that the archive is refused, in one sentence that says this."""
    with pytest.raises(SourceRefused, match=told) as caught:
        pull(path)
    sentence = str(caught.value)
    assert caught.value.reason == "input"
    assert sentence.startswith(f"The X archive {path.name} ")
    assert sentence.endswith(", then run again.")


def listings(records: Sequence[Record]) -> dict[str, tuple[int, int | None, bool, str]]:
    """Return rows, the platform's count, wholeness and end of every listing, by name."""
    return {w.listing: (w.rows, w.platform_count, w.is_whole, w.stopped) for w in records if isinstance(w, ListingEnd)}
