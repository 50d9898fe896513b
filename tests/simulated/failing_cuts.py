"""Look-ups that fail for as long as it is set, beside the lists that are cut.

    servers.cuts.fail("x", "/2/users", "500", about={"8"})

The kind is a mood's refusal, or `silent` (nothing is said of those ids), or `empty` (as in a brown-out nothing is found
at all), or `unconnected` (X does not say who follows whom), or `unlinked` (X says that nobody follows anybody).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from demo.cuts import Cuts, asks_about
from tests.simulated.moods import Mood, mood

SILENT, UNCONNECTED, UNLINKED = SPOILT = ("silent", "unconnected", "unlinked")


@dataclass(frozen=True, slots=True)
class _Failure:
    platform: str
    path: str
    kind: str
    about: frozenset[str]


class FailingCuts(Cuts):
    """The cuts that are set, and the look-ups that fail; safe to change while the servers answer."""

    def __init__(self) -> None:
        super().__init__()
        self._failures: tuple[_Failure, ...] = ()

    def fail(self, platform: str, path: str, kind: str, *, about: Collection[str] = ()) -> None:
        """Let look-ups at this path fail when they ask about any of these ids, or all; ValueError: no such kind."""
        if kind == "empty":
            self.find_nothing(platform, path, about=about)
            return
        if kind not in SPOILT:
            mood(kind)
        self._failures = (*self._failures, _Failure(platform, path, kind, frozenset(about)))

    def clear(self) -> None:
        """Let every list be whole, and every look-up answer."""
        super().clear()
        self._failures = ()

    def refusal(self, platform: str, path: str, query: Iterable[tuple[str, str]]) -> Mood | None:
        """Return the mood in which this look-up is refused, or None."""
        kinds = (each.kind for each in self._met(platform, path, query))
        return next((mood(kind) for kind in kinds if kind not in SPOILT), None)

    def pruned(
        self, platform: str, path: str, query: Iterable[tuple[str, str]], body: dict[str, Any]
    ) -> dict[str, Any]:
        """Return this answer's body without what a look-up keeps silent about."""
        left = dict(super().pruned(platform, path, query, body))
        failures = self._met(platform, path, query)
        for each in failures:
            if each.kind == SILENT:
                left = {name: _without(part, each.about) for name, part in left.items()}
            else:
                spoil = _unconnected if each.kind == UNCONNECTED else _unlinked
                left["data"] = [spoil(resource) for resource in left.get("data", [])]
        return {name: part for name, part in left.items() if part or name in {"items", "meta"}} if failures else left

    def _met(self, platform: str, path: str, query: Iterable[tuple[str, str]]) -> list[_Failure]:
        here = [each for each in self._failures if (each.platform, each.path) == (platform, path)]
        return [each for each in here if asks_about(query, each.about)]


def _without(part: Any, ids: frozenset[str]) -> Any:
    if not isinstance(part, list):
        return part
    return [
        resource for resource in part if not ids & {str(resource.get(name)) for name in ("id", "value", "resource_id")}
    ]


def _unconnected(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in resource.items() if name != "connection_status"}


def _unlinked(resource: Mapping[str, Any]) -> dict[str, Any]:
    return _unconnected(resource) | {"connection_status": []}
