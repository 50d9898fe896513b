"""The self-test of a run: quiet for every kind of school, and a failed one stops it, by name of check and path.

What it notices of faults, path by path, is in tests/checks/test_faults.py.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

import checks
from checks.catalogue import catalogue
from checks.model import from_sql
from checks.registers import columns_named
from engines.pictures.decoding import Opener
from flows.home.context import Context
from flows.weekly.self_test import SelfTestError, self_test
from policies.school import School
from tests.checks.test_canary import school_context
from tests.flows.few_checks import ask_few
from tests.flows.village import MONDAY, SCHOOL, village
from tests.warehouse.conftest import warehouse_alone
from warehouse.runs.runs import AccountRow, PolicyRow, SchoolRow, begin

X = {"platform": "x", "account_id": "100", "handle": "OusterlyVale", "credential": "x"}
CHANNEL = {"platform": "youtube", "account_id": f"UC{'a' * 22}", "handle": "OusterlyVale", "credential": "youtube"}
MAIN = "from flows.commands import main; main()"
NAMED = {"id": "ousterly-vale", "name": "Ousterly Vale School", "pack": "corbets-tey-2022"}
ODD = {"id": "ousterly-vale", "name": "Drill", "aliases": ["Year 8", "The Drillwyn Parent School"], "town": "Drillham"}
SCHOOLS: dict[str, tuple[dict[str, Any], list[dict[str, str]], date]] = {
    "on both platforms": (NAMED, [X, CHANNEL], MONDAY),
    "without accounts": (NAMED, [], MONDAY),
    "on X alone, on a leap day": (NAMED, [X], date(2028, 2, 29)),
    "on YouTube alone, on a Sunday": (NAMED, [CHANNEL], date(2027, 3, 28)),
    "read from an archive": (NAMED, [{**X, "reads": "archive", "archive": "x.zip"}], date(2026, 2, 28)),
    "of few bands and no evidence": (NAMED | {"bands": ["declared"], "evidence": ["name"]}, [X], MONDAY),
    "called like what is planted": (NAMED | ODD, [X, {**X, "account_id": "200"}, CHANNEL], date(2026, 8, 1)),
}


def context_of(folder: Path, school: Mapping[str, Any], accounts: list[dict[str, str]], as_of: date) -> Context:
    given = {"school": school, "account": accounts}
    return replace(school_context(folder, as_of), school=School.model_validate(given))


@contextmanager
def begun(context: Context) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a warehouse in which a run of this school has begun, far from Greenwich."""
    as_of = context.as_of
    with warehouse_alone() as db:
        begin(
            db,
            as_of=as_of,
            school=SchoolRow(
                school_id="ousterly-vale", school_name=context.school.school.name, timezone="Pacific/Auckland"
            ),
            policy=PolicyRow(pack="corbets-tey-2022", title="Policy", edition="1"),
            accounts=[AccountRow(one.platform, one.account_id, one.handle, "owned") for one in context.school.account],
            at=datetime(as_of.year, as_of.month, as_of.day, 6, tzinfo=UTC),
        )
        yield db


@pytest.mark.parametrize("kind", SCHOOLS)
def test_an_undisturbed_school_of_any_kind_passes(tmp_path: Path, kind: str) -> None:
    context = context_of(tmp_path, *SCHOOLS[kind])
    with begun(context) as db, Opener() as opener:
        self_test(context, db, list(catalogue().values()), opener)

        assert db.execute("select count(*) from raw.runs").fetchall() == [(1,)]
        assert db.execute("select school_name from raw.schools").fetchall() == [(context.school.school.name,)]
        assert db.execute("select count(*) from raw.people").fetchall() == [(0,)]


def test_a_pack_that_asks_for_no_check_yet_passes(tmp_path: Path) -> None:
    context = context_of(tmp_path, *SCHOOLS["on both platforms"])
    with begun(context) as db, Opener() as opener:
        self_test(context, db, [], opener)

        assert db.execute("select count(*) from raw.runs").fetchall() == [(1,)]


def test_a_pack_that_asks_for_one_check_passes(tmp_path: Path) -> None:
    context = context_of(tmp_path, *SCHOOLS["on both platforms"])
    with begun(context) as db, Opener() as opener:
        for check_id in ("leaver_follower", "location_metadata", "register_fresh"):
            self_test(context, db, [catalogue()[check_id]], opener)


def test_a_school_whose_registers_lack_what_checks_go_by_passes(tmp_path: Path) -> None:
    context = context_of(tmp_path, *SCHOOLS["on both platforms"])
    asked = [check for check in catalogue().values() if check.needs_columns]
    names = {name for check in asked for need in check.needs_columns for name in columns_named(need, check.defaults)}
    names |= {"staff.policy_read_on", "staff.trained_on"}
    with begun(context) as db, Opener() as opener:
        lacking = [(MONDAY.isoformat(), *name.split(".")) for name in sorted(names)]
        db.executemany(
            "insert into raw.register_columns (run_id, source, register, file_name, column_name, state) "
            "values (?, 'registers', ?, 'one.csv', ?, 'missing')",
            lacking,
        )

        self_test(context, db, asked, opener)

        sql = "select count(*) from raw.register_columns where state = 'missing'"
        assert db.execute(sql).fetchall() == [(len(lacking),)]


def test_a_check_that_asks_another_question_is_told_by_name_and_path(tmp_path: Path) -> None:
    context = context_of(tmp_path, *SCHOOLS["on X alone, on a leap day"])
    wrong = replace(catalogue()["alt_text"], judge=from_sql("checks.posts", "alt_text", look_back_days=1))
    narrow = replace(wrong, defaults={}, canary=replace(wrong.canary, parameters={}) if wrong.canary else None)
    with begun(context) as db, Opener() as opener, pytest.raises(SelfTestError) as refused:
        self_test(context, db, [catalogue()["pupil_follower"], narrow], opener)

    assert refused.value.exit_code == 4
    assert str(refused.value) == (
        'The self-test failed, so nothing was published: alt_text did not find the planted case of "a photograph of '
        'four weeks ago" on X. Install the release before this one, and tell whoever maintains the program.'
    )


def test_a_run_with_a_faulty_check_ends_with_4_and_publishes_nothing(tmp_path: Path) -> None:
    source = Path(checks.__file__).parent
    shutil.copytree(source, tmp_path / "source" / "checks", ignore=shutil.ignore_patterns("__pycache__"))
    question = tmp_path / "source" / "checks" / "followers" / "follow_line.sql"
    question.write_text(question.read_text().replace("= 'follower'", "= 'follower' and length(actor_id) < 9"))
    with village(tmp_path / "home", has_warehouse=True) as here:
        ask_few(here.places.folder)
        command = [sys.executable, "-c", MAIN, "run", SCHOOL, "--as-of", MONDAY.isoformat()]
        given = os.environ | here.environment | {"PYTHONPATH": str(tmp_path / "source")}
        ended = subprocess.run(command, env=given, capture_output=True, text=True, check=False, cwd=tmp_path)

        assert (ended.returncode, here.places.published.exists()) == (4, False), ended.stderr
        assert 'pupil_follower did not find the planted case of "declared by id" on X' in ended.stderr
