"""Each check's planted case goes through the real tables, views and matchers, and is caught."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import pytest

from checks.catalogue import catalogue
from checks.drill import plant
from checks.identity.match import match
from checks.identity.model import BANDS, Actor, Band, Person, SchoolNames
from checks.model import CheckError
from checks.pictures.compare import Posted, verdicts
from checks.pictures.hash import PictureHash, pdq
from checks.run import judge
from warehouse.build import build
from warehouse.migrate import migrate
from warehouse.runs import AccountRow, begin

MONDAY = date(2026, 11, 2)
TOWN, CHANNEL = ("x", "100"), ("youtube", "UC1")


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    db = duckdb.connect()
    db.execute("set timezone = 'UTC'")
    migrate(db)
    build(db)
    begin(
        db,
        as_of=MONDAY,
        school=("ousterly-vale", "Ousterly Vale School", "corbets-tey-2022"),
        accounts=[
            AccountRow("x", "100", "@OusterlyVale", "owned"),
            AccountRow("youtube", "UC1", "@OusterlyVale", "owned"),
        ],
        at=datetime(2026, 11, 2, 6, tzinfo=UTC),
    )
    yield db
    db.close()


def know_accounts(db: duckdb.DuckDBPyConnection, bands: tuple[Band, ...]) -> None:
    people = [Person(**row) for row in db.sql("from core.people").pl().to_dicts()]
    shown = db.sql("select platform, actor_id, handle, display_name, bio, location from core.followers")
    actors = [Actor(**row) for row in shown.pl().to_dicts()]
    for one in match(people, actors, SchoolNames("Ousterly Vale School"), bands=bands):
        row = ["2026-11-02", one.platform, one.actor_id, one.person_id, one.role, one.band, one.probability]
        db.execute("insert into raw.matches values (?, ?, ?, ?, ?, ?, ?, '[]', ?)", [*row, one.is_best])


def know_pictures(db: duckdb.DuckDBPyConnection) -> None:
    rows = db.sql(
        "select media.platform, media.account_id, media.post_id, media.medium_id, files.body from core.media as media "
        "inner join raw.medium_files as files using (platform, medium_id)"
    ).fetchall()
    for platform, account_id, post_id, medium_id, body in rows:
        made = pdq(body)
        assert isinstance(made, PictureHash)
        [verdict] = verdicts([Posted(platform, account_id, post_id, medium_id, made)], [], as_of=MONDAY)
        db.execute(
            "insert into raw.picture_verdicts values ('2026-11-02', ?, ?, ?, ?, null, ?, ?, ?, null, null, ?)",
            [platform, account_id, post_id, medium_id, made.hex, made.quality, verdict.verdict, verdict.why],
        )


@pytest.mark.parametrize("account", [TOWN, CHANNEL], ids=["x", "youtube"])
@pytest.mark.parametrize("check_id", list(catalogue()))
@pytest.mark.parametrize("bands", [BANDS, ("declared",), ("likely",)], ids=["all", "declared", "likely"])
def test_the_planted_case_is_caught(
    warehouse: duckdb.DuckDBPyConnection, check_id: str, account: tuple[str, str], bands: tuple[Band, ...]
) -> None:
    check = catalogue()[check_id]

    planted = plant(warehouse, check, run_id="2026-11-02", platform=account[0], account_id=account[1])
    know_accounts(warehouse, bands)
    know_pictures(warehouse)
    outcome = judge(warehouse, check, as_of=MONDAY, parameters={}, applies_to=[TOWN, CHANNEL], failed_gates=frozenset())

    assert planted == check.planted_subject
    assert planted in {one.subject_id for one in outcome.exceptions}
    assert {one.account_id for one in outcome.exceptions} == {account[1]}


def test_all_cases_can_be_planted_side_by_side_and_taken_back(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("begin")
    for check in catalogue().values():
        plant(warehouse, check, run_id="2026-11-02", platform="x", account_id="100")
    warehouse.execute("rollback")

    assert warehouse.sql("select count(*) from raw.people").fetchall() == [(0,)]
    assert warehouse.sql("select count(*) from raw.medium_files").fetchall() == [(0,)]


def test_a_check_without_a_case_says_so(warehouse: duckdb.DuckDBPyConnection) -> None:
    bare = replace(catalogue()["staff_follower"], plant=None, planted_subject=None)

    with pytest.raises(CheckError, match=r"add staff_follower\.plant\.sql"):
        plant(warehouse, bare, run_id="2026-11-02", platform="x", account_id="100")
