"""Which masters are the same photograph in another file: saved again, made smaller for the web, trimmed by a little."""

from collections.abc import Mapping

import numpy as np

from engines.pictures.features.descriptors import PictureFeatures

MOST_BITS_APART = 31  # bits of 256: PDQ's own recommendation for "the same picture"
LEAST_QUALITY = 50  # below this a picture has too little in it to be told from others


def duplicate_masters(masters: Mapping[str, PictureFeatures]) -> dict[str, frozenset[str]]:
    """Return, for each master that has any, the ids of the others that look the same."""
    detailed = sorted(name for name, features in masters.items() if features.quality >= LEAST_QUALITY)
    if len(detailed) < 2:
        return {}
    bits = np.stack([masters[name].bits for name in detailed])
    duplicates = {}
    for number, name in enumerate(detailed):
        duplicates_of_one = np.flatnonzero(np.bitwise_count(bits ^ bits[number]).sum(axis=1) <= MOST_BITS_APART)
        if len(duplicates_of_one) > 1:
            duplicates[name] = frozenset(detailed[other] for other in duplicates_of_one if other != number)
    return duplicates
