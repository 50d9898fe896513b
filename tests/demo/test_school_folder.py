"""The invented school's folder on disk: valid settings, private credentials, registers as systems export them."""

import csv
import tomllib
from datetime import timedelta
from pathlib import Path

import openpyxl
from PIL import Image

from checks.catalogue import catalogue
from demo import town
from demo.school import album
from demo.school.cast import CHANNEL_ID, MAIN_ID, PE_ID, TRIPS_ID
from demo.school.story import WEEKS
from policies.coverage import sentences, sha256_of
from policies.model import read_pack
from policies.school_file import read_school

_, SECOND, THIRD, FOURTH, FIFTH, SIXTH = WEEKS


def test_the_schools_settings_are_valid_and_its_credentials_private(tmp_path: Path) -> None:
    folder = town.write_home(tmp_path)
    settings = read_school(folder / "school.toml")
    credentials = tomllib.loads((folder / "credentials.toml").read_text(encoding="utf-8"))

    assert settings.id == folder.name == "ousterly-vale"
    assert [account.account_id for account in settings.account] == [MAIN_ID, PE_ID, TRIPS_ID, CHANNEL_ID]
    assert {account.credential for account in settings.account} == set(credentials)
    assert all((folder / "registers" / name).is_file() for name in settings.registers.values())
    assert (folder / "credentials.toml").stat().st_mode & 0o777 == 0o600
    assert {path.stem for path in (folder / "photographs").iterdir()} == {f"ph-{n:03}" for n in album.APPROVED}


def test_the_registers_change_with_the_weeks_and_are_dated_the_day_before(tmp_path: Path) -> None:
    folder = town.write_home(tmp_path)
    first = _csv(folder / "registers" / "pupils.csv")
    town.write_registers(folder, SECOND)
    second = _csv(folder / "registers" / "pupils.csv")
    town.write_registers(folder, THIRD)
    third = _csv(folder / "registers" / "photographs.csv")

    assert len(second) == len(first) + 1
    assert second[-1]["Admission Number"] == ""
    assert first[0]["Admission Number"] == "004101"
    assert (folder / "photographs" / "ph-061.jpg").is_file()
    assert "ovsDemo0103" in {row["video_id"] for row in third}
    exported = (THIRD.looked_at - timedelta(hours=12)).timestamp()
    assert (folder / "registers" / "parents.xlsx").stat().st_mtime == exported


def test_the_schools_own_policy_stands_in_its_folder_word_for_word_and_clause_by_clause(tmp_path: Path) -> None:
    folder = town.write_home(tmp_path)
    settings = read_school(folder / "school.toml").school
    pack = read_pack(folder / settings.pack)
    said = {sha256_of(sentence) for sentence in sentences((folder / str(settings.policy_source)).read_text("utf-8"))}

    assert {one.source_sha256 for one in pack.clause if not one.besides} | set(pack.background) == said
    assert set(pack.check_ids) <= catalogue().keys()


def test_in_the_fifth_week_the_export_holds_one_year_group_under_another_heading_and_a_master_is_misnamed(
    tmp_path: Path,
) -> None:
    folder = town.write_home(tmp_path)
    town.write_registers(folder, FOURTH)
    whole, files = _csv(folder / "registers" / "pupils.csv"), {one.name for one in (folder / "photographs").iterdir()}
    town.write_registers(folder, FIFTH)
    short, now = _csv(folder / "registers" / "pupils.csv"), {one.name for one in (folder / "photographs").iterdir()}

    assert len(whole) == 899
    assert [row["Admission Number"] for row in short] == [
        row["Admission Number"] for row in whole if row["Year"] == "Year 9"
    ]
    assert set(whole[0]) - set(short[0]) == {"Photo consent"}
    assert set(short[0]) - set(whole[0]) == {"Photograph Student"}
    assert (files - now, now - files) == ({"ph-029.jpg"}, {"ph-029.jpeg"})


def test_in_the_sixth_week_names_have_moved_a_pupil_stands_twice_and_another_is_a_leaver(tmp_path: Path) -> None:
    folder = town.write_home(tmp_path)
    town.write_registers(folder, FOURTH)
    before = {row["Admission Number"]: row for row in _csv(folder / "registers" / "pupils.csv")}
    town.write_registers(folder, SIXTH)
    rows = _csv(folder / "registers" / "pupils.csv")
    now = {row["Admission Number"]: row for row in rows}

    moved = {number for number, row in now.items() if row["Surname"] != before[number]["Surname"]}
    assert moved == {"004101", "004104", "004105"}
    assert {now[number]["X handle"] for number in moved} == {before[number]["X handle"] for number in moved}
    assert [row["Photo consent"] for row in rows if row["Admission Number"] == "005032"] == ["Given", "Withdrawn"]
    assert before.keys() - now.keys() == {"004110"}
    assert "004110" in (folder / "registers" / "leavers.csv").read_text(encoding="utf-8-sig")


def test_files_that_people_keep_by_hand_grow_old(tmp_path: Path) -> None:
    folder = town.write_home(tmp_path)
    ages = []
    for week in WEEKS:
        town.write_registers(folder, week)
        saved = [(folder / "registers" / f"{name}.csv").stat().st_mtime for name in ("governors", "leavers", "pupils")]
        ages.append([round((week.looked_at.timestamp() - at) / 86_400) for at in saved])

    assert ages == [[28, 14, 0], [35, 21, 0], [0, 28, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]


def test_one_master_tells_where_it_was_taken_until_a_clean_file_of_the_same_picture_replaces_it(tmp_path: Path) -> None:
    folder = town.write_home(tmp_path)
    path = folder / "photographs" / f"ph-{album.POSITIONED:03}.jpg"
    placed = Image.open(path)
    position, pixels = placed.getexif().get_ifd(0x8825), placed.tobytes()
    town.write_registers(folder, THIRD)
    clean = Image.open(path)

    assert position == {1: "N", 2: (0.0, 0.0, 0.0), 3: "W", 4: (25.0, 0.0, 0.0)}
    assert clean.getexif().get_ifd(0x8825) == {}
    assert clean.tobytes() == pixels


def test_parents_are_exported_as_a_workbook_with_all_their_children(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(town.write_home(tmp_path) / "registers" / "parents.xlsx", read_only=True)
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()

    assert rows[0] == ["Guardian ID", "First name", "Last name", "Children IDs", "X handle"]
    assert len(rows) == 1_101
    assert any(";" in str(row[3]) for row in rows[1:])


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
