"""Draws the second week's phases, before and after, from docs/speed.json into docs/speed.svg."""

import json
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt

DOCS = Path(__file__).parents[3] / "docs"


def draw() -> None:
    """Draw one pair of bars for each phase."""
    figures = json.loads((DOCS / "speed.json").read_text(encoding="utf-8"))
    before, after = figures["before"]["week_2"], figures["after"]["week_2"]
    names = list(after)
    mpl.rcParams["svg.hashsalt"] = "speed"
    picture, axes = plt.subplots(figsize=(8, 4.6))
    places = range(len(names))
    axes.barh([place - 0.2 for place in places], [before[name] for name in names], 0.4, label="before", color="#b8b8b8")
    axes.barh([place + 0.2 for place in places], [after[name] for name in names], 0.4, label="now", color="#1f5f8b")
    axes.set_yticks(list(places), names)
    axes.invert_yaxis()
    axes.set_xlabel("seconds of the program's own work, second week, 2,000 followers")
    axes.legend()
    picture.tight_layout()
    picture.savefig(DOCS / "speed.svg", metadata={"Date": None})
    plt.close(picture)


if __name__ == "__main__":
    draw()
