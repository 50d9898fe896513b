"""Reading JSON strictly: every field is handled, listed as ignored, or counted as a signal.

A required field that is missing or of another type is SourceChanged. No message or signal ever holds a value.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar

from connectors.errors import SourceChanged
from connectors.records import Record, Signal

MOST_NESTED = 64  # the deepest true answers nest about ten deep
# Possessive, and the closing quote may be absent: however it is written, a text is passed over once.
_TEXT = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


def parsed(body: bytes, endpoint: str) -> Any:
    """Return what this body says; ValueError when it is not JSON, SourceChanged when it is nested too deep to read."""
    text = body.decode("utf-8")
    if _is_too_deep(text):
        raise SourceChanged(f"An answer of {endpoint} is nested too deep to be read.")
    return json.loads(text)


def _is_too_deep(text: str) -> bool:
    depth = 0
    for bracket in _BRACKET.finditer(_TEXT.sub("", text)):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > MOST_NESTED:
            return True
    return False


_FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]{0,59}")
_MISSING = object()
_T = TypeVar("_T")


class UnknownFields:
    """What one pull met that we neither handle nor ignore, counted by endpoint and field path."""

    def __init__(self, platform: str) -> None:
        self.platform = platform
        self.endpoint = ""
        self._seen: Counter[tuple[str, str]] = Counter()

    def add(self, path: str) -> None:
        """Count one sighting of this field path at the endpoint that is being read."""
        self._seen[self.endpoint, path] += 1

    def records(self) -> Iterator[Record]:
        """Yield one Signal for each endpoint and field path, in order."""
        for (endpoint, path), seen in sorted(self._seen.items()):
            yield Signal(platform=self.platform, endpoint=endpoint, field_path=path, seen=seen)


class Fields:
    """One JSON object while it is read: each method takes its field out."""

    def __init__(self, value: dict[str, Any], path: str, signals: UnknownFields) -> None:
        self._left = dict(value)
        self._path = path
        self._signals = signals

    def text(self, *names: str) -> str:
        """Take a required text, under whichever of these names it stands."""
        return self._need(self.maybe_text(*names), names)

    def maybe_text(self, *names: str) -> str | None:
        """Take a text that may be absent; half a surrogate pair in it becomes a question mark."""
        value = self._take(str, names)
        return None if value is _MISSING else _whole(value)

    def integer(self, *names: str) -> int:
        """Take a required whole number, under whichever of these names it stands."""
        return self._need(self.maybe_integer(*names), names)

    def maybe_integer(self, *names: str) -> int | None:
        """Take a whole number that may be absent; a number written as text counts too."""
        value = self._take((int, str), names)
        if value is _MISSING:
            return None
        if isinstance(value, bool) or not re.fullmatch(r"-?[0-9]{1,18}", str(value)):
            raise self._changed(names[0], "is not a whole number")
        return int(value)

    def maybe_flag(self, *names: str) -> bool | None:
        """Take a true or false that may be absent."""
        value = self._take(bool, names)
        return None if value is _MISSING else bool(value)

    def moment(self, *names: str) -> datetime:
        """Take a required time: RFC 3339, aware, in UTC."""
        return self._need(self.maybe_moment(*names), names)

    def maybe_moment(self, *names: str) -> datetime | None:
        """Take a time that may be absent."""
        text = self.maybe_text(*names)
        if text is None:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise self._changed(names[0], "is not a time") from None
        if moment.tzinfo is None:
            raise self._changed(names[0], "is a time without a zone")
        return moment.astimezone(UTC)

    def part(self, *names: str) -> "Fields":
        """Take a required object."""
        return self._need(self.maybe_part(*names), names)

    def maybe_part(self, *names: str) -> "Fields | None":
        """Take an object that may be absent."""
        value = self._take(dict, names)
        return None if value is _MISSING else Fields(value, self._at(names[0]), self._signals)

    def parts(self, *names: str) -> list["Fields"]:
        """Take a list of objects; an absent one is empty."""
        return [fields(value, self._at(names[0]), self._signals) for value in self._list(names)]

    def peek(self, name: str) -> Any:
        """Return a field as it is, leaving it to be taken."""
        return self._left.get(name)

    def children(self) -> dict[str, "Fields"]:
        """Take every field, each of which must be an object whose name is part of the answer."""
        taken, self._left = self._left, {}
        return {name: fields(value, self._at("*"), self._signals) for name, value in taken.items()}

    def texts(self, *names: str) -> list[str]:
        """Take a list of texts, cleaned as a single one is; an absent list is empty."""
        values = self._list(names)
        if not all(isinstance(value, str) for value in values):
            raise self._changed(names[0], "is not a list of texts")
        return [_whole(value) for value in values]

    def is_object(self, name: str) -> bool:
        """Say whether this field holds one object, where it may hold a list of them."""
        return isinstance(self._left.get(name), dict)

    def ignore(self, *names: str) -> None:
        """Drop fields that are known and not wanted."""
        for name in names:
            self._left.pop(name, None)

    def done(self, *known: str) -> None:
        """Count every field that is left as a signal, but for those that are `known` and not wanted."""
        for name in (name for name in self._left if name not in known):
            known_form = _FIELD_NAME.fullmatch(name)
            self._signals.add(self._at(name if known_form else "(a name of another form)"))
        self._left.clear()

    def misread(self) -> None:
        """Count this object as one that is not as we know it."""
        self._left.clear()
        self._signals.add(self._at("(an item of another form)"))

    def _take(self, kind: type | tuple[type, ...], names: tuple[str, ...]) -> Any:
        value = None
        for found in [self._left.pop(name, None) for name in names]:
            value = found if value is None else value
        if value is None:
            return _MISSING
        if not isinstance(value, kind):
            raise self._changed(names[0], "is of another type")
        return value

    def _list(self, names: tuple[str, ...]) -> list[Any]:
        value = self._take(list, names)
        return [] if value is _MISSING else list(value)

    def _need(self, value: "_T | None", names: tuple[str, ...]) -> _T:
        if value is None:
            raise self._changed(names[0], "is missing")
        return value

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def _changed(self, name: str, what: str) -> SourceChanged:
        where = self._signals.endpoint or self._signals.platform
        return SourceChanged(f"In an answer of {where}, {self._at(name)} {what}.")


def fields(value: Any, path: str, signals: UnknownFields) -> Fields:
    """Begin to read a JSON value that must be an object; SourceChanged if it is not."""
    if not isinstance(value, dict):
        where = signals.endpoint or signals.platform
        raise SourceChanged(f"In an answer of {where}, {path or 'the whole'} is not an object.")
    return Fields(value, path, signals)


def _whole(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
