"""Accounts that say that they are somebody else's, and schools that are only called as ours is."""

import pytest

from engines.people.cues.model import Cues
from engines.people.cues.phrases import CueReader
from engines.people.matching import match_people
from engines.people.model import Band, SchoolNames
from tests.engines.people.faces import SCHOOL, actor, people

OAKFIELD = SchoolNames("Oakfield Primary School", ("Oakfield",), "Stow Bassett", "Marchshire")
REGISTERS = """
    role   | person_id | given_names | surname | year_group | related_ids
    pupil  | p1        | Tia         | Brannel | 8          |
    staff  | s1        | Lee         | Verrick |            |
    parent | f1        | Pat         | Brannel |            | p1
"""


def _read(bio: str, location: str | None = None) -> Cues:
    return CueReader(OAKFIELD).read(actor("Somebody", bio, location=location))


@pytest.mark.parametrize(
    "bio",
    [
        "Oakfield Academy (Leeds)", "Oakfield (Leeds)", "Oakfield, Leeds", "Oakfield School in Leeds",
        "y6 @ Oakfield Leeds",
        "Oakfield High School", "oakfield grammar", "Oakfield College", "Oakfield Secondary, y8",
        "Oakfield Primary, Wigan",
    ],
)  # fmt: skip
def test_our_name_before_another_town_or_another_kind_of_school_is_against(bio: str) -> None:
    cues = _read(bio)

    assert cues.names_school_called_alike
    assert not cues.names_school


@pytest.mark.parametrize(
    "bio",
    [
        "Oakfield y6", "Oakfield Primary School", "Oakfield Primary (y6)", "Oakfield, Stow Bassett",
        "Oakfield | Leeds fan",
        "Oakfield. Leeds fan", "oakfield reading club", "Oakfield School", "Oakfield Juniors",
        "Oakfield / Leeds United",
        "Oakfield Academy (Leeds) then Oakfield Primary",
    ],
)  # fmt: skip
def test_our_name_by_itself_or_with_our_own_town_is_ours(bio: str) -> None:
    cues = _read(bio)

    assert cues.names_school
    assert not cues.names_school_called_alike


@pytest.mark.parametrize(
    ("bio", "is_ours"), [("Our Lady of Elmstead rugby", False), ("Our Lady of Brecon", True), ("Our Lady rugby", True),
                         ("our lady of hartsmoor", True)],
)  # fmt: skip
def test_another_place_after_of_makes_our_short_name_anothers(bio: str, is_ours: bool) -> None:
    ours = SchoolNames("Our Lady of Hartsmoor", ("Our Lady",), "Brecon", "Wexfordshire")
    cues = CueReader(ours).read(actor("Somebody", bio))

    assert (cues.names_school, cues.names_school_called_alike) == (is_ours, not is_ours)


def _bands(name: str | None, bio: str | None, handle: str | None = None) -> dict[str, Band]:
    found = match_people(people(REGISTERS), [actor(name, bio, handle=handle)], SCHOOL)
    return {one.person_id: one.band for one in found}


def _reasons(name: str, bio: str) -> tuple[str, ...]:
    return match_people(people(REGISTERS), [actor(name, bio)], SCHOOL)[0].reasons


@pytest.mark.parametrize(
    ("name", "bio", "handle"),
    [
        ("Tia Brannel", "OVS y8 parody", None),
        ("Tia Brannel (parody)", "OVS y8", None),
        ("Tia Brannel", "Fan account. OVS y8", None),
        ("Tia Brannel", "OVS y8, not the real one", None),
        ("Tia Brannel", "OVS y8", "tiabrannelfanpage"),
        ("Fake Tia Brannel", "OVS y8", None),
        ("Lee Verrick", "Unofficial. OVS", None),
    ],
)
def test_a_parody_is_never_likely_and_its_reason_says_caution(name: str, bio: str, handle: str | None) -> None:
    found = match_people(people(REGISTERS), [actor(name, bio, handle=handle)], SCHOOL)

    assert "likely" not in {one.band for one in found}
    assert all(any(reason.startswith("Caution:") for reason in one.reasons) for one in found)


@pytest.mark.parametrize(
    "bio", ["OVS y8, big fan of Leeds", "OVS y8. i hate fake people", "OVS y8 | lfc fan", "OVS y8 real"]
)
def test_a_child_who_likes_a_club_is_no_parody(bio: str) -> None:
    assert _bands("Tia Brannel", bio)["p1"] == "likely"


@pytest.mark.parametrize(
    "bio",
    [
        "OVS y8. Account run by mum", "y8 @ OVS, managed by my parents", "OVS, parent run", "y8 | OVS | run by her mum",
        "OVS y8, monitored by dad", "y8 OVS mum runs this",
    ],
)  # fmt: skip
def test_an_account_that_a_parent_runs_in_a_childs_name_is_about_the_child(bio: str) -> None:
    bands = _bands("Tia Brannel", bio, "tiabrannel")

    assert bands["p1"] == "likely"
    assert bands.get("f1") != "likely"
    assert "The profile says that a parent runs the account for a child." in _reasons("Tia Brannel", bio)


@pytest.mark.parametrize("bio", ["Mum of two, OVS parent", "OVS, family run bakery", "OVS mum who runs marathons"])
def test_a_parent_who_runs_something_else_is_a_parent(bio: str) -> None:
    assert _bands("Tia Brannel", bio)["p1"] == "possible"


def test_a_school_called_alike_is_never_likely() -> None:
    assert _bands("Tia Brannel", "y8, Ousterly Vale Academy (Leeds)")["p1"] == "possible"
