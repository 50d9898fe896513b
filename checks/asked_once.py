"""Asks a run that stands still each question once: of registers, lists and days, which every check asks alike."""

from typing import Any

import duckdb


class AskedOnce:
    """The run at hand, of which nothing changes while checks are asked of it; `db` is for what one of them asks."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self.db = db
        self._answers: dict[str, tuple[Any, ...]] = {}

    def rows(self, sql: str) -> tuple[Any, ...]:
        """Return the rows that answer this question, as they were when it was first asked."""
        if sql not in self._answers:
            self._answers[sql] = tuple(self.db.execute(sql).fetchall())
        return self._answers[sql]
