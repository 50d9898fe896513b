"""The encrypted files: opened with the right key only, damaged or full said in one sentence, swapped in whole."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.warehouse.rows import follow, listing_end, post
from warehouse.runs.publish import ensure_current, publish
from warehouse.store.build import build, is_built
from warehouse.store.compact import compact
from warehouse.store.load import load
from warehouse.store.migrate import MigrationError, applied, migrate, pending, shipped
from warehouse.store.open import WarehouseError, attach, engine, opened, plain_errors
from warehouse.store.places import Places

KEY = "k" * 43


@cache
def filled() -> bytes:
    """Return the file of a warehouse of one run, made once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        with opened(path, KEY) as db:
            migrate(db)
            build(db)
            db.execute("insert into raw.runs values ('r', '2026-11-02', 's', 'S', 'p', now(), null, false, null, null)")
            load(db, run_id="r", source="x", records=[follow("777000777"), post("1"), listing_end()])
        return path.read_bytes()


@pytest.fixture
def kept(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(filled())
    return path


def test_nothing_of_what_is_kept_can_be_read_in_the_file(kept):
    assert b"777000777" not in kept.read_bytes()
    assert b"Sports day" not in kept.read_bytes()


def test_a_wrong_key_is_one_sentence_and_changes_nothing(kept):
    before = kept.read_bytes()

    with pytest.raises(WarehouseError, match=r"The key does not open warehouse\.duckdb\. Check AUDIT_KEY"):
        opened(kept, "w" * 43).__enter__()

    assert kept.read_bytes() == before


def test_a_key_that_cannot_be_one_is_refused_before_the_file_is_touched(tmp_path):
    with pytest.raises(WarehouseError, match="not one that `audit init` makes"):
        opened(tmp_path / "none.duckdb", "it's").__enter__()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "scribbled", "text"])
