"""Who has a case open: whoever opens one first has it for a few minutes, so that two people do not answer it at once.

It is kept in this process alone and ends by itself; it keeps nobody from reading, and anybody may take it over.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

OPEN_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """That one person has a case open, since when, and until when if it is not read again."""

    fingerprint: str
    person: int
    role: str
    since: datetime
    until: datetime


class OpenCases:
    """The cases that are open at one desk; a person has one open at a time."""

    def __init__(self) -> None:
        self._by_case: dict[str, OpenCase] = {}
        self._changing = Lock()

    def take(self, fingerprint: str, *, person: int, role: str, now: datetime, over: bool = False) -> OpenCase | None:
        """Open a case, and close the one before; return who else has it open, which stands unless `over`."""
        with self._changing:
            held = self._standing(fingerprint, now)
            if held is not None and held.person != person and not over:
                return held
            since = held.since if held is not None and held.person == person else now
            self._let_go(person)
            self._by_case[fingerprint] = OpenCase(fingerprint, person, role, since, now + OPEN_FOR)
            return None

    def others(self, person: int, now: datetime) -> dict[str, OpenCase]:
        """Return the cases that others than this person have open now."""
        with self._changing:
            known = tuple(self._by_case.values())
        return {hold.fingerprint: hold for hold in known if hold.person != person and hold.until > now}

    def of_another(self, fingerprint: str, *, person: int, now: datetime) -> OpenCase | None:
        """Return who else has a case open; None where nobody has."""
        return self.others(person, now).get(fingerprint)

    def renew(self, fingerprint: str, *, person: int, now: datetime) -> None:
        """Keep a case open for longer, if this person has it open."""
        with self._changing:
            held = self._standing(fingerprint, now)
            if held is not None and held.person == person:
                self._by_case[fingerprint] = replace(held, until=now + OPEN_FOR)

    def let_go(self, person: int) -> None:
        """Close whatever this person has open."""
        with self._changing:
            self._let_go(person)

    def _standing(self, fingerprint: str, now: datetime) -> OpenCase | None:
        held = self._by_case.get(fingerprint)
        return held if held is not None and held.until > now else None

    def _let_go(self, person: int) -> None:
        self._by_case = {case: hold for case, hold in self._by_case.items() if hold.person != person}


MOST_LOOKS = 10_000  # beyond which the oldest are forgotten, and asked for anew


@dataclass(slots=True)
class Looks:
    """What each sitting was shown of which case; a look at another version of it, such as of another run, is none."""

    _seen: dict[tuple[int, str], tuple[object, frozenset[str]]] = field(default_factory=dict, repr=False)
    _changing: Lock = field(default_factory=Lock, repr=False)

    def of(self, sitting: int, fingerprint: str, version: object) -> frozenset[str]:
        """Return what was shown in a sitting, by its session's number, of this version of a case."""
        then, seen = self._seen.get((sitting, fingerprint), (None, frozenset[str]()))
        return seen if then == version else frozenset()

    def add(self, sitting: int, fingerprint: str, version: object, shown: Collection[str]) -> None:
        """Keep that this was shown."""
        with self._changing:
            seen = self.of(sitting, fingerprint, version).union(shown)
            self._seen.pop((sitting, fingerprint), None)
            self._seen[sitting, fingerprint] = (version, seen)
            while len(self._seen) > MOST_LOOKS:
                del self._seen[next(iter(self._seen))]

    def end(self, sitting: int, fingerprint: str) -> None:
        """Forget what was shown of a case, once it is answered."""
        with self._changing:
            self._seen.pop((sitting, fingerprint), None)
