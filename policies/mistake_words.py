"""What is wrong with a file that a person filled in: a line each, in words that say what to write there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from policies.lines import Path
from policies.toml_text import day_in

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


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake, and the line of the file where it is put right."""

    line: int
    says: str


def located(path: Path, says: str, names: Mapping[tuple[str, int], str]) -> str:
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
