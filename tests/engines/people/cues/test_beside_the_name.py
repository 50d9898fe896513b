"""What stands beside the name in the name shown is read as a bio is: the year, the class, the age, the school."""

import pytest

from engines.people.matching import match_people
from engines.people.model import RegisterPerson
from tests.engines.people.faces import SCHOOL, actor
from tests.engines.people.score.test_misread_evidence import bits_of

TIA = RegisterPerson(
    role="pupil", person_id="p1", given_names="Tia", surname="Brannel", year_group="8", class_name="8D"
)


@pytest.mark.parametrize(
    ("name", "evidence"),
    [
        ("Tia Brannel (Y8)", "child.year"), ("Tia Brannel | year 8", "child.year"), ("Tia Brannel y8", "child.year"),
        ("Tia Brannel (Y9)", "child.other_year"), ("Tia Brannel | OVS", "child.school"), ("tia 8D ovs", "child.class"),
        ("Tia Brannel - OVS", "child.school"), ("Tia Brannel OVS", "child.school"),
        ("OVS | Tia Brannel", "child.school"),
        ("Tia Brannel \U0001f3eb Ousterly Vale School", "child.school"), ("Tia Brannel, 13", "child.age"),
        ("Tia Brannel (Beacon Hill High)", "child.other_school"),
        ("Tia Brannel | netball at OVS", "child.school"),
    ],
)  # fmt: skip
def test_what_stands_beside_the_name_shown_is_read(name: str, evidence: str) -> None:
    bits = bits_of("tia.brannel", TIA, name=name)

    assert (bits[evidence] > 0) is ("other" not in evidence)
    assert not {"display.unexplained", "display.other_initial", "child.group"} & bits.keys()


@pytest.mark.parametrize("name", ["Tia Brannel | OVS Y8", "Tia Brannel (year 8, Ousterly Vale School)", "tia 8D ovs"])
def test_a_name_with_its_school_and_year_needs_no_bio(name: str) -> None:
    [found] = match_people([TIA], [actor(name, handle="tia.brannel")], SCHOOL)

    assert found.band == "likely"


@pytest.mark.parametrize("name", ["Tia (she/her)", "Tia Brannel she/her", "Tia [she/they]", "Tia (she | her)"])
def test_pronouns_are_no_part_of_a_name(name: str) -> None:
    assert not {"display.unexplained", "display.silent_letters"} & bits_of("tia.brannel", TIA, name=name).keys()


@pytest.mark.parametrize("name", ["Tia Vale", "Tia Vale | Y8", "Tia Vale Y8"])
def test_a_surname_that_is_a_word_of_the_schools_name_is_the_persons(name: str) -> None:
    vale = RegisterPerson(role="pupil", person_id="p1", given_names="Tia", surname="Vale", year_group="8")
    bits = bits_of(None, vale, name=name)

    assert bits["surname.own"] > 0
    assert "child.school" not in bits


def test_a_club_that_shows_its_own_name_is_still_a_group() -> None:
    assert bits_of("tia.brannel", TIA, name="Tia Brannel Netball Club")["child.group"] < 0


@pytest.mark.parametrize(("given", "surname"), [("Yu", "Ma"), ("Amadou", "Ba")])
def test_a_surname_that_is_a_degree_is_a_surname(given: str, surname: str) -> None:
    person = RegisterPerson(role="pupil", person_id="p1", given_names=given, surname=surname, year_group="8")

    assert bits_of(None, person, name=f"{given} {surname}".upper())["surname.own"] > 0
