"""The DPO may ask anything of the published copy, and a question can do nothing else, whatever it is made of."""

import os
import re
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboards.ask.child import locked, opened_copy
from dashboards.ask.messages import LONGEST_QUESTION, QuestionLimits
from dashboards.ask.process import AskedQuestion
from dashboards.ask.statement import Readable, only_reads
from tests.dashboards.asked_copies import ACTOR, CASE, KEY, make_copy, process, rows_of
from warehouse.store.open import extension_file, opened

EVERYDAY = """
select
    evidence ->> '$.x', cast(due_on as date) + 7, case when is_open then 1 end, [x + 1 for x in [1, 2]],
    row_number() over (order by run_id), date '2026-01-01' + interval 1 month, due_on is null, reason ilike 'a%',
    strftime(last_seen, '%Y-%m'), extract(year from last_seen), reason || 'x', coalesce(reason, ''), reason[1:3],
    reason in ('a', 'b'), due_on between '2026-01-01' and '2026-12-31', {'a': 1}, try_cast(reason as integer)
from published.exceptions
qualify true order by all limit 1
"""
LINES = Path(__file__).with_name("attacks.txt").read_text(encoding="utf-8").splitlines()
# One a line; `\\n` stands for a new line, {0} for a folder that may be written to.
ATTACKS = ["", *(line.replace("\\n", "\n") for line in LINES)]
DEEP = {
    "sum": "select " + "+".join(["1"] * 5000),
    "not": "select " + "not " * 900 + "true",
    "calls": "select " + "abs(" * 400 + "1" + ")" * 400,
    "subqueries": "select " + "(select " * 300 + "1" + ")" * 300,
    "brackets": "select " + "(" * 9000 + "1" + ")" * 9000,
    "lists": "select " + "[" * 9000 + "1" + "]" * 9000,
    "unions": " union all ".join(["select 1"] * 1000),
    "columns": "select " + ", ".join(f"{number} as c{number}" for number in range(900)),
    "withs": "with " + ", ".join(f"t{n} as (select 1)" for n in range(500)) + " select 1",
    "cases": "select " + "case when true then " * 400 + "1" + " end" * 400,
}
WITHOUT_END = {
    "one function": "select levenshtein(repeat('a', 400000), repeat('b', 400000))",
    "a join": "select count(*) from range(1000000000000) as a, range(1000000) as b where hash(a.range) = hash(b.range)",
    "a sum": "select sum(hash(a.range)) from range(100000000) as a, range(100000) as b",
    "a recursion": "with recursive t as (select 1 as n union all select n + 1 from t) select count(*) from t",
    "doubling": "with t0 as materialized (select 1 as n)"
    + "".join(f", t{n} as materialized (from t{n - 1} union all from t{n - 1})" for n in range(1, 40))
    + " select count(*) from t39",
    "a pattern": "select count(*) from range(1000000000000) where regexp_matches(repeat(range::text, 50), '(a|b)*c$')",
}
TOO_MUCH = {
    "wide rows in order": "select repeat('x', 10000) || range as it from range(1000000) order by hash(range)",
    "a document": "select ('\"' || repeat('x', 900000000) || '\"')::json",
    "a list": "select list(range::text || repeat('x', 500)) from range(4000000)",
    "a long text": "select repeat('x', 1900000000)",
    "padding": "select lpad('x', 1500000000, 'y')",
    "a long list": "select range(1000000000)",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_copy(tmp_path_factory.mktemp("school") / "published.duckdb")


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("select fingerprint from published.exceptions order by all", 2),
        ("SELECT 1;", 1),
        ("with e as (from published.exceptions) select count(*) from e", 1),
        ("from published.runs", 1),
        ("describe published.runs", 13),
        ("describe runs", 13),
        ("summarize published.runs", 13),
        ("-- how many?\n/* of them */ select count(*) from exceptions -- there", 1),
        ("select unnest([1, 2, 3])", 3),
        ("select * from exceptions where false", 0),
        ("select 'drop; table; attach' as told", 1),
        (
            EVERYDAY,
            1,
        ),
        ("select status, count(*) from exceptions group by rollup (status) having count(*) > 0", 2),
        ("select * from casebook.questions", 0),
    ],
)
def test_a_reading_statement_is_answered(path: Path, sql: str, rows: int) -> None:
    assert len(rows_of(process(path), sql)) == rows


def test_tables_are_shown_from_both_schemas_and_the_answer_says_which_were_read(path: Path) -> None:
    names = {row["name"] for row in rows_of(process(path), "show tables")}
    answered = process(path).answer(
        AskedQuestion("select 1 from runs, casebook.decisions, (select max(run_id) from runs)")
    )

    assert {"runs", "exceptions", "decisions", "access_log", "photograph_pupils"} <= names
    assert {"pictures_bodies", "desk_people", "models"} & names == set()
    assert answered.tables == ("published.runs", "casebook.decisions")


@pytest.fixture(scope="module")
def db(path: Path):
    """The connection inside the process, for what need not be asked of a process a time."""
    kinds = {"people": {"number": "bigint"}}
    with opened_copy(path, KEY, extension_file(), kinds, QuestionLimits()) as connection:
        yield locked(connection)


