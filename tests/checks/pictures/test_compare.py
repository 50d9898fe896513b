"""A picture is approved only by the same photograph, for this channel, on this day, with nothing against it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from checks.pictures.compare import NOT_FETCHED, PROBLEMS, Master, PictureVerdict, Posted, verdicts
from checks.pictures.hash import PictureHash, pdq
from tests.checks.pictures.drawings import picture, saved

MONDAY = date(2026, 11, 2)


def hashed(seed: int) -> PictureHash:
    made = pdq(saved(picture(seed)))
    assert isinstance(made, PictureHash)
    return made


SCENE, OTHER = hashed(1), hashed(2)
POSTED = Posted("x", "100", "p1", "3_1", SCENE)
MASTER = Master("P-001", "x;youtube", None, SCENE)


def flipped(one: PictureHash, bits: int) -> PictureHash:
    return PictureHash(f"{int(one.hex, 16) ^ ((1 << bits) - 1):064x}", one.quality)


def judged(posted: Posted, *masters: Master) -> PictureVerdict:
    [verdict] = verdicts([posted], masters, as_of=MONDAY)
    return verdict


@pytest.mark.parametrize("bits", [0, 1, 31])
def test_the_same_photograph_is_approved(bits: int) -> None:
    found = judged(replace(POSTED, hash=flipped(SCENE, bits)), Master("P-002", "x", None, OTHER), MASTER)

    assert (found.verdict, found.photograph_id, found.distance) == ("approved", "P-001", bits)
    assert found.why == "It is photograph P-001."
    assert (found.platform, found.account_id, found.post_id, found.medium_id) == ("x", "100", "p1", "3_1")


def test_one_bit_more_is_another_photograph() -> None:
    found = judged(replace(POSTED, hash=flipped(SCENE, 32)), MASTER)

    assert (found.verdict, found.photograph_id) == ("unapproved", None)
    assert found.why == "No approved photograph is like it; the nearest, P-001, differs in 32 of 256 bits."


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"channels": "website"}, "Approved for the website only."),
        ({"channels": "website; youtube"}, "Approved for the website and YouTube only."),
        ({"channels": ""}, "Photograph P-001 is approved for no channel."),
        ({"expires_on": date(2026, 9, 1)}, "The approval of photograph P-001 ran out on 2026-09-01."),
        ({"consent": " Withdrawn"}, "The consent for photograph P-001 has been refused or withdrawn."),
        ({"objection": "By letter"}, "Somebody has objected to photograph P-001."),
    ],
)
def test_a_master_that_does_not_stand_approves_nothing(changes: dict[str, Any], why: str) -> None:
    found = judged(POSTED, replace(MASTER, **changes))

    assert (found.verdict, found.photograph_id, found.distance) == ("unapproved", "P-001", 0)
    assert found.why == why


@pytest.mark.parametrize(
    "changes", [{"expires_on": MONDAY}, {"consent": "given"}, {"objection": "None"}, {"channels": " x "}]
)
def test_near_misses_are_approved(changes: dict[str, Any]) -> None:
    assert judged(POSTED, replace(MASTER, **changes)).verdict == "approved"


def test_any_standing_approval_is_enough() -> None:
    expired = replace(MASTER, expires_on=date(2026, 9, 1))
    standing = replace(MASTER, photograph_id="P-009", hash=flipped(SCENE, 8))

    found = judged(POSTED, expired, standing)

    assert (found.verdict, found.photograph_id, found.distance) == ("approved", "P-009", 8)


def test_a_picture_that_shows_too_little_is_an_exception() -> None:
    found = judged(replace(POSTED, hash=replace(SCENE, quality=49)), MASTER)

    assert found.verdict == "unapproved"
    assert found.why == "The picture shows too little to be compared (quality 49 of 100)."


def test_a_master_that_shows_too_little_approves_nothing() -> None:
    found = judged(POSTED, replace(MASTER, hash=replace(SCENE, quality=49)))

    assert (found.verdict, found.why) == ("unapproved", "There is no approved photograph to compare it with.")


@pytest.mark.parametrize(
    ("problem", "why"),
    [
        ("truncated", PROBLEMS["truncated"]),
        ("not_found", PROBLEMS["not_found"]),
        (None, NOT_FETCHED),
        ("credit", NOT_FETCHED),
    ],
)
def test_a_picture_without_a_hash_is_unreadable_and_says_why(problem: str | None, why: str) -> None:
    found = judged(replace(POSTED, hash=None, problem=problem), MASTER)

    assert (found.verdict, found.photograph_id, found.distance, found.why) == ("unreadable", None, None, why)


def test_verdicts_come_in_the_order_of_the_pictures() -> None:
    posted = [replace(POSTED, medium_id=str(seed), hash=hashed(seed)) for seed in (3, 1, 2)]

    found = verdicts(posted, [MASTER], as_of=MONDAY)

    assert [(one.medium_id, one.verdict) for one in found] == [
        ("3", "unapproved"),
        ("1", "approved"),
        ("2", "unapproved"),
    ]
