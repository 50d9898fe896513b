"""Damage, loss and wrong rights: each is one sentence, found before anything is asked of a platform.

It alone proves what a run says of files that were damaged, lost, put back or opened to others between two runs.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from connectors.source import RequestCost
from flows.home.allowances import counting
from flows.home.integrity import ensure_nothing_missing, ensure_whole
from flows.home.store import RunStore
from tests.casebooks import decide, hold, key_of, looked_into
from tests.flows.calling import audit
from tests.flows.few_checks import ask_few
from tests.flows.village import SCHOOL, Village, village
from tests.simulated.moods import Mood
from warehouse.casebook.counters import LostError
from warehouse.store.open import WarehouseError


@pytest.fixture(scope="module")
def weeks(tmp_path_factory):
    """A village that was audited twice under a careless umask, with a decision between; week 1 kept beside week 2."""
    home = tmp_path_factory.mktemp("weeks")
    with village(home / "home", has_warehouse=True) as here:
        ask_few(here.places.folder)
        umask = os.umask(0)
        try:
            assert audit("run", SCHOOL, "--as-of", "2026-11-02", **here.environment).code == 0
            shutil.copytree(here.settings.home, home / "week-1")
            with here.context().casebook() as book:
                decide(book, "f" * 64, "confirmed", until=None, by_role="dpo", note="-", at=here.settings.clock())
                hold(book, platform="x", subject_id="7", reason="police", until=date(2027, 1, 1))
            os.umask(0)
            assert audit("run", SCHOOL, "--as-of", "2026-11-09", **here.environment).code == 0
        finally:
            os.umask(umask)
        yield here


@pytest.fixture
def here(weeks, tmp_path):
    """The village that was audited twice, with a home of its own to spoil."""
    shutil.copytree(weeks.settings.home, tmp_path / "home")
    return Village(weeks.servers, replace(weeks.settings, home=tmp_path / "home"))


def remove_casebook(here, _before):
    for path in here.settings.home.glob("casebook.sqlite*"):
        path.unlink()


def empty_casebook(here, before):
    remove_casebook(here, before)
    here.places.casebook.touch()


def change_casebook(sql, here, _before):
    with closing(looked_into(here.places.casebook, key_of(here.places))) as db:
        db.execute(sql)


def older_casebook(here, before):
    remove_casebook(here, before)
    shutil.copy(before / "casebook.sqlite", here.places.casebook)


def scribble(place, here, _before):
    getattr(here.places, place).write_bytes(b"scribbles" * 2000)


def older_warehouse(here, before):
    shutil.copy(before / SCHOOL / "warehouse.duckdb", here.places.warehouse)


def remove_warehouse(here, _before):
    here.places.warehouse.unlink()


def flip(place, share, here, _before):
    path = getattr(here.places, place)
    body = bytearray(path.read_bytes())
    body[int(len(body) * share)] ^= 1
    path.write_bytes(body)


def open_key(here, _before):
    here.places.key.chmod(0o644)


def binary_key(here, _before):
    here.places.key.write_bytes(bytes(range(128, 256)))


def binary_credentials(here, _before):
    here.places.credentials.write_bytes(bytes(range(128, 256)))


NOT_WRITTEN = "Rows of the casebook are not what was written"
SPOILED = {
    "the casebook was deleted": (remove_casebook, "The casebook is not the one that the last run used"),
    "the casebook is empty": (empty_casebook, "The casebook is not the one that the last run used"),
    "a decision was deleted": (partial(change_casebook, "delete from decisions"), f"{NOT_WRITTEN} (1 of decisions)"),
    "a hold was changed": (partial(change_casebook, "update holds set until = '2026-11-08'"), "(1 of holds)"),
    "the casebook's rows and seals were deleted": (
        lambda here, before: [change_casebook(f"delete from {t}", here, before) for t in ("decisions", "chain")],
        NOT_WRITTEN,
    ),
    "an older casebook was put back": (older_casebook, "lacks rows that the last run saw (1 of decisions, 1 of holds)"),
    "the casebook is scribbles": (
        partial(scribble, "casebook"),
        "The key does not open the casebook, or its first page is damaged",
    ),
    "the warehouse was deleted": (remove_warehouse, "The warehouse is gone"),
    "an older warehouse was put back": (older_warehouse, "1 runs that it had: its file is older"),
    "the warehouse is scribbles": (partial(scribble, "warehouse"), "warehouse.duckdb is damaged"),
    "a byte of the warehouse's beginning": (partial(flip, "warehouse", 0.0001), "warehouse.duckdb is damaged"),
    "a byte of the warehouse, early": (partial(flip, "warehouse", 0.2), "warehouse.duckdb is"),
    "a byte of the warehouse, in the middle": (partial(flip, "warehouse", 0.5), "warehouse.duckdb is"),
    "a byte of the warehouse, late": (partial(flip, "warehouse", 0.95), "warehouse.duckdb is"),
    "a byte of the published copy": (partial(flip, "published", 0.4), "published.duckdb is damaged"),
    "the key file is open to others": (open_key, "key may be read by others. Run: chmod 600"),
    "the key file is binary": (
        binary_key,
        "ousterly-vale.key is not text. What earlier runs saw opens with that key alone",
    ),
    "credentials.toml is binary": (binary_credentials, "credentials.toml is not UTF-8 text; save it as UTF-8 text"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_damage_and_loss_are_one_sentence_before_anything_is_asked(weeks, here, what):
    spoil, says = SPOILED[what]
    spoil(here, weeks.settings.home.parent / "week-1")
    asked = len(here.servers.meter.bought("x"))
    before = here.places.published.read_bytes()

    answer = audit("run", SCHOOL, "--as-of", "2026-11-16", **here.environment)

    assert (answer.code, says in answer.err, answer.err.strip().count("\n")) == (2, True, 0), answer.said
    assert len(here.servers.meter.bought("x")) == asked
    assert here.places.published.read_bytes() == before


@pytest.mark.parametrize(("spoil", "says"), [(remove_casebook, "is not the one"), (older_warehouse, "lacks 2")])
def test_a_person_accepts_what_is_lost_and_it_is_logged(weeks, here, spoil, says):
    spoil(here, weeks.settings.home.parent / "week-1")

    told = audit("accept-loss", SCHOOL, "--by", "dpo", "--note", "The disk broke.", **here.environment)

    assert (told.code, says in told.out) == (0, True), told.said
    ensure_whole(here.context(date(2026, 11, 16)))
    with here.context(date(2026, 11, 16)).warehouse() as db:
        ensure_nothing_missing(here.context(date(2026, 11, 16)), db)
    with here.context().casebook() as book, book.engine.connect() as connection:
        logged = connection.exec_driver_sql("select purpose, sql from query_log").all()
    assert logged == [("The disk broke.", f"audit accept-loss {SCHOOL} --by dpo")]


@pytest.mark.parametrize(
    ("words", "says"),
    [(("--by", "parents", "--note", "x"), "--by is the role"), (("--by", "dpo", "--note", " "), "Say with --note")],
)
def test_a_loss_is_not_accepted_without_a_role_and_a_reason(here, words, says):
    answer = audit("accept-loss", SCHOOL, *words, **here.environment)

    assert (answer.code, says in answer.err) == (2, True)


@pytest.fixture
def interrupted(here, tmp_path):
    """What a disk holds of a run that was killed after it had stored 47 pages: the log has them, the file not yet."""
    context = here.context(date(2026, 11, 16))
    ensure_whole(context)
    with context.casebook() as book, context.warehouse() as db:
        ensure_nothing_missing(context, db)
        store = RunStore(db, context.run_id, "x", context.school.budget, context.key, counting(context, book))
        for _ in range(47):
            store.note("/2/tweets", 200, context.now(), RequestCost(1, Decimal("0.005"), 0))
        shutil.copytree(here.settings.home, tmp_path / "image")
    return Village(here.servers, replace(here.settings, home=tmp_path / "image"))


def _deleted(log: Path) -> None:
    log.unlink()


def _emptied(log: Path) -> None:
    log.write_bytes(b"")


def _cut(log: Path) -> None:
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])


def _scribbled(log: Path) -> None:
    body = bytearray(log.read_bytes())
    body[len(body) // 2] ^= 1
    log.write_bytes(body)


@pytest.mark.parametrize("harm", [_deleted, _emptied, _cut, _scribbled])
def test_a_log_that_lost_what_was_paid_for_is_noticed(interrupted, harm):
    log = interrupted.places.warehouse.with_name("warehouse.duckdb.wal")
    harm(log)
    context = interrupted.context(date(2026, 11, 16))

    with pytest.raises((LostError, WarehouseError), match=r"lacks \d+ requests|is damaged"):
        looked_at(context)


def test_a_killed_run_whose_log_is_there_lacks_nothing(interrupted):
    looked_at(interrupted.context(date(2026, 11, 16)))


def looked_at(context):
    ensure_whole(context)
    with context.warehouse() as db:
        ensure_nothing_missing(context, db)


def test_nothing_that_a_run_makes_is_open_to_others_whatever_the_umask(weeks):
    home = weeks.settings.home

    assert (home / SCHOOL / "reports" / "2026-11-09" / "index.html").exists()
    assert [path for path in home.rglob("*") if path.stat().st_mode & 0o077] == []


def test_doctor_closes_what_was_copied_in_and_says_which_secrets_were_open_to_others(here):
    fine = audit("doctor", SCHOOL, **here.environment)
    here.places.reports("2026-11-09").chmod(0o755)
    (here.places.registers / "pupils.csv").chmod(0o644)
    closed = audit("doctor", SCHOOL, **here.environment)
    here.places.casebook_key.chmod(0o644)
    wrong = audit("doctor", SCHOOL, **here.environment)

    assert "ok     rights: nothing here may be read by others." in fine.out
    assert "ok     casebook, warehouse and published copy: as the last run left them" in fine.out
    assert "2 that were copied in are their owner's alone now." in closed.out
    assert (here.places.registers / "pupils.csv").stat().st_mode & 0o077 == 0
    assert wrong.code == 2
    assert "casebook.key may be read by others. Run: chmod 600" in wrong.err


def test_a_locked_casebook_is_one_sentence(here):
    url = f"sqlite:///{here.places.casebook}?timeout=0.1"
    with closing(looked_into(here.places.casebook, key_of(here.places))) as other:
        other.execute("begin exclusive")
        answer = audit("run", SCHOOL, "--as-of", "2026-11-16", CASEBOOK_URL=url, **here.environment)

    assert (answer.code, "Another program has the casebook locked" in answer.err) == (2, True), answer.said


@pytest.mark.parametrize(("flag", "says"), [("ro", "may only be read"), ("full", "The disk is full")])
def test_a_disk_that_cannot_be_written_is_named_as_that(here, tmp_path, flag, says):
    mount = tmp_path / "small"
    mount.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(mount)], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("a tmpfs cannot be mounted here")
    try:
        shutil.copytree(here.settings.home, mount / "home")
        size = sum(path.stat().st_blocks for path in mount.rglob("*")) // 2 + 100  # a block is half a kilobyte
        option = "remount,ro" if flag == "ro" else f"remount,size={size}k"
        subprocess.run(["mount", "-o", option, str(mount)], check=True)
        spoiled = here.environment | {"AUDIT_HOME": str(mount / "home")}
        answer = audit("run", SCHOOL, "--as-of", "2026-11-16", **spoiled)
    finally:
        subprocess.run(["umount", "-l", str(mount)], check=False)

    assert (answer.code, says in answer.err, "damaged" in answer.err) == (2, True, False), answer.said


@pytest.mark.slow
def test_a_run_that_is_interrupted_says_that_it_can_be_run_again(here):
    here.servers.moods.set("x", "/2/", [Mood("slow", seconds=1)] * 50)
    asked = len(here.servers.meter.bought("x"))
    program = [sys.executable, "-c", "from flows.commands import main; main()", "run", SCHOOL, "--as-of", "2026-11-16"]
    process = subprocess.Popen(
        program, env=os.environ | here.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 60
    while len(here.servers.meter.bought("x")) == asked and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    here.servers.moods.clear()

    assert (process.returncode, said) == (
        130,
        "Stopped. What was fetched is kept: run the same again, and it goes on from there.\n",
    )
