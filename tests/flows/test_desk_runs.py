"""A press at the desk makes a run in a process of its own: one at a time, told of while it goes, and after it died.

It alone proves the processes: the lock that outlives the desk, a run that is killed, and one that goes on from there.
"""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dashboards.desk.pages.run_words import ENDINGS, to_finish
from flows.desk.run_starter import ProcessRunStarter
from flows.home import exit_codes
from flows.home.init import make_key
from flows.home.settings import ConfigurationError, Settings
from flows.weekly.progress import recorded
from tests.flows.calling import audit
from tests.flows.few_checks import ask_few
from tests.flows.village import MONDAY, NAMES, SCHOOL, SECRETS, village, write_home
from warehouse.runs.run_progress import RUNNING, RunProgress, locked, read_progress, standing, write_progress
from warehouse.store.places import Places

_LONGEST = 120
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProcessRunStarter:
    """A school that may not be pulled: nothing says who decided so, and no platform is simulated."""
    write_home(tmp_path)
    make_key(Settings(home=tmp_path), Places(tmp_path, SCHOOL))
    for name in ("AUDIT_X_URL", "AUDIT_YOUTUBE_URL", "AUDIT_MEDIA_URL", "PREFECT_API_URL", "AUDIT_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AUDIT_HOME", str(tmp_path))
    return ProcessRunStarter(Settings(home=tmp_path), Places(tmp_path, SCHOOL))


def now(folder: Path) -> tuple[str, RunProgress | None]:
    progress = read_progress(folder)
    return standing(folder, progress), progress


def wait_until(folder: Path, wanted) -> RunProgress:
    until = time.monotonic() + _LONGEST
    while time.monotonic() < until:
        how, progress = now(folder)
        if progress is not None and wanted(how, progress):
            return progress
        time.sleep(0.02)
    raise AssertionError(f"The run stands otherwise: {now(folder)}; {(folder / 'run.log').read_text()}")


def pressed_at_once(starter: ProcessRunStarter) -> list[str]:
    """Press twice at once, and return what each press was told."""

    def press(_number: int) -> str:
        try:
            ProcessRunStarter(starter.settings, starter.places).start(MONDAY)
        except ConfigurationError as error:
            return error.sentence
        return "begun"

    with ThreadPoolExecutor(2) as threads:
        return sorted(threads.map(press, range(2)))


@pytest.mark.slow
def test_of_two_presses_one_begins_a_run_that_outlives_the_desk_is_killed_and_goes_on(tmp_path, monkeypatch) -> None:
    with village(tmp_path, has_warehouse=True) as here:
        ask_few(here.places.folder)
        for name, value in here.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("PREFECT_API_URL", raising=False)
        folder = here.places.folder

        first = pressed_at_once(ProcessRunStarter(here.settings, here.places))
        assert [said[:27] for said in first] == ["A run of this school is und", "begun"]
        pulling = wait_until(folder, lambda _how, run: len(run.phases) > 1)
        assert pulling.planned == ("registers", "x", "youtube", "media", "judge", "publish")
        with pytest.raises(ConfigurationError, match="under way already"):  # by a desk that was started anew
            ProcessRunStarter(here.settings, here.places).start(None)

        assert pulling.pid is not None
        os.kill(pulling.pid, signal.SIGKILL)
        killed = wait_until(folder, lambda how, _run: how == "killed")
        wanted = to_finish(killed, "killed", LONDON, None)
        assert wanted is not None
        assert (wanted.day, wanted.options) == (MONDAY, ())

        ProcessRunStarter(here.settings, here.places).start(wanted.day, wanted.options)
        ended = wait_until(folder, lambda how, _run: how == "ended")

    assert (ended.code, ended.sentence, [phase.name for phase in ended.phases]) == (0, None, list(ended.planned))
    assert [phase.state for phase in ended.phases] == ["complete"] * 4 + [None] * 2
    written = (folder / "run.json").read_text() + (folder / "run.log").read_text()
    assert not any(word in written for word in (*NAMES, *SECRETS))
    assert {path.stat().st_mode & 0o77 for path in folder.glob("run.*")} == {0}


def test_a_run_that_is_refused_ends_with_its_one_sentence(bare: ProcessRunStarter) -> None:
    bare.start(None)
    ended = wait_until(bare.places.folder, lambda how, _run: how == "ended")

    assert ended.code == exit_codes.WRONG_USE
    assert ended.sentence is not None
    assert ended.sentence.startswith("A live pull needs a recorded decision")


def test_a_press_while_a_scheduled_run_is_under_way_is_told_so_and_begins_nothing(bare: ProcessRunStarter) -> None:
    with (
        locked(bare.places.folder, RUNNING),
        pytest.raises(ConfigurationError, match="A run of this school is under way already"),
    ):
        bare.start(None)

    assert now(bare.places.folder) == ("none", None)


def test_a_second_run_by_hand_writes_nothing_over_the_progress_of_the_first(bare: ProcessRunStarter) -> None:
    with recorded(bare.settings, SCHOOL, MONDAY) as first:
        first.plan(MONDAY, ["registers", "judge"])
        refused = audit("run", SCHOOL, AUDIT_HOME=str(bare.settings.home))
        how, progress = now(bare.places.folder)

    assert refused.code == exit_codes.WRONG_USE
    assert progress is not None
    assert (how, progress.planned, progress.ended_at) == ("running", ("registers", "judge"), None)


def test_a_run_is_begun_although_somebody_looks_how_it_stands_all_the_time(bare: ProcessRunStarter) -> None:
    with ThreadPoolExecutor(3) as threads:
        looks = [threads.submit(lambda: [now(bare.places.folder) for _ in range(300)]) for _ in range(3)]
        for _ in range(20):
            with recorded(bare.settings, SCHOOL, MONDAY) as recorder:
                assert recorder.progress is not None
        assert all(look.result() for look in looks)


def test_a_dry_run_is_no_run(bare: ProcessRunStarter) -> None:
    audit("run", SCHOOL, "--dry-run", AUDIT_HOME=str(bare.settings.home))

    assert now(bare.places.folder) == ("none", None)


def test_what_was_handed_to_prefect_is_not_handed_over_twice_until_a_worker_had_time_to_take_it(bare) -> None:
    handed = RunProgress(None, bare.settings.clock(), way="prefect")
    write_progress(bare.places.folder, handed)
    with pytest.raises(ConfigurationError, match="waits for a worker"):
        bare.start(None)

    write_progress(bare.places.folder, replace(handed, began_at=handed.began_at - timedelta(minutes=16)))
    bare.start(None)
    assert wait_until(bare.places.folder, lambda how, _run: how == "ended").way == "process"


def test_a_run_with_words_of_its_own_is_gone_on_with_as_it_was_begun(bare: ProcessRunStarter) -> None:
    words = ("--only", "x", "--look-up-followers")
    audit("run", SCHOOL, "--as-of", "2026-11-02", *words, AUDIT_HOME=str(bare.settings.home))

    how, progress = now(bare.places.folder)
    assert progress is not None
    assert (how, progress.as_of, progress.options) == ("ended", date(2026, 11, 2), words)


def test_the_desk_has_words_for_each_exit_code() -> None:
    codes = {exit_codes.DONE, exit_codes.OPEN, exit_codes.WRONG_USE, exit_codes.SOURCE_FAILED, exit_codes.INTERNAL}

    assert ENDINGS.keys() == codes | {exit_codes.STOPPED}
