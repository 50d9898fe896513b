"""What a recorded hold does to a pack: what it keeps is kept until the hold's day, and nobody is told why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboards.subject_pack.pack import PackEntry
from flows.home.context import Context
from policies.dates import short_date
from warehouse.casebook.holds import PERSON, PHOTOGRAPH, Hold, Holds
from warehouse.privacy.subject_patterns import Subject


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
