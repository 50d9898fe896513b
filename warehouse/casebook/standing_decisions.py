"""The decisions that stand, kept in memory: of the casebook only what was written since is read."""

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

from sqlalchemy import Row, select

from warehouse.casebook.casebook import Casebook
from warehouse.casebook.decisions import Decision
from warehouse.casebook.extents import NOTHING, extent
from warehouse.casebook.tables import DECISIONS


class StandingDecisions:
    """The newest decision of each case of one school, unless it was withdrawn; many may ask at once."""

    def __init__(self, book: Casebook) -> None:
        self._book = book
        self._extent = NOTHING
        self._standing: Mapping[str, Decision] = {}
        self._reading = Lock()

    def now(self) -> Mapping[str, Decision]:
        """Return the standing decisions: the same object as before where none was written or deleted."""
        with self._reading:
            now = extent(self._book.engine, DECISIONS, self._book.school)
            if now != self._extent:
                self._standing = self._read(now[0])
                self._extent = now
            return self._standing

    def _read(self, count: int) -> Mapping[str, Decision]:
        """Read the decisions made since; all of them where their number says that others came or went."""
        since = self._since(self._extent[1])
        if len(since) != count - self._extent[0]:
            return self._book.standing()
        newest = {row.fingerprint: row for row in since}
        kept = {fingerprint: decision for fingerprint, decision in self._standing.items() if fingerprint not in newest}
        return {
            **kept,
            **{fingerprint: Decision.of(row) for fingerprint, row in newest.items() if row.verdict != "withdrawn"},
        }

    def _since(self, number: int) -> Sequence[Row[Any]]:
        query = select(DECISIONS).where(DECISIONS.c.school == self._book.school, DECISIONS.c.number > number)
        with self._book.engine.connect() as connection:
            return connection.execute(query.order_by(DECISIONS.c.number)).all()
