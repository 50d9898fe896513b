"""The visual words of an index: clusters of half descriptions, and which of them are nearest to a description."""

import numpy as np
from numpy.random import PCG64, Generator

from engines.pictures.picture import Numbers

Integers = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
SEED = 20261102
ROUNDS = 8
PROBED = 8  # cells asked for each point
_GROUPED = 8  # words in a group
_CHUNK = 16_384  # rows whose distances to all the words are held at a time


def nearest_cells(first: Numbers, second: Numbers, words: int) -> Integers:
    """Return for each point the cells whose two words are together nearest."""
    first_nearest, second_nearest = _nearest_words(first), _nearest_words(second)
    ranks = [
        (i, j)
        for i in range(first_nearest.shape[1])
        for j in range(second_nearest.shape[1])
        if (i + 1) * (j + 1) <= PROBED
    ]
    # What else is near has PROBED nearer.
    first_words, second_words = first_nearest[:, [i for i, _ in ranks]], second_nearest[:, [j for _, j in ranks]]
    distance = np.take_along_axis(first, first_words, 1) + np.take_along_axis(second, second_words, 1)
    best = np.argpartition(distance, min(PROBED, len(ranks)) - 1, axis=1)[:, :PROBED]
    cells: Integers = np.take_along_axis(first_words * words + second_words, best, 1)
    return cells


def _nearest_words(far: Numbers) -> Integers:
    """Return the nearest words of each point, the nearest first.

    The words are held in so many groups that the nearest are in the groups whose own nearest are nearest.
    """
    count, words = far.shape
    few = min(PROBED, words)
    groups = words // _GROUPED if words % _GROUPED == 0 and words // _GROUPED > few else words
    folds = words // groups
    least = far.reshape(count, folds, groups).min(axis=1)
    kept = np.argpartition(least, few - 1, axis=1)[:, :few]
    asked = (kept[:, None, :] + groups * np.arange(folds)[:, None]).reshape(count, -1)
    held = np.take_along_axis(far, asked, 1)
    order = np.argsort(held, axis=1)[:, :few]
    return np.asarray(np.take_along_axis(asked, order, 1))


def distances_to_words(block: Numbers, words: Numbers) -> Numbers:
    """Return how far each row is from each word, but for a part that is the same for all words."""
    return np.asarray((words**2).sum(axis=1) - 2 * (block @ words.T), dtype=np.float32)


def nearest_word(rows: np.ndarray, words: Numbers) -> np.ndarray:
    """Return the number of the word that is nearest to each row, with little memory however many rows there are."""
    nearest = np.zeros(len(rows), np.int32)
    for start in range(0, len(rows), _CHUNK):
        block = np.asarray(rows[start : start + _CHUNK], np.float32)
        nearest[start : start + _CHUNK] = distances_to_words(block, words).argmin(axis=1)
    return nearest


def cluster_centres(rows: Numbers, words: int, chance: Generator) -> Numbers:
    """Return the middles of `words` clusters, by Lloyd's rounds from a seeded start."""
    if len(rows) < words:
        return np.resize(rows, (words, 64)) if len(rows) else np.zeros((words, 64), np.float32)
    middles = rows[chance.choice(len(rows), words, replace=False)].copy()
    for _ in range(ROUNDS):
        nearest = nearest_word(rows, middles)
        order = np.argsort(nearest, kind="stable")
        kept, starts, counts = np.unique(nearest[order], return_index=True, return_counts=True)
        middles[kept] = np.add.reduceat(rows[order], starts, axis=0) / counts[:, None]
    return middles


def row_marks(rows: np.ndarray) -> np.ndarray:
    """Return a number for each row that depends on the row alone, so that the masters' order changes no sample."""
    odd = Generator(PCG64(SEED)).integers(1, 2**31, rows.shape[1], dtype=np.uint64) | np.uint64(1)
    marks: np.ndarray = (rows.astype(np.uint64) * odd).sum(axis=1)
    return marks * np.uint64(0x9E3779B97F4A7C15)
