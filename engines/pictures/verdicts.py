"""Holds what was seen in a posted picture against the approvals: approved for this channel, on this day, or not.

The register is an allow-list: a part of a picture that no standing approval covers is an exception.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engines.pictures.picture import Part, Verdict
from engines.pictures.standing import NO_PUPILS, Approval, Pupils, standing

NOT_FETCHED = "The picture could not be fetched in this run."
PROBLEMS = {
    "too_large": "The picture is too large to be looked at safely.",
    "truncated": "The picture's file is broken off.",
    "not_a_picture": "The file is no picture that can be read.",
    "not_found": "The platform no longer serves the picture.",
    "missing": "The picture is missing from the archive.",
    "unreadable": "The picture's file cannot be read.",
}
_GRAVEST_FIRST: tuple[Verdict, ...] = ("unapproved", "altered", "unreadable", "approved")

Approvals = Mapping[str, Sequence[Approval]]


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be said of one part of a posted picture; `photograph_id` is the photograph that it is like."""

    verdict: Verdict
    photograph_id: str | None
    why: str
    part: Part


@dataclass(frozen=True, slots=True)
class Day:
    """The day that a picture is judged on, and what the registers say of pupils then."""

    as_of: date
    pupils: Pupils = NO_PUPILS


def said_of(parts: Sequence[Part], approvals: Approvals, channel: str, day: Day) -> list[Said]:
    """Return what is to be said of each part of a picture on a channel; `approvals` are by the id of the master."""
    return [_said(part, approvals, channel, day) for part in parts]


def gravest(said: Sequence[Said]) -> Said:
    """Return the part that decides about a picture: one that is not approved makes all of it an exception."""
    return min(said, key=lambda one: _GRAVEST_FIRST.index(one.verdict))


def unreadable(problem: str | None) -> Part:
    """Return what is said of a picture of which there are no pixels; `problem` says in a word why."""
    return Part("unreadable", why=PROBLEMS.get(problem or "", NOT_FETCHED))


def _said(part: Part, approvals: Approvals, channel: str, day: Day) -> Said:
    if part.master_id is None:
        return Said(part.verdict, None, part.why, part)
    found = standing(approvals.get(part.master_id, ()), channel, day.as_of, day.pupils)
    if found is None:
        return Said("unapproved", None, "The photograph is not in the register.", part)
    name, met = found
    if part.verdict == "approved":
        why = f"It is photograph {name}." if met is None else met.why
        return Said("approved" if met is None else "unapproved", name, why, part)
    why = part.why if met is None else f"{part.why} {met.why}"
    return Said(part.verdict, name, why, part)