def readable(db: duckdb.DuckDBPyConnection) -> Readable:
    names = db.execute("select view_name from duckdb_views() where schema_name = 'published'").fetchall()
    return Readable({"published": {name for (name,) in names}, "casebook": {"people"}})


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_everything_else_is_refused_in_one_sentence(db: duckdb.DuckDBPyConnection, attack: str, tmp_path: Path) -> None:
    frame = {"secret": [1]}  # a variable in reach, which SQL must not read
    sql = attack.format(tmp_path) if "{0}" in attack else attack

    with pytest.raises(Exception) as caught:  # noqa: PT011 - by whom it is refused does not matter; how, is looked at
        db.execute(only_reads(db, sql, readable(db)).sql).fetchall()

    assert isinstance(caught.value, duckdb.BinderException) or type(caught.value).__name__ == "AskError"
    assert "\n" not in str(caught.value) or isinstance(caught.value, duckdb.BinderException)
    assert list(tmp_path.iterdir()) == []
    assert db.execute("select count(*) from published.exceptions").fetchall() == [(2,)]
    assert frame


def test_there_are_more_than_a_hundred_ways_of_abuse() -> None:
    assert len(set(ATTACKS) | set(DEEP) | set(WITHOUT_END) | set(TOO_MUCH)) > 150


SETTINGS_AND_FILES = [
    attack for attack in ATTACKS if "passwd" in attack or (attack.startswith("set ") and "variable" not in attack)
]


@pytest.mark.parametrize("attack", SETTINGS_AND_FILES)
def test_the_second_wall_stands_without_the_first(db: duckdb.DuckDBPyConnection, attack: str, tmp_path: Path) -> None:
    if "search_path" in attack:
        return  # what it leads to is in the first wall's care
    with pytest.raises(duckdb.Error):
        db.execute(attack.format(tmp_path)).fetchall()


def each(named: Mapping[str, str], seldom: Collection[str]) -> list[Any]:
    """Return a table's questions; those that are stopped as another of it is are asked in the soak."""
    return [pytest.param(sql, id=name, marks=[pytest.mark.soak] * (name in seldom)) for name, sql in named.items()]


# What looks up between rows is stopped so: one of these is asked, and what never looks up, and what takes memory too.
@pytest.mark.parametrize("sql", each(WITHOUT_END, {"a join", "a sum", "a pattern"}))
def test_a_question_without_end_is_stopped_and_the_next_is_answered(path: Path, sql: str) -> None:
    began = time.monotonic()

    answered = process(path, seconds=2.0).answer(AskedQuestion(sql))

    assert answered.problem in {QuestionLimits(seconds=2.0).too_slow, QuestionLimits().too_much_memory}
    assert time.monotonic() - began < 20
    assert rows_of(process(path), "select 1 as one") == [{"one": 1}]


def test_a_question_that_takes_seconds_is_answered(path: Path) -> None:
    took, rows = 0.0, 30_000
    while took < 2.5:  # as long as it takes until DuckDB would draw how far it is, on a machine of any speed
        rows *= 2
        pairs = f"range({rows}) as a, range(30000) as b"
        slow = f"select count(*) filter (where a.range % 7 = b.range % 5) as n from {pairs}"
        began = time.monotonic()
        answered = rows_of(process(path), slow)
        took = time.monotonic() - began

        assert answered[0]["n"] > 0


@pytest.mark.parametrize("sql", each(TOO_MUCH, ()))
def test_an_answer_that_needs_too_much_memory_is_refused(path: Path, sql: str) -> None:
    is_refused(path, AskedQuestion(sql))


# What the engine alone cannot hold is refused before a form is made of it: a text and rows go on to the form.
@pytest.mark.parametrize("sql", each(TOO_MUCH, TOO_MUCH.keys() - {"wide rows in order", "a long text"}))
def test_a_file_that_needs_too_much_memory_is_refused(path: Path, sql: str) -> None:
    is_refused(path, AskedQuestion(sql, "csv"))


def is_refused(path: Path, question: AskedQuestion) -> None:
    answered = process(path, seconds=20.0).answer(question)

    limits = QuestionLimits(seconds=20.0)
    assert answered.problem in {limits.too_much_memory, limits.too_slow, limits.too_large}


WIDE_ROWS = "select repeat('x', 10000) from range(1000000)"  # 10 GB


def test_rows_that_are_wide_are_counted_in_the_memory_of_a_few(path: Path) -> None:
    asked = process(path, seconds=200.0, processor_seconds=200)

    shown = asked.answer(AskedQuestion(WIDE_ROWS))

    assert (shown.problem, shown.rows, shown.shown) == (None, 1_000_000, 1_000)
    assert asked.answer(AskedQuestion(WIDE_ROWS, "csv")).problem == asked.limits.too_large


