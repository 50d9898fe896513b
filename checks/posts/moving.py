"""What moves on X is never compared as a whole: a video not at all, of an animation its first picture alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb

from checks.posts.approvals import unknown_pupils

_MOVING = (
    "select count(distinct medium_id) filter (kind = 'video'), "
    "count(distinct medium_id) filter (kind = 'animated_gif') from core.media where platform = 'x' and is_current"
)


def uncompared(db: duckdb.DuckDBPyConnection) -> str | None:
    """Return the sentence on what moves and was therefore not compared; None when nothing moves."""
    [(videos, animations)] = db.sql(_MOVING).fetchall()
    parts = []
    if videos:
        parts.append("1 video on X was not compared" if videos == 1 else f"{videos:,} videos on X were not compared")
    if animations:
        of = "1 animation" if animations == 1 else f"{animations:,} animations"
        parts.append(f"of {of} on X at most the first picture was compared")
    told = ", and ".join(parts)
    return f"{told[0].upper()}{told[1:]}." if told else None


def remark(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> str | None:
    """Return what is to be said beside the figures: pupils nobody knows, and what moves."""
    told = [unknown_pupils(db, as_of, parameters), uncompared(db)]
    return " ".join(sentence for sentence in told if sentence) or None
