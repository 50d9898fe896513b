"""Draws the trend of open cases as an SVG, for light and for dark pages; the first drawing imports matplotlib."""

import io
from functools import lru_cache
from statistics import mean
from threading import Lock
from typing import Literal

from dashboards.desk.trend import Trend, TrendLine
from policies.dates import month

Scheme = Literal["light", "dark"]
_INK = {"light": "#1d1c1a", "dark": "#ecebe5"}
_SOFT = {"light": "#59554d", "dark": "#b3b0a7"}
_RULE = {"light": "#ddd8cc", "dark": "#3a3c43"}
_TONES = {  # each is read on its paper, and told from its neighbours without colour by the name at its end
    "light": ("#0a4c86", "#98400a", "#3f5f45", "#8f1020", "#5b3f8c", "#6b5600", "#59554d"),
    "dark": ("#93c4ff", "#ffb57d", "#a5d2ab", "#ff9aa2", "#cbb4f5", "#e6cf73", "#b3b0a7"),
}
_SIZE = (4.6, 3.1)  # inches
_MOST_DAYS = 5  # named below the picture
_LONGEST_NAME = 10
_GAP = 0.075  # of the height, between two names
_DRAWING = Lock()  # matplotlib shares its fonts between drawings


@lru_cache(maxsize=4)
def drawn(trend: Trend, scheme: Scheme) -> bytes:
    """Return the picture of a trend of two runs or more; the same trend is drawn once."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - a second, which few pages need
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    with _DRAWING:
        figure = Figure(figsize=_SIZE)
        figure.patch.set_alpha(0)
        axes = figure.add_axes((0.085, 0.13, 0.69, 0.82))
        axes.patch.set_alpha(0)
        days = range(len(trend.days))
        for line, tone in zip(trend.lines, _TONES[scheme], strict=False):
            axes.plot(days, line.counts, color=tone, linewidth=2, marker="o", markersize=3, clip_on=False)
        top = max([1, *(count for line in trend.lines for count in line.counts)]) * 1.06
        axes.set_ylim(0, top)
        axes.set_xlim(0, len(trend.days) - 1)
        for line, tone, place in zip(trend.lines, _TONES[scheme], _places(trend.lines, top), strict=False):
            name = f"{_short(line.name)}  {line.counts[-1]:,}"
            axes.text(1.03, place, name, transform=axes.transAxes, color=tone, fontsize=11, va="center")
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        named = sorted({round(number * (len(days) - 1) / (_MOST_DAYS - 1)) for number in range(_MOST_DAYS)})
        axes.set_xticks(named, [f"{trend.days[n].day} {month(trend.days[n])[:3]}" for n in named])
        axes.tick_params(colors=_SOFT[scheme], labelsize=10, length=0, pad=6)
        axes.grid(axis="y", color=_RULE[scheme], linewidth=0.8)
        axes.set_axisbelow(True)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(_INK[scheme])
        picture = io.BytesIO()
        figure.savefig(picture, format="svg", transparent=True, metadata={"Date": None})
        return picture.getvalue()


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
