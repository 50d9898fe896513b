"""`audit snapshot`: a copy that opens with its key alone, holds what is published and no more, and is logged.

It alone proves the command itself: the file's mode and last day, and what is left when it is killed.
"""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from tests.casebooks import key_of, looked_into, rows_of
from tests.flows.calling import audit
from tests.flows.stopping import KILLED, Point, zygote
from tests.flows.village import SCHOOL, village
from tests.warehouse.rows import listing_end, post
from warehouse.catalogue.clocks import BODY_DAYS
from warehouse.runs.publish import publish
from warehouse.store.build import build, models
from warehouse.store.load import load
from warehouse.store.open import WarehouseError, opened

NOW = datetime.now(UTC)
RUN = "insert into raw.runs values (?, ?, 's', 'S', 'p', ?, ?, true, ?, null)"
WHY = ("--purpose", "An inspection")
POINTS = (
    Point("nothing was written", "warehouse.runs.snapshot:take"),
    Point("the file was begun", "warehouse.runs.snapshot:_copy"),
    Point("the tables were there, and not settled", "warehouse.runs.snapshot:_copy", "after"),
    Point("the file was whole, and without a key", "flows.backup.snapshot:write_snapshot_key"),
)


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """A village with a published run of today that has one post."""
    with village(tmp_path_factory.mktemp("snapshot") / "home", has_warehouse=True) as made:
        context = made.context(NOW.date())
        with opened(made.places.warehouse, context.key) as db:
            db.execute(RUN, [str(NOW.date()), NOW.date(), NOW, NOW, NOW])
            load(db, run_id=str(NOW.date()), source="x", records=[post("1"), listing_end()])
            build(db)
            publish(db, made.places.published, context.key)
        yield made


def snapshot(here, out, *more):
    return audit("snapshot", SCHOOL, "--out", str(out), *WHY, *more, **here.environment)


def questions(here):
    """Return what the log says of each snapshot: by purpose and statement, how many rows, or why none."""
    with closing(looked_into(here.places.casebook, key_of(here.places))) as book:
        return book.execute("select purpose, sql, rows, problem from query_log order by number").fetchall()


def test_a_snapshot_opens_with_its_key_alone_and_holds_no_raw_table(here, tmp_path):
    out, key_file = tmp_path / "copy.duckdb", tmp_path / "copy.key"

    answer = snapshot(here, out, "--key-file", str(key_file))

    assert answer.code == 0, answer.said
    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {
        "copy.duckdb": 0o600, "copy.key": 0o600,
    }  # fmt: skip
    key = key_file.read_text().strip()
    assert key not in answer.said
    assert b"Sports day" not in out.read_bytes()
    with opened(out, key, read_only=True) as copy:
        tables = copy.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'kept'"
        ).fetchall()
        assert {name for (name,) in tables} == {"main.snapshot", *(n for n in models() if n.startswith("published."))}
        assert copy.execute("select text from published.posts").fetchall() == [("Sports day",)]
        purpose, made_on, last_day = copy.execute("select * from main.snapshot").fetchall()[0]
    assert (purpose, last_day) == ("An inspection", made_on + timedelta(days=BODY_DAYS))
    assert f"Delete it, and every copy of it, by {last_day:%A} {last_day.day} {last_day:%B %Y}." in answer.out
    for other in (here.context().key, key[::-1]):
        with pytest.raises(WarehouseError, match="The key does not open"), opened(out, other, read_only=True):
            pass
    told = questions(here)[-1]
    assert told[:2] == ("An inspection", f"audit snapshot {SCHOOL}")
    assert told[2] > 0


def test_without_a_file_the_key_is_shown_once_and_kept_nowhere(here, tmp_path):
    answer = snapshot(here, tmp_path / "copy.duckdb")
    key = answer.out.strip().rpartition(" ")[2]

    with opened(tmp_path / "copy.duckdb", key, read_only=True) as copy:
        assert copy.execute("select count(*) from published.runs").fetchall() == [(1,)]
    files = [path for path in here.settings.home.rglob("*") if path.is_file()]
    assert [path.name for path in files if key.encode() in path.read_bytes()] == []
    with closing(looked_into(here.places.casebook, key_of(here.places))) as book:
        assert key not in "\n".join(map(str, rows_of(book)))


@pytest.mark.parametrize(
    ("out", "more", "says"),
    [
        ("copy.duckdb", ("--purpose", " "), "Say in a few words why you ask"),
        ("copy.db", (), "Give it a name that ends in .duckdb"),
        ("none/copy.duckdb", (), "Make it first"),
        ("copy.duckdb", ("--key-file", "none/copy.key"), "No snapshot was made"),
    ],
)
def test_wrong_use_is_one_sentence_and_nothing_is_left(here, tmp_path, out, more, says):
    given = [str(tmp_path / word) if word.startswith("none/") else word for word in more]

    answer = snapshot(here, tmp_path / out, *given)

    assert (answer.code, says in answer.err, answer.err.count("\n")) == (2, True, 1), answer.said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_what_a_killed_snapshot_leaves_nobody_can_open_and_the_next_one_takes_away(here, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    out, key_file = folder / "copy.duckdb", folder / "copy.key"
    words = ("snapshot", SCHOOL, "--out", str(out), "--key-file", str(key_file), *WHY)
    before = len(questions(here))
    with zygote(tmp_path) as forks:
        for point in POINTS:
            assert forks.run(here.environment, point=point, words=words) == KILLED, point.says
            assert not key_file.exists(), point.says
            assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} <= {0}, point.says
            assert not [path for path in folder.iterdir() if b"Sports day" in path.read_bytes()], point.says
        assert [path.name for path in folder.iterdir()] == ["copy.duckdb"]  # whole, and nobody has its key
        out.unlink()
        assert forks.run(here.environment, point=POINTS[2], words=words) == KILLED
        assert [path.name.partition(".part")[0] for path in folder.iterdir() if path.name[0] != "."] == []
        last = forks.run(here.environment, words=words)

    assert last == {"code": 0}, forks.said.read_text()[-2_000:]
    assert sorted(path.name for path in folder.iterdir()) == ["copy.duckdb", "copy.key"]
    with opened(out, key_file.read_text().strip(), read_only=True) as copy:
        assert copy.execute("select text from published.posts").fetchall() == [("Sports day",)]
    assert [row[2:] for row in questions(here)[before:-1]] == [(None, None)] * (len(POINTS) + 1)  # begun, and no end
