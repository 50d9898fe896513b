"""Which few masters a picture may show: an inverted index over the points of the whole register.

A description is cut in two halves, each half goes to its nearest word of a small vocabulary, and the pair of words is
a cell (an inverted multi-index). Within a cell a signature of 64 bits tells near from far. A hit votes for its master
at the turn and the growth between the two points, since those are the same for all the points of one photograph.
"""

from collections.abc import Callable

import numpy as np
from numpy.random import PCG64, Generator

from engines.pictures.features.descriptors import Keypoints
from engines.pictures.features.pdq import Bits
from engines.pictures.index.vocabulary import (
    SEED,
    Integers,
    cluster_centres,
    distances_to_words,
    nearest_cells,
    nearest_word,
    row_marks,
)

MOST_WORDS, LEAST_WORDS, POINTS_A_CELL = 1024, 8, 4
LEARNT_FROM = 40_000
FARTHEST = 12  # bits of 64: signatures of the same point differ in fewer
NEARNESS = 7.0  # bits at which a hit's weight has fallen to a third
TURNS, GROWTHS = 16, 8


class InvertedIndex:
    """The points of every master, found by what they look like; the order of the masters changes no vote."""

    def __init__(self, masters: int, points_of: Callable[[int], Keypoints]) -> None:
        """Index so many masters; `points_of` gives the points of one by its number, and is asked up to four times."""
        self.masters = masters
        counts = np.array([len(points_of(number)) for number in range(masters)], np.int64)
        ends = np.concatenate([[0], np.cumsum(counts)])
        self._learn(points_of, ends)
        cells, self._turn, self._growth = (np.zeros(ends[-1], kind) for kind in (np.int32, np.float32, np.float32))
        self._signatures_kept = np.zeros(ends[-1], np.uint64)
        for number in range(masters):
            points, own = points_of(number), slice(ends[number], ends[number + 1])
            cells[own], self._signatures_kept[own] = (
                self._cells(points.descriptors),
                self._signatures(points.descriptors),
            )
            self._turn[own], self._growth[own] = points.places[:, 3], np.log2(np.maximum(points.places[:, 2], 0.1))
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(cells, minlength=self._words**2))])
        order = np.argsort(cells, kind="stable").astype(np.int32)
        del cells
        self._owner = np.repeat(np.arange(masters, dtype=np.int32), counts)[order]
        self._signatures_kept = self._signatures_kept[order]
        self._turn, self._growth = self._turn[order], self._growth[order]

    def votes(self, points: Keypoints, most: int) -> list[tuple[int, float]]:
        """Return the masters that most speaks for, at most `most`, best first, and how much speaks for each."""
        if not len(points) or not len(self._owner):
            return []
        queried, entries, bits_apart = self._matches(points.descriptors)
        if not len(queried):
            return []
        queried, entries, bits_apart = self._one_vote_each(queried, entries, bits_apart)
        rarity = np.sqrt(np.bincount(queried))[queried]
        weights = np.exp(-((bits_apart / NEARNESS) ** 2)) / rarity
        owners = self._owner[entries]
        likely = _heaviest(owners, weights, self.masters, 64)
        kept = np.isin(owners, likely)
        queried, entries, weights, owners = queried[kept], entries[kept], weights[kept], owners[kept]
        turn = ((self._turn[entries] - points.places[queried, 3]) % 360) / 360 * TURNS
        growth = np.clip(
            (self._growth[entries] - np.log2(points.places[queried, 2])) * 1.5 + GROWTHS / 2, 0, GROWTHS - 1
        )
        weight = _agreed(np.searchsorted(likely, owners), turn, growth, weights, len(likely))
        best = np.argsort(-weight, kind="stable")[:most]
        return [(int(likely[i]), float(weight[i])) for i in best if weight[i] > 0]

    def _one_vote_each(
        self, queried: Integers, entries: Integers, bits_apart: np.ndarray
    ) -> tuple[Integers, Integers, np.ndarray]:
        """Return the nearest hit alone of each point asked in each master: a brick wall has one vote a brick."""
        pair = queried * self.masters + self._owner[entries]
        order = np.argsort(pair * 64 + bits_apart.astype(np.int64), kind="stable")
        ordered = pair[order]
        kept = order[np.flatnonzero(np.diff(ordered, prepend=-1))]
        return queried[kept], entries[kept], bits_apart[kept]

    def _learn(self, points_of: Callable[[int], Keypoints], ends: Integers) -> None:
        generator = Generator(PCG64(SEED))
        count = int(ends[-1])
        wanted_words = 2 ** round(np.log2(max(count / POINTS_A_CELL, 1)) / 2)
        self._words = int(np.clip(wanted_words, LEAST_WORDS, MOST_WORDS))
        sample = _sample(points_of, ends)
        if count <= LEARNT_FROM:
            distinct = np.unique(sample, axis=0)
            sample = distinct[np.argsort(row_marks(distinct), kind="stable")]
        sample = sample.astype(np.float32)
        self._vocabularies = [
            (half, cluster_centres(sample[:, half], self._words, generator)) for half in (slice(64), slice(64, 128))
        ]
        rotation, _ = np.linalg.qr(generator.normal(size=(128, 128)))
        self._projection = rotation[:, :64].astype(np.float32)
        self._medians = np.median(sample @ self._projection, axis=0) if len(sample) else np.zeros(64, np.float32)

    def _cells(self, descriptors: np.ndarray) -> np.ndarray:
        first, second = (nearest_word(descriptors[:, half], words) for half, words in self._vocabularies)
        return np.asarray(first * self._words + second)

    def _signatures(self, descriptors: np.ndarray) -> Bits:
        above = descriptors.astype(np.float32) @ self._projection > self._medians
        return np.packbits(above, axis=1).view(np.uint64).ravel()

    def _matches(self, descriptors: np.ndarray) -> tuple[Integers, Integers, np.ndarray]:
        """Return, for each near pair of a point asked and a point kept, both numbers and the bits between them."""
        block = descriptors.astype(np.float32)
        first, second = (distances_to_words(block[:, half], words) for half, words in self._vocabularies)
        cells = nearest_cells(first, second, self._words)
        starts, ends = self._starts[cells].ravel(), self._starts[cells + 1].ravel()
        sizes = (ends - starts).astype(np.int32)
        begun = (np.cumsum(sizes) - sizes).astype(np.int32)
        places = np.arange(sizes.sum(), dtype=np.int32) + np.repeat(starts.astype(np.int32) - begun, sizes)
        owned = sizes.reshape(cells.shape).sum(axis=1)
        bits_apart = np.bitwise_count(self._signatures_kept[places] ^ np.repeat(self._signatures(descriptors), owned))
        close = np.flatnonzero(bits_apart <= FARTHEST)
        queried = np.searchsorted(np.cumsum(owned), close, side="right")
        return queried, places[close], bits_apart[close].astype(np.float64)


def _sample(points_of: Callable[[int], Keypoints], ends: Integers) -> np.ndarray:
    """Return descriptions out of all the masters' points, the same whatever order the masters come in."""
    marks = np.zeros(ends[-1], np.uint64)
    for number in range(len(ends) - 1):
        marks[ends[number] : ends[number + 1]] = row_marks(points_of(number).descriptors)
    chosen = np.argsort(marks, kind="stable")[:: max(len(marks) // LEARNT_FROM, 1)]
    owners = np.searchsorted(ends, chosen, side="right") - 1
    made = np.zeros((len(chosen), 128), np.uint8)
    for owner in np.unique(owners):
        rows = np.flatnonzero(owners == owner)
        made[rows] = points_of(int(owner)).descriptors[chosen[rows] - ends[owner]]
    return made


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
