"""A profile that gives its owner's age is read; one that speaks of a child, a team or a marriage is not."""

from datetime import date

import pytest

from engines.words.age import age_stated

AS_OF = date(2026, 11, 23)


def ages(text: str) -> set[int]:
    return {int(one.what) for one in age_stated(text, as_of=AS_OF)}


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("11 yrs", 11),
        ("im 12", 12),
        ("I\u2019m 11 & I bake", 11),
        ("age 12", 12),
        ("Age: twelve", 12),
        ("12yo", 12),
        ("12 y/o goalie", 12),
        ("Ella \u2022 12 \u2022 dancer", 12),
        ("11 \U0001f382 horses", 11),
        ("turning 12 in June", 11),
        ("born 2015", 11),
        ("D.O.B 14/02/2016", 10),
        ("Year 5", 10),
        ("Yr 6 \U0001f31f", 11),
        ("Year 7", 12),
        ("im 14", 14),
        ("13 in July", 12),
        ("13 next month", 12),
        ("Lily (11) dance", 11),
        ("age 9. account run by me", 9),
        ("twelve n three quarters, gamer", 12),
        ("10\u00be", 10),
        ("02.05.2015 \U0001f382", 11),
        ("DOB 3/9/14", 12),
        ("p6 | Kirkbrae", 11),
        ("primary 5 girl", 10),
        ("primary four", 9),
        ("P5 at Kirkbrae Primary | football", 10),
        ("born 12 May 2016", 10),
        ("born on a farm. dob 3rd of march 2015", 11),
    ],
)
def test_an_own_age_is_read(text: str, age: int) -> None:
    assert ages(text) == {age}


@pytest.mark.parametrize(
    "text",
    [
        "mum of an 11 year old",
        "teaching for 12 years",
        "Year 6 teacher",
        "under 11s coach",
        "U12",
        "12 years sober",
        "est. 2014",
        "Married 11 years",
        "Year 8",
        "Head of Year 7",
        "12 string guitar",
        "Newcastle 1-0",
        "24/7",
        "born 1979",
        "Dad of two (12 & 10)",
        "Stay at home dad. Loves 3 boys, 12, 9 and 4",
        "Year 4 parent rep",
        "Primary school TA, Year 5, plants",
        "Former Year 6 pupil",
        "Account run by mum, age 9",
        "02.05.2015 \U0001f48d",
        "p6 teacher",
        "P1 at Silverstone",
        "our dog born 12 May 2016",
        "DOB 3/9/1984",
        "size 10\u00be boots",
        "",
    ],
)
def test_anothers_age_is_not(text: str) -> None:
    assert ages(text) == set()


def test_a_year_of_birth_is_read_as_of_the_day() -> None:
    assert [one.what for one in age_stated("born 2015", as_of=date(2027, 1, 1))] == ["12"]
