"""Reads OpenDocument and HTML as lines: a paragraph or heading a line, an item of a list with a bullet before it.

Tables of do and don't are read by their heads. Headers, footers, notes and comments are not read, nor what a tracked
change deletes.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from policies.drafting.tables import Row, as_item, lines_of, with_bullets

_ODF_UNSAID = {"note", "annotation", "tracked-changes", "forms", "sequence-decls", "frame"}
_ODF_SIGNS = {"tab": " ", "line-break": "\n", "s": " "}


def odt_lines(path: Path) -> list[str]:
    """Return the lines of an OpenDocument text; ValueError, BadZipFile, KeyError or SyntaxError if it is none."""
    from lxml import etree  # noqa: PLC0415 - only a school with such a file needs it

    with ZipFile(path) as package:
        data = package.read("content.xml")
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    body = next((one for one in root.iter("{*}body")), None)
    if body is None:
        raise ValueError("there is no body")
    return list(_odf(body, is_item=False))


def _odf(element: Any, *, is_item: bool) -> Iterator[str]:
    for child in element.iterchildren("*"):
        name = _name(child)
        if name in {"p", "h"}:
            text = with_bullets("".join(_odf_words(child)))
            yield as_item(text) if is_item and name == "p" else text
            for frame in child.iter("{*}text-box"):
                yield from _odf(frame, is_item=False)
        elif name == "table":
            rows: list[Row] = [
                [list(_odf(cell, is_item=False)) for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell")]
                for row in child.iter("{*}table-row")
            ]
            yield from lines_of(rows) or (line for row in rows for cell in row for line in cell)
        elif name not in _ODF_UNSAID - {"frame"}:
            yield from _odf(child, is_item=is_item or name == "list-item")


def _odf_words(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element.iterchildren():
        name = _name(child)
        if name in _ODF_SIGNS:
            yield _ODF_SIGNS[name]
        elif name not in _ODF_UNSAID:
            yield from _odf_words(child)
        yield child.tail or ""


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "comment"


_HTML_UNSAID = {"head", "script", "style", "nav", "footer", "template", "noscript", "del", "button", "select"}
_INLINE = {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "img"}
_INLINE |= {"ins", "kbd", "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "wbr"}


def html_lines(text: str) -> list[str]:
    """Return the lines of a page of HTML; ValueError or SyntaxError if there is none."""
    from lxml import etree, html  # noqa: PLC0415 - only a school with such a file needs it

    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except etree.ParserError as error:
        raise ValueError("there is nothing in it") from error
    return _HtmlLines().of(root)


class _HtmlLines:
    """The lines of an element: `_open` is the line that is being made."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._open: list[str] = []
        self._is_item = False

    def of(self, element: Any) -> list[str]:
        self._walk(element)
        self._close()
        return self._lines

    def _walk(self, element: Any) -> None:
        name = _name(element)
        if name in _HTML_UNSAID or name == "comment":
            return
        if name not in _INLINE:
            self._close()
        if name == "table":
            self._table(element)
            return
        self._is_item = name == "li" or (self._is_item and not re.fullmatch("h[1-6]", name))
        self._open.append(element.text or "")
        for child in element.iterchildren():
            self._walk(child)
            self._open.append(child.tail or "")
        if name not in _INLINE:
            self._close()
            self._is_item = self._is_item and name != "li"

    def _table(self, table: Any) -> None:
        rows: list[Row] = [
            [_HtmlLines().of(cell) for cell in row.iterchildren("td", "th")]
            for row in table.iter("tr")
            if next(row.iterancestors("table")) is table
        ]
        self._lines += lines_of(rows) or [line for row in rows for cell in row for line in cell]

    def _close(self) -> None:
        text, self._open = with_bullets(" ".join("".join(self._open).split())), []
        if text:
            self._lines.append(as_item(text) if self._is_item else text)
            self._is_item = False
