"""What a decision about a case is about and how long it stands, who may challenge one, and by when that is answered."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from policies.dates import long_date

# What a decision is about, and what it is called where it is another one now.
About = Literal["person", "declaration", "words", "picture", "setting"]
ANOTHER: dict[About, str] = {
    "person": "for another person",
    "declaration": "before a register declared the account",
    "words": "for other words",
    "picture": "for another picture",
    "setting": "for other facts",
}
DECLARED = "declared"
_SAID = {"mistaken": "Called mistaken", "allowed": "Allowed", "confirmed": "Confirmed", "planned": "Planned"}

# What must have been shown to whoever answers, before an answer that rests on it.
Ground = Literal["case", "picture", "comparison", "name"]
UNSEEN: dict[Ground, str] = {
    "case": "You have not read this case yet. Open it at the desk, and answer there.",
    "picture": "You have not looked at the picture. Show it at the desk, and answer there.",
    "comparison": "You have not seen an approved photograph beside this picture. Compare them at the desk first.",
    "name": "You have not been told whom this is about. Press “Show whom it may be” at the desk, and answer there.",
}

RAISED_BY = ("pupil", "parent", "staff", "other")
DAYS_TO_ANSWER = timedelta(days=30)  # the law says one month; thirty days are never longer


@dataclass(frozen=True, slots=True)
class StandingDecision:
    """What a run heeds of one case's decisions; `until` is None when it stands for good.

    `at` is when it was made, with its zone. `about` is what the case was about in the report that was read, in JSON
    as `outcome.exceptions` has it: a hash for each kind of `ANOTHER`, and the birthdays; None where nobody knows.
    """

    verdict: str
    until: date | None
    by_role: str
    at: datetime | None = None
    about: str | None = None

    def is_over(self, day: date) -> bool:
        """Say whether it ended before this day."""
        return self.until is not None and self.until < day

    def differs(self, about: Mapping[str, str]) -> tuple[str, ...]:
        """Return of which kinds the case is about something else now; none where the decision covers it.

        A declaration agrees with a confirmation, and goes against all others. A confirmation of which nobody knows
        whom it meant covers nobody.
        """
        if self.about is None:
            return ("person",) if self.verdict == "confirmed" and "person" in about else ()
        agreed = {"declaration"} if self.verdict == "confirmed" else set()
        return tuple(sorted(other_kinds(json.loads(self.about), about) - agreed))


def due_again(due_on: date | None, until: date | None, day: date) -> date | None:
    """Return when a case is due that was allowed until a day and is open on `day`: no sooner than on the day after."""
    back_on = day if until is None else min(until + timedelta(days=1), day)
    return due_on and max(due_on, back_on)


def may_wait(severity: str | None, evidence: Mapping[str, str], days_to_act: Collection[int]) -> bool:
    """Say whether a case that a first look finds may be planned for later; `days_to_act` are all that ask for it.

    Not what is critical or is to be done within a day, nor where a family withdrew its consent or objected.
    """
    has_ended = any(word in (evidence.get("ended") or "") for word in ("withdrawn", "objection"))
    return severity != "critical" and min(days_to_act) > 1 and not has_ended


def other_kinds(then: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    """Return of which kinds a case is about something else than it was.

    What is no longer there does no harm; birthdays are compared where both sides have one of the same person.
    """
    kinds = {kind for kind in now.keys() - {"birthday"} if then.get(kind) != now[kind]}
    born, born_now = _birthdays(then), _birthdays(now)
    if any(born[person].isdisjoint(born_now[person]) for person in born.keys() & born_now.keys()):
        kinds.add("person")
    return kinds


def _birthdays(about: Mapping[str, str]) -> Mapping[str, set[str]]:
    born = defaultdict[str, set[str]](set)
    for said in about.get("birthday", "").split():
        person, _, day = said.partition(":")
        born[person].add(day)
    return born


def fallen_sentence(verdict: str | None, on: date | None, kinds: Collection[str]) -> str:
    """Return how a decision fell, such as "Called mistaken on 9 November 2026, for other words."; empty for none."""
    if verdict is None:
        return ""
    day = f" on {long_date(on)}" if on else ""
    return f"{_SAID.get(verdict, verdict)}{day}, {' and '.join(ANOTHER[kind] for kind in ANOTHER if kind in kinds)}."


def answer_by(received_on: date) -> date:
    """Return the last day on which a challenge that was received on this day is answered in time."""
    return received_on + DAYS_TO_ANSWER


def plain_reference(spoken: str) -> str:
    """Return a reference as the report writes it, however it was spoken or typed: `6B39-81C5` is `6b3981c5`."""
    return "".join(spoken.split()).replace("-", "").casefold()


def last_day(verdict: str, until: date | None, today: date) -> date | None:
    """Return the last day on which a decision stands; None is for good."""
    if verdict == "mistaken" and until is None:
        # To the end of the school year: a new year brings new pupils of the same name.
        end = date(today.year, 8, 31)
        return end if today <= end else date(today.year + 1, 8, 31)
    return until
