"""Changes a TOML file that a person keeps in its own form: every other line, and every comment, stays as it is."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")


def text_of(value: Any) -> str:
    """Return a value of TOML on one line; JSON's strings are TOML's but for the delete sign."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key_of(key)} = {text_of(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(text_of, value)) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(plain(value) if isinstance(value, str) else value, ensure_ascii=False)


def key_of(key: str) -> str:
    """Return a key of TOML, between quotation marks where it needs them."""
    return key if re.fullmatch(r"[\w-]+", key, re.ASCII) else json.dumps(plain(key), ensure_ascii=False)


def plain(text: str) -> str:
    """Return a text without the signs that cannot be seen."""
    return "".join(sign for sign in text if sign.isprintable())


def lines_of(data: Mapping[str, Any]) -> str:
    """Return the lines of a table of TOML, a key a line."""
    return "".join(f"{key_of(key)} = {text_of(value)}\n" for key, value in data.items())


def with_key(text: str, table: str, key: str, value: Any) -> str:
    """Return the text with a key of a table set, and the table made where there is none; without it for None.

    The key's own line is written anew, or the line of the table that shows it as a comment.
    """
    lines, ends = text.splitlines(), _line_end(text)
    begin, end = _table(lines, table)
    new = [] if value is None else [f"{key_of(key)} = {text_of(value)}"]
    if begin is None:
        return text if value is None else ends.join([*lines, "", f"[{table}]", *new, ""])
    spans = {place: _end_of(lines, place, end) for place in range(begin, end) if _is_key(lines[place], key)}
    shown = [place for place in range(begin, end) if _is_key(lines[place].lstrip().removeprefix("#"), key)]
    if spans:
        place, after = next(iter(spans.items()))
    elif shown and new:
        place, after = shown[0], shown[0] + 1
    else:
        place = after = _last_filled(lines, begin, end)
    return ends.join([*lines[:place], *new, *lines[after:], ""])


def with_tables(text: str, name: str, tables: Sequence[Mapping[str, Any]]) -> str:
    """Return the text with these for the tables of a list `[[name]]`, where the first of them stood, else at the end.

    What stands below the last key of each, such as the comments of what comes next, stays.
    """
    lines, ends = text.splitlines(), _line_end(text)
    places = [place for place, line in enumerate(lines) if _name_in(line) == name]
    gone: set[int] = set()
    for place in places:
        end = next((later for later in range(place + 1, len(lines)) if _name_in(lines[later])), len(lines))
        gone |= set(range(place, _last_filled(lines, place + 1, end)))
    new = [line for table in tables for line in (f"[[{name}]]", *lines_of(table).splitlines(), "")]
    at = places[0] if places else len(lines)
    before = [line for place, line in enumerate(lines[:at]) if place not in gone]
    after = [line for place, line in enumerate(lines[at:], start=at) if place not in gone]
    apart = [""] if new and before and before[-1].strip() else []
    return ends.join([*before, *apart, *new, *after]).rstrip("\r\n") + ends


def _line_end(text: str) -> str:
    """Return how the lines of a text end: as Windows writes them, where any does."""
    return "\r\n" if "\r\n" in text else "\n"


def _table(lines: Sequence[str], table: str) -> tuple[int | None, int]:
    """Return the first line below a table's header, and the header that comes next."""
    begin = next((place + 1 for place, line in enumerate(lines) if _name_in(line) == table), None)
    if begin is None:
        return None, len(lines)
    return begin, next((place for place in range(begin, len(lines)) if _name_in(lines[place])), len(lines))


def _name_in(line: str) -> str:
    """Return the name of the table that a line begins; empty for any other line."""
    found = _HEADER.fullmatch(line)
    return found[1] if found else ""


def _is_key(line: str, key: str) -> bool:
    names = {key, key_of(key), json.dumps(key, ensure_ascii=False)}
    return line.partition("=")[0].strip() in names and "=" in line


def _end_of(lines: Sequence[str], place: int, end: int) -> int:
    """Return the line after a key's value, which may go over several."""
    for after in range(place + 1, end + 1):
        try:
            tomllib.loads("\n".join(lines[place:after]))
        except tomllib.TOMLDecodeError:
            continue
        return after
    return place + 1


def _last_filled(lines: Sequence[str], begin: int, end: int) -> int:
    """Return the line after the last key of a table; its first line where it has none."""
    filled = [
        place for place in range(begin, end) if lines[place].strip() and not lines[place].lstrip().startswith("#")
    ]
    return filled[-1] + 1 if filled else begin
