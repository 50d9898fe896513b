"""Where in the picture of the trend each line, name, count and day stands; `trend.svg` draws it."""

from dataclasses import dataclass
from statistics import mean

from dashboards.desk.pages.trend import Trend, TrendLine
from policies.dates import month

LEFT, TOP, WIDTH, HEIGHT = 40, 12, 330, 260  # of the field that the lines cross, in the picture's 480 by 312
_MOST_DAYS = 5  # named below the picture
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
    most, last = max([1, *(number for line in trend.lines for number in line.counts)]), len(trend.days) - 1
    top = most * 1.06
    across = [round(LEFT + WIDTH * number / last, 1) for number in range(last + 1)]
    lines = tuple(
        DrawnLine(
            tuple((x, _down(number / top)) for x, number in zip(across, line.counts, strict=True)),
            Label(f"{_short(line.name)} {line.counts[-1]:,}", _down(place)),
        )
        for line, place in zip(trend.lines, _places(trend.lines, top), strict=True)
    )
    counts = tuple(Label(f"{number:,}", _down(number / top)) for number in range(0, most + 1, _step(most)))
    named = sorted({round(number * last / (_MOST_DAYS - 1)) for number in range(_MOST_DAYS)})
    days = tuple(Label(f"{trend.days[n].day} {month(trend.days[n])[:3]}", across[n]) for n in named)
    return TrendPicture(lines, counts, days)


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
