"""Holds posted pictures against the approved masters: the same photograph, for this channel, on this day, or not.

The register is an allow-list: a picture that no standing approval covers is an exception.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from checks.pictures.hash import PictureHash
from checks.pictures.standing import obstacle

FARTHEST = 31  # bits of 256: PDQ's own recommendation for "the same picture"
LEAST_QUALITY = 50  # below this the picture has too little in it to be told from others
BITS = 256

NOT_FETCHED = "The picture could not be fetched in this run."
PROBLEMS = {
    "too_large": "The picture is too large to be looked at safely.",
    "truncated": "The picture's file is broken off.",
    "not_a_picture": "The file is no picture that can be read.",
    "not_found": "The platform no longer serves the picture.",
    "missing": "The picture is missing from the archive.",
    "unreadable": "The picture's file cannot be read.",
}

Hashes = np.ndarray[tuple[int, ...], np.dtype[np.uint64]]


@dataclass(frozen=True, slots=True)
class Posted:
    """One picture on an official post; without a hash, `problem` says in a word why there is none."""

    platform: str
    account_id: str
    post_id: str
    medium_id: str
    hash: PictureHash | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Master:
    """One approved photograph as its register has it; `channels` are separated by semicolons."""

    photograph_id: str
    channels: str
    expires_on: date | None
    hash: PictureHash
    consent: str | None = None
    objection: str | None = None


@dataclass(frozen=True, slots=True)
class PictureVerdict:
    """What is to be said of one posted picture; distance is in bits to `photograph_id`, the master it is like."""

    platform: str
    account_id: str
    post_id: str
    medium_id: str
    verdict: Literal["approved", "unapproved", "unreadable"]
    photograph_id: str | None
    distance: int | None
    why: str


def verdicts(posted: Sequence[Posted], masters: Sequence[Master], *, as_of: date) -> list[PictureVerdict]:
    """Return a verdict on each posted picture, in order; an approval that ran out before `as_of` approves nothing."""
    usable = [master for master in masters if master.hash.quality >= LEAST_QUALITY]
    table = _table([master.hash for master in usable])
    return [_verdict(one, usable, table, as_of) for one in posted]


def _verdict(one: Posted, masters: Sequence[Master], table: Hashes, as_of: date) -> PictureVerdict:
    if one.hash is None:
        return _say(one, "unreadable", PROBLEMS.get(one.problem or "", NOT_FETCHED))
    if one.hash.quality < LEAST_QUALITY:
        why = f"The picture shows too little to be compared (quality {one.hash.quality} of 100)."
        return _say(one, "unapproved", why)
    if not masters:
        return _say(one, "unapproved", "There is no approved photograph to compare it with.")
    distances = np.bitwise_count(table ^ _table([one.hash])).sum(axis=1)
    order = np.argsort(distances, kind="stable")
    alike = [(masters[i], int(distances[i])) for i in order if distances[i] <= FARTHEST]
    for master, distance in alike:
        if obstacle(master, one.platform, as_of) is None:
            return _say(one, "approved", f"It is photograph {master.photograph_id}.", master, distance)
    if alike:
        master, distance = alike[0]
        return _say(one, "unapproved", obstacle(master, one.platform, as_of) or "", master, distance)
    nearest = f"{masters[order[0]].photograph_id}, differs in {distances[order[0]]} of {BITS} bits"
    return _say(one, "unapproved", f"No approved photograph is like it; the nearest, {nearest}.")


def _say(
    one: Posted,
    verdict: Literal["approved", "unapproved", "unreadable"],
    why: str,
    master: Master | None = None,
    distance: int | None = None,
) -> PictureVerdict:
    like = master.photograph_id if master else None
    return PictureVerdict(one.platform, one.account_id, one.post_id, one.medium_id, verdict, like, distance, why)


def _table(hashes: Sequence[PictureHash]) -> Hashes:
    """Return the hashes as rows of four 64-bit words."""
    body = b"".join(bytes.fromhex(one.hex) for one in hashes)
    return np.frombuffer(body, dtype=np.uint64).reshape(len(hashes), BITS // 64)
