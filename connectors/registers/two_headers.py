"""Headers in two rows: a head such as `Photo consent` over several columns, and below it what each of them is about."""

from collections.abc import Sequence

from connectors.registers.consent_channels import WORDS, kind_of
from connectors.registers.table_rows import Row
from engines.text import fold

_CONSENT = frozenset(WORDS["consent"])
_FEWEST = 2  # columns that have their head in one row alone, as those of a name have


def whole_header(rows: Sequence[Row], place: int) -> tuple[Row, int]:
    """Return the header at this place, with what a second row says of its columns, and where the rows below it begin.

    The second row stands below the header, over columns that have no head of their own, or above it, as a head of
    consents over several columns. Its cells are put before those that stand below them.
    """
    header = rows[place]
    if place + 1 < len(rows) and _says_more(header, rows[place + 1]):
        return _joined(header, rows[place + 1], header.number), place + 2
    if place and (above := _heads(rows[place - 1], header)):
        return _joined(above, header, header.number), place + 1
    return header, place + 1


def _says_more(header: Row, below: Row) -> bool:
    """Say whether a row below the header names columns: it is empty where the header names them alone."""
    said, heads = _places(below), _places(header)
    alone = [place for place in heads if place not in said]
    new = [place for place in said if place not in heads]
    grouped = all(_head_of(header, place) in said for place in new)
    under = all(_is_of_consent(header.cells[_head_of(header, place)]) for place in said)
    return bool(new) and grouped and under and len(alone) >= _FEWEST


def _heads(above: Row, header: Row) -> Row | None:
    """Return of the row above the header the heads that are of consents, and reach over several columns below them."""
    if above.number + 1 != header.number or any(place < _FEWEST for place in _places(above)):
        return None  # a title
    cells = [cell if _is_of_consent(cell) else "" for cell in above.cells]
    several = [
        place
        for place, cell in enumerate(cells)
        if cell and place + 1 < len(header.cells) and not _cell(above, place + 1) and _cell(header, place + 1)
    ]
    if not several:
        return None
    return Row(above.number, tuple(cell if place in several else "" for place, cell in enumerate(cells)))


def _joined(heads: Row, header: Row, number: int) -> Row:
    width = max(len(heads.cells), len(header.cells))
    said = []
    for place in range(width):
        head, cell = _cell(heads, place), _cell(header, place)
        over = _cell(heads, _head_of(heads, place))
        is_under = cell and _is_of_consent(over)
        said.append(f"{over} {cell}" if is_under else head or cell)
    return Row(number, tuple(said))


def _head_of(row: Row, place: int) -> int:
    """Return the place of the head that reaches over this one: its own, or the last filled one to the left."""
    return next((one for one in range(min(place, len(row.cells) - 1), -1, -1) if _cell(row, one)), 0)


def _is_of_consent(text: str) -> bool:
    return bool(text.strip()) and (kind_of(text).is_of_pictures or bool(_CONSENT & {*fold(text).split()}))


def _places(row: Row) -> list[int]:
    return [place for place in range(len(row.cells)) if _cell(row, place)]


def _cell(row: Row, place: int) -> str:
    return row.cell(place).strip()
