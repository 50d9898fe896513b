"""What was taken back of a photograph in one file holds for the same photograph in another file."""

from collections.abc import Mapping, Sequence

from engines.pictures.features.descriptors import PictureFeatures
from engines.pictures.features.duplicates import duplicate_masters
from engines.pictures.verdicts.approvals import Approval, obstacle
from engines.pictures.verdicts.channel_verdicts import Approvals, Day


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
