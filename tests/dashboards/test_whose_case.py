"""Whom a case of an account is about, and what may be said of it: whose it is, whom a page is about, or neither."""

import pytest

from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.choices import choices
from dashboards.report.read import read_week
from tests.dashboards.copies import RUN, add, copy
from warehouse.exceptions.published_cases import whom_of

PUPIL = "1a" * 32
OF_ACCOUNTS = {
    "a pupil's account": ({}, {"Yes, theirs", "Yes, they told us", "Not theirs", "A namesake"}),
    "a page about a pupil": ({"check_id": "lookalike_account"}, {"Yes, about them", "No, about nobody here"}),
    "a page of the school's name": (
        {"check_id": "lookalike_account", "concerns": "account", "about": "{}"},
        {"Yes, still to do", "No, it is right"},
    ),
    "a child of no register": (
        {"check_id": "underage_follower", "about": "{}"},
        {"Yes, still to do", "No, it is not so"},
    ),
    "a follower who is nobody's": (
        {"check_id": "unapproved_follower", "about": "{}"},
        {"Yes, still to do", "No, it is not so"},
    ),
}


@pytest.mark.parametrize("name", OF_ACCOUNTS)
def test_nobody_says_of_a_page_or_of_a_stranger_that_it_is_somebody_s_own(name: str) -> None:
    columns, labels = OF_ACCOUNTS[name]
    with copy() as db:
        add(db, "exceptions", **{"about": '{"person": "hash"}'} | columns)
        [row] = read_week(db, run_id=RUN, tier="lead").exceptions

    given = choices(Case(row, None, 0, RUN))
    assert {choice.label for choice in given if choice.answer != "done"} == labels
    assert len({choice.key for choice in given}) == len(given)


ANYBODY = ("S1", "staff", "declared", True), ("S2", "staff", "possible", False), ("R1", "parent", "likely", True)
SUGGESTED = {
    "of a role beside a namesake who is less likely": ("staff_follower", "staff", 1, ANYBODY, ("S1",)),
    "of two roles, and no namesake of one of them": ("unapproved_follower", "staff", 2, ANYBODY, ("S1", "R1")),
    "one of two pupils, and a parent's": (
        "pupil_follower",
        "pupil",
        2,
        (("P1", "pupil", "possible", True), ("P2", "pupil", "possible", False), ("R1", "parent", "declared", True)),
        ("P1", "P2"),
    ),
    "a leaver's and a pupil's": (
        "leaver_follower",
        "pupil",
        1,
        (("P1", "pupil", "declared", True), ("L1", "leaver", "likely", True)),
        ("L1",),
    ),
    "whom a page is about, and not whose it is": (
        "lookalike_account",
        "pupil",
        1,
        (("P1", "pupil", "likely", True), ("P2", "pupil", "about", True)),
        ("P2",),
    ),
    "an account about whom it is no page of": (
        "pupil_follower",
        "pupil",
        1,
        (("P1", "pupil", "possible", True), ("P2", "pupil", "about", True)),
        ("P1",),
    ),
    "nobody, where it is one of two and one is known no more": (
        "pupil_follower",
        "pupil",
        2,
        (("P1", "pupil", "possible", True),),
        (),
    ),
}


@pytest.mark.parametrize("name", SUGGESTED)
def test_whom_it_may_be_is_whom_the_case_is_about_and_no_other_of_its_matches(name: str) -> None:
    check, concerns, several, matches, shown = SUGGESTED[name]
    with copy() as db:
        add(db, "exceptions", fingerprint=PUPIL, subject_id="7", check_id=check, concerns=concerns)
        for number, (person, role, band, is_best) in enumerate(matches):
            match = {"platform": "x", "actor_id": "7", "person_id": person, "role": role, "band": band}
            add(db, "matches", **match, is_best=is_best, probability=0.9 - number / 10)

        assert whom_of(db, PUPIL, ["a hash"] * several) == shown
