"""Every column of warehouse and casebook has a tag, every tag has a column, and the published ones have a sentence."""

import pytest

from policies.retention import RetentionSchedule
from warehouse.catalogue.clocks import CLOCKS, clock_sentence
from warehouse.catalogue.stores import every_column
from warehouse.catalogue.tags import (
    UntaggedColumnError,
    categories,
    categories_by_column,
    description,
    descriptions,
    examples,
    purposes,
    tag_of,
    tagged_tables,
    tags_sha256,
)
from warehouse.open import opened
from warehouse.publish import publish

KEY = "k" * 43


def test_every_column_has_a_tag_whose_words_are_declared():
    tags = [tag_of(table, column) for table, column in every_column()]

    assert len(tags) > 900
    assert {tag.category for tag in tags} == categories().keys()
    assert {tag.purpose for tag in tags} == purposes().keys()
    assert {tag.clock for tag in tags} <= CLOCKS.keys()


def test_no_tag_is_of_a_table_or_a_column_that_is_not_there():
    there = every_column()
    tables = {table for table, _ in there} | {f"{table.partition('.')[0]}.*" for table, _ in there}
    named = {column for _, column in there}

    assert [table for table in tagged_tables() if table not in tables] == []
    assert [column for column in categories_by_column() if column not in named] == []
    for table, entry in tagged_tables().items():
        inside = {column for its, column in there if its == table or (table == "core.*" and its.startswith("core."))}
        assert entry.get("columns", {}).keys() <= inside, table


def test_a_column_or_a_table_without_a_tag_is_a_mistake_that_names_the_file():
    with pytest.raises(UntaggedColumnError, match=r"raw\.nothing has no tag; add it to .*tables\.toml"):
        tag_of("raw.nothing", "run_id")
    with pytest.raises(UntaggedColumnError, match=r"raw\.posts\.shoe_size has no category; .*columns\.toml"):
        tag_of("raw.posts", "shoe_size")
    with pytest.raises(UntaggedColumnError, match=r"published\.posts\.shoe_size has no sentence; .*descriptions\.toml"):
        description("posts", "shoe_size")


def test_what_nobody_can_be_known_by_has_no_clock_and_whatever_names_somebody_has_one():
    kept = [
        tag_of(table, column) for table, column in every_column() if table.startswith(("raw.", "outcome.", "desk."))
    ]

    named = {(tag.table, tag.column, tag.clock) for tag in kept if tag.identifies and tag.clock == "no_person"}
    # The school's own accounts, the people who answered for a register, and the words of the school's own files.
    assert {table for table, *_ in named} <= {
        "raw.live_decisions", "raw.official_accounts", "raw.pages", "raw.pulls", "raw.register_columns",
        "raw.register_problems",
        "raw.register_states", "raw.registers", "outcome.account_coverage", "outcome.check_evidence", "outcome.checks",
        "outcome.clauses", "outcome.coverage", "raw.schools", "raw.requests", "raw.runs",
    }  # fmt: skip


def test_the_published_copy_carries_the_sentences_and_every_example_can_be_asked_of_it(tmp_path):
    from warehouse.build import build
    from warehouse.migrate import migrate

    with opened(tmp_path / "warehouse.duckdb", KEY) as made:
        migrate(made)
        build(made)
        publish(made, tmp_path / "published.duckdb", KEY)
    with opened(tmp_path / "published.duckdb", KEY, read_only=True) as copy:
        rows = copy.execute(
            "select table_name, column_name, comment from duckdb_columns() where schema_name = 'published'"
        ).fetchall()
        tables = {table for table, *_ in rows}
        for example in examples().values():
            copy.execute(example.sql).fetchall()

    assert all(comment == description(table, column) for table, column, comment in rows)
    assert examples().keys() == tables
    assert descriptions()["every_view"].keys() <= {column for _, column, _ in rows}
    assert descriptions()["one_view"].keys() <= {f"{table}.{column}" for table, column, _ in rows}
    assert all(comment.endswith(".") and len(comment) < 120 for *_, comment in rows)


def test_a_clock_says_in_a_sentence_when_it_ends_by_the_school_s_own_schedule():
    schedule = RetentionSchedule(platform_records=100, registers=30)

    assert (
        clock_sentence(CLOCKS["platform"], schedule) == "From when the platform told it: X 100 days, YouTube 28 days."
    )
    assert clock_sentence(CLOCKS["registers"], schedule) == "From when a run read the register: after 30 days."
    assert clock_sentence(CLOCKS["bodies"], schedule) == "From when it was fetched: after 28 days."
    assert len(tags_sha256()) == 64
