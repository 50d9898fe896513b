"""The invented school's folder on disk: valid settings, private credentials, registers as systems export them."""

import csv
import tomllib
from datetime import timedelta
from pathlib import Path

import openpyxl

from demo import album, school
from demo.cast import CHANNEL_ID, MAIN_ID, PE_ID
from demo.weeks import WEEKS
from policies.school import read_school

_, SECOND, THIRD = WEEKS


def test_the_schools_settings_are_valid_and_its_credentials_private(tmp_path: Path) -> None:
    folder = school.write_home(tmp_path)
    settings = read_school(folder / "school.toml")
    credentials = tomllib.loads((folder / "credentials.toml").read_text(encoding="utf-8"))

    assert settings.id == folder.name == "ousterly-vale"
    assert [account.account_id for account in settings.account] == [MAIN_ID, PE_ID, CHANNEL_ID]
    assert {account.credential for account in settings.account} == set(credentials)
    assert all((folder / "registers" / name).is_file() for name in settings.registers.values())
    assert (folder / "credentials.toml").stat().st_mode & 0o777 == 0o600
    assert {path.stem for path in (folder / "photographs").iterdir()} == {f"ph-{n:03}" for n in album.APPROVED}


def test_the_registers_change_with_the_weeks_and_are_dated_the_day_before(tmp_path: Path) -> None:
    folder = school.write_home(tmp_path)
    first = _csv(folder / "registers" / "pupils.csv")
    school.write_registers(folder, SECOND)
    second = _csv(folder / "registers" / "pupils.csv")
    school.write_registers(folder, THIRD)
    third = _csv(folder / "registers" / "photographs.csv")

    assert len(second) == len(first) + 1
    assert second[-1]["Admission Number"] == ""
    assert first[0]["Admission Number"] == "004101"
    assert (folder / "photographs" / "ph-061.jpg").is_file()
    assert "ovsDemo0103" in {row["video_id"] for row in third}
    exported = (THIRD.looked_at - timedelta(hours=12)).timestamp()
    assert (folder / "registers" / "parents.xlsx").stat().st_mtime == exported


def test_parents_are_exported_as_a_workbook_with_all_their_children(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(school.write_home(tmp_path) / "registers" / "parents.xlsx", read_only=True)
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()

    assert rows[0] == ["Guardian ID", "First name", "Last name", "Children IDs"]
    assert len(rows) == 1_101
    assert any(";" in str(row[3]) for row in rows[1:])


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
