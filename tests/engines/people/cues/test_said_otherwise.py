"""What profiles say in other words: a relative's school, a birth, a work, a place, our school in a tag or a handle."""

from dataclasses import replace
from datetime import date

import pytest

from engines.people.matching import match_people
from engines.people.model import RegisterPerson, SchoolNames
from tests.engines.people.faces import SCHOOL, actor
from tests.engines.people.score.test_misread_evidence import bits_of

TIA = RegisterPerson(
    role="pupil", person_id="p1", given_names="Tia", surname="Brannel", year_group="8", class_name="8D"
)
ANN = RegisterPerson(
    role="staff", person_id="s1", given_names="Ann", surname="Yardley", title="Mrs", job_title="Teacher of Maths"
)
PAT = RegisterPerson(role="parent", person_id="f1", given_names="Pat", surname="Brannel", related_ids="p1")
TIA_BORN = RegisterPerson(
    role="pupil", person_id="p1", given_names="Tia", surname="Brannel", year_group="8", date_of_birth=date(2013, 5, 24)
)
AMONG, DAY = 600, date(2026, 11, 20)


def _band(
    person: RegisterPerson, name: str | None, bio: str | None, handle: str = "page4829", school: SchoolNames = SCHOOL
) -> str:
    strangers = [actor(None, handle=f"stranger{number}", actor_id=f"s{number}") for number in range(AMONG)]
    found = match_people(
        [person, TIA] if person is PAT else [person], [actor(name, bio, handle=handle), *strangers], school
    )
    return next((match.band for match in found if match.person_id == person.person_id), "none")


@pytest.mark.parametrize(
    "bio",
    [
        "22, my lil cousin goes Ousterly Vale lol", "my sister is at OVS", "our little brother attends OVS",
        "my nephew goes to Ousterly Vale",
    ],
)  # fmt: skip
def test_a_school_that_is_a_relatives_is_not_the_owners(bio: str) -> None:
    assert "child.school" not in bits_of("tia.brannel", TIA, bio=bio)


@pytest.mark.parametrize(
    "bio", ["my sister goes OVS too", "OVS | my brother is in y10", "im at OVS, my cousin is at OVS"]
)
def test_beside_a_relatives_the_owners_own_school_counts(bio: str) -> None:
    assert bits_of("tia.brannel", TIA, bio=bio)["child.school"] > 0


@pytest.mark.parametrize(
    "bio",
    [
        "Year 8, Brisbane State High", "13 yo from Norwich", "13 year old dancer from Leeds",
        "Weddings across Marchshire", "13. Swindon born n bred", "BHS yr8", "y8 WGS", "8th grade now",
    ],
)  # fmt: skip
def test_a_namesake_elsewhere_or_at_work_is_not_likely_a_pupil(bio: str) -> None:
    assert _band(TIA, "Tia Brannel", bio) in {"possible", "none"}


@pytest.mark.parametrize(
    ("bio", "fits"), [("born 2013, Ousterly", True), ("born in 2013", True), ("born in 1985, Ousterly", False)]
)
def test_a_year_of_birth_in_a_bio_is_read(bio: str, fits: bool) -> None:
    born = bits_of("tia.brannel", TIA_BORN, bio=bio)

    assert ("birth.year" in born) is fits
    assert ("birth.other_year" in born) is not fits


def test_a_school_year_is_no_two_ages() -> None:
    assert (
        not {"child.age", "child.other_age", "child.near_age"}
        & bits_of("t", TIA, name="Tia Brannel", bio="OVS 26/27").keys()
    )


@pytest.mark.parametrize(
    ("handle", "name", "bio"),
    [
        ("tiabrannelovs", "Tia", None), ("page4829", "Tia Brannel", "Ousterly Vale Dragons, y8"),
        ("page4829", "Tia B \u2605 stray kids", "Ousterly Vale y8"),
        ("page4829", "Makeup by Tia Brannel", "Ousterly Vale y8"),
        ("page4829", "Zappy61", "real name Tia Brannel, year 8 OVS"), ("page4829", "Tia Brannel", "y8 #OusterlyVale"),
        ("page4829", "Tia Brannel", "y8 @ousterlyvale"), ("page4829", "Tia Brannel", "OVS y8"),
        ("page4829", "Tia Brannel", "Maths tutor | Year 8 at Ousterly Vale School"),
    ],
)  # fmt: skip
def test_a_pupil_who_says_it_otherwise_is_likely(handle: str, name: str | None, bio: str | None) -> None:
    assert _band(TIA, name, bio, handle) == "likely"


