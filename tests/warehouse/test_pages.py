"""Pages are kept before they are read, chained, and counted in the ledger."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from warehouse.runs.pages import (
    PageDamagedError,
    RequestPrice,
    StoredPage,
    keep_page,
    last_request,
    note_request,
    paid_for_before,
    spent,
    stored_pages,
)

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def page(number: int, body: bytes = b"{}") -> StoredPage:
    token = None if number == 0 else f"t{number}"
    return StoredPage(
        "followers:100", number, "followers", "{}", token, f"t{number + 1}", NOON, 200, body, 10, Decimal("0.01"), 0
    )


def test_pages_come_back_in_order_as_they_were_kept(db):
    keep_page(db, "r", "x", page(0, b'{"a": 1}'))
    keep_page(db, "r", "x", page(1, b'{"b": 2}'))

    assert stored_pages(db, "r", "x", "followers:100") == [page(0, b'{"a": 1}'), page(1, b'{"b": 2}')]
    assert stored_pages(db, "r", "youtube", "followers:100") == []


def test_each_page_names_the_hash_of_the_page_before(db):
    keep_page(db, "r", "x", page(0, b"one"))
    keep_page(db, "r", "x", page(1, b"two"))

    rows = db.execute("select sha256, previous_sha256 from raw.pages order by number").fetchall()

    first = hashlib.sha256(b"one").hexdigest()
    assert rows == [(first, None), (hashlib.sha256(b"two").hexdigest(), first)]


def test_a_page_that_was_changed_is_not_replayed(db):
    keep_page(db, "r", "x", page(0, b"one"))
    db.execute("update raw.pages set sha256 = 'other'")

    with pytest.raises(PageDamagedError, match="Restore the last backup"):
        stored_pages(db, "r", "x", "followers:100")


def test_replay_ends_before_a_page_whose_body_has_gone(db):
    keep_page(db, "r", "x", page(0))
    keep_page(db, "r", "x", page(1))
    db.execute("update raw.pages set body = null where number = 1")

    assert [p.number for p in stored_pages(db, "r", "x", "followers:100")] == [0]


def test_what_was_paid_for_pages_that_must_be_asked_for_again_is_known(db):
    for number in range(4):
        keep_page(db, "r", "x", page(number))
        keep_page(db, "other", "x", page(number))
    keep_page(db, "r", "youtube", page(0))
    assert paid_for_before(db, "r", "x") == (Decimal(0), 0)

    db.execute("update raw.pages set body = null where number = 1")

    assert paid_for_before(db, "r", "x") == (Decimal("0.03"), 0)
    assert paid_for_before(db, "r", "youtube") == (Decimal(0), 0)


def test_a_page_that_is_asked_for_again_takes_the_place_of_one_whose_body_has_gone(db):
    keep_page(db, "r", "x", page(0, b"one"))
    db.execute("update raw.pages set body = null")
    keep_page(db, "r", "x", page(0, b"again"))

    assert [p.body for p in stored_pages(db, "r", "x", "followers:100")] == [b"again"]
    assert spent(db, "r")[0] == Decimal("0.02")


def test_the_newest_request_that_was_answered_is_remembered_from_run_to_run(db):
    asked = ({"request": '{"n":1}'}, {"request": '{"n":3}', "fetched_at": NOON + timedelta(days=7)}, {"request": "{}"})
    for number, run in enumerate(("first", "third", "second")):
        keep_page(db, run, "x", replace(page(0), **asked[number]))
    keep_page(db, "last", "x", replace(page(0), listing="followers:200", fetched_at=NOON + timedelta(days=14)))

    assert last_request(db, "x", "followers:100") == '{"n":3}'
    assert last_request(db, "x", "posts:100") is None
    assert last_request(db, "youtube", "followers:100") is None


def test_the_ledger_counts_pages_and_requests_that_brought_none(db):
    keep_page(db, "r", "x", page(0))
    note_request(db, "r", "youtube", "videos", NOON, 500, RequestPrice(units=1))

    assert spent(db, "r") == (Decimal("0.01"), 1)
    assert spent(db, "other") == (Decimal(0), 0)
