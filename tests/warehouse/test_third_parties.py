"""Everybody else is taken out, the same person under the same number; the subject, and plain words, stay."""

from datetime import date

import pytest

from engines.naming import PersonName
from tests.warehouse.rows import follow, post, profile
from tests.warehouse.test_subjects import match, person
from warehouse.privacy.subject_patterns import Subject
from warehouse.privacy.third_parties import OtherAccount, OtherPerson, Redactor, accounts_known, people_known
from warehouse.store.load import load

SUBJECT = Subject(
    actors=frozenset({("x", "777001")}),
    person_ids=frozenset({"004103"}),
    handles=frozenset({"chidi_ow"}),
    names=frozenset({"chidi okonjo-wray", "chidiebere okonjo-wray"}),
)
PEOPLE = (
    OtherPerson("004103", ("Chidi Okonjo-Wray",)),
    OtherPerson("004112", ("Ffion Marshdale",)),
    OtherPerson("PC1", ("Ngozi Okonjo-Wray", "May Okonjo-Wray"), ("@ngozi.wray",)),
    OtherPerson("7", ("Siân O'Dwyerin",)),
)
ACCOUNTS = (
    OtherAccount("x", "777001", "chidi_ow", "Chidi Okonjo-Wray"),
    OtherAccount("x", "888002", "MusicMan", "The Music Man"),
    OtherAccount("x", "31", "bee", "Bee"),
    OtherAccount("youtube", "UCabc-def_ghi", None, None),
)


@pytest.fixture
def others() -> Redactor:
    return Redactor(SUBJECT, PEOPLE, ACCOUNTS, kept=("Ousterly Vale School",))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("text", "Well played Ffion Marshdale!", "Well played [another person 1]!"),
        ("text", "MARSHDALE and Chidi Okonjo-Wray", "[another person 1] and Chidi Okonjo-Wray"),
        ("text", "Ngozi Okonjo-Wray", "[another person 1]"),
        ("text", "Sian, Siân and siân", "[another person 1], [another person 1] and siân"),
        ("text", "O\u2019Dwyerin", "[another person 1]"),
        ("text", "the music man plays", "[another person 1] plays"),
        ("text", "music may be played in May", "music may be played in May"),
        ("text", "see @bee and a bee", "see @[another person 1] and a bee"),
        ("text", "by @ngozi.wray or ngozi.wray", "by @[another person 1] or [another person 1]"),
        ("text", "https://x.com/i/user/31 in Year 7", "https://x.com/i/user/[another person 1] in Year 7"),
        ("link", "https://x.com/i/user/777001", "https://x.com/i/user/777001"),
        ("text", "UCabc-def_ghi wrote", "[another person 1] wrote"),
        ("pupil_ids", "004103; 004112; 7", "004103; [another person 1]; [another person 2]"),
        ("pupil_ids", ["004103", "7"], ["004103", "[another person 1]"]),
        ("evidence", '{"account": "bee", "roll_id": "7", "quote": "bee 7"}',
         {"account": "[another person 1]", "roll_id": "[another person 2]", "quote": "bee 7"}),
        ("evidence", "{not json of Ffion Marshdale", "{not json of [another person 1]"),
        ("due_on", date(2026, 11, 2), date(2026, 11, 2)),
        ("rows", 7, 7),
        ("text", None, None),
        ("text", "Ousterly Vale School", "Ousterly Vale School"),
        ("run_id", "2026-10-31", "2026-10-31"),
        ("rests_on", ["31"], ["[another person 1]"]),
    ],
)  # fmt: skip
def test_others_go_and_the_subject_and_plain_words_stay(others, key, value, said):
    assert others.without(value, key) == said


def test_the_same_person_has_the_same_number_everywhere_and_is_counted(others):
    others.without("Ffion Marshdale", "text")
    others.without("The Music Man", "text")

    assert others.without({"Marshdale": "004112"}, "x") == {"[another person 1]": "[another person 1]"}
    assert others.counts == {1: 3, 2: 1}


def test_a_namesake_of_the_subject_stays_and_is_not_counted():
    others = Redactor(SUBJECT, [OtherPerson("9", ("Chidi Okonjo-Wray",))], ())

    assert others.without("Chidi Okonjo-Wray", "text") == "Chidi Okonjo-Wray"
    assert others.counts == {}


def test_a_name_that_a_namesake_bears_too_is_the_subject_s_own_where_the_subject_is_searched_without_it():
    both = (OtherPerson("1", ("Ffion Marshdale",)), OtherPerson("2", ("Ffion Marshdale",)))
    others = Redactor(Subject(person_ids=frozenset({"1"}), shared_names=1), both, ())

    assert others.without("Ffion Marshdale", "full_name") == "Ffion Marshdale"
    assert others.without("Marshdale", "surname") == "Marshdale"


def test_the_warehouse_knows_everybody_but_the_school_s_own_accounts(db, week):
    run_id = week("2026-11-02")
    people = [person("P2", "Zoë Ann", "Marsh", known_as="Zo", x_account="@zo")]
    answered = post("1", in_reply_to_actor_id="777004", refers_to_actor_id="777005")
    records = [*people, profile("777001", "Zoë Marsh"), follow("777002"), answered]
    load(db, run_id=run_id, source="x", records=records)
    match(db, run_id, "777003", "P2")
    db.execute(
        "insert into raw.official_accounts (run_id, platform, account_id, handle, reads) "
        "select ?, 'x', '777003', 'ours', 'owned'",
        [run_id],
    )

    assert list(people_known(db)) == [
        OtherPerson("P2", PersonName("Zoë Ann Marsh", "Zoë Ann", "Marsh", "Zo").forms, ("@zo",)),
    ]
    known = {(account.actor_id, account.display_name) for account in accounts_known(db)}
    assert known == {("777001", "Zoë Marsh"), ("777002", None), ("777004", None), ("777005", None)}
