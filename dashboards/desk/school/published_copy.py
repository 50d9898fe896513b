"""The published copy as the desk reads it: opened once, lent to many readers, opened anew when a run published."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import duckdb

from policies.errors import UserError
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
            stat = self.path.stat()
        except FileNotFoundError as error:
            raise NothingPublishedError(self.school_id) from error
        return stat.st_ino, stat.st_mtime_ns

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
