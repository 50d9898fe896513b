"""A school's key is changed: afterwards the new one opens everything, the old one backups alone, and nobody is lost.

It alone proves the rotation with a real audited home, killed with SIGKILL in its parts (`make soak`: at every step).
"""

import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from flows.backup.restore import RestoreWish, restore
from flows.home.key_files import ROTATED, drop_old_keys, keep_old_key, old_keys
from flows.home.settings import ConfigurationError
from tests.casebooks import hash_quickly
from tests.flows.calling import audit, published
from tests.flows.documented import a_shell, blocks
from tests.flows.stopping import KILLED, Point, zygote
from tests.flows.test_backup import backed_up, is_whole, out, restored
from tests.flows.test_erase import ERASE, SAID, audited, here, left_in
from tests.flows.village import PUPIL, SCHOOL
from warehouse.casebook.people.desk_credentials import secret_in
from warehouse.casebook.people.desk_own import OwnSignIn
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.runs.run_progress import RUNNING, locked
from warehouse.store.open import WarehouseError, opened
from warehouse.store.places import Places
from warehouse.store.sealing import NotOpenedError, Sealer

__all__ = ["audited", "here", "out"]

pytestmark = pytest.mark.slow

ROTATE = ("keys", "rotate", SCHOOL)
POINTS = (
    Point("no key was made", "warehouse.store.private_files:put_in_place"),
    Point("the new key was made", "warehouse.store.private_files:put_in_place", "after"),
    Point("the key of hashes was kept", "flows.home.key_files:keep_names_key", "after"),
    Point("the warehouse was about to be put in its place", "pathlib:Path.replace", number=2),
    Point("the warehouse was rewritten", "warehouse.store.compact:compact", "after"),
    Point("the copy was rewritten", "flows.login.tokens:Tokens.held"),
    Point("the factors were not committed", "warehouse.casebook.chain:enter_rows", "after"),
    Point("the factors were kept", "warehouse.casebook.people.desk_sign_in:keep_factors_with", "after"),
    Point("the copy was entered", "flows.home.files_verified:enter_published", "after"),
    Point("the casebook knew the warehouse", "flows.home.integrity:seal", "after"),
    Point("the old key was kept", "flows.home.key_files:keep_old_key", "after"),
    Point("the new key was about to be put in its place", "warehouse.store.places:left_overs", "after"),
)
OF_EACH_PART = {"the new key was made", "the warehouse was rewritten", "the factors were kept", "the old key was kept"}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    hash_quickly(monkeypatch)


def with_factor(here):
    """Let the DPO sign in with a second factor, and return what makes its codes."""
    with here.context().casebook() as book:
        people, at, key = DeskPeople(book, key=here.context().key), here.context().now(), here.context().key
        people.take_invitation(people.invite("dpo", "data_office", at), "four quiet old horses", at)
        [person] = people.people()
        totp = pyotp.TOTP(secret_in(OwnSignIn(book, key).begin_second_factor(person)))
        OwnSignIn(book, key).confirm_second_factor(person, totp.secret, totp.at(at - timedelta(seconds=30)), at)
    return totp


def opened_by(here, key):
    """Return which of the school's files this key opens, each tried in its own form."""
    found = []
    for path in sorted(here.settings.home.rglob("*")):
        if path.suffix == ".duckdb":
            try:
                with opened(path, key, read_only=True):
                    found.append(path.name)
            except WarehouseError:
                pass
        elif path.name in {"names.sealed", "tokens.encrypted"}:
            for purpose in ("key of hashes", "tokens of accounts"):
                try:
                    Sealer(key, purpose).open(path.read_bytes())
                    found.append(path.name)
                except NotOpenedError:
                    pass
    return found


def is_under_the_new_key(here, old, totp, before):
    new = here.context().key
    assert new.startswith(ROTATED)
    assert opened_by(here, old) == []
    assert opened_by(here, new) == ["names.sealed", "published.duckdb", "tokens.encrypted", "warehouse.duckdb"]
    assert (here.context().names_key, published(here.context())) == (old, before)
    with here.context().casebook() as book:
        people, at = DeskPeople(book, key=new), here.context().now()
        assert people.sign_in("dpo", "four quiet old horses", totp.at(at), at)
    return is_whole(here)


def with_tokens(here, key):
    here.places.tokens.touch(mode=0o600)
    here.places.tokens.write_text(Sealer(key, "tokens of accounts").seal_text(b"{}"))


def prepared(here):
    old = here.context().key
    with_tokens(here, old)
    return old, with_factor(here), published(here.context())


def test_a_new_key_opens_everything_and_the_old_one_the_backups_until_their_last_day(here, out):
    old, totp, before = prepared(here)
    backed_up(here, out, "--purpose", "Before the key is changed")
    begun_before = here.context()
    changed = audit(*ROTATE, **here.environment)

    assert changed.code == 0, changed.said
    with pytest.raises(ConfigurationError, match="begin it anew; never put an old key in its place"):
        _ = begun_before.names_key
    assert old not in changed.said
    assert here.context().key not in changed.said
    assert is_under_the_new_key(here, old, totp, before)
    [kept] = old_keys(here.places.key)
    assert kept.path.stat().st_mode & 0o777 == 0o600
    back = restored(here, out, "--replace", "--purpose", "Trying an older backup")
    assert back.code == 0, back.said
    with_tokens(here, here.context().key)
    assert opened_by(here, old) == []
    assert (here.context().names_key, published(here.context())) == (old, before)
    drop_old_keys(here.places, kept.until)
    assert old_keys(here.places.key) == [kept]
    drop_old_keys(here.places, kept.until + timedelta(days=1))
    assert old_keys(here.places.key) == []
    assert restored(here, out, "--replace", "--purpose", "Trying an older backup").code == 2


