"""Which approvals stand in the run at hand: every photograph and video of the register, on every platform."""

from datetime import date
from typing import Any

import duckdb

from checks.pictures.standing import Approval, obstacle, pupils_of

PLATFORMS = ("x", "youtube")
_PHOTOGRAPHS = (
    "select photograph_id, video_id, channels, expires_on, basis, consent, objection, pupil_ids "
    "from core.photographs order by photograph_id"
)
_PUPILS = "select role, person_id, picture_consent, left_on from core.picture_consents"


def approvals(db: duckdb.DuckDBPyConnection, as_of: date) -> list[dict[str, Any]]:
    """Return a row for each photograph and platform; `obstacle` is a word, or null where the approval stands."""
    pupils = pupils_of(db.sql(_PUPILS).fetchall(), as_of)
    found = []
    for row in db.sql(_PHOTOGRAPHS).pl().to_dicts():
        for platform in PLATFORMS:
            met = obstacle(Approval.of(row), platform, as_of, pupils)
            about = {name: row[name] for name in ("photograph_id", "video_id", "expires_on")}
            found.append({**about, "platform": platform, "obstacle": met.kind if met else None})
    return found
