"""A person's word for a clause stands until its day, until counter-evidence is found, or until its wording changes."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from policies.attestations import Attested, CounterEvidence, gather_attestations, latest_until, wording_of
from policies.model import Attestation, Clause

LONDON = ZoneInfo("Europe/London")
ASKED = Attestation(
    role="dsl", every_days=91, evidence="The log of the term.", ended_by=("pupil_follower", "staff_follower")
)
CLAUSE = Clause(
    id="6-log",
    ref="6",
    says="The log is kept.",
    force="must",
    binds="staff",
    source_sha256="a" * 64,
    attest=ASKED,
)
NOVEMBER = 11
SAID = "Attested by the Designated Safeguarding Lead (role claimed, not signed in) on Tue 3 Nov 2026"
AGAIN = "The Designated Safeguarding Lead is to attest it again. The log of the term."
DECEMBER = date(2026, 12, 31)


def said(day: int, until: date = DECEMBER, *, hour: int = 9, wording: str = "a" * 64, role: str = "dsl") -> Attested:
    return Attested("6-log", wording, role, "Secret evidence.", until, datetime(2026, NOVEMBER, day, hour, tzinfo=UTC))


def found(*days: int, check: str = "pupil_follower", about: str = '{"missing": "website"}') -> list[CounterEvidence]:
    return [
        CounterEvidence(date(2026, NOVEMBER, day), check, f"Title of {check}", "x", "account", about) for day in days
    ]


def word(*attestations: Attested, counter_evidence=(), day: date = date(2026, NOVEMBER, 16)):
    return gather_attestations(attestations, counter_evidence, LONDON).on(CLAUSE, ASKED, day)


def test_nobody_has_said_anything_yet():
    assert (word().until, word().why) == (
        None,
        "Nobody has attested this yet; it is for the Designated Safeguarding Lead, every 91 days. The log of the term.",
    )


def test_a_word_stands_and_its_evidence_is_not_repeated():
    stands = word(said(3))

    told = f"{SAID}, until Thu 31 Dec 2026. The evidence is in the casebook."
    assert (stands.until, stands.why) == (DECEMBER, told)


@pytest.mark.parametrize(("day", "stands"), [(9, False), (10, True), (16, True), (17, False)])
def test_a_word_stands_from_its_day_up_to_and_with_its_last(day, stands):
    ends = word(said(10, date(2026, NOVEMBER, 16)), day=date(2026, NOVEMBER, day))

    assert (ends.until is not None) == stands


def test_a_word_that_has_ended_says_when_and_who_is_to_say_it_again():
    assert word(said(3, date(2026, NOVEMBER, 8))).why == f"{SAID}, which ended on Sun 8 Nov 2026. {AGAIN}"


def test_the_day_of_a_word_is_the_schools_own():
    late = Attested("6-log", "a" * 64, "dsl", "-", DECEMBER, datetime(2026, 10, 24, 23, 30, tzinfo=UTC))

    assert "on Sun 25 Oct 2026" in word(late).why


@pytest.mark.parametrize("check", ["pupil_follower", "staff_follower"])
def test_a_check_that_finds_the_counter_evidence_ends_a_word_early_and_says_which_and_when(check):
    ended = word(said(3), counter_evidence=found(9, 16, check=check))

    told = f"{SAID}, until Thu 31 Dec 2026, but the check “Title of {check}” found the contrary on Mon 9 Nov 2026: "
    told += f"first put right what it found. {AGAIN}"
    assert (ended.until, ended.why) == (None, told)


@pytest.mark.parametrize(
    ("attestations", "counter_evidence", "stands"),
    [
        ([said(3)], found(2), True),  # found before, and not again
        ([said(3)], found(9), False),  # ended stays ended, though this run finds nothing
        ([said(3)], found(16, check="alt_text"), True),  # a check that the clause does not name
        ([said(3)], found(23), True),  # not found yet, on the day that is asked about
        ([said(3), said(9)], found(9), False),  # said again on the day of the run that ended it
        ([said(3), said(10)], found(9), True),  # said again after it, and it is gone
        ([said(3), said(10)], found(9, 16), False),  # said again, and it still stands
    ],
)
def test_what_ends_a_word_early_and_what_does_not(attestations, counter_evidence, stands):
    assert (word(*attestations, counter_evidence=counter_evidence).until is not None) == stands


def test_what_was_found_after_a_word_had_ended_is_not_what_ended_it():
    why = word(said(3, date(2026, NOVEMBER, 8)), counter_evidence=found(16)).why

    assert "which ended on Sun 8 Nov 2026" in why


def test_the_newest_word_stands_even_if_it_is_the_shorter():
    assert word(said(3), said(4, date(2026, NOVEMBER, 20))).until == date(2026, NOVEMBER, 20)
    assert word(said(3), said(4, date(2026, NOVEMBER, 9))).until is None


def test_a_word_for_another_sentence_does_not_stand():
    why = word(said(3, wording="b" * 64)).why

    assert "but the clause has been mapped to another sentence since." in why


def test_the_wording_of_a_duty_beside_the_policy_is_its_reason():
    law = CLAUSE.model_copy(update={"source_sha256": None, "besides": "The law."})
    other = law.model_copy(update={"besides": "Another law."})

    assert wording_of(CLAUSE) == "a" * 64
    assert wording_of(law) != wording_of(other)
    assert len(wording_of(law)) == 64


def test_a_word_may_stand_as_long_as_the_clause_says():
    assert latest_until(ASKED, date(2026, NOVEMBER, 1)) == date(2027, 1, 31)


def test_another_roles_word_does_not_stand_after_the_clause_has_changed_hands():
    told = word(said(3, role="headteacher"))

    assert told.until is None
    assert "but another role is to attest it now." in told.why


def test_no_word_stands_longer_than_the_clause_lets_it_now():
    told = word(said(3, date(2027, 9, 1)), day=date(2027, 2, 2))

    assert word(said(3, date(2027, 9, 1))).until == date(2027, 2, 2)
    assert told.until == date(2027, 2, 2)
    assert word(said(3, date(2027, 9, 1)), day=date(2027, 2, 3)).until is None


@pytest.mark.parametrize(("missing", "stands"), [("website", True), ("address", False), ("website, address", False)])
def test_a_word_is_ended_only_by_what_is_about_the_same_thing(missing, stands):
    ended_by = [{"check": "profile_identity", "only": {"evidence": {"missing": ["address"]}}}]
    asked = Attestation.model_validate({**ASKED.model_dump(exclude={"ended_by"}), "ended_by": ended_by})
    contrary = found(9, check="profile_identity", about=json.dumps({"missing": missing}))

    stood = gather_attestations([said(3)], contrary, LONDON).on(CLAUSE, asked, date(2026, NOVEMBER, 16))

    assert (stood.until is not None) is stands