@pytest.mark.parametrize(
    ("name", "bio"),
    [
        ("Mrs Yardley", "KS3 lead Maths @ousterlyvale"), ("A Yardley", "Maths dept OVS"),
        ("Ann Yardley", "#OusterlyVale #MathsTeacher"),
    ],
)  # fmt: skip
def test_a_teacher_who_says_it_otherwise_is_likely(name: str, bio: str) -> None:
    assert _band(ANN, name, bio) == "likely"


def test_a_subject_behind_a_teachers_surname_is_the_work() -> None:
    assert _band(ANN, "Mrs Yardley Maths", "GCSE revision for Ousterly Vale", "mrsyardleymaths") == "likely"


def test_the_year_since_when_somebody_is_at_school_is_not_the_year_of_now() -> None:
    assert "child.other_year" not in bits_of("tia.brannel", TIA, bio="OVS prisoner since year 6")


@pytest.mark.parametrize(
    ("name", "bio"),
    [
        ("Pat Brannel", "kid in year 8 at Ousterly Vale"), ("Pat Brannel", "baba to Tia, Ousterly"),
        ("Pat Brannel", "Coach Ousterly u13s, my girl Tia plays"),
    ],
)  # fmt: skip
def test_a_parent_who_says_it_otherwise_is_likely(name: str, bio: str) -> None:
    assert _band(PAT, name, bio) == "likely"


@pytest.mark.parametrize("name", ["Tia Rose", "tia rose \u2728"])
def test_two_given_names_are_as_good_as_a_surname(name: str) -> None:
    rose = RegisterPerson(role="pupil", person_id="p1", given_names="Tia Rose", surname="Brannel", year_group="8")

    assert _band(rose, name, "y8 Ousterly Vale") == "likely"
    assert _band(rose, name, "netball") == "possible"
    assert _band(rose, "Tia", "y8 Ousterly Vale") == "possible"


def test_a_craft_beside_a_whole_name_says_little() -> None:
    bits = bits_of(None, TIA, name="Tia Brannel Equestrian")

    assert "display.unexplained" not in bits
    assert bits["child.display.selling"] < 0


@pytest.mark.parametrize("word", ["Highlights", "goals", "toaster"])
def test_any_other_word_beside_it_is_as_strange_as_ever(word: str) -> None:
    assert bits_of(None, TIA, name=f"Tia Brannel {word}")["display.unexplained"] < 0


def test_what_is_made_by_somebody_is_theirs() -> None:
    assert _band(TIA, "Vale Bracelets", "handmade by Tia Brannel, y8 Ousterly Vale", "bracelets4829") != "none"


@pytest.mark.parametrize(
    "bio",
    ["my gcse grade is 9! OVS y8", "OVS y8 | my fav number is 7", "my bro is 9 and im y8 OVS", "shirt is 7, OVS y8"],
)
def test_a_number_that_something_else_is_is_no_age(bio: str) -> None:
    assert not {"child.other_age", "child.near_age"} & bits_of("tia.brannel", TIA, bio=bio).keys()


def test_a_kid_in_a_year_may_be_the_pupil() -> None:
    assert _band(TIA, "Tia Brannel", "just a kid in year 8, OVS") == "likely"


@pytest.mark.parametrize("bio", ["y8, 8th grade ballet", "y8 PSG", "y8 DANCE", "y8 OMG", "y8 VALE"])
def test_what_is_no_school_elsewhere_is_nothing_against(bio: str) -> None:
    assert not {"child.lives_elsewhere", "child.may_be_other_school"} & bits_of("tia.brannel", TIA, bio=bio).keys()


def test_letters_of_ours_in_a_handle_do_not_outweigh_a_place_elsewhere() -> None:
    assert _band(TIA, "Tia", "bakery | Leeds", "tiabrannelovs") == "possible"


def test_a_child_whose_dad_says_so_is_no_dad() -> None:
    assert "child.family" not in bits_of("tia.brannel", TIA, bio="im Tia and i am 13! dad says subscribe")


