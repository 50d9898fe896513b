"""What an erasure leaves in casebook, files and pages: nobody's name, whole seals, and an account is known again."""

import hashlib
import itertools
import json
import re
import zipfile
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, select

from connectors.records import Comment
from policies.roles import DoneBy
from tests.casebooks import CASEBOOK_KEY, DPO, decide
from tests.warehouse.cases import put
from tests.warehouse.postgresql import data_of, postgresql
from tests.warehouse.rows import follow, listing_end, post, profile
from tests.warehouse.test_subjects import person
from warehouse.casebook import verify
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.challenges import Challenges
from warehouse.casebook.connecting import connected
from warehouse.casebook.decisions import Decision
from warehouse.casebook.errors import CasebookError
from warehouse.casebook.holds import HoldError, Holds
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.casebook.register_changes import RegisterChange, RegisterChanges
from warehouse.casebook.tables import CHAIN, REDACTIONS
from warehouse.casebook.verify import wrong_rows
from warehouse.privacy import erasing
from warehouse.privacy.erase import erase_rows, keyed_hash
from warehouse.privacy.erased_files import files_naming, runs_of
from warehouse.privacy.erasing import Certificate
from warehouse.privacy.erasure_journal import JOURNAL, Erasure, drop_journal, read_journal, write_journal
from warehouse.privacy.subject_patterns import Subject, SubjectMatcher
from warehouse.privacy.subjects import of_account, rows_naming
from warehouse.privacy.tombstones import ErasedAccounts, erased_in, note_left_out, subject_of
from warehouse.runs.pages import StoredPage, keep_page, stored_pages
from warehouse.store.compact import compact
from warehouse.store.load import load
from warehouse.store.migrate import make
from warehouse.store.open import WarehouseError, opened
from warehouse.store.places import Places

NUMBERS = itertools.count(1)
PAGE = (Path(__file__).parents[2] / "docs" / "for-the-dpo.md").read_text(encoding="utf-8")
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
KEY = "k" * 43
CASE = "c" * 64
SUBJECT = Subject(
    actors=frozenset({("x", "777001")}), person_ids=frozenset({"P2"}), handles=frozenset({"h777001"}),
    names=frozenset({"zoe marsh"}), hashes=frozenset({CASE}),
)  # fmt: skip


@pytest.fixture(scope="module")
def server():
    with postgresql() as url:
        yield url


