"""What the desk waits for of one browser: a code after a password, or that somebody comes back from the provider.

It stands in the memory of the desk, for ten minutes and for one use; the browser has a secret to it and nothing else.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from warehouse.casebook.people.desk_secrets import new_secret, sha256_of

Awaited = TypeVar("Awaited")
LONGEST = timedelta(minutes=10)
MOST = 1_000  # beyond which the oldest are forgotten


@dataclass(slots=True)
class Pending(Generic[Awaited]):
    """What is waited for, by the hash of each browser's secret, the oldest first."""

    _waits: dict[str, tuple[datetime, Awaited]] = field(default_factory=dict, repr=False)
    _changing: Lock = field(default_factory=Lock, repr=False)

    def put(self, awaited: Awaited, at: datetime) -> str:
        """Wait for this, and return the secret that belongs to it."""
        secret = new_secret()
        with self._changing:
            self._waits = {key: wait for key, wait in self._waits.items() if at - wait[0] < LONGEST}
            while len(self._waits) >= MOST:
                del self._waits[next(iter(self._waits))]
            self._waits[sha256_of(secret)] = (at, awaited)
        return secret

    def take(self, secret: str, at: datetime) -> Awaited | None:
        """Return what was waited for with this secret, once; None if there is none, or ten minutes are over."""
        with self._changing:
            since, awaited = self._waits.pop(sha256_of(secret), (None, None))
        return awaited if since is not None and at - since < LONGEST else None
