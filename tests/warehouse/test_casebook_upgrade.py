"""A casebook gets its tables and each later migration once; one from before the baseline, or newer, is refused."""

import hashlib
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, MetaData, String, create_engine, insert, inspect, make_url, select, text

from tests.casebooks import CASEBOOK_KEY, decide
from warehouse.casebook import chain, counters, verify
from warehouse.casebook.casebook import Casebook, CasebookError
from warehouse.casebook.connecting import connected, encrypted_engine
from warehouse.casebook.tables import CHAIN, DECISIONS, TABLES
from warehouse.casebook.upgrade import HEAD, SCRIPTS, bring_up_to_date, ensure_casebook_known, version_of

SCHOOL = "hamlet"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TOO_OLD = r"^This casebook was made before release 0\.2\.0, and this program cannot read it\. "
ONE_COLUMN_MORE = f"""\
from alembic import op
from sqlalchemy import Column, String

revision, down_revision = "9000", "{HEAD}"


def upgrade():
    op.add_column("decisions", Column("place", String(16)))
"""
OPENS = f"""
import sys
from contextlib import closing
from warehouse.casebook.casebook import Casebook
with closing(Casebook(sys.argv[1], "{SCHOOL}", "{CASEBOOK_KEY}")) as book:
    print(len(book.decisions.standing()), "alembic" in sys.modules)
"""


def opened(url):
    return Casebook(str(url) if "://" in str(url) else f"sqlite:///{url}", SCHOOL, CASEBOOK_KEY)


@pytest.fixture
def postgresql_url(databases):
    with databases.empty() as url:
        yield url


@pytest.fixture
def casebook(tmp_path):
    """A casebook with three decisions."""
    with closing(opened(tmp_path / "casebook.sqlite")) as book:
        decide_three(book)
    return tmp_path / "casebook.sqlite"


@pytest.fixture
def newer_scripts(tmp_path):
    """The migrations of a program that comes after this one."""
    scripts = tmp_path / "scripts 100%"
    shutil.copytree(SCRIPTS, scripts)
    (scripts / "versions" / "m9000_place.py").write_text(ONE_COLUMN_MORE)
    return scripts


def decide_three(book):
    for name in "abc":
        decide(book, name, "allowed", until=None, by_role="dpo", note="-", at=NOON)


def upgraded(book, scripts):
    return bring_up_to_date(book.engine, scripts=scripts, head="9000")


def whole(book):
    with book.engine.connect() as connection:
        verify.ensure_whole(connection, SCHOOL)
    return len(book.decisions.standing())


def test_the_newest_migration_is_the_one_that_the_program_asks_for_and_a_new_casebook_has_the_tables_it_reads(tmp_path):
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [HEAD]
    with closing(opened(tmp_path / "casebook.sqlite")) as book, book.engine.connect() as connection:
        assert version_of(connection) == HEAD
        assert compare_metadata(MigrationContext.configure(connection), TABLES) == []
    assert not list(tmp_path.glob("*before*"))


def test_a_casebook_that_is_up_to_date_is_opened_without_alembic(casebook):
    made = subprocess.run(
        [sys.executable, "-c", OPENS, f"sqlite:///{casebook}"], capture_output=True, text=True, check=True
    )

    assert made.stdout.split() == ["3", "False"]
    assert not list(casebook.parent.glob("*before*"))


def test_a_migration_keeps_every_row_and_seal_and_leaves_a_copy_beside(casebook, newer_scripts):
    with closing(opened(casebook)) as book:
        assert (upgraded(book, newer_scripts), upgraded(book, newer_scripts)) == (True, False)
        assert whole(book) == 3

    copy = casebook.with_name("casebook.sqlite.before-9000")
    with closing(connected(copy, CASEBOOK_KEY)) as before:
        assert before.execute("select version_num, count(*) from alembic_version, decisions").fetchall() == [(HEAD, 3)]
    assert copy.stat().st_mode & 0o077 == 0


def test_a_casebook_of_a_newer_program_is_refused_in_one_sentence_and_left_alone(casebook, newer_scripts):
    with closing(opened(casebook)) as book:
        upgraded(book, newer_scripts)
    before = casebook.read_bytes()

    with pytest.raises(CasebookError, match=r"^This casebook was made by a newer program \(it has migration 9000\)\. "):
        opened(casebook)
    assert casebook.read_bytes() == before


@pytest.mark.parametrize("change", ["update alembic_version set version_num = '0010'", "drop table alembic_version"])
def test_a_casebook_from_before_the_baseline_is_refused_in_one_sentence_and_left_alone(casebook, change):
    with closing(connected(casebook, CASEBOOK_KEY)) as connection:
        connection.execute(change)
    before = casebook.read_bytes()

    with pytest.raises(CasebookError, match=TOO_OLD):
        opened(casebook)
    assert casebook.read_bytes() == before
    assert not list(casebook.parent.glob("*before*"))


@pytest.mark.parametrize(("version", "sentence"), [("0009", "This backup was made before"), ("9000", "newer program")])
def test_a_backup_s_version_is_held_against_the_same_migrations(version, sentence):
    with pytest.raises(CasebookError, match=sentence):
        ensure_casebook_known(version, what="backup")
    ensure_casebook_known(HEAD, what="backup")


