"""Whether a picture may go up: all in it approved, for that channel, on that day, and nothing more shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engines.pictures.model import PicturePart
from engines.pictures.verdicts.approvals import CHANNELS
from engines.pictures.verdicts.channel_verdicts import Approvals, Day, part_verdicts


@dataclass(frozen=True, slots=True)
class PostingPermission:
    """What is said of one picture before it is posted; `refused` gives the reasons, channel by channel."""

    channels: tuple[str, ...]
    refused: Mapping[str, str]


def permission_to_post(parts: Sequence[PicturePart], approvals: Approvals, day: Day) -> PostingPermission:
    """Return the channels that a picture of these parts may go up on; `approvals` are by the id of the master."""
    refused: dict[str, str] = {}
    for channel in CHANNELS:
        reasons = [
            verdict.why for verdict in part_verdicts(parts, approvals, channel, day) if verdict.verdict != "approved"
        ]
        if reasons or not parts:
            refused[channel] = reasons[0] if reasons else "There is no picture."
    return PostingPermission(tuple(channel for channel in CHANNELS if channel not in refused), refused)
