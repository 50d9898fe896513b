"""What is written is the same for the same input, whole or not at all, and safe to open in a spreadsheet."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboards.report import ReportError, differences, read_manifest, write_report, write_run
from tests.dashboards.copies import RUN, add, copy
from tests.dashboards.ordinary import ordinary

FILES = {
    "index.html",
    "governors.html",
    "dsl.html",
    "dpo.html",
    "exceptions.csv",
    "exceptions.xlsx",
    "exceptions.json",
    "coverage.csv",
    "manifest.json",
}


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_run_writes_its_nine_files_and_leaves_nothing_else(tmp_path: Path) -> None:
    write_run(ordinary(), tmp_path, run_id=RUN, code_version="0.1.0")

    assert set(written(tmp_path)) == FILES


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    write_run(ordinary(), tmp_path / "one", run_id=RUN, code_version="0.1.0")
    write_run(ordinary(), tmp_path / "two", run_id=RUN, code_version="0.1.0")

    assert written(tmp_path / "one") == written(tmp_path / "two")


def test_neither_row_order_nor_time_zone_changes_a_byte(tmp_path: Path) -> None:
    write_run(ordinary(), tmp_path / "one", run_id=RUN, code_version="0.1.0")
    db = ordinary()
    db.execute("set timezone = 'Pacific/Auckland'")
    for table in ("exceptions", "clauses", "coverage", "sight", "quality", "register_problems", "pulls", "costs"):
        db.execute(f"create table turned as from published.{table} order by hash({table}::text)")
        db.execute(f"drop table published.{table}")
        db.execute(f"create table published.{table} as from turned")
        db.execute("drop table turned")
    write_run(db, tmp_path / "two", run_id=RUN, code_version="0.1.0")

    assert written(tmp_path / "one") == written(tmp_path / "two")


def test_the_manifest_fits_its_files_and_tells_when_one_was_changed(tmp_path: Path) -> None:
    manifest = write_run(ordinary(), tmp_path, run_id=RUN, code_version="0.1.0")

    assert read_manifest(tmp_path / "manifest.json") == manifest
    assert {written.name for written in manifest.files} == FILES - {"manifest.json"}
    assert differences(manifest, tmp_path) == ()
    (tmp_path / "index.html").write_text("nothing to see")
    (tmp_path / "dpo.html").unlink()
    assert differences(manifest, tmp_path) == (
        "dpo.html is missing.",
        "index.html is not the file that was published.",
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": [{"name": 1}]}'])
def test_a_file_that_is_no_manifest_is_one_clear_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(text)

    with pytest.raises(ReportError, match="not a manifest of this program"):
        read_manifest(path)


def test_a_missing_manifest_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"manifest\.json cannot be read"):
        read_manifest(tmp_path / "manifest.json")


def test_a_manifest_cannot_point_outside_its_folder(tmp_path: Path) -> None:
    write_run(ordinary(), tmp_path, run_id=RUN, code_version="0.1.0")
    path = tmp_path / "manifest.json"
    path.write_text(path.read_text().replace('"index.html"', '"../index.html"'))

    assert differences(read_manifest(path), tmp_path) == (
        "The manifest names '../index.html', which is not a plain file name.",
    )


def test_the_manifest_is_moved_in_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    replace = Path.replace

    def move(part: Path, to: Path) -> Path:
        moved.append(to.name)
        return replace(part, to)

    monkeypatch.setattr(Path, "replace", move)

    write_run(ordinary(), tmp_path, run_id=RUN, code_version="0.1.0")

    assert moved[-1] == "manifest.json"


KILLED = """
import os, sys
from pathlib import Path
from dashboards.report import write_run
from tests.dashboards.copies import RUN, add
from tests.dashboards.ordinary import ordinary

step, replace = int(sys.argv[1]), os.fsync
def fsync(handle):
    global step
    step -= 1
    if step < 0:
        os._exit(9)
    replace(handle)
