"""Backups and restores that are killed at each of their steps, or find the disk full: nothing is ever lost.

It alone proves this of the processes themselves, with SIGKILL, and of a disk of a few megabytes. `make test` kills each
of them where something is half done, `make soak` at every step.
"""

import shutil
import subprocess
from contextlib import closing

import pytest

from flows.home.files_verified import wrong_files
from tests.casebooks import key_of, looked_into
from tests.flows.calling import audit, published
from tests.flows.stopping import KILLED, Point, zygote
from tests.flows.test_backup import files_in, is_whole, rows_in
from tests.flows.test_erase import audited, here
from tests.flows.village import SCHOOL

__all__ = ["audited", "here"]

pytestmark = pytest.mark.slow

BACKUP = (
    Point("nothing was read", "flows.backup.take:_gathered"),
    Point("the first file was packed", "warehouse.backup.archive:_packed", "after"),
    Point("some files were packed", "warehouse.backup.archive:_packed", number=4),
    Point("the archive was whole, and not in its place", "flows.backup.take:_in_its_place"),
    Point("the archive was in its place", "flows.backup.take:_in_its_place", "after"),
)
RESTORE = (
    Point("nothing was read", "warehouse.backup.archive:read_archive"),
    Point("some files were read", "warehouse.backup.archive:_unpacked", number=4),
    Point("the rows were read", "warehouse.casebook.put_back:put_back", "after"),
    Point("all was proved", "flows.backup.restore:_swap"),
    Point("the old folder was aside, and nothing in its place", "pathlib:Path.rename", "after"),
    Point("the new folder was in its place", "pathlib:Path.rename", "after", 2),
    Point("the casebook was changed, and not committed", "warehouse.casebook.put_back:put_back", "after", 2),
    Point("the casebook was committed, and the old folder still aside", "shutil:rmtree", number=2),
)
HALF_DONE = {  # a file of many is packed or unpacked, a file or a folder not in its place, rows not committed
    "some files were packed",
    "the archive was whole, and not in its place",
    "some files were read",
    "the old folder was aside, and nothing in its place",
    "the casebook was changed, and not committed",
    "the casebook was committed, and the old folder still aside",
}


def half_done(points):
    return [point for point in points if point.says in HALF_DONE]


@pytest.fixture
def disk(tmp_path):
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


def backup_killed_at_each(points, here, disk, tmp_path):
    out = disk / "vale.backup"
    words = ("backup", SCHOOL, "--out", str(out), "--replace")
    assert audit(*words, **here.environment).code == 0
    proof = ("backup", SCHOOL, "--verify", str(out))
    with zygote(tmp_path) as forks:
        for point in points:
            assert forks.run(here.environment, point=point, words=words) == KILLED, point.says
            proved = audit(*proof, **here.environment)
            assert proved.code == 0, (point.says, proved.said)
        last = forks.run(here.environment, words=words)

    assert last == {"code": 0}, forks.said.read_text()[-2_000:]
    assert [path.name for path in disk.iterdir()] == ["vale.backup"]
    assert is_whole(here)


def test_a_backup_that_is_killed_half_done_leaves_the_earlier_one_or_the_new_one_whole(here, disk, tmp_path):
    backup_killed_at_each(half_done(BACKUP), here, disk, tmp_path)


@pytest.mark.soak
def test_a_backup_that_is_killed_at_each_step_leaves_the_earlier_one_or_the_new_one_whole(here, disk, tmp_path):
    backup_killed_at_each(BACKUP, here, disk, tmp_path)


def restore_killed_at_each(points, here, disk, tmp_path):
    out = disk / "vale.backup"
    assert audit("backup", SCHOOL, "--out", str(out), **here.environment).code == 0
    with closing(looked_into(here.places.casebook, key_of(here.places))) as book:
        book.execute("delete from decisions")  # so that the casebook's rows are put back too
    (here.places.folder / "own.txt").write_text("what the school has now")
    (here.places.folder / "own.txt").chmod(0o600)
    before, rows = files_in(here.places.folder), rows_in(here)
    words = ("restore", SCHOOL, "--from", str(out), "--replace")
    (disk / "none.backup").write_text("no backup")
    with zygote(tmp_path) as forks:
        for point in points:
            assert forks.run(here.environment, point=point, words=words) == KILLED, point.says
            if point is RESTORE[-1]:
                break
            wrong = audit("restore", SCHOOL, "--from", str(disk / "none.backup"), "--replace", **here.environment)
            assert (wrong.code, "no backup" in wrong.err) == (2, True), (point.says, wrong.said)
            assert (files_in(here.places.folder), rows_in(here)) == (before, rows), point.says
        assert not (here.places.folder / "own.txt").exists()
        mended = audit("restore", SCHOOL, "--from", str(disk / "none.backup"), "--replace", **here.environment)
        assert mended.code == 2
        with here.context().casebook() as book:  # what the killed restore put back, before another enters it
            assert wrong_files(book, here.places) == ()
        last = forks.run(here.environment, words=words)

    assert last == {"code": 0}, forks.said.read_text()[-2_000:]
    assert len(rows_in(here)["decisions"]) == 2
    assert is_whole(here)


def test_a_restore_that_is_killed_half_done_is_mended_by_the_next(here, disk, tmp_path):
    restore_killed_at_each(half_done(RESTORE), here, disk, tmp_path)


@pytest.mark.soak
def test_a_restore_that_is_killed_at_each_step_is_mended_by_the_next(here, disk, tmp_path):
    restore_killed_at_each(RESTORE, here, disk, tmp_path)


def test_on_a_full_disk_neither_a_backup_nor_a_restore_loses_anything(here, disk):
    assert audit("backup", SCHOOL, "--out", str(disk / "vale.backup"), **here.environment).code == 0
    size = (disk / "vale.backup").stat().st_size
    small = disk / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size // 2}", "tmpfs", str(small)], check=False).returncode:
        pytest.skip("a small tmpfs cannot be mounted here")
    try:
        answer = audit("backup", SCHOOL, "--out", str(small / "vale.backup"), **here.environment)
        shutil.copytree(here.settings.home / "keys", small / "home" / "keys")
        environment = {**here.environment, "AUDIT_HOME": str(small / "home")}
        back = audit("restore", SCHOOL, "--from", str(disk / "vale.backup"), **environment)
        left = sorted(path.name for path in (small / "home").iterdir())
    finally:
        subprocess.run(["umount", str(small)], check=True)

    for each in (answer, back):
        assert (each.code, "disk is full" in each.err, each.err.count("\n")) == (2, True, 1), each.said
    assert left == ["keys"]
    assert published(here.context())["posts"]
    assert is_whole(here)
