"""The reasons of a match go into reports: of a register they confirm a year group at most, and tell what is shown."""

from dataclasses import replace
from datetime import date

import pytest

from engines.people.matching import explain_account, match_people
from engines.people.score.weights import learned_weights, meaning_of
from tests.engines.people.faces import SCHOOL, actor, people

TODAY = date(2026, 11, 2)
REGISTERS = """
    role   | person_id | title | given_names | known_as | other_names  | surname | year_group | class_name | job_title      | related_ids
    pupil  | p1        |       | Tiaanne     | Tia      | Quillfeather | Brannel | 8          | 8D         |                |
    staff  | s1        | Mrs   | Odette      |          |              | Farrow  |            |            | Teacher of Art |
    parent | f1        |       | Hanne       |          |              | Brannel |            |            |                | p1
"""  # noqa: E501
EVERYBODY = [replace(one, date_of_birth=date(2014, 3, 11)) if one.role == "pupil" else one for one in people(REGISTERS)]


@pytest.mark.parametrize(
    ("name", "bio", "handle", "says"),
    [
        ("Tia Brannel", "OVS", "tiabrannel2014", "The handle has figures in it that may be a year of birth."),
        ("Tia Brannel", "OVS, 12 years old", "tia", "The profile gives an age that fits."),
        ("Tia Brannel", "OVS, aged 13", "tia", "The profile gives an age that nearly fits."),
        ("Tia Brannel", "OVS 8D", "tia", "The profile gives a class."),
        ("Mrs Odette Farrow", "OVS", "odette", "A title stands before the name."),
        ("Mrs O Farrow", "Teacher of Art", "odette", "The profile gives a job."),
        ("Hanne Brannel", "Mum to Tia", "hanne", "The profile speaks of a child by a given name."),
    ],
)
def test_what_an_account_shows_is_told_and_what_the_register_says_to_it_is_not(
    name: str, bio: str, handle: str, says: str
) -> None:
    one = actor(name, bio, handle=handle)

    [found] = match_people(EVERYBODY, [one], SCHOOL, as_of=TODAY)

    assert says in found.reasons
    assert not [reason for reason in found.reasons if "register" in reason or "so does" in reason]


def test_the_year_group_alone_is_confirmed() -> None:
    [found] = match_people(EVERYBODY, [actor("Tia Brannel", "Year 8, OVS")], SCHOOL, as_of=TODAY)

    assert "The profile says Year 8, and so does the roll." in found.reasons


def test_no_form_of_a_name_that_the_account_does_not_show_is_told() -> None:
    shown = [actor(name, "OVS y8", actor_id=name) for name in ("Tia Brannel", "Tiaanne B", "Quillfeather Brannel")]

    said = " ".join(reason for one in match_people(EVERYBODY, shown, SCHOOL, as_of=TODAY) for reason in one.reasons)

    assert said
    assert not [name for name in ("Tia", "Quillfeather", "Brannel", "8D", "2014") if name in said]


def test_whoever_holds_the_register_has_it_explained_in_full() -> None:
    first, *_ = explain_account("11", EVERYBODY, [actor("Tia Brannel", "OVS 8D")], SCHOOL, as_of=TODAY)

    assert "The profile gives a class, and so does the roll." in [line.says for line in first.lines]


def test_no_sentence_of_a_report_speaks_of_the_register_but_for_the_year_and_the_name() -> None:
    told = {
        meaning_of(name).report_sentence
        for name in learned_weights().bits
        if meaning_of(name).kind not in {"year", "name", "prior"}
    }

    assert len(told) > 50
    assert not [says for says in told if any(word in says for word in ("register", "the roll", "on roll"))]
