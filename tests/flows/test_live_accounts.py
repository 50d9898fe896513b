"""What is decided of an account before it is pulled live: whether it may be, and whether its lists are read whole."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

import demo
from connectors.records import ListingEnd
from connectors.source import Endpoints
from connectors.x.pull import XSource
from flows.home.context import Context, require_permission
from flows.home.settings import ConfigurationError, Settings
from flows.registers.sources import make_source
from policies.model import read_pack
from policies.school import School
from warehouse.runs.runs import AccountRow, PolicyRow, SchoolRow, begin
from warehouse.store.build import build
from warehouse.store.load import load
from warehouse.store.migrate import migrate
from warehouse.store.open import engine
from warehouse.store.places import Places

SYNCED_ON = date(2026, 11, 2)
LIVE = {"decided_by_role": "headteacher", "decided_on": date(2026, 9, 1), "terms": "read", "dpia": "approved"}
SIMULATED = Endpoints("http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3")
EVERY_CHECK = read_pack(Path(demo.__file__).parent / "school" / "folder" / "policy.toml")
OWNED, BEARER = {"reads": "owned", "credential": "key"}, {"reads": "bearer", "credential": "key"}
ARCHIVE = {"reads": "archive", "archive": "twitter.zip"}


def context(
    home: Path,
    accounts: Sequence[dict[str, str]] = (BEARER,),
    *,
    as_of: date = SYNCED_ON,
    endpoints: Endpoints | None = None,
    **more: Any,
) -> Context:
    """Return the context of a run of a school with these X accounts."""
    listed = [
        {"platform": "x", "account_id": str(number), "handle": f"School{number}", **account}
        for number, account in enumerate(accounts, 100)
    ]
    school = {"id": "ousterly-vale", "name": "Ousterly Vale School", "pack": "corbets-tey-2022"}
    return Context(
        settings=Settings(home=home, endpoints=endpoints or Endpoints()),
        places=Places(home, "ousterly-vale"),
        school=School.model_validate({"school": school, "account": listed, **more}),
        pack=EVERY_CHECK,
        as_of=as_of,
        key="",
    )


@pytest.mark.parametrize("account", [OWNED, BEARER], ids=["owned", "bearer"])
@pytest.mark.parametrize("beside", [[], [ARCHIVE]], ids=["alone", "beside-an-archive"])
def test_no_account_is_pulled_live_without_a_recorded_permission(
    tmp_path: Path, account: dict[str, str], beside: list[dict[str, str]]
) -> None:
    with pytest.raises(ConfigurationError, match="needs a recorded decision"):
        require_permission(context(tmp_path, [*beside, account]))


def test_a_recorded_permission_an_archive_and_simulated_platforms_need_no_more(tmp_path: Path) -> None:
    require_permission(context(tmp_path, live=LIVE))
    require_permission(context(tmp_path, [ARCHIVE]))
    require_permission(context(tmp_path, endpoints=SIMULATED))


@pytest.mark.parametrize("left_out", ["x", "youtube", "media"])
def test_one_platform_that_is_not_simulated_is_live(tmp_path: Path, left_out: str) -> None:
    endpoints = replace(SIMULATED, **{left_out: None})

    with pytest.raises(ConfigurationError, match="needs a recorded decision"):
        require_permission(context(tmp_path, endpoints=endpoints))


@pytest.fixture
def db() -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a warehouse in which the followers of one account were read whole on one day."""
    connection = engine()
    connection.execute("set timezone = 'UTC'")
    migrate(connection)
    build(connection)
    run_id = begin(
        connection,
        as_of=SYNCED_ON,
        school=SchoolRow(school_id="ousterly-vale", school_name="Ousterly Vale School"),
        policy=PolicyRow(pack="corbets-tey-2022", title="Social Networking Policy", edition="1"),
        accounts=[AccountRow("x", "100", "School100", "bearer")],
        at=datetime(2026, 11, 2, 6, tzinfo=UTC),
    )
    followers = ListingEnd(
        platform="x", account_id="100", listing="followers", rows=5, platform_count=5, is_whole=True, stopped="end"
    )
    load(connection, run_id=run_id, source="x", records=[followers])
    yield connection
    connection.close()


@pytest.mark.parametrize(("days", "is_due"), [(7, False), (27, False), (28, True), (35, True)])
def test_the_lists_of_an_app_only_account_are_read_whole_every_four_weeks(
    db: duckdb.DuckDBPyConnection, tmp_path: Path, days: int, is_due: bool
) -> None:
    here = context(tmp_path, as_of=SYNCED_ON + timedelta(days=days))
    here.places.folder.mkdir()
    with os.fdopen(os.open(here.places.folder / "credentials.toml", os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        file.write('[key]\nbearer = "b"\n')

    source = make_source("x", here, db)

    assert isinstance(source, XSource)
    assert source.earlier["100"].full_sync_due is is_due
