"""The learned score: how probably a person would say of a text that it belongs to a family of words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engines.words.learned.features import FeatureRows, ReadText, feature_rows

WEIGHTS = "weights.npz"
Score = TypeVar("Score", float, NDArray[np.float64])
ATTACK = "attack"  # any of the families that hurt somebody: threat, hate, slur, abuse, allegation


@dataclass(frozen=True, slots=True)
class FamilyHead:
    """What is known of one family: where its probability stands among the others, and from which one on it is listed.

    `listed` is the least probability at which the score alone was right often enough, `listed_with_rule` that at which
    it was so where a rule says the same. `rule_precision` is how often its rules were right. `listed_of_group` is the
    least probability at which, of harmless texts about a group in shapes that the score had not seen, few are listed.
    `to_read` is the least probability at which the score alone leaves a text to a person. What is hinted is listed or
    left to a person also where its score `together` with that of an attack is at least the last two.
    """

    listed: float
    listed_with_rule: float
    rule_precision: float
    listed_of_group: float
    to_read: float
    listed_together: float
    to_read_together: float


def together(own: Score, attack: Score) -> Score:
    """Return what a family's own score and that of an attack (0 to 1 each) say together: their odds multiplied.

    A logarithmic opinion pool (Genest and Zidek, 1986): the surer makes up for the other.
    """
    both = own * attack
    return both / (both + (1 - own) * (1 - attack))


@dataclass(frozen=True, slots=True)
class LearnedWeights:
    """One column of `weights` (BUCKETS x families, -127 to 127) and one entry of each other array per family."""

    families: tuple[str, ...]
    weights: NDArray[np.int8]
    scales: NDArray[np.float32]
    intercepts: NDArray[np.float32]
    slopes: NDArray[np.float32]
    offsets: NDArray[np.float32]
    heads: Mapping[str, FamilyHead]


@cache
def learned_weights() -> LearnedWeights:
    """Return the weights that `python -m tests.bench.words.train` made."""
    with resources.as_file(resources.files(__package__) / WEIGHTS) as path, np.load(path, allow_pickle=False) as stored:
        families = tuple(str(name) for name in stored["families"])
        heads = (FamilyHead(*map(float, thresholds)) for thresholds in stored["thresholds"])
        arrays = {name: stored[name] for name in ("weights", "scales", "intercepts", "slopes", "offsets")}
        return LearnedWeights(families=families, heads=dict(zip(families, heads, strict=True)), **arrays)


def probabilities(texts: Sequence[ReadText]) -> list[dict[str, float]]:
    """Return the probability of each family for each text, calibrated on authors that were left out of the learning."""
    if not texts:
        return []
    learned = learned_weights()
    odds = decision_values(feature_rows(texts), learned) * learned.slopes + learned.offsets
    likely = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return [dict(zip(learned.families, row, strict=True)) for row in likely.tolist()]


def decision_values(rows: FeatureRows, learned: LearnedWeights) -> NDArray[np.float32]:
    """Return the sums of weights, one row per text and one column per family."""
    weighted = learned.weights[rows.columns] * rows.values[:, None]
    summed = np.add.reduceat(weighted, rows.starts[:-1], axis=0)
    return np.asarray(summed * learned.scales + learned.intercepts, dtype=np.float32)
