"""Whether a picture may go up: all in it approved, for that channel, on that day, and nothing more shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from checks.pictures.picture import Part
from checks.pictures.standing import CHANNELS, Approval, obstacle


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one picture before it is posted; `refused` gives the reasons, channel by channel."""

    channels: tuple[str, ...]
    refused: Mapping[str, str]


def may_go_up(parts: Sequence[Part], approvals: Mapping[str, Sequence[Approval]], as_of: date) -> Answer:
    """Return the channels that a picture of these parts may go up on; `approvals` are by the id of the master.

    A master may stand in the register more than once: any approval that stands is enough.
    """
    refused: dict[str, str] = {}
    for channel in CHANNELS:
        reasons = [reason for part in parts if (reason := _reason(part, approvals, channel, as_of)) is not None]
        if reasons or not parts:
            refused[channel] = reasons[0] if reasons else "There is no picture."
    return Answer(tuple(channel for channel in CHANNELS if channel not in refused), refused)


def _reason(part: Part, approvals: Mapping[str, Sequence[Approval]], channel: str, as_of: date) -> str | None:
    if part.verdict != "approved":
        return part.why
    rows = approvals.get(part.master_id or "", ())
    reasons = [obstacle(row, channel, as_of) for row in rows]
    if not rows:
        return "The photograph is not in the register."
    return None if None in reasons else reasons[0]