def test_processor_time_rows_and_bytes_are_bounded_each_in_its_own_sentence(path: Path) -> None:
    busy = "select count(*) filter (where a.range % 7 = b.range % 5) from range(10000000) as a, range(1000000) as b"
    limits = QuestionLimits(processor_seconds=2, rows=1000, most_bytes=5000)

    assert process(path, processor_seconds=2).answer(AskedQuestion(busy)).problem == limits.too_busy
    assert process(path, rows=1000).answer(AskedQuestion("from range(9999)", "csv")).problem == limits.too_many_rows
    assert process(path, most_bytes=5000).answer(AskedQuestion("from range(9999)", "csv")).problem == limits.too_large
    assert "longer than 20,000" in str(process(path).answer(AskedQuestion("x" * (LONGEST_QUESTION + 1))).problem)
    assert "longer than 20,000" in str(
        process(path).answer(AskedQuestion(" union all ".join(["select 1"] * 20_000))).problem
    )


def test_a_long_answer_is_shown_in_part_and_says_how_to_have_all(path: Path) -> None:
    answered = process(path).answer(AskedQuestion("from range(23411)"))
    more = process(path, counted_rows=5000).answer(AskedQuestion("from range(23411)"))

    assert answered.body.decode().endswith("(1,000 of 23,411 rows shown; --format csv --out FILE gives all)\n")
    assert (answered.rows, answered.shown) == (23_411, 1_000)
    assert "rows shown" in more.body.decode()
    assert "1,000 of more than" in more.body.decode()
    assert process(path).answer(AskedQuestion("from range(23411)", "csv")).body.count(b"\r\n") == 23_412


@pytest.mark.parametrize("sql", DEEP.values(), ids=DEEP)
def test_a_deep_question_is_answered_or_refused_and_breaks_nothing(path: Path, sql: str) -> None:
    answered = process(path, seconds=10.0).answer(AskedQuestion(sql))

    assert answered.problem is None or answered.problem.endswith((".", "?"))


def test_an_error_quotes_the_question_but_never_the_data(path: Path) -> None:
    ask = process(path)

    assert "is it published.exceptions?" in str(ask.answer(AskedQuestion("from published.exeptions")).problem)
    assert 'Referenced column "fingerprnt" not found' in str(
        ask.answer(AskedQuestion("select fingerprnt from exceptions")).problem
    )
    assert "is it fingerprint" in str(ask.answer(AskedQuestion("select fingerprnt from exceptions")).problem)
    assert "is it count?" in str(ask.answer(AskedQuestion("select cont(*) from exceptions")).problem)
    told = str(ask.answer(AskedQuestion("select cast(reason as int) from published.exceptions")).problem)
    assert told.startswith("A value in the data does not fit")
    assert "pupil" not in told


def test_the_process_has_no_environment_no_argument_with_the_key_and_leaves_no_folder(path: Path, monkeypatch) -> None:
    monkeypatch.setenv("AUDIT_KEY", "a-secret-of-the-environment" * 2)
    seen: list[bytes] = []

    def looked(names):
        for folder in Path("/proc").glob("[0-9]*"):
            command = (folder / "cmdline").read_bytes() if (folder / "cmdline").exists() else b""
            if b"dashboards.ask.child" in command and (folder / "stat").read_text().split()[3] == str(os.getpid()):
                limits = (folder / "limits").read_bytes()
                seen.extend([command, (folder / "environ").read_bytes(), limits, bytes((folder / "cwd").readlink())])
        return {name: [] for name in names}

    answering = process(path)
    object.__setattr__(answering, "rows_of", looked)
    assert answering.answer(AskedQuestion("select 1")).problem is None
    command, environment, limits, folder = seen[:4]
    assert KEY.encode() not in command
    assert environment == b""
    assert re.search(rb"Max file size +0 +0 ", limits)
    assert re.search(rb"Max core file size +0 +0 ", limits)
    assert b"audit-ask-" in folder
    assert not Path(os.fsdecode(folder)).exists()


def test_the_question_in_the_handbook_says_whose_an_account_may_be_by_the_ref_of_the_exception(path: Path) -> None:
    handbook = (Path(__file__).parents[2] / "docs" / "for-the-dpo.md").read_text(encoding="utf-8")
    [sql] = re.findall(r'whose account is 6b3981c5\?" \\\n  "(.+?)"\n```', handbook, re.DOTALL)

    [row] = rows_of(process(path), sql.replace("6b3981c5", CASE[:8]))
    assert row["person_id"] == "R-1"
    assert ACTOR not in str(row)


def test_a_column_that_an_older_program_s_copy_lacks_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = make_copy(tmp_path / "published.duckdb")
    with opened(path, KEY) as copy:
        copy.execute("alter table published.official_accounts drop column is_left")

    answered = process(path).answer(AskedQuestion("select is_left from official_accounts"))

    assert answered.problem == (
        "An older program made the published copy, without a column that is asked for. Run `audit run`, and ask again."
    )


def test_a_table_that_an_older_program_s_copy_lacks_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = make_copy(tmp_path / "published.duckdb")
    with opened(path, KEY) as copy:
        copy.execute("drop table published.photograph_pupils")

    for sql in ("from photograph_pupils", "select 1 from published.photograph_pupils"):
        answered = process(path).answer(AskedQuestion(sql))
        assert answered.problem == (
            "An older program made the published copy, without photograph_pupils. Run `audit run`, and ask again."
        )
