"""Ask a locked connection and send the answer piece by piece, or say in a sentence why there is none."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import duckdb

from dashboards.ask import AskError
from dashboards.ask.cell_text import AnswerWriter
from dashboards.ask.messages import QuestionLimits

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


_AT_ONCE = 2_048  # DuckDB's own vectors


def answer(
    db: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Mapping[str, Any],
    *,
    writer: AnswerWriter,
    limits: QuestionLimits,
    asked: Mapping[str, Any],
    send: Callable[[bytes], None],
) -> dict[str, Any]:
    """Send the answer to a statement; return how many rows it has, how many of them were given, and its columns.

    `asked` says of a form that does not show all rows which are shown: `skip` of them are passed over.
    AskError, in one sentence, for an answer of too many rows or bytes.
    """
    result = db.execute(sql, parameters)
    names = _once_each([column[0] for column in result.description or ()])
    sent = _Sent(send, limits)
    sent.add(writer.begin(names))
    first, last = asked["skip"], asked["skip"] + asked["most_shown"]
    count, shown, most = 0, 0, limits.rows if writer.shows_all else limits.counted_rows
    while rows := result.fetchmany(_AT_ONCE):
        if writer.shows_all and count + len(rows) > most:
            raise AskError(limits.too_many_rows)
        given = rows if writer.shows_all else rows[max(first - count, 0) : max(last - count, 0)]
        shown += len(given)
        count += len(rows)
        sent.add(writer.rows(given))
        if count > most:
            break
    is_more = count > most
    sent.add(writer.end(_told(count, shown, is_more=is_more)))
    return {"rows": count, "shown": shown, "is_more": is_more, "columns": names}


class _Sent:
    """Sends pieces of an answer, and says when they are too many."""

    def __init__(self, send: Callable[[bytes], None], limits: QuestionLimits) -> None:
        self._send, self._left, self._too_large = send, limits.most_bytes, limits.too_large

    def add(self, part: bytes) -> None:
        self._left -= len(part)
        if self._left < 0:
            raise AskError(self._too_large)
        if part:
            self._send(part)


def _told(count: int, shown: int, *, is_more: bool) -> str:
    """Return the count in words: all rows, or how many of how many are shown and how to have all of them."""
    if shown == count:
        return f"{count:,} {'row' if count == 1 else 'rows'}"
    every = f"more than {count:,}" if is_more else f"{count:,}"
    return f"{shown:,} of {every} rows shown; --format csv --out FILE gives all"


def _once_each(names: Sequence[str]) -> list[str]:
    """Return the columns' names, a number added to one that was there before."""
    given: list[str] = []
    for name in names:
        made, number = name, 1
        while made in given:
            number += 1
            made = f"{name}_{number}"
        given.append(made)
    return given
