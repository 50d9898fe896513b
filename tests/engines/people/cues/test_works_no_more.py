"""Work in a school that somebody has left, and children who are taught at home: neither is one of ours by it."""

from datetime import date

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


@pytest.mark.parametrize(
    "bio",
    [
        "escaped OVS ages ago", "OVS leavers 23", "OVS leaver", "used to go OVS", "left OVS in 2019", "went to OVS",
        "OVS old girl", "OVS alum", "did my a levels at OVS in 2018", "OVS 2009", "dropped out of OVS",
        "left Ousterly in 2019",
        "used to go Ousterly, 20 now", "miss my OVS days", "OVS in the 90s", "OVS 2020 grad", "OVS class of 16",
    ],
)  # fmt: skip
def test_who_has_left_our_school_is_no_likely_pupil(bio: str) -> None:
    found = match_people(people(TIA), [actor("Tia Brannel", bio)], SCHOOL, as_of=date(2026, 11, 20))

    assert {match.band for match in found} <= {"possible"}


@pytest.mark.parametrize(
    "bio",
    [
        "OVS year 11 leavers", "OVS class of 2031", "OVS 2026", "left my heart in Lahore. OVS", "used to be funny. OVS",
        "ex roblox addict, OVS y8", "OVS, leavers 2030", "missing my OVS mates its half term",
        "went to Ousterly fair. OVS",
        "finished at OVS 3.15", "the girl in the 90s movie. OVS", "limited edition. OVS", "my dad is a mechanic. OVS",
        "sis turning 21. OVS", "dads 45 now. OVS", "now 20 followers. OVS", "OVS - 20 - striker",
        "primary leavers 2025. OVS",
        "my class is 11K. OVS", "born Ousterly 2015. OVS",
    ],
)  # fmt: skip
def test_who_is_to_leave_or_left_something_else_is_a_pupil_still(bio: str) -> None:
    pupils = people(TIA.replace("| 8", "| 11" if "11" in bio else "| 8"))

    [match] = match_people(pupils, [actor("Tia Brannel", bio)], SCHOOL, as_of=date(2026, 11, 20))

    assert match.band == "likely"


@pytest.mark.parametrize(
    "bio",
    [
        "mum says no tiktok so im here. OVS", "dad jokes only. OVS", "grounded by my mum 24/7. OVS",
        "married to my ps5. OVS",
        "ceo of sleeping in maths. OVS", "retired from fortnite. OVS", "my uncle owns a chippy. OVS",
        "fishin wi dad. OVS",
        "dont tell my mum. OVS", "youngest of 6 kids. OVS", "director of chaos. OVS",
    ],
)  # fmt: skip
def test_what_a_pupil_says_in_jest_is_no_grown_persons(bio: str) -> None:
    assert _bands(TIA, "Tia Brannel", bio) == {"likely"}


@pytest.mark.parametrize(
    "bio",
    [
        "Driving instructor, Ousterly. 2 spaces left", "Carpet fitting, Ousterly", "Roofing, Ousterly. Free quotes",
        "CEO of Brannel Homes, Ousterly", "cover supervisor OVS", "OVS catering team", "we supply uniforms to OVS",
        "baby due feb, Ousterly", "travel vlog. last stop Ousterly",
    ],
)  # fmt: skip
def test_a_grown_person_of_our_town_or_school_is_no_likely_pupil(bio: str) -> None:
    found = match_people(
        people(TIA), [actor("Tia Brannel", bio, location="Norwich" if "vlog" in bio else None)], SCHOOL
    )

    assert {match.band for match in found} <= {"possible"}


def test_a_child_who_speaks_of_her_mother_is_not_the_mother() -> None:
    family = people("""
        role   | person_id | title | given_names | surname | year_group | related_ids
        pupil  | p1        |       | Tia         | Brannel | 8          |
        parent | r1        | Mrs   | Pat         | Brannel |            | p1
        """)

    found = match_people(
        family, [actor("\N{GHOST}", "its tia brannel from OVS dont tell my mum", handle="user94469")], SCHOOL
    )

    assert [(match.person_id, match.band) for match in found if match.is_best] == [("p1", "likely")]


@pytest.mark.parametrize("bio", ["Former pupil of OVS, Year 11", "OVS leavers 23", "OVS alum", "left OVS in 2023"])
def test_a_leaver_who_says_so_is_a_likely_leaver(bio: str) -> None:
    left = people("""
        role   | person_id | given_names | surname | year_group
        leaver | l1        | Tia         | Brannel | 11
        """)

    [match] = match_people(left, [actor("Tia Brannel", bio)], SCHOOL, as_of=date(2026, 11, 20))

    assert match.band == "likely"
