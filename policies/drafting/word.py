"""Reads a Word file as lines: a paragraph or heading a line, an item of a list with a bullet before it.

Word draws bullets and numbers itself, so no letter of them stands in the text. Tables of do and don't are read by their
heads. Headers, footers, notes and comments are not read, nor what a tracked change deletes.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from policies.drafting.tables import Row, as_item, lines_of, with_bullets

if TYPE_CHECKING:
    from docx.document import Document as WordFile

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {
    f"{_WORD}{tag}": sign for tag, sign in {"t": "", "tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.items()
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSAID = {_FALLBACK, f"{_WORD}moveFrom", f"{_WORD}pPr"}  # given twice, moved away, and formats
_LONGEST_BOLD_HEADING = 12  # words; a numbered line in bold is a heading, not an item


def word_lines(document: "WordFile") -> list[str]:
    """Return the lines of a Word file's body in order."""
    body = document.element.body
    words_of: dict[Any, list[str]] = {paragraph: [] for paragraph in body.iter(f"{_WORD}p")}
    for element in body.iter(*_SIGNS):
        above = list(element.iterancestors())
        if not any(element_above.tag in _UNSAID for element_above in above):
            paragraph = next((element_above for element_above in above if element_above.tag == f"{_WORD}p"), None)
            if paragraph is None:  # only a damaged file has words outside its paragraphs
                continue
            words_of[paragraph].append(_SIGNS[element.tag] or element.text or "")
    listing = _WordLists(document)
    lines = {one: listing.line(one, with_bullets("".join(parts))) for one, parts in words_of.items()}
    tables = {table: found for table in body.iter(f"{_WORD}tbl") if (found := lines_of(_word_rows(table, lines)))}
    made: list[str] = []
    for paragraph, line in lines.items():
        table = next((above for above in paragraph.iterancestors(f"{_WORD}tbl") if above in tables), None)
        made += [line] if table is None else tables[table]
        tables |= {table: []} if table is not None else {}
    return made


def _word_rows(table: Any, lines: dict[Any, str]) -> list[Row]:
    rows: list[Row] = []
    for row in table.iter(f"{_WORD}tr"):
        if next(row.iterancestors(f"{_WORD}tbl")) is not table:
            continue
        cells: Row = []
        for cell in row.iter(f"{_WORD}tc"):
            if next(cell.iterancestors(f"{_WORD}tr")) is row:
                said = [lines[one] for one in cell.iter(f"{_WORD}p")]
                span = cell.find(f"{_WORD}tcPr/{_WORD}gridSpan")
                more = int(span.get(f"{_WORD}val", "1")) - 1 if span is not None else 0
                cells += [said, *([[] if rows else said] * more)]
        rows.append(cells)
    return rows


class _WordLists:
    """Which paragraphs of a Word file are items of a list: by their own numbering or by their style's, headings not."""

    def __init__(self, document: "WordFile") -> None:
        self._styles = {style.get(f"{_WORD}styleId"): style for style in document.styles.element.iter(f"{_WORD}style")}

    def line(self, paragraph: Any, text: str) -> str:
        return as_item(text) if self._is_item(paragraph, text) else text

    def _is_item(self, paragraph: Any, text: str) -> bool:
        formats = [found for found in [paragraph.find(f"{_WORD}pPr")] if found is not None]
        name = formats[0].find(f"{_WORD}pStyle") if formats else None
        styles = list(self._chain(name.get(f"{_WORD}val") if name is not None else None))
        names = [style.find(f"{_WORD}name").get(f"{_WORD}val", "").lower() for style in styles]
        formats += [found for style in styles if (found := style.find(f"{_WORD}pPr")) is not None]
        levels = [level.get(f"{_WORD}val") for one in formats for level in one.iterchildren(f"{_WORD}outlineLvl")]
        if any(one.startswith(("heading", "title", "toc")) for one in names) or any(
            level != "9" for level in levels[:1]
        ):
            return False
        ids = [found for one in formats if (found := one.find(f"{_WORD}numPr/{_WORD}numId")) is not None]
        is_listed = ids[0].get(f"{_WORD}val") != "0" if ids else any(n.startswith(("list b", "list n")) for n in names)
        return is_listed and not (_is_bold(paragraph) and len(text.split()) <= _LONGEST_BOLD_HEADING)

    def _chain(self, name: str | None) -> Iterator[Any]:
        seen: set[str | None] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            above = self._styles[name].find(f"{_WORD}basedOn")
            name = above.get(f"{_WORD}val") if above is not None else None


def _is_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.iter(f"{_WORD}r") if "".join(t.text or "" for t in run.iter(f"{_WORD}t")).strip()]
    bolds = [run.find(f"{_WORD}rPr/{_WORD}b") for run in runs]
    return bool(bolds) and all(bold is not None and bold.get(f"{_WORD}val") not in {"0", "false"} for bold in bolds)
