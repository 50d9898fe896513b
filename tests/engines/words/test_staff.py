"""Personal detail about staff is found; news of their work is not."""

import pytest

from engines.words.official_posts import staff_detail


def found(text: str) -> set[str]:
    return {one.what for one in staff_detail(text)}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Get well soon Mr Harcombe, who is in hospital", "health"),
        ("Mrs Dace is off with stress", "health"),
        ("Miss Oduwale is back from maternity leave", "pregnancy"),
        ("Ms Grady is expecting a baby", "pregnancy"),
        ("Congratulations to Miss Tarrant on her engagement", "family"),
        ("Our cook's husband is poorly", "family"),
        ("Happy 50th birthday to our caretaker", "age"),
        ("Mr Vine turned 40 today", "age"),
        ("Miss Kerr bought a new house", "home"),
        ("Mr Lacey is a practising Muslim", "belief"),
        ("The headteacher's salary of last year", "pay"),
        ("Mr Yarrow has been suspended", "discipline"),
        ("Mrs Ferrensby is leaving us to look after a relative", "leaving"),
        ("Well done Mr Crake. He is off sick today.", "health"),
    ],
)
def test_a_personal_detail_is_found(text: str, what: str) -> None:
    assert what in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mr Rudge has joined as Head of Music",
        "Well done Miss Tarrant on the assembly",
        "Mrs Dace leads the Year 6 residential",
        "Mr Stannard teaches Year 10 about pregnancy and birth",
        "Year 9 visited the hospital and the hospice",
        "The Mr Men came alive in Year 1",
        "Happy birthday to our library",
        "",
    ],
)
def test_news_of_their_work_is_not(text: str) -> None:
    assert found(text) == set()


def test_a_school_may_add_a_job() -> None:
    assert staff_detail("Our beadle is in hospital") == []
    assert staff_detail("Our beadle is in hospital", extra={"job": ["beadle"]}) != []
