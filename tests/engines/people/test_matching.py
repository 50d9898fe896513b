"""Who an account may belong to: declared, likely or possible, with everybody on every register competing."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engines.people.matching import match_people
from engines.people.model import RegisterPerson, SchoolNames
from tests.drawn import drawing
from tests.engines.people.faces import SCHOOL, actor, explained, people

TIA = """
    role  | person_id | given_names | surname | year_group | class_name
    pupil | p1        | Tia         | Brannel | 8          | 8D
"""


@pytest.mark.parametrize("bio", ["OVS", "y8", "8D. Chess.", "Year 8 @ Ousterly Vale"])
def test_a_pupils_full_name_with_a_cue_is_likely(bio: str) -> None:
    assert explained(TIA, actor("T\N{LATIN SMALL LETTER I WITH DIAERESIS}a Brannel", bio)) == drawing("""
        role  | person_id | band   | is_best
        ------+-----------+--------+--------
        pupil | p1        | likely | true
    """)


@pytest.mark.parametrize(
    "bio",
    [
        None,
        "Cats, trains, rain.",
        "Year 9, OVS",
        "Mum of two, OVS",
        "Teacher at OVS",
        "Year 8, Marlcombe Academy",
        "Director. Ousterly Vale.",
    ],
)
def test_a_pupils_full_name_alone_or_with_a_contradiction_is_only_possible(bio: str | None) -> None:
    assert explained(TIA, actor("Tia Brannel", bio)) == drawing("""
        role  | person_id | band     | is_best
        ------+-----------+----------+--------
        pupil | p1        | possible | true
    """)


@pytest.mark.parametrize("name", ["Tia R Brannel", "Tia R. Brannel", "Tia R B", "Tia RB", "tiabrannel", "BRANNELTIA"])
def test_a_middle_initial_and_a_name_in_one_word_are_read(name: str) -> None:
    twins = people("""
        role  | person_id | given_names | surname | year_group
        pupil | p1        | Tia Rose    | Brannel | 8
        pupil | p2        | Leo         | Vane    | 8
        """)

    [match] = match_people(twins, [actor(name, "OVS y8", handle="maplerush88")], SCHOOL)

    assert (match.person_id, match.band) == ("p1", "likely")


@pytest.mark.parametrize("name", ["Tia K Brannel", "Tia K B", "tiabrannelson", "tiavane"])
def test_an_initial_or_letters_that_are_no_name_of_theirs_speak_against_them(name: str) -> None:
    found = match_people(people(TIA), [actor(name, "OVS y8", handle="maplerush88")], SCHOOL)

    assert "likely" not in [match.band for match in found]


@pytest.mark.parametrize(
    "name", ["tiaaa brannel", "Tiayy Brannel", "Tia Brannelll", "Tiaaa Branneeel", "Tia Brannel depop"]
)
def test_letters_drawn_out_in_a_shown_name_and_a_shop_of_ones_own_clothes_are_no_other_name(name: str) -> None:
    [match] = match_people(people(TIA), [actor(name, "OVS", handle="maplerush88")], SCHOOL)

    assert match.band == "likely"


@pytest.mark.parametrize("name", ["Mrs Yardley Maths", "Mrs Yardley - maths", "Mrs Yardley Maths Dept"])
def test_what_follows_a_titled_name_is_what_its_owner_teaches(name: str) -> None:
    staff = people("""
        role  | person_id | title | given_names | surname | job_title
        staff | s1        | Mrs   | Ann         | Yardley | Teacher of Maths
        """)

    [match] = match_people(staff, [actor(name, "OVS")], SCHOOL)

    assert match.band == "likely"


@pytest.mark.parametrize("name", ["Tia", "Brannel"])
def test_a_given_name_or_a_surname_alone_is_never_likely(name: str) -> None:
    assert [one.band for one in match_people(people(TIA), [actor(name, "OVS y8")], SCHOOL)] == ["possible"]


@pytest.mark.parametrize(
    "bio",
    ["Ousterly 12", "12 Ousterly", "OVS x 12", "Marchshire\n12\nnetball", "8D Ousterly", "12 x netball x Ousterly"],
)
def test_an_age_or_a_class_beside_our_own_names_is_read(bio: str) -> None:
    born = [replace(one, date_of_birth=date(2014, 3, 21)) for one in people(TIA)]
    near = [replace(one, person_id="p2", date_of_birth=date(2009, 3, 21), class_name="12X") for one in born]

    found = match_people([*born, *near], [actor("Tia Brannel", bio)], SCHOOL, as_of=date(2026, 11, 20))

    assert [(match.person_id, match.band) for match in found if match.is_best] == [("p1", "likely")]


@pytest.mark.parametrize(
    "bio", ["Student at OVS. Views mine.", "MYP for Ousterly. Student, 12. Opinions my own. Netball"]
)
def test_the_views_of_a_pupil_are_no_sign_of_a_grown_person(bio: str) -> None:
    assert [one.band for one in match_people(people(TIA), [actor("Tia Brannel", bio)], SCHOOL)] == ["likely"]


@pytest.mark.parametrize("name", ["T Brannel", "Brannel T", "Tia B"])
def test_a_name_with_an_initial_is_likely_only_where_nobody_else_can_be_meant(name: str) -> None:
    of_that_year = "".join(
        f"""
        pupil | p{number} | Tia{"" if number % 2 else "na"} | {"Brannel" if number % 3 else "Oakes"} | 8"""
        for number in range(20, 32)
    )

    assert [one.band for one in match_people(people(TIA), [actor(name, "OVS y8")], SCHOOL)] == ["likely"]
    assert [one.band for one in match_people(people(TIA), [actor(name, None)], SCHOOL)] == ["possible"]
    crowded = people(
        f"""
        role  | person_id | given_names | surname | year_group
        pupil | p1        | Tia         | Brannel | 8{of_that_year}
        """
    )
    assert {one.band for one in match_people(crowded, [actor(name, "OVS y8")], SCHOOL)} == {"possible"}


@pytest.mark.parametrize("name", [None, "", "\N{PARTY POPPER}", "Year 8", "OVS"])
def test_no_part_of_a_name_is_nobody(name: str | None) -> None:
    assert match_people(people(TIA), [actor(name, "OVS y8")], SCHOOL) == []


@pytest.mark.parametrize(
    "name", ["Tia Brannel | goalie", "Tia Brannel (she/her)", "Tia Brannel y8", "Tia Brannel - OVS", "TIA BRANNEL!"]
)
def test_what_people_add_to_their_name_does_not_hide_it(name: str) -> None:
    assert [one.band for one in match_people(people(TIA), [actor(name, "y8")], SCHOOL)] == ["likely"]


def test_the_name_a_person_is_known_as_the_first_of_several_and_the_full_name_all_count() -> None:
    drawn = """
        role  | person_id | given_names | surname     | known_as | full_name
        pupil | p1        | Chidiebere  | Okonjo-Wray | Chidi    |
        pupil | p2        | Mary Jane   | Hollin      |          |
        pupil | p3        |             |             |          | Farr, Ida
        pupil | p4        |             |             |          | Suresh
    """
    shown = ["Chidi Okonjo Wray", "chidiebere okonjo-wray", "Mary Hollin", "Mary Jane Hollin", "Ida Farr", "Suresh"]

    found = match_people(people(drawn), [actor(name, "OVS", actor_id=name) for name in shown], SCHOOL)

    assert [one.person_id for one in found] == ["p1", "p1", "p2", "p2", "p3", "p4"]


def test_the_reasons_say_why_and_name_nobody() -> None:
    drawn = """
        role     | person_id | given_names | surname | year_group | class_name
        pupil    | p1        | Tia         | Brannel | 8          | 8D
        pupil    | p2        | Tia         | Brannel |            |
        governor | g1        | Tia         | Brannel |            |
    """

    found = match_people(people(drawn), [actor("Tia Brannel", "Year 8, OVS")], SCHOOL)

    assert found[0].reasons == (
        "The public name is the full name of 2 pupils on roll.",
        "The profile names the school.",
        "The profile says Year 8, and so does the roll.",
    )
    assert found[1].reasons[-1] == "One pupil on roll explains the account as well or better."
    assert found[0].against == ()
    assert found[1].against[-1] == found[1].reasons[-1]
    assert set(found[1].against) < set(found[1].reasons)
    assert not any(name in " ".join(one.reasons) for one in found for name in ("Tia", "Brannel"))


def test_a_declaration_is_surer_than_a_name_with_a_cue_and_that_surer_than_a_name() -> None:
    drawn = TIA.replace("class_name", "class_name | x_account").replace("8D", "8D | 12")
    shown = [actor("moth", actor_id="12"), actor("Tia Brannel", "OVS"), actor("Tia Brannel", actor_id="13")]

    found = match_people(people(drawn), shown, SCHOOL)

    assert [one.band for one in found] == ["declared", "likely", "possible"]
    assert found[0].probability >= found[1].probability > found[2].probability
    assert found[0].score > found[1].score > found[2].score


_NAMES = st.text(alphabet=st.characters(categories=("Lu", "Ll")), min_size=1, max_size=12)


@pytest.mark.parametrize("given_names", ["Sir", "Dame", "MR", "Rev"])
def test_a_given_name_that_is_written_like_a_title_is_a_name(given_names: str) -> None:
    person = RegisterPerson(role="pupil", person_id="p1", given_names=given_names, surname="Brannel")
    named, titled = actor(f"{given_names} Brannel", "OVS"), actor("Mrs Brannel", "OVS")

    assert [one.band for one in match_people([person], [named], SCHOOL)] == ["likely"]
    assert "likely" not in [one.band for one in match_people([person], [titled], SCHOOL)]


def _is_latin(name: str) -> bool:
    return all(unicodedata.name(letter).startswith("LATIN") for letter in name)


@given(_NAMES, _NAMES)
def test_a_name_matches_itself(given_names: str, surname: str) -> None:
    assume(_is_latin(given_names) == _is_latin(surname))  # docs/identity.md, "What it cannot find"
    person = RegisterPerson(role="pupil", person_id="p1", given_names=given_names, surname=surname)

    matches = match_people([person], [actor(f"{given_names} {surname}", "OVS")], SCHOOL)

    assert [match.band for match in matches] == ["likely"]


@given(_NAMES, _NAMES)
def test_a_name_matches_itself_in_capitals(given_names: str, surname: str) -> None:
    person = RegisterPerson(role="pupil", person_id="p1", given_names=given_names, surname=surname)

    assert match_people([person], [actor(f"{given_names} {surname}".casefold())], SchoolNames("A School"))


@pytest.mark.parametrize("surname", ["Governor", "Parent", "College", "Mrs", "Y8"])
def test_a_name_that_is_a_cue_word_is_only_a_name(surname: str) -> None:
    person = RegisterPerson(role="pupil", person_id="p1", given_names="Tia", surname=surname, year_group="7")

    assert [one.band for one in match_people([person], [actor(f"Tia {surname}", "OVS")], SCHOOL)] == ["likely"]
    assert [one.band for one in match_people([person], [actor(f"Tia {surname}")], SCHOOL)] == ["possible"]