def test_three_processes_at_once_make_one_new_casebook(tmp_path):
    assert_made_once(f"sqlite:///{tmp_path}/casebook.sqlite")


def assert_made_once(url):
    running = [
        subprocess.Popen([sys.executable, "-c", OPENS, url], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert [(each.communicate()[0].split(), each.returncode) for each in running] == [(["0", "False"], 0)] * 3


def one_column_more(url, newer_scripts):
    """Upgrade to a decision with one column more, write one with it, and return whose seals hold, then."""
    engine = create_engine(url) if url.startswith("postgresql") else encrypted_engine(make_url(url), CASEBOOK_KEY)
    bring_up_to_date(engine, scripts=newer_scripts, head="9000")
    table = DECISIONS.to_metadata(MetaData())
    table.append_column(Column("place", String(16)))
    with engine.begin() as connection:
        row = connection.execute(select(DECISIONS).where(DECISIONS.c.fingerprint == "a")).one()._asdict()
        del row["number"]
        made = connection.execute(insert(table).values(**{**row, "fingerprint": "d", "place": "x"}))
        chain.enter_rows(connection, table, made.inserted_primary_key, "written")
        rows = connection.execute(select(table).order_by(table.c.number)).all()
        kept = connection.execute(select(CHAIN).where(CHAIN.c.kind == "decisions")).all()
        entered = {int(entry.subject): entry for entry in kept}
        hold = [verify.is_entered(entered[row.number], chain.said_by(table, row)) for row in rows]
        connection.execute(table.update().values(place="y"))
        changed = connection.execute(select(table)).all()
        still = [verify.is_entered(entered[row.number], chain.said_by(table, row)) for row in changed]
    engine.dispose()
    return hold, still


def test_a_column_more_breaks_no_seal_and_what_is_written_into_it_later_does(casebook, newer_scripts):
    assert one_column_more(f"sqlite:///{casebook}", newer_scripts) == ([True] * 4, [False] * 4)


def test_an_upgrade_that_fails_half_way_leaves_the_casebook_as_it_was(casebook, newer_scripts):
    broken = newer_scripts / "versions" / "m9000_place.py"
    broken.write_text(broken.read_text() + '    op.execute("select 1 from nothing_of_the_kind")\n')

    with closing(opened(casebook)) as book:
        with pytest.raises(Exception, match="nothing_of_the_kind"):
            upgraded(book, newer_scripts)
        with book.engine.connect() as connection:
            assert version_of(connection) == HEAD
            assert "place" not in {column["name"] for column in inspect(connection).get_columns("decisions")}
        assert whole(book) == 3


def test_postgresql_has_the_same_casebook_and_the_same_upgrades(postgresql_url, newer_scripts):
    assert_made_once(postgresql_url)
    with closing(opened(postgresql_url)) as book:
        decide_three(book)
        assert whole(book) == 3

        assert one_column_more(postgresql_url, newer_scripts) == ([True] * 4, [False] * 4)
        with pytest.raises(CasebookError, match="newer program"):
            opened(postgresql_url)

        with book.engine.begin() as connection:
            connection.execute(text("drop table alembic_version"))
        with pytest.raises(CasebookError, match=TOO_OLD):
            opened(postgresql_url)


BEFORE_THE_CHAIN = """
create table seals (number integer primary key autoincrement, school text, kind text, row_number integer, sha256 text);
drop table chain;
drop table requests;
drop table spending;
alter table desk_invitations drop column for_command;
alter table query_log add column sha256 text;
alter table query_answers add column sha256 text;
alter table desk_access_log add column sha256 text;
alter table redactions add column sha256_before text;
alter table age_deletions add column chains text;
alter table decisions drop column to_person;
insert into seals (school, kind) values ('hamlet', 'decisions');
update alembic_version set version_num = '0.3.0'
"""


@pytest.mark.parametrize(("change", "wrong"), [("select 1", {}), ("update decisions set note = 'x'", {"decisions": 3})])
def test_a_casebook_from_before_the_chain_is_verified_by_its_seals_and_entered(casebook, change, wrong):
    with closing(opened(casebook)) as book, book.engine.connect() as connection:
        rows = connection.execute(select(DECISIONS).order_by(DECISIONS.c.number)).all()
        said = [(row.number, hashlib.sha256(chain.said_by(DECISIONS, row)).hexdigest()) for row in rows]
    with closing(connected(casebook, CASEBOOK_KEY)) as before:
        for statement in BEFORE_THE_CHAIN.split(";"):
            before.execute(statement)
        for number, sha256 in said:
            sealed = (SCHOOL, "decisions", number, sha256)
            before.execute("insert into seals (school, kind, row_number, sha256) values (?, ?, ?, ?)", sealed)
        before.execute(change)

    with closing(opened(casebook)) as book:
        assert {name: len(numbers) for name, numbers in verify.wrong_rows(book).items()} == wrong
        with book.engine.connect() as connection:
            assert counters.written(connection, SCHOOL)["decisions"] == 4  # one that went before is counted still
