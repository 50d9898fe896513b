"""Whether a differing region shows something that the master did not: a few dozen small trees, learnt from examples.

The trees stand in newness.toml, in the form `[trait, limit, tree where it is at most that, tree where it is more]`;
a number is what a tree adds. `bench/pictures/learn.py` makes the file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

TRAITS = (
    "alike",
    "flat",
    "flat_before",
    "colours",
    "detail",
    "stood_out",
    "balance",
    "coarse",
    "veiled",
    "through",
    "edged",
    "area",
)
Tree = float | list[Any]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt: where every sum starts, from what sum on a region is new, and the trees."""

    start: float
    limit: float
    trees: tuple[Tree, ...]


def newness(traits: Mapping[str, float]) -> float:
    """Return how much speaks for something new being shown: above nought it is."""
    known = learnt()
    return known.start + sum(_walked(tree, traits) for tree in known.trees) - known.limit


@cache
def learnt() -> Learnt:
    """Return what newness.toml says."""
    text = resources.files(__package__ or "engines.pictures").joinpath("newness.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return Learnt(read["start"], read["limit"], tuple(read["trees"]))


def _walked(tree: Tree, traits: Mapping[str, float]) -> float:
    while isinstance(tree, list):
        trait, limit, at_most, more = tree
        tree = at_most if traits[trait] <= limit else more
    return tree
