"""How the time for a picture grows with the register, on masters that a program drew."""

import time

import numpy as np

from engines.pictures.features.descriptors import GLANCE_POINTS, GLANCE_SIDE, keypoints, master_features
from engines.pictures.features.pdq import pdq_hashes
from engines.pictures.index.inverted_index import InvertedIndex
from engines.pictures.picture import DecodedPicture, Pixels, shrink_to_side
from tests.bench.pictures.crowd import varied

DRAWN = 40
THINNED = 5  # only every fifth point, or the larger register takes minutes to draw


def drawn(seed: int, side: int = 480) -> Pixels:
    """Draw grain of every size."""
    chance = np.random.default_rng(seed)
    total = np.zeros((side, side, 3), np.float64)
    for size in (4, 12, 40, 120, 240):
        grain = chance.normal(size=(size, size, 3))
        total += np.kron(grain, np.ones((side // size, side // size, 1)))[:side, :side] * 22
    return np.clip(total + 128, 0, 255).astype(np.uint8)


def growth(sizes: tuple[int, ...] = (1_000, 10_000)) -> dict[int, tuple[float, float]]:
    """Return for each size of register the seconds to index it, and the seconds for the votes of one picture."""
    base = [master_features(DecodedPicture(drawn(seed), 480, 480)) for seed in range(DRAWN)]
    asked = [keypoints(shrink_to_side(drawn(seed), GLANCE_SIDE), GLANCE_POINTS) for seed in range(900, 908)]
    found: dict[int, tuple[float, float]] = {}
    for size in sizes:
        thinned = [
            varied(base[i % DRAWN].points, i).subset(np.arange(0, len(base[i % DRAWN].points), THINNED))
            for i in range(size)
        ]
        begun = time.process_time()
        index = InvertedIndex(size, thinned.__getitem__)
        built = time.process_time() - begun
        begun = time.process_time()
        for points in asked:
            index.votes(points, 6)
        found[size] = (built, (time.process_time() - begun) / len(asked))
    return found


def look_seconds() -> float:
    """Return the seconds that the rest of one picture takes: its hash and the points of a glance."""
    begun = time.process_time()
    for seed in range(8):
        pixels = drawn(seed)
        pdq_hashes(pixels)
        keypoints(shrink_to_side(pixels, GLANCE_SIDE), GLANCE_POINTS)
    return (time.process_time() - begun) / 8
