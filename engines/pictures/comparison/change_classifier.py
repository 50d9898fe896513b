"""Whether a differing region shows something that the master did not: a few dozen small trees, learnt from examples.

The trees stand in change_classifier.toml, in the form `[feature, limit, tree where it is at most that,
tree where it is more]`; a number is what a tree adds. `tests/bench/pictures/learn.py` makes the file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

FEATURES = (
    "texture_match",
    "flatness",
    "master_flatness",
    "colour_concentration",
    "detail_ratio",
    "tone_contrast",
    "sign_balance",
    "low_frequency",
    "blur_residual",
    "show_through",
    "outline_contrast",
    "area",
)
Tree = float | list[Any]


@dataclass(frozen=True, slots=True)
class ChangeClassifier:
    """What was learnt: where every sum starts, from what sum on a region is new, and the trees."""

    start: float
    limit: float
    trees: tuple[Tree, ...]


def change_score(features: Mapping[str, float]) -> float:
    """Return how much speaks for something new being shown: above zero it is new."""
    trees = classifier()
    return trees.start + sum(_leaf_value(tree, features) for tree in trees.trees) - trees.limit


@cache
def classifier() -> ChangeClassifier:
    """Return what change_classifier.toml says."""
    text = resources.files(__package__).joinpath("change_classifier.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return ChangeClassifier(read["start"], read["limit"], tuple(read["trees"]))


def _leaf_value(tree: Tree, features: Mapping[str, float]) -> float:
    while isinstance(tree, list):
        feature, limit, at_most, more = tree
        tree = at_most if features[feature] <= limit else more
    return tree