def test_whoever_was_erased_before_stays_out_after_and_without_the_key_of_hashes_nothing_is_done(here):
    erased = audit(*ERASE, "--yes", **here.environment)
    changed = audit(*ROTATE, **here.environment)
    again = audit(*ROTATE, **here.environment)
    run = audit("run", SCHOOL, "--as-of", "2026-11-09", **here.environment)

    assert [answer.code for answer in (erased, changed, again, run)] == [0, 0, 0, 0], run.said
    assert left_in(here, *SAID) == []
    assert PUPIL not in str(published(here.context()))
    assert len(old_keys(here.places.key)) == 2
    (here.places.folder / "names.sealed").unlink()
    without = audit("run", SCHOOL, "--as-of", "2026-11-16", **here.environment)
    assert without.code == 2
    assert "by which people who were erased are known again" in without.said


def test_a_paper_of_the_key_restores_on_a_new_machine_word_for_word_as_the_page_says(here, out, tmp_path):
    changed = audit(*ROTATE, **here.environment)
    backed_up(here, out, "--purpose", "After the key was changed")
    [block] = blocks("On a new machine, from paper")
    paper, new = here.places.key.read_text(), Places(tmp_path / "machine", SCHOOL)
    places = {"/srv/audit": str(new.home), "/mnt/backup/hill-view.backup": str(out), "hill-view": SCHOOL}
    for word, ours in places.items():
        assert word in block
        block = block.replace(word, ours)
    shell = ["sh", "-ec", block]
    done = subprocess.run(shell, input=paper, env=a_shell({}), capture_output=True, text=True, timeout=300, check=False)

    assert (changed.code, done.returncode) == (0, 0), done.stdout + done.stderr
    there = replace(here, settings=replace(here.settings, home=new.home))
    assert published(there.context()) == published(here.context())
    assert there.context().names_key == here.context().names_key
    assert new.key.stat().st_mode & 0o777 == 0o600


def test_a_restore_that_waited_while_the_key_was_changed_leaves_everything_under_the_new_one(here, out):
    backed_up(here, out)
    old, new = here.context().key, f"{ROTATED}{'n' * 48}"
    with ThreadPoolExecutor(1) as beside:
        with locked(here.places.folder, RUNNING):
            wish = RestoreWish(out, "root", "Trying a backup", replaces=True, patience=60)
            waiting = beside.submit(restore, here.settings, here.places, wish)
            time.sleep(1)  # by when it waits; where it does not yet, the next lines come first
            keep_old_key(here.places.key, old, here.context().today())
            here.places.key.write_text(new)
        waiting.result()

    assert (opened_by(here, old), here.context().names_key) == ([], old)
    assert opened_by(here, new) == ["names.sealed", "published.duckdb", "warehouse.duckdb"]


def test_a_school_that_was_lost_while_its_key_was_changed_is_put_back_and_then_the_change_is_ended(here, out):
    old, totp, before = prepared(here)
    backed_up(here, out)
    here.places.next_key.touch(mode=0o600)
    here.places.next_key.write_text(f"{ROTATED}{'n' * 48}")
    shutil.rmtree(here.places.folder)

    back = restored(here, out)
    ended = audit(*ROTATE, **here.environment)

    assert (back.code, ended.code) == (0, 0), back.said + ended.said
    with_tokens(here, here.context().key)
    assert is_under_the_new_key(here, old, totp, before)


def killed_at_each(here, tmp_path, points):
    old, totp, before = prepared(here)
    killed = []
    with zygote(tmp_path) as forks:
        for point in points:
            ended = forks.run(here.environment, point=point, words=ROTATE)
            assert ended in (KILLED, {"code": 0}), (point.says, forks.said.read_text()[-2_000:])
            killed += [point.says] if ended == KILLED else []
            if here.places.next_key.exists():
                refused = audit("doctor", SCHOOL, **here.environment)
                assert f"audit keys rotate {SCHOOL}" in refused.said
    assert killed == [point.says for point in points]
    last = audit(*ROTATE, **here.environment)

    assert last.code == 0, last.said
    assert is_under_the_new_key(here, old, totp, before)
    assert not here.places.next_key.exists()
    assert len(old_keys(here.places.key)) == 1


def test_a_rotation_that_is_killed_in_its_parts_is_ended_by_the_same_command(here, tmp_path):
    killed_at_each(here, tmp_path, [point for point in POINTS if point.says in OF_EACH_PART])


@pytest.mark.soak
def test_a_rotation_that_is_killed_at_each_step_is_ended_by_the_same_command(here, tmp_path):
    killed_at_each(here, tmp_path, POINTS)
