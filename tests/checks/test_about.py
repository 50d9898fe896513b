"""What a decision is about, and when a case has come to be about something else."""

import json
from datetime import UTC, datetime

import duckdb
import pytest

from checks.about import Called, about, identities
from checks.catalogue import catalogue
from checks.evidence import ABOUT_PICTURE, ABOUT_WORDS, BAND, WHOSE, Evidence
from policies.decisions import StandingDecision, fallen_sentence

ACCOUNT, KEY = (WHOSE, BAND), "the school's key"
MAY, JUNE = "2013-05-01", "2013-06-01"


def called(first: str, second: str, *born: str) -> dict[str, Called]:
    """Return what the registers call P1, with these dates of birth, and P2."""
    return {"p1": Called(frozenset({first}), frozenset(born)), "p2": Called(frozenset({second}))}


ANN, BEN = called("ann lee", "ben lee"), called("ben lee", "ann lee")
IN_MAY, IN_JUNE, IN_BOTH = (called("ann lee", "ben lee", *born) for born in ((MAY,), (JUNE,), (MAY, JUNE)))
# A check whose exception is the subject itself: whatever else is read there, the decision is about no more than that.
ABOUT_ITS_SUBJECT = {
    "approval_possible": "an account that is open, by its id",
    "alt_text": "a picture without a text keeps its id",
    "unapproved_follower": "an account, by its id",
}
# What stood there when it was decided and what stands there now, who is called what, and which verdicts fall.
EVERY = frozenset({"confirmed", "mistaken", "allowed"})
CASES = {
    "the same person": ({"roll_id": "P1"}, ANN, {"roll_id": "P1"}, ANN, set()),
    "the same id, in another spelling": ({"roll_id": "0017"}, {}, {"roll_id": " 17 "}, {}, set()),
    "another id": ({"roll_id": "P1"}, ANN, {"roll_id": "P2"}, ANN, EVERY),
    "names that moved among the rows": ({"roll_id": "P1"}, ANN, {"roll_id": "P1"}, BEN, EVERY),
    "a birthday that the register has no more": ({"roll_id": "P1"}, IN_MAY, {"roll_id": "P1"}, ANN, set()),
    "a birthday that the register has since": ({"roll_id": "P1"}, ANN, {"roll_id": "P1"}, IN_MAY, set()),
    "another birthday": ({"roll_id": "P1, P2"}, IN_MAY, {"roll_id": "P1, P2"}, IN_JUNE, EVERY),
    "a birthday that one of two registers has": ({"roll_id": "P1"}, IN_MAY, {"roll_id": "P1"}, IN_BOTH, set()),
    "one more": ({"roll_id": "P1"}, ANN, {"roll_id": "P1, P2"}, ANN, EVERY),
    "one of two": ({"roll_id": "P1, P2"}, ANN, {"roll_id": "P2"}, ANN, EVERY),
    "one of two, the other erased": ({"roll_id": "[erased], P2"}, ANN, {"roll_id": "P2"}, ANN, EVERY),
    "two in another order": ({"roll_id": "P1, P2"}, ANN, {"roll_id": "P2, P1"}, ANN, set()),
    "nobody, then somebody": ({}, ANN, {"roll_id": "P1"}, ANN, EVERY),
    "somebody, then nobody": ({"roll_id": "P1"}, ANN, {}, ANN, set()),
    "declared since": ({"roll_id": "P1", "band": "likely"}, ANN, {"roll_id": "P1", "band": "declared"}, ANN,
                       {"mistaken", "allowed"}),
    "declared no more": ({"roll_id": "P1", "band": "declared"}, ANN, {"roll_id": "P1", "band": "likely"}, ANN, set()),
    "other words": ({ABOUT_WORDS: "an idiot"}, {}, {ABOUT_WORDS: "I will find you"}, {}, EVERY),
    "the same words in capitals": ({ABOUT_WORDS: "an idiot"}, {}, {ABOUT_WORDS: "An  IDIOT"}, {}, set()),
    "the same words with another emoji": ({ABOUT_WORDS: "you 🐒"}, {}, {ABOUT_WORDS: "you 🔪"}, {}, EVERY),
    "signs alone, and others": ({ABOUT_WORDS: "!!!"}, {}, {ABOUT_WORDS: "🔫"}, {}, EVERY),
    "another picture": ({ABOUT_PICTURE: "aa"}, {}, {ABOUT_PICTURE: "bb"}, {}, EVERY),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_decision_covers_what_it_was_about(name: str) -> None:
    then, called_then, now, called_now, falls = CASES[name]
    decided = json.dumps(about(ACCOUNT, then, called_then, key=KEY))

    fell = {
        verdict
        for verdict in EVERY
        if StandingDecision(verdict, None, "dsl", about=decided).differs(about(ACCOUNT, now, called_now, key=KEY))
    }

    assert fell == falls


def test_another_birthday_is_told_as_another_person() -> None:
    decided = json.dumps(about(ACCOUNT, {"roll_id": "P1"}, IN_MAY, key=KEY))

    fell = StandingDecision("mistaken", None, "dsl", about=decided).differs(
        about(ACCOUNT, {"roll_id": "P1"}, IN_JUNE, key=KEY)
    )

    assert fell == ("person",)


def test_the_birthday_is_no_part_of_whose_hash_a_link_is_known_by() -> None:
    assert (
        about(ACCOUNT, {"roll_id": "P1"}, IN_MAY, key=KEY)["person"]
        == about(ACCOUNT, {"roll_id": "P1"}, ANN, key=KEY)["person"]
    )


def test_a_confirmation_of_which_nobody_knows_whom_it_meant_covers_nobody() -> None:
    somebody = about(ACCOUNT, {"roll_id": "P1"}, ANN, key=KEY)

    assert StandingDecision("confirmed", None, "dsl").differs(somebody) == ("person",)
    assert StandingDecision("confirmed", None, "dsl").differs({}) == ()
    assert StandingDecision("mistaken", None, "dsl").differs(somebody) == ()


def test_a_setting_is_another_once_its_value_is() -> None:
    setting = (Evidence("missing", "fact", about="setting"),)

    first, same, other = (
        about(setting, {"missing": value}, {}, key=KEY) for value in ("a link", "a link", "a link, a name")
    )

    assert first == same
    assert first != other


def test_what_a_register_calls_somebody_is_name_and_birthday_and_not_the_year() -> None:
    db = duckdb.connect()
    db.execute("create schema core")
    db.execute(
        "create table core.people as select * from (values ('007', null, 'Zoë', 'Lee', date '2013-05-01', '7'), "
        "('P2', 'Ben Lee', null, null, null, '8')) as t(person_id, full_name, given_names, surname, date_of_birth, y)"
    )

    assert identities(db, {"7", "p2", "p9"}) == {
        "7": Called(frozenset({"zoe lee"}), frozenset({MAY})),
        "p2": Called(frozenset({"ben lee"})),
        "p9": Called(),
    }


def test_every_check_says_what_a_decision_about_it_is_about() -> None:
    silent = {check.id for check in catalogue().values() if not any(label.about for label in check.evidence)}

    assert silent - ABOUT_ITS_SUBJECT.keys() == set()


def test_a_fallen_decision_is_told_in_a_sentence() -> None:
    day = datetime(2026, 11, 9, tzinfo=UTC).date()

    assert fallen_sentence("mistaken", day, ["words"]) == "Called mistaken on Monday 9 November 2026, for other words."
    assert fallen_sentence("allowed", None, ["person", "declaration"]) == (
        "Allowed, for another person and before a register declared the account."
    )
    assert fallen_sentence(None, None, []) == ""


def test_who_has_no_key_of_the_school_cannot_try_a_name() -> None:
    one, other = (about(ACCOUNT, {"roll_id": "P1"}, ANN, key=key) for key in ("the school's", "a guess"))

    assert one["person"] != other["person"]
