"""A likely match says which words of the public profile its reasons rest on, beside the name and the handle."""

from dataclasses import replace
from datetime import date

import pytest

from engines.people.matching import match_people
from engines.people.model import PersonMatch
from tests.engines.people.faces import SCHOOL, actor, people

REGISTERS = """
    role     | person_id | title | given_names | surname  | year_group | class_name | job_title      | x_account | related_ids
    pupil    | p1        |       | Tia         | Brannel  | 8          | 8D         |                |           |
    pupil    | p2        |       | Mona        | Farlow   | 9          |            |                | mona      |
    staff    | s1        | Mrs   | Odette      | Quill    |            |            | Teacher of Art |           |
    parent   | f1        |       | Hanne       | Brannel  |            |            |                |           | p1
    governor | g1        |       | Ivo         | Orrin    |            |            |                |           |
    leaver   | l1        |       | Una         | Marlby   |            |            |                |           |
"""  # noqa: E501


def likely(name: str, bio: str | None, **more: str) -> PersonMatch:
    """Return the one match with an account of this name and bio."""
    shown = actor(name, bio, **more)
    [found] = [one for one in match_people(people(REGISTERS), [shown], SCHOOL) if one.band != "possible"]
    return found


@pytest.mark.parametrize(
    ("name", "bio", "words"),
    [
        ("Tia Brannel", "Year 8 at Ousterly Vale", "Year 8 at Ousterly Vale"),
        ("Tia Brannel", "Cats!\nYear 8 at Ousterly Vale\nrain", "Year 8 at Ousterly Vale"),
        ("Tia Brannel", "OVS | 8D | cats", "OVS | 8D"),
        ("Tia Brannel", "OVS | cats | 8D", "OVS … 8D"),
        ("Tia Brannel", "cats and trains \u2013 ovs \u2013 rain", "ovs"),
        ("Odette Quill", "Gardening. Teacher of Art at OVS | cats", "Teacher of Art at OVS"),
        ("Hanne Brannel", "Mum of Tia at Ousterly Vale | cats", "Mum of Tia at Ousterly Vale"),
        ("Ivo Orrin", "Chair of governors, Ousterly Vale School | cyclist", "Chair of governors, Ousterly Vale School"),
        ("Una Marlby", "Ousterly Vale class of 2019 | baker", "Ousterly Vale class of 2019 | baker"),
    ],
)
def test_the_parts_of_the_bio_that_the_reasons_rest_on_are_given_as_written(name: str, bio: str, words: str) -> None:
    assert " … ".join(likely(name, bio).words) == words


def test_a_long_part_is_parted_at_its_commas() -> None:
    hobbies = ", ".join(["I like trains and rain"] * 5)

    assert likely("Tia Brannel", f"{hobbies}, Year 8 at OVS, {hobbies}").words == ("Year 8 at OVS",)


def test_what_no_part_tells_alone_is_given_whole() -> None:
    assert likely("Tia Brannel", "Year\n8").words == ("Year\n8",)


def test_a_place_that_the_reasons_rest_on_is_given_after_the_bio() -> None:
    assert likely("Tia Brannel", "8D | cats", location="Ousterly Vale School").words == ("8D", "Ousterly Vale School")


@pytest.mark.parametrize(
    ("name", "bio", "more"),
    [
        ("Mona Farlow", "Year 9 at Ousterly Vale", {"handle": "mona"}),
        ("Tia Brannel", "cats", {"handle": "tiabrannel_y8"}),
        ("Tia Brannel", None, {"handle": "tiabrannel_8d"}),
    ],
    ids=["a register alone", "a year in the handle", "a class in the handle and no bio"],
)
def test_there_are_none_where_a_register_or_the_name_was_gone_by(
    name: str, bio: str | None, more: dict[str, str]
) -> None:
    assert likely(name, bio, **more).words == ()


def test_evidence_that_the_school_switched_off_is_not_among_the_words() -> None:
    shown = [actor("Tia Brannel", "Ousterly Vale | 8D | Year 8")]

    [found] = match_people(people(REGISTERS), shown, SCHOOL, evidence={"display_name", "school", "year"})[:1]

    assert found.words == ("Ousterly Vale", "Year 8")


def test_an_age_is_among_them() -> None:
    born = [replace(one, date_of_birth=date(2014, 3, 11)) if one.role == "pupil" else one for one in people(REGISTERS)]

    found = match_people(born, [actor("Tia Brannel", "OVS • 12 • cats")], SCHOOL, as_of=date(2026, 11, 2))[0]

    assert found.words == ("OVS • 12",)


def test_a_match_that_is_only_possible_has_none() -> None:
    assert {one.words for one in match_people(people(REGISTERS), [actor("Tia", "Year 8, OVS")], SCHOOL)} == {()}
