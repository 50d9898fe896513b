"""The one chain of what people did: by somebody who may write the casebook, with the chain's key and without it."""

import hashlib
import json
import shutil
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, select, text

from flows.backup.rotate import begin_key
from tests.casebooks import CASEBOOK_KEY, decide, hold
from warehouse.casebook import chain, chain_key, verify
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.alone import writing
from warehouse.casebook.casebook import Acceptance, Casebook, CasebookError
from warehouse.casebook.chain_key import ChainKey
from warehouse.casebook.decisions import Decision
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.casebook.put_back import put_back
from warehouse.casebook.school_rows import rows_from_json, rows_json, rows_of_school
from warehouse.casebook.tables import CHAIN

SCHOOL = "ousterly-vale"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SECRET = "c" * 48


def key(tmp_path):
    return ChainKey(SECRET, tmp_path / "chain.key.heads")


def opened(tmp_path, chain_key):
    return Casebook(f"sqlite:///{tmp_path}/casebook.sqlite", SCHOOL, CASEBOOK_KEY, chain_key=chain_key)


def lived_in(book):
    people = DeskPeople(book, key="k" * 48)
    people.invite("lead", "enterprise_and_technology_lead", NOON)
    people.invite("dsl", "dsl", NOON)
    AccessLog(book).write(person=people.people()[0], action="case", subject="a" * 8, at=NOON)
    decide(book, "f" * 64, "confirmed", until=None, by_role="dsl", note="Seen.", at=NOON)
    hold(book, platform="x", subject_id="7", reason="police request", until=date(2026, 12, 1))
    book.accept(Acceptance("pupils", "a" * 64, 7, None, "dpo", "Year 11 left.", NOON))
    book.close_query(book.log_query(by_user="it", purpose="a request", sql="select 1", at=NOON), rows=1, problem=None)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A casebook that is kept with a key, as every test here finds it."""
    folder = tmp_path_factory.mktemp("made")
    with closing(opened(folder, key(folder))) as book:
        lived_in(book)
    return folder


@pytest.fixture
def home(made, tmp_path):
    return shutil.copytree(made, tmp_path, dirs_exist_ok=True)


NEWEST_GONE = """
delete from query_answers where number = (select max(number) from query_answers);
delete from query_log where number = (select max(number) from query_log);
delete from chain where position > (select max(position) from chain) - 2
"""
TAMPERINGS = {
    "a decision turned": "update decisions set answer = 'mistaken'",
    "who decided": "update decisions set by_role = 'dpo'",
    "when it was decided": "update decisions set decided_at = '2026-11-01 12:00:00'",
    "a decision gone": "delete from decisions",
    "a decision gone with its entry": "delete from decisions; delete from chain where kind = 'decisions'",
    "everybody made dpo": "update desk_people set role = 'dpo'",
    "a password planted": "update desk_people set password_hash = 'x' where number = 2",
    "another's account": "update desk_people set provider_subject = 's', provider_issuer = 'i' where number = 2",
    "a person let in again": "update desk_people set is_active = 0",
    "a person gone": "delete from desk_people where number = 2",
    "an invitation's person": "update desk_invitations set person = 2",
    "an invitation made to last": "update desk_invitations set until = '2036-01-01 00:00:00'",
    "an invitation planted": "insert into desk_invitations select 'f' || substr(token_sha256, 2), school, person,"
    " until, used_at, for_command from desk_invitations limit 1",
    "a look gone": "delete from desk_access_log",
    "a look of somebody else": "update desk_access_log set person = 2",
    "a question's purpose": "update query_log set purpose = 'another'",
    "a question's rows": "update query_log set rows = 70",
    "an answer": "update query_answers set tables_read = 'published.posts'",
    "the newest question gone with its entries": NEWEST_GONE,
    "a hold ended early": "update holds set until = '2026-11-03'",
    "a hold's reason": "update holds set reason = 'none'",
    "an acceptance": "update acceptances set by_role = 'dsl'",
    "an entry's step": "update chain set step = 'gone' where kind = 'holds'",
    "an entry gone": "delete from chain where position = 3",
    "two entries changed about": "update chain set position = -1 where position = 3;"
    "update chain set position = 3 where position = 4; update chain set position = 4 where position = -1",
    "an entry cut off": "delete from chain where position = (select max(position) from chain)",
    "the chain gone": "delete from chain",
    "all gone": "delete from chain; delete from decisions; delete from desk_invitations; delete from desk_people;"
    "delete from desk_access_log; delete from query_log; delete from query_answers; delete from holds;"
    "delete from acceptances",
}


def run(book, sql):
    with book.engine.begin() as connection:
        for statement in sql.split(";"):
            connection.execute(text(statement))


def noticed(book):
    try:
        with book.engine.connect() as connection:
            verify.ensure_whole(connection, SCHOOL)
    except CasebookError:
        return True
    return False


def make_anew(book, secret=None):
    """Make every entry anew, as whoever may write the file can: by plain hashes, or with the key if they have it."""
    own = None if secret is None else ChainKey(secret, None)
    tables = {table.name: table for table in chain.CHAINED}
    with book.engine.begin() as connection:
        rows = {
            (name, str(row[0] if name != "desk_invitations" else row.token_sha256)): chain.said_by(table, row)
            for name, table in tables.items()
            for row in connection.execute(select(table)).all()
        }
        entries = [entry._asdict() for entry in chain.entries_of(connection, SCHOOL)]
        newest = {(entry["kind"], entry["subject"]): entry for entry in entries}
        kept = [each for each in entries if each["kind"] not in tables or (each["kind"], each["subject"]) in rows]
        connection.execute(CHAIN.delete())
        before = chain.FIRST
        for position, entry in enumerate(kept, start=1):
            said = rows.get((entry["kind"], entry["subject"]))
            if entry is newest[(entry["kind"], entry["subject"])] and said is not None:
                entry["digest"] = hashlib.sha256(entry["salt"].encode() + said).hexdigest()
            entry |= {"position": position, "key_id": None if own is None else own.key_id}
            before = entry["mac"] = chain_key.mac_of(before, entry, own)
            connection.execute(CHAIN.insert().values(**entry))


@pytest.mark.parametrize("what", TAMPERINGS)
def test_without_the_key_a_tampering_is_noticed_and_also_where_every_entry_was_made_anew(home, what):
    with closing(opened(home, key(home))) as book:
        assert not noticed(book)
        run(book, TAMPERINGS[what])
        plain = noticed(book)
        make_anew(book)
        assert (plain, noticed(book)) == (True, True)


def test_all_tamperings_that_change_a_row_together_are_told_by_table(home):
    with closing(opened(home, key(home))) as book:
        for what in ROWS_CHANGED:
            run(book, TAMPERINGS[what])
        with book.engine.connect() as connection:
            wrong = verify.wrong_in(connection, SCHOOL)
        assert wrong.keys() >= {"decisions", "desk_people", "desk_invitations", "desk_access_log", "query_log", "holds"}


ROWS_CHANGED = [what for what, sql in TAMPERINGS.items() if sql.startswith("update") and "entr" not in what]


@pytest.mark.parametrize("what", [what for what in ROWS_CHANGED if what != "a question's rows"])  # its answer has them
def test_with_the_key_a_row_that_was_made_anew_is_not_noticed_but_where_its_head_is_kept_beside_the_key(home, what):
    with closing(opened(home, ChainKey(SECRET, None))) as book:  # somebody with the key, who leaves the heads aside
        run(book, TAMPERINGS[what])
        make_anew(book, SECRET)
        assert not noticed(book)
    with closing(opened(home, key(home))) as book:
        assert noticed(book)


def test_an_older_casebook_in_the_place_of_the_present_one_is_noticed(home):
    shutil.copy2(home / "casebook.sqlite", home / "older.sqlite")
    with closing(opened(home, key(home))) as book:
        head = book.head
        decide(book, "e" * 64, "confirmed", until=None, by_role="dsl", note="-", at=NOON)
        assert not noticed(book)
        newer = book.head
    for log in home.glob("casebook.sqlite-*"):
        log.unlink()
    shutil.move(home / "older.sqlite", home / "casebook.sqlite")

    with closing(opened(home, key(home))) as book, book.engine.connect() as connection:
        with pytest.raises(CasebookError, match=f"head {newer}"):
            verify.ensure_whole(connection, SCHOOL)
        assert verify.contained(connection, SCHOOL, str(head)) == head
        assert verify.contained(connection, SCHOOL, str(newer)) is None
        assert verify.contained(connection, SCHOOL, str(head)[:8]) is None


def test_what_is_kept_with_a_key_is_not_gone_on_with_without_it_nor_with_another(home):
    for other in (None, ChainKey("d" * 48, None)):
        with closing(opened(home, other)) as book:
            with pytest.raises(CasebookError, match="which is not the one here"):
                decide(book, "e" * 64, "confirmed", until=None, by_role="dsl", note="-", at=NOON)
            assert noticed(book)


@pytest.mark.parametrize(("before", "now"), [(None, SECRET), (SECRET, None), (SECRET, "d" * 48)])
def test_rows_of_a_backup_are_put_back_whatever_key_they_were_kept_with(tmp_path, before, now):
    def with_key(secret):
        return None if secret is None else ChainKey(secret, None)

    with closing(opened(tmp_path, with_key(before))) as book:
        lived_in(book)
        with book.engine.connect() as connection:
            said = rows_from_json(rows_json(rows_of_school(connection, SCHOOL)))
    with closing(opened(tmp_path, with_key(now))) as book:
        with writing(book.engine) as connection:
            put_back(connection, SCHOOL, said)
        assert not noticed(book)
        decide(book, "e" * 64, "confirmed", until=None, by_role="dsl", note="-", at=NOON)
        assert not noticed(book)


def test_a_chain_without_a_key_takes_one_up_by_saying_so_and_not_otherwise(tmp_path):
    with closing(opened(tmp_path, None)) as book:
        lived_in(book)
        assert not noticed(book)
    with closing(opened(tmp_path, key(tmp_path))) as book:
        assert noticed(book)
        with pytest.raises(CasebookError, match="run: audit keys chain ousterly-vale"):
            decide(book, "e" * 64, "confirmed", until=None, by_role="dsl", note="-", at=NOON)
        begin_key(book, "somebody")
        assert not noticed(book)
        decide(book, "e" * 64, "confirmed", until=None, by_role="dsl", note="-", at=NOON)
        assert not noticed(book)
        with pytest.raises(CasebookError, match="with a key already"):
            begin_key(book, "somebody")
        kept = json.loads((tmp_path / "chain.key.heads").read_text())[SCHOOL]
        assert (kept["entries"], kept["mac"]) == (book.head.entries, book.head.mac)


def test_an_older_casebook_that_is_gone_on_with_past_the_kept_head_is_still_noticed(home):
    shutil.copy2(home / "casebook.sqlite", home / "older.sqlite")
    with closing(opened(home, key(home))) as book:
        decide(book, "e" * 64, "confirmed", until=None, by_role="dsl", note="-", at=NOON)
    for log in home.glob("casebook.sqlite-*"):
        log.unlink()
    shutil.move(home / "older.sqlite", home / "casebook.sqlite")

    with closing(opened(home, key(home))) as book:
        for case in "abcd":
            decide(book, case * 64, "confirmed", until=None, by_role="dsl", note="-", at=NOON)
        assert noticed(book)
        book.keep_head_as_it_stands()  # a person took it as it stands
        assert not noticed(book)


@pytest.mark.parametrize("heads", ["{", "[]", '{"ousterly-vale": 1}', '{"ousterly-vale": {"entries": "x", "mac": ""}}'])
def test_heads_that_cannot_be_read_fail_no_write_and_are_told(home, heads):
    (home / "chain.key.heads").write_text(heads)
    with closing(opened(home, key(home))) as book:
        decide(book, "e" * 64, "confirmed", until=None, by_role="dsl", note="-", at=NOON)
        with book.engine.connect() as connection:
            assert "chain.key.heads" in verify.doubts(connection, SCHOOL)[0]
    assert (home / "chain.key.heads").read_text() == heads


def test_many_rows_are_entered_with_few_statements_each_as_if_alone(home):
    with closing(opened(home, key(home))) as book:
        seen = []
        event.listen(book.engine, "before_cursor_execute", lambda *said: seen.append(said[2]))
        made = [Decision(f"{at:064}", 1, "-", "planned", 1, "dsl", "-", NOON) for at in range(1_000)]
        book.decisions.add(*made)
        assert len(seen) < 30
        assert not noticed(book)
