"""Which few masters a picture may show: an inverted index over the points of the whole register.

A description is cut in two halves, each half goes to its nearest word of a small vocabulary, and the pair of words is
a cell (an inverted multi-index). Within a cell a signature of 64 bits tells near from far. A hit votes for its master
at the turn and the growth between the two points, since those are the same for all the points of one photograph.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import PCG64, Generator

from engines.pictures.features.descriptors import Bits, Keypoints
from engines.pictures.picture import Numbers

Whole = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

SEED = 20261102
MOST_WORDS, LEAST_WORDS, POINTS_A_CELL = 1024, 8, 4
LEARNT_FROM, ROUNDS = 40_000, 8
PROBED = 8  # cells asked for each point
_GROUPED = 8  # words in a group
FARTHEST = 12  # bits of 64: signatures of the same point differ in fewer
NEARNESS = 7.0  # bits at which a hit's weight has fallen to a third
TURNS, GROWTHS = 16, 8
_CHUNK = 200_000


@dataclass(frozen=True, slots=True)
class Vote:
    """A master that a picture may show, and how much speaks for it."""

    master: int
    weight: float


class InvertedIndex:
    """The points of every master, found by what they look like; the order of the masters changes no vote."""

    def __init__(self, masters: Sequence[Keypoints]) -> None:
        self.masters = len(masters)
        counts = [len(points) for points in masters]
        self._owner = np.repeat(np.arange(len(masters), dtype=np.int32), counts)
        places = np.concatenate([points.places for points in masters] or [np.zeros((0, 4), np.float32)])
        described = np.concatenate([points.descriptors for points in masters] or [np.zeros((0, 128), np.uint8)])
        self._learn(described)
        cells = self._cells(described)
        order = np.argsort(cells, kind="stable")
        self._starts = np.searchsorted(cells[order], np.arange(self._words**2 + 1))
        self._owner = self._owner[order]
        self._signatures_kept = self._signatures(described)[order]
        self._turn = places[order, 3]
        self._growth = np.log2(np.maximum(places[order, 2], 0.1))

    def votes(self, points: Keypoints, most: int) -> list[Vote]:
        """Return the masters that most speaks for, at most `most`, best first."""
        if not len(points) or not len(self._owner):
            return []
        asked, hits, apart = self._matches(points.descriptors)
        if not len(asked):
            return []
        asked, hits, apart = self._one_vote_each(asked, hits, apart)
        rarity = np.sqrt(np.bincount(asked))[asked]
        weights = np.exp(-((apart / NEARNESS) ** 2)) / rarity
        owners = self._owner[hits]
        likely = _heaviest(owners, weights, self.masters, 64)
        kept = np.isin(owners, likely)
        asked, hits, weights, owners = asked[kept], hits[kept], weights[kept], owners[kept]
        turn = ((self._turn[hits] - points.places[asked, 3]) % 360) / 360 * TURNS
        growth = np.clip((self._growth[hits] - np.log2(points.places[asked, 2])) * 1.5 + GROWTHS / 2, 0, GROWTHS - 1)
        weight = _agreed(np.searchsorted(likely, owners), turn, growth, weights, len(likely))
        best = np.argsort(-weight, kind="stable")[:most]
        return [Vote(int(likely[i]), float(weight[i])) for i in best if weight[i] > 0]

    def _one_vote_each(self, asked: Whole, hits: Whole, apart: np.ndarray) -> tuple[Whole, Whole, np.ndarray]:
        """Return the nearest hit alone of each point asked in each master: a brick wall has one vote a brick."""
        pair = asked * self.masters + self._owner[hits]
        order = np.argsort(pair * 64 + apart.astype(np.int64), kind="stable")
        ordered = pair[order]
        kept = order[np.flatnonzero(np.diff(ordered, prepend=-1))]
        return asked[kept], hits[kept], apart[kept]

    def _learn(self, described: np.ndarray) -> None:
        chance = Generator(PCG64(SEED))
        wished = 2 ** round(np.log2(max(len(described) / POINTS_A_CELL, 1)) / 2)
        self._words = int(np.clip(wished, LEAST_WORDS, MOST_WORDS))
        distinct = np.unique(described, axis=0) if len(described) <= LEARNT_FROM else described
        step = max(len(distinct) // LEARNT_FROM, 1)
        sample = distinct[np.argsort(_mark(distinct), kind="stable")[::step]].astype(np.float32)
        self._vocabularies = [_clusters(sample[:, half], self._words, chance) for half in (slice(64), slice(64, 128))]
        turned, _ = np.linalg.qr(chance.normal(size=(128, 128)))
        self._projection = turned[:, :64].astype(np.float32)
        self._medians = np.median(sample @ self._projection, axis=0) if len(sample) else np.zeros(64, np.float32)

    def _cells(self, described: np.ndarray) -> Whole:
        made = [np.zeros(0, np.int64)]
        for start in range(0, len(described), _CHUNK):
            block = described[start : start + _CHUNK].astype(np.float32)
            first, second = (_far(block[:, half], words).argmin(axis=1) for half, words in self._half_vocabularies())
            made.append(first * self._words + second)
        return np.concatenate(made)

    def _half_vocabularies(self) -> list[tuple[slice, Numbers]]:
        return [(slice(64), self._vocabularies[0]), (slice(64, 128), self._vocabularies[1])]

    def _signatures(self, described: np.ndarray) -> Bits:
        made = [np.zeros(0, np.uint64)]
        for start in range(0, len(described), _CHUNK):
            above = described[start : start + _CHUNK].astype(np.float32) @ self._projection > self._medians
            made.append(np.packbits(above, axis=1).view(np.uint64).ravel())
        return np.concatenate(made)

    def _matches(self, described: np.ndarray) -> tuple[Whole, Whole, np.ndarray]:
        """Return, for each near pair of a point asked and a point kept, both numbers and the bits between them."""
        block = described.astype(np.float32)
        first, second = (_far(block[:, half], words) for half, words in self._half_vocabularies())
        cells = _nearest_cells(first, second, self._words)
        starts, ends = self._starts[cells].ravel(), self._starts[cells + 1].ravel()
        sizes = (ends - starts).astype(np.int32)
        begun = (np.cumsum(sizes) - sizes).astype(np.int32)
        places = np.arange(sizes.sum(), dtype=np.int32) + np.repeat(starts.astype(np.int32) - begun, sizes)
        owned = sizes.reshape(cells.shape).sum(axis=1)
        apart = np.bitwise_count(self._signatures_kept[places] ^ np.repeat(self._signatures(described), owned))
        near = np.flatnonzero(apart <= FARTHEST)
        asked = np.searchsorted(np.cumsum(owned), near, side="right")
        return asked, places[near], apart[near].astype(np.float64)


def _nearest_cells(first: Numbers, second: Numbers, words: int) -> Whole:
    """Return for each point the cells whose two words are together nearest."""
    first_nearest, second_nearest = _nearest(first), _nearest(second)
    ranks = [
        (i, j)
        for i in range(first_nearest.shape[1])
        for j in range(second_nearest.shape[1])
        if (i + 1) * (j + 1) <= PROBED
    ]
    first_words, second_words = (
        first_nearest[:, [i for i, _ in ranks]],
        second_nearest[:, [j for _, j in ranks]],
    )  # what else is near has PROBED nearer
    distance = np.take_along_axis(first, first_words, 1) + np.take_along_axis(second, second_words, 1)
    best = np.argpartition(distance, min(PROBED, len(ranks)) - 1, axis=1)[:, :PROBED]
    cells: Whole = np.take_along_axis(first_words * words + second_words, best, 1)
    return cells


def _nearest(far: Numbers) -> Whole:
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


def _far(block: Numbers, words: Numbers) -> Numbers:
    """Return how far each row is from each word, but for a part that is the same for all words."""
    return np.asarray((words**2).sum(axis=1) - 2 * (block @ words.T), dtype=np.float32)


def _clusters(rows: Numbers, words: int, chance: Generator) -> Numbers:
    """Return the middles of `words` clusters, by Lloyd's rounds from a seeded start."""
    if len(rows) < words:
        return np.resize(rows, (words, 64)) if len(rows) else np.zeros((words, 64), np.float32)
    middles = rows[chance.choice(len(rows), words, replace=False)].copy()
    for _ in range(ROUNDS):
        nearest = _far(rows, middles).argmin(axis=1)
        order = np.argsort(nearest, kind="stable")
        kept, starts, counts = np.unique(nearest[order], return_index=True, return_counts=True)
        middles[kept] = np.add.reduceat(rows[order], starts, axis=0) / counts[:, None]
    return middles


