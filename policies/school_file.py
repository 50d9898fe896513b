"""Reads school.toml: the settings, or every mistake in them at once, each with its line and what to write."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

from policies.calendar import ClosedDays, SchoolCalendar, Term
from policies.desk import DeskSettings, OpenIdSettings
from policies.errors import UserError
from policies.lines import read_lines
from policies.question import ClauseSettings
from policies.retention import RetentionSchedule
from policies.roles import Recipient, ReportLink
from policies.school import SCHOOL_ID, Budget, Identity, LivePermission, OfficialAccount, Pictures, Registers, School
from policies.toml_text import Mistake, TomlPath, located, names_in, plain, read_text

_TABLES: tuple[type[BaseModel], ...] = (
    Identity,
    OfficialAccount,
    LivePermission,
    Budget,
    Pictures,
    Registers,
    Recipient,
    ReportLink,
    DeskSettings,
    OpenIdSettings,
    SchoolCalendar,
    Term,
    ClosedDays,
    RetentionSchedule,
    ClauseSettings,
)
_KEYS = (
    *(name for table in _TABLES for name in table.model_fields),
    *(field.alias or name for name, field in School.model_fields.items()),
)
_PATTERNS: Mapping[str, str] = MappingProxyType(
    {SCHOOL_ID: "2 to 41 small letters, digits and hyphens, such as hill-view"}
)


class SchoolError(UserError):
    """school.toml cannot be used; `sentences` has one for every mistake in it."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self._sentences = sentences

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence for every mistake, with its line."""
        return self._sentences


def read_school(path: Path) -> School:
    """Return the settings in this file; SchoolError names every mistake."""
    return school_in(read_text(path, SchoolError), path.name)


def school_in(text: str, name: str) -> School:
    """Return the settings in this text of a file; SchoolError names every mistake."""
    if mistakes := sorted(set(_mistakes(text))):
        raise SchoolError(*(f"{name}, line {mistake.line}: {mistake.says}" for mistake in mistakes))
    return School.model_validate(read_lines(text).data)


def _mistakes(text: str) -> Iterator[Mistake]:
    written = read_lines(text)
    if written.broken:
        yield from (Mistake(broken.line, f"this is not TOML: {broken.says}.") for broken in written.broken)
        return
    names = dict(names_in(written.data, "account", "platform"))
    for place, says in _refused(written.data):
        yield Mistake(written.line_of(place), located(place, says, names))


def _refused(data: Mapping[str, Any]) -> Iterator[tuple[TomlPath, str]]:
    for table in ("account", "notify"):
        if isinstance(data.get(table), dict):
            yield (table,), f"is written with two brackets, [[{table}]], once for each."
            data = {**data, table: []}
    try:
        School.model_validate(data)
    except ValidationError as error:
        places = {detail["loc"] for detail in error.errors() if detail["type"] != "too_short"}
        for detail in error.errors():
            if detail["type"] == "too_short" and any(place[: len(detail["loc"])] == detail["loc"] for place in places):
                continue  # its members were refused, and it has them
            yield tuple(detail["loc"]), plain(detail, keys=_KEYS, renamed={}, patterns=_PATTERNS)


_PLACEHOLDER = re.compile(
    r"(?:the )?name of (?:the|your|our|my) school|(?:the|your|my) school(?:'s)?(?: name)?|school(?: name)?|name|example"
    r"|to ?do|tb[cd]|\W*x*\W*|[<\[{(].*[>\]})]",
    re.IGNORECASE,
)


def placeholder_sentence(name: str) -> str | None:
    """Return what to say of a school's name that is nobody's, such as `Name of the school`; None for a name."""
    if not _PLACEHOLDER.fullmatch(name.strip().replace("\u2019", "'")):
        return None
    return f"name in school.toml is still {name!r}: write your school's own name there. Every report is headed by it."
