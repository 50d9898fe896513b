"""A file that could not be written whole is not left behind, and one that was there is not touched."""

import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.backup.snapshot import write_snapshot_key
from flows.home.settings import ConfigurationError
from warehouse.store.private_files import write_new_file


@contextmanager
def no_room() -> Iterator[None]:
    """Let the system write no byte more into any file, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_is_whole_and_its_owner_s_alone(tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"

    write_new_file(path, b"whole")

    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"whole", 0o600)


def test_what_could_not_be_written_whole_is_not_left(tmp_path: Path) -> None:
    with no_room(), pytest.raises(OSError, match="File too large"):
        write_new_file(tmp_path / "answer.csv", b"half")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    path.write_bytes(b"another's")

    with pytest.raises(FileExistsError):
        write_new_file(path, b"ours")

    assert path.read_bytes() == b"another's"


def test_where_a_snapshot_s_key_has_no_room_neither_is_left_and_it_can_be_tried_again(tmp_path: Path) -> None:
    key_file, snapshot = tmp_path / "copy.key", tmp_path / "copy.duckdb"
    snapshot.write_bytes(b"sealed")

    with no_room(), pytest.raises(ConfigurationError, match="No snapshot was made"):
        write_snapshot_key(key_file, "k" * 64, snapshot)
    left = list(tmp_path.iterdir())
    write_snapshot_key(key_file, "k" * 64, snapshot)

    assert (left, key_file.read_text()) == ([], f"{'k' * 64}\n")
