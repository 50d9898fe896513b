"""Only the same photograph approves a picture, for this channel, on this day, with nothing against it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engines.pictures.model import PicturePart
from engines.pictures.verdicts.approvals import (
    Approval,
    Pupils,
    approval_status,
    fold_roll_id,
    obstacle,
    pupils_of,
    pupils_shown,
)
from engines.pictures.verdicts.channel_verdicts import (
    NOT_FETCHED,
    PROBLEMS,
    Day,
    PartVerdict,
    most_serious,
    part_verdicts,
    permission_to_post,
    unreadable_part,
)

MONDAY = date(2026, 11, 2)
APPROVAL = Approval(photograph_id="P-001", channels="x;youtube")
SAME = PicturePart("approved", "m1", distance=4, inliers=60, agreement=0.99, quality=90)
MORE = replace(SAME, verdict="altered", why="It shows more.", new_area=((1, 2, 30, 40),))
UNWRITTEN = "The approval of photograph P-001 rests on consent, and none is written."
NOTHING = PicturePart("unapproved", why="No approved photograph is found in it.")


def said(part: PicturePart, *approvals: Approval, pupils: Pupils | None = None) -> PartVerdict:
    [one] = part_verdicts([part], {"m1": approvals}, "x", Day(MONDAY, pupils or Pupils()))
    return one


def test_the_same_photograph_with_a_standing_approval_is_approved() -> None:
    found = said(SAME, APPROVAL)

    assert (found.verdict, found.photograph_id, found.why) == ("approved", "P-001", "It is photograph P-001.")


@pytest.mark.parametrize(
    ("changes", "kind", "why"),
    [
        ({"channels": "website"}, "channel", "Approved for the website only."),
        ({"channels": "website; youtube"}, "channel", "Approved for the website and YouTube only."),
        ({"channels": ""}, "channel", "Photograph P-001 is approved for no channel."),
        ({"expires_on": date(2026, 9, 1)}, "expiry", "The approval of photograph P-001 ran out on 2026-09-01."),
        ({"basis": "consent"}, "unwritten", UNWRITTEN),
        ({"basis": "consent", "pupil_ids": "10; 11"}, "unwritten", UNWRITTEN),  # of 11 nothing is said
        ({"consent": " Withdrawn"}, "consent", "The consent for photograph P-001 has been refused or withdrawn."),
        ({"objection": "By letter"}, "objection", "Somebody has objected to photograph P-001."),
        (
            {"pupil_ids": "7; 8"},
            "consent",
            "The consent for a pupil in photograph P-001 has been refused or withdrawn.",
        ),
        ({"consent": "website only"}, "consent", "The consent for photograph P-001 has been refused or withdrawn."),
        (
            {"pupil_ids": "7;08"},
            "consent",
            "The consent for a pupil in photograph P-001 has been refused or withdrawn.",
        ),
        (
            {"pupil_ids": "9", "basis": "consent"},
            "left",
            "A pupil in photograph P-001 has left, and its approval rests on consent.",
        ),
        (
            {"consent": "refused", "channels": "website", "expires_on": date(2026, 9, 1)},
            "consent",
            "The consent for photograph P-001 has been refused or withdrawn.",
        ),
    ],
)
def test_an_approval_that_does_not_stand_approves_nothing(changes: dict[str, Any], kind: str, why: str) -> None:
    pupils = Pupils(refused=frozenset({"8"}), left=frozenset({"9"}), given=frozenset({"10"}))
    approval = replace(APPROVAL, **changes)

    found = said(SAME, approval, pupils=pupils)
    stands = approval_status([approval], "x", MONDAY, pupils)

    assert (found.verdict, found.photograph_id, found.why) == ("unapproved", "P-001", why)
    assert stands is not None
    assert stands.obstacle is not None
    assert stands.obstacle.kind == kind


@pytest.mark.parametrize(
    "changes",
    [
        {"expires_on": MONDAY},
        {"consent": "given"},
        {"objection": "None"},
        {"channels": " x "},
        {"pupil_ids": "9", "basis": "public_task"},
        {"pupil_ids": "10"},
        {"pupil_ids": "80"},
        {"basis": "consent", "consent": "given"},
        {"basis": "consent", "pupil_ids": "10"},
        {"basis": "consent", "pupil_ids": "010;12"},
        {"objection": "Nac oes"},
        {"pupil_ids": "p8"},
    ],
)
def test_near_misses_are_approved(changes: dict[str, Any]) -> None:
    pupils = Pupils(refused=frozenset({"8"}), left=frozenset({"9"}), given=frozenset({"10", "12"}))

    assert said(SAME, replace(APPROVAL, **changes), pupils=pupils).verdict == "approved"


def test_any_standing_approval_is_enough_whatever_order_they_come_in() -> None:
    expired = replace(APPROVAL, expires_on=date(2026, 9, 1))
    stands = replace(APPROVAL, photograph_id="P-009")

    assert said(SAME, expired, stands).photograph_id == "P-009"
    assert said(SAME, stands, expired).photograph_id == "P-009"


@pytest.mark.parametrize("changes", [{"consent": "withdrawn"}, {"objection": "By letter"}])
def test_a_word_taken_back_on_one_row_is_not_overruled_by_another(changes: dict[str, Any]) -> None:
    ended = replace(APPROVAL, photograph_id="P-009", **changes)

    assert (said(SAME, APPROVAL, ended).verdict, said(SAME, APPROVAL, ended).photograph_id) == ("unapproved", "P-009")
    assert said(SAME, ended, APPROVAL).photograph_id == "P-009"


def test_of_several_approvals_that_ended_the_gravest_is_told() -> None:
    elsewhere = replace(APPROVAL, photograph_id="P-000", channels="website")
    withdrawn = replace(APPROVAL, photograph_id="P-009", consent="withdrawn")

    assert said(SAME, elsewhere, withdrawn).photograph_id == "P-009"


def test_a_picture_that_shows_more_stays_altered_and_says_that_its_approval_ended_too() -> None:
    ended = replace(APPROVAL, consent="withdrawn")

    assert said(MORE, APPROVAL).verdict == "altered"
    assert said(MORE, ended).why == "It shows more. The consent for photograph P-001 has been refused or withdrawn."


def test_a_master_that_has_left_the_register_approves_nothing() -> None:
    assert said(SAME).verdict == "unapproved"


def test_one_part_that_is_not_approved_makes_the_whole_picture_an_exception() -> None:
    found = part_verdicts([SAME, MORE, NOTHING], {"m1": [APPROVAL]}, "x", Day(MONDAY))

    assert most_serious(found).why == NOTHING.why
    assert most_serious(found[:2]).verdict == "altered"
    assert most_serious(found[:1]).verdict == "approved"


@pytest.mark.parametrize(
    ("problem", "why"),
    [
        ("truncated", PROBLEMS["truncated"]),
        ("not_found", PROBLEMS["not_found"]),
        (None, NOT_FETCHED),
        ("credit", NOT_FETCHED),
    ],
)
def test_a_picture_without_pixels_is_unreadable_and_says_why(problem: str | None, why: str) -> None:
    assert (unreadable_part(problem).verdict, unreadable_part(problem).why) == ("unreadable", why)


def test_who_came_back_has_not_left_and_who_leaves_tomorrow_is_still_here() -> None:
    rows = [
        ("pupil", "1", None, None),
        ("leaver", "1", None, date(2025, 7, 1)),
        ("leaver", "2", None, None),
        ("leaver", "3", "Refused", date(2026, 11, 3)),
        ("pupil", "4", "No", None),
        ("pupil", "5", "Yes", None),
    ]

    assert pupils_of(rows, MONDAY) == Pupils(frozenset({"3", "4"}), frozenset({"2"}), given=frozenset({"5"}))


@pytest.mark.parametrize(
    ("one", "other"), [("P002", "p002"), (" P002 ", "P002"), ("1", "001"), ("0", "000"), ("\u00c9-1", "\u00e9-1")]
)
def test_a_roll_id_is_one_pupils_however_it_is_spelt(one: str, other: str) -> None:
    for here, there in ((one, other), (other, one)):
        pupils = pupils_of([("pupil", here, "withdrawn", None), ("leaver", here, None, None)], MONDAY)

        assert said(SAME, replace(APPROVAL, pupil_ids=f"77;{there}"), pupils=pupils).verdict == "unapproved"
        assert pupils_of([("leaver", here, None, None), ("pupil", there, None, None)], MONDAY) == Pupils()


@pytest.mark.parametrize(("one", "other"), [("P02", "P2"), ("1", "10"), ("1", "P1"), ("1a", "01a")])
def test_zeros_are_dropped_from_the_front_of_digits_alone(one: str, other: str) -> None:
    assert fold_roll_id(one) != fold_roll_id(other)


def test_a_picture_may_go_up_where_every_part_is_approved() -> None:
    answer = permission_to_post([SAME], {"m1": [APPROVAL]}, Day(MONDAY))

    assert answer.channels == ("x", "youtube")
    assert answer.refused == {"website": "Approved for X and YouTube only."}
    assert permission_to_post([SAME, MORE], {"m1": [APPROVAL]}, Day(MONDAY)).channels == ()


@pytest.mark.parametrize(
    ("consent", "channels"),
    [
        ("given", {"x", "youtube", "website"}),
        ("given;x=withdrawn", {"youtube", "website"}),
        ("website=given;x=withdrawn;youtube=given", {"youtube", "website"}),
        ("x=given", {"x"}),
        ("withdrawn", set()),
        (None, set()),
    ],
)
def test_a_pupils_consent_is_written_for_the_channels_for_which_it_was_given(
    consent: str | None, channels: set[str]
) -> None:
    pupils = pupils_of([("pupil", "7", consent, None)], MONDAY)
    approval = replace(APPROVAL, channels="x;youtube;website", basis="consent", pupil_ids="7")

    stand = {name for name in ("x", "youtube", "website") if obstacle(approval, name, MONDAY, pupils) is None}

    assert stand == channels


def test_an_erased_pupil_is_none_that_lacks_consent() -> None:
    pupils = pupils_of([("pupil", "7", "given", None)], MONDAY)
    approval = replace(APPROVAL, basis="consent", pupil_ids="[erased]; 7")

    assert pupils_shown(approval) == {"7"}
    assert obstacle(approval, "x", MONDAY, pupils) is None
    alone = obstacle(replace(approval, pupil_ids="[erased]"), "x", MONDAY, pupils)
    assert alone is not None
    assert alone.kind == "unwritten"