os.fsync = fsync
db = ordinary()
add(db, "exceptions", fingerprint="ff" * 32)
write_run(db, Path(sys.argv[2]), run_id=RUN, code_version="0.1.0")
"""


@pytest.mark.parametrize("step", [0, 4, len(FILES)])
def test_a_killed_write_leaves_whole_files_and_the_next_one_mends_it(step: int, tmp_path: Path) -> None:
    write_run(ordinary(), tmp_path, run_id=RUN, code_version="0.1.0")
    old = written(tmp_path)

    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(step), str(tmp_path)], check=False, env={**os.environ, "PYTHONPATH": "."}
    )

    assert ended.returncode == 9
    found = {name: body for name, body in written(tmp_path).items() if not name.endswith(".part")}
    if step < len(FILES):
        assert found == old
    manifest = write_run(ordinary(), tmp_path, run_id=RUN, code_version="0.1.0")
    assert differences(manifest, tmp_path) == ()
    assert written(tmp_path) == old


def test_a_link_that_was_planted_beside_a_report_is_not_written_through(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "report", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.write_text("as it was", encoding="utf-8")
    planted = ("index.html", "exceptions.csv", "manifest.json")
    for name in planted:
        (folder / f".{name}.part").symlink_to(elsewhere)
    (folder / ".governors.html.part").hardlink_to(elsewhere)

    manifest = write_run(ordinary(), folder, run_id=RUN, code_version="0.1.0")

    assert elsewhere.read_text(encoding="utf-8") == "as it was"
    assert differences(manifest, folder) == ()
    assert not [path for path in folder.iterdir() if path.is_symlink()]


def test_no_cell_of_the_csv_is_a_formula(tmp_path: Path) -> None:
    db = copy()
    starts = ["=1+1", "+1", "-1", "@cmd", "\t=1", "\r=1", "\uff1d1", "  =1", "\u200b=1"]
    for number, start in enumerate(starts):
        add(db, "exceptions", fingerprint=f"f{number}", reason=start, account_handle=start)

    write_report(db, tmp_path, run_id=RUN, formats=["csv"])

    raw = (tmp_path / "exceptions.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert len(rows) == len(starts)
    assert not [cell for row in rows for cell in row.values() if cell[:1] in set("=+-@\t\r\uff1d")]
    assert rows[0]["reason"] == "'=1+1"


def test_the_json_has_its_version_and_a_stable_order_of_keys(tmp_path: Path) -> None:
    write_report(ordinary(), tmp_path, run_id=RUN, formats=["json"])

    told = json.loads((tmp_path / "exceptions.json").read_text(encoding="utf-8"))
    assert list(told) == [
        *("schema_version", "tier", "school_id", "run_id", "as_of", "pack", "is_complete", "exceptions", "clauses")
    ]
    assert told["schema_version"] == 1
    assert list(told["exceptions"][0])[:3] == ["fingerprint", "check_id", "check_title"]
    assert told["exceptions"][0]["evidence"]["band"] == "likely"


def test_the_coverage_has_a_line_for_each_account_and_for_each_check_without_one(tmp_path: Path) -> None:
    write_run(ordinary(), tmp_path, run_id=RUN, code_version="0.1.0")

    rows = list(csv.DictReader(io.StringIO((tmp_path / "coverage.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["check_id"], row["platform"], row["is_enough"]) for row in rows] == [
        ("account_register", "", "yes"),
        ("approved_pictures", "x", "yes"),
        ("comments_held", "youtube", "no"),
        ("pupil_follower", "x", "no"),
        ("pupil_follower", "youtube", "no"),
        ("staff_follower", "x", "yes"),
    ]


def test_formats_are_written_as_asked_and_unknown_ones_refused(tmp_path: Path) -> None:
    assert write_report(copy(), tmp_path, run_id=RUN, tier="dsl", formats=["json", "html"]) == [
        tmp_path / "dsl.json",
        tmp_path / "dsl.html",
    ]
    with pytest.raises(ReportError, match=r"no format called 'docx'\. Choose from: html, csv, xlsx, json, pdf, ocsf"):
        write_report(copy(), tmp_path, run_id=RUN, formats=["docx"])
