"""X's rate limits: so many requests in 15 minutes for each endpoint and key, told in three headers."""

import threading
from dataclasses import dataclass
from datetime import datetime

from demo.x.endpoints import WINDOW_SECONDS, XEndpoint


@dataclass(frozen=True, slots=True)
class RateLimitState:
    """What is left after a request; `reset` is in unix seconds."""

    limit: int
    remaining: int
    reset: int
    is_spent: bool

    def headers(self) -> dict[str, str]:
        """Return X's three headers."""
        return {
            "x-rate-limit-limit": str(self.limit),
            "x-rate-limit-remaining": str(self.remaining),
            "x-rate-limit-reset": str(self.reset),
        }


class RateLimits:
    """The windows that are open, by endpoint and key; a window opens with the first request in it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[tuple[str, str], tuple[int, int]] = {}

    def count(self, endpoint: XEndpoint, key: str, *, is_user: bool, at: datetime) -> RateLimitState:
        """Count one request of this key, and return what its window still allows."""
        limit = endpoint.user_limit if is_user or endpoint.app_limit is None else endpoint.app_limit
        second = int(at.timestamp())
        with self._lock:
            opened, used = self._open.get((endpoint.name, key), (second, 0))
            if not opened <= second < opened + WINDOW_SECONDS:
                opened, used = second, 0
            used += 1
            self._open[endpoint.name, key] = opened, used
        return RateLimitState(limit, max(limit - used, 0), opened + WINDOW_SECONDS, is_spent=used > limit)

    def clear(self) -> None:
        """Open every window afresh."""
        with self._lock:
            self._open.clear()
