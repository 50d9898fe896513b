"""The approved masters as the engine holds them: their hashes, their points in one index, and a way to their pixels."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np

from engines.pictures.features.descriptors import MASTER_SIDE, PictureFeatures
from engines.pictures.index.inverted_index import InvertedIndex
from engines.pictures.picture import Pixels, shrink_to_side
from engines.pictures.threads import on_one_thread

ReadPixels = Callable[[str], Pixels | None]
ReadBytes = Callable[[], bytes]
_HELD, _HELD_FINER = 64, 32  # masters whose pixels, coarse and fine, are kept for the next picture


@dataclass(frozen=True, slots=True, eq=False)
class IndexedMaster:
    """One approved photograph: its id, and how to have its features and see it, coarse and fine; None when it is gone.

    Its features are read each time that they are asked for: those of many masters are more than memory holds.
    """

    master_id: str
    read_features: Callable[[], PictureFeatures]
    read_pixels: Callable[[], Pixels | None]
    read_finer_pixels: Callable[[], Pixels | None]

    @property
    def features(self) -> PictureFeatures:
        """The features, read anew."""
        return self.read_features()


class MasterIndex:
    """Every approved master, in the order of their ids whatever order they came in."""

    @on_one_thread()
    def __init__(self, masters: Sequence[IndexedMaster]) -> None:
        self.masters = sorted(masters, key=lambda master: master.master_id)
        rows = [master.features.bits.copy() for master in self.masters]
        self.bits = np.array(rows, dtype=np.uint64).reshape(len(rows), 4)
        self.index = InvertedIndex(len(rows), lambda number: self.masters[number].features.points)
        self._recent_pixels: OrderedDict[int, Pixels | None] = OrderedDict()
        self._recent_finer: OrderedDict[int, Pixels | None] = OrderedDict()

    @classmethod
    def from_features(
        cls, kept: Sequence[tuple[str, bytes | ReadBytes]], see: ReadPixels, finer: ReadPixels | None = None
    ) -> "MasterIndex":
        """Return a register of features that were kept as bytes, given as they are or as a way to read them.

        `see` returns a master's pixels by its id, and `finer` more of them where there are more.
        """
        masters = [
            IndexedMaster(name, partial(_features, body), partial(see, name), partial(finer or see, name))
            for name, body in kept
        ]
        return cls(masters)

    def __len__(self) -> int:
        return len(self.masters)

    def pixels(self, number: int) -> Pixels | None:
        """Return a master's pixels at the size that its points were found at."""
        return _held(self._recent_pixels, _HELD, number, self._read_pixels)

    def finer_pixels(self, number: int) -> Pixels | None:
        """Return more of a master's pixels, where its file has more; None when it is gone."""
        return _held(self._recent_finer, _HELD_FINER, number, lambda of: self.masters[of].read_finer_pixels())

    def _read_pixels(self, number: int) -> Pixels | None:
        master = self.masters[number]
        pixels = master.read_pixels()
        if pixels is None:
            return None
        pixels = shrink_to_side(pixels, MASTER_SIDE)
        size = (master.features.width, master.features.height)
        if pixels.shape[1::-1] == size:
            return pixels
        return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _features(body: bytes | ReadBytes) -> PictureFeatures:
    return PictureFeatures.from_bytes(body if isinstance(body, bytes) else body())


def _held(
    recent: OrderedDict[int, Pixels | None], most: int, number: int, read: Callable[[int], Pixels | None]
) -> Pixels | None:
    """Return the pixels of a number, read where they are not among the most recent ones."""
    if number not in recent:
        recent[number] = read(number)
        if len(recent) > most:
            recent.popitem(last=False)
    recent.move_to_end(number)
    return recent[number]
