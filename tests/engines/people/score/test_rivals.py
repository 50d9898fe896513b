"""Declarations, staff, and namesakes on other registers: the best explanation wins, and a tie settles nothing."""

import pytest

from engines.people.matching import match_people
from engines.people.model import ActorProfile, Band
from tests.drawn import drawing
from tests.engines.people.faces import SCHOOL, actor, explained, people


@pytest.mark.parametrize("declared", ["11", "@Keeper", "keeper"])
def test_a_declared_id_or_handle_is_declared(declared: str) -> None:
    drawn = f"""
        role  | person_id | surname | x_account
        pupil | p1        | Brannel | {declared}
    """

    assert explained(drawn, actor("moth lamp", handle="keePer")) == drawing("""
        role  | person_id | band     | is_best
        ------+-----------+----------+--------
        pupil | p1        | declared | true
    """)


def test_a_declaration_for_one_platform_says_nothing_of_another() -> None:
    drawn = """
        role  | person_id | surname | youtube_account
        pupil | p1        | Brannel | 11
    """

    assert match_people(people(drawn), [actor("moth lamp")], SCHOOL) == []
    assert match_people(people(drawn), [actor("moth lamp", platform="youtube")], SCHOOL)[0].band == "declared"


def test_a_declaration_beats_every_name() -> None:
    drawn = """
        role   | person_id | given_names | surname | x_account
        pupil  | p1        | Tia         | Brannel |
        parent | f1        | Pat         | Brannel | 11
    """

    assert explained(drawn, actor("Tia Brannel", "OVS")) == drawing("""
        role   | person_id | band     | is_best
        -------+-----------+----------+--------
        parent | f1        | declared | true
    """)


def test_an_account_declared_for_two_people_is_declared_for_both() -> None:
    drawn = """
        role  | person_id | surname | x_account
        pupil | p1        | Brannel | @keeper
        pupil | p2        | Brannel | 11
    """

    found = match_people(people(drawn), [actor("moth lamp", handle="keeper")], SCHOOL)

    assert [(one.person_id, one.is_best) for one in found] == [("p1", True), ("p2", True)]
    assert found[1].reasons == ("The pupils register declares this account, by its id.",)


@pytest.mark.parametrize("bio", ["Head of Drama. Views mine.", "OVS", "SENCO at Ousterly Vale School", "TA. Coffee."])
def test_a_member_of_staff_with_the_school_or_the_work_is_likely(bio: str) -> None:
    drawn = """
        role  | person_id | given_names | surname
        staff | s1        | Lee         | Stanhopp
    """

    assert [one.band for one in match_people(people(drawn), [actor("Lee Stanhopp", bio)], SCHOOL)] == ["likely"]


@pytest.mark.parametrize("bio", ["Estate agent.", None, "Teacher at Marlcombe Academy", "Year 8, OVS"])
def test_a_member_of_staff_without_them_or_with_a_contradiction_is_only_possible(bio: str | None) -> None:
    drawn = """
        role  | person_id | given_names | surname  | job_title
        staff | s1        | Lee         | Stanhopp | Site Manager
    """

    assert [one.band for one in match_people(people(drawn), [actor("Lee Stanhopp", bio)], SCHOOL)] == ["possible"]


def test_the_register_s_own_job_title_speaks_of_the_work() -> None:
    drawn = """
        role  | person_id | given_names | surname  | job_title
        staff | s1        | Lee         | Stanhopp | Site Manager
    """

    assert [one.band for one in match_people(people(drawn), [actor("Mr Lee Stanhopp", "Site manager")], SCHOOL)] == [
        "likely"
    ]


