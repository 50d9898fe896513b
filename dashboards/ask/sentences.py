"""One sentence for whatever DuckDB says of a question; only errors about the question's own words are quoted."""

import re

import duckdb

SPOKEN = (duckdb.CatalogException, duckdb.BinderException, duckdb.ParserException)
_CANDIDATES = re.compile(r"^Candidate (?:bindings|functions|Entries)[^:]*: (.+)$", re.MULTILINE | re.IGNORECASE)
_MOST_CANDIDATES = 3
_LONGEST = 300


def sentence(error: Exception, *, most_memory: str) -> str:
    """Return what to say of an error, without any value from the data."""
    if isinstance(error, duckdb.OutOfMemoryException | MemoryError):
        return most_memory
    if isinstance(error, duckdb.PermissionException):
        return "That is not allowed here: the published copy may only be read."
    if isinstance(error, duckdb.InvalidInputException) and "parameter" in str(error).lower():
        return "The question names a value that was not given; audit ask --list shows which each question takes."
    if isinstance(error, SPOKEN):
        message = str(error).splitlines()[0].partition(": ")[2].rstrip(".!")
        return f"The question cannot be answered: {message[:_LONGEST]}{_meant(str(error))}"
    if isinstance(error, RecursionError):
        return "The question is too deeply nested to be read; ask it in smaller parts."
    return "A value in the data does not fit the question; try TRY_CAST, or cast the column to text."


def _meant(message: str) -> str:
    found = _CANDIDATES.search(message)
    if found is None:
        return "."
    names = [name.strip().strip('"') for name in found[1].split(",")][:_MOST_CANDIDATES]
    return f"; is it {' or '.join(names)}?"
