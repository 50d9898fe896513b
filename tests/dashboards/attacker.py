"""Somebody who has every page of the governors and wants to know a small number: integer equations, solved exactly.

Of each cell and week they write down how many are open, new, late and were dealt with since; what the pages say bounds
these, and one week is tied to the next. A number from 1 to 4 that can be only one thing is found out.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.published_text import text_of

MOST = 10_000
_NUMBER = r"[Ff]ewer than 5|\d[\d,]* to \d[\d,]*|\d[\d,]* or more|\d[\d,]*"
_TOTALS = (rf"clauses?, ({_NUMBER}) open exceptions?", rf"^({_NUMBER}) open[;.]")
Variable = tuple[int, tuple[str, ...], str]  # the week, the cell, and what is counted


def bounds_of(words: object) -> tuple[int, int]:
    """Return what a number in words may be: `fewer than 5`, `10 to 14`, `7 or more`, or the number itself."""
    figures = [int(figure.replace(",", "")) for figure in re.findall(r"\d[\d,]*", str(words))]
    if "fewer" in str(words).casefold():
        return 1, figures[0] - 1
    if "or more" in str(words):
        return figures[0], MOST
    return figures[0], figures[-1]


@dataclass
class Attacker:
    """The equations so far, and what they allow each number to be."""

    bounds: dict[Variable, tuple[int, int]] = field(default_factory=dict)
    sums: list[tuple[Mapping[Variable, int], int, int]] = field(default_factory=list)

    def reads(self, weeks: Sequence[Path]) -> None:
        """Take down what every file of each week's folder says; each folder holds that week's files of the tier."""
        told = [json.loads((folder / "governors.json").read_text())["counts"] for folder in weeks]
        cells = {_cell(row) for rows in told for row in rows}
        for week, (rows, folder) in enumerate(zip(told, weeks, strict=True)):
            by_cell = {_cell(row): row for row in rows}
            assert len(by_cell) == len(rows)
            for cell in cells:
                self._reads_cell(week, cell, by_cell.get(cell))
            self._reads_totals(week, cells, folder)

    def _reads_cell(self, week: int, cell: tuple[str, ...], row: Mapping[str, object] | None) -> None:
        """A cell that is not told of has nothing open; what came, stayed and went ties it to the week before."""
        now, new, late, gone = ((week, cell, what) for what in ("open", "new", "late", "gone"))
        least, most = bounds_of(row["open_now"]) if row else (0, 0)
        self.bounds[now] = least, most
        for variable, name in ((new, "has_new"), (late, "has_late")):
            self.bounds[variable] = (1, most) if row and row[name] else (0, 0)
            self.sums.append(({now: 1, variable: -1}, 0, MOST))
        if week:
            self.bounds[gone] = 0, MOST
            self.sums.append(({(week - 1, cell, "open"): 1, new: 1, gone: -1, now: -1}, 0, 0))

    def _reads_totals(self, week: int, cells: Iterable[tuple[str, ...]], folder: Path) -> None:
        every = {(week, cell, "open"): 1 for cell in cells}
        for path in sorted(folder.iterdir()):
            for pattern in _TOTALS:
                for said in re.findall(pattern, text_of(path), re.MULTILINE):
                    self.sums.append((every, *bounds_of(said)))

    def found_out(self) -> dict[Variable, int]:
        """Return every number from 1 to 4 that can be no other."""
        names = list(self.bounds)
        place = {name: number for number, name in enumerate(names)}
        matrix = np.zeros((len(self.sums), len(names)))
        for line, (parts, _, _) in enumerate(self.sums):
            for name, factor in parts.items():
                matrix[line, place[name]] = factor
        limits = LinearConstraint(matrix, [low for _, low, _ in self.sums], [high for _, _, high in self.sums])
        box = Bounds([self.bounds[name][0] for name in names], [self.bounds[name][1] for name in names])
        known = {}
        for name in names:
            if self.bounds[name][1] == 0:
                continue
            least = self._extreme(limits, box, place[name], len(names), 1)
            if 1 <= least <= 4 and least == self._extreme(limits, box, place[name], len(names), -1):
                known[name] = least
        return known

    @staticmethod
    def _extreme(limits: LinearConstraint, box: Bounds, place: int, width: int, sign: int) -> int:
        aim = np.zeros(width)
        aim[place] = sign
        solved = milp(aim, constraints=limits, bounds=box, integrality=np.ones(width))
        assert solved.success, solved.message  # what is published contradicts itself
        return round(float(solved.x[place]))


def _cell(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("pack", "clause", "check_id", "severity", "owner_role", "clause_says"))
