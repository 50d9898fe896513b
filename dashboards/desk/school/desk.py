"""What every page of the desk reads: the newest published week of a tier, and what people have decided since."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

import duckdb

from dashboards.report.model import Tier, Week
from dashboards.report.read import read_week
from dashboards.report.story import Told
from policies.errors import UserError
from policies.school import School
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.decisions import CaseDecisions, Decisions, DecisionsNow
from warehouse.runs.publish import ensure_current
from warehouse.store.open import attach, engine, plain_errors

Version = tuple[int, int]


class NothingPublishedError(UserError):
    """There is no run to look at."""

    def __init__(self, school: str) -> None:
        super().__init__(f"Nothing is published yet. Run `audit run {school}` first.")


@dataclass(slots=True)
class PublishedCopy:
    """One school's published file. A run that publishes puts another file in its place, which is then read instead."""

    school_id: str
    path: Path
    key: str = field(repr=False)
    _open: tuple[Version, duckdb.DuckDBPyConnection] | None = None
    _opening: Lock = field(default_factory=Lock)

    def version(self) -> Version:
        """Return what tells this file from the one before; NothingPublishedError if there is none."""
        try:
            return (stat := self.path.stat()).st_ino, stat.st_mtime_ns
        except FileNotFoundError as error:
            raise NothingPublishedError(self.school_id) from error

    @contextmanager
    def lent(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a connection of the caller's own, to be read only; WarehouseError if the file cannot be read."""
        with self._opening:
            cursor = self._connection().cursor()
        try:
            cursor.execute("use kept")
            with plain_errors(self.path.name):
                yield cursor
        finally:
            cursor.close()

    def close(self) -> None:
        """Let the file go; who was lent a connection keeps it to the end."""
        with self._opening:
            self._let_go()

    def _connection(self) -> duckdb.DuckDBPyConnection:
        version = self.version()
        if self._open is not None and self._open[0] == version:
            return self._open[1]
        self._let_go()
        db = engine()
        try:
            attach(db, self.path, self.key, name="kept", read_only=True)
            db.execute("use kept")
            ensure_current(db)
        except BaseException:
            db.close()
            raise
        self._open = (version, db)
        return db

    def _let_go(self) -> None:
        if self._open is not None:
            self._open[1].close()
            self._open = None


class RunStarter(Protocol):
    """Starts the runs of one school, and reads its settings as they stand now."""

    def school(self) -> School:
        """Return school.toml; a UserError names every mistake in it."""

    def start(self, as_of: date | None, options: Sequence[str] = ()) -> None:
        """Start a run of a day, or of today where None; a UserError in one sentence if it cannot be started."""


Made = TypeVar("Made")
TIERS: dict[str, Tier] = {
    "enterprise_and_technology_lead": "lead",
    "dsl": "dsl",
    "dpo": "dpo",
    "headteacher": "headteacher",
    "chair_of_governors": "governors",
    "data_office": "governors",
    "it_technician": "governors",
}


@dataclass(slots=True)
class Desk:
    """One school's desk. A week is read once for each tier, and again when a run has published another.

    Without a `starter` no run can be begun. `second_for_staff` agrees beside a Lead that somebody is of the staff.
    """

    school_id: str
    school_name: str
    zone: ZoneInfo
    published: Path
    key: str = field(repr=False)
    book: Casebook
    clock: Callable[[], datetime]
    starter: RunStarter | None = None
    second_for_staff: str = "dpo"
    _weeks: dict[Tier, tuple[Version, Week]] = field(default_factory=dict)
    _latest: dict[tuple[Tier | None, object], tuple[tuple[object, ...], Any]] = field(default_factory=dict)
    _reading: Lock = field(default_factory=Lock)
    _making: Lock = field(default_factory=Lock)
    _copy: PublishedCopy = field(init=False)
    _decisions: DecisionsNow = field(init=False)

    def __post_init__(self) -> None:
        self._copy = PublishedCopy(self.school_id, self.published, self.key)
        self._decisions = DecisionsNow(self.decisions)

    @property
    def decisions(self) -> Decisions:
        """What people decided about cases."""
        return self.book.decisions

    def today(self) -> date:
        """Return the day that it is at the school."""
        return self.clock().astimezone(self.zone).date()

    def week(self, tier: Tier) -> Week:
        """Return the newest published week as this tier may see it; NothingPublishedError if there is none."""
        version = self._copy.version()
        if tier in self._weeks and self._weeks[tier][0] == version:
            return self._weeks[tier][1]
        with self._reading:
            if tier in self._weeks and self._weeks[tier][0] == version:
                return self._weeks[tier][1]
            with self.copy() as db:
                [(newest,)] = db.execute("select max(run_id) from published.runs").fetchall()
                if newest is None:
                    raise NothingPublishedError(self.school_id)
                week = read_week(db, run_id=newest, tier=tier, told=Told(self.decisions.every(), self.zone, ""))
            self._weeks[tier] = (version, week)
            return week

    def read_once(self, read: Callable[[duckdb.DuckDBPyConnection], Made]) -> Made:
        """Return what this reads of the published copy, read once for each copy."""

        def made() -> Made:
            with self.copy() as db:
                return read(db)

        version = self._copy.version()
        with self._reading:
            return self.latest(None, read, made, of=(version,))

    def once(self, tier: Tier, make: Callable[[Week], Made]) -> Made:
        """Return what this makes of a tier's week, made once for each week."""
        week = self.week(tier)
        with self._making:
            return self.latest(tier, make, lambda: make(week), of=(week,))

    def latest(self, tier: Tier | None, what: object, make: Callable[[], Made], *, of: tuple[object, ...]) -> Made:
        """Return what this makes of these objects for a tier: the one made before while they are the same or equal."""
        before, known = self._latest.get((tier, what), ((), None))
        if before == of:
            return cast("Made", known)
        made = make()
        self._latest[tier, what] = (of, made)
        return made

    def decided(self) -> Mapping[str, CaseDecisions]:
        """Return the decision of every case that counts: the same object again as long as nobody decided."""
        return self._decisions.by_case()

    def copy(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Lend the published copy, to be read only; a run that publishes meanwhile puts another in its place."""
        return self._copy.lent()

    def close(self) -> None:
        """Let the copy go."""
        self._copy.close()
