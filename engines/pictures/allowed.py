"""Whether a picture may go up: all in it approved, for that channel, on that day, and nothing more shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engines.pictures.picture import Part
from engines.pictures.standing import CHANNELS
from engines.pictures.verdicts import Approvals, Day, said_of


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one picture before it is posted; `refused` gives the reasons, channel by channel."""

    channels: tuple[str, ...]
    refused: Mapping[str, str]


def may_go_up(parts: Sequence[Part], approvals: Approvals, day: Day) -> Answer:
    """Return the channels that a picture of these parts may go up on; `approvals` are by the id of the master."""
    refused: dict[str, str] = {}
    for channel in CHANNELS:
        reasons = [one.why for one in said_of(parts, approvals, channel, day) if one.verdict != "approved"]
        if reasons or not parts:
            refused[channel] = reasons[0] if reasons else "There is no picture."
    return Answer(tuple(channel for channel in CHANNELS if channel not in refused), refused)
