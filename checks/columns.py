"""Which columns of the registers a check goes by, and which of them this run did not see: nothing they say is known."""

import duckdb

from checks.model import Check

_MISSING = "select register || '.' || column_name, is_likely_there from core.missing_columns where bears"
_REMEDY = "Add it to the file, empty where there is nothing to say, or map its heading in school.toml"


def unseen(db: duckdb.DuckDBPyConnection, check: Check) -> list[str]:
    """Return a sentence for each column that the check goes by and that this run did not see, in order.

    What a check needs must be there. What it heeds may never have been, unless a heading looks like it.
    """
    missing = dict(db.execute(_MISSING).fetchall())
    named = dict.fromkeys((*check.needs_columns, *check.heeds_columns))
    return [
        _sentence(name, is_likely_there=missing[name])
        for name in named
        if name in missing and (name in check.needs_columns or missing[name])
    ]


def _sentence(name: str, *, is_likely_there: bool) -> str:
    register, _, column = name.partition(".")
    though = ", although a heading that nobody recognised looks like it" if is_likely_there else ""
    return f"The {register} register has no column {column}{though}, so that nobody knows what it says. {_REMEDY}."
