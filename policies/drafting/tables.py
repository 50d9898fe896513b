"""Tables and columns as lines: a cell below a head such as Do or Don't says its head, so that none is turned round.

A cell is a list of lines. What is below `Don't` reads `Don't: follow pupils`; a mark in a column of marks stands for
what the row is about.
"""

import re
from collections.abc import Sequence

from policies.drafting.paragraphs import unwrapped
from policies.guesses import HEADS, is_list_head

Cell = list[str]
Row = list[Cell]

BULLET = "\u2022 "
LEAST_LINES, LEAST_WIDTH = (
    8,
    18,
)  # of two columns of prose on a page; anything smaller may be a list of names and values
_MARK = re.compile(
    r"^(?:[\u2713\u2714\u2705\u2611\u2717\u2718\u2716\u2612\u274c\u00d7xX]|yes|no|ydy|oes|na)[.!]?$", re.IGNORECASE
)
_NO = re.compile(r"^(?:[\u2717\u2718\u2716\u274c\u00d7]|no|na)", re.IGNORECASE)
_OWN_LABEL = re.compile(r"^(?:[-\u2013\u2022*]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s", re.IGNORECASE)
_SYMBOL_BULLETS = re.compile("[\uf0b7\uf0a7\uf0d8\uf076\u25aa\u25cf\u25e6]")
_OWN_BULLET = re.compile(r"^[-\u2013\u2022*]\s+")
_CUT = re.compile(r"(?:[,-]|\b(?:a|an|and|or|of|to|the|in|on|for|with|by|from|their|your|any))$")
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")


def with_bullets(text: str) -> str:
    """Return a text with a bullet for each sign that stands for one in the fonts of symbols."""
    return _SYMBOL_BULLETS.sub("\u2022", text)


def as_item(text: str) -> str:
    """Return the text of an item of a list with a bullet before it, unless it is empty or has a label of its own."""
    return f"{BULLET}{text.strip()}" if text.strip() and not _OWN_LABEL.match(text) else text


def lines_of(rows: Sequence[Row]) -> list[str] | None:
    """Return the lines of a table whose first row or first column says do or don't; None for any other table."""
    rows = [row for row in rows if any(map(_said, row))]
    if len(rows) > 2 and len({*map(_said, rows[0])} - {""}) == 1 and all(map(is_list_head, map(_said, rows[1]))):
        return [*rows[0][0], *(lines_of(rows[1:]) or ())]  # a title over the heads
    if not rows:
        return None
    heads, sides = [_said(cell) for cell in rows[0]], [_said(row[0]) for row in rows]
    if all(map(is_list_head, sides)) and not all(map(is_list_head, heads)):
        return [line for row in rows for cell in row[1:] for line in _item(_said(row[0]), cell)]
    if any(map(is_list_head, heads)) and len(rows) > 1:
        return [line for row in rows[1:] for line in _below(heads, row)]
    return None


def _below(heads: list[str], row: Row) -> list[str]:
    cells = dict(enumerate(row))
    about = _said(row[0]) if row else ""
    lines: list[str] = []
    is_marked = any(_MARK.match(_said(cell)) for place, cell in cells.items() if place and place < len(heads))
    for place, cell in cells.items():
        head = heads[place] if place < len(heads) else ""
        said = _said(cell)
        if is_marked and place == 0:
            continue
        if not is_list_head(head):
            lines += [] if not said else cell
        elif _MARK.match(said) and about and place:
            lines += (
                [_marked(head, about, said)]
                if not _NO.match(said) or head.endswith("?")
                else [_marked(f"{head}?", about, "No.")]
            )
        else:
            lines += _item(head, cell)
    return lines


def _marked(head: str, about: str, said: str) -> str:
    if head.endswith("?"):
        return f"{BULLET}{about.rstrip('.')}: {head} {'No.' if _NO.match(said) else 'Yes.'}"
    return f"{BULLET}{head}: {about}"


def _item(head: str, cell: Cell) -> list[str]:
    head = HEADS.get(head.strip(), head.strip()).rstrip(":")
    return [f"{BULLET}{head}: {_OWN_BULLET.sub('', line.strip())}" for line in cell if line.strip()]


