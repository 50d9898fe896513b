"""An index is made in little memory beside the points themselves, and finds whose points it is asked about."""

import tracemalloc

import numpy as np

from engines.pictures.features.descriptors import Keypoints
from engines.pictures.index.inverted_index import InvertedIndex

MASTERS, POINTS = 120, 500


def points(seed: int) -> Keypoints:
    chance = np.random.default_rng(seed)
    places = np.column_stack([chance.uniform(0, 640, (POINTS, 2)), chance.uniform(2, 9, POINTS), np.zeros(POINTS)])
    return Keypoints(places.astype(np.float32), chance.integers(0, 256, (POINTS, 128), dtype=np.uint8))


def test_an_index_is_made_in_little_memory_and_finds_each_master() -> None:
    masters = [points(seed) for seed in range(MASTERS)]

    tracemalloc.start()
    index = InvertedIndex(MASTERS, masters.__getitem__)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 80_000_000
    assert [index.votes(masters[number], 1)[0][0] for number in (0, 57, MASTERS - 1)] == [0, 57, MASTERS - 1]
