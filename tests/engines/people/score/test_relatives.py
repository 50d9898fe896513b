"""Who calls themselves another relative is nobody's parent, and no pupil."""

import pytest

from engines.people.matching import match_people
from tests.engines.people.faces import SCHOOL, actor, people

FAMILY = """
    role   | person_id | given_names | surname | year_group | related_ids
    pupil  | p1        | Tia         | Brannel | 8          |
    parent | f1        | Pat         | Brannel |            | p1
"""


@pytest.mark.parametrize(
    ("handle", "name", "bio"),
    [
        ("patbrannel", "Pat Brannel", "Auntie to Tia | OVS"),
        ("patbrannel", "Pat Brannel", "Grandad of three, OVS"),
        ("grandadpat", "Grandad Pat Brannel", "Tia's grandad"),
        ("nanpatbrannel", "Pat Brannel", "OVS"),
        ("patbrannel", "Pat Brannel", "Tia's big sister"),
        ("patbrannel", "Pat Brannel", "godmother of Tia"),
        ("tiasauntie", "Pat Brannel", None),
        ("pat_brannel", "Pat Brannel", "Taid. OVS."),
        ("jim88", "Uncle of Tia Brannel", "she's in y8 at OVS"),
        ("jim88", "Tia Brannel's nan", "so proud, y8 OVS"),
    ],
)
def test_another_relative_is_no_likely_parent(handle: str, name: str, bio: str | None) -> None:
    found = match_people(people(FAMILY), [actor(name, bio, handle=handle)], SCHOOL)

    assert {one.band for one in found} <= {"possible"}
    assert all(one.probability < 0.5 for one in found)


@pytest.mark.parametrize("bio", ["Auntie to Tia | OVS", "great aunt of three, OVS", "OVS | Tia's grandad"])
def test_a_pupils_relative_of_a_teachers_name_is_not_likely_the_teacher(bio: str) -> None:
    staff = people("""
        role  | person_id | given_names | surname | job_title
        staff | s1        | Pat         | Brannel | Caretaker
    """)

    assert {one.band for one in match_people(staff, [actor("Pat Brannel", bio)], SCHOOL)} <= {"possible"}


def test_a_teacher_who_is_an_aunt_too_is_likely_by_the_work() -> None:
    staff = people("""
        role  | person_id | given_names | surname | job_title
        staff | s1        | Pat         | Brannel | Art Teacher
    """)

    [found] = match_people(staff, [actor("Pat Brannel", "Art teacher at OVS. Auntie of three.")], SCHOOL)

    assert found.band == "likely"


@pytest.mark.parametrize("bio", ["Mum to Tia | OVS", "Dad of Tia, OVS", "Tia's mum, OVS"])
def test_a_parent_of_the_child_named_is_likely(bio: str) -> None:
    [best] = [one for one in match_people(people(FAMILY), [actor("Pat Brannel", bio)], SCHOOL) if one.is_best]

    assert (best.person_id, best.band) == ("f1", "likely")


@pytest.mark.parametrize(
    "bio",
    [
        "Tia is my world", "Tia is my life | OVS", "Tia & Leo are my world", "Tia my everything", "Tia's number 1 fan",
        "taxi driver to Tia | Ousterly", "mum to Tia | went to Beacon Hill High", "mum to Tia | nurse in Exeter",
        "mum to Tia (Beacon Hill Primary)",
    ],
)  # fmt: skip
def test_who_names_a_child_of_theirs_is_their_parent_whatever_else_is_said(bio: str) -> None:
    found = match_people(people(FAMILY), [actor("Pat Brannel", bio)], SCHOOL)

    assert "likely" in {one.band for one in found}
