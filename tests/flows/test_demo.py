"""`audit demo`: three weeks over real HTTP that find exactly what the truth file says, and twice the same."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from demo.people import registers
from demo.town import WEEKS
from flows.cli.showing import SCHOOL, against_truth
from flows.context import open_context
from flows.settings import from_environment
from tests.flows.calling import audit
from warehouse.open import opened

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The demo, run as a person would run it, at DEBUG."""
    out = tmp_path_factory.mktemp("demo") / "out"
    program = str(Path(sys.executable).with_name("audit"))
    done = subprocess.run(
        [program, "--debug", "demo", "--out", str(out), "--no-open"], capture_output=True, text=True, check=False
    )
    return out, done


def test_the_three_weeks_find_what_the_truth_file_says_and_nothing_else(shown):
    _, done = shown

    assert done.returncode == 0, done.stdout
    assert done.stdout.count("just what the truth file says") == 3


def test_every_week_has_its_report_and_its_manifest_fits(shown):
    from dashboards.report.manifest import differences, read_manifest

    out, _ = shown
    for day in ("2026-11-02", "2026-11-09", "2026-11-16"):
        folder = out / SCHOOL / "reports" / day
        assert differences(read_manifest(folder / "manifest.json"), folder) == ()


def test_the_same_week_again_gives_the_same_answer_and_no_duplicates(shown):
    out, _ = shown
    context = open_context(from_environment({"AUDIT_HOME": str(out)}), SCHOOL, None)
    with opened(context.places.published, context.key, read_only=True) as copy:
        [(rows, distinct)] = copy.execute(
            "select count(*), count(distinct (run_id, fingerprint)) from published.exceptions"
        ).fetchall()

    assert rows == distinct == 72


def test_one_missed_and_one_invented_exception_would_be_noticed(shown):
    out, _ = shown
    context = open_context(from_environment({"AUDIT_HOME": str(out)}), SCHOOL, None)
    columns = "run_id, check_id, platform, account_handle, subject_id, status, first_seen"
    with opened(context.places.published, context.key, read_only=True) as copy:
        found = copy.execute(f"select {columns} from published.exceptions").pl()
    with duckdb.connect() as other:
        other.execute("create schema published")
        other.execute("create table published.exceptions as select * from found")
        assert against_truth(other, WEEKS[2]) == []
        other.execute(
            "update published.exceptions set subject_id = 'another' where run_id = '2026-11-16' "
            "and subject_id = 'ovsDemo0102'"
        )
        difference = against_truth(other, WEEKS[2])

    assert [line.partition(":")[0] for line in difference] == ["missed", "not in the truth file"]
    assert found.height == 72


def test_nothing_that_was_said_or_named_holds_a_name_from_a_register(shown):
    out, done = shown
    said = done.stdout + done.stderr + " ".join(str(path) for path in out.rglob("*"))
    kept = registers(WEEKS[2])
    everybody = kept.everyone
    names = {name for one in everybody for name in one.names}

    assert len(done.stderr) > 10_000
    assert len(names) > 1_500
    assert [name for name in names if name in said] == []


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    answer = audit("demo", "--out", str(tmp_path), "--no-open")

    assert answer.code == 2
    assert "no earlier demo made it" in answer.err
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
