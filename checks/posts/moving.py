"""What moves is never compared as a whole: a video not at all, of an animation its first picture alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb

from checks.posts.approvals import unknown_pupils
from policies.platforms.registry import platform_of

_MOVING = (
    "select platform, count(distinct medium_id) filter (kind = 'video'), "
    "count(distinct medium_id) filter (kind = 'animated_gif') from core.media where is_current "
    "group by platform order by platform"
)


def uncompared(db: duckdb.DuckDBPyConnection) -> str | None:
    """Return the sentences on what moves and was therefore not compared; None when nothing moves."""
    counts = db.execute(_MOVING).fetchall()
    sentences = [_sentence(platform_of(platform).name, videos, moving) for platform, videos, moving in counts]
    return " ".join(sentence for sentence in sentences if sentence) or None


def _sentence(name: str, videos: int, animations: int) -> str:
    parts = []
    if videos:
        were = "1 video on {} was" if videos == 1 else f"{videos:,} videos on {{}} were"
        parts.append(f"{were.format(name)} not compared")
    if animations:
        of = "1 animation" if animations == 1 else f"{animations:,} animations"
        parts.append(f"of {of} on {name} at most the first picture was compared")
    sentence = ", and ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def remark(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> str | None:
    """Return what is to be said beside the figures: pupils nobody knows, and what moves."""
    remarks = [unknown_pupils(db, as_of, parameters), uncompared(db)]
    return " ".join(sentence for sentence in remarks if sentence) or None
