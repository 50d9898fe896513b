"""Says whether today's date may be believed: what is deleted for its age cannot be had again.

A day is likely that lies no longer than LONGEST_PAUSE after the newest day that is sure, and before nothing that was
ever dated. Sure are the day as of which something was last deleted, what a person confirmed, and the newest post or
comment that a platform has dated, for its clock is not ours; and from there on each day of a run or of an entry of the
casebook that follows the one before within the pause. A run that was made at a wrong clock makes no day sure.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import duckdb
from sqlalchemy import func, select

from policies.errors import UserError
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.people.desk_tables import ACCESS_LOG
from warehouse.casebook.tables import AGE_DELETIONS, DECISIONS, QUERIES
from warehouse.runs.runs import ClockError, goes_forward
from warehouse.store.load import transaction

_WRITTEN = (DECISIONS.c.decided_at, ACCESS_LOG.c.at, QUERIES.c.asked_at, AGE_DELETIONS.c.made_at)


def newest_days(book: Casebook) -> frozenset[date]:
    """Return the newest day, in UTC, of this school's decisions, desk log, questions and deletions by age."""
    with book.engine.connect() as connection:
        times: list[datetime | None] = [
            connection.execute(select(func.max(at)).where(at.table.c.school == book.school)).scalar() for at in _WRITTEN
        ]
    return frozenset(time.date() for time in times if time is not None)


# The longest holidays of English schools take some seven weeks, and the next run may be a week after them.
LONGEST_PAUSE = timedelta(days=56)

_OTHER_ZONE = timedelta(days=1)  # a day may be written down by another zone's calendar

_DATED = """
select cast(started_at as date) from raw.runs
union select cast(finished_at as date) from raw.runs where finished_at is not null
"""
_TOLD = """
select max(cast(posted_at as date)) from (
    select posted_at from raw.posts union all select posted_at from raw.comments
) where posted_at <= ?
"""


class DoubtfulClockError(UserError):
    """Today's date may be wrong; nothing was deleted, and the message says how the day is confirmed."""


@dataclass(frozen=True, slots=True)
class _DaysKnown:
    """The days written down, the newest that is sure, and until when a person has set aside what is dated."""

    dated: frozenset[date]
    sure: date | None
    overruled_until: date | None
    newest_run: date | None


def ensure_likely(
    db: duckdb.DuckDBPyConnection,
    at: datetime,
    day: date,
    *,
    school: str,
    elsewhere: Collection[date] = (),
    is_confirmed: bool = False,
) -> None:
    """Refuse a day that may be wrong, unless a person confirms it; one that is not refused is sure from now on.

    `elsewhere` are days on which the casebook was written. Raises ClockError where the time lies before a run whose day
    is sure, also where it is confirmed, and DoubtfulClockError for any other day that is not likely.
    """
    until = _weighed(db, at, day, school=school, elsewhere=elsewhere, is_confirmed=is_confirmed)
    still = until if until is not None and until > day else None
    with transaction(db):
        db.execute("delete from main.sure_day")
        db.execute("insert into main.sure_day values (?, ?)", [day, still])


def doubt_about(
    db: duckdb.DuckDBPyConnection, at: datetime, day: date, *, school: str, elsewhere: Collection[date] = ()
) -> str | None:
    """Return in sentences why a day may be wrong and what to do; None where it may be believed. Writes nothing."""
    try:
        _weighed(db, at, day, school=school, elsewhere=elsewhere, is_confirmed=False)
    except (ClockError, DoubtfulClockError) as doubt:
        return doubt.sentence
    return None


def _weighed(
    db: duckdb.DuckDBPyConnection,
    at: datetime,
    day: date,
    *,
    school: str,
    elsewhere: Collection[date],
    is_confirmed: bool,
) -> date | None:
    """Return until when what is dated is set aside from now on; raise what `ensure_likely` does for a doubtful day."""
    known = _known(db, at, elsewhere)
    if known.newest_run is None or known.sure is None or known.newest_run <= known.sure:
        goes_forward(db, at)
    doubt = _doubt(known, day)
    if doubt is not None and not is_confirmed:
        raise DoubtfulClockError(
            f"By this machine's clock it is {day}, and {doubt}, so nothing was deleted for its age. If {day} is "
            f"right, run: audit expire {school} --yes; if it is not, set the clock right."
        )
    return known.overruled_until if doubt is None else max(known.dated)


def _known(db: duckdb.DuckDBPyConnection, at: datetime, elsewhere: Collection[date]) -> _DaysKnown:
    runs = {day for (day,) in db.execute(_DATED).fetchall()}
    [(told,)] = db.execute(_TOLD, [at]).fetchall()
    [(remembered, overruled_until)] = db.execute(
        "select max(day), max(overruled_until) from main.sure_day"  # of one row, or of none
    ).fetchall()
    dated = frozenset({*runs, *elsewhere, *([remembered] if remembered else [])})
    begins = remembered or min(dated, default=None)
    sure = max((day for day in (begins, told) if day is not None), default=None)
    after = (day for day in sorted(dated) if overruled_until is None or day > overruled_until)
    return _DaysKnown(dated, _followed(sure, after), overruled_until, max(runs, default=None))


def _followed(sure: date | None, days: Iterable[date]) -> date | None:
    """Return the newest of these days, in order, that is reached from a sure one without a longer pause."""
    for day in days:
        if sure is not None and sure < day <= sure + LONGEST_PAUSE:
            sure = day
    return sure


def _doubt(known: _DaysKnown, day: date) -> str | None:
    """Return in half a sentence why the day is not likely; None where it is."""
    claimed = max(
        (one for one in known.dated if known.overruled_until is None or one > known.overruled_until), default=day
    )
    if claimed > day + _OTHER_ZONE:
        return f"something was done already on {claimed}"
    if known.sure is not None and day - known.sure > LONGEST_PAUSE:
        return f"the newest day that is sure is {known.sure}, {(day - known.sure).days} days before"
    return None
