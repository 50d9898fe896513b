"""How accounts are tied to a person: by registers, by matches, and by the casebook from the moment of a decision."""

import json
from datetime import UTC, date, datetime

import pytest

from policies.decisions import StandingDecision
from tests.warehouse.cases import matter, put
from tests.warehouse.test_subjects import match
from warehouse.privacy.reach import NOTHING, Decided, accounts_of

MONDAY, LATER = "2026-11-02", "2026-11-09"
P2, OTHER = matter({"roll_id": "P2"}), matter({"roll_id": "7"})
EVIDENCE = '{"roll_id": "P2"}'


def says(verdict, about=None, until=None):
    """Return what the casebook says of the case `a`."""
    at = datetime(2026, 11, 3, 12, tzinfo=UTC)
    said = StandingDecision(verdict, until, "dpo", at, as_json(P2 if about is None else about))
    return Decided({"a": said}, frozenset({"a"}), date(2026, 11, 4))


def as_json(about):
    return json.dumps(dict(about))


TAKEN_BACK = Decided({}, frozenset({"a"}), date(2026, 11, 4))

CASES = {
    "no decision yet": ({}, NOTHING, "likely"),
    "confirmed in the casebook, before any run": ({}, says("confirmed"), "confirmed"),
    "confirmed of somebody else, before the case was about them": ({}, says("confirmed", OTHER), "changed"),
    "confirmed until a day that is over": ({}, says("confirmed", until=date(2026, 11, 3)), "changed"),
    "confirmed in the run, and taken back since": ({"decision": "confirmed"}, TAKEN_BACK, "likely"),
    "confirmed in the run, and called mistaken since": ({"decision": "confirmed"}, says("mistaken"), None),
    "confirmed in the run, and the casebook was lost": ({"decision": "confirmed"}, NOTHING, "confirmed"),
    "called mistaken in the run by a decision about another case, which was taken back": (
        {"decision": "mistaken"},
        Decided({}, frozenset({"b"}), date(2026, 11, 4)),
        "likely",
    ),
    "called mistaken in the run, and the casebook was lost": ({"decision": "mistaken"}, NOTHING, None),
    "allowed, which says nothing of whose it is": ({}, says("allowed"), "likely"),
    "a page about them": ({"check_id": "lookalike_account"}, says("confirmed"), "about"),
    "confirmed of several": ({"evidence": '{"roll_id": "7, P2"}'}, says("confirmed"), "several"),
}


@pytest.mark.parametrize("name", CASES)
def test_an_account_of_a_case_is_theirs_as_the_casebook_says_now(db, week, name):
    columns, decided, how = CASES[name]
    put(db, week(MONDAY), "a", **{"subject_id": "800001", "evidence": EVIDENCE, "about": as_json(P2)} | columns)

    ties = accounts_of(db, "p2", decided)

    assert {(tie.account, tie.how) for tie in ties} == ({(("x", "800001"), how)} if how else set())
    assert [tie.is_certain for tie in ties] == ([how in {"declared", "confirmed"}] if how else [])


def test_a_case_that_is_about_somebody_else_since_is_no_certain_tie_to_the_first(db, week):
    put(db, week(MONDAY), "a", subject_id="8", evidence=EVIDENCE, about=as_json(P2), decision="confirmed")
    put(db, week(LATER), "a", subject_id="8", evidence='{"roll_id": "7"}', about=as_json(OTHER))

    assert {tie.how for tie in accounts_of(db, "P2", says("confirmed"))} == {"changed"}
    assert {tie.how for tie in accounts_of(db, "7", says("confirmed"))} == {"changed"}


MATCHES = {
    "each band": ([("1", "P2", "declared"), ("2", "P2", "likely"), ("3", "P2", "possible"), ("4", "P2", "about")],
                  {"1": "declared", "2": "likely", "3": "possible", "4": "about"}),
    "the strongest of several weeks": ([("1", "P2", "possible"), ("1", "P2", "likely", LATER)], {"1": "likely"}),
    "declared as somebody else's": ([("1", "P2", "likely"), ("1", "7", "declared")], {}),
    "declared by two": ([("1", "P2", "declared"), ("1", "7", "declared")], {"1": "several"}),
    "likely another's too": ([("1", "P2", "possible"), ("1", "7", "likely")], {"1": "possible"}),
    "nobody of theirs": ([("1", "7", "likely")], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", MATCHES)
def test_an_account_that_was_matched_is_tied_by_its_strongest_band(db, week, name):
    rows, ties = MATCHES[name]
    week(MONDAY), week(LATER)
    for actor, person_id, band, *run in rows:
        match(db, *(run or [MONDAY]), actor, person_id, band=band)

    assert {tie.actor_id: tie.how for tie in accounts_of(db, "P2", NOTHING)} == ties
