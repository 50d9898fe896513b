"""Each check's planted case goes through the real tables, views and matchers, and is caught."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from checks.canary import canary
from checks.catalogue import catalogue
from checks.model import CheckError
from checks.run import judge
from engines.people import BANDS, Band
from engines.pictures.decoding import Opener
from flows.home.context import Context
from flows.home.settings import from_environment
from flows.pictures.verdicts import scan_pictures
from flows.weekly.match_accounts import actors_of, match_accounts
from policies.model import load_pack
from policies.school import School
from tests.warehouse.conftest import warehouse_alone
from warehouse.runs import match_store
from warehouse.runs.runs import AccountRow, PolicyRow, SchoolRow, begin
from warehouse.store.build import models, under
from warehouse.store.materialise import rolled_back
from warehouse.store.places import Places

MONDAY = date(2026, 11, 2)
PLACES = {"x": ("x", "100"), "youtube": ("youtube", "UC1"), "school": ("school", "ousterly-vale")}


@pytest.fixture(scope="module")
def prepared() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse with one run that has begun and nothing pulled: each test rolls back what it adds."""
    with warehouse_alone() as db:
        begin(
            db,
            as_of=MONDAY,
            school=SchoolRow(school_id="ousterly-vale", school_name="Ousterly Vale School"),
            policy=PolicyRow(pack="corbets-tey-2022", title="Social Networking Policy", edition="1"),
            accounts=[
                AccountRow("x", "100", "@OusterlyVale", "owned"),
                AccountRow("youtube", "UC1", "@OusterlyVale", "owned"),
            ],
            at=datetime(2026, 11, 2, 6, tzinfo=UTC),
        )
        yield db


@pytest.fixture
def warehouse(prepared: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    with rolled_back(prepared):
        yield prepared


@pytest.fixture
def context(tmp_path: Path) -> Context:
    """What the knowing step is given: the school's names and an empty folder of masters."""
    return Context(
        settings=from_environment({"AUDIT_HOME": str(tmp_path)}),
        places=Places(tmp_path, "ousterly-vale"),
        school=School.model_validate(
            {"school": {"id": "ousterly-vale", "name": "Ousterly Vale School", "pack": "corbets-tey-2022"}}
        ),
        pack=load_pack("corbets-tey-2022"),
        as_of=MONDAY,
        key="",
    )


def with_bands(context: Context, bands: tuple[Band, ...]) -> Context:
    identity = context.school.school.model_copy(update={"bands": bands})
    return replace(context, school=context.school.model_copy(update={"school": identity}))


PLACED = [
    pytest.param(check.id, PLACES[platform], id=f"{check.id}-{platform}")
    for check in catalogue().values()
    for platform in check.canary_sources
]


@pytest.mark.parametrize(("check_id", "place"), PLACED)
@pytest.mark.parametrize("bands", [BANDS, ("declared",), ("likely",)], ids=["all", "declared", "likely"])
def test_the_planted_case_is_caught(
    warehouse: duckdb.DuckDBPyConnection,
    context: Context,
    check_id: str,
    place: tuple[str, str],
    bands: tuple[Band, ...],
) -> None:
    check = catalogue()[check_id]

    planted = canary(warehouse, check, run_id="2026-11-02", platform=place[0], account_id=place[1])
    match_accounts(with_bands(context, bands), warehouse, actors_of(warehouse))
    with Opener() as opener:
        scan_pictures(context, warehouse, match_store.pictures(warehouse, context.run_id), opener)
    outcome = judge(warehouse, check, as_of=MONDAY, parameters={}, applies_to=[place], doubtful_populations=frozenset())

    assert planted in {one.subject_id for one in outcome.exceptions}


def test_all_cases_can_be_planted_side_by_side_and_taken_back(prepared: duckdb.DuckDBPyConnection) -> None:
    with rolled_back(prepared):
        plant_every_case(prepared)

    assert prepared.sql("select count(*) from raw.people").fetchall() == [(0,)]
    assert prepared.sql("select count(*) from raw.medium_files").fetchall() == [(0,)]


def test_who_is_matched_does_not_rest_on_what_matching_and_looking_at_pictures_keep(
    warehouse: duckdb.DuckDBPyConnection, context: Context
) -> None:
    plant_every_case(warehouse)
    before = raw_tables(warehouse)

    match_accounts(context, warehouse, actors_of(warehouse))
    with Opener() as opener:
        scan_pictures(context, warehouse, match_store.pictures(warehouse, context.run_id), opener)

    written = {name for name, rows in raw_tables(warehouse).items() if rows != before[name]}
    read = {name for view in under(match_store.ACTORS) for name in re.findall(r"\braw\.\w+", models()[view])}
    assert {"raw.matches", "raw.picture_verdicts", "raw.picture_parts"} <= written
    assert {"raw.follows", "raw.comments", "raw.posts", "raw.profiles"} <= read
    assert written & read == set()


def plant_every_case(warehouse: duckdb.DuckDBPyConnection) -> None:
    for check in catalogue().values():
        platform, account_id = PLACES[check.canary_sources[0]]
        canary(warehouse, check, run_id="2026-11-02", platform=platform, account_id=account_id)


def raw_tables(warehouse: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    names = warehouse.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
    return {f"raw.{name}": warehouse.execute(f"from raw.{name} order by all").fetchall() for (name,) in names}


def test_a_check_without_a_case_says_so(warehouse: duckdb.DuckDBPyConnection) -> None:
    bare = replace(catalogue()["staff_follower"], canary=None)

    with pytest.raises(CheckError, match=r"add staff_follower\.canary\.sql"):
        canary(warehouse, bare, run_id="2026-11-02", platform="x", account_id="100")
