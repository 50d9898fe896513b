"""Keeps pandas out of a process until something there has a use for it.

Of each value that it binds, DuckDB asks whether it is NaT or NA of pandas, which it imports for that: a fifth of a
second and 35 MiB. It is told that there are no such values while pandas has not been imported, as there can be none.
"""

import importlib
import sys
from types import ModuleType
from typing import Any

import duckdb

_OF_VALUES = {"NaT", "NA"}


class _Unasked(ModuleType):
    """What DuckDB keeps as pandas, from which it has all else of pandas, imported when it is asked for."""

    def __getattribute__(self, name: str) -> Any:
        if name in _OF_VALUES and sys.modules.get("pandas", self) is self:
            raise AttributeError
        if name.startswith("__"):
            return super().__getattribute__(name)
        return getattr(importlib.import_module("pandas"), name)


def leave_pandas_unasked(db: duckdb.DuckDBPyConnection) -> None:
    """Have this process's DuckDB import pandas for no value that it binds, unless it is there already."""
    if "pandas" in sys.modules:
        return
    sys.modules["pandas"] = _Unasked("pandas")
    try:
        db.execute("select ?", [0]).fetchall()
    finally:
        del sys.modules["pandas"]
