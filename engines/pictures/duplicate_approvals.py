"""What was taken back of a photograph in one file holds for the same photograph in another file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from engines.pictures.features.descriptors import PictureFeatures
from engines.pictures.model import PicturePart
from engines.pictures.verdicts.approvals import CHANNELS, Approval, obstacle
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
    approvals: Mapping[str, Sequence[Approval]],
    features: Mapping[str, PictureFeatures],
    day: Day,
    renewed: Collection[tuple[str, str, str]] = (),
) -> Approvals:
    """Return the approvals by master, and with each what was taken back of the same photograph in another file.

    `renewed` are the masters that were approved anew since, each with the other file's and its photograph's id.
    """
    combined = {master: list(rows) for master, rows in approvals.items()}
    known = {name: features[name] for name in approvals if name in features}
    for master, duplicates in duplicate_masters(known).items():
        rows = [
            row
            for duplicate in sorted(duplicates)
            for row in approvals[duplicate]
            if (master, duplicate, row.photograph_id) not in renewed
        ]
        combined[master] += [part for row in rows if (part := taken_back(row, day))]
    return combined


def known_again(
    parts: tuple[PicturePart, ...], pdq: str | None, lost: Mapping[str, PictureFeatures]
) -> tuple[PicturePart, ...]:
    """Return the parts of a picture in which nothing was known, as the master without pixels that has the same hash."""
    if len(parts) != 1 or not pdq or parts[0].master_id or parts[0].quality < LEAST_QUALITY:
        return parts
    bits = np.frombuffer(bytes.fromhex(pdq), np.uint8)
    apart = {name: int(np.bitwise_count(bits ^ each.bits.view(np.uint8)).sum()) for name, each in lost.items()}
    near = min(apart, key=apart.__getitem__, default=None)
    if near is None or apart[near] > MOST_BITS_APART or lost[near].quality < LEAST_QUALITY:
        return parts
    why = "It is a photograph whose file is not there any more."
    return (replace(parts[0], master_id=near, distance=apart[near], why=why),)


def taken_back(row: Approval, day: Day) -> Approval | None:
    """Return the approval as far as consent was taken back or somebody objects: on these channels; None on none."""
    ended = ((channel, obstacle(row, channel, day.as_of, day.pupils)) for channel in CHANNELS)
    channels = [channel for channel, found in ended if found and found.kind in {"consent", "objection"}]
    return replace(row, channels=";".join(channels)) if channels else None
