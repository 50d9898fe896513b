"""A date of birth in a bio, in every form, and the houses that a school names, are evidence of their own."""

from dataclasses import replace
from datetime import date

import pytest

from engines.people.cues.dates import ages_given, dates_given
from engines.people.matching import match_people
from tests.engines.people.faces import SCHOOL, actor, people

TIA = """
    role  | person_id | given_names | surname
    pupil | p1        | Tia         | Brannel
"""
FORMS = [
    "04/03/13", "4.3.2013", "04-03-2013", "2013-03-04", "4th March 2013", "Mar 4, 2013", "040313", "04|03|13",
    "born 4 Mar 13",
]  # fmt: skip


@pytest.mark.parametrize("bio", ["12 Mariana", "8 Mary", "im 12 Julia", "9 Augustin", "11 Decima", "10 Marchand"])
def test_a_given_name_that_begins_as_a_month_does_is_no_date(bio: str) -> None:
    assert dates_given(bio)[0] == ()


@pytest.mark.parametrize(("date", "name"), [("09 Jun 2012", "Jun"), ("1st May", "May"), ("5 April 12", "April")])
def test_a_month_in_a_date_is_nobodys_name(date: str, name: str) -> None:
    pupils = people(f"""
        role  | person_id | given_names | surname
        pupil | p1        | Tia         | Brannel
        pupil | p2        | {name}      | Farrow
    """)
    found = match_people(pupils, [actor(None, f"OVS | {date} | main @tia-brannel", handle="maple77")], SCHOOL)

    assert [one.person_id for one in found if one.probability > 0.1] == ["p1"]


@pytest.mark.parametrize("month", ["May", "June", "April", "Jan"])
@pytest.mark.parametrize("before", ["year 8", "yr 8", "12", "im 12", "age 12", "class 8"])
def test_a_pupil_whose_name_is_a_month_is_found_behind_a_year_or_an_age(before: str, month: str) -> None:
    pupils = people(f"""
        role  | person_id | given_names | surname
        pupil | p1        | {month}     | Farrow
    """)
    found = match_people(pupils, [actor(None, f"{before} {month} Farrow OVS", handle="maple77")], SCHOOL)

    assert [one.person_id for one in found if one.probability > 0.5] == ["p1"]


@pytest.mark.parametrize(
    ("bio", "digits"),
    [
        ("born 4 febuary 2013", "04022013"),
        ("febuary 4 2013", "04022013"),
        ("4 juni 2013", "04062013"),
        ("21st febuary", "0221"),
    ],
)
def test_a_misspelt_or_foreign_month_is_one_where_a_year_or_an_ordinal_says_so(bio: str, digits: str) -> None:
    assert dates_given(bio)[0] == (digits,)


@pytest.mark.parametrize("bio", FORMS)
def test_a_date_in_every_form_is_read_and_is_no_age(bio: str) -> None:
    assert dates_given(bio)[0] == ("04032013",)
    assert not any(letter.isdigit() for letter in dates_given(bio)[1])


@pytest.mark.parametrize("bio", ["4 March", "March 4th", "04 mar", "\N{BIRTHDAY CAKE} 4/3", "bday 04.03"])
def test_a_day_without_its_year_is_read(bio: str) -> None:
    assert dates_given(bio)[0] == ("0304",)


@pytest.mark.parametrize("bio", ["y8 | 13", "follow 4 follow", "24/7", "1,200 subs", "07123456789"])
def test_other_figures_are_no_date(bio: str) -> None:
    assert dates_given(bio) == ((), bio)


@pytest.mark.parametrize(
    "bio", ["OVS \N{CHERRY BLOSSOM} 13", "13 ~ cats", "y8; 13", "\N{CHERRY BLOSSOM} 13 \N{SPARKLES} ovs"]
)
def test_an_age_stands_alone_between_whatever_parts_a_bio(bio: str) -> None:
    assert ages_given(bio) == {13}


@pytest.mark.parametrize("name", ["Tia Brannel", "Tia B", "T Brannel"])
@pytest.mark.parametrize("bio", FORMS)
def test_the_date_of_birth_makes_a_name_likely(name: str, bio: str) -> None:
    person = replace(people(TIA)[0], date_of_birth=date(2013, 3, 4))
    [match] = match_people([person], [actor(name, bio)], SCHOOL, as_of=date(2026, 11, 20))

    assert (match.person_id, match.band) == ("p1", "likely")


def test_another_date_of_birth_speaks_against() -> None:
    person = replace(people(TIA)[0], date_of_birth=date(2013, 3, 4))

    [match] = match_people([person], [actor("Tia Brannel", "OVS 05/09/2012")], SCHOOL, as_of=date(2026, 11, 20))

    assert match.band == "possible"


@pytest.mark.parametrize("bio", ["Drake house", "house drake", "Vale Rowers U14"])
def test_a_house_or_club_that_the_school_names_supports_its_pupils(bio: str) -> None:
    named = replace(SCHOOL, houses=("Drake", "Vale Rowers"))
    shown = [actor("Tia Brannel", bio)]

    assert [one.band for one in match_people(people(TIA), shown, SCHOOL)] == ["possible"]
    assert [one.band for one in match_people(people(TIA), shown, named)] == ["likely"]


