"""`audit group drill`: a backup that restores passes, and whatever would keep a school from being put back is found."""

import json
import os
import time
from datetime import UTC, datetime, timedelta

import pytest

from flows.backup.stage import staged
from flows.home.settings import Settings
from flows.prefect.drill import DrillFailedError, drill_a_school, drill_said, ensure_drilled, newest_backup
from flows.prefect.objective import group_folder
from tests.flows.audited import audited_village
from tests.flows.calling import audit
from tests.flows.village import SCHOOL
from warehouse.store.places import DRILL, Places, restoring

TODAY = datetime.now(UTC).date()


@pytest.fixture(scope="module")
def drilled(tmp_path_factory):
    """Lend a village and the folder of its one backup."""
    with audited_village(tmp_path_factory.mktemp("drill") / "home") as here:
        folder = tmp_path_factory.mktemp("disk")
        made = audit("backup", SCHOOL, "--out", str(folder / f"{SCHOOL}.backup"), **here.environment)
        assert made.code == 0, made.said
        yield here, folder


def drill(here, folder, *more):
    return audit("group", "drill", "--backups", str(folder), *more, **here.environment)


def test_a_backup_that_restores_passes_leaves_nothing_and_stands_in_the_group_s_report(drilled):
    here, folder = drilled
    before = sorted(path for path in here.settings.home.rglob("*") if path.suffix not in {".lock", ".json"})

    done = drill(here, folder)
    told = audit("group", "report", "--as-of", "2026-11-02", "--json", **here.environment)

    assert done.code == 0, done.said
    assert f"of {SCHOOL}, passed: {SCHOOL}.backup, made on " in done.out
    assert done.out.rstrip().endswith("and publishes the same.")
    assert json.loads(told.out)["drill"] == done.out.strip()
    after = sorted(path for path in here.settings.home.rglob("*") if path.suffix not in {".lock", ".json"})
    assert [path for path in after if path not in before and "group_reports" not in path.parts] == []


def damaged(folder, _here):
    path = folder / f"{SCHOOL}.backup"
    path.write_bytes(path.read_bytes()[:-2000])


def taken_away(folder, _here):
    (folder / f"{SCHOOL}.backup").unlink()


def of_another(folder, _here):
    (folder / f"{SCHOOL}.backup").rename(folder / f"{SCHOOL}er.backup")


def overtaken(folder, _here):
    """A newer file that is no backup: the newest is what a school would be put back from."""
    newer = folder / f"{SCHOOL}.newer"
    newer.write_bytes(b"no backup")
    os.utime(newer, (time.time() + 60, time.time() + 60))


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (damaged, "was cut or changed"),
        (taken_away, "has no backup of"),
        (of_another, "has no backup of"),
        (overtaken, "newer"),
    ],
    ids=["cut short", "gone", "another school's", "no backup"],
)
def test_whatever_keeps_a_school_from_being_put_back_is_found(drilled, tmp_path, fault, says):
    here, folder = drilled
    copy = tmp_path / "disk"
    copy.mkdir()
    (copy / f"{SCHOOL}.backup").write_bytes((folder / f"{SCHOOL}.backup").read_bytes())
    fault(copy, here)

    done = drill(here, copy)

    assert done.code == 3, done.said
    assert f"of {SCHOOL}, FAILED: " in done.out
    assert says in done.out
    assert drill_said(here.settings) == done.out.strip()


def test_the_day_draws_the_school_and_the_folder_must_be_said(drilled, tmp_path):
    here, _ = drilled
    schools = tuple(f"s-{number}" for number in range(30))

    drawn = [drill_a_school(here.settings, schools, tmp_path, day).school for day in (TODAY, TODAY)]

    assert drawn[0] == drawn[1]
    assert "Say in which folder the backups lie" in audit("group", "drill", **here.environment).err


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"on": "2026-11-02"}'])
def test_a_drill_that_cannot_be_read_is_told_and_one_that_never_was_is_not(tmp_path, kept):
    assert drill_said(Settings(tmp_path)) == ""
    (group_folder(Settings(tmp_path)) / "drill.json").write_text(kept)

    assert "cannot be read" in drill_said(Settings(tmp_path))


def test_a_drill_that_fails_at_night_fails_its_flow(drilled, tmp_path):
    here, _ = drilled

    with pytest.raises(DrillFailedError, match="has no backup of"):
        ensure_drilled(here.settings, (SCHOOL,), tmp_path, TODAY)


def test_a_backup_that_nothing_followed_for_more_than_eight_days_fails(drilled):
    here, folder = drilled

    days = [drill_a_school(here.settings, (SCHOOL,), folder, TODAY + timedelta(days=day)) for day in (8, 9)]

    assert [(day.is_well, "no newer one is there" in day.says) for day in days] == [(True, False), (False, True)]


def doctor_says(here, *of):
    said = audit("doctor", SCHOOL, **here.environment).out.splitlines()
    return [line for line in said if line.partition("  ")[2].strip().startswith(of)]


def test_doctor_tells_a_drill_from_a_backup_that_is_put_back_and_the_next_deletes_what_a_killed_one_left(drilled):
    here, folder = drilled
    before = doctor_says(here, "restore")
    places, archive = Places(here.settings.home, SCHOOL), newest_backup(folder, SCHOOL)

    with staged(here.settings, places, places.key.read_text().strip(), archive, called=DRILL) as backup:
        meanwhile = doctor_says(here, "restore")
        assert not drill_a_school(here.settings, (SCHOOL,), folder / "none", TODAY).is_well
        assert backup.folder.exists()
    (here.settings.home / f".{SCHOOL}.{DRILL}0123").mkdir()
    killed = doctor_says(here, "restore")
    assert drill(here, folder).code == 0

    assert (before, doctor_says(here, "restore")) == ([], [])
    assert [line.split(": ")[0] for line in meanwhile] == ["ok     restore drill"]
    assert [line.split(": ")[0] for line in killed] == ["wrong  restore drill"]
    assert restoring(places) == []


def test_a_backup_from_before_the_key_was_changed_passes(drilled):
    here, folder = drilled  # last in this file: the key stays changed
    assert audit("keys", "rotate", SCHOOL, **here.environment).code == 0

    assert drill(here, folder).code == 0, drill_said(here.settings)
