"""What an upgrade kept and killed writes left is found by name, whatever it is, and nothing of the school's own is."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from warehouse.store.places import Places, drop_old_copies, left_overs

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
LEFT = (
    "casebook.sqlite.before-0009", "casebook.sqlite.copying", "school/warehouse.new", "school/warehouse.new.wal",
    "school/published.new", "school/settled.part.duckdb", "school/settled.part.duckdb.wal", "school/run.part",
    "school/notify.part", "school/erasure.part", "school/erasures/certificate.part",
    "school/reports/2026-11-02/.exceptions.xlsx.part", "school/registers/.pupils.csv.0a1b.new",
    "school/photographs/sports/.m1.jpg.0a1b.new", "school/.school.toml.0a1b.new",
    "school/.setup-0a1b/x-archive.zip",
)  # fmt: skip
KEPT = (
    "casebook.sqlite", "casebook.sqlite-wal", "school/warehouse.duckdb", "school/published.duckdb",
    "school/school.toml", "school/registers/pupils.csv", "school/registers/new.csv", "school/photographs/m1.jpg",
    "school/erasures/1.json", "school/erasure.journal", "school/reports/2026-11-02/index.html", "other/warehouse.new",
)  # fmt: skip


@pytest.fixture
def places(tmp_path):
    for name in (*LEFT, *KEPT):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return Places(tmp_path, "school")


def test_every_copy_and_unfinished_file_is_found_and_no_other(places):
    assert {str(path.relative_to(places.home)) for path in left_overs(places)} == set(LEFT)


def test_a_copy_from_before_an_upgrade_goes_after_28_days(places):
    made = {"casebook.sqlite.before-0008": 29, "casebook.sqlite.before-0009": 27}
    for name, days in made.items():
        (places.home / name).touch()
        at = (NOON - timedelta(days=days)).timestamp()
        os.utime(places.home / name, (at, at))

    assert drop_old_copies(places, NOON) == 1

    assert not (places.home / "casebook.sqlite.before-0008").exists()
    assert (places.home / "casebook.sqlite.before-0009").exists()
