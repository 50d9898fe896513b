"""Keeps pandas out of a process: DuckDB imports it to see whether a value that it binds is one of pandas' own.

That takes a fifth of a second and 35 MiB, and nothing here binds one. Great Expectations alone has a use for pandas.
Both are about the whole process and all its threads: once left out, pandas cannot be imported by anybody in it, until
`let_pandas_in` is called; nothing else undoes it.
"""

import sys
from typing import Any

_CANNOT_BE_IMPORTED: Any = None  # as Python says it, in place of a module


def leave_out_pandas() -> None:
    """Have nobody import pandas from here on, unless it is there already."""
    sys.modules.setdefault("pandas", _CANNOT_BE_IMPORTED)


def let_pandas_in() -> None:
    """Have it imported again."""
    if sys.modules.get("pandas", sys) is _CANNOT_BE_IMPORTED:
        del sys.modules["pandas"]
