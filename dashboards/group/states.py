"""How each school stands in a week: one state, worked out of what is recorded, and by when how many were published."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

SchoolState = Literal[
    "not_set_up", "not_permitted", "waiting_for_quota", "running", "seen_in_part", "judged", "published", "late"
]
STATES: tuple[SchoolState, ...] = get_args(SchoolState)
WORDS: Mapping[SchoolState, str] = {
    "not_set_up": "not set up",
    "not_permitted": "not permitted",
    "waiting_for_quota": "waiting for quota",
    "running": "running",
    "seen_in_part": "seen in part",
    "judged": "judged, and not published",
    "published": "published",
    "late": "late",
}
_UNASKED = frozenset({"not_set_up", "not_permitted"})


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded of a school and a week. `is_published` is a run of the week, `is_whole` that it saw everything.

    `is_judged` is a run that was judged and did not come to be published; `waits_until` when it is begun again.
    """

    is_set_up: bool = True
    is_permitted: bool = True
    is_running: bool = False
    is_judged: bool = False
    is_published: bool = False
    is_whole: bool = False
    waits_until: datetime | None = None


def state_of(school: Recorded) -> SchoolState:
    """Return how a school stands: what goes on now first, then what is in the way of any run, then what was reached."""
    stands: Mapping[SchoolState, bool] = {
        "running": school.is_running,
        "not_set_up": not school.is_set_up and not school.is_published,
        "not_permitted": not school.is_permitted and not school.is_published,
        "waiting_for_quota": school.waits_until is not None,
        "published": school.is_published and school.is_whole,
        "seen_in_part": school.is_published,
        "judged": school.is_judged,
    }
    return next((state for state, is_so in stands.items() if is_so), "late")


def counted(states: Iterable[SchoolState]) -> dict[SchoolState, int]:
    """Return how many schools stand in each state, every state named."""
    found = Counter(states)
    return {state: found[state] for state in STATES}


@dataclass(frozen=True, slots=True)
class ObjectiveMet:
    """How many of the schools that are set up and permitted were published by a moment, and how many are to be."""

    by: datetime
    share: float
    published: int
    of: int

    @property
    def is_missed(self) -> bool:
        """Whether fewer were published than are to be."""
        return self.published < round(self.share * self.of, 6)

    @property
    def sentence(self) -> str:
        """The objective and what came of it."""
        came = f"{self.published:,} of {self.of:,} schools were published by {self.by:%Y-%m-%d %H:%M}"
        return f"{'Missed' if self.is_missed else 'Met'}: {came}; {self.share:.0%} are to be."


def objective(
    schools: Iterable[tuple[SchoolState, datetime | None]], by: datetime, share: float, now: datetime
) -> ObjectiveMet | None:
    """Return how the objective was met by schools of these states, published at these times; None before its time."""
    if now < by:
        return None
    asked = [published_at for state, published_at in schools if state not in _UNASKED]
    return ObjectiveMet(by, share, sum(at is not None and at <= by for at in asked), len(asked))
