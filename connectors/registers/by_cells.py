"""Columns that only their cells tell for what they are: kinds of consent beside an answer, and consents to a channel.

A kind of consent counts by the answer beside it and never alone. What speaks of a channel and of no picture may be
about something else, so that it gives nothing; a refusal there is one.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from connectors.registers.cells import trimmed
from connectors.registers.consent_channels import (
    GIVEN,
    WORDS,
    Answers,
    Kind,
    answers_by,
    kind_of,
    kinds_in,
    lists_kinds,
)
from connectors.registers.consents import is_answer
from connectors.registers.headers import ON_ROLL, Columns
from connectors.registers.table_rows import Row
from engines.text import fold
from policies.platforms.registry import PLATFORMS

_OF_KINDS, _OF_CONSENT, _OF_ANSWERS = (frozenset(WORDS[name]) for name in ("kinds", "consent", "answers"))


def by_cells(columns: Columns, register: str, rows: Sequence[Row]) -> Columns:
    """Return the columns with those that their cells tell for consents, or for lists of them that name pictures."""
    of_all = columns.all_places("consents_given")
    columns = replace(columns, lists=frozenset(p for p in of_all if lists_kinds(row.cell(p) for row in rows)))
    if register not in ON_ROLL:
        return columns
    cells = {place: _filled(rows, place) for place in columns.unread}
    answering = [place for place in columns.unread if _are_answers(cells[place])]
    refusals = {place: kind.channels for place in answering if _is_of_channels(kind := kind_of(columns.header[place]))}
    beside = [place for place in answering if place not in refusals and _words(columns, place) & _OF_ANSWERS]
    kinds = [place for place in columns.unread if _is_of_kinds(_words(columns, place)) and _reach(cells[place])]
    kinds += of_all  # beside answers it is no list of what is given
    answers = {kinds[0]: beside[0]} if len(kinds) == len(beside) == 1 and kinds != beside else {}
    read = {*refusals, *answers, *answers.values()}
    unread = tuple(place for place in columns.unread if place not in read)
    return replace(columns, unread=unread, refusals=refusals, answers=answers)


def said_by_cells(columns: Columns, row: Row, place: int, simple: Callable[[str], str | None]) -> Answers:
    """Return what a cell of such a column says; unreadable where nobody can tell."""
    channels = columns.refusals.get(place)
    if channels is None and not any(kind.is_of_pictures or kind.channels for kind in kinds_in(row.cell(place))):
        return {}
    answer = simple(row.cell(columns.answers.get(place, place)))
    if channels is None:
        return answers_by(row.cell(place), answer)
    return dict.fromkeys(channels, answer) if answer and answer != GIVEN else {}


def _is_of_channels(kind: Kind) -> bool:
    return bool(kind.channels) and not kind.is_of_pictures and not kind.rest


def _is_of_kinds(words: frozenset[str]) -> bool:
    return bool(words & _OF_KINDS and words & _OF_CONSENT)


def _reach(cells: Sequence[str]) -> bool:
    """Say whether kinds of consent are for pictures on every platform."""
    kinds = [kind for cell in cells for kind in kinds_in(cell) if kind.is_of_pictures]
    return any(not kind.channels for kind in kinds) or {*PLATFORMS} <= {
        name for kind in kinds for name in kind.channels
    }


def _are_answers(cells: Sequence[str]) -> bool:
    """Say whether most cells answer, so that a word that nobody knows is one too, and none."""
    return sum(map(is_answer, cells)) * 2 > len(cells)


def _words(columns: Columns, place: int) -> frozenset[str]:
    return frozenset(fold(trimmed(columns.header[place])).split())


def _filled(rows: Sequence[Row], place: int) -> list[str]:
    return [cell for row in rows if trimmed(cell := row.cell(place))]