def done(url, sql):
    """Let the server's superuser do these statements."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        for statement in sql.split(";")[:-1]:
            connection.exec_driver_sql(statement)


@pytest.fixture
def postgresql_url(server):
    """A database of its own, by a role that is its owner and no more."""
    name = f"school_{next(NUMBERS)}"
    done(server, f"create role {name} login; create database {name} owner {name};")
    return server.replace("audit@/postgres", f"{name}@/{name}")


@pytest.fixture(params=["sqlite", "postgresql"])
def book(request, tmp_path):
    url = f"sqlite:///{tmp_path}/casebook.sqlite"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    made = Casebook(url, "ousterly-vale", CASEBOOK_KEY)
    decide(made, CASE, "confirmed", until=None, by_role="dpo", note="-", at=NOON)
    decide(made, "d" * 64, "mistaken", until=None, by_role="dpo", note="Not Zoe Marsh.", at=NOON)
    for case, note in ((CASE, "Is it theirs?"), ("d" * 64, "Ask Zoe Marsh.")):
        made.decisions.add(Decision(case, 0, "2026-11-02", "said", 1, "dsl", note, NOON))
    made.label(("x", "777001", "P9"), "no", NOON)
    made.label(("x", "777001", "P8"), "yes", NOON)
    made.label(("x", "8", "P9"), "no", NOON)
    made.log_query(by_user="dpo", purpose="-", sql="select 1 where h = '@H777001'", at=NOON)
    change = RegisterChange("pupils", "declared", "P2", "a", "b", 1, "dpo", "-", NOON)
    with RegisterChanges(made).writing(change):
        pass
    log = AccessLog(made)
    for subject in ("case:1", CASE, "case:2"):
        log.write(person=_person(), action="read", subject=subject, at=NOON)
    yield made
    made.close()


def _person():
    return DeskPerson(1, "dpo", "dpo", is_active=True, has_password=True, has_second_factor=False, has_provider=False)


def test_the_casebook_says_nothing_of_them_and_every_seal_and_chain_holds(book, tmp_path):
    matcher = SubjectMatcher(SUBJECT)
    named = erasing.naming(book, matcher)
    erasing.erase_from(book, matcher, token="t", at=NOON)
    erasing.compact(book)

    assert {name: rows for name, rows in named.items() if rows} == {
        "decisions": 4, "labels": 2, "query_log": 1, "register_changes": 1, "desk_access_log": 1,
    }  # fmt: skip
    assert not any(erasing.naming(book, matcher).values())
    assert set(book.decisions.standing()) == {"d" * 64}
    assert book.decisions.of(CASE) == ()
    assert "Zoe" not in str(book.decisions.of("d" * 64))
    assert set(book.labels()) == {("x", "8", "P9")}
    assert [row.subject for row in AccessLog(book).rows()] == ["case:1", "[erased]", "case:2"]
    assert AccessLog(book).first_broken() is None
    with book.engine.connect() as connection:
        verify.ensure_whole(connection, book.school)
        redacted = set(connection.execute(select(REDACTIONS.c.kind)).scalars())
        salted = connection.execute(select(CHAIN.c.salt).where(CHAIN.c.step == "written", CHAIN.c.kind == "labels"))
        assert salted.scalars().all().count(None) == 2  # nobody can guess from a digest what was said of them
    assert redacted == {"decisions", "query_log", "register_changes", "desk_access_log"}
    assert {path: words for path, words in left_in(tmp_path).items() if words} == {}


@pytest.mark.parametrize("book", ["sqlite"], indirect=True)
def test_a_question_that_looks_for_a_part_of_the_name_says_it_no_more_and_the_word_elsewhere_stays(book):
    subject = replace(SUBJECT, own_words=frozenset({"marsh"}))
    for sql in (
        "select 1 where t ilike '%Marsh%'",
        "select 1 where s = 'MARSH'",
        "select 1 -- the marsh",
        "select 'reed'",
    ):
        book.log_query(by_user="dpo", purpose="-", sql=sql, at=NOON, parameters='{"handle": "Marsh", "day": "1"}')

    erasing.erase_from(book, SubjectMatcher(subject, reads_questions=True), token="t", at=NOON)

    with book.engine.connect() as connection:
        rows = connection.exec_driver_sql("select sql, parameters from query_log order by number").all()[1:]
    assert [sql for sql, _ in rows] == [
        "select 1 where t ilike '%[erased]%'", "select 1 where s = '[erased]'", "select 1 -- the marsh", "select 'reed'"
    ]  # fmt: skip
    assert {parameters for _, parameters in rows} == {'{"handle": "[erased]", "day": "1"}'}
    assert wrong_rows(book) == {}


@pytest.mark.parametrize("book", ["sqlite"], indirect=True)
def test_a_short_id_is_found_wherever_a_question_looks_for_it_and_the_same_number_elsewhere_stays(book):
    subject = Subject(actors=frozenset({("x", "8900")}), person_ids=frozenset({"P1"}))
    asked = {
        "actor_id in (8900, 8901)": "actor_id in ([erased], 8901)",
        "actor_id like '%8900%'": "actor_id like '%[erased]%'",
        "8900 = actor_id": "[erased] = actor_id",
        "a = $$8900$$": "a = $$[erased]$$",
        "1 -- x:8900": "1 -- x:[erased]",
        "person_id like 'P1%'": "person_id like '[erased]%'",
        "n = 8900": "n = 8900",
        "'P10' = 'x8900'": "'P10' = 'x8900'",
    }
    for sql in asked:
        book.log_query(by_user="dpo", purpose="-", sql=f"select {sql}", at=NOON)

    erasing.erase_from(book, SubjectMatcher(subject, reads_questions=True), token="t", at=NOON)

    with book.engine.connect() as connection:
        rows = connection.exec_driver_sql("select sql from query_log order by number").scalars().all()[1:]
    assert rows == [f"select {left}" for left in asked.values()]


def left_in(folder):
    """Return of each file below a folder which words of the subject it says."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    said = (b"zoe marsh", b"h777001", CASE.encode())
    return {str(path.relative_to(folder)): {w for w in said if w in path.read_bytes().lower()} for path in files}


