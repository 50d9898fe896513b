"""A casebook of an earlier release is recognised, copied and brought up to date; a newer one is refused."""

import shutil
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, MetaData, String, create_engine, delete, insert, inspect, make_url, select

from tests.casebooks import CASEBOOK_KEY
from tests.fixtures.upgrade import keeping
from tests.fixtures.upgrade.hamlet import SCHOOL
from warehouse.casebook import at_rest, seals
from warehouse.casebook.at_rest import connected, encrypted_engine, is_plain
from warehouse.casebook.casebook import Casebook, CasebookError
from warehouse.casebook.migrations.versions import m0001_as_it_was
from warehouse.casebook.tables import DECISIONS, QUERIES, SEALS, TABLES
from warehouse.casebook.upgrade import HEAD, SCRIPTS, bring_up_to_date, version_of

KEPT = Path(keeping.__file__).parent / "2026-11"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
ONE_COLUMN_MORE = """\
from alembic import op
from sqlalchemy import Column, String

revision, down_revision = "9000", "{head}"


def upgrade():
    op.add_column("decisions", Column("place", String(16)))
"""
OPENS = f"""
import sys
from contextlib import closing
from warehouse.casebook.at_rest import connected, encrypted_engine, is_plain
from warehouse.casebook.casebook import Casebook
with closing(Casebook(sys.argv[1], "{SCHOOL}", "{CASEBOOK_KEY}")) as book:
    print(len(book.standing()))
"""


@pytest.fixture
def postgresql_url(databases):
    with databases.empty() as url:
        yield url


@pytest.fixture
def older(tmp_path):
    """A casebook of the release before migrations, with three decisions and one row of most other kinds."""
    return keeping.unpack_casebook(KEPT, tmp_path)


@pytest.fixture
def newer_scripts(tmp_path):
    """The migrations of a program that comes after this one."""
    scripts = tmp_path / "scripts 100%"
    shutil.copytree(SCRIPTS, scripts)
    (scripts / "versions" / "m9000_place.py").write_text(ONE_COLUMN_MORE.format(head=HEAD))
    return scripts


def opened(url):
    return Casebook(str(url) if "://" in str(url) else f"sqlite:///{url}", SCHOOL, CASEBOOK_KEY)


def dump_of(casebook):
    with closing(connected(casebook, None if is_plain(casebook) else CASEBOOK_KEY)) as connection:
        return list(at_rest.rows_of(connection))


def rows_of(book):
    with book.engine.connect() as connection:
        seals.must_be_whole(connection, SCHOOL)
        return {table.name: connection.execute(select(table)).all() for table in TABLES.sorted_tables}


def test_the_newest_migration_is_the_one_that_the_program_asks_for_and_makes_the_tables_it_reads(tmp_path):
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [HEAD]
    book = opened(tmp_path / "casebook.sqlite")
    with book.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), TABLES)
    book.close()

    assert differences == []


def test_a_casebook_from_before_migrations_keeps_every_row_and_seal_and_a_copy_of_it_is_left_beside(older):
    before = dump_of(older)

    book = opened(older)

    rows = rows_of(book)
    assert {name: len(of) for name, of in rows.items()} == {
        "acceptances": 0, "age_deletions": 0, "attestations": 1, "challenges": 0, "decisions": 3,
        "desk_access_log": 0, "desk_invitations": 0, "desk_marks": 0, "desk_people": 0, "desk_sessions": 0,
        "erasures": 0, "holds": 1, "labels": 1, "query_answers": 0, "query_log": 1, "redactions": 0,
        "register_changes": 0, "seals": 7,
        "tombstones": 0, "warehouses": 1,
    }  # fmt: skip
    assert {decision.verdict for decision in book.standing().values()} == {"mistaken", "confirmed", "allowed"}
    with book.engine.connect() as connection:
        assert version_of(connection) == HEAD
    book.close()
    copy = older.with_name(f"casebook.sqlite.before-{HEAD}")
    assert dump_of(copy) == before
    assert copy.stat().st_mode & 0o077 == 0


def test_a_casebook_in_sqlite_goes_on_from_the_highest_number_that_a_question_ever_had(older):
    book = opened(older)
    with book.engine.begin() as connection:
        was = connection.execute(select(QUERIES.c.number)).scalar()
        indexes = {index["name"] for index in inspect(connection).get_indexes("query_log")}
        seals.drop_hashes(connection, QUERIES, [was])
        connection.execute(delete(QUERIES))

    again = book.log_query(by_user="dpo", purpose="A request", sql="select 1", at=NOON)
    rows_of(book)
    book.close()

    assert (was, again, indexes) == (1, 2, {"ix_query_log_school"})


