"""No reader of the published copy meets a roll id beside an account's own words before a person has confirmed whose."""

import json

import pytest

from policies.decisions import StandingDecision
from tests.warehouse.cases import found, observed, settle
from warehouse.exceptions.outcomes import EvidenceRow, write_declarations
from warehouse.runs.match_store import keep_matches

DAY = "2026-11-02"
SHOWN = {"account": "@one", "shown_name": 'A "Name" \N{PARTY POPPER}', "signs": "The profile says Year 8."}
KINDS = {"account": "public_name", "shown_name": "public_name", "signs": "fact", "remark": "fact", "roll_id": "roll_id"}
DECLARED = [
    EvidenceRow("pupil_follower", label, kind, kind != "fact", changes=False, links=False)
    for label, kind in KINDS.items()
]
MATCH = {"platform": "x", "role": "pupil", "band": "likely", "probability": 0.9, "reasons": "[]", "is_best": True}
# actor -> whom the account may belong to, and what a person decided
CASES = {
    "7": ("P1", None),
    "8": ("P1", "mistaken"),
    "9": ("P1", "allowed"),
    "10": ("P1, P2", None),
    "11": ("P1", "confirmed"),
}


@pytest.fixture
def published(db, week):
    """A warehouse with an exception for each case."""
    run_id = week(DAY)
    db.execute(
        "insert into raw.people (run_id, source, register, person_id, given_names, surname) "
        "values (?, 'registers', 'pupils', 'P1', 'Rosalind', 'Thistlewood')",
        [run_id],
    )
    raised = [found(actor, **SHOWN, roll_id=roll_id) for actor, (roll_id, _) in CASES.items()]
    decided = {
        of.fingerprint: StandingDecision(one, None, "dsl", about=json.dumps(of.about))
        for of, (_, one) in zip(raised, CASES.values(), strict=True)
        if one
    }
    people = [(actor, one) for actor, (roll_id, _) in CASES.items() for one in roll_id.split(", ")]
    keep_matches(db, run_id, [MATCH | {"actor_id": actor, "person_id": one} for actor, one in people])
    write_declarations(db, run_id, DECLARED)
    settle(db, run_id, raised, observed(db), decided)
    return db


def test_an_unconfirmed_match_is_published_without_a_roll_id_and_a_confirmed_one_with_the_name(published):
    rows = published.execute("select subject_id, evidence, confirmed_name from published.exceptions").fetchall()
    told = {actor: (json.loads(evidence), name) for actor, evidence, name in rows}
    unnamed = ({"account": "@one", "remark": "whatever", **SHOWN}, None)

    assert told.pop("11") == ({**unnamed[0], "roll_id": "P1"}, "Rosalind Thistlewood")
    assert told == dict.fromkeys(CASES.keys() - {"11"}, unnamed)


def test_an_id_that_two_registers_give_to_two_people_names_neither(published):
    published.execute(
        "insert into raw.people (run_id, source, register, person_id, given_names, surname) "
        "values (?, 'registers', 'staff', 'P1', 'Ambrose', 'Quill')",
        [DAY],
    )
    published.execute(
        "insert into raw.matches (run_id, platform, actor_id, person_id, role, band, probability, reasons, is_best) "
        "values (?, 'x', '11', 'P1', 'staff', 'likely', 0.9, '[]', true)",
        [DAY],
    )

    names = published.execute("select confirmed_name from published.exceptions where subject_id = '11'").fetchall()

    assert names == [(None,)]


def test_the_warehouse_keeps_what_was_judged(published):
    kept = published.execute("select subject_id, evidence ->> '$.roll_id' from outcome.exceptions").fetchall()

    assert dict(kept) == {actor: roll_id for actor, (roll_id, _) in CASES.items()}


def test_whom_an_account_may_belong_to_stands_in_a_table_without_the_accounts_own_words(published):
    rows = published.execute("select * from published.matches").pl().to_dicts()

    assert [(row["actor_id"], row["person_id"]) for row in rows if row["actor_id"] == "7"] == [("7", "P1")]
    assert not set(SHOWN) & set(rows[0])


def test_a_page_about_somebody_that_was_confirmed_is_no_match_that_was(published):
    published.execute("update outcome.exceptions set check_id = 'lookalike_account' where subject_id = '11'")

    decided = "select decision from published.matches where actor_id = ?"
    assert [published.execute(decided, [actor]).fetchall() for actor in ("8", "11")] == [[("mistaken",)], [(None,)]]


def evidence_of(db, run_id=DAY):
    rows = db.execute("select subject_id, evidence from published.exceptions where run_id = ?", [run_id]).fetchall()
    return {actor: set(json.loads(evidence)) for actor, evidence in rows}


def test_what_no_check_declared_is_not_published_even_of_somebody_confirmed(published):
    published.execute("delete from outcome.check_evidence where label = 'shown_name'")

    assert evidence_of(published)["7"] == {"account", "remark", "signs"}
    assert evidence_of(published)["11"] == {"account", "remark", "signs", "roll_id"}


def test_a_run_without_declarations_publishes_no_evidence(published):
    published.execute("delete from outcome.check_evidence")

    assert set(map(frozenset, evidence_of(published).values())) == {frozenset()}


def test_the_declarations_of_a_run_stay_when_a_later_one_declares_otherwise(published, week):
    later = week("2026-11-09")
    write_declarations(published, later, DECLARED[:1])
    write_declarations(published, later, DECLARED[:2])
    counts = published.execute("select run_id, count(*) from published.check_evidence group by run_id").fetchall()

    assert dict(counts) == {DAY: len(DECLARED), later: 2}