def test_a_damaged_file_is_one_sentence_and_stays_as_it_was(kept, damage):
    body = kept.read_bytes()
    broken = {"cut": body[: len(body) // 3], "scribbled": body[:4096] + b"\0" * 9000 + body[13096:], "text": b"hello"}
    kept.write_bytes(broken[damage])

    with (
        pytest.raises(WarehouseError, match=r"warehouse\.duckdb is damaged|does not open"),
        opened(kept, KEY) as db,
    ):
        db.execute("select * from raw.follows").fetchall()

    assert kept.read_bytes() == broken[damage]


def test_reading_what_was_never_published_says_to_run_first(tmp_path):
    with pytest.raises(WarehouseError, match="Run `audit run` first"):
        opened(tmp_path / "published.duckdb", KEY, read_only=True).__enter__()


def test_the_published_copy_holds_the_published_views_and_what_the_desk_shows_and_nothing_else(kept, tmp_path):
    target = tmp_path / "published.duckdb"
    with opened(kept, KEY) as db:
        publish(db, target, KEY)
    with opened(target, KEY, read_only=True) as db:
        tables = db.execute(
            "select distinct if(schema_name in ('published', 'desk'), schema_name, table_name) from duckdb_tables() "
            "where database_name = 'kept' order by all"
        ).fetchall()
        followers = db.execute("select actor_id from published.followers").fetchall()

    # Which casebook belongs to it, which views made it, and what they hold.
    assert tables == [("casebook",), ("desk",), ("models",), ("published",)]
    assert followers == [("777000777",)]
    assert not target.with_suffix(".new").exists()


def test_a_publish_that_dies_leaves_the_copy_before_it(kept, tmp_path):
    target = tmp_path / "published.duckdb"
    with opened(kept, KEY) as db:
        publish(db, target, KEY)
        before = target.read_bytes()
        db.execute("drop table raw.quality_checks")
        with pytest.raises(Exception, match="quality_checks"):
            publish(db, target, KEY)

    assert target.read_bytes() == before


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes, as on a disk that is nearly full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_copy_for_which_there_is_no_room_leaves_the_one_before_it_and_the_next_is_whole(kept, tmp_path):
    target = tmp_path / "published.duckdb"
    with opened(kept, KEY) as db:
        publish(db, target, KEY)
        before = target.read_bytes()
        with room_for(len(before) // 2), pytest.raises(WarehouseError, match=r"The disk is full, so published\.duckdb"):
            publish(db, target, KEY)
        assert target.read_bytes() == before
        assert [path.name for path in tmp_path.glob("published*")] == ["published.duckdb"]

        publish(db, target, KEY)
    with opened(target, KEY, read_only=True) as db:
        assert db.execute("select count(*) from published.runs").fetchall() == [(1,)]


def blocks_of(path: Path) -> int:
    """Return how many bytes a block of this file has."""
    with opened(path, KEY, read_only=True) as db:
        [(size,)] = db.execute("select block_size from pragma_database_size() where database_name = 'kept'").fetchall()
    return int(size)


def test_a_file_of_an_earlier_release_with_large_blocks_is_read_on_and_small_once_it_is_rewritten(kept, tmp_path):
    large = tmp_path / "large.duckdb"
    with engine() as db:
        attach(db, kept, KEY, name="kept", read_only=True)
        db.execute(f"attach '{large}' as large (encryption_key '{KEY}', block_size 262144)")
        db.execute("copy from database kept to large")
    before = large.stat().st_size
    assert (blocks_of(kept), blocks_of(large)) == (16_384, 262_144)

    compact(large, KEY)

    assert blocks_of(large) == 16_384
    assert large.stat().st_size < before / 3
    with opened(large, KEY, read_only=True) as db:
        assert db.execute("select actor_id from raw.follows").fetchall() == [("777000777",)]


def test_a_second_opener_is_told_to_wait(kept):

    script = (
        "import sys; from pathlib import Path; from warehouse.store.open import opened\n"
        "try:\n with opened(Path(sys.argv[1]), sys.argv[2]): pass\n"
        "except Exception as e: print(type(e).__name__, e)"
    )
    with opened(kept, KEY):
        answer = subprocess.run(
            [sys.executable, "-c", script, str(kept), KEY], capture_output=True, text=True, check=True
        )

    assert (
        answer.stdout == "WarehouseError Another run has warehouse.duckdb open. Wait until it ends, then run again.\n"
    )


def test_a_library_that_is_not_there_is_not_a_damaged_warehouse(kept):
    script = (
        "import sys; sys.modules['pytz'] = None\n"  # what DuckDB hands out times with
        "from pathlib import Path; from warehouse.store.open import opened\n"
        "try:\n with opened(Path(sys.argv[1]), sys.argv[2]) as db: db.execute('select now()').fetchall()\n"
        "except Exception as e: print(type(e).__name__, e)"
    )

    answer = subprocess.run([sys.executable, "-c", script, str(kept), KEY], capture_output=True, text=True, check=True)

    assert answer.stdout.startswith("WarehouseError The program is not installed whole, so warehouse.duckdb")


def test_other_errors_of_ours_pass_unchanged():
    with pytest.raises(ZeroDivisionError), plain_errors("x"):
        _ = 1 / 0


def test_migrations_run_once_and_a_newer_warehouse_is_refused(kept):
    with opened(kept, KEY) as db:
        assert pending(db) == []
        assert applied(db) == list(shipped())
        assert migrate(db) == []
        db.execute("insert into main.migrations values ('9999_from_the_future')")
        with pytest.raises(MigrationError, match="made by a newer program"):
            migrate(db)


def test_a_warehouse_from_before_the_first_release_is_refused_in_one_sentence_and_stays_as_it_was(kept):
    with opened(kept, KEY) as db:
        db.execute("delete from main.migrations")
        db.execute("insert into main.migrations values ('0001_raw_and_outcome')")
        db.execute("insert into main.migrations values ('0033_readings')")
    before = kept.read_bytes()

    for read_only in (True, False):
        with opened(kept, KEY, read_only=read_only) as db, pytest.raises(MigrationError, match="before the first rel"):
            migrate(db)

    assert kept.read_bytes() == before


def test_a_migration_that_fails_leaves_nothing_behind(db):
    scripts = {**shipped(), "0099_broken": "create table raw.half (a int); select * from nowhere"}

    with pytest.raises(Exception, match="nowhere"):
        migrate(db, scripts)

    assert "0099_broken" not in applied(db)
    assert db.execute("select 1 from duckdb_tables() where table_name = 'half'").fetchall() == []


def test_places_are_below_the_home_and_the_key_is_apart_from_the_data(tmp_path):
    places = Places(tmp_path, "ousterly-vale")

    assert places.reports("2026-11-02") == tmp_path / "ousterly-vale" / "reports" / "2026-11-02"
    assert places.folder not in places.key.parents
    assert {places.settings.parent, places.credentials.parent, places.photographs.parent} == {places.folder}
    assert places.casebook.parent == tmp_path


@pytest.mark.parametrize(
    "older",
    [
        "drop table published.proofs",
        "alter table published.exceptions drop column about",
        "alter table published.exceptions drop column decisions_read",
        "alter table published.exceptions drop column is_unasked",
        "alter table published.unread_texts drop column about",
    ],
)
def test_a_published_copy_of_an_older_program_is_one_sentence(kept, tmp_path, older):
    target = tmp_path / "published.duckdb"
    with opened(kept, KEY) as db:
        publish(db, target, KEY)
    with opened(target, KEY) as copy:
        ensure_current(copy)
        copy.execute(older)

        with pytest.raises(WarehouseError, match=r"made by an older program\. Run `audit run` once"):
            ensure_current(copy)


def test_views_and_copies_of_another_release_are_told_from_those_of_this_one(kept, tmp_path):
    target = tmp_path / "published.duckdb"
    with opened(kept, KEY) as db:
        publish(db, target, KEY)
        assert is_built(db)
        db.execute("update main.models set sha256 = 'another'")
        assert not is_built(db)
        build(db)
        assert is_built(db)
    with opened(target, KEY) as copy:
        assert is_built(copy)
        copy.execute("drop table main.models")  # as in a copy from before views were told apart
        assert not is_built(copy)
