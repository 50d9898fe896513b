"""The self-test of a run: every planted case is told on any day, a failed one stops the run, and a pass is kept.

A pass is of the program as it stands, byte by byte, and of nothing else: what it notices of faults, path by path, is in
tests/checks/test_faults.py.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

import checks
from checks.catalogue import catalogue
from checks.model import from_sql
from engines.pictures.decoding import Opener
from flows.home.context import Context
from flows.home.edition import edition_of
from flows.home.settings import Settings
from flows.weekly.self_test import SelfTestError, drill_context, failed_paths, self_test
from policies.school import OfficialAccount
from tests.flows.few_checks import ask_few
from tests.flows.village import MONDAY, SCHOOL, village

MAIN = "from flows.commands import main; main()"
X = OfficialAccount(platform="x", account_id="100", handle="OusterlyVale")
# What an edition says of itself once a file of it is newer than the process, and before.
NEWER = """
import pathlib, sys
from flows.home.edition import edition
if sys.argv[1:]:
    pathlib.Path(sys.argv[1]).write_text("-- another")
print(edition())
"""


@pytest.mark.parametrize(
    ("platforms", "as_of"),
    [
        ((), MONDAY),
        (("x",), date(2028, 2, 29)),
        (("youtube",), date(2027, 3, 28)),
        (("x", "youtube"), date(2026, 2, 28)),
        (("x", "youtube"), date(2026, 9, 1)),
        (("x", "youtube"), date(2026, 12, 31)),
    ],
)
def test_every_planted_case_is_told_on_any_platforms_and_on_any_day(platforms: tuple[str, ...], as_of: date) -> None:
    with Opener() as opener:
        assert failed_paths(list(catalogue().values()), platforms, opener, as_of=as_of) == []


def test_a_pack_that_asks_for_one_check_passes_and_of_none_there_is_nothing_to_tell() -> None:
    with Opener() as opener:
        for check_id in ("leaver_follower", "location_metadata", "register_fresh"):
            assert failed_paths([catalogue()[check_id]], ("x", "youtube"), opener) == []
        assert failed_paths([], ("x", "youtube"), opener) is None


def school(home: Path) -> Context:
    made = drill_context(home, MONDAY)
    return replace(made, school=made.school.model_copy(update={"account": (X,)}))


def test_a_check_that_asks_another_question_is_told_by_name_and_path_each_time(tmp_path: Path) -> None:
    wrong = replace(catalogue()["alt_text"], judge=from_sql("checks.posts", "alt_text", look_back_days=1))
    narrow = replace(wrong, defaults={}, canary=replace(wrong.canary, parameters={}) if wrong.canary else None)
    for _ in range(2):  # a failure is not kept for a pass
        with Opener() as opener, pytest.raises(SelfTestError) as refused:
            self_test(school(tmp_path), [catalogue()["pupil_follower"], narrow], opener)

    assert refused.value.exit_code == 4
    assert str(refused.value) == (
        'The self-test failed, so nothing was published: alt_text did not find the planted case of "a photograph of '
        'four weeks ago" on X. Install the release before this one, and tell whoever maintains the program.'
    )


def test_a_pass_is_kept_for_these_checks_on_these_platforms_alone_and_lost_with_its_file(tmp_path: Path) -> None:
    context, asked = school(tmp_path), [catalogue()["alt_text"]]
    assert asked[0].canary
    planted = replace(asked[0].canary, script="select error('planted')")
    unproved = [replace(asked[0], canary=planted)]  # tells itself when it is planted, in place of passing
    nobody_reads = replace(context, settings=Settings(home=tmp_path, claims=lambda _: None))
    with Opener() as opener:
        self_test(context, asked, opener)
        self_test(context, unproved, opener)
        self_test(nobody_reads, unproved, opener)  # where nothing can be planted, nothing is kept either
        assert len((tmp_path / "passed-self-tests").read_text().splitlines()) == 1
        with pytest.raises(duckdb.Error, match="planted"):
            self_test(context, [*unproved, catalogue()["register_fresh"]], opener)
        for spoilt in (b"\xff", b"", b"0" * 64):
            (tmp_path / "passed-self-tests").write_bytes(spoilt)
            with pytest.raises(duckdb.Error, match="planted"):
                self_test(context, unproved, opener)


def written(path: Path, text: str = "another") -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a byte of code": lambda room: written(room / "model.py"),
    "a byte of SQL": lambda room: written(room / "posts" / "wording.sql"),
    "a byte of a list": lambda room: written(room / "posts" / "words.txt"),
    "a byte of a weight": lambda room: written(room / "posts" / "learned.bin"),
    "a new file": lambda room: written(room / "more" / "new.toml"),
    "a file less": lambda room: (room / "model.py").unlink(),
    "another name": lambda room: (room / "model.py").rename(room / "models.py"),
    "another place": lambda room: (room / "model.py").rename(room / "posts" / "model.py"),
    "two files' bytes in one": lambda room: (written(room / "a.py", "12"), written(room / "b.py", "")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_edition_is_told_by_any_changed_byte_or_name(tmp_path: Path, change: str) -> None:
    room = tmp_path / "checks"
    for name in ("model.py", "posts/wording.sql", "posts/words.txt", "posts/learned.bin", "__pycache__/model.pyc"):
        (room / name).parent.mkdir(parents=True, exist_ok=True)
        written(room / name, name)
    written(room / "a.py", "1")
    written(room / "b.py", "2")
    before = edition_of([room], ["duckdb-1.5.5.dist-info"])
    written(room / "__pycache__" / "model.pyc")

    assert edition_of([room], ["duckdb-1.5.5.dist-info"]) == before
    assert edition_of([room], ["duckdb-1.5.6.dist-info"])[0] != before[0]
    CHANGES[change](room)
    assert edition_of([room], ["duckdb-1.5.5.dist-info"])[0] != before[0]


def other_source(folder: Path) -> Path:
    """Return a copy of the checks for a PYTHONPATH of its own."""
    source = Path(checks.__file__).parent
    return Path(shutil.copytree(source, folder / "checks", ignore=shutil.ignore_patterns("__pycache__")))


def test_the_edition_is_of_the_files_that_are_run_and_none_where_one_is_newer_than_the_process(tmp_path: Path) -> None:
    question = other_source(tmp_path) / "followers" / "follow_line.sql"

    def says(*words: str, **given: str) -> str:
        command = [sys.executable, "-c", NEWER, *words]
        return subprocess.run(
            command, env=os.environ | given, capture_output=True, text=True, check=True, cwd=tmp_path
        ).stdout

    same = says(PYTHONPATH=str(tmp_path))
    assert same == says()
    assert says(str(question), PYTHONPATH=str(tmp_path)) == "None\n"
    os.utime(question, (0, 0))
    assert says(PYTHONPATH=str(tmp_path)) not in (same, "None\n")


def test_a_run_with_a_faulty_check_ends_with_4_and_publishes_nothing(tmp_path: Path) -> None:
    question = other_source(tmp_path / "source") / "followers" / "follow_line.sql"
    question.write_text(question.read_text().replace("= 'follower'", "= 'follower' and length(actor_id) < 9"))
    os.utime(question, (0, 0))
    with village(tmp_path / "home", has_warehouse=True) as here:  # whose home holds the pass of the program as it is
        ask_few(here.places.folder)
        command = [sys.executable, "-c", MAIN, "run", SCHOOL, "--as-of", MONDAY.isoformat()]
        given = os.environ | here.environment | {"PYTHONPATH": str(tmp_path / "source")}
        ended = subprocess.run(command, env=given, capture_output=True, text=True, check=False, cwd=tmp_path)

        assert (ended.returncode, here.places.published.exists()) == (4, False), ended.stderr
        assert 'pupil_follower did not find the planted case of "declared by id" on X' in ended.stderr
