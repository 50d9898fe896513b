"""What every page of the desk reads: the newest published week of a tier, and what people have marked since."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

import duckdb

from dashboards.report.model import Tier, Week
from dashboards.report.read import CONCERNS, read_week
from policies.errors import UserError
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.marks import Marks
from warehouse.open import opened
from warehouse.publish import must_be_current

Made = TypeVar("Made")
TIERS: dict[str, Tier] = {
    "enterprise_and_technology_lead": "lead",
    "dsl": "dsl",
    "dpo": "dpo",
    "headteacher": "headteacher",
    "chair_of_governors": "governors",
    "it_technician": "governors",
}
LEAD = "enterprise_and_technology_lead"
CLEARS = frozenset({"enterprise_and_technology_lead", "dsl"})  # who decides about cases
READS_CASES = CLEARS | {"dpo"}


def may_clear(role: str, concerns: str) -> bool:
    """Say whether somebody of this role reads, and decides about, cases that concern this, such as `pupil`."""
    if role not in CLEARS:
        return False
    read = CONCERNS[TIERS[role]]
    return read is None or concerns in read


class NothingPublishedError(UserError):
    """There is no run to look at."""

    def __init__(self, school: str) -> None:
        super().__init__(f"Nothing is published yet. Run `audit run {school}` first.")


@dataclass(slots=True)
class Desk:
    """One school's desk. A week is read once for each tier, and again when a run has published another."""

    school_id: str
    school_name: str
    zone: ZoneInfo
    published: Path
    key: str = field(repr=False)
    book: Casebook
    clock: Callable[[], datetime]
    _weeks: dict[Tier, tuple[tuple[int, int], Week]] = field(default_factory=dict)
    _made: dict[tuple[Tier, Callable[[Week], Any]], tuple[Week, Any]] = field(default_factory=dict)
    _reading: Lock = field(default_factory=Lock)

    @property
    def marks(self) -> Marks:
        """What people did about cases."""
        return Marks(self.book)

    def today(self) -> date:
        """Return the day that it is at the school."""
        return self.clock().astimezone(self.zone).date()

    def week(self, tier: Tier) -> Week:
        """Return the newest published week as this tier may see it; NothingPublishedError if there is none."""
        with self._reading:
            version = self._version()
            if tier in self._weeks and self._weeks[tier][0] == version:
                return self._weeks[tier][1]
            with self.copy() as db:
                must_be_current(db)
                [newest] = db.execute("select max(run_id) from published.runs").fetchall()
                if newest[0] is None:
                    raise NothingPublishedError(self.school_id)
                week = read_week(db, run_id=newest[0], tier=tier)
            self._weeks[tier] = (version, week)
            return week

    def once(self, tier: Tier, make: Callable[[Week], Made]) -> Made:
        """Return what this makes of a tier's week, made once for each week."""
        week = self.week(tier)
        of, known = self._made.get((tier, make), (None, None))
        if of is week:
            return cast("Made", known)
        made = make(week)
        self._made[tier, make] = (week, made)
        return made

    @contextmanager
    def copy(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend the published copy, to be read only; a run that publishes meanwhile puts another in its place."""
        if not self.published.exists():
            raise NothingPublishedError(self.school_id)
        with opened(self.published, self.key, read_only=True) as db:
            yield db

    def _version(self) -> tuple[int, int]:
        if not self.published.exists():
            raise NothingPublishedError(self.school_id)
        stat = self.published.stat()
        return stat.st_ino, stat.st_mtime_ns
