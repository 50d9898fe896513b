"""Somebody who has every page of the governors and wants to know a small number: integer equations, solved exactly.

Of each cell and week they write down how many are open, new, late and were dealt with since; what the pages say bounds
these, and one week is tied to the next. A number from 1 to 4 that can be only one thing is found out.
"""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from openpyxl import load_workbook

from dashboards.report.small_numbers import COUNT_COLUMNS
from tests.published_text import text_of

MOST = 10_000
_NUMBER = r"[Ff]ewer than 5|\d[\d,]* to \d[\d,]*|\d[\d,]* or more|\d[\d,]*"
_TOTALS = (
    rf"clauses?, ({_NUMBER}) open exceptions?",
    rf"^({_NUMBER}) open[;.]",
    rf"<b>({_NUMBER})</b> <span>open</span>",
)
COLUMNS = ("pack", "clause", "check_id", "severity", "owner_role", "clause_says")  # what a cell is known by
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
        """Take down what every file of each week's folder says; each folder holds that week's files of the tiers."""
        tables = [[_by_cell(path) for path in sorted(folder.iterdir()) if path.suffix in _ROWS] for folder in weeks]
        cells = {cell for week in tables for table in week for cell in table}
        for week, (told, folder) in enumerate(zip(tables, weeks, strict=True)):
            assert told
            for cell in cells:
                for table in told:
                    self._reads_cell(week, cell, table.get(cell))
            self._reads_totals(week, cells, folder)

    def _reads_cell(self, week: int, cell: tuple[str, ...], row: Mapping[str, object] | None) -> None:
        """A cell that is not told of has nothing open; what came, stayed and went ties it to the week before."""
        now, new, late, gone = ((week, cell, what) for what in ("open", "new", "late", "gone"))
        is_first = now not in self.bounds
        most = self._within(now, *(bounds_of(row["open_now"]) if row else (0, 0)))
        for variable, name in ((new, "has_new"), (late, "has_late")):
            self._within(variable, *((1, most) if row and str(row[name]) in _YES else (0, 0)))
            if is_first:
                self.sums.append(({now: 1, variable: -1}, 0, MOST))
        if week and is_first:
            self.bounds[gone] = 0, MOST
            self.sums.append(({(week - 1, cell, "open"): 1, new: 1, gone: -1, now: -1}, 0, 0))

    def _within(self, variable: Variable, least: int, most: int) -> int:
        """Narrow a number to these bounds, beside what another file said of it; return the most that it may be."""
        low, high = self.bounds.get(variable, (0, MOST))
        self.bounds[variable] = max(low, least), min(high, most)
        assert self.bounds[variable][0] <= self.bounds[variable][1]  # what is published contradicts itself
        return self.bounds[variable][1]

    def _reads_totals(self, week: int, cells: Iterable[tuple[str, ...]], folder: Path) -> None:
        every = {(week, cell, "open"): 1 for cell in cells}
        for path in sorted(folder.iterdir()):
            for pattern in _TOTALS:
                for said in re.findall(pattern, text_of(path), re.MULTILINE):
                    self.sums.append((every, *bounds_of(said)))

    def found_out(self) -> dict[Variable, int]:
        """Return every number from 1 to 4 that can be no other."""
        from scipy.optimize import Bounds, LinearConstraint  # which takes a while to import

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
    def _extreme(limits: Any, box: Any, place: int, width: int, sign: int) -> int:
        from scipy.optimize import milp

        aim = np.zeros(width)
        aim[place] = sign
        solved = milp(aim, constraints=limits, bounds=box, integrality=np.ones(width))
        assert solved.success, solved.message  # what is published contradicts itself
        return round(float(solved.x[place]))


def _cell(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in COLUMNS)


def _by_cell(path: Path) -> dict[tuple[str, ...], Mapping[str, object]]:
    """Return what a file's rows say of each cell; none may be said twice."""
    rows = _ROWS[path.suffix](path)
    by_cell = {_cell(row): row for row in rows}
    assert len(by_cell) == len(rows)
    return by_cell


def _of_workbook(path: Path) -> list[Mapping[str, object]]:
    _, *lines = load_workbook(path)["Counts"].iter_rows(values_only=True)
    return [dict(zip(COUNT_COLUMNS, line, strict=True)) for line in lines]


def _of_csv(path: Path) -> list[Mapping[str, object]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _of_json(path: Path) -> list[Mapping[str, object]]:
    rows: list[Mapping[str, object]] = json.loads(path.read_text(encoding="utf-8"))["counts"]
    return rows


_YES = {"True", "true", "TRUE", "yes"}
_ROWS = {".json": _of_json, ".csv": _of_csv, ".xlsx": _of_workbook}
