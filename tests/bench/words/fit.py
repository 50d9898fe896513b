"""Fits logistic regressions over hashed features, each family by itself."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from engines.words.learned.features import BUCKETS
from engines.words.learned.scorer import FamilyHead, LearnedWeights

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_C, _STEPS = 16.0, 60
PRECISION = 0.9  # what is listed is to be right so often, on authors left out
FEWEST = 15  # texts that must stand behind a threshold


def fitted(features: csr_matrix, wanted: Flags, weights: Floats) -> tuple[Floats, Floats]:
    """Return the weights of each family as a column, and the intercepts.

    Each is learned by itself on the texts that teach it, so that what others learn moves none of its weights. What only
    one of these texts has is not learned from.
    """
    exact, intercepts = np.zeros((BUCKETS, wanted.shape[1])), np.zeros(wanted.shape[1])
    for at, heavy in enumerate(weights.T):
        teaching = np.flatnonzero(heavy)
        taught = features[teaching]
        often = np.flatnonzero(np.bincount(taught.indices, minlength=BUCKETS) > 1)
        found = _least_loss(taught[:, often], wanted[teaching, at], heavy[teaching], penalty=1 / _C)
        exact[often, at], intercepts[at] = found[:-1], found[-1]
    return exact, intercepts


def _least_loss(features: csr_matrix, wanted: Flags, weights: Floats, *, penalty: float) -> Floats:
    """Return the weights and, last, the intercept of the logistic regression that fits best (L-BFGS)."""
    features = features.astype(np.float32)  # half the memory to go through; the sums are kept exactly
    turned, signs = features.T.tocsr(), np.where(wanted, 1.0, -1.0).astype(np.float32)
    heavy = weights.astype(np.float32)

    def loss(exact: Floats) -> tuple[float, Floats]:
        at = exact.astype(np.float32)
        margins = signs * (features @ at[:-1] + at[-1])
        pull = -heavy * signs * expit(-margins)
        value = (heavy * np.logaddexp(0, -margins)).sum(dtype=float) + penalty / 2 * np.square(exact).sum()
        return float(value), np.append(turned @ pull, pull.sum()).astype(float) + penalty * exact

    options = {"maxiter": _STEPS, "maxcor": 5}
    start = np.zeros(features.shape[1] + 1)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x)


def calibrated(values: Floats, wanted: Flags) -> tuple[float, float]:
    """Return the slope and the offset that make probabilities of the values of one family (Platt, 1999)."""
    column = csr_matrix(values[:, None])
    slope, offset = _least_loss(column, wanted, np.ones(len(values)), penalty=1e-6)
    return float(slope), float(offset)


def least(likely: Floats, wanted: Flags, *, fallback: float) -> float:
    """Return the least probability from which on PRECISION is held; `fallback` where too few texts could show it."""
    order = np.argsort(-likely)
    right = np.cumsum(wanted[order]) / np.arange(1, len(order) + 1)
    holds = np.flatnonzero((right >= PRECISION) & (np.arange(1, len(order) + 1) >= FEWEST))
    return float(likely[order][holds[-1]]) if len(holds) else fallback


def upper(values: Floats, share: float) -> float:
    """Return the value that no more than a share of them reaches."""
    return float(np.quantile(values, 1 - share, method="higher"))


def shares(called: Flags, wanted: Flags) -> tuple[str, str]:
    """Return the precision and the recall of what was called so, to two places."""
    right = (called & wanted).sum()
    return f"{right / max(1, called.sum()):.2f}", f"{right / max(1, wanted.sum()):.2f}"


@dataclass(frozen=True, slots=True)
class TrainedHead:
    """One family's weights, calibration and two thresholds, and the values of the texts left out (nan: not used)."""

    weights: Floats
    intercept: float
    slope: float
    offset: float
    thresholds: FamilyHead
    left_out: Floats


def keeping(heads: Mapping[str, TrainedHead], learned: LearnedWeights) -> dict[str, TrainedHead]:
    """Return the families with the weights and the thresholds that ship.

    Learning anew moves the scores of texts that no mended rule speaks of, and thresholds that few texts set.
    """
    return {
        name: replace(
            head,
            weights=learned.weights[:, at] * float(learned.scales[at]),
            intercept=float(learned.intercepts[at]),
            slope=float(learned.slopes[at]),
            offset=float(learned.offsets[at]),
            thresholds=learned.heads[name],
        )
        for at, (name, head) in enumerate(heads.items())
    }


def write(heads: Mapping[str, TrainedHead], path: Path, *, made_from: str) -> None:
    """Write the weights as whole numbers, so that a megabyte or two hold them all."""
    exact = np.stack([head.weights for head in heads.values()], axis=1)
    scales = np.abs(exact).max(axis=0) / 127
    column = {
        "intercepts": [head.intercept for head in heads.values()],
        "slopes": [head.slope for head in heads.values()],
        "offsets": [head.offset for head in heads.values()],
        "thresholds": [astuple(head.thresholds) for head in heads.values()],
    }
    np.savez_compressed(
        path,
        families=np.array(list(heads)),
        made_from=np.array(made_from),
        weights=np.rint(exact / scales).astype(np.int8),
        scales=scales.astype(np.float32),
        **{name: np.array(values, dtype=np.float32) for name, values in column.items()},
    )
