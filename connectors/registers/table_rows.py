"""Which rows of a register file are the table: titles stand above its header, sums and a printer's words below it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

MOST_TITLE_ROWS = 30  # a title, the day of the export, who made it

_SUM = re.compile(
    r"(grand |sub)?totals?\b.*|(row |record )?count\b.*|number of \w+\b.*"
    r"|\d+ (pupils|students|staff|people|records|rows)|(end of|report|printed|generated|produced|exported|page) .*",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(class|reg(istration)? (group|form)|tutor group|dosbarth)\b[ .:-]*[\w&/-]{1,8}"
    r"|(form|year|yr|year group|blwyddyn)[ .:-]*(\d{1,2} ?[a-z]{0,3}|[rn])"
    r"|\d{1,2} ?[a-z]{1,3}|reception|nursery|derbyn|meithrin",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\d.,:/ -]*")

Score = Callable[[Sequence[str]], int]  # how many columns a row names, if it could be the header; else 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row as text; `number` is 1 for the first row of the file."""

    number: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """Return the text at a place (0-based); empty where the row ends before it."""
        return self.cells[place] if place < len(self.cells) else ""


def place_of_header(rows: Sequence[Row], score: Score) -> int | None:
    """Return the place of the row with the highest score, the first of several; None where no row could be it."""
    scores = [score(row.cells) for row in islice(rows, MOST_TITLE_ROWS)]
    best = max(scores, default=0)
    return scores.index(best) if best else None


def is_group(row: Row) -> bool:
    """Say whether a row is the heading of those below it, such as `Class 6A`: one cell, and nothing beside it."""
    filled = _filled(row.cells)
    return len(filled) == 1 and bool(_GROUP.fullmatch(filled[0]))


def below(header: Row, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows without those that say the header again, page by page, and without the sums at the end."""
    last = len(rows)
    while last and _is_sum(rows[last - 1]):
        last -= 1
    head = _filled(header.cells)
    return tuple(row for row in rows[:last] if _filled(row.cells) != head)


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells if cell.strip()]


def _is_sum(row: Row) -> bool:
    first, *others = _filled(row.cells)
    return bool(_SUM.fullmatch(first)) and all(_NUMBER.fullmatch(cell) for cell in others)
