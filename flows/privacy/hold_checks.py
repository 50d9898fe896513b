"""Refuses to erase what a recorded hold covers: the subject itself, or a row that a hold on somebody else keeps too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb

from dashboards.subject_pack.pack import PackEntry
from engines.roll_ids import fold_roll_id
from flows.home.context import Context
from flows.home.integrity import looked_into
from flows.home.settings import ConfigurationError
from policies.dates import short_date
from warehouse.casebook.holds import PERSON, PHOTOGRAPH, Hold, Holds
from warehouse.privacy.retention.likely_day import doubt_about, newest_days
from warehouse.privacy.retention.rows_on_hold import subject_on_hold
from warehouse.privacy.subject_patterns import Subject
from warehouse.privacy.subjects import rows_naming


@dataclass(frozen=True, slots=True)
class KeptByHold:
    """The holds on one subject that stand: their last day, None without any."""

    until: date | None
    today: date

    @classmethod
    def of(cls, context: Context, subject: Subject) -> "KeptByHold":
        """Return what the casebook's holds keep of this subject today."""
        with context.casebook() as book:
            holds = Holds(book).all()
        today = context.today()
        days = [hold.until for hold in holds if hold.stands(today) and _is_on(hold, subject)]
        return cls(max(days, default=None), today)

    def kept(self, entry: PackEntry) -> PackEntry:
        """Return the entry with the day until which it is kept, the hold's where that is later."""
        if self.until is None or (entry.until is not None and entry.until >= self.until):
            return entry
        says = f"{entry.keeping} The school must keep it until {short_date(self.until)} at least."
        return replace(entry, until=None if entry.until is None else self.until, keeping=says)

    def told(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return of a hold's row what its subject is told: until when, and whether it has ended. Never why."""
        until = values["until"]
        has_ended = values.get("ended_at") is not None or until < self.today
        day = short_date(until)
        ended = f"The school had to keep what it holds until {day}. It need not any more."
        stands = f"The school must keep what it holds until {day} at least, also where an earlier day is said for it."
        return {"kept_until": until, "says": ended if has_ended else stands}


def _is_on(hold: Hold, subject: Subject) -> bool:
    if hold.kind == PERSON:
        return hold.subject_id in subject.person_ids
    if hold.kind == PHOTOGRAPH:
        return hold.subject_id in subject.photograph_ids
    return (hold.kind, hold.subject_id) in subject.actors


# Of these a row is about few people; in a page of a platform, or a register's row, anybody may stand beside another.
_CLOSE = ("raw.people", "raw.photographs", "raw.masters", "raw.matches", "outcome.exceptions")


def ensure_not_on_hold(context: Context, subject: Subject) -> None:
    """Raise ConfigurationError, with the hold's number, where a hold that stands today covers the subject.

    The hold's reason is named to whoever erases, and nowhere else. On a day that may be wrong every hold stands that
    nobody ended.
    """
    with context.casebook() as book:
        holds, written = Holds(book).all(), newest_days(book)
    if not any(hold.stands(date.min) for hold in holds):
        return
    with looked_into(context) as db:
        today = context.today()
        doubt = doubt_about(db, context.now(), today, school=context.school.id, elsewhere=written)
        standing = [hold for hold in holds if hold.stands(date.min if doubt else today)]
        hold = next((hold for hold in standing if _is_same(db, hold, subject)), None) or _sharing(db, standing, subject)
    if hold is not None:
        raise ConfigurationError(
            f"Hold {hold.number} stands until {hold.until}: {hold.reason.rstrip('.')}. "
            f"Nothing was erased; to end it: audit hold end {context.school.id} {hold.number}"
        )


def _is_same(db: duckdb.DuckDBPyConnection, hold: Hold, subject: Subject) -> bool:
    held = subject_on_hold(db, [(hold.kind, hold.subject_id)])
    same = (held.actors & subject.actors, held.photograph_ids & subject.photograph_ids, held.written & subject.written)
    people = set(map(fold_roll_id, held.person_ids)) & set(map(fold_roll_id, subject.person_ids))
    return bool(people) or any(same)


def _sharing(db: duckdb.DuckDBPyConnection, standing: Sequence[Hold], subject: Subject) -> Hold | None:
    """Return a hold that keeps a row which would go; of many holds each is looked for only where any of them does."""
    going = rows_naming(db, subject, only=_CLOSE)
    if not _share(going, db, standing):
        return None
    return next(hold for hold in standing if _share(going, db, [hold]))


def _share(going: Mapping[str, Mapping[int, object]], db: duckdb.DuckDBPyConnection, holds: Sequence[Hold]) -> bool:
    held = subject_on_hold(db, [(hold.kind, hold.subject_id) for hold in holds])
    kept = rows_naming(db, held, only=_CLOSE)
    return any(kept[table].keys() & going[table].keys() for table in kept.keys() & going.keys())
