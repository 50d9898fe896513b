"""Where everything in a TOML text stands: the line of each table, key and item, even when parts of it are broken."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from policies.toml_text import TomlPath, plain_refusal

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*|\n|[\[\]{}=,.]|[^\s\[\]{}=,.\#\"']+",
    re.DOTALL,
)
_CLAUSE = re.compile(r"^\s*\[\[\s*clause\s*\]\]", re.MULTILINE)
_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Broken:
    """One place where the text is not TOML."""

    line: int
    says: str


@dataclass(frozen=True, slots=True)
class ParsedToml:
    """A TOML text as read: its data, the line of each path in it, and where it is broken."""

    data: Mapping[str, Any]
    lines: Mapping[TomlPath, int]
    broken: tuple[Broken, ...] = ()

    def line_of(self, path: TomlPath) -> int:
        """Return the line of this path, or of the nearest thing around it that is written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_lines(text: str) -> ParsedToml:
    """Return a pack's text as read; where it is broken, every clause by itself, so that every mistake is listed."""
    try:
        return ParsedToml(tomllib.loads(text), lines_of(text))
    except tomllib.TOMLDecodeError as error:
        parts = _by_clause(text)
        return parts if parts.broken else ParsedToml({}, {}, (_broken(error, text, 1),))


def _by_clause(text: str) -> ParsedToml:
    data: dict[str, Any] = {}
    lines: dict[TomlPath, int] = {}
    broken: list[Broken] = []
    for start, part in _parts(text):
        try:
            read = tomllib.loads(part)
        except tomllib.TOMLDecodeError as error:
            broken.append(_broken(error, part, start))
            continue
        number = len(data.get("clause", ()))
        for path, line in lines_of(part).items():
            moved = ("clause", number, *path[2:]) if path[:2] == ("clause", 0) else path
            lines.setdefault(moved, start + line - 1)
        clauses = read.pop("clause", [])
        if isinstance(clauses, list) and clauses:
            data["clause"] = [*data.get("clause", ()), *clauses]
        data |= read
    return ParsedToml(data, lines, tuple(broken))


def _parts(text: str) -> Iterator[tuple[int, str]]:
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    for begin, end in pairwise(cuts):
        if begin < end:
            yield text.count("\n", 0, begin) + 1, text[begin:end]


def _broken(error: tomllib.TOMLDecodeError, text: str, start: int) -> Broken:
    message = str(error)
    where = _AT_LINE.search(message)
    written = text.splitlines()
    line = int(where.group(1)) if where and where.group(1) else len(text.rstrip().splitlines()) or 1
    says = plain_refusal(_AT_LINE.sub("", message), written[line - 1] if line <= len(written) else "")
    return Broken(start + line - 1, says)


def lines_of(text: str) -> dict[TomlPath, int]:
    """Return the line of each table, key and item of a sound TOML text."""
    return _Listing(text).lines


class _Listing:
    """Reads the tokens of a sound TOML text once, and notes the line of each path."""

    def __init__(self, text: str) -> None:
        self.lines: dict[TomlPath, int] = {}
        self._counts: dict[TomlPath, int] = {}
        self._tokens = list(_tokens(text))
        self._at = 0
        table: TomlPath = ()
        while self._peek():
            if self._peek() == "[":
                table = self._header()
            elif self._peek() == "\n":
                self._next()
            else:
                self._pair(table)

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1][0]

    def _line(self) -> int:
        return self._tokens[min(self._at, len(self._tokens) - 1)][1]

    def _header(self) -> TomlPath:
        line = self._line()
        self._next()
        is_array = self._peek() == "["
        if is_array:
            self._next()
        table = self._inside(self._key("]"))
        if is_array:
            self._next()
            self.lines.setdefault(table, line)
            self._counts[table] = self._counts.get(table, -1) + 1
            table = (*table, self._counts[table])
        self.lines[table] = line
        return table

    def _inside(self, key: TomlPath) -> TomlPath:
        path: TomlPath = ()
        for part in key[:-1]:
            path = (*path, part)
            if path in self._counts:
                path = (*path, self._counts[path])
        return (*path, *key[-1:])

    def _key(self, end: str) -> TomlPath:
        parts = []
        while (part := self._next()) != end:
            if part != ".":
                parts.append(part.strip("\"'"))
        return tuple(parts)

    def _pair(self, table: TomlPath) -> None:
        line = self._line()
        path = table
        for part in self._key("="):
            path = (*path, part)
            self.lines.setdefault(path, line)
        self._value(path)

    def _value(self, path: TomlPath) -> None:
        opening = self._peek()
        if opening == "[":
            self._members(path, "]")
        elif opening == "{":
            self._members(path, "}")
        else:
            while self._peek() and self._peek() not in {"\n", ",", "]", "}"}:
                self._next()

    def _members(self, path: TomlPath, end: str) -> None:
        self._next()
        number = 0
        while self._peek() and self._peek() != end:
            if self._peek() in {"\n", ","}:
                self._next()
            elif end == "}":
                self._pair(path)
            else:
                self.lines[*path, number] = self._line()
                self._value((*path, number))
                number += 1
        self._next()


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, before = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", before, match.start())
        before = match.start()
        if not match.group().startswith("#"):
            yield match.group(), line
