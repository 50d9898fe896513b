"""What was taken back of a photograph in one file holds for the same photograph in another file."""

from collections.abc import Mapping, Sequence

import numpy as np

from engines.pictures.features.descriptors import PictureFeatures
from engines.pictures.verdicts.approvals import Approval, obstacle
from engines.pictures.verdicts.channel_verdicts import Approvals, Day

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


def with_withdrawals_of_duplicates(
    approvals: Mapping[str, Sequence[Approval]], features: Mapping[str, PictureFeatures], day: Day
) -> Approvals:
    """Return the approvals by master, and with each what was taken back of the same photograph in another file."""
    combined = {master: list(rows) for master, rows in approvals.items()}
    for master, duplicates in duplicate_masters({name: features[name] for name in approvals}).items():
        rows = [row for duplicate in sorted(duplicates) for row in approvals[duplicate]]
        combined[master] += [row for row in rows if _is_taken_back(row, day)]
    return combined


def _is_taken_back(row: Approval, day: Day) -> bool:
    ended = obstacle(row, "x", day.as_of, day.pupils)  # a word taken back holds on every channel
    return ended is not None and ended.kind in {"consent", "objection"}
