"""The casebook's seals and the counters on both sides; damage in an encrypted file is found by reading it.

The casebook is one in SQLite and one on PostgreSQL.
"""

import random
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.casebooks import CASEBOOK_KEY, decide, erase_cases, hold
from tests.warehouse.conftest import beside
from warehouse.casebook import chain, verify
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Casebook, CasebookError
from warehouse.casebook.counters import SyncState, count_request, leave, lost, note_casebook, sync_state_of, written_to
from warehouse.casebook.school_rows import enter_as_it_stands
from warehouse.store.damage import ensure_readable, hash_of
from warehouse.store.open import WarehouseError, opened

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
KEY = "k" * 43
BLOCK = 262_144
ANOTHER_HOLD = """
insert into holds (school, platform, subject_id, reason, until, by_role)
select school, 'x', '8', '', until, '' from holds
"""


# Tables that came after seals, besides those of the desk.


def with_three_rows(made):
    decide(made, "f" * 64, "confirmed", until=None, by_role="dpo", note="-", at=NOON)
    hold(made, platform="x", subject_id="7", reason="police request", until=date(2026, 12, 1))
    made.log_query(by_user="dpo", purpose="subject access request", sql="select 1", at=NOON)


@pytest.fixture
def casebook_url(casebook_of):
    return casebook_of(with_three_rows)


def look(book):
    with book.engine.connect() as connection:
        verify.ensure_whole(connection, "ousterly-vale")


def change(book, sql):
    with book.engine.begin() as connection:
        connection.execute(text(sql))


def test_what_is_written_answered_and_forgotten_in_the_ordinary_way_breaks_no_seal(book):
    book.close_query(1, rows=1, problem=None)
    erase_cases(book, "f" * 64)
    decide(book, "g", "allowed", until=date(2026, 12, 1), by_role="dpo", note="-", at=NOON)
    look(book)

    assert written_to(book) == {
        "decisions": 2,
        "attestations": 0,
        "acceptances": 0,
        "holds": 1,
        "tombstones": 0,
        "labels": 0,
        "query_log": 1,
        "desk_access_log": 0,
        "register_changes": 0,
        "challenges": 0,
        "erasures": 0,
        "redactions": 0,
        "age_deletions": 0,
    }


@pytest.mark.parametrize(
    "sql",
    [
        "delete from decisions",
        "delete from chain where kind = 'holds'",
        "update decisions set answer = 'mistaken'",
        "update query_log set purpose = 'another'",
        "update chain set digest = 'x'",
        "update chain set mac = 'x' where position = 2",
        "update chain set salt = null where kind = 'holds'",
        ANOTHER_HOLD,
    ],
)
def test_a_row_that_is_not_what_was_written_is_noticed(book, sql):
    change(book, sql)

    with pytest.raises(CasebookError, match=r"not what was written \(1 of"):
        look(book)


def test_a_casebook_that_has_lost_its_seals_since_is_damaged_and_not_an_older_one(book, casebook_url):
    change(book, "drop table chain")

    with pytest.raises(CasebookError, match="damaged"):
        Casebook(casebook_url, "ousterly-vale", CASEBOOK_KEY)


def test_rows_that_are_accepted_as_they_stand_are_sealed_anew_and_none_is_counted_less(book):
    change(book, "delete from decisions")
    change(book, "update holds set until = '2027-01-01'")
    before = written_to(book)
    with writing(book.engine) as connection:
        chain.enter(connection, "ousterly-vale", "accepted", "chain")
        enter_as_it_stands(connection, "ousterly-vale")
    look(book)

    assert written_to(book) == before


def test_a_mistake_of_ours_is_not_told_as_a_fault_of_the_casebook(book):
    with pytest.raises(IntegrityError):
        change(book, "insert into holds (school) values ('ousterly-vale')")


def test_a_casebook_knows_a_warehouse_by_one_name_and_counts_its_requests(book):
    first = sync_state_of(book, otherwise="a")
    count_request(book)
    leave(book, (7, 2), "hash")
    count_request(book)

    assert (first, sync_state_of(book, otherwise="b")) == (SyncState("a", 0, 0, None), SyncState("a", 8, 2, "hash"))


def request(db, count):
    db.execute(f"insert into raw.requests select 'r', 'x', '/', now(), 200, 1, 0, 0 from range({count})")


LOST = {  # requests in the warehouse, requests and runs in the casebook, the casebook's name -> what is said
    "nothing": (5, SyncState("a", 5, 0, None), []),
    "a page under way when a run was killed": (6, SyncState("a", 5, 0, None), []),
    "a log": (5, SyncState("a", 52, 0, None), ["lacks 47 requests and 0 runs"]),
    "a week": (5, SyncState("a", 5, 1, None), ["lacks 0 requests and 1 runs"]),
    "the casebook": (5, SyncState("b", 0, 0, None), ["is not the one that the last run used"]),
    "a casebook's last days": (5, SyncState("a", 3, 0, None), ["is older than the warehouse"]),
}


@pytest.mark.parametrize("what", LOST)
def test_what_one_side_lost_the_other_tells(db, book, what):
    requests, left, says = LOST[what]
    note_casebook(db, book, "2026-11-02", SyncState("a", 0, 0, None), NOON)
    request(db, requests)

    told = lost(db, book, left)

    assert len(told) == len(says)
    assert all(one in sentence for one, sentence in zip(says, told, strict=True))


def test_a_casebook_with_fewer_rows_than_a_run_saw_is_told_by_table(db, book):
    note_casebook(db, book, "2026-11-02", SyncState("a", 0, 0, None), NOON)
    other = beside(book, "hill-view")

    told = lost(db, other, SyncState("a", 0, 0, None))
    other.close()

    assert told == ["The casebook lacks rows that the last run saw (1 of decisions, 1 of holds, 1 of query_log)."]


def test_a_changed_byte_in_any_block_of_a_file_of_tables_is_found_by_reading_it(tmp_path):
    path = tmp_path / "published.duckdb"
    with opened(path, KEY) as db:
        db.execute("create schema published")
        db.execute("create table published.runs as select 'r' || range as run_id, md5(range::text) as x from range(9)")
        db.execute("create table published.posts as select range as i, md5(range::text) as text from range(60000)")
        db.execute("checkpoint kept")
    ensure_readable(path, KEY)
    body = path.read_bytes()
    chance = random.Random(11)
    places = [chance.randrange(start, min(start + BLOCK, len(body))) for start in range(3 * 4096, len(body), BLOCK)]

    for place in places:
        path.write_bytes(body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :])
        with pytest.raises(WarehouseError, match=r"published\.duckdb is damaged"):
            ensure_readable(path, KEY)

    assert len(places) > 5


def test_a_file_with_a_log_beside_it_has_no_hash_yet(tmp_path):
    path = tmp_path / "w.duckdb"
    with opened(path, KEY) as db:
        db.execute("create table t (i int)")
        assert hash_of(path) is None

    assert hash_of(path)
    assert hash_of(tmp_path / "none.duckdb") is None