def test_a_surname_that_is_a_trade_is_none() -> None:
    baker = RegisterPerson(role="pupil", person_id="p1", given_names="Toby", surname="Baker", year_group="8")

    assert "child.trade" not in bits_of("moonlite", baker, name="\U0001f319", bio="toby baker | OVS | y8")


def test_the_ages_of_two_who_share_an_account_are_each_ones_own() -> None:
    leo = RegisterPerson(role="pupil", person_id="p2", given_names="Leo", surname="Brannel", year_group="6")
    found = bits_of("tiaandleo", TIA, leo, name="Tia and Leo Brannel", bio="Tia is 13 and Leo is 11")

    assert found["child.age"] > 0


def test_a_teacher_of_a_year_is_no_pupil() -> None:
    assert _band(TIA, "Tia Brannel", "Teacher of Year 8 at Ousterly Vale School") == "possible"


def test_the_age_of_a_child_whom_a_parent_names_is_not_the_parents() -> None:
    assert _band(PAT, "Pat Brannel Cakes", "Cakes in Ousterly. Mum of Tia, 13") == "likely"


def test_whom_an_account_is_run_by_is_named() -> None:
    assert _band(PAT, "Tia's Toys", "channel run by Pat Brannel for Tia, 13") != "none"


@pytest.mark.parametrize("bio", ["y4, SOPS", "SOPPS y4"])
def test_the_initials_of_our_school_are_no_other_schools(bio: str) -> None:
    school = SchoolNames("St Oswold's Primary School", ("St Oswold's",), "Ousterly", "Marchshire")
    person = RegisterPerson(role="pupil", person_id="p1", given_names="Tia", surname="Brannel", year_group="4")
    band = _band(person, "Tia Brannel", bio, school=school)

    assert (band == "likely") is ("SOPS" in bio)


@pytest.mark.parametrize("bio", ["Reform candidate for Ousterly East", "Green Party council candidate, Ousterly"])
def test_who_stands_for_a_council_is_no_pupil(bio: str) -> None:
    assert bits_of("tia.brannel", TIA, bio=bio)["child.trade"] < 0


def test_who_stands_for_head_girl_is_one() -> None:
    assert "child.trade" not in bits_of("tia.brannel", TIA, bio="candidate for head girl, OVS")


@pytest.mark.parametrize(
    ("written", "bio", "evidence"),
    [
        ("S2", "OVS s2", "child.year"), ("S2", "S2 | hockey", "child.year"), ("S2", "OVS, yr 2", "child.year"),
        ("P6", "P6 at OVS", "child.year"), ("S2", "OVS S4", "child.other_year"), ("P6", "S1, OVS", "child.other_year"),
    ],
)  # fmt: skip
def test_a_year_of_scotland_is_read_as_the_roll_has_it(written: str, bio: str, evidence: str) -> None:
    assert evidence in bits_of("tia.brannel", replace(TIA, year_group=written), bio=bio)


@pytest.mark.parametrize("bio", ["OVS | galaxy s2 | y8", "y8 OVS, stranger things s4"])
def test_what_else_is_written_so_is_no_year_of_another_pupil(bio: str) -> None:
    found = bits_of("tia.brannel", TIA, bio=bio)

    assert ("child.year" in found, "child.other_year" in found) == (True, False)


@pytest.mark.parametrize(("bio", "is_past"), [("OVS 2014-2021 // law grad", True), ("OVS 2023-2028", False)])
def test_the_years_at_our_school_say_who_has_left(bio: str, *, is_past: bool) -> None:
    found = bits_of("tia.brannel", TIA, bio=bio)

    assert ("child.former" in found, "child.school" in found) == (is_past, not is_past)


@pytest.mark.parametrize(
    ("bio", "band"), [("mum to Tia (3) and baby Hugo", "possible"), ("mum to Tia (13) and baby Hugo", "likely")]
)
def test_a_child_of_another_age_is_another_parents(bio: str, band: str) -> None:
    found = match_people([PAT, TIA_BORN], [actor("Pat Brannel", bio, handle="patbrannel")], SCHOOL, as_of=DAY)

    assert next(match.band for match in found if match.person_id == "f1") == band


def test_a_city_and_its_country_are_elsewhere_beside_a_year_group_too() -> None:
    found = match_people([TIA], [actor("Tia Brannel", "Year 8, Auckland, surf", handle="tiab", location="NZ")], SCHOOL)

    assert [match.band for match in found] == ["possible"]