def test_a_casebook_that_is_up_to_date_is_opened_without_alembic_and_without_a_copy(older):
    opened(older).close()
    older.with_name(f"casebook.sqlite.before-{HEAD}").unlink()
    script = f"{OPENS}\nprint('alembic' in sys.modules)"
    made = subprocess.run(
        [sys.executable, "-c", script, f"sqlite:///{older}"], capture_output=True, text=True, check=True
    )

    assert made.stdout.split() == ["3", "False"]
    assert [path.name for path in older.parent.glob("*before*")] == []


def test_a_new_casebook_leaves_no_copy(tmp_path):
    opened(tmp_path / "casebook.sqlite").close()

    assert not list(tmp_path.glob("*before*"))


def test_three_processes_at_once_upgrade_a_casebook_once(older):
    running = [
        subprocess.Popen([sys.executable, "-c", OPENS, f"sqlite:///{older}"], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]

    assert [(each.communicate()[0].strip(), each.returncode) for each in running] == [("3", 0)] * 3
    book = opened(older)
    rows_of(book)
    book.close()


def test_three_processes_at_once_make_one_new_casebook(tmp_path):
    url = f"sqlite:///{tmp_path}/casebook.sqlite"
    running = [
        subprocess.Popen([sys.executable, "-c", OPENS, url], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]

    assert [(each.communicate()[0].strip(), each.returncode) for each in running] == [("0", 0)] * 3


def test_a_casebook_of_a_newer_program_is_refused_in_one_sentence_and_left_alone(older, newer_scripts):
    book = opened(older)
    bring_up_to_date(book.engine, scripts=newer_scripts, head="9000")
    book.close()
    before = older.read_bytes()

    with pytest.raises(CasebookError, match=r"^This casebook was made by a newer program \(it has migration 9000\)\. "):
        opened(older)
    assert older.read_bytes() == before


def one_column_more(url, newer_scripts):
    """Upgrade to a decision with one column more, write one with it, and return whose seals hold, then."""
    engine = create_engine(url) if url.startswith("postgresql") else encrypted_engine(make_url(url), CASEBOOK_KEY)
    bring_up_to_date(engine, scripts=newer_scripts, head="9000")
    table = DECISIONS.to_metadata(MetaData())
    table.append_column(Column("place", String(16), info={seals.ADDED_BY: "9000"}))
    row = {
        "school": SCHOOL, "fingerprint": "g", "verdict": "confirmed", "by_role": "dpo", "note": "-", "decided_at": NOON,
    }  # fmt: skip
    with engine.begin() as connection:
        number = connection.execute(insert(table).values(**row, place="x")).inserted_primary_key[0]
        seals.seal(connection, table, number)
        rows = connection.execute(select(table).order_by(table.c.number)).all()
        kept = select(SEALS.c.row_number, SEALS.c.sha256).where(SEALS.c.kind == "decisions")
        sealed = {number: sha256 for number, sha256 in connection.execute(kept).all()}  # noqa: C416 - rows are no pairs
        whole = [seals.hash_of_row(table, row) == sealed[row.number] for row in rows]
        connection.execute(table.update().values(place="y"))
        changed = connection.execute(select(table)).all()
        still = [seals.hash_of_row(table, row) == sealed[row.number] for row in changed]
    engine.dispose()
    return whole, still


def test_a_column_more_breaks_no_seal_and_what_is_written_into_it_later_does(older, newer_scripts):
    opened(older).close()

    whole, still = one_column_more(f"sqlite:///{older}", newer_scripts)

    assert (whole, still) == ([True] * 4, [False] * 4)


def test_an_upgrade_that_fails_half_way_leaves_the_casebook_as_it_was(older, newer_scripts):
    book = opened(older)
    broken = newer_scripts / "versions" / "m9000_place.py"
    broken.write_text(broken.read_text() + '    op.execute("select 1 from nothing_of_the_kind")\n')

    with pytest.raises(Exception, match="nothing_of_the_kind"):
        bring_up_to_date(book.engine, scripts=newer_scripts, head="9000")

    with book.engine.connect() as connection:
        assert version_of(connection) == HEAD
        assert "place" not in {column["name"] for column in inspect(connection).get_columns("decisions")}
    rows_of(book)
    book.close()


def test_postgresql_has_the_same_casebook_and_the_same_upgrades(postgresql_url, newer_scripts):
    old = create_engine(postgresql_url)
    with old.begin() as connection:
        m0001_as_it_was._TABLES.create_all(connection)  # as a casebook from before migrations has them
    old.dispose()
    running = [
        subprocess.Popen([sys.executable, "-c", OPENS, postgresql_url], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [(each.communicate()[0].strip(), each.returncode) for each in running] == [("0", 0)] * 3
    book = opened(postgresql_url)
    for name in "abc":
        book.decide(name, "allowed", until=None, by_role="dpo", note="-", at=NOON)
    rows_of(book)

    assert one_column_more(postgresql_url, newer_scripts) == ([True] * 4, [False] * 4)

    with pytest.raises(CasebookError, match="newer program"):
        opened(postgresql_url)
    book.close()
