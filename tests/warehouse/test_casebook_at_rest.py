"""The casebook on its disk: nothing of it can be read without its key, and one in the clear is refused."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import event
from sqlcipher3 import dbapi2

from tests.casebooks import CASEBOOK_KEY, decide
from warehouse.casebook.casebook import Casebook, CasebookError
from warehouse.casebook.connecting import connected, engine_of, ensure_is_key, is_encrypted, write_ahead

SCHOOL = "hamlet"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
OTHER_KEY = "another-key-that-opens-nothing-of-this-0123"
NOTE = "a sentence that somebody wrote about a case"


def all_bytes(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def read_all(connection):
    for (name,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
        connection.execute(f'select * from "{name}"').fetchall()


def opened(casebook, key=CASEBOOK_KEY):
    return Casebook(f"sqlite:///{casebook}", SCHOOL, key)


def test_what_is_written_cannot_be_read_in_file_log_or_copy_and_is_read_with_the_key(tmp_path):
    casebook = tmp_path / "casebook.sqlite"
    with closing(opened(casebook)) as book:
        decide(book, "f" * 64, "confirmed", until=None, by_role="dpo", note=NOTE, at=NOON)
        book.log_query(by_user="somebody", purpose="a purpose of ours", sql="select 1", at=NOON)
        written = all_bytes(tmp_path)

    assert len(written) > 50_000
    assert [word for word in (NOTE, "a purpose of ours", "decisions", "SQLite") if word.encode() in written] == []
    assert is_encrypted(casebook)
    with closing(connected(casebook, CASEBOOK_KEY)) as connection:
        assert (NOTE,) in connection.execute("select note from decisions").fetchall()


def test_a_casebook_in_the_clear_is_refused_in_one_sentence_and_left_alone(tmp_path):
    casebook = tmp_path / "casebook.sqlite"
    with closing(connected(casebook)) as plain:
        plain.execute("create table decisions (number integer)")
    before = casebook.read_bytes()

    with pytest.raises(CasebookError, match=r"^This casebook was made before release 0\.2\.0"):
        opened(casebook)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"casebook.sqlite": before}


def test_two_schools_that_open_a_new_casebook_at_once_take_turns(tmp_path):
    together = Barrier(2, timeout=10)

    def connects(number):
        engine = engine_of(f"sqlite:///{tmp_path}/{number}.sqlite", CASEBOOK_KEY)
        event.listen(engine, "connect", write_ahead)
        together.wait()
        with engine.connect() as connection:
            journal = connection.exec_driver_sql("pragma journal_mode").scalar()
        engine.dispose()
        return journal

    with ThreadPoolExecutor(2) as pool:
        journals = list(pool.map(connects, [number for number in range(50) for _ in range(2)]))

    assert journals == ["wal"] * 100


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (OTHER_KEY, "The key does not open the casebook"),
        (None, "The casebook has no key"),
        ("", "The casebook has no key"),
        ("short", "must be 32 to 128 letters"),
        ("k" * 40 + '"; drop', "must be 32 to 128 letters"),
    ],
)
def test_a_wrong_key_is_one_sentence_and_nothing_is_made_or_changed(tmp_path, capfd, key, sentence):
    casebook = tmp_path / "casebook.sqlite"
    opened(casebook).close()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    with pytest.raises(CasebookError, match=sentence):
        opened(casebook, key)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert capfd.readouterr() == ("", "")


def test_a_page_that_was_changed_is_told_and_not_read(tmp_path):
    casebook = tmp_path / "casebook.sqlite"
    opened(casebook).close()
    body = bytearray(casebook.read_bytes())
    body[3 * 4096 + 100] ^= 1
    casebook.write_bytes(body)

    with closing(connected(casebook, CASEBOOK_KEY)) as connection:
        assert len(connection.execute("pragma cipher_integrity_check").fetchall()) == 1
        with pytest.raises(dbapi2.DatabaseError):
            read_all(connection)


def test_a_key_is_given_back_as_it_is():
    assert ensure_is_key(CASEBOOK_KEY) == CASEBOOK_KEY
