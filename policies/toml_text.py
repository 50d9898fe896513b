"""The text of a TOML file that a person wrote, and in plain words what is wrong with it and what to write there."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

TomlPath = tuple[str | int, ...]
Filled = Annotated[str, Field(min_length=1)]

_UK_DAY = re.compile(r"^[^#\"']*[=\[,]\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_BARE = re.compile(r"^\s*[\w-]+\s*=\s*(?!true\b|false\b|inf\b|nan\b)[A-Za-z@]")
_CURLY = re.compile("[\u201c\u201d\u201e\u2018\u2019]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE = "save it as UTF-8 text (in Notepad: Save as, Encoding: UTF-8)"
_KINDS = {
    "missing": "is missing.",
    "string_type": 'must be text between double quotes: "…".',
    "int_type": "must be a whole number, without quotation marks.",
    "int_parsing": "must be a whole number, without quotation marks.",
    "int_from_float": "must be a whole number.",
    "bool_type": "must be true or false, without quotation marks.",
    "bool_parsing": "must be true or false, without quotation marks.",
    "decimal_type": 'must be an amount such as "5.00".',
    "decimal_parsing": 'must be an amount such as "5.00".',
    "tuple_type": 'must be a list between square brackets: ["…"].',
    "model_type": "must be a table of its own, with its keys below it.",
    "model_attributes_type": "must be a table of its own, with its keys below it.",
    "dict_type": "must be a table of its own, with its keys below it.",
    "string_too_short": "is still to fill in.",
    "too_short": "must name one at least.",
}
_OF_A_KEY = "[key]"  # what a model says of a table's key stands below this
_DAYS = frozenset({"date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"})


def packaged_text(package: str, name: str) -> str:
    """Return the text of a file of the program's own, which stands in this package."""
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")


def packaged_toml(package: str, name: str) -> dict[str, Any]:
    """Return the data of such a file in TOML."""
    return tomllib.loads(packaged_text(package, name))


def read_text(path: Path, error_of: Callable[[str], Exception]) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark; `error_of(sentence)` if it cannot be."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise error_of(f"{path} cannot be read: {error.strerror}.") from error
    if body.startswith(_UTF16):
        raise error_of(f"{path.name} is UTF-16 text; {_SAVE}.")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise error_of(f"{path.name} is not UTF-8 text; {_SAVE}.") from error


def plain_refusal(says: str, line: str) -> str:
    """Return what to write instead, where a line shows what was meant; else what Python's reader says of it."""
    if found := _UK_DAY.match(line):
        return f"a day is written year first and without quotation marks: {_year_first(*map(int, found.groups()))}"
    meant = {
        'its quotation marks are curly; write straight ones: "…"': _CURLY.search(line),
        'text stands between double quotes: "…"': _BARE.match(line),
        "a \\ cannot stand between double quotes; write / in its place": "\\" in line
        and re.search("Unescaped|hex", says),
        "this key or heading stands a second time; keep one of them": re.search("overwrite|twice", says),
        "nothing stands after the =": re.search(r"=\s*(#.*)?$", line),
        "a bracket is missing": says.startswith("Expected ']'"),
        "a quotation mark is missing": line.count('"') % 2,
    }
    return next((words for words, is_so in meant.items() if is_so), says)


def day_in(text: str) -> str | None:
    """Return the day that a British reader writes so, as TOML has it; None where the text is none."""
    found = re.fullmatch(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*", text)
    return _year_first(*map(int, found.groups())) if found else None


def _year_first(day: int, month: int, year: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # no day of any month: show the form alone
        return "2026-09-01"


def in_the_folder(value: str | None, folder: str) -> str | None:
    """Return the name of a file in this folder as it is; ValueError for one that leads out of it, or is no name."""
    path = PurePosixPath((value or "").replace("\\", "/"))
    if value is not None and not (value and value.isprintable()):
        raise ValueError(f"must be the name of a file in {folder}")
    if path.is_absolute() or ".." in path.parts or ":" in (value or ""):
        raise ValueError(f"must be a file in {folder}, named without a path that leads out of it")
    return value


class TomlTable(BaseModel):
    """One table of a file that a person wrote: it has the keys that are declared and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake, and the line of the file where it is put right."""

    line: int
    says: str


def located(path: TomlPath, says: str, names: Mapping[tuple[str, int], str]) -> str:
    """Return a sentence about a place in a file, such as `account 2 (youtube), handle: is missing.`, as it stands.

    `names` are what members of lists call themselves, by the list's key and their number from 0.
    """
    words = []
    for place, part in enumerate(path):
        if isinstance(part, int) or part == _OF_A_KEY:
            continue
        after = path[place + 1] if place + 1 < len(path) else None
        words.append(f"{part} {after + 1}" if isinstance(after, int) else part)
        if isinstance(after, int) and (name := names.get((part, after))):
            words[-1] += f" ({name})"
    return f"{', '.join(words)}: {says}" if words else says


def plain(
    detail: Mapping[str, Any], *, keys: Iterable[str], renamed: Mapping[str, str], patterns: Mapping[str, str]
) -> str:
    """Return what is wrong in words, without the value that is.

    `keys` are those that a file may have, `renamed` those of earlier releases and what they are called now, `patterns`
    what a text must be, by the pattern that it must match.
    """
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _no_key(str(detail["loc"][-1]), list(keys), renamed)
    if kind == "literal_error":
        return f"must be {context['expected']}."
    if kind == "string_pattern_mismatch":
        return f"must be {patterns[context['pattern']]}."
    if kind in _DAYS:
        meant = day_in(detail["input"]) if isinstance(detail["input"], str) else None
        return f"must be a day, year first and without quotation marks: {meant or '2026-09-01'}."
    message = detail["msg"].removeprefix("Value error, ").replace("Input should", "must", 1)
    return _KINDS.get(kind) or f"{message}."


def _no_key(key: str, keys: Sequence[str], renamed: Mapping[str, str]) -> str:
    if key in renamed:
        return f"is called {renamed[key]} now."
    near = get_close_matches(key, keys, n=1)
    return f"is not a key that belongs here{f'; is it {near[0]}?' if near else '.'}"


def names_in(data: Mapping[str, Any], table: str, key: str) -> Iterator[tuple[tuple[str, int], str]]:
    """Yield what each member of a list of tables calls itself under `key`, where it does."""
    members = data.get(table)
    for number, member in enumerate(members if isinstance(members, list) else []):
        if isinstance(member, dict) and isinstance(name := member.get(key), str):
            yield (table, number), name
