"""What the simulated platforms leave out of their lists, while their counts and look-ups still know it, and more.

    servers.cuts.set("x", "/2/users/1/followers", Cut(hides=frozenset({"8"}), tells=True))
    servers.cuts.set("x", "/2/tweets/*/retweets", Cut(is_empty=True))
    servers.cuts.set("youtube", "/youtube/v3/playlistItems", Cut(ends_early=0.1))
    servers.cuts.fail("x", "/2/users", "500", about={"8"})
    servers.cuts.fail("youtube", "/youtube/v3/videos", "empty")

A cut is of every list whose path fits the pattern; a look-up by id is never cut. One that asks about any of the ids
in `about`, or about anything where that is not given, fails for as long as it is set: with a mood's refusal, or
`silent` (nothing is said of those ids), or `empty` (as in a brown-out nothing is found at all), or `unconnected` (X
does not say who follows whom), or `unlinked` (X says that nobody follows anybody).
"""

import fnmatch
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from demo.moods import Mood, mood

SILENT, UNCONNECTED, EMPTY, UNLINKED = SPOILT = ("silent", "unconnected", "empty", "unlinked")
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How one list comes short: some ids left out, its last share, what follows one page, or all of it.

    `tells` names what is left out as errors in the answer, though its status is 200 (X alone does so);
    `loses_token_of` is the number, from 1, of the page that tells of no next one.
    """

    hides: frozenset[str] = frozenset()
    tells: bool = False
    ends_early: float = 0.0
    loses_token_of: int = 0
    is_empty: bool = False

    def shown(self, things: Sequence[Thing], id_of: Callable[[Thing], str]) -> Sequence[Thing]:
        """Return what the list still shows."""
        if self.is_empty:
            return []
        kept = [thing for thing in things if id_of(thing) not in self.hides]
        return kept[: len(kept) - round(len(kept) * self.ends_early)]

    def has_token(self, *, offset: int, size: int) -> bool:
        """Say whether the page that begins here may tell of a next one."""
        return offset // size + 1 != self.loses_token_of


WHOLE = Cut()


@dataclass(frozen=True, slots=True)
class _Failure:
    kind: str
    about: frozenset[str]


class Cuts:
    """The cuts and failures that are set, by platform and path; safe to change while the servers answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cuts: dict[tuple[str, str], Cut] = {}
        self._failures: list[tuple[str, str, _Failure]] = []

    def set(self, platform: str, path: str, cut: Cut) -> None:
        """Cut the lists of x or youtube whose path fits this pattern, in which * stands for anything."""
        with self._lock:
            self._cuts[platform, path] = cut

    def fail(self, platform: str, path: str, kind: str, *, about: Collection[str] = ()) -> None:
        """Let look-ups at this path fail when they ask about any of these ids, or all; ValueError: no such kind."""
        if kind not in SPOILT:
            mood(kind)
        with self._lock:
            self._failures.append((platform, path, _Failure(kind, frozenset(about))))

    def clear(self) -> None:
        """Let every list be whole, and every look-up answer."""
        with self._lock:
            self._cuts.clear()
            self._failures.clear()

    def of(self, platform: str, path: str) -> Cut:
        """Return the cut of this list; the longest pattern that fits it wins."""
        with self._lock:
            fitting = [key for key in self._cuts if key[0] == platform and fnmatch.fnmatchcase(path, key[1])]
            return self._cuts[max(fitting, key=lambda key: len(key[1]))] if fitting else WHOLE

    def refusal(self, platform: str, path: str, query: Iterable[tuple[str, str]]) -> Mood | None:
        """Return the mood in which this look-up is refused, or None."""
        failures = self._met(platform, path, query)
        return next((mood(each.kind) for each in failures if each.kind not in SPOILT), None)

    def pruned(
        self, platform: str, path: str, query: Iterable[tuple[str, str]], body: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return this answer's body without what a look-up keeps silent about."""
        failures, left = self._met(platform, path, query), dict(body)
        if not failures:
            return left
        for each in failures:
            if each.kind == SILENT:
                left = {name: _without(part, each.about) for name, part in left.items()}
            elif each.kind == EMPTY:
                page = {"resultsPerPage": 0, "totalResults": 0}
                left = {"kind": left["kind"], "items": [], "pageInfo": page} if "kind" in left else {"meta": {}}
            else:
                spoil = _unconnected if each.kind == UNCONNECTED else _unlinked
                left["data"] = [spoil(resource) for resource in left.get("data", [])]
        return {name: part for name, part in left.items() if part or name in {"items", "meta"}}

    def _met(self, platform: str, path: str, query: Iterable[tuple[str, str]]) -> list[_Failure]:
        with self._lock:
            failures = [failure for where, at, failure in self._failures if (where, at) == (platform, path)]
        if not failures:
            return []
        asked = {value for _, given in query for value in given.split(",")}
        return [failure for failure in failures if not failure.about or asked & failure.about]


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
