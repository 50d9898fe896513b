"""What looks like the school's own account, and what merely speaks of the school or is near it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.accounts.lookalike_account import bears_name, copied_handle
from checks.accounts.school import NamedSchool

OURS = NamedSchool(
    name="ousterly vale school",
    aliases=("ovs", "ousterly vale", "ousterly vale high"),
    places=frozenset({"ousterly"}),
    host="ousterly-vale.example",
)
OFFICIAL = ("@OusterlyVale", "@OusterlyPE", "@OVS")


@pytest.mark.parametrize(
    "shown",
    [
        "Ousterly Vale School",
        "OUSTERLY VALE SCHOOL",
        "Ousterly-Vale  School!",
        "Óusterly Vâle School",
        "Ousterly Vale School Official",
        "Ousterly Vale School PTA",
        "Friends of Ousterly Vale School",
        "Ousterly Vale School Mums",
        "Year 8 at Ousterly Vale School",
        "Ousterly Vale School Chess Club",
        "Overheard at Ousterly Vale School",
        "Ousterly Vale",
        "Ousterly Vale Netball",
        "Ousterly Vale High School",
        "OusterlyValeSchool",
        "ousterlyvaleschool",
        "OUSTERLYVALESCHOOL Official",
        "Ousterly ValeSchool",
        "OusterlyValeNetball",
        "\u041eusterly Vale School",
        "0usterly Vale School",
        "\u041eusterlyVale5chool",
    ],
)
def test_bears_the_name(shown: str) -> None:
    assert bears_name(shown, OURS)


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "OVS",
        "Ousterly School",
        "Ousterly Valery School",
        "Tired Mum, Ousterly Vale School",
        "Ousterly Vale School dad",
        "Student at Ousterly Vale School",
        "Teacher at Ousterly Vale School",
        "Mrs Okell - Ousterly Vale School",
        "Ex-Ousterly Vale School",
        "Ousterly Vale Cricket Club",
        "OusterlyValeCricketClub",
        "OusterlyValeSchoolMum",
        "Teacher at OusterlyValeSchool",
        "\u041e\u0443\u0441\u0442\u0435\u0440",
        "Ousterly Vale FC",
        "Ousterly Vale Parish Council",
        "The Ousterly Vale Gazette",
        "Marlcombe School",
    ],
)
def test_does_not_bear_the_name(shown: str) -> None:
    assert not bears_name(shown, OURS)


def test_a_persons_name_before_the_schools_makes_it_a_description() -> None:
    assert bears_name("Wil Hardale, Ousterly Vale School", OURS)
    assert not bears_name("Wil Hardale, Ousterly Vale School", OURS, bears_a_persons_name=True)
    assert bears_name("Ousterly Vale School", OURS, bears_a_persons_name=True)


def test_an_alias_that_is_also_the_place_is_nobodys_own() -> None:
    village = NamedSchool(
        name="bledmoor ferry school", aliases=("bledmoor ferry",), places=frozenset({"bledmoor ferry"}), host=None
    )

    assert not bears_name("Bledmoor Ferry", village)
    assert bears_name("Bledmoor Ferry School", village)


def test_a_name_of_one_word_is_borne_by_whoever_is_called_so_and_nothing_else() -> None:
    short = NamedSchool(name="bledmoor", aliases=(), places=frozenset({"bledmoor"}), host=None)

    assert bears_name("BLEDMOOR", short)
    assert not bears_name("Bledmoor Netball", short)
    assert not bears_name("", NamedSchool(name="", aliases=(), places=frozenset(), host=None))


@pytest.mark.parametrize(
    ("shown", "like"),
    [
        ("@OusterlyVale", "@OusterlyVale"),
        ("ousterly_vale", "@OusterlyVale"),
        ("OusterlyVale_", "@OusterlyVale"),
        ("OusterlyVale2", "@OusterlyVale"),
        ("OusterlyVale2026", "@OusterlyVale"),
        ("OusterlyVaIe", "@OusterlyVale"),
        ("OusterlyVael", "@OusterlyVale"),
        ("OusterlyVales", "@OusterlyVale"),
        ("OusterlyVale_uk", "@OusterlyVale"),
        ("OusterlyVale_official", "@OusterlyVale"),
        ("official_OusterlyVale1", "@OusterlyVale"),
        ("TheOusterlyVale", "@OusterlyVale"),
        ("OusterlyValePTA", "@OusterlyVale"),
        ("ousterly.pe", "@OusterlyPE"),
        ("OVS_official", "@OVS"),
    ],
)
def test_copies_a_handle(shown: str, like: str) -> None:
    assert copied_handle(shown, OFFICIAL) == like


@pytest.mark.parametrize(
    "shown",
    ["", "@", "official", "2026", "OusterlyNews", "OusterlyWails", "ValeOusterly", "OVS1", "OVT", "OusterlyValeBakery"],
)
def test_copies_no_handle(shown: str) -> None:
    assert copied_handle(shown, OFFICIAL) is None


@given(st.text(max_size=30))
def test_no_text_is_too_odd(text: str) -> None:
    assert bears_name(f"{text} Ousterly Vale School", OURS) in {True, False}
    assert copied_handle(text, ("",)) is None


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=6, max_size=15))
def test_a_handle_is_like_itself_however_it_is_written(handle: str) -> None:
    assert copied_handle(f"@{handle.upper()}_", (handle,)) == handle
