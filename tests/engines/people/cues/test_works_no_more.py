"""Work in a school that somebody has left, and children who are taught at home: neither is one of ours by it."""

import pytest

from engines.people.matching import match_people
from tests.engines.people.faces import SCHOOL, actor, people

LEE = """
    role  | person_id | given_names | surname  | title | job_title
    staff | s1        | Lee         | Stanhopp | Mr    | Maths Teacher
"""
TIA = """
    role  | person_id | given_names | surname | year_group
    pupil | p1        | Tia         | Brannel | 8
"""


def _bands(drawn: str, name: str, bio: str) -> set[str]:
    return {match.band for match in match_people(people(drawn), [actor(name, bio)], SCHOOL)}


@pytest.mark.parametrize(
    "bio",
    [
        "Retired maths teacher, Devon", "ex maths teacher", "Former head of maths | gardener", "retired deputy head",
        "ex-teacher", "formerly a teaching assistant", "Retired SENCO. Walks.", "retired maths teacher, OVS",
        "former teacher at OVS",
    ],
)  # fmt: skip
def test_a_member_of_staff_of_no_school_any_more_is_not_likely_ours_by_that_work(bio: str) -> None:
    assert _bands(LEE, "Mr Lee Stanhopp", bio) <= {"possible"}


@pytest.mark.parametrize(
    "bio",
    [
        "Maths teacher, OVS", "Ex army. Maths teacher.", "ex banker turned maths teacher", "ex nurse now a teacher",
        "Maths teacher. Retired footballer", "former head girl turned teacher",
        "ex army maths teacher", "Ex-pro maths teacher", "former banker teacher of maths",
        "ex pupil now Maths Teacher at OVS", "Former Leeds teacher, now OVS maths", "mathematics, OVS, ex-Leeds",
        "Maths for my classes at OVS",
    ],
)  # fmt: skip
def test_who_was_something_else_before_is_staff_by_the_work_of_now(bio: str) -> None:
    assert _bands(LEE, "Mr Lee Stanhopp", bio) == {"likely"}


@pytest.mark.parametrize("bio", ["ex OVS teacher, now Beacon Hill High", "ex-OVS", "former OVS head, now retired"])
def test_who_is_elsewhere_now_is_not_ours_by_what_was(bio: str) -> None:
    assert _bands(LEE, "Mr Lee Stanhopp", bio) <= {"possible"}


@pytest.mark.parametrize(
    "bio",
    [
        "home ed",
        "home-schooled | Ousterly",
        "#homeschool 13",
        "homeschooled kid, Ousterly, age 12",
    ],
)
def test_a_child_who_is_taught_at_home_is_no_pupil_of_ours(bio: str) -> None:
    assert _bands(TIA, "Tia Brannel", bio) <= {"possible"}


@pytest.mark.parametrize(
    "bio",
    [
        "home ed til y5, OVS now", "OVS | was homeschooled", "y8. never home schooled", "y8, homeschool vibes, OVS",
        "y8 | home, school, gym, Ousterly", "8D. not homeschooled lol, Ousterly", "8D home > school > footy, Ousterly",
    ],
)  # fmt: skip
def test_who_is_at_our_school_now_is_taught_at_home_no_more(bio: str) -> None:
    assert _bands(TIA, "Tia Brannel", f"y8 | {bio}") == {"likely"}


def test_a_parent_who_teaches_another_child_at_home_is_still_a_parent_here() -> None:
    parents = """
        role   | person_id | given_names | surname | related_ids
        parent | f1        | Pat         | Brannel | p1
        pupil  | p1        | Tia         | Brannel |
    """
    [best] = [
        match
        for match in match_people(
            people(parents), [actor("Pat Brannel", "Home ed mum of one, OVS mum of another")], SCHOOL
        )
        if match.is_best
    ]

    assert (best.person_id, best.band) == ("f1", "likely")
