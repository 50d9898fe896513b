"""What well-known libraries do with the same files: one hash a picture, the nearest master within a threshold."""

import io
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import imagehash
import numpy as np
import pdqhash
from PIL import Image

from tests.bench.pictures.dev import PostedCase, masters

Bits = np.ndarray
Hasher = Callable[[Image.Image], Bits]


@dataclass(slots=True)
class Peer:
    """One library as it is used: how it hashes (one row for each way to turn a picture), and its threshold."""

    name: str
    hashed: Hasher
    farthest: int
    found: dict[str, list[int]] = field(default_factory=dict)
    wrong: int = 0
    negatives: int = 0
    seconds: float = 0.0


def peers() -> list[Peer]:
    """Return the libraries that are installed, at their usual thresholds."""
    return [
        Peer("pdqhash <= 31", _pdq, 31),
        Peer("pdqhash, eight ways <= 31", _dihedral, 31),
        Peer("imagehash pHash <= 10", lambda image: imagehash.phash(image).hash.ravel()[None], 10),
        Peer("imagehash dHash <= 10", lambda image: imagehash.dhash(image).hash.ravel()[None], 10),
        Peer("imagehash wHash <= 6", lambda image: imagehash.whash(image).hash.ravel()[None], 6),
    ]


def run(peer: Peer, cases: Sequence[PostedCase]) -> None:
    """Hash every master and every posted file of the cases, and count who finds the right one."""
    names, rows = [], []
    for name, path in masters().items():
        with Image.open(path) as image:
            names.append(name)
            rows.append(peer.hashed(image.convert("RGB"))[0])
    table = np.array(rows)
    for case in cases:
        body = case.read()
        begun = time.process_time()
        with Image.open(io.BytesIO(body)) as image:
            own = peer.hashed(image.convert("RGB"))
        distances = (own[:, None, :] != table[None]).sum(axis=2).min(axis=0)
        peer.seconds += time.process_time() - begun
        near = {names[i] for i in np.flatnonzero(distances <= peer.farthest)}
        nearest = names[int(distances.argmin())] if near else None
        if case.negative:
            peer.negatives += case.scene_of is None
            peer.wrong += case.scene_of is None and bool(near)
        else:
            hits = [len(near & set(case.masters))] if len(case.masters) > 1 else [int(nearest in case.masters)]
            peer.found.setdefault(case.transform, []).append(hits[0])


def _pdq(image: Image.Image) -> Bits:
    bits, _ = pdqhash.compute(np.asarray(image))
    return np.asarray(bits)[None]


def _dihedral(image: Image.Image) -> Bits:
    forms, _ = pdqhash.compute_dihedral(np.asarray(image))
    return np.asarray(forms)
