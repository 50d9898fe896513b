"""What became of each heading of a register file: recognised, ignored, or missing, and what an ignored one may mean.

A heading is the school's own word; what does not look like one, and may be a cell of a person's, is never kept.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from rapidfuzz import fuzz, process

from connectors.records import RegisterColumn
from connectors.registers.by_cells import by_cells
from connectors.registers.cells import trimmed
from connectors.registers.consent_channels import CHANNELS
from connectors.registers.headers import READ_TOGETHER, Columns, aliases, asked, find_columns, score, telling
from connectors.registers.table import read_table
from connectors.registers.table_rows import Row
from policies.platforms.registry import PLATFORMS

LIKE = 80.0  # of 100: "Photograph Student" is 83 from "Photograph consent"
_MOST_SIGNS, _MOST_WORDS = 60, 8
_IDS_AND_DATES = re.compile(r"\d{3,}|\d[/.:-]\d|@")
_WORD = re.compile(r"[^\W\d_]+")
# In place of what is not there, these do.
_INSTEAD = {
    "full_name": ("surname",), "given_names": ("full_name",), "surname": ("full_name",), "known_as": ("full_name",),
    "account_id": ("handle",),
}  # fmt: skip


def columns_of(register: str, file_name: str, columns: Columns, rows: Sequence[Row]) -> Iterator[RegisterColumn]:
    """Yield each column of the file, and each that it should have; `rows` are the ones below its header."""
    column = partial(RegisterColumn, register=register, file_name=file_name)
    absent = [
        name
        for name in aliases(register)
        if name not in columns.places
        and not _has_instead(columns, name)
        and not (name == "picture_consent" and (columns.lists or columns.answers))
    ]
    for place, known in _by_place(columns):
        name = None if known == "consents_given" and place not in columns.lists else known
        heading = _shown(place, columns, rows)
        is_read = name is not None and (name in READ_TOGETHER or columns.places[name] == place)
        nearest = None if name else _nearest(columns.header[place], register, absent)
        if name or heading.strip():
            state = "recognised" if is_read else "ignored"
            yield column(heading=heading, column_name=name, state=state, nearest=nearest)
    for name in asked(register):
        if name in absent or name in columns.lost:
            yield column(heading=columns.lost.get(name), column_name=name, state="missing", nearest=None)


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    """One column of a file: its heading as the file has it, and what it is read as; None for what is not read.

    `can_be_mapped` is so of a heading that stands once, by which school.toml can say what the column is.
    """

    heading: str
    reads_as: str | None
    can_be_mapped: bool


@dataclass(frozen=True, slots=True)
class RegisterPreview:
    """A file before it is a register: its columns, its first rows below them, and what heads groups of its rows."""

    columns: tuple[PreviewColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...]


def preview(register: str, file_name: str, body: bytes, mapped: Mapping[str, str] | None, most: int) -> RegisterPreview:
    """Return the columns of a file and its first rows, at most `most`; SourceRefused where it is no table."""
    table = read_table(body, file_name, partial(score, register=register, mapped=mapped))
    columns = by_cells(find_columns(table.header.cells, register, mapped), register, table.rows)
    known = dict(_by_place(columns))
    headings = [trimmed(heading) for heading in columns.header]
    shown: dict[int, PreviewColumn] = {}
    for place, written in enumerate(headings):
        if not written and not any(trimmed(row.cell(place)) for row in table.rows):
            continue
        name = known.get(place)
        channels = sorted(columns.consents.get(place) or columns.refusals.get(place) or (), key=CHANNELS.index)
        reads_as = f"{name}: {', '.join(channels)}" if name and channels else name
        is_read = name in READ_TOGETHER or (name is not None and columns.places.get(name) == place)
        is_list = name != "consents_given" or place in columns.lists
        can_be_mapped = bool(written) and headings.count(written) == 1
        heading = written or f"column {letters(place)}"
        shown[place] = PreviewColumn(heading, reads_as if is_read and is_list else None, can_be_mapped)
    rows = [tuple(map(row.cell, shown)) for row in table.rows[:most]]
    return RegisterPreview(tuple(shown.values()), tuple(rows), table.groups)


def _has_instead(columns: Columns, name: str) -> bool:
    if name == "picture_consent":  # consents by channel do, where they are for every platform
        by_channel = frozenset().union(*columns.consents.values())
        return by_channel >= {*PLATFORMS}
    return any(columns.has(other) for other in _INSTEAD.get(name, ()))


def _by_place(columns: Columns) -> list[tuple[int, str | None]]:
    """Return the places of the file's columns, from the left, each with the column that it is; None for no column."""
    first = ((place, name) for name, place in columns.places.items())
    more = ((place, name) for name, places in columns.spare.items() for place in places)
    named = dict(chain(more, first))
    by_cells = (*columns.refusals, *columns.answers, *columns.answers.values())
    named |= dict.fromkeys((*columns.consents, *by_cells), "picture_consent")
    return sorted([*named.items(), *((place, None) for place in columns.unread)], key=lambda placed: placed[0])


def _shown(place: int, columns: Columns, rows: Sequence[Row]) -> str:
    """Return the heading, or which column it stands over; nothing for a column without a heading or any cell."""
    heading = trimmed(columns.header[place])
    cells = {trimmed(row.cell(place)) for row in rows} - {""}
    if not heading and not cells:
        return ""
    return heading if _is_heading(heading) and heading not in cells else f"column {letters(place)}"


def _is_heading(text: str) -> bool:
    words = _WORD.findall(text)
    is_short = len(text) <= _MOST_SIGNS and 0 < len(words) <= _MOST_WORDS
    return is_short and not _IDS_AND_DATES.search(text)


def letters(place: int) -> str:
    """Return the letters that a spreadsheet program shows above a column: A, B, ... Z, AA."""
    more, last = divmod(place, 26)
    return (letters(more - 1) if more else "") + chr(ord("A") + last)


def _nearest(heading: str, register: str, absent: Sequence[str]) -> str | None:
    """Return the column, of those that the file lacks, that a heading may mean; None where it is like none."""
    words = [word.casefold() for word in _WORD.findall(heading)]
    text = " ".join(words)
    best: dict[str, float] = {}
    for name in absent:
        candidates = [" ".join(_WORD.findall(alias)).casefold() for alias in aliases(register)[name]]
        scored = [process.extractOne(text, candidates, scorer=scorer) for scorer in (fuzz.ratio, fuzz.token_sort_ratio)]
        floor = LIKE if telling(name).intersection(words) else 0.0
        best[name] = max(floor, *(match[1] for match in scored))
    likest = max(best, key=best.__getitem__, default="")
    return likest if best.get(likest, 0.0) >= LIKE else None
