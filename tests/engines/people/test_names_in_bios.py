"""A name that stands in a bio: at its start before anything, or in a handle from elsewhere; two friends."""

import pytest

from engines.people.matching import match_people
from tests.engines.people.faces import SCHOOL, actor, people

PUPILS = """
    role  | person_id | given_names | surname | year_group
    pupil | p1        | Tia         | Brannel | 8
    pupil | p2        | Chidi       | Oakes   | 8
"""


@pytest.mark.parametrize(
    "bio",
    [
        "Tia Brannel y8 OVS",
        "tia brannel ovs y8",
        "Tia Brannel ~ y8 OVS",
        "Tia B y8 OVS",
        "tia brannel loves cats and dogs, y8 OVS",
        "y8 OVS | snap: tia.brannel",
        "sc tiabrannel, y8 ovs",
        "tt @tia_brannel | OVS y8",
        "main @tiabrannel x OVS x y8",
        "OVS y8 \N{GHOST} tiabrannel",
    ],
)
def test_a_name_in_a_bio_is_its_owners(bio: str) -> None:
    [match] = match_people(people(PUPILS), [actor(None, bio, handle="maplerush88")], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "likely")


@pytest.mark.parametrize("bio", ["bsf: tia.brannel y8 OVS", "my bestie @tiabrannel, OVS", "we love tia brannel OVS"])
def test_somebody_elses_name_in_a_bio_is_not(bio: str) -> None:
    assert match_people(people(PUPILS), [actor(None, bio, handle="maplerush88")], SCHOOL) == []


@pytest.mark.parametrize(
    ("handle", "name"),
    [("tia_and_chidi", "Tia & Chidi"), ("tia.n.chidi", None), ("duo7", "Tia + Chidi"), ("duo7", "Tia x Chidi"),
     ("duo7", "Tia/Chidi")],
)  # fmt: skip
def test_an_account_of_two_friends_is_of_both(handle: str, name: str | None) -> None:
    found = match_people(people(PUPILS), [actor(name, "y8 OVS", handle=handle)], SCHOOL)

    assert {one.person_id for one in found if one.probability > 0.5} == {"p1", "p2"}


STAFF = """
    role  | person_id | title | given_names | surname | job_title
    staff | s1        | Mrs   | Ada         | Brannel | Maths Teacher
    staff | s2        | Mr    | Tom         | Brook   | Caretaker
    pupil | p1        |       | Tia         | Oakes   |
"""


@pytest.mark.parametrize("handle", ["mrs_b_teaches", "mrsbmaths", "mrs.b.teacher"])
def test_a_title_an_initial_and_the_job_list_the_teacher(handle: str) -> None:
    found = match_people(people(STAFF), [actor("Mrs B", "Maths Teacher, OVS", handle=handle)], SCHOOL)

    assert [(one.person_id, one.band) for one in found if one.is_best] == [("s1", "possible")]


@pytest.mark.parametrize(
    "name", ["Ada Verrick (n\N{LATIN SMALL LETTER E WITH ACUTE}e Brannel)", "Ada Verrick nee Brannel"]
)
def test_the_name_that_somebody_bore_once_is_read(name: str) -> None:
    found = match_people(people(STAFF), [actor(name, "OVS teacher")], SCHOOL)

    assert [one.person_id for one in found if one.is_best] == ["s1"]