def _mark(rows: np.ndarray) -> np.ndarray:
    """Return a number for each row that depends on the row alone, so that the masters' order changes no sample."""
    odd = Generator(PCG64(SEED)).integers(1, 2**31, rows.shape[1], dtype=np.uint64) | np.uint64(1)
    marks: np.ndarray = (rows.astype(np.uint64) * odd).sum(axis=1)
    return marks * np.uint64(0x9E3779B97F4A7C15)


def _heaviest(owners: np.ndarray, weights: np.ndarray, masters: int, most: int) -> np.ndarray:
    total = np.bincount(owners, weights, masters)
    if masters > most:
        return np.sort(np.argpartition(-total, most)[:most])
    return np.arange(masters)


def _agreed(owner: np.ndarray, turn: np.ndarray, growth: np.ndarray, weights: np.ndarray, masters: int) -> np.ndarray:
    """Return for each master the heaviest vote for one turn and growth, the neighbouring ones counted in."""
    shape = (masters, GROWTHS, TURNS)
    place = (owner * GROWTHS + growth.astype(np.int64)) * TURNS + turn.astype(np.int64) % TURNS
    votes = np.bincount(place, weights, masters * GROWTHS * TURNS).reshape(shape)
    votes = votes + np.roll(votes, 1, axis=2) + np.roll(votes, -1, axis=2)
    wider = votes.copy()
    wider[:, 1:] += votes[:, :-1]
    wider[:, :-1] += votes[:, 1:]
    return np.asarray(wider.max(axis=(1, 2)))
