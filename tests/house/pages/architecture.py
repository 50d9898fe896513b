"""Draws docs/architecture.svg from the import contracts in pyproject.toml and the rooms' own docstrings.

Run: python -m tests.house.pages.architecture docs/architecture.svg
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[3]
WIDTH, LINE, LEFT, INDENT = 1120, 24, 24, 230
FLOORS = ("flows", "dashboards", "connectors", "checks", "warehouse", "engines", "policies")
COLOURS = {
    "flows": "#dbe9f6",
    "dashboards": "#e2f0d9",
    "connectors": "#fbe5d6",
    "checks": "#fff2cc",
    "warehouse": "#e4dff0",
    "engines": "#dcefee",
    "policies": "#ececec",
}


def rooms() -> dict[str, list[str]]:
    """Return the rooms of each floor from the top down: those with an order of their own as import-linter keeps it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    ordered = {one["containers"][0]: one["layers"] for one in contracts if one.get("containers")}
    return {floor: ordered.get(floor) or _folders(floor) for floor in FLOORS}


def _folders(floor: str) -> list[str]:
    return sorted(path.parent.name for path in (ROOT / floor).glob("*/__init__.py"))


def sentence(floor: str, room: str) -> str:
    """Return the first sentence of a room's docstring."""
    path = ROOT / floor / room.replace(".", "/") / "__init__.py"
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return said.split("\n", maxsplit=1)[0]


def drawn() -> str:
    """Return the picture."""
    rows = list(_rows())
    height = LINE * (len(rows) + 2)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"',
        ' font-family="sans-serif" font-size="13">',
        "<title>The house, from the top down: each floor and room may import what stands below it</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
    ]
    for place, (floor, name, says) in enumerate(rows, start=1):
        y = LINE * place
        is_floor = name == floor
        start, weight = (LEFT, "bold") if is_floor else (2 * LEFT, "normal")
        lines += [
            f'<rect x="{LEFT // 2}" y="{y}" width="{WIDTH - LEFT}" height="{LINE}" fill="{COLOURS[floor]}"/>',
            f'<text x="{start}" y="{y + 17}" font-weight="{weight}">{escape(name)}</text>',
            f'<text x="{INDENT}" y="{y + 17}">{escape(says)}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])


def _rows() -> Iterator[tuple[str, str, str]]:
    for floor, names in rooms().items():
        yield floor, floor, sentence(floor, "")
        for name in names:
            for room in name.split(" | "):
                yield floor, room.strip("()"), sentence(floor, room.strip("()"))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(drawn(), encoding="utf-8")
