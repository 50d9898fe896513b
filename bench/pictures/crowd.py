"""Makes a register larger with masters of no photograph, so that it costs what a school's own would."""

import numpy as np
from numpy.random import PCG64, Generator

from engines.pictures.features import Features, Points
from engines.pictures.register import Master, Register

SEED = 7


def varied(points: Points, seed: int) -> Points:
    """Return the points of another master: those of a real one, moved and described differently."""
    chance = Generator(PCG64(seed))
    noise = chance.normal(0, 22, points.described.shape)
    order = chance.permuted(np.arange(16))
    cells = points.described.reshape(-1, 16, 8)[:, order].reshape(-1, 128)
    return Points(points.places, np.clip(cells + noise, 0, 255).astype(np.uint8))


def crowded(register: Register, size: int) -> Register:
    """Return a register of this size: the given masters, and others made of their points."""
    chance = Generator(PCG64(SEED))
    made = list(register.masters)
    while len(made) < size:
        of = register.masters[len(made) % len(register)]
        features = of.features
        bits = chance.integers(0, 2**64, 4, dtype=np.uint64)
        other = Features(
            features.width, features.height, features.quality, bits, varied(features.points, SEED + len(made))
        )
        made.append(Master(f"nobody {len(made):05}", other, of.see, of.finer))
    return Register(made)
