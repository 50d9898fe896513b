"""A school to which a pupil goes next year: it is not yet theirs, and ours still is."""

from datetime import date

import pytest

from engines.people.matching import match_people
from tests.engines.people.faces import SCHOOL, actor, people

TIA = """
    role  | person_id | given_names | surname | year_group
    pupil | p1        | Tia         | Brannel | 11
"""
NEXT = (
    "Tarnside Sixth Form", "Marlcombe College", "Tarnside High", "St Werburgh's", "King Alaric III Academy",
    "Ysgol Glan Nant", "Tarnside UTC", "Prince Alaric's", "Lady Margaret School", "Beacon Hill Grammar",
)  # fmt: skip
TO_COME = (
    "going to {} next year", "off to {} in Sept", "Off to {} in September!", "starting {} this september",
    "starting at {} next year", "moving to {} after gcses", "heading to {} sept 2027", "next stop {}",
    "future {} student", "soon to be at {}", "joining {} in the autumn", "{} next year",
    "going {} in september", "starting {} from sept 27", "got a place at {} for next year", "applying to {}",
    "applied for {}", "accepted to {} for 2027", "{} bound", "hoping to go to {}", "will be at {} in sept",
    "off to {} soon", "off to {} sept 2027", "cant wait for {} next year", "{} here i come",
)  # fmt: skip


@pytest.mark.parametrize("frame", ["OVS y11 | {}", "{} | y11 OVS", "y11 @ OVS, {}"])
@pytest.mark.parametrize("said", TO_COME)
@pytest.mark.parametrize("other", NEXT[:4])
def test_a_school_to_come_is_no_other_school(said: str, other: str, frame: str) -> None:
    shown = actor("Tia Brannel", frame.format(said.format(other)), handle="tiabrannel")

    [match] = match_people(people(TIA), [shown], SCHOOL, as_of=date(2026, 11, 20))

    assert (match.band, match.against) == ("likely", ())


@pytest.mark.parametrize("said", [*TO_COME[:6], f"y11 {TO_COME[1]}", f"school {TO_COME[0]}"])
@pytest.mark.parametrize("other", NEXT)
def test_a_school_to_come_is_none_of_any_kind(said: str, other: str) -> None:
    shown = actor("Tia Brannel", f"OVS y11 | {said.format(other)}", handle="tiabrannel")

    [match] = match_people(people(TIA), [shown], SCHOOL, as_of=date(2026, 11, 20))

    assert (match.band, match.against) == ("likely", ())


@pytest.mark.parametrize(
    "bio",
    [
        "OVS then {} | y11",
        "ex OVS, now at {} | y11",
        "moved to {} in sept | was OVS y11",
        "started {} in september | OVS before | y11",
        "going to {} | y11 | OVS netball",
        "{} since sept | ex OVS y11",
        "{} y11 | OVS next year",
        "at {} til next year | OVS y11",
        "{} 2022 - 2027 | OVS y11",
        "left OVS for {} last year | y11",
        "{} football next saturday | OVS y11",
    ],
)
@pytest.mark.parametrize("other", NEXT[:4])
def test_a_school_of_now_stays_another_school(bio: str, other: str) -> None:
    shown = actor("Tia Brannel", bio.format(other), handle="tiabrannel")

    [match] = match_people(people(TIA), [shown], SCHOOL, as_of=date(2026, 11, 20))

    assert (match.band, match.probability < 0.5) == ("possible", True)


@pytest.mark.parametrize("bio", ["off to {} in sept", "y11 | going to {} next year", "{} next year"])
def test_a_school_to_come_alone_makes_nobody_ours(bio: str) -> None:
    shown = actor("Tia Brannel", bio.format("Tarnside Sixth Form"), handle="tiabrannel")

    [match] = match_people(people(TIA), [shown], SCHOOL, as_of=date(2026, 11, 20))

    assert match.band == "possible"
