"""Which approvals stand in the run at hand: every photograph and video of the register, on every platform."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from checks.asked_once import AskedOnce
from checks.evidence import Evidence
from checks.registers import unsure
from engines.pictures.verdicts.approvals import Approval, Pupils, obstacle, obstacle_order, pupils_of, pupils_shown
from engines.pictures.verdicts.channel_verdicts import NOT_FETCHED
from engines.roll_ids import fold_roll_id
from policies.platforms.registry import EVERY_PLATFORM, platform_of
from policies.toml_text import packaged_text

LEAD = ("platform", "account_id", "subject_id")
PICTURE_LINK = Evidence("link", "platform_id", identifies=True)  # to a post of ours, or to somebody's comment
MOST_NAMED = 10
# What may have ended an approval, as uncovered.sql says it; a day follows the last.
ENDED = ("consent withdrawn", "objection", "a pupil shown has left", "expired on")
# What says that an approval goes no further, on the photographs register and on that of pupils.
NEEDED = ("pupils.picture_consent", "photographs.consent", "photographs.pupil_ids")
HEEDED = ("photographs.objection", "photographs.expires_on")
_PHOTOGRAPHS = (
    "select photograph_id, video_id, channels, expires_on, basis, consent, objection, pupil_ids "
    "from core.photographs order by photograph_id"
)
_LOST = "select photograph_id from core.masters where problem in ('missing', 'unreadable') order by photograph_id"
_CHANGED = "select photograph_id from core.masters where problem = 'changed' order by photograph_id"
_PUPILS = "select role, person_id, picture_consent, left_on from core.picture_consents"
_UNCOVERED = packaged_text("checks.posts", "uncovered.sql")
_MOVING = (
    "select platform, count(distinct medium_id) filter (kind = 'video'), "
    "count(distinct medium_id) filter (kind = 'animated_gif') from core.media where is_current "
    "group by platform order by platform"
)


def pupils(db: duckdb.DuckDBPyConnection, as_of: date) -> Pupils:
    """Return what the registers of the run at hand say of being shown, and who has left."""
    return pupils_of(db.execute(_PUPILS).fetchall(), as_of)


def approvals(db: duckdb.DuckDBPyConnection, as_of: date) -> list[dict[str, Any]]:
    """Return a row for each photograph and platform; `obstacle` is a word, or null where the approval stands.

    Of several rows for one picture the one of the least `gravity` counts.
    """
    pupils_now = pupils(db, as_of)
    rows = []
    for row in pl.DataFrame(db.sql(_PHOTOGRAPHS)).to_dicts():
        for platform in EVERY_PLATFORM:
            obstacle_here = obstacle(Approval.of(row), platform, as_of, pupils_now)
            about = {name: row[name] for name in ("photograph_id", "video_id", "expires_on")}
            kind = obstacle_here.kind if obstacle_here else None
            rows.append({**about, "platform": platform, "obstacle": kind, "gravity": obstacle_order(obstacle_here)})
    return rows


def unknown_pupils(db: duckdb.DuckDBPyConnection) -> str | None:
    """Return the sentence on roll ids of the photographs register that belong to nobody; None when there are none.

    Whose they are, nobody can say, nor whether they may be shown. Without a whole pupils register nothing is said here.
    """
    if unsure(AskedOnce(db), ("pupils",), {}, heeds=("leavers",)):
        return None
    roll_ids = {fold_roll_id(roll_id) for _, roll_id, *_ in db.execute(_PUPILS).fetchall()}
    rows = map(Approval.of, pl.DataFrame(db.sql(_PHOTOGRAPHS)).to_dicts())
    unknown = {approval.photograph_id: lost for approval in rows if (lost := pupils_shown(approval) - roll_ids)}
    if not unknown:
        return None
    count, named = len(frozenset().union(*unknown.values())), _named(list(unknown))
    are = "roll id on the photographs register is" if count == 1 else "roll ids on the photographs register are"
    return (
        f"{count} {are} on neither the pupils nor the leavers register, so that nobody can tell whether these pupils "
        f"may be shown (photographs: {named})."
    )


def lost_masters(db: duckdb.DuckDBPyConnection, as_of: date, _parameters: Mapping[str, Any]) -> str | None:
    """Return what could not be known again: photographs whose approval has ended, and whose file is not to be read."""
    ended = {
        row["photograph_id"] for row in approvals(db, as_of) if row["obstacle"] not in {None, "channel", "unwritten"}
    }
    lost = [name for (name,) in db.execute(_LOST).fetchall() if name in ended]
    if not lost:
        return None
    files = "file of 1 photograph" if len(lost) == 1 else f"files of {len(lost):,} photographs"
    are, them = ("is", "it") if len(lost) == 1 else ("are", "one of them")
    return (
        f"The {files} whose approval has ended {are} not there or cannot be read, so that no picture could be known as "
        f"{them} (photographs: {_named(lost)}). Put the file back, under the name that the register gives."
    )


def changed_masters(db: duckdb.DuckDBPyConnection) -> str | None:
    """Return what nobody can tell while a photograph's file holds another picture than the one that was approved."""
    changed = [name for (name,) in db.execute(_CHANGED).fetchall()]
    if not changed:
        return None
    files = (
        "file of 1 photograph holds another picture"
        if len(changed) == 1
        else (f"files of {len(changed):,} photographs hold other pictures")
    )
    return (
        f"The {files} than when it was approved, and nobody has said which is meant (photographs: {_named(changed)}). "
        "Put the approved file back, or say at the desk, or with `audit registers accept-picture`, that this one is."
    )


def _named(photographs: Sequence[str]) -> str:
    more = len(photographs) - MOST_NAMED
    return ", ".join(photographs[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def uncovered(db: duckdb.DuckDBPyConnection, as_of: date) -> pl.DataFrame:
    """Return a row for each uncovered picture; `ended` says what ended its approval, and is null where there was none.

    A picture in which one part never had an approval and another's has ended stands on two rows.
    """
    return pl.DataFrame(db.sql(_UNCOVERED, params={"approvals": approvals(db, as_of), "not_fetched": NOT_FETCHED}))


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


def remark(db: duckdb.DuckDBPyConnection, _as_of: date, _parameters: Mapping[str, Any]) -> str | None:
    """Return what is to be said beside the figures: what moves."""
    return uncompared(db)


def unseen(db: duckdb.DuckDBPyConnection, as_of: date, parameters: Mapping[str, Any]) -> str | None:
    """Return why nothing may be called kept: masters that changed or are lost, and pupils whom nobody knows."""
    sentences = (changed_masters(db), lost_masters(db, as_of, parameters), unknown_pupils(db))
    return " ".join(filter(None, sentences)) or None
