"""Compares what was seen in a picture with the approvals: approved for this channel, on this day, or not.

The register is an allow-list: a part of a picture that no standing approval covers is an exception, and a picture may
go up only where there is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engines.pictures.model import UNREADABLE, PicturePart, Verdict
from engines.pictures.verdicts.approvals import CHANNELS, NO_PUPILS, Approval, Kind, Pupils, approval_status

NOT_FETCHED = "The picture could not be fetched in this run."
PROBLEMS = {
    **UNREADABLE,
    "not_found": "The platform no longer serves the picture.",
    "missing": "The picture is missing from the archive.",
    "unreadable": "The picture's file cannot be read.",
}
_MOST_SERIOUS_FIRST: tuple[Verdict, ...] = ("unapproved", "altered", "unreadable", "approved")

Approvals = Mapping[str, Sequence[Approval]]


@dataclass(frozen=True, slots=True)
class PartVerdict:
    """What is to be said of one part of a posted picture: the photograph it is like, and what ended its approval."""

    verdict: Verdict
    photograph_id: str | None
    why: str
    part: PicturePart
    obstacle: Kind | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """The day that a picture is judged on, and what the registers say of pupils then."""

    as_of: date
    pupils: Pupils = NO_PUPILS


def part_verdicts(parts: Sequence[PicturePart], approvals: Approvals, channel: str, day: Day) -> list[PartVerdict]:
    """Return what is to be said of each part of a picture on a channel; `approvals` are by the id of the master."""
    return [_part_verdict(part, approvals, channel, day) for part in parts]


def most_serious(verdicts: Sequence[PartVerdict]) -> PartVerdict:
    """Return the part that decides about a picture: one that is not approved makes all of it an exception."""
    return min(verdicts, key=lambda verdict: _MOST_SERIOUS_FIRST.index(verdict.verdict))


def unreadable_part(problem: str | None) -> PicturePart:
    """Return what is said of a picture of which there are no pixels; `problem` says in a word why."""
    return PicturePart("unreadable", why=PROBLEMS.get(problem or "", NOT_FETCHED))


def _part_verdict(part: PicturePart, approvals: Approvals, channel: str, day: Day) -> PartVerdict:
    if part.master_id is None:
        return PartVerdict(part.verdict, None, part.why, part)
    status = approval_status(approvals.get(part.master_id, ()), channel, day.as_of, day.pupils)
    if status is None:
        return PartVerdict("unapproved", None, "The photograph is not in the register.", part)
    photograph_id, obstacle = status
    kind = obstacle.kind if obstacle else None
    if obstacle and kind == "changed":
        return PartVerdict("unreadable", photograph_id, obstacle.why, part, kind)
    if part.verdict == "approved":
        why = f"It is photograph {photograph_id}." if obstacle is None else obstacle.why
        return PartVerdict("approved" if obstacle is None else "unapproved", photograph_id, why, part, kind)
    why = part.why if obstacle is None else f"{part.why} {obstacle.why}"
    return PartVerdict(part.verdict, photograph_id, why, part, kind)


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
