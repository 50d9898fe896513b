"""Counts what an archive holds that we neither read nor knowingly leave: a field that is new shows itself here."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from connectors.records import Signal

_MISREAD = "(a row that is not understood)"
_PLAIN = re.compile(r"[\w().-]{1,80}", re.ASCII)


class ArchiveUnknownFields:
    """The unknown fields of one reading, counted by file and field; never a value."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str]] = Counter()

    def leftovers(self, endpoint: str, fields: Mapping[str, Any], handled: Collection[str], under: str = "") -> None:
        """Count every field that is not known; `under` is the path that leads to them."""
        for field in fields:
            if field not in handled:
                self.count(endpoint, f"{under}{field}" if _PLAIN.fullmatch(field) else f"{under}(odd name)")

    def count(self, endpoint: str, path: str) -> None:
        """Count one thing that was not understood."""
        self._seen[endpoint, path] += 1

    def misread(self, endpoint: str) -> None:
        """Count one row of a list that was not understood and left out."""
        self.count(endpoint, _MISREAD)

    def has_misread(self, endpoint: str) -> bool:
        """Say whether a row of this list was left out."""
        return self._seen[endpoint, _MISREAD] > 0

    def records(self) -> Iterator[Signal]:
        """Yield one record per unknown field, in a fixed order."""
        for (endpoint, path), seen in sorted(self._seen.items()):
            yield Signal(platform="x", endpoint=f"archive/{endpoint}", field_path=path, seen=seen)