def test_a_house_of_one_word_says_nothing_alone() -> None:
    named = replace(SCHOOL, houses=("Drake",))

    assert [one.band for one in match_people(people(TIA), [actor("Tia Brannel", "Drake fan")], named)] == ["possible"]


@pytest.mark.parametrize(
    "bio",
    [
        "Sir Mo Farah athletics fan | OVS y8",
        "sir mo farah athletics fan | ovs y8",
        "Sir Mo Farah | OVS y8",
        "OVS y8, Dame Kelly Holmes is my hero",
        "Lady Jane Grey house | y8 OVS",
        "Queen Elizabeth II fan | y8 OVS",
        "Sir Isaac Newton science club | OVS y8",
        "Mother Teresa fan | OVS y8",
        "Canon EOS | OVS y8",
        "Blessed Girl | y8 OVS",
        "Cardinal Red | y8 OVS",
        "Lady Gaga's | y8 OVS",
        "SS Lazio | y8 OVS",
        "St Lucia Girl | y8 OVS",
    ],
)
def test_somebody_famous_says_nothing_of_a_pupil_who_names_our_school(bio: str) -> None:
    [match] = match_people(people(TIA), [actor("Tia Brannel", bio, handle="tiabrannel")], SCHOOL)

    assert (match.band, match.against) == ("likely", ())


@pytest.mark.parametrize(
    "bio",
    ["Ousterly Vale School y8 no 9 striker", "OVS school netball no 9 | y8", "y8 OVS high jump no 1",
     "SP 50 hoodies | y8 OVS", "PS 15 is out | y8 OVS", "PS 118 days til summer | OVS y8"],
)  # fmt: skip
def test_a_number_on_a_shirt_or_of_days_is_no_school_s(bio: str) -> None:
    [match] = match_people(people(TIA), [actor("Tia Brannel", bio, handle="tiabrannel")], SCHOOL)

    assert (match.band, match.against) == ("likely", ())


@pytest.mark.parametrize(
    "bio",
    [
        "Sir Roger Manwood netball vs OVS | y8",
        "ex OVS | Sir Roger Manwood | y8",
        "Sir Mo Farah Academy, played OVS | y8",
        "King Edward VI | OVS | y8",
        "Sir Thomas Wharton | y8",
    ],
)
def test_a_school_called_after_somebody_stays_another_school(bio: str) -> None:
    [match] = match_people(people(TIA), [actor("Tia Brannel", bio, handle="tiabrannel")], SCHOOL)

    assert match.band == "possible"


@pytest.mark.parametrize("frame", ["OVS | {}", "{}, Ousterly Vale School", "OVS y8 {}", "y8 at {} (was OVS)"])
@pytest.mark.parametrize(
    "other",
    ["King Alaric III Academy", "Tarnside High", "St Werburgh's", "Ysgol Glan Nant", "Tarnside Sixth Form",
     "Fold Lane CE", "Prince Alaric's", "Lady Margaret School", "Tarnside UTC", "Cardinal Ostrander College",
     "Tarnside Prep", "P.S. 118"],
)  # fmt: skip
def test_another_school_decides_beside_ours_too(other: str, frame: str) -> None:
    shown = actor("Tia Brannel", frame.format(other), handle="tiabrannel")

    [match] = match_people(people(TIA), [shown], SCHOOL)

    assert (match.band, match.probability < 0.5) == ("possible", True)


@pytest.mark.parametrize(
    ("drawn", "bio", "more"),
    [
        ("governor | g1 | Ada | Brannel | ", "Chair of governors, OVS.", " Also Tarnside High"),
        ("parent | f1 | Ada | Brannel | p1", "mum to Tia, OVS", " and Ola, Tarnside Primary"),
    ],
)
def test_another_school_hardly_weighs_for_a_parent_or_governor_who_names_ours(drawn: str, bio: str, more: str) -> None:
    everybody = people(f"""
        role  | person_id | given_names | surname | related_ids
        pupil | p1        | Tia         | Brannel |
        {drawn}
    """)

    one, both = (match_people(everybody, [actor("Ada Brannel", said)], SCHOOL)[0] for said in (bio, bio + more))

    assert (one.role, one.person_id) == (both.role, both.person_id)
    assert one.score - 2 < both.score


def test_a_house_called_after_somebody_is_ours_and_a_school_of_that_name_is_not() -> None:
    named = replace(SCHOOL, houses=("Sir Mo Farah",))
    bios = ("Sir Mo Farah athletics | y8", "Sir Mo Farah Academy | y8")

    matches = [match_people(people(TIA), [actor("Tia Brannel", bio)], named)[0] for bio in bios]

    assert [match.band for match in matches] == ["likely", "possible"]


@pytest.mark.parametrize("bio", ["24/05 \U0001f382", "24.5 bday", "24/05 is my birthday", "24-05 \U0001f382 13"])
def test_a_day_before_the_word_for_a_birthday_is_one(bio: str) -> None:
    assert dates_given(bio)[0] == ("0524",)


@pytest.mark.parametrize("bio", ["24/05 off", "1/2 term", "9/10 would eat cake"])
def test_other_figures_are_no_birthday(bio: str) -> None:
    assert dates_given(bio)[0] == ()
