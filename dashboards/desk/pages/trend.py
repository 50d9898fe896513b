"""The open cases by clause over the runs: six clauses at most, the others together; counts alone, and nobody's name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboards.desk.school.desk import Desk
from dashboards.queries import rows
from dashboards.report.model import ReportedClause, Week
from dashboards.report.read import COUNTS_ONLY
from dashboards.report.small_numbers import band

MOST = 6
OTHERS = "Others"


@dataclass(frozen=True, slots=True)
class OpenUnderClause:
    """How many cases were open under a clause on the day of a run; a run without any has a row without a clause."""

    as_of: date
    pack: str | None
    clause: str | None
    open_count: int


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One clause, or the others together, and how many cases were open on the day of each run.

    `says` is what the clause asks, in the pack's words; nothing for the others, and for a clause of an earlier pack.
    """

    name: str
    counts: tuple[int, ...]
    says: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """The days of the runs in order, and a line for each clause, the one with the most open cases now first."""

    days: tuple[date, ...]
    lines: tuple[TrendLine, ...]
    is_least: bool = False

    @property
    def in_all(self) -> tuple[int, ...]:
        """How many cases were open on each day."""
        return tuple(sum(line.counts[number] for line in self.lines) for number in range(len(self.days)))

    @property
    def description(self) -> str:
        """What the picture shows, for whoever does not see it."""
        if not self.days:
            return "No run is published yet."
        first, last = self.in_all[0], self.in_all[-1]
        parts = ", ".join(f"{line.name} {line.counts[-1]:,}" for line in self.lines)
        runs = f"{first:,} in the first of {len(self.days)} runs, {last:,} in the last"
        least = " (each the least that it may be)" if self.is_least else ""
        return f"Open cases by clause{least}: {runs}. In the last: {parts or 'none'}."


def trend_of(desk: Desk, week: Week) -> Trend:
    """Return the trend up to the newest published run; for readers of counts the least that each band may be."""
    with desk.copy() as db:
        if week.tier not in COUNTS_ONLY:
            return made_of(rows(db, "open_by_clause", OpenUnderClause), week.clauses)
        cells = rows(db, "cells_by_clause", OpenUnderClause)
        least = [replace(cell, open_count=band(cell.open_count).low) for cell in cells]
        return replace(made_of(least, week.clauses), is_least=True)


def made_of(counted: Sequence[OpenUnderClause], clauses: Sequence[ReportedClause]) -> Trend:
    """Return the trend of these counts, each clause by the reference that it has in the policy now."""
    names = {(clause.pack, clause.clause): clause.ref for clause in clauses}
    says = {clause.ref: clause.says for clause in reversed(clauses)}
    days = tuple(sorted({row.as_of for row in counted}))
    by_name: dict[str, Counter[date]] = {}
    for row in counted:
        if row.pack is not None and row.clause is not None:
            name = names.get((row.pack, row.clause), row.clause)
            by_name.setdefault(name, Counter())[row.as_of] += row.open_count
    ever_open = [name for name, counts in by_name.items() if any(counts.values())]
    order = sorted(ever_open, key=lambda name: (-by_name[name][days[-1]], -sum(by_name[name].values()), name))
    lines = [_line(name, by_name[name], days, says.get(name, "")) for name in order[:MOST]]
    if order[MOST:]:
        lines.append(_line(OTHERS, sum((by_name[name] for name in order[MOST:]), Counter()), days))
    return Trend(days, tuple(lines))


def _line(name: str, counts: Mapping[date, int], days: Sequence[date], says: str = "") -> TrendLine:
    return TrendLine(name, tuple(counts.get(day, 0) for day in days), says)
