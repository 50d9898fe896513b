"""The casebook on its disk: nothing of it can be read without its key, and one from before is encrypted at once."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import event
from sqlcipher3 import dbapi2

from tests.casebooks import CASEBOOK_KEY
from tests.fixtures.upgrade import keeping
from tests.fixtures.upgrade.hamlet import SCHOOL
from warehouse.casebook import encrypt
from warehouse.casebook.at_rest import connected, is_encrypted, is_plain, must_be_a_key, rows_of
from warehouse.casebook.casebook import Casebook, CasebookError
from warehouse.casebook.connecting import engine_of, write_ahead
from warehouse.casebook.encrypt import encrypt_what_is_plain

KEPT = Path(keeping.__file__).parent / "2026-11"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
OTHER_KEY = "another-key-that-opens-nothing-of-this-0123"
NOTE = "a sentence that somebody wrote about a case"


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """A casebook in the clear, with a row of most kinds."""
    return keeping.unpack_casebook(KEPT, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def plain(packed, tmp_path):
    """A casebook in the clear, with a note that stands in its log alone, and a copy from before an upgrade."""
    casebook = tmp_path / "casebook.sqlite"
    shutil.copy(packed, casebook)
    shutil.copy(packed, tmp_path / "casebook.sqlite.before-0003")
    pid = os.fork()
    if pid == 0:  # a program that was killed leaves a log that is not yet in the file
        connection = connected(casebook)
        connection.execute("pragma journal_mode = wal")
        connection.execute("update decisions set note = ?", [NOTE])
        os._exit(0)
    os.waitpid(pid, 0)
    assert NOTE.encode() in casebook.with_name("casebook.sqlite-wal").read_bytes()
    return casebook


def all_bytes(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def rows_in(casebook, key=None):
    with closing(connected(casebook, key)) as connection:
        return list(rows_of(connection))


def opened(casebook, key=CASEBOOK_KEY):
    return Casebook(f"sqlite:///{casebook}", SCHOOL, key)


def test_what_is_written_cannot_be_read_in_file_log_or_copy_and_is_read_with_the_key(tmp_path):
    casebook = tmp_path / "casebook.sqlite"
    with closing(opened(casebook)) as book:
        book.decide("f" * 64, "confirmed", until=None, by_role="dpo", note=NOTE, at=NOON)
        book.log_query(by_user="somebody", purpose="a purpose of ours", sql="select 1", at=NOON)
        written = all_bytes(tmp_path)

    assert len(written) > 50_000
    assert [word for word in (NOTE, "a purpose of ours", "decisions", "SQLite") if word.encode() in written] == []
    assert is_encrypted(casebook)
    assert any(NOTE in row for row in rows_in(casebook, CASEBOOK_KEY))


def test_a_casebook_in_the_clear_is_encrypted_row_by_row_with_its_copies_and_nothing_of_it_stays(plain):
    shutil.copytree(plain.parent, before := plain.parent.parent / f"{plain.parent.name}-before")
    expected = [rows_in(before / name) for name in ("casebook.sqlite", "casebook.sqlite.before-0003")]

    encrypt_what_is_plain(plain, CASEBOOK_KEY)

    left = sorted(path.name for path in plain.parent.iterdir())
    assert left == ["casebook.sqlite", "casebook.sqlite.before-0003"]
    assert [rows_in(plain.with_name(name), CASEBOOK_KEY) for name in left] == expected
    assert any(NOTE in row for row in expected[0])
    assert NOTE.encode() not in all_bytes(plain.parent)
    assert [path.stat().st_mode & 0o777 for path in plain.parent.iterdir()] == [0o600, 0o600]


def stops_at(step, plain):
    """Encrypt in a process of its own, which dies before its step-th touch of the disk; return whether it died."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9
    touches = iter(range(1, 1_000))

    def dying(touch):
        def call(*args, **named):
            if next(touches) == step:
                os._exit(9)
            return touch(*args, **named)

        return call

    Path.unlink, Path.replace = dying(Path.unlink), dying(Path.replace)
    os.link, os.fsync, os.open = dying(os.link), dying(os.fsync), dying(os.open)
    encrypt._write_beside, encrypt.rows_of = dying(encrypt._write_beside), dying(encrypt.rows_of)
    encrypt_what_is_plain(plain, CASEBOOK_KEY)
    os._exit(0)


