"""The DPO may ask anything of the published copy, and nobody may do anything else with the connection."""

import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from dashboards.ask import AskError, ask, locked
from tests.dashboards.copies import SCHEMA, add, copy
from warehouse.open import opened

KEY = "k" * 43
TABLES = SCHEMA.count("create table ")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a locked, read-only connection over a published copy in a file, as a caller opens it."""
    path = tmp_path_factory.mktemp("school") / "published.duckdb"
    with opened(path, KEY) as writer:
        writer.execute(SCHEMA)
        add(writer, "runs")
        for number in range(3):
            add(writer, "exceptions", fingerprint=f"f{number}", subject_id=f"{number}")
    with opened(path, KEY, read_only=True) as reader:
        yield locked(reader)


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("select fingerprint from published.exceptions order by all", 3),
        ("SELECT 1;", 1),
        ("with e as (from published.exceptions) select count(*) from e", 1),
        ("from published.runs", 1),
        ("describe published.runs", 12),
        ("summarize published.runs", 12),
        ("show tables from published", TABLES),
        ("-- how many?\n/* of them */ select count(*) from published.exceptions -- there", 1),
        ("select unnest([1, 2, 3])", 3),
        ("from range(5)", 5),
        ("select table_name from duckdb_tables()", TABLES),
        ("select * from published.exceptions where false", 0),
        ("select 'drop; table; attach' as told", 1),
    ],
)
def test_a_reading_statement_is_answered(db: duckdb.DuckDBPyConnection, sql: str, rows: int) -> None:
    assert ask(db, sql).height == rows


# One a line; `\\n` stands for a new line, {0} for a folder that may be written to.
LINES = Path(__file__).with_name("attacks.txt").read_text(encoding="utf-8").splitlines()
ATTACKS = ["", *(line.replace("\\n", "\n") for line in LINES)]


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_everything_else_is_refused_in_one_sentence(db: duckdb.DuckDBPyConnection, attack: str, tmp_path: Path) -> None:
    frame = pl.DataFrame({"secret": [1]})  # a variable in reach, which SQL must not read
    before = sorted(tmp_path.iterdir())

    with pytest.raises(AskError) as caught:
        ask(db, attack.format(tmp_path))

    told = str(caught.value)
    assert told.endswith(".")
    assert "\n" not in told
    assert sorted(tmp_path.iterdir()) == before
    assert ask(db, "select count(*) as n from published.exceptions")["n"].to_list() == [3]
    assert frame.height == 1


def test_the_question_in_the_handbook_says_whose_an_account_may_be_by_the_ref_of_the_exception(tmp_path: Path) -> None:
    handbook = (Path(__file__).parents[2] / "docs" / "for-the-dpo.md").read_text(encoding="utf-8")
    [sql] = re.findall(r'whose account is 6b3981c5\?" \\\n  "(.+?)"\n```', handbook, re.DOTALL)
    answered = {"subject_kind": "post", "subject_id": "t1", "evidence": {"actor": "8", "account": "@eight"}}
    with opened(tmp_path / "published.duckdb", KEY) as writer:
        writer.execute(SCHEMA)
        add(writer, "runs")
        add(writer, "exceptions", fingerprint="6b3981c5" * 8, subject_id="7")
        add(writer, "exceptions", fingerprint="0f0f0f0f" * 8, **answered)
        for actor, person, is_best in (("7", "P1", True), ("7", "P2", False), ("8", "P3", True)):
            add(writer, "matches", platform="x", actor_id=actor, person_id=person, is_best=is_best)
    with opened(tmp_path / "published.duckdb", KEY, read_only=True) as reader:
        locked(reader)

        assert ask(reader, sql)["person_id"].to_list() == ["P1"]
        assert ask(reader, sql.replace("6b3981c5", "0f0f0f0f"))["person_id"].to_list() == ["P3"]


SETTINGS_AND_FILES = [
    attack for attack in ATTACKS if "passwd" in attack or (attack.startswith("set ") and "variable" not in attack)
]


@pytest.mark.parametrize("attack", SETTINGS_AND_FILES)
def test_the_second_wall_stands_without_the_first(db: duckdb.DuckDBPyConnection, attack: str, tmp_path: Path) -> None:
    with pytest.raises(duckdb.Error):
        db.execute(attack.format(tmp_path)).fetchall()


def test_a_connection_that_is_not_locked_is_not_asked() -> None:
    with pytest.raises(AskError, match="not locked"):
        ask(copy(), "select 1")


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) from range(100000000) as a, range(1000000) as b where hash(a.range) = hash(b.range)",
        "select sum(hash(a.range)) from range(100000000) as a, range(100000) as b",
    ],
)
def test_a_question_without_end_is_stopped_and_the_next_is_answered(db: duckdb.DuckDBPyConnection, sql: str) -> None:
    began = time.monotonic()

    with pytest.raises(AskError, match=r"longer than 0\.3 seconds"):
        ask(db, sql, limit_seconds=0.3)

    assert time.monotonic() - began < 5
    assert ask(db, "select 1 as one")["one"].to_list() == [1]


def test_an_answer_of_millions_of_rows_is_refused(db: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(AskError, match="more than 1,000,000 rows"):
        ask(db, "from range(2000000000)")

    assert ask(db, "select 1 as one")["one"].to_list() == [1]


def test_an_answer_that_needs_too_much_memory_is_refused(db: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(AskError, match=r"more memory|longer than"):
        ask(db, "select list(range::text || repeat('x', 500)) from range(4000000)", limit_seconds=20)


def test_an_error_quotes_the_question_but_never_the_data(db: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(AskError, match="Table with name nobody does not exist"):
        ask(db, "select * from published.nobody")
    with pytest.raises(AskError) as caught:
        ask(db, "select cast(reason as int) from published.exceptions")
    assert str(caught.value).startswith("A value in the data does not fit")
    assert "pupil" not in str(caught.value)


@pytest.mark.parametrize(
    "sql",
    [
        "select " + "+".join(["1"] * 5000),
        "select " + "not " * 900 + "true",
        "select " + "abs(" * 400 + "1" + ")" * 400,
        "select " + "(select " * 300 + "1" + ")" * 300,
    ],
    ids=["sum", "not", "calls", "subqueries"],
)
def test_a_deep_question_is_answered_or_refused_and_breaks_nothing(db: duckdb.DuckDBPyConnection, sql: str) -> None:
    with contextlib.suppress(AskError):
        ask(db, sql)

    assert ask(db, "select 1 as one")["one"].to_list() == [1]
