"""The moods of the simulated platforms: what is to go wrong, where, and at which request.

    servers.moods.set("x", "/2/users/1/followers", ["ok", "429", Mood("slow", seconds=2)])
    servers.moods.set("youtube", "/youtube/v3/", after(3, lasting("quotaExceeded")))

Each request to a path with that prefix takes the next mood; when the list is used up, all is well again.
"""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

Kind = Literal[
    "ok",
    "429",
    "429_without_reset",
    "429_past_reset",
    "401",
    "402",
    "403",
    "404",
    "500",
    "503",
    "slow",
    "hang",
    "cut",
    "html",
    "repeat_token",
    "quotaExceeded",
    "rateLimitExceeded",
    "invalid_grant",
]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Mood:
    """One mood; `seconds` is the wait of a slow answer, or how far ahead a 429's reset lies.

    `reset` names that time instead. A mood that `lasts` is never used up.
    """

    kind: Kind
    seconds: float = 2.0
    reset: datetime | None = None
    lasts: bool = False


OK = Mood("ok")


def mood(kind: str) -> Mood:
    """Return the mood of this name; raise ValueError with the known names if there is none."""
    for allowed in get_args(Kind):
        if kind == allowed:
            return Mood(allowed, lasts=allowed == "repeat_token")
    raise ValueError(f"There is no mood called {kind!r}. Choose one of: {', '.join(KINDS)}.")


def lasting(given: "str | Mood") -> Mood:
    """Return this mood as one that stays until other moods are set."""
    return replace(_read(given), lasts=True)


def after(requests: int, given: "str | Mood") -> list[Mood]:
    """Return moods in which so many requests go well before this one strikes."""
    return [OK] * requests + [_read(given)]


class Moods:
    """The moods that are set, by platform and path prefix; the longest fitting prefix wins."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._set: dict[tuple[str, str], deque[Mood]] = {}

    def set(self, platform: str, path_prefix: str, moods: "Sequence[str | Mood]") -> None:
        """Set what the next requests to these paths of x, youtube or media will meet."""
        read = deque(_read(given) for given in moods)
        with self._lock:
            self._set[platform, path_prefix] = read

    def clear(self) -> None:
        """Forget every mood that is still waiting."""
        with self._lock:
            self._set.clear()

    def take(self, platform: str, path: str) -> Mood:
        """Return the mood that this request meets, and use it up unless it lasts."""
        with self._lock:
            fitting = [
                prefix
                for (where, prefix), waiting in self._set.items()
                if where == platform and path.startswith(prefix) and waiting
            ]
            if not fitting:
                return OK
            waiting = self._set[platform, max(fitting, key=len)]
            return waiting[0] if waiting[0].lasts else waiting.popleft()


def _read(given: "str | Mood") -> Mood:
    return mood(given) if isinstance(given, str) else given
