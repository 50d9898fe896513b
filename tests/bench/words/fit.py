"""Fits logistic regressions over hashed features, all families at once."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from engines.words.learned.features import BUCKETS

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_C, _STEPS = 16.0, 60


def fitted(features: csr_matrix, wanted: Flags, weights: Floats) -> tuple[Floats, Floats]:
    """Return the weights of each family as a column, and the intercepts; what only one text has is not learned from."""
    often = np.flatnonzero(np.bincount(features.indices, minlength=BUCKETS) > 1)
    found = _least_loss(features[:, often], wanted, weights, penalty=1 / _C)
    exact = np.zeros((BUCKETS, wanted.shape[1]))
    exact[often] = found[:-1]
    return exact, found[-1]


def _least_loss(features: csr_matrix, wanted: Flags, weights: Floats, *, penalty: float) -> Floats:
    """Return the weights and, in the last row, the intercepts of the logistic regressions that fit best (L-BFGS)."""
    features = features.astype(np.float32)  # half the memory to go through; the sums are kept exactly
    turned, signs = features.T.tocsr(), np.where(wanted, 1.0, -1.0).astype(np.float32)
    heavy = weights.astype(np.float32)
    shape = (features.shape[1] + 1, wanted.shape[1])

    def loss(flat: Floats) -> tuple[float, Floats]:
        at = flat.reshape(shape).astype(np.float32)
        margins = signs * (features @ at[:-1] + at[-1])
        pull = -heavy * signs * expit(-margins)
        value = (heavy * np.logaddexp(0, -margins)).sum(dtype=float) + penalty / 2 * flat @ flat
        return float(value), np.vstack([turned @ pull, pull.sum(axis=0)]).ravel().astype(float) + penalty * flat

    options = {"maxiter": _STEPS, "maxcor": 5}
    return np.asarray(minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options=options).x).reshape(
        shape
    )


def calibrated(values: Floats, wanted: Flags) -> tuple[float, float]:
    """Return the slope and the offset that make probabilities of the values of one family (Platt, 1999)."""
    column = csr_matrix(values[:, None])
    slope, offset = _least_loss(column, wanted[:, None], np.ones((len(values), 1)), penalty=1e-6).ravel()
    return float(slope), float(offset)