def test_killed_at_any_step_a_whole_casebook_is_there_and_the_next_opening_goes_on(plain, tmp_path):
    begun = tmp_path / "begun"
    begun.mkdir()
    for path in plain.parent.glob("casebook.sqlite*"):
        shutil.move(path, begun)
    shutil.copytree(begun, tmp_path / "read")
    expected = rows_in(tmp_path / "read" / "casebook.sqlite")
    states = set()
    for step in range(1, 100):
        folder = tmp_path / f"step-{step}"
        shutil.copytree(begun, folder)
        casebook = folder / "casebook.sqlite"
        if not stops_at(step, casebook):
            break
        is_still_plain = is_plain(casebook)
        states.add((is_still_plain, (folder / "casebook.sqlite.plain").exists()))
        encrypt_what_is_plain(casebook, CASEBOOK_KEY)
        assert rows_in(casebook, CASEBOOK_KEY) == expected, step
        assert sorted(path.name for path in folder.iterdir()) == ["casebook.sqlite", "casebook.sqlite.before-0003"]
        assert NOTE.encode() not in all_bytes(folder)

    assert step > 15
    assert states == {(True, False), (True, True), (False, True), (False, False)}


def test_a_casebook_that_another_program_has_open_is_left_as_it_is_in_one_sentence(plain, monkeypatch):
    monkeypatch.setattr("warehouse.casebook.at_rest._PATIENCE", 0.1)
    monkeypatch.setattr(encrypt, "connected", lambda path, key=None: connected(path, key, patience=0.1))
    with closing(connected(plain)) as other:
        before = other.execute("select count(*) from decisions").fetchall()
        with pytest.raises(CasebookError, match="Another program has the casebook locked"):
            opened(plain)
        assert other.execute("select count(*) from decisions").fetchall() == before

    assert is_plain(plain)


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


def test_two_schools_that_open_a_casebook_of_an_earlier_program_at_once_take_turns(plain):
    together = Barrier(2, timeout=10)

    def opens(_):
        together.wait()
        casebook = opened(plain)
        decisions = len(casebook.standing())
        casebook.close()
        return decisions

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(opens, range(2))

    assert (first, is_plain(plain)) == (second, False)
    assert first > 0


def test_an_encrypted_copy_that_is_not_what_was_read_is_not_taken(plain, monkeypatch):
    monkeypatch.setattr(encrypt, "rows_of", lambda connection: iter([id(connection)]))

    with pytest.raises(CasebookError, match="what was written is not what was read"):
        encrypt_what_is_plain(plain, CASEBOOK_KEY)

    assert is_plain(plain)
    assert not plain.with_name("casebook.sqlite.encrypting").exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(plain, monkeypatch):
    def refused(*_args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(encrypt.os, "link", refused)

    with pytest.raises(CasebookError, match="could not be encrypted: Permission denied"):
        encrypt_what_is_plain(plain, CASEBOOK_KEY)
    assert is_plain(plain)


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
            list(rows_of(connection))


def test_a_key_is_given_back_as_it_is():
    assert must_be_a_key(CASEBOOK_KEY) == CASEBOOK_KEY


def test_where_there_is_no_file_there_is_nothing_to_encrypt(tmp_path):
    encrypt_what_is_plain(tmp_path / "nowhere" / "casebook.sqlite", CASEBOOK_KEY)

    assert not is_plain(tmp_path / "casebook.sqlite")
    assert not is_encrypted(tmp_path / "casebook.sqlite")
