"""Reads OpenDocument and HTML as lines: a paragraph or heading a line, an item of a list with a bullet before it.

Tables of do and don't are read by their heads. Headers, footers, notes and comments are not read, nor what a tracked
change deletes.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from policies.drafting.tables import Row, as_item, lines_of, with_bullets

_ODF_UNSAID = {"note", "annotation", "tracked-changes", "forms", "sequence-decls", "frame"}
_ODF_SIGNS = {"tab": " ", "line-break": "\n", "s": " "}


def odt_lines(path: Path) -> list[str]:
    """Return the lines of an OpenDocument text; ValueError, BadZipFile, KeyError or SyntaxError if it is none."""
    with ZipFile(path) as package:
        data = package.read("content.xml")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:  # no such file has one; entities may swell without end
        raise ValueError("there are entities in it")
    body = ET.fromstring(data).find("{*}body")  # noqa: S314 - what could swell is refused above
    if body is None:
        raise ValueError("there is no body")
    return list(_odf(body, is_item=False))


def _odf(element: ET.Element, *, is_item: bool) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name in {"p", "h"}:
            text = with_bullets("".join(_odf_words(child)))
            yield as_item(text) if is_item and name == "p" else text
            for frame in child.iterfind(".//{*}text-box"):
                yield from _odf(frame, is_item=False)
        elif name == "table":
            rows: list[Row] = [
                [list(_odf(cell, is_item=False)) for cell in row if _name(cell).endswith("table-cell")]
                for part in ("{*}table-header-rows/{*}table-row", "{*}table-row", "{*}table-rows/{*}table-row")
                for row in child.iterfind(part)
            ]
            yield from lines_of(rows) or (line for row in rows for cell in row for line in cell)
        elif name not in _ODF_UNSAID - {"frame"}:
            yield from _odf(child, is_item=is_item or name == "list-item")


def _odf_words(element: ET.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = _name(child)
        if name in _ODF_SIGNS:
            yield _ODF_SIGNS[name]
        elif name not in _ODF_UNSAID:
            yield from _odf_words(child)
        yield child.tail or ""


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


MOST_COLUMNS = 50
_HTML_UNSAID = {"head", "script", "style", "nav", "footer", "template", "noscript", "del", "button", "select"}
_INLINE = {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "img"}
_INLINE |= {"ins", "kbd", "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "wbr"}


def html_lines(text: str) -> list[str]:
    """Return the lines of a page of HTML."""
    page = _Page()
    page.feed(text)
    page.close()
    return page.lines()


class _Page(HTMLParser):
    """Lines go to the newest list of `_sinks`: the page's own, or that of the cell that is open in the newest table."""

    def __init__(self) -> None:
        super().__init__()
        self._sinks: list[list[str]] = [[]]
        self._tables: list[list[Row]] = []
        self._open: list[str] = []
        self._is_item = False
        self._unsaid = 0

    def lines(self) -> list[str]:
        self._end_line()
        while self._tables:
            self._end_table()
        return self._sinks[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unsaid = 0 if tag == "body" else self._unsaid + (tag in _HTML_UNSAID)
        if self._unsaid or tag in _INLINE:
            return
        self._end_line()
        if tag == "table":
            self._tables.append([])
            self._sinks.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag in {"td", "th"} and self._tables and self._tables[-1]:
            spans = int(said) if (said := dict(attrs).get("colspan") or "1").isdecimal() else 1
            self._sinks[-1] = []
            is_first = len(self._tables[-1]) == 1
            more = [self._sinks[-1] if is_first else [] for _ in range(min(spans, MOST_COLUMNS) - 1)]
            self._tables[-1][-1] += [self._sinks[-1], *more]
        self._is_item = tag == "li" or (self._is_item and not re.fullmatch("h[1-6]", tag))

    def handle_endtag(self, tag: str) -> None:
        if tag in _HTML_UNSAID:
            self._unsaid = max(self._unsaid - 1, 0)
        elif not self._unsaid and tag not in _INLINE:
            self._end_line()
            self._is_item = self._is_item and tag != "li"
            if tag == "table" and self._tables:
                self._end_table()

    def handle_data(self, data: str) -> None:
        if not self._unsaid:
            self._open.append(data)

    def _end_table(self) -> None:
        rows, _ = self._tables.pop(), self._sinks.pop()
        self._sinks[-1] += lines_of(rows) or [line for row in rows for cell in row for line in cell]

    def _end_line(self) -> None:
        text, self._open = with_bullets(" ".join("".join(self._open).split())), []
        if text:
            self._sinks[-1].append(as_item(text) if self._is_item else text)
            self._is_item = False
