"""The approved masters as the engine holds them: their hashes, their points in one index, and a way to their pixels."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np

from engines.pictures.features import MASTER_SIDE, Features
from engines.pictures.index import Index
from engines.pictures.picture import Pixels, smaller

See = Callable[[str], Pixels | None]
_AT_HAND = 64  # masters whose pixels are kept for the next picture


@dataclass(frozen=True, slots=True, eq=False)
class Master:
    """One approved photograph: its id, its features, and how to see it, coarse and fine; None when its file is gone."""

    master_id: str
    features: Features
    see: Callable[[], Pixels | None]
    finer: Callable[[], Pixels | None]


class Register:
    """Every approved master, in the order of their ids whatever order they came in."""

    def __init__(self, masters: Sequence[Master]) -> None:
        self.masters = sorted(masters, key=lambda master: master.master_id)
        rows = [master.features.bits for master in self.masters]
        self.bits = np.array(rows, dtype=np.uint64).reshape(len(rows), 4)
        self.telling = np.array([master.features.quality for master in self.masters], dtype=int)
        self.index = Index([master.features.points for master in self.masters])
        self._seen: OrderedDict[int, Pixels | None] = OrderedDict()

    @classmethod
    def from_features(cls, kept: Sequence[tuple[str, bytes]], see: See, finer: See | None = None) -> "Register":
        """Return a register of features that were kept as bytes.

        `see` returns a master's pixels by its id, and `finer` more of them where there are more.
        """
        closely = finer or see
        return cls(
            [Master(name, Features.from_bytes(body), partial(see, name), partial(closely, name)) for name, body in kept]
        )

    def __len__(self) -> int:
        return len(self.masters)

    def pixels(self, number: int) -> Pixels | None:
        """Return a master's pixels at the size that its points were found at."""
        if number not in self._seen:
            master = self.masters[number]
            seen = master.see()
            if seen is not None:
                seen = smaller(seen, MASTER_SIDE)
                size = (master.features.width, master.features.height)
                if seen.shape[1::-1] != size:
                    seen = np.asarray(cv2.resize(seen, size, interpolation=cv2.INTER_AREA), np.uint8)
            self._seen[number] = seen
            if len(self._seen) > _AT_HAND:
                self._seen.popitem(last=False)
        self._seen.move_to_end(number)
        return self._seen[number]

    def finer_pixels(self, number: int) -> Pixels | None:
        """Return a master's pixels with as many of its own as there are."""
        return self.masters[number].finer()