@pytest.mark.parametrize(
    ("bio", "best"),
    [
        ("Mum of two, Ousterly Vale School parent", "parent f1"),
        ("Grandad. Governor at Ousterly Vale School.", "governor g1"),
        ("Ousterly Vale, class of 2025", "leaver l1"),
        ("y8 OVS", "pupil p1"),
        ("Teacher of PE", "staff s1"),
    ],
)
def test_the_best_explanation_wins_over_namesakes_on_every_register(bio: str, best: str) -> None:
    drawn = """
        role     | person_id | given_names | surname | year_group
        pupil    | p1        | Tia         | Brannel | 8
        parent   | f1        | Tia         | Brannel |
        governor | g1        | Tia         | Brannel |
        leaver   | l1        | Tia         | Brannel |
        staff    | s1        | Tia         | Brannel |
    """

    found = match_people(people(drawn), [actor("Tia Brannel", bio)], SCHOOL)

    assert [f"{one.role} {one.person_id}" for one in found if one.is_best] == [best]
    assert (found[0].is_best, found[0].band) == (True, "likely")
    assert {one.band for one in found[1:]} <= {"possible"}


def test_a_tie_leaves_everybody_possible() -> None:
    drawn = """
        role  | person_id | given_names | surname | class_name
        pupil | p1        | Tia         | Brannel | 7D
        pupil | p2        | Tia         | Brannel | 11S
    """

    assert explained(drawn, actor("Tia Brannel", "Ousterly Vale School")) == drawing("""
        role  | person_id | band     | is_best
        ------+-----------+----------+--------
        pupil | p1        | possible | false
        pupil | p2        | possible | false
    """)
    assert explained(drawn, actor("Tia Brannel", "11S")) == drawing("""
        role  | person_id | band   | is_best
        ------+-----------+--------+--------
        pupil | p2        | likely | true
    """)


@pytest.mark.parametrize("bands", [("declared",), ("likely",), ("possible",), ()])
def test_a_band_that_is_not_allowed_cannot_come_out(bands: tuple[Band, ...]) -> None:
    drawn = """
        role  | person_id | given_names | surname | x_account | year_group
        pupil | p1        | Tia         | Brannel | 11        | 8
        pupil | p2        | Ola         | Brannel |           | 8
        pupil | p3        | Ida         | Brannel |           | 8
    """
    shown = [
        actor("Tia Brannel", "OVS"),
        actor("Ola Brannel", "OVS", actor_id="12"),
        actor("Ida Brannel", actor_id="13"),
    ]

    found = match_people(people(drawn), shown, SCHOOL, bands=bands)

    assert {one.band for one in found} == set(bands)


def test_a_declaration_that_may_not_be_used_does_not_hide_the_name() -> None:
    drawn = """
        role  | person_id | given_names | surname | x_account | year_group
        pupil | p1        | Tia         | Brannel | 11        | 8
    """

    assert [
        one.band for one in match_people(people(drawn), [actor("Tia Brannel", "OVS")], SCHOOL, bands=["likely"])
    ] == ["likely"]


def test_a_bare_id_is_matched_by_its_declaration_alone() -> None:
    drawn = """
        role  | person_id | given_names | surname | x_account
        pupil | p1        | Tia         | Brannel | 11
    """
    bare = [ActorProfile(platform="x", actor_id="11"), ActorProfile(platform="x", actor_id="12")]

    assert [(one.actor_id, one.band) for one in match_people(people(drawn), bare, SCHOOL)] == [("11", "declared")]


