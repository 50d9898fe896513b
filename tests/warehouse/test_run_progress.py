"""How far a run is: told from its file and from its locks, which a killed process lets go."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from warehouse.runs.run_progress import (
    RUNNING,
    STARTED,
    Phase,
    RunProgress,
    is_locked,
    locked,
    read_progress,
    standing,
    write_progress,
)
from warehouse.store.open import WarehouseError

SIX = datetime(2026, 11, 23, 6, tzinfo=UTC)
BEGUN = RunProgress(as_of=date(2026, 11, 23), began_at=SIX, options=("--online",), planned=("x", "judge"))


def test_what_is_written_is_read_again_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    write_progress(tmp_path, BEGUN)
    later = BEGUN.begun("x", SIX).done("x", SIX + timedelta(minutes=1), "complete").begun("judge", SIX)
    write_progress(tmp_path, later)

    assert read_progress(tmp_path) == later
    assert later.phases[0] == Phase("x", SIX, SIX + timedelta(minutes=1), "complete")
    assert (tmp_path / "run.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


def test_a_second_try_of_a_phase_takes_the_place_of_the_first() -> None:
    again = BEGUN.begun("x", SIX).begun("judge", SIX).begun("x", SIX + timedelta(hours=1))

    assert [(phase.name, phase.began_at.hour) for phase in again.phases] == [("judge", 6), ("x", 7)]


@pytest.mark.parametrize("body", [None, b"", b"{", b'{"as_of": null}', b"\xff"])
def test_what_cannot_be_read_is_no_progress(tmp_path: Path, body: bytes | None) -> None:
    if body is not None:
        (tmp_path / "run.json").write_bytes(body)

    assert read_progress(tmp_path) is None


def test_how_a_run_stands_is_told_by_its_locks_first(tmp_path: Path) -> None:
    ended = replace(BEGUN, ended_at=SIX, code=0)

    assert standing(tmp_path, None) == "none"
    assert standing(tmp_path, BEGUN) == "killed"
    assert standing(tmp_path, replace(BEGUN, way="prefect")) == "handed"
    assert standing(tmp_path, ended) == "ended"
    for name in (RUNNING, STARTED):
        with locked(tmp_path, name) as handle:
            assert handle is not None
            assert standing(tmp_path, ended) == "running"
    assert standing(tmp_path, ended) == "ended"


HOLDER = """
import sys, time
from pathlib import Path
from warehouse.runs.run_progress import locked
with locked(Path(sys.argv[1]), "run.lock") as handle:
    print(handle is not None, flush=True)
    time.sleep(60)
"""


def test_a_lock_goes_with_the_process_that_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert is_locked(tmp_path, RUNNING)
        with locked(tmp_path, RUNNING, patience=0.1) as handle:
            assert handle is None
        holder.kill()
        holder.wait()

    assert not is_locked(tmp_path, RUNNING)
    with locked(tmp_path, RUNNING, patience=0.1) as handle:
        assert handle is not None


def test_a_lock_that_cannot_be_opened_is_told_and_is_not_called_free(tmp_path: Path) -> None:
    (tmp_path / RUNNING).mkdir()

    with pytest.raises(WarehouseError, match="Check its owner and mode"):
        is_locked(tmp_path, RUNNING)
