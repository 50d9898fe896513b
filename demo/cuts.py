"""What the simulated platforms leave out of their lists, while their counts and look-ups still know it, and more.

    servers.cuts.set("x", "/2/users/1/followers", Cut(hides=frozenset({"8"}), tells=True))
    servers.cuts.set("x", "/2/tweets/*/retweets", Cut(is_empty=True))
    servers.cuts.set("youtube", "/youtube/v3/playlistItems", Cut(ends_early=0.1))
    servers.cuts.find_nothing("youtube", "/youtube/v3/videos", about={"8"})

A cut is of every list whose path fits the pattern; a look-up by id is never cut. One that asks about any of the ids
in `about`, or about anything where that is not given, finds nothing for as long as it is set, as in a brown-out.
"""

import fnmatch
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

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


class Cuts:
    """The cuts that are set, by platform and path, and the look-ups that find nothing; safe to change while served."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cuts: dict[tuple[str, str], Cut] = {}
        self._brown_outs: list[tuple[str, str, frozenset[str]]] = []

    def set(self, platform: str, path: str, cut: Cut) -> None:
        """Cut the lists of x or youtube whose path fits this pattern, in which * stands for anything."""
        with self._lock:
            self._cuts[platform, path] = cut

    def find_nothing(self, platform: str, path: str, *, about: Collection[str] = ()) -> None:
        """Let look-ups at this path find nothing when they ask about any of these ids, or all."""
        with self._lock:
            self._brown_outs.append((platform, path, frozenset(about)))

    def clear(self) -> None:
        """Let every list be whole, and every look-up answer."""
        with self._lock:
            self._cuts.clear()
            self._brown_outs.clear()

    def of(self, platform: str, path: str) -> Cut:
        """Return the cut of this list; the longest pattern that fits it wins."""
        with self._lock:
            fitting = [key for key in self._cuts if key[0] == platform and fnmatch.fnmatchcase(path, key[1])]
            return self._cuts[max(fitting, key=lambda key: len(key[1]))] if fitting else WHOLE

    def pruned(
        self, platform: str, path: str, query: Iterable[tuple[str, str]], body: dict[str, Any]
    ) -> dict[str, Any]:
        """Return this answer's body, or what stands in its place where the look-up is to find nothing."""
        with self._lock:
            about = [ids for where, at, ids in self._brown_outs if (where, at) == (platform, path)]
        if not any(asks_about(query, ids) for ids in about):
            return body
        page = {"resultsPerPage": 0, "totalResults": 0}
        return {"kind": body["kind"], "items": [], "pageInfo": page} if "kind" in body else {"meta": {}}


def asks_about(query: Iterable[tuple[str, str]], ids: frozenset[str]) -> bool:
    """Say whether a request with this query asks about any of these ids; about none means about all."""
    return not ids or not ids.isdisjoint(value for _, given in query for value in given.split(","))