@pytest.mark.parametrize(
    ("second", "shows", "numbers"),
    [
        ("pupil | p2 | Tia | Brannel | 8", ("Tia Brannel", "Year 8 at Ousterly Vale School"), [2, 2]),
        ("pupil | p2 | Tia | Brannel | 9", ("Tia Brannel", "Ousterly Vale School"), [None, None]),
        ("pupil | p2 | Tiana | Brannel | 8", ("T Brannel", "Year 8 at Ousterly Vale School"), [2, 2]),
        ("pupil | p2 | Tia | Brannel | 9", ("Tia Brannel", "Year 8 at Ousterly Vale School"), [None, None]),
        ("pupil | p2 | Tia | Brannel | 8", ("Tia Brannel", "Estate agent"), [None, None]),
        ("pupil | p2 | Tia | Brannel | 8", ("Tia Brannel", "Year 8 at Marlcombe Academy"), [None, None]),
        ("parent | p2 | Tia | Brannel |", ("Tia Brannel", "Ousterly Vale School"), [None, None]),
    ],
    ids=[
        "one name and year",
        "one name and the school",
        "initial",
        "the year tells",
        "an adult",
        "another school",
        "a parent",
    ],
)
def test_an_account_is_surely_one_of_several_where_they_share_what_it_shows(
    second: str, shows: tuple[str, str], numbers: list[int | None]
) -> None:
    drawn = f"""
        role  | person_id | given_names | surname | year_group
        pupil | p1        | Tia         | Brannel | 8
        {second}
    """

    found = match_people(people(drawn), [actor(*shows)], SCHOOL)

    assert [one.one_of for one in found] == numbers[: len(found)]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ("", [("11", "p1", "declared")]),
        ("11", [("11", "p1", "declared")]),
        ("12", [("11", "p1", "likely"), ("12", "p1", "declared")]),
    ],
    ids=["never met", "still the same account", "it passed to another account"],
)
def test_a_handle_that_passed_to_another_account_leaves_the_declaration_with_the_first(
    known: str, expected: list[tuple[str, str, str]]
) -> None:
    drawn = f"""
        role  | person_id | surname | x_account | x_known_id
        pupil | p1        | Brannel | @keeper   | {known}
    """
    actors = [actor("moth lamp", handle="keeper"), actor("moth", actor_id="12", handle="other")]

    found = match_people(people(drawn), actors, SCHOOL)

    assert [(one.actor_id, one.person_id, one.band) for one in found] == expected
    if known == "12":
        assert found[0].reasons == ("The handle that the pupils register declares was another account id's before.",)
        assert "belongs to another account id now" in found[1].reasons[0]


def test_a_channel_that_is_remembered_leaves_the_handle_on_x_to_the_account_that_bore_it_first() -> None:
    drawn = """
        role  | person_id | surname | x_account | x_known_id | youtube_account | youtube_is_remembered
        pupil | p1        | Brannel | @keeper   | 12         | UC1             | true
    """

    found = match_people(people(drawn), [actor("moth lamp", handle="keeper")], SCHOOL)

    assert [(one.person_id, one.band) for one in found] == [("p1", "likely")]
    assert found[0].reasons == ("The handle that the pupils register declares was another account id's before.",)


_KHANS = """
    role  | person_id | title | given_names | surname | job_title
    staff | s1        | Mr    | Raj         | Khan    | Head of Year 9
    staff | s2        | Mr    | Asif        | Khan    | Caretaker
    staff | s3        | Mrs   | Ann         | Yardley | Teacher of Maths
"""


@pytest.mark.parametrize(
    ("name", "bio", "likely"),
    [
        ("Mrs Yardley", "Teacher of Maths at OVS", {"s3"}),
        ("Mrs Yardley", "OVS maths", {"s3"}),
        ("Mr Khan", "Head of Year 9 at OVS", {"s1"}),
        ("Mr Khan", "Teacher at OVS", set()),  # one of two, and not shown which
        ("Mrs Yardley", "Teacher of Maths", set()),
        ("Miss Yardley", "OVS", set()),
        ("Yardley", "OVS maths", set()),
        ("Mrs Yardley", "Maths at Beacon Hill High", set()),
    ],
)
def test_staff_are_likely_by_title_and_surname_where_the_profile_names_the_school(
    name: str, bio: str, likely: set[str]
) -> None:
    found = match_people(people(_KHANS), [actor(name, bio)], SCHOOL)

    assert {one.person_id for one in found if one.band == "likely"} == likely


@pytest.mark.parametrize("bio", ["OVS sucks", "OVS year 9 meme account", "my son goes to OVS", "OVS parent", "OVS mum"])
def test_whoever_writes_under_a_teachers_title_without_the_work_is_not_likely_the_teacher(bio: str) -> None:
    found = match_people(people(_KHANS), [actor("Mrs Yardley", bio)], SCHOOL)

    assert "likely" not in {one.band for one in found}


def test_a_governor_is_likely_by_title_and_surname_beside_the_school_and_the_office() -> None:
    board = people("""
        role     | person_id | title | given_names | surname
        governor | g1        | Mrs   | Ann         | Yardley
        """)

    [match] = match_people(board, [actor("Mrs Yardley", "School governor, OVS")], SCHOOL)

    assert match.band == "likely"
