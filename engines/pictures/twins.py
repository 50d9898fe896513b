"""Which masters are the same photograph in another file: saved again, made smaller for the web, trimmed by a little."""

from collections.abc import Mapping

import numpy as np

from engines.pictures.features import Features

FARTHEST = 31  # bits of 256: PDQ's own recommendation for "the same picture"
LEAST_QUALITY = 50  # below this a picture has too little in it to be told from others


def twins(masters: Mapping[str, Features]) -> dict[str, frozenset[str]]:
    """Return, for each master that has any, the ids of the others that look the same."""
    telling = sorted(name for name, one in masters.items() if one.quality >= LEAST_QUALITY)
    if len(telling) < 2:
        return {}
    bits = np.stack([masters[name].bits for name in telling])
    found = {}
    for number, name in enumerate(telling):
        near = np.flatnonzero(np.bitwise_count(bits ^ bits[number]).sum(axis=1) <= FARTHEST)
        if len(near) > 1:
            found[name] = frozenset(telling[other] for other in near if other != number)
    return found
