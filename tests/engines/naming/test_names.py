"""A full name on the roll is found however it is written; a part of one, or of a longer one, is not."""

import time

import pytest
from hypothesis import given

from engines.naming import Names, PersonName, Strength
from tests.engines.words.test_any_text import HOSTILE, TEXTS

PEOPLE = [
    ("p1", PersonName(given_names="Mia", surname="Holloway")),
    ("p2", PersonName(given_names="Zo\u00eb Anne", known_as="Zo", surname="O'Brennan")),
    ("p3", PersonName(given_names="Jean-Luc", surname="Okonjo-Wray")),
    ("p4", PersonName(given_names="Fiona", surname="McAdam")),
    ("p5", PersonName(given_names="Ren\u00e9")),
    ("p6", PersonName(given_names="Mia", surname="Holloway-Grant")),
]
ROLL = Names.of(PEOPLE)


def found(text: str, roll: Names = ROLL, least: Strength = Strength.FULL) -> list[str]:
    return [mention.who for mention in roll.mentions(text, least=least)]


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
    assert found("Mia Holloway-Grant", Names.of(PEOPLE[:1])) == []


def test_two_people_of_one_name_are_both_returned() -> None:
    assert found("Mia Holloway", Names.of([*PEOPLE, ("p9", PersonName("Mia Holloway"))])) == ["p1", "p9"]


@pytest.mark.parametrize(
    "text",
    [
        "Mia, Holloway and I",
        "Mia. Holloway house won",
        "Holloway Mia",
        "HOLLOWAY\nMIA",
        "mia.holloway@example.org",
        '"Holloway";"Mia"',
        "#HollowayMia",
        "Anna-Mia Holloway",
        "Mia Holloway-Brown",
    ],
)
def test_the_words_of_a_name_in_a_row_are_less_than_a_name_in_full(text: str) -> None:
    assert found(text, least=Strength.ROW) == ["p1"]
    assert found(text) == []


def test_a_part_of_a_name_is_found_where_it_was_asked_for_and_says_whether_it_has_a_capital() -> None:
    names = Names(no_names=("May", "Holloway House"))
    names.learn("p2", PersonName("May O\u2019Brennan Holloway-Grant").forms, parts=True)
    text = "OBRENNAN and grant may come; Brennan, Holloway and Ann may not"

    said = [(text[each.start : each.end], each.is_capital) for each in names.mentions(text, least=Strength.PART)]

    assert said == [("OBRENNAN", True), ("grant", False), ("Brennan", True)]


def test_letters_that_another_name_has_too_are_no_mention_of_it() -> None:
    assert found("Anne Wing sang", Names.of([("p1", PersonName("Ann Ewing"))]), least=Strength.PART) == []


@pytest.mark.parametrize(("text", "who"), [("rosemary grows", []), ("#RoseMary", ["p1"]), ("@rosemary", ["p1"])])
def test_a_name_that_is_written_as_one_word_may_be_that_word_unless_it_is_a_tag(text: str, who: list[str]) -> None:
    assert found(text, Names.of([("p1", PersonName("Rose Mary"))])) == who


@pytest.mark.parametrize(
    "text",
    [
        "x.test/?q=Zo%C3%AB+O%27Brennan",
        "Zo&euml; O&#39;Brennan",
        "Zo&#235; O&#x2019;Brennan",
        "said \\\"Zo\\\\u00eb O'Brennan",
    ],
    ids=["address", "html", "html-numbers", "json-in-json"],
)
def test_a_name_that_an_address_or_a_page_writes_in_escapes_is_found_where_it_stands(text: str) -> None:
    [mention] = ROLL.mentions(text, least=Strength.FULL if "+" not in text else Strength.ROW)

    assert mention.who == "p2"
    assert text[mention.start : mention.end].startswith("Zo")
    assert text[mention.start : mention.end].endswith("Brennan")


def test_signs_of_a_question_are_no_escapes() -> None:
    roll = Names.of([("p1", PersonName("Adam Beckett"))])

    assert found("name ilike '%adam beckett%' & x", roll) == ["p1"]


def test_a_name_is_shortened_by_half_a_joined_surname_and_by_letters_in_the_middle() -> None:
    assert PersonName(None, "Zoe Ann", "Lee-Marsh", "Zo").shortened == (
        "Zoe Lee", "Lee, Zoe", "Zoe Marsh", "Marsh, Zoe", "Zo Lee", "Lee, Zo", "Zo Marsh", "Marsh, Zo",
        "Zoe A Lee-Marsh", "Zo A Lee-Marsh",
    )  # fmt: skip
    assert PersonName("Ann Lee").shortened == ()


def test_a_name_has_its_forms_each_once_and_the_surname_first_has_a_comma() -> None:
    assert PersonName(None, "Zo\u00eb Ann", "Lee", "Zo", "Nan Lee; Bee").forms == (
        "Zo\u00eb Ann Lee", "Zo\u00eb Lee", "Zo Lee", "Lee, Zo\u00eb Ann", "Lee, Zo\u00eb", "Lee, Zo", "Nan Lee", "Bee",
    )  # fmt: skip
    assert PersonName("Lee, Ann Bea").forms == ("Lee, Ann Bea", "Ann Bea Lee", "Ann Lee", "Lee, Ann")


def test_the_span_is_that_of_the_text_as_given() -> None:
    text = "\U0001f389\ufe0f Caf\u00e9: Zoe\u0308 O\u2019Brennan won, and Zo\\u00eb O\\u2019Brennan"

    first, second = ROLL.mentions(text, least=Strength.FULL)

    assert text[first.start : first.end] == "Zoe\u0308 O\u2019Brennan"
    assert text[second.start : second.end] == "Zo\\u00eb O\\u2019Brennan"


@given(text=TEXTS)
def test_every_name_points_into_the_text(text: str) -> None:
    roll = Names()
    roll.learn("p1", ["Ab Cd", "\u00c4b \u00c4\u00f6"], parts=True)

    assert all(0 <= each.start < each.end <= len(text) for each in roll.mentions(text, least=Strength.PART))


@pytest.mark.parametrize("text", [*HOSTILE, "#" + "\u00e4B" * 2_000, "mia " * 2_000], ids=range(len(HOSTILE) + 2))
def test_a_hostile_text_is_read_to_its_end(text: str) -> None:
    roll = Names.of([*PEOPLE, ("h1", PersonName("\u00e4B" * 20)), ("h2", PersonName("Mia " * 20))])
    began = time.process_time()

    roll.mentions(text, least=Strength.PART)

    assert time.process_time() - began < 2


@given(before=TEXTS, after=TEXTS)
def test_the_quick_look_lets_every_text_through_that_names_somebody(before: str, after: str) -> None:
    few, many = Names(), Names.of((f"p{n}", PersonName(f"Somebody Else{n}")) for n in range(300))
    for roll in (few, many):
        roll.learn("k", ["Koelbauer \u00d8stergaard-J\u00fcng", "Mario Evans"])

    for text in (f"{before} K\u00f6lbauer OESTERGAARD J\u00fcng {after}", f"{before} #marioevans {after}"):
        assert found(text, few, Strength.ROW) == [who for who in found(text, many, Strength.ROW) if who == "k"]


def test_a_roll_finds_each_of_many_people() -> None:
    letters = "abcdefghij"
    people = [(f"p{n}", "G" + "".join(letters[int(d)] for d in f"{n:04}")) for n in range(500)]
    roll = Names.of((who, PersonName(f"{given} Pell")) for who, given in people)

    assert [found(f"Hurrah for {given} Pell", roll) for _, given in people] == [[who] for who, _ in people]
