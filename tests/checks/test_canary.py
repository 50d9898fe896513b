"""Each path of each check is told from its near miss in the planted cases, through the real tables and views."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

import duckdb
import pytest

from checks.asked_once import AskedOnce
from checks.canary import Place, failures, plant, show
from checks.catalogue import catalogue
from checks.model import Check, CheckError
from engines.pictures.decoding import Opener
from flows.home.context import Context
from flows.pictures.verdicts import scan_pictures
from flows.weekly.match_accounts import actors_of, match_accounts
from flows.weekly.self_test import DRILL, begin_drill, drill_context
from tests.warehouse.conftest import warehouse_alone
from warehouse.runs import match_store
from warehouse.store.build import models, under
from warehouse.store.materialise import materialise, rolled_back

MONDAY = date(2026, 11, 2)
PLACES: tuple[Place, ...] = tuple((source, DRILL) for source in ("x", "youtube", "school"))
CASES = [(check, [place for place in PLACES if place[0] in check.canary_sources]) for check in catalogue().values()]
each_check = pytest.mark.parametrize("check_id", catalogue())


@contextmanager
def began(as_of: date = MONDAY) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a warehouse in which the invented school's run has begun and nothing is pulled."""
    with warehouse_alone() as db:
        begin_drill(db, ("x", "youtube"), as_of)
        yield db


@dataclass(frozen=True, slots=True)
class Planted:
    """A warehouse in which every case is planted, matched and looked at, and the raw tables before and after that."""

    db: duckdb.DuckDBPyConnection
    before: dict[str, list[tuple[object, ...]]]
    after: dict[str, list[tuple[object, ...]]]


def plant_every_case(context: Context, db: duckdb.DuckDBPyConnection) -> None:
    """Plant every case, match its accounts and look at its pictures, as a run does."""
    plant(db, CASES, run_id=context.run_id)
    known(context, db)


def known(context: Context, db: duckdb.DuckDBPyConnection) -> None:
    match_accounts(context, db, actors_of(db))
    with Opener() as opener:
        scan_pictures(context, db, match_store.pictures(db, context.run_id), opener)
    show(db, run_id=context.run_id)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    context = drill_context(tmp_path_factory.mktemp("masters"), MONDAY)
    with began() as db, rolled_back(db):
        plant(db, CASES, run_id=context.run_id)
        before = raw_tables(db)
        known(context, db)
        after = raw_tables(db)
        materialise(db)
        yield Planted(db, before, after)


def raw_tables(db: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    names = db.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
    return {f"raw.{name}": db.execute(f"from raw.{name} order by all").fetchall() for (name,) in names}


def told(planted: Planted, check: Check, as_of: date = MONDAY) -> list[str]:
    """Return how the check fails on what is planted."""
    places = [place for place in PLACES if place[0] in check.canary_sources]
    return list(failures(AskedOnce(planted.db), check, places, as_of=as_of))


@each_check
def test_every_path_is_told_from_its_near_miss(planted: Planted, check_id: str) -> None:
    assert told(planted, catalogue()[check_id]) == []


@each_check
def test_every_path_that_a_check_declares_is_walked(check_id: str) -> None:
    check = catalogue()[check_id]
    canary = check.canary
    assert canary
    declared = {(evidence.label, value) for evidence in check.evidence for value in evidence.values}

    assert set(check.canary_sources) == set(check.sources), "a path on each source"
    assert declared - {each for path in canary.paths for each in path.shows.items()} == set()
    assert all(path.caught != path.near_miss for path in canary.paths)
    assert all(canary.paths_on(source) for source in check.sources)


@each_check
def test_what_a_path_names_is_planted_where_the_path_is(planted: Planted, check_id: str) -> None:
    check = catalogue()[check_id]
    assert check.canary
    everything = {str(cell) for rows in planted.after.values() for row in rows for cell in row}
    named = {subject for path in check.canary.paths for subject in (path.caught, path.near_miss)}
    columns = {word for words in check.vocabulary.values() for word in words}  # of a register, of which it counts
    of_schools = {register for text in everything if "; canary-" in text for register in text.split("; ")}
    parts = {f"{text}/picture" for text in everything if text.startswith("canary")}

    assert named - everything - of_schools - parts - columns == set()


def test_all_cases_are_planted_side_by_side_and_taken_back() -> None:
    with began() as db:
        before = raw_tables(db)
        with rolled_back(db):
            plant(db, CASES, run_id="2026-11-02")
            assert raw_tables(db) != before
        assert raw_tables(db) == before


def test_who_is_matched_does_not_rest_on_what_matching_and_looking_at_pictures_keep(planted: Planted) -> None:
    written = {name for name, rows in planted.after.items() if rows != planted.before[name]}
    read = {name for view in under(match_store.ACTORS) for name in re.findall(r"\braw\.\w+", models()[view])}

    assert {"raw.matches", "raw.picture_verdicts", "raw.picture_parts"} <= written
    assert {"raw.follows", "raw.comments", "raw.posts", "raw.profiles"} <= read
    assert written & read == set()


def test_a_check_without_a_case_says_so() -> None:
    bare = replace(catalogue()["staff_follower"], canary=None)

    with began() as db, pytest.raises(CheckError, match=r"add staff_follower\.canary\.sql"):
        plant(db, [(bare, PLACES)], run_id="2026-11-02")
