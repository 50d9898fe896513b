"""Makes a register larger with masters of no photograph, so that it costs what a school's own would."""

import numpy as np
from numpy.random import PCG64, Generator

from engines.pictures.features.descriptors import Keypoints, PictureFeatures
from engines.pictures.index.master_index import IndexedMaster, MasterIndex

SEED = 7


def varied(points: Keypoints, seed: int) -> Keypoints:
    """Return the points of another master: those of a real one, moved and described differently."""
    chance = Generator(PCG64(seed))
    noise = chance.normal(0, 22, points.descriptors.shape)
    order = chance.permuted(np.arange(16))
    cells = points.descriptors.reshape(-1, 16, 8)[:, order].reshape(-1, 128)
    return Keypoints(points.places, np.clip(cells + noise, 0, 255).astype(np.uint8))


def crowded(register: MasterIndex, size: int) -> MasterIndex:
    """Return a register of this size: the given masters, and others made of their points."""
    chance = Generator(PCG64(SEED))
    made = list(register.masters)
    while len(made) < size:
        of = register.masters[len(made) % len(register)]
        features = of.features
        bits = chance.integers(0, 2**64, 4, dtype=np.uint64)
        other = PictureFeatures(
            features.width, features.height, features.quality, bits, varied(features.points, SEED + len(made))
        )
        made.append(
            IndexedMaster(f"nobody {len(made):05}", lambda other=other: other, of.read_pixels, of.read_finer_pixels)
        )
    return MasterIndex(made)
