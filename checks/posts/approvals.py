"""Which approvals stand in the run at hand: every photograph and video of the register, on every platform."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb

from checks.pictures.standing import Approval, Pupils, folded, gravity, obstacle, pupils_of, whom
from checks.registers import unsure

PLATFORMS = ("x", "youtube")
MOST_NAMED = 10
_PHOTOGRAPHS = (
    "select photograph_id, video_id, channels, expires_on, basis, consent, objection, pupil_ids "
    "from core.photographs order by photograph_id"
)
_PUPILS = "select role, person_id, picture_consent, left_on from core.picture_consents"


def pupils(db: duckdb.DuckDBPyConnection, as_of: date) -> Pupils:
    """Return what the registers of the run at hand say of being shown, and who has left."""
    return pupils_of(db.sql(_PUPILS).fetchall(), as_of)


def approvals(db: duckdb.DuckDBPyConnection, as_of: date) -> list[dict[str, Any]]:
    """Return a row for each photograph and platform; `obstacle` is a word, or null where the approval stands.

    Of several rows for one picture the one of the least `gravity` is told.
    """
    known = pupils(db, as_of)
    found = []
    for row in db.sql(_PHOTOGRAPHS).pl().to_dicts():
        for platform in PLATFORMS:
            met = obstacle(Approval.of(row), platform, as_of, known)
            about = {name: row[name] for name in ("photograph_id", "video_id", "expires_on")}
            kind = met.kind if met else None
            found.append({**about, "platform": platform, "obstacle": kind, "gravity": gravity(met)})
    return found


def unknown_pupils(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> str | None:
    """Return the remark on roll ids of the photographs register that are nobody's; None when there are none.

    Whose they are, nobody can say, nor whether they may be shown. Without a whole pupils register nothing is said here.
    """
    if unsure(db, ("pupils",), {}, heeds=("leavers",)):
        return None
    known = {folded(roll_id) for _, roll_id, *_ in db.sql(_PUPILS).fetchall()}
    rows = map(Approval.of, db.sql(_PHOTOGRAPHS).pl().to_dicts())
    unknown = {one.photograph_id: lost for one in rows if (lost := whom(one) - known)}
    if not unknown:
        return None
    count, more = len(frozenset().union(*unknown.values())), len(unknown) - MOST_NAMED
    named = ", ".join(list(unknown)[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    are = "roll id on the photographs register is" if count == 1 else "roll ids on the photographs register are"
    return (
        f"{count} {are} on neither the pupils nor the leavers register, so that nobody can tell whether these pupils "
        f"may be shown (photographs: {named})."
    )
