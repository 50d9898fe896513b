"""A full name on the roll is found however it is written; a part of one, or of a longer one, is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.words.people_named import NameList, names_in

PEOPLE = [
    ("p1", "Mia", None, "Holloway"),
    ("p2", "Zo\u00eb Anne", "Zo", "O'Brennan"),
    ("p3", "Jean-Luc", None, "Okonjo-Wray"),
    ("p4", "Fiona", None, "McAdam"),
    ("p5", "Ren\u00e9", None, None),
    ("p6", "Mia", None, "Holloway-Grant"),
]


def found(text: str, people=PEOPLE) -> list[str]:
    return [who for who, _ in names_in(text, people)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Well done Mia Holloway", "p1"),
        ("MIA  HOLLOWAY!", "p1"),
        ("Mia Holloway's goal", "p1"),
        ("Mia Holloway\u2019s goal", "p1"),
        ("Holloway, Mia", "p1"),
        ("#MiaHolloway", "p1"),
        ("#miaholloway", "p1"),
        ("@MiaHolloway07", "p1"),
        ("#Mia_Holloway", "p1"),
        ("#WellDoneMiaHolloway", "p1"),
        ("M\u200bia Hollow\u0301ay", "p1"),
        ("Zoe O\u2019Brennan", "p2"),
        ("Zo\u0308e Anne OBrennan", "p2"),
        ("Zo O'Brennan", "p2"),
        ("Jean Luc Okonjo Wray", "p3"),
        ("jean-luc okonjo-wray", "p3"),
        ("Fiona McAdam", "p4"),
        ("#FionaMcAdam", "p4"),
        ("Mia Holloway-Grant", "p6"),
        ("'Mia Holloway'", "p1"),
    ],
)
def test_a_full_name_is_found(text: str, who: str) -> None:
    assert found(text) == [who]


@pytest.mark.parametrize(
    "text",
    [
        "Mia",
        "Holloway",
        "Mia. Holloway house won",
        "Mia, Holloway and I",
        "Mia and Holloway",
        "Holloway Mia",
        "Miah Holloway",
        "Mia Holloways",
        "Ren\u00e9",
        "Anna-Mia Holloway",
        "",
    ],
)
def test_a_part_of_a_name_is_not(text: str) -> None:
    assert found(text) == []


def test_a_name_within_a_longer_name_is_not_found_when_only_the_shorter_is_on_the_roll() -> None:
    assert found("Mia Holloway-Grant", PEOPLE[:1]) == []


def test_two_people_of_one_name_are_both_returned() -> None:
    assert found("Mia Holloway", [*PEOPLE, ("p9", "Mia", None, "Holloway")]) == ["p1", "p9"]


def test_a_person_may_be_a_row_with_names_for_its_columns() -> None:
    row = {"person_id": "p1", "given_names": "Mia Rose", "known_as": None, "surname": "Holloway"}

    assert found("Mia Holloway", [row]) == ["p1"]


def test_the_span_is_that_of_the_text_as_given() -> None:
    text = "\U0001f389\ufe0f Caf\u00e9: Zoe\u0308 O\u2019Brennan won"

    [(_, span)] = names_in(text, PEOPLE)

    assert text[slice(*span)] == "Zoe\u0308 O\u2019Brennan"


@given(st.text(), st.text())
def test_a_roll_answers_as_its_people_do(before: str, after: str) -> None:
    text = f"{before} Mia Holloway {after}"

    assert NameList(PEOPLE).names_in(text) == names_in(text, PEOPLE)


def test_a_roll_finds_each_of_many_people() -> None:
    letters = "abcdefghij"
    people = [(f"p{n}", "G" + "".join(letters[int(d)] for d in f"{n:04}"), None, "Pell") for n in range(500)]
    roll = NameList(people)

    assert [roll.names_in(f"Hurrah for {given} {surname}")[0][0] for _, given, _, surname in people] == [
        who for who, *_ in people
    ]
