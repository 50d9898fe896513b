"""A person decides by the ref in the report; the next run heeds it, for that account and person everywhere.

It alone proves that a decision changes what the next run's report names, in every tier.
"""

import re

import pytest

from tests.casebooks import decide
from tests.flows.audited import audited_village
from tests.flows.calling import audit
from tests.flows.village import PUPIL, SCHOOL, TEACHER
from tests.published_text import text_of
from warehouse.store.open import opened

LEAD = ("--by", "enterprise_and_technology_lead", "--note", "Looked at with the form tutor.")


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    with audited_village(tmp_path_factory.mktemp("decide") / "home", is_few=False) as running:
        yield running


def standing(village, subject=PUPIL):
    with opened(village.places.published, village.context().key, read_only=True) as copy:
        return copy.execute(
            "select fingerprint, check_id, status, decision, decided_until, about from published.exceptions "
            "where run_id = (select max(run_id) from published.runs) and subject_id = ? order by check_id",
            [subject],
        ).fetchall()


def words_of_reports(village, day):
    folder = village.places.reports(day)
    return {path.name: set(re.findall(r"\w+", text_of(path))) for path in folder.iterdir()}


def test_a_mistaken_account_is_set_aside_and_a_confirmed_one_named_from_the_next_run_on(audited):
    [(fingerprint, check_id, _, before, *_)] = standing(audited)
    [(teachers, *_, about)] = standing(audited, TEACHER)
    unconfirmed = words_of_reports(audited, "2026-11-02")
    decided = audit(
        "decide", SCHOOL, fingerprint[:8], "mistaken", *LEAD, "--until", "2028-08-31", **audited.environment
    )
    refused = audit("decide", SCHOOL, teachers[:8], "confirmed", *LEAD, **audited.environment)
    with audited.context().casebook() as book:  # by two at the desk, who were shown whom
        at = audited.settings.clock()
        decide(book, teachers, "confirmed", by_role="dsl", note="It is theirs.", at=at, about=about)
    again = audit("run", SCHOOL, "--as-of", "2026-11-09", **audited.environment)

    assert (check_id, before) == ("pupil_follower", None)
    assert (decided.code, refused.code, again.code) == (0, 2, 0)
    assert "(pupil_follower) is mistaken, until 2028-08-31" in decided.out
    assert [name for name, words in unconfirmed.items() if words & {"P1", "S1"}] == []
    named = {name for name, words in words_of_reports(audited, "2026-11-09").items() if "S1" in words}
    assert named == {"index.html", "dpo.html", "exceptions.csv", "exceptions.json", "exceptions.xlsx"}
    assert not [name for name, words in words_of_reports(audited, "2026-11-09").items() if "P1" in words]
    [(_, _, status, after, until, _)] = standing(audited)
    assert (status, after, str(until)) == ("open", "mistaken", "2028-08-31")
    for name in ("index.html", "dsl.html", "exceptions.csv"):
        told = (audited.places.reports("2026-11-09") / name).read_text(encoding="utf-8")
        assert re.search(
            r"Mistaken, says the Enterprise and Technology Lead \(role claimed, not signed in\), on [^;]+; set aside "
            r"on Mon 9 Nov 2026\.",
            told,
        )


@pytest.mark.parametrize(
    ("ref", "verdict", "more", "says"),
    [
        ("short", "mistaken", (), "A ref is the eight letters and figures"),
        ("00000000", "mistaken", (), "The newest report has no exception 00000000."),
        ("known", "guilty", (), "A decision is one of: confirmed, mistaken, allowed, done, undone."),
        ("known", "allowed", (), "Say until which day it is allowed."),
        ("known", "mistaken", ("--until", "2020-01-01"), "The day is in the past. Choose one to come."),
        (
            "known",
            "confirmed",
            ("--by", "parents"),
            "--by is the role that decides: chair_of_governors, data_office, dpo,",
        ),
        ("known", "confirmed", ("--note", " "), "Say with --note what the decision rests on"),
        ("known", "confirmed", ("--note", "Asked rosalind THISTLEWOOD."), "--note names whom it is about"),
    ],
)
def test_what_cannot_be_decided_is_one_sentence_and_exit_2(audited, ref, verdict, more, says):
    known = standing(audited, TEACHER)[0][0][:8]

    said = audit("decide", SCHOOL, known if ref == "known" else ref, verdict, *LEAD, *more, **audited.environment)

    assert said.code == 2
    assert says in said.err


def test_what_the_run_had_set_aside_and_is_taken_back_may_be_decided_again(audited):
    [(fingerprint, *_)] = standing(audited)
    audit("decide", SCHOOL, fingerprint[:8], "mistaken", *LEAD, "--until", "2028-08-31", **audited.environment)
    audit("run", SCHOOL, "--as-of", "2026-11-16", **audited.environment)
    aside = standing(audited)[0][3]

    before = audit("decide", SCHOOL, fingerprint[:8], "allowed", *LEAD, "--until", "2027-08-31", **audited.environment)
    back = audit("decide", SCHOOL, fingerprint[:8], "undone", *LEAD, **audited.environment)
    after = audit("decide", SCHOOL, fingerprint[:8], "allowed", *LEAD, "--until", "2027-08-31", **audited.environment)

    assert (aside, before.code, back.code, after.code) == ("mistaken", 2, 0, 0), before.err + after.err
