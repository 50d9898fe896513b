"""No reader of the published copy meets a roll id beside an account's own words before a person has confirmed whose."""

import json
from datetime import date

import pytest

from tests.warehouse.test_reconcile import found
from warehouse.casebook.casebook import Decision
from warehouse.exceptions.observed import sighted
from warehouse.exceptions.reconcile import reconcile
from warehouse.match_store import keep_matches

DAY = "2026-11-02"
SHOWN = {"account": "@one", "shown_name": 'A "Name" \N{PARTY POPPER}', "signs": "The profile says Year 8."}
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
    decided = {f"print-{actor}": Decision(one, None, "dsl") for actor, (_, one) in CASES.items() if one}
    people = [(actor, one) for actor, (roll_id, _) in CASES.items() for one in roll_id.split(", ")]
    keep_matches(db, run_id, [MATCH | {"actor_id": actor, "person_id": one} for actor, one in people])
    reconcile(db, run_id=run_id, as_of=date.fromisoformat(DAY), found=raised, known=sighted(db, []), decisions=decided)
    return db


def test_an_unconfirmed_match_is_published_without_a_roll_id_and_a_confirmed_one_with_the_name(published):
    rows = published.execute("select subject_id, evidence, confirmed_name from published.exceptions").fetchall()
    told = {actor: (json.loads(evidence), name) for actor, evidence, name in rows}
    unnamed = ({"account": "@one", "remark": "whatever", **SHOWN}, None)

    assert told.pop("11") == ({**unnamed[0], "roll_id": "P1"}, "Rosalind Thistlewood")
    assert told == dict.fromkeys(CASES.keys() - {"11"}, unnamed)


def test_the_warehouse_keeps_what_was_judged(published):
    kept = published.execute("select subject_id, evidence ->> '$.roll_id' from outcome.exceptions").fetchall()

    assert dict(kept) == {actor: roll_id for actor, (roll_id, _) in CASES.items()}


def test_whom_an_account_may_belong_to_stands_in_a_table_without_the_accounts_own_words(published):
    rows = published.execute("select * from published.matches").pl().to_dicts()

    assert [(row["actor_id"], row["person_id"]) for row in rows if row["actor_id"] == "7"] == [("7", "P1")]
    assert not set(SHOWN) & set(rows[0])
