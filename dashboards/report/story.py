"""The story of a case: what people said of it and what became of that, told alike by the desk and by every report.

It is told by role and day; what an answer rests on stays at the desk. An answer counts until the next one, and what
became of it is how the last run before that found the case. What was taken back is not told.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo
from itertools import zip_longest

import duckdb

from dashboards.queries import query
from dashboards.report.words import role, role_by
from policies.dates import short_date
from warehouse.casebook.decisions import Answer, Decision, kept

# What an answer says, and what comes of it before the next run has looked.
ANSWERS: Mapping[Answer, tuple[str, str]] = {
    "confirmed": ("It is so, says the {by}", "from the next run in the report"),
    "mistaken": ("Mistaken, says the {by}", "set aside from the next run on"),
    "allowed": ("Allowed until {until} by the {by}", "set aside from the next run on"),
    "planned": ("Planned by the {by}, to be looked at by {until}", "it waits for that day"),
    "done": ("Dealt with, says the {by}", "the next run looks again"),
    "proposed": ("It is so, says the {by}, and a second person must agree", "nobody is named before that"),
    "assigned": ("Given to the {to} by the {by}", "it waits there"),
    "undone": ("Taken back by the {by}", "what was said before counts again"),
    "said": ("Written by the {by}", "it answers nothing"),
}
STILL_THERE, SET_ASIDE = "still there", "set aside"
_FOUND = {"gone": "gone", "not_seen": "not seen, so it is not proved gone", "suspended": "suspended by the platform"}


@dataclass(frozen=True, slots=True)
class Stood:
    """How a case stood in one run, which had read so many of its decisions; of none it is said where that is None."""

    run_id: str
    as_of: date
    status: str
    is_open: bool
    decision: str | None
    decisions_read: int | None = None

    @property
    def found(self) -> str:
        """How the run found the case, in words that stand before its day."""
        return _FOUND.get(self.status) or (STILL_THERE if self.is_open else SET_ASIDE)

    def is_after(self, decision: Decision) -> bool:
        """Say whether the run looked at the case after this was said, as a later one did, or one that had read it."""
        return self.run_id >= decision.run_id and not decision.is_since(self.run_id, self.decisions_read)


def words_of(decision: Decision) -> str:
    """Return who said what of a case."""
    until = short_date(decision.until) if decision.until else "further notice"
    words, _ = ANSWERS[decision.answer]
    to = role(decision.to_role or "")
    if decision.to_person is not None:
        is_own = decision.to_person == decision.by_person
        words = "Taken on by the {by}" if is_own else "Given to one person, the {to}, by the {by}"
    return words.format(by=role_by(decision.by_role, decision.by_person), until=until, to=to)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of a case, the day on which it was given, and how the last run before the next answer found the case.

    `became` is None where no run has looked since; `is_last` says that no later answer counts.
    """

    decision: Decision
    on: date
    became: Stood | None
    is_last: bool = True

    @property
    def words(self) -> str:
        """Who said what, and on which day."""
        return f"{words_of(self.decision)}, on {short_date(self.on)}"

    @property
    def sentence(self) -> str:
        """The same, with what became of it."""
        if self.became is not None:
            return f"{self.words}; {self.became.found} on {short_date(self.became.as_of)}."
        return f"{self.words}; {ANSWERS[self.decision.answer][1]}." if self.is_last else f"{self.words}."

    @property
    def is_undone_work(self) -> bool:
        """Whether the case was said to be dealt with, and the run found it all the same."""
        return self.decision.answer == "done" and self.became is not None and self.became.found == STILL_THERE


@dataclass(frozen=True, slots=True)
class Told:
    """What a report is told beside the published copy: what people said of cases, the school's zone, and its desk.

    `desk` is the desk's address, empty for the desk's own pages, and None where nobody could follow a link to it.
    """

    decisions: Mapping[str, Sequence[Decision]] = field(default_factory=dict)
    zone: tzinfo = UTC
    desk: str | None = None


NOTHING_TOLD = Told()


def story(decisions: Sequence[Decision], stood: Sequence[Stood], zone: tzinfo) -> tuple[Said, ...]:
    """Return what counts of these decisions of one case, and how the runs found it after each, the oldest first."""
    counted = kept(decisions)
    told = []
    for decision, later in zip_longest(counted, counted[1:]):
        since = [run for run in stood if run.is_after(decision) and (later is None or not run.is_after(later))]
        on = decision.decided_at.astimezone(zone).date()
        told.append(Said(decision, on, since[-1] if since else None, is_last=later is None))
    return tuple(told)


def stories(
    db: duckdb.DuckDBPyConnection, run_id: str, cases: Iterable[str], told: Told
) -> Mapping[str, Sequence[Said]]:
    """Return what had been said of these cases when the run looked, by case, where anything was."""
    decided = {case: told.decisions[case] for case in cases if case in told.decisions}
    if not decided:
        return {}
    stood, found = histories(db, run_id), dict[str, Sequence[Said]]()
    for case, decisions in decided.items():
        runs = stood.get(case, ())
        before = [decision for decision in decisions if runs and runs[-1].is_after(decision)]
        if said := story(before, runs, told.zone):
            found[case] = said
    return found


def histories(db: duckdb.DuckDBPyConnection, run_id: str | None = None) -> Mapping[str, Sequence[Stood]]:
    """Return how each case of a run, the newest unless one is given, stood in the runs up to it, the oldest first."""
    known: defaultdict[str, list[Stood]] = defaultdict(list)
    alike: dict[tuple[object, ...], Stood] = {}  # thousands of cases stood alike in few ways
    for fingerprint, *stood in db.execute(query("case_history"), {"run_id": run_id}).fetchall():
        known[fingerprint].append(alike.setdefault(tuple(stood), Stood(*stood)))
    return dict(known)
