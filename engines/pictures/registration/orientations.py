"""The eight ways to turn and mirror a picture, in the order in which its eight hashes come."""

import numpy as np

from engines.pictures.picture import Pixels
from engines.pictures.registration.placement import AffineMap

ORIENTATIONS: tuple[tuple[str, ...], ...] = (
    (),
    ("rotate",),
    ("rotate",),
    ("rotate",),
    ("flip",),
    ("flip",),
    ("flip", "rotate"),
    ("flip", "rotate"),
)
# For each way, where the post's x and y come from as shares of the master's: (of x, of y, constant).
_SHARES = (
    ((1, 0, 0), (0, 1, 0)),
    ((0, -1, 1), (1, 0, 0)),
    ((-1, 0, 1), (0, -1, 1)),
    ((0, 1, 0), (-1, 0, 1)),
    ((1, 0, 0), (0, -1, 1)),
    ((-1, 0, 1), (0, 1, 0)),
    ((0, 1, 0), (1, 0, 0)),
    ((0, -1, 1), (-1, 0, 1)),
)


def full_frame_map(turn: int, master: Pixels, posted: Pixels) -> AffineMap:
    """Return the map from a master to a post that shows the whole of it, turned in one of the eight ways."""
    to = np.array([posted.shape[1], posted.shape[0]], dtype=np.float64)
    by = 1 / np.array([master.shape[1], master.shape[0]], dtype=np.float64)
    shares = np.array(_SHARES[turn], dtype=np.float64)
    linear = shares[:, :2] * by * to[:, None]
    shift = shares[:, 2] * to + linear @ [0.5, 0.5] - 0.5  # pixels are counted from their middles
    return np.column_stack([linear, shift])
