"""What a pupil or a parent reads of a pack: a sentence for each entry, and a word of its own for each column."""

import re
from datetime import UTC, date, datetime

import pytest

from dashboards.subject_pack.words import (
    has_label,
    is_hidden,
    is_told,
    lines,
    looked_in_words,
    sentence,
    title_and_why,
    told_stores,
)  # fmt: skip
from warehouse.privacy.stores import every_column

ACCOUNTS = {"1001": "@OusterlyVale on X"}
# What the program adds to an entry beside a table's own columns.
ADDED = {"registers": {"register"}, "reports": {"folder", "files", "says"}, "holds": {"says", "kept_until"}}


def columns_of(store):
    return {column for table, column in every_column() if table in {store, f"casebook.{store}"}} | ADDED.get(
        store, set()
    )


@pytest.mark.parametrize("store", told_stores())
def test_every_column_of_a_store_has_a_word_of_its_own_or_is_left_to_the_json(store):
    bare = {column for column in columns_of(store) if not has_label(column) and not is_hidden(column)}

    assert bare - {"number", "school", "by_person", "person"} == set()  # which are never given


@pytest.mark.parametrize("store", told_stores())
def test_an_entry_without_the_values_that_its_sentence_needs_is_called_by_its_title(store):
    said = sentence(store, {}, {})

    assert said == f"{title_and_why(store)[0]}." or "{" not in said
    assert not re.search(r"[{}_]|None", said)


@pytest.mark.parametrize(
    ("store", "values", "says"),
    [
        ("raw.follows", {"platform": "x", "account_id": "1001", "direction": "follower"},
         "This account follows @OusterlyVale on X."),
        ("raw.follows", {"platform": "x", "account_id": "9", "direction": "following"},
         "This account is followed by an account of the school on X."),
        ("raw.comments", {"platform": "x", "account_id": "1001", "kind": "reply",
                          "posted_at": datetime(2026, 10, 29, tzinfo=UTC)},
         "This account wrote a reply to @OusterlyVale on X on Thu 29 Oct 2026."),
        ("decisions", {"decided_at": datetime(2026, 11, 3, tzinfo=UTC), "by_role": "dsl", "answer": "mistaken"},
         "On Tue 3 Nov 2026 the Designated Safeguarding Lead decided: it was a mistake."),
        ("raw.looks", {}, "What the program saw when it compared a picture with the approved photographs."),
    ],
)  # fmt: skip
def test_an_entry_is_a_sentence(store, values, says):
    assert sentence(store, values, ACCOUNTS) == says


def test_codes_numbers_and_hashes_do_not_reach_a_reader():
    values = {
        "fingerprint": "ab" * 32, "actor_id": "123", "basis": "public_task", "channels": "x;website",
        "approved_on": date(2025, 9, 2), "reasons": ["It is so.", "And so."], "alt_text": "",
        "evidence": {"roll_id": "004101", "band": "likely", "shown_name": "nerys ~"},
        "said": [{"username": "nc", "createdAt": "2022-01-18T00:00:00.000Z", "etag": "x", "metrics": {"likes": 2}}],
    }  # fmt: skip

    assert lines(values) == [
        ("What lets the school use it", "it is part of the school's work"),
        ("Where it may be shown", "X; the school's website"),
        ("Approved on", "Tue 2 Sep 2025"),
        ("Why", "It is so. And so."),
        ("Shown name", "nerys ~"),
        ("Handle", "nc"),
        ("Made on", "Tue 18 Jan 2022"),
    ]


def test_what_was_done_at_the_desk_is_told_in_words():
    assert looked_in_words("case") == "opened the case at the desk"
    assert looked_in_words("signed in") == "at the desk: signed in"
    assert not is_told("raw.runs")
