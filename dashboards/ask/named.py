"""The named questions: a SQL file each, with its title, its notes and the values that it takes in the lines above it.

-- title: Who was reported, and how often
-- notes: One row for each account that a case was about.
-- takes: since (day, may be left out) the first day that counts
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Literal

from dashboards.ask import AskError

_HEAD = re.compile(r"^-- (title|notes|takes): (.+)$", re.MULTILINE)
_TAKES = re.compile(r"(\w+) \((day|text)(, may be left out)?\) (.+)")
_LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class TakenValue:
    """One value that a named question takes: `name` is that of its option, too."""

    name: str
    kind: Literal["day", "text"]
    is_needed: bool
    about: str

    @property
    def option(self) -> str:
        """The option of the command line that gives it."""
        return f"--{self.name.replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """One question that is kept ready; values are bound, never pasted into its SQL."""

    name: str
    title: str
    notes: str
    takes: tuple[TakenValue, ...]
    sql: str

    def bound(self, given: Mapping[str, str]) -> dict[str, str | None]:
        """Return the values to bind; AskError for one that is missing, unknown or no day. No value is repeated."""
        values = {name.replace("-", "_"): text.strip() for name, text in given.items()}
        if unknown := sorted(values.keys() - {taken.name for taken in self.takes}):
            options = ", ".join(taken.option for taken in self.takes) or "nothing"
            raise AskError(f"{self.name} takes {options}; it knows no --{unknown[0].replace('_', '-')[:40]}.")
        return {taken.name: _value(self.name, taken, values.get(taken.name) or None) for taken in self.takes}


@cache
def named_questions() -> tuple[NamedQuestion, ...]:
    """Return every named question, in the order of their names."""
    folder = resources.files("dashboards.queries").joinpath("named")
    files = {file.name.removesuffix(".sql"): file for file in folder.iterdir() if file.name.endswith(".sql")}
    return tuple(_read(name.replace("_", "-"), files[name].read_text(encoding="utf-8")) for name in sorted(files))


def named_question(name: str) -> NamedQuestion:
    """Return the question of this name; AskError, with the nearest, where there is none."""
    known = {question.name: question for question in named_questions()}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=1)
    raise AskError(f"There is no question of that name; {f'is it {near[0]}?' if near else 'audit ask --list has all.'}")


def _read(name: str, text: str) -> NamedQuestion:
    head = _HEAD.findall(text)
    [title] = [said for kind, said in head if kind == "title"]
    takes = [_TAKES.fullmatch(said) for kind, said in head if kind == "takes"]
    values = [
        TakenValue(found[1], "day" if found[2] == "day" else "text", not found[3], found[4]) for found in takes if found
    ]
    if len(values) != len(takes):
        raise ValueError(f"{name}.sql has a line that says what it takes, and says it otherwise than the others.")
    sql = "\n".join(line for line in text.splitlines() if not _HEAD.match(line)).strip()
    return NamedQuestion(name, title, " ".join(said for kind, said in head if kind == "notes"), tuple(values), sql)


def _value(name: str, taken: TakenValue, value: str | None) -> str | None:
    if value is None:
        if taken.is_needed:
            raise AskError(f"{name} needs {taken.option}: {taken.about}.")
        return None
    if taken.kind == "day":
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise AskError(f"{taken.option} takes a day such as 2026-09-01.") from None
    if len(value) > _LONGEST_VALUE:
        raise AskError(f"{taken.option} takes at most {_LONGEST_VALUE} characters.")
    return value