@pytest.mark.parametrize("book", ["postgresql"], indirect=True)
def test_no_table_of_postgresql_s_says_who_and_its_log_neither_once_the_page_was_followed(book, server):
    folder = data_of(server)

    with book.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("analyze")
    done(server, "checkpoint;")
    tables = {path for path, words in left_in(folder).items() if words and path.startswith("base/")}
    erasing.erase_from(book, SubjectMatcher(SUBJECT), token="t", at=NOON)
    erasing.compact(book)

    assert len(tables) > 3
    assert {path.split("/")[0] for path, words in left_in(folder).items() if words} == {"pg_wal"}
    [sql] = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    done(server, sql)
    assert {path for path, words in left_in(folder).items() if words} == set()


def test_where_the_statistics_may_not_be_rewritten_the_erasure_says_so(server):
    done(server, "create role guest login; create database hosted;")
    done(server.replace("/postgres", "/hosted"), "grant create on schema public to guest;")
    hosted = Casebook(server.replace("audit@/postgres", "guest@/hosted"), "ousterly-vale", CASEBOOK_KEY)

    with pytest.raises(CasebookError, match=r"the owner of its database .*: audit erase ousterly-vale --resume$"):
        erasing.compact(hosted)
    hosted.close()


@pytest.mark.parametrize("book", ["sqlite"], indirect=True)
def test_while_somebody_reads_the_casebook_its_log_is_not_called_clean_and_afterwards_it_is(book, tmp_path):
    erasing.erase_from(book, SubjectMatcher(SUBJECT), token="t", at=NOON)
    casebook = tmp_path / "casebook.sqlite"
    with closing(connected(casebook, CASEBOOK_KEY)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from decisions").fetchall()
        with (
            closing(Casebook(f"sqlite:///{casebook}?timeout=0.2", book.school, CASEBOOK_KEY)) as hurried,
            pytest.raises(CasebookError, match=r"audit erase ousterly-vale --resume$"),
        ):
            erasing.compact(hurried)
        reader.execute("rollback")

        erasing.compact(book)

        assert (tmp_path / "casebook.sqlite-wal").stat().st_size == 0


@pytest.mark.parametrize("book", ["sqlite"], indirect=True)
def test_whatever_is_deleted_of_the_casebook_is_overwritten(book):
    with book.engine.connect() as connection:
        assert connection.exec_driver_sql("pragma secure_delete").scalar() == 1


def test_a_row_of_the_access_log_that_was_changed_otherwise_is_still_found(book):
    erasing.erase_from(book, SubjectMatcher(SUBJECT), token="t", at=NOON)
    with book.engine.begin() as connection:
        connection.exec_driver_sql("update desk_access_log set subject = 'other' where subject = 'case:2'")

    assert AccessLog(book).first_broken() == 3


def test_after_an_erasure_every_seal_and_chain_holds_and_goes_on(book):
    erasing.erase_from(book, SubjectMatcher(SUBJECT), token="t", at=NOON)
    number = book.log_query(by_user="dpo", purpose="Afterwards", sql="select 2", at=NOON)
    book.close_query(number, rows=0, problem=None)

    assert wrong_rows(book) == {}
    with book.engine.begin() as connection:
        connection.exec_driver_sql("update query_log set purpose = 'another' where sql = 'select 2'")
    assert wrong_rows(book) == {"query_log": (number,)}


def test_the_challenges_of_what_is_erased_go_too_however_many(book):
    other = "e" * 64
    for case in (CASE, other):
        Challenges(book).open(case, received_on=NOON.date(), raised_by="pupil", ground="No.", by=DPO, at=NOON)
    for case in (CASE, other):
        erasing.erase_from(book, SubjectMatcher(Subject(hashes=frozenset({case}))), token=case[:8], at=NOON)

    assert Challenges(book).waiting() == ()
    assert wrong_rows(book) == {}


def test_of_the_people_of_the_desk_who_may_sign_in_no_more_loses_the_name_and_the_others_are_counted(book):
    desk = DeskPeople(book)
    for name in ("zoe.marsh", "zoe_marsh@hill.example", "ann.bell"):
        desk.invite(name, "dpo", NOON)
    for name in ("zoe.marsh", "ann.bell"):
        desk.deactivate(name, NOON)
    matcher = SubjectMatcher(SUBJECT)

    assert (erasing.naming(book, matcher)["desk_people"], erasing.may_still_sign_in(book, matcher)) == (1, 1)
    erasing.erase_from(book, matcher, token="t", at=NOON)

    assert [person.sign_in_name for person in desk.people()] == ["erased-1", "zoe_marsh@hill.example", "ann.bell"]
    assert erasing.naming(book, matcher)["desk_people"] == 0


def test_a_certificate_is_kept_once_for_each_erasure(book):
    made = Certificate("t", "person", "dpo", "A request.", {"warehouse raw.people": 1}, NOON, NOON)

    assert erasing.certify(book, made) == erasing.certify(book, made)
    assert [(each.number, each.counts) for each in erasing.certificates(book)] == [(1, made.counts)]


def test_a_hold_has_a_number_and_an_end_and_its_seal_holds(book):
    number = Holds(book).add(kind="x", subject_id="7", reason="police", by=DPO, until=date(2026, 12, 1))
    assert book.held(date(2026, 12, 1)) == {("x", "7")}
    Holds(book).end(number, by=DoneBy("dpo", 3, "another"), at=NOON)
    with book.engine.connect() as connection:
        assert connection.exec_driver_sql("select by_user, by_role, ended_by from holds").one() == (
            "somebody", "dpo", "desk person 3",
        )  # fmt: skip

    [hold] = Holds(book).all()
    assert (hold.by_role, hold.ended_at, hold.stands(date(2026, 11, 3))) == ("dpo", NOON, False)
    assert book.held(date(2026, 11, 3)) == frozenset()
    with pytest.raises(HoldError, match="No hold 1 stands"):
        Holds(book).end(number, by=DPO, at=NOON)
    with book.engine.connect() as connection:
        verify.ensure_whole(connection, book.school)


def test_an_ended_hold_on_a_short_roll_id_says_it_no_more_and_what_else_has_that_id_stays(book):
    holds = Holds(book)
    for kind in ("person", "photograph", "x"):
        holds.add(kind=kind, subject_id="P2", reason="-", by=DPO, until=date(2026, 11, 1))

    erasing.erase_from(book, SubjectMatcher(SUBJECT, reads_questions=True), token="t", at=NOON)

    assert [(each.kind, each.subject_id) for each in holds.all()] == [
        ("person", "[erased]"),
        ("photograph", "P2"),
        ("x", "P2"),
    ]
    assert not wrong_rows(book)


def test_who_was_erased_and_stands_in_an_older_warehouse_is_known_also_where_the_school_only_answered_them(db, week):
    answered = post("1", in_reply_to_actor_id="777001", refers_to_actor_id="777002")
    load(db, run_id=week("2026-11-02"), source="x", records=[answered])
    hashes = frozenset({keyed_hash(KEY, "x", "777001"), keyed_hash(KEY, "x", "777002")})

    assert list(erased_in(db, KEY, hashes)) == [("account", ("x", "777001")), ("account", ("x", "777002"))]


def test_a_person_of_an_older_warehouse_is_meant_with_the_accounts_that_were_erased_with_them_and_no_other(db, week):
    run_id = week("2026-11-02")
    load(db, run_id=run_id, source="registers", records=[person("P2", "Zoë", "Marsh")])
    for case, actor in (("a", "800001"), ("b", "800002")):
        put(db, run_id, case, subject_id=actor, evidence='{"roll_id": "P2"}', decision="confirmed")
    erased = ErasedAccounts(KEY, frozenset({keyed_hash(KEY, "x", "800001")}))  # the other one was taken back since

    assert subject_of(db, ("person", "P2"), erased).actors == {("x", "800001")}


def test_a_list_that_was_asked_for_by_the_id_of_what_they_wrote_keeps_its_place_without_it(db, week):
    run_id = week("2026-11-02")
    wrote = Comment(
        platform="youtube", account_id="UC1", comment_id="UgThread0001", post_id="v", parent_id=None,
        actor_id="UCabc", kind="comment", posted_at=None, text="Hello",
    )  # fmt: skip
    load(db, run_id=run_id, source="youtube", records=[wrote])
    for number in (1, 2):
        db.execute(
            "insert into raw.pages (run_id, source, listing, number, endpoint, request, fetched_at, status, body, "
            "sha256, resources, usd, units) values (?, 'youtube', 'comments:UC1:UgThread0001', ?, 'e', '{}', ?, 200, "
            "?, 's', 1, 0, 0)",
            [run_id, number, NOON, zlib.compress(b'{"id": "UgThread0001"}')],
        )

    erase_rows(db, of_account(db, "youtube", "UCabc"))

    assert rows_naming(db, of_account(db, "youtube", "UCabc")) == {}
    [(kept, pages)] = db.execute("select listing, count(*) from raw.pages where body is null group by 1").fetchall()
    assert kept.startswith("comments:UC1:#")
    assert pages == 2


def test_tombstones_are_known_with_the_key(book):
    book.add_tombstone(platform="x", subject_sha256=keyed_hash(KEY, "x", "777001"), on=date(2026, 11, 3))
    erased = ErasedAccounts(KEY, book.tombstones())

    assert erased.has("x", "777001")
    assert not erased.has("youtube", "777001")
    assert not erased.has("x", None)
    assert not ErasedAccounts("other" * 8, frozenset({keyed_hash(KEY, "x", "1")})).has("x", "1")
    assert erased.are_in("x", b'{"id": "777001"}')
    assert erased.are_in("x", b"ids=1,777001&max=2")
    assert not erased.are_in("x", b'{"id": "1777001"}')
    assert not ErasedAccounts(KEY, frozenset()).are_in("x", b'{"id": "777001"}')


def test_what_was_left_out_is_taken_from_both_figures_of_a_list(db, week):
    run_id = week("2026-11-02")
    load(db, run_id=run_id, source="x", records=[follow("8"), listing_end(rows=2, count=2)])
    for _ in range(2):
        note_left_out(db, run_id, "x", {("x", "100", "followers"): 1})

    assert db.execute("select rows, platform_count from core.listings").fetchall() == [(1, 1)]
    assert db.execute("select platform_count from raw.listings").fetchall() == [(2,)]


def test_a_page_without_its_body_is_asked_for_again_and_then_replaced(db, week):
    run_id = week("2026-11-02")
    page = StoredPage("followers:100", 0, "e", "{}", None, None, NOON, 200, b"{}", 1, Decimal(0), 0)

    keep_page(db, run_id, "x", page, is_body_kept=False)
    assert stored_pages(db, run_id, "x", "followers:100") == []
    keep_page(db, run_id, "x", page)

    assert [kept.body for kept in stored_pages(db, run_id, "x", "followers:100")] == [b"{}"]
    assert db.execute("select sha256 from raw.pages").fetchall() == [(hashlib.sha256(b"{}").hexdigest(),)]


def test_who_is_about_somebody_else_stays_without_the_name(db, week):
    run_id = week("2026-11-02")
    wrote = Comment(
        platform="x", account_id="100", comment_id="55501", post_id="1", parent_id=None, actor_id="8", kind="reply",
        posted_at=None, text="Look at @h777001!",
    )  # fmt: skip
    load(db, run_id=run_id, source="x", records=[profile("777001"), follow("777001"), profile("8"), wrote])
    put(db, run_id, "a" * 64, subject_id="8", evidence='{"remark": "friend of @h777001"}')

    gone = erase_rows(db, of_account(db, "x", "777001"))

    assert gone.fingerprints == frozenset()
    assert db.execute("select text from raw.comments").fetchall() == [("Look at [erased]!",)]
    assert db.execute("select evidence from outcome.exceptions").fetchall() == [('{"remark": "friend of [erased]"}',)]
    assert db.execute("select account_id from raw.profiles").fetchall() == [("8",)]
    assert erase_rows(db, of_account(db, "x", "777001")).rows == {}


RESTS_ON_THEM = {"alone": {"roll_id": "P2"}, "their account": {"actor": "777001", "roll_id": "P2, P3"},
                 "their photograph": {"ended": "consent", "photograph_id": "PH1"}}  # fmt: skip
RESTS_ON_OTHERS = {
    "two": ({"roll_id": "P2, P3", "quote": "By Zoe Marsh and Ann Bell"},
            {"roll_id": "P3, [erased]", "quote": "By [erased] and Ann Bell"}),
    "a word": ({"quote": "Zoe Marsh is ill"}, {"quote": "[erased] is ill"}),
    "a place": ({"photograph_id": "PH1"}, {"photograph_id": "[erased]"}),
}  # fmt: skip
OF_THE_PUPIL = Subject(
    actors=frozenset({("x", "777001")}), person_ids=frozenset({"P2"}), names=frozenset({"zoe marsh"}),
    photograph_ids=frozenset({"PH1"}),
)  # fmt: skip


def test_a_case_of_a_post_goes_where_it_rests_on_them_alone_and_stands_for_others_without_them(db, week):
    run_id = week("2026-11-02")
    cases = RESTS_ON_THEM | {name: before for name, (before, _) in RESTS_ON_OTHERS.items()}
    for name, evidence in cases.items():
        put(db, run_id, name, subject_kind="post", evidence=json.dumps(evidence))

    gone = erase_rows(db, OF_THE_PUPIL)

    assert gone.fingerprints == set(RESTS_ON_THEM)
    left = db.execute("select fingerprint, evidence, status from outcome.exceptions").fetchall()
    assert {name: json.loads(evidence) for name, evidence, _ in left} == {
        name: after for name, (_, after) in RESTS_ON_OTHERS.items()
    }
    assert {status for *_, status in left} == {"new"}


def test_a_case_that_named_them_alone_once_and_somebody_else_since_stands(db, week):
    for day, whose in (("2026-11-02", "P2"), ("2026-11-09", "P3"), ("2026-11-16", "P2, P3")):
        put(db, week(day), "a", subject_kind="post", evidence=json.dumps({"roll_id": whose}))

    assert erase_rows(db, OF_THE_PUPIL).fingerprints == frozenset()

    left = db.execute("select evidence ->> '$.roll_id' from outcome.exceptions order by run_id").fetchall()
    assert left == [("[erased]",), ("P3",), ("P3, [erased]",)]


def test_a_case_about_a_person_of_a_register_goes_and_one_of_the_same_number_stands(db, week):
    run_id = week("2026-11-02")
    put(db, run_id, "theirs", platform="school", subject_kind="person", subject_id="person=02")
    put(db, run_id, "a photograph's", platform="school", subject_kind="photograph", subject_id="2")
    put(db, run_id, "an account's", subject_id="2")

    assert erase_rows(db, Subject(person_ids=frozenset({"2"}))).fingerprints == {"theirs"}


def test_a_row_that_cannot_stand_without_the_name_goes(db, week):
    week("2026-11-02")
    db.execute("create table raw.novel (said text primary key, number bigint)")
    db.execute("insert into raw.novel values ('see h777001', 1), ('[erased]', 2), ('see', 3)")

    erase_rows(db, Subject(handles=frozenset({"h777001"})))

    assert db.execute("select number from raw.novel order by 1").fetchall() == [(2,), (3,)]


def test_a_file_is_rewritten_with_all_that_it_holds_and_without_its_log(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    make(path, KEY)
    with opened(path, KEY) as db:
        load(
            db,
            run_id="r",
            source="x",
            records=[follow("2")],
        )
    (tmp_path / "warehouse.new").write_bytes(b"left over")

    compact(path, KEY)

    with opened(path, KEY, read_only=True) as db:
        assert db.execute("select actor_id from raw.follows").fetchall() == [("2",)]
        assert db.execute("select count(*) from core.listings").fetchall() == [(0,)]
        keys = db.execute("select count(*) from duckdb_constraints() where constraint_type = 'PRIMARY KEY'").fetchall()
        assert keys[0][0] > 10
    assert sorted(each.name for each in tmp_path.iterdir()) == ["warehouse.duckdb"]


def test_the_journal_says_who_only_to_the_key(tmp_path):
    erasure = Erasure("t", "person", SUBJECT, "dpo", "A request.", {"a": 1}, NOON)
    assert read_journal(tmp_path, KEY) is None

    write_journal(tmp_path, KEY, erasure)

    assert read_journal(tmp_path, KEY) == erasure
    body = (tmp_path / JOURNAL).read_bytes()
    assert b"777001" not in body
    assert (tmp_path / JOURNAL).stat().st_mode & 0o077 == 0
    with pytest.raises(WarehouseError, match="Check the key"):
        read_journal(tmp_path, "other" * 8)
    drop_journal(tmp_path)
    assert read_journal(tmp_path, KEY) is None


def test_files_of_ours_that_name_them_are_found_also_inside_a_workbook(tmp_path):
    places = Places(tmp_path, "school")
    for folder in (places.reports("2026-11-02"), places.quality("2026-11-02"), places.registers):
        folder.mkdir(parents=True)
    (places.reports("2026-11-02") / "index.html").write_text("<p>Zoe&#32;Marsh</p>")
    (places.registers / "pupils.csv").write_text("Zoe Marsh")
    (places.quality("2026-11-02") / "index.html").write_text("Zoe Marshall")
    with zipfile.ZipFile(places.reports("2026-11-02") / "exceptions.xlsx", "w") as workbook:
        workbook.writestr("sheet.xml", "@h777001")
    (places.folder / "run.log").write_text("nobody")

    found = files_naming(places, SubjectMatcher(SUBJECT))

    assert [path.name for path in found] == ["exceptions.xlsx", "index.html"]
    assert runs_of(places, found) == ["2026-11-02"]


def test_what_a_case_about_several_is_about_goes_with_one_of_them(db):
    hashes = '{"person": "0123 4567"}'
    put(db, "2026-11-02", "f1", subject_kind="post", evidence='{"roll_id": "P1, P2"}', about=hashes)
    put(db, "2026-11-02", "f2", subject_kind="post", evidence='{"roll_id": "P2"}', about=hashes)

    erase_rows(db, Subject(person_ids=frozenset({"P1"})))

    left = db.execute("select fingerprint, about from outcome.exceptions order by fingerprint").fetchall()
    assert left == [("f1", None), ("f2", hashes)]