def _said(cell: Cell) -> str:
    return " ".join(" ".join(cell).split())


def lines_of_tabs(text: str) -> str:
    """Return a plain text with each table of do and don't in it, its cells parted by tabs or bars, as lines."""
    made: list[str] = []
    block: list[str] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in (line if block else line.strip()) or line.strip().count("|") >= 2:
            block.append(line)
            continue
        rows = [_cells(row) for row in block if not re.fullmatch(r"[\s|:\-]+", row)]
        made += lines_of(rows) or block
        block = []
        made.append(line)
    return "\n".join(made[:-1])


def _cells(line: str) -> Row:
    parts = line.split("\t") if "\t" in line else line.strip().strip("|").split("|")
    return [[part.strip(" *_")] for part in parts]


def lines_of_layout(lines: Sequence[str]) -> list[str] | None:
    """Return a page that was drawn with its spaces, its columns one after the other and its tables by their heads.

    None if it has neither.
    """
    made: list[str] = []
    place, is_changed = 0, False
    while place < len(lines):
        block = _table_at(lines, place) or _prose_at(lines, place)
        if block:
            found, place = block
            made += ["", *found, ""]  # what stands around columns never goes on in them
            is_changed = True
        else:
            made += [lines[place]] if lines[place].strip() else []
            place += 1
    return made if is_changed else None


def _table_at(lines: Sequence[str], place: int) -> tuple[list[str], int] | None:
    heads = list(re.finditer(r"\S+(?: \S+)*", lines[place]))
    if len(heads) != 2 or not all(is_list_head(head.group()) for head in heads):
        return None
    end, gutter = _extent(lines, place + 1, set(range(heads[0].end(), heads[1].start())))
    columns = [_cells_of([side(line, gutter) for line in lines[place + 1 : end]]) for side in (_left, _right)]
    if not any(columns[1]):
        return None
    names = [head.group() for head in heads]
    return [line for name, column in zip(names, columns, strict=True) for line in _item(name, column)], end


def _prose_at(lines: Sequence[str], place: int) -> tuple[list[str], int] | None:
    for gap in _GAP.finditer(lines[place]):
        end, gutter = _extent(lines, place, set(range(gap.start() + 1, gap.end())))
        block = [line for line in lines[place:end] if line.strip()]
        sides = [[part for line in block if (part := side(line, gutter))] for side in (_left, _right)]
        is_prose = all(len(side) * 2 >= len(block) and sum(map(len, side)) >= LEAST_WIDTH * len(side) for side in sides)
        if len(block) >= LEAST_LINES and is_prose:
            return _columns(lines[place:end], gutter), end
    return None


def _extent(lines: Sequence[str], start: int, gutters: set[int]) -> tuple[int, int]:
    """Return where a block of two columns ends, and the place between its columns."""
    end = last = start
    while end < len(lines):
        line = lines[end]
        if line.strip():
            left = {gutter for gutter in gutters if not line[max(gutter - 1, 0) : gutter + 1].strip()}
            is_new = end > start and not lines[end - 1].strip()
            if not left or (is_new and not any(_right(line, gutter) for gutter in left)):
                break
            gutters, last = left, end + 1
        end += 1
    return last, max(gutters)


def _left(line: str, gutter: int) -> str:
    return " ".join(line[:gutter].split())


def _right(line: str, gutter: int) -> str:
    return " ".join(line[gutter:].split())


def _columns(lines: Sequence[str], gutter: int) -> list[str]:
    """Return the left column's paragraphs and then the right one's; double spacing parts no paragraphs."""
    is_spaced = sum(not line.strip() for line in lines) * 3 > len(lines)
    lines = [line for line in lines if line.strip() or not is_spaced]
    return [line for side in (_left, _right) for line in unwrapped([side(line, gutter) for line in lines])]


def _cells_of(lines: Sequence[str]) -> list[str]:
    """Return the cells of a column: one that begins small, or follows a comma or a cut, goes on with the last."""
    cells: list[str] = []
    for line in filter(None, lines):
        if cells and (line[:1].islower() or _CUT.search(cells[-1])):
            cells[-1] += f" {line}"
        else:
            cells.append(line)
    return cells
