"""The open cases by clause over the runs, six clauses at most and the others together; `trend.svg` draws them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import mean
from urllib.parse import urlencode

from dashboards.desk.school.desk import Desk
from dashboards.queries import rows
from dashboards.report.model import COUNTS_ONLY, ReportedClause, Week
from dashboards.report.small_numbers import band
from policies.dates import month

MOST = 6
OTHERS = "Others"
WORK = "Open, late and cleared cases"


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
    `address` leads to its cases at the desk; empty for the others.
    """

    name: str
    counts: tuple[int, ...]
    says: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """The days of the runs in order, and a line for each clause, the one with the most open cases now first."""

    days: tuple[date, ...]
    lines: tuple[TrendLine, ...]
    is_least: bool = False
    title: str = "Open cases by clause"

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
        if self.title == WORK:
            return f"{WORK} in each of {len(self.days)} runs. In the last: {parts}."
        runs = f"{first:,} in the first of {len(self.days)} runs, {last:,} in the last"
        least = " (each the least that it may be)" if self.is_least else ""
        return f"{self.title}{least}: {runs}. In the last: {parts or 'none'}."


def trend_of(desk: Desk, week: Week) -> Trend:
    """Return the trend up to the newest published run; for readers of counts the least that each band may be."""
    with desk.copy() as db:
        if week.tier not in COUNTS_ONLY:
            return made_of(rows(db, "open_by_clause", OpenUnderClause), week.clauses)
        cells = rows(db, "cells_by_clause", OpenUnderClause)
        least = [replace(cell, open_count=band(cell.open_count).low) for cell in cells]
        return replace(made_of(least, week.clauses), is_least=True)


def work_of(counted: Sequence[tuple[date, int, int, int]]) -> Trend:
    """Return the trend of how many cases were open, late and cleared in each run, the oldest first."""
    days = tuple(day for day, *_ in counted)
    addresses = {"Open": "/cases?show=open", "Late": "/cases?show=late", "Cleared": "/cases?show=set_aside"}
    columns = zip(*(counts for _, *counts in counted), strict=True)
    lines = [TrendLine(name, counts, address=addresses[name]) for name, counts in zip(addresses, columns, strict=False)]
    return Trend(days, tuple(lines), title=WORK)


def made_of(counted: Sequence[OpenUnderClause], clauses: Sequence[ReportedClause]) -> Trend:
    """Return the trend of these counts, each clause by the reference that it has in the policy now."""
    refs = {clause.clause: clause.ref for clause in clauses}
    says = {clause.clause: clause.says for clause in clauses}
    days = tuple(sorted({row.as_of for row in counted}))
    by_id: dict[str, Counter[date]] = {}
    for row in counted:
        if row.clause is not None:
            by_id.setdefault(row.clause, Counter())[row.as_of] += row.open_count
    ever_open = [clause for clause, counts in by_id.items() if any(counts.values())]
    order = sorted(ever_open, key=lambda each: (-by_id[each][days[-1]], -sum(by_id[each].values()), each))
    lines = [
        replace(_line(refs.get(each, each), by_id[each], days), says=says.get(each, ""), address=_address(each))
        for each in order[:MOST]
    ]
    if order[MOST:]:
        lines.append(_line(OTHERS, sum((by_id[each] for each in order[MOST:]), Counter()), days))
    return Trend(days, tuple(lines))


def _line(name: str, counts: Mapping[date, int], days: Sequence[date]) -> TrendLine:
    return TrendLine(name, tuple(counts.get(day, 0) for day in days))


def _address(clause: str) -> str:
    return f"/cases?{urlencode({'show': 'open', 'clause': clause})}"


LEFT, TOP, WIDTH, HEIGHT = 40, 12, 330, 260  # of the field that the lines cross, in the picture's 480 by 312
_ROOM_OF_DAY = WIDTH / 5  # below the picture
_MOST_STEPS = 5  # named at its left
_LONGEST_NAME = 10
_GAP = 0.075  # of the height, between two names


@dataclass(frozen=True, slots=True)
class Label:
    """A text of the picture, and where it stands: how far to the right, or how far down."""

    text: str
    place: float


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A clause's line: its points, and its name with the newest count at its end."""

    points: tuple[tuple[float, float], ...]
    name: Label


@dataclass(frozen=True, slots=True)
class TrendPicture:
    """All that is drawn of a trend of two runs or more."""

    lines: tuple[DrawnLine, ...]
    counts: tuple[Label, ...]
    days: tuple[Label, ...]


def picture_of(trend: Trend) -> TrendPicture:
    """Return where everything stands in the picture of a trend of two runs or more."""
    most, first = max([1, *(number for line in trend.lines for number in line.counts)]), trend.days[0]
    top = most * 1.06
    span = (trend.days[-1] - first) or timedelta(days=1)  # a day may have two runs
    across = [round(LEFT + WIDTH * (day - first) / span, 1) for day in trend.days]
    lines = tuple(
        DrawnLine(
            tuple((x, _down(number / top)) for x, number in zip(across, line.counts, strict=True)),
            Label(f"{_short(line.name)} {line.counts[-1]:,}", _down(place)),
        )
        for line, place in zip(trend.lines, _places(trend.lines, top), strict=True)
    )
    counts = tuple(Label(f"{number:,}", _down(number / top)) for number in range(0, most + 1, _step(most)))
    days: list[Label] = []  # the newest, and each before it that has room
    for day, place in zip(reversed(trend.days), reversed(across), strict=True):
        if not days or place <= days[-1].place - _ROOM_OF_DAY:
            days.append(Label(f"{day.day} {month(day)[:3]}", place))
    return TrendPicture(lines, counts, tuple(days))


def _down(share: float) -> float:
    return round(TOP + HEIGHT * (1 - share), 1)


def _step(most: int) -> int:
    """Return the least of 1, 2, 5, 10, 20, 50 … that stands few enough times in the largest count."""
    step: int = 10 ** (len(str(most)) - 1)
    steps = (step // 10, step // 5, step // 2, step, 2 * step)
    return next(each for each in steps if each and most // each <= _MOST_STEPS)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _places(lines: tuple[TrendLine, ...], top: float) -> list[float]:
    """Return at which height, from 0 to 1, the name of each line stands: as near its end as leaves room for the others.

    Names that would touch are put together around the middle of their ends.
    """
    order = sorted(range(len(lines)), key=lambda number: (lines[number].counts[-1], -number))
    groups: list[list[float]] = []  # of where each name would stand if those below it took no room
    for place, number in enumerate(order):
        groups.append([lines[number].counts[-1] / top - place * _GAP])
        while len(groups) > 1 and mean(groups[-2]) > mean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    middles = [mean(group) for group in groups for _ in group]
    return [dict(zip(order, middles, strict=True))[number] + order.index(number) * _GAP for number in range(len(lines))]
