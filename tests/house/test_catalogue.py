"""Every column of warehouse and casebook has a tag, every tag has a column, and the published ones have a sentence."""

from copy import deepcopy

import pytest

from policies.retention import RetentionSchedule
from warehouse.casebook.chain import LOGGED
from warehouse.catalogue.clocks import CLOCKS, clock_sentence
from warehouse.catalogue.identities import every_edge, identities, identities_of, owner_columns
from warehouse.catalogue.tags import (
    UntaggedColumnError,
    categories,
    categories_by_column,
    description,
    descriptions,
    examples,
    purposes,
    read_file,
    tag_of,
    tagged_tables,
    tags_sha256,
)
from warehouse.privacy.stores import every_column
from warehouse.runs.publish import publish
from warehouse.store.open import opened

KEY = "k" * 43


def test_every_column_has_a_tag_whose_words_are_declared():
    tags = [tag_of(table, column) for table, column in every_column()]

    assert len(tags) > 900
    assert {tag.category for tag in tags} == categories().keys()
    assert {tag.purpose for tag in tags} == purposes().keys()
    assert {tag.clock for tag in tags} <= CLOCKS.keys()


def mistakes(files, columns):
    """Return which columns are not declared, and which say something of somebody and no identity leads to."""
    tables, categories, named = (files[name] for name in ("tables.toml", "columns.toml", "vocabulary.toml"))
    known = {column: category for category, names in categories.items() for column in names}
    found = files["identities.toml"]["identity"]
    reached = {name for name, entry in found.items() if entry.get("asked")}
    for _ in found:
        reached |= {edge["to"] for edge in files["identities.toml"]["edge"] if edge["from"] in reached}
    ids = {column for name in reached for column in found[name]["columns"]}
    beside = {table for table, column in columns if column in ids}
    for table, column in columns:
        entry = tables.get(table) or tables.get(f"{table.partition('.')[0]}.*") or {}
        category = named["category"].get(entry.get("columns", {}).get(column) or known.get(column))
        if not entry or category is None:
            yield f"{table}.{column} is not declared"
        elif category["people"] and entry["clock"] not in {"as_its_sources", "for_good", "no_person"}:
            is_reached = table in beside or category.get("is_read") or entry.get("goes_with_anybody")
            yield from () if is_reached else (f"{table}.{column} is reached by nobody",)


@pytest.fixture
def files():
    names = ("tables.toml", "columns.toml", "vocabulary.toml", "identities.toml")
    return {name: deepcopy(dict(read_file(name))) for name in names}


def test_every_column_is_declared_and_whatever_says_something_of_somebody_is_reached_from_who_is_asked_for(files):
    assert list(mistakes(files, every_column())) == []


def test_a_declaration_that_is_taken_away_fails_the_build_whichever_it_is(files):
    for table in list(files["tables.toml"]):
        taken = files["tables.toml"].pop(table)
        assert any("not declared" in each for each in mistakes(files, every_column())), table
        files["tables.toml"][table] = taken
    there = {column for _, column in every_column()}
    for names in files["columns.toml"].values():
        for column in list(names):
            alone = [pair for pair in every_column() if pair[1] == column]
            taken = names.pop(names.index(column))
            owned = [entry for entry in files["tables.toml"].values() if column in entry.get("columns", {})]
            assert column in there
            assert any("not declared" in each for each in mistakes(files, alone)) or len(owned) == len(alone), column
            names.append(taken)


@pytest.mark.parametrize(
    ("to", "unreached"),
    [
        ("file", "raw.looks.parts"),
        ("case", "desk.pictures.picture"),
        ("small_picture", "desk.pictures.body"),
    ],
)
def test_a_column_to_which_no_identity_leads_fails_the_build(files, to, unreached):
    kept = [edge for edge in files["identities.toml"]["edge"] if edge["to"] != to]
    files["identities.toml"]["edge"] = kept

    assert f"{unreached} is reached by nobody" in set(mistakes(files, every_column()))


NOT_LOGGED = {
    "casebook.chain": "it has a row's number and a digest, whose salt goes with the row",
    "casebook.desk_people": "whoever may sign in stays while they may, as the DPO's page says; CHAINED has it",
    "casebook.desk_invitations": "it is used up: CHAINED has it, and it goes after 30 days",
    "casebook.desk_sessions": "nothing is decided by it, and it goes after 30 days",
}


def unlogged(columns, logged=LOGGED):
    """Return the tables of the casebook that say something of somebody and whose rows no pack and no erasure reads."""
    names = {f"casebook.{table.name}" for table in logged}
    found = {table for table, column in columns if table.startswith("casebook.") and tag_of(table, column).identifies}
    return found - names


def test_packs_and_erasures_read_every_table_of_the_casebook_that_says_something_of_somebody():
    assert unlogged(every_column()) == NOT_LOGGED.keys()


@pytest.mark.parametrize("left_out", ["requests", "labels", "decisions"])
def test_a_table_of_the_casebook_that_nobody_logs_is_told(left_out):
    logged = [table for table in LOGGED if table.name != left_out]

    assert unlogged(every_column(), logged) - NOT_LOGGED.keys() == {f"casebook.{left_out}"}


def test_what_is_an_id_by_its_category_is_one_of_an_identity_or_an_address():
    ids = {c for t, c in every_column() if tag_of(t, c).category in {"platform_id", "roll_id"} and not identities_of(c)}

    assert ids == {
        "gone_from", "next_token", "picture_url", "request", "stands_on", "token", "unknown_on", "url",
    }  # fmt: skip


def test_owners_and_edges_are_of_columns_that_are_there():
    there = set(every_column())

    for table in tagged_tables():
        for column in owner_columns(table):
            assert (table, column) in there
            assert identities_of(column), (table, column)
    for edge in every_edge():
        assert {(edge.table, column) for column in (edge.by, *edge.columns)} <= there
        assert {edge.from_, edge.to} <= identities().keys()


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
    from warehouse.store.build import build
    from warehouse.store.migrate import migrate

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

    assert clock_sentence(CLOCKS["platform"], schedule) == "X 100 days, YouTube 28 days after it last showed it to us."
    assert clock_sentence(CLOCKS["platform"], schedule, {"x"}) == "X 100 days after it last showed it to us."
    assert clock_sentence(CLOCKS["registers"], schedule) == (
        "From when a run read the register: after 30 days; the last whole copy 100 days at the most, for the next is "
        "compared with it."
    )
    assert clock_sentence(CLOCKS["bodies"], schedule) == "From when it was fetched: after 28 days."
    assert len(tags_sha256()) == 64
