"""What may be wrong with a home in an object store: one sentence each, an exit code, and nothing lost."""

import errno
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from flows.home.key_files import write_key
from flows.home.keys import find_stored_key
from flows.home.settings import Settings, from_environment
from flows.home.workspace import A_LEASE, outside_of, read_copy, shelf_of, stored_schools, workspace
from policies.errors import UserError
from tests.flows.calling import audit
from tests.object_stores import environment_of, new_bucket, s3_server
from tests.warehouse.postgresql import postgresql
from warehouse.casebook.errors import CasebookAwayError
from warehouse.object_store import bucket as bucket_module
from warehouse.object_store.bucket import Bucket
from warehouse.object_store.errors import LeasedError, LeaseLostError, NotOursError, ObjectStoreError, UnsentError
from warehouse.object_store.leased import take
from warehouse.object_store.shelf import LEASE
from warehouse.runs.run_progress import RUNNING, is_locked

SCHOOL = "hill-view"
STORE = {"AUDIT_HOME": "s3://schools/homes", "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
CASEBOOK = {"CASEBOOK_URL": "postgresql+psycopg://audit@127.0.0.1:1/audit"}


@pytest.fixture(scope="module")
def servers():
    with postgresql() as casebook, s3_server() as s3:
        yield casebook, s3


@pytest.fixture
def env(servers, tmp_path) -> dict[str, str]:
    """A school in a bucket of its own that has no warehouse yet, and how a worker reaches it."""
    casebook, s3 = servers
    home = tmp_path / "home"
    (home / SCHOOL / "registers").mkdir(parents=True)
    (home / SCHOOL / "school.toml").write_text("nobody reads it here")
    write_key(home / "keys" / f"{SCHOOL}.key")
    shutil.copytree(home / "keys", tmp_path / "keys")
    made = environment_of(new_bucket(s3)) | {"CASEBOOK_URL": casebook, "AUDIT_KEYS": str(tmp_path / "keys")}
    made["AUDIT_SCRATCH"] = str(tmp_path / "scratch")
    pushed = audit("store", "push", SCHOOL, "--from", str(home), **made)
    assert pushed.code == 0, pushed.said
    return made


def settings_of(env: dict[str, str]) -> Settings:
    return from_environment(env, may_be_stored=True)


def seen(env: dict[str, str]) -> str:
    """Return what school.toml says to a reader."""
    with read_copy(settings_of(env), SCHOOL) as local:
        return (local.home / SCHOOL / "school.toml").read_text()


def left_on(env: dict[str, str]) -> Iterator[Path]:
    return Path(env["AUDIT_SCRATCH"]).glob("*-*")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"AUDIT_HOME": "gs://schools/homes"}, r"Write s3://BUCKET/PREFIX"),
        ({"AUDIT_HOME": "s3://Schools/homes"}, r"Write s3://BUCKET/PREFIX"),
        ({"AUDIT_HOME": "s3://schools/../homes/"}, None),
        ({"AWS_ACCESS_KEY_ID": ""}, r"Of the credentials for s3://schools one half is missing\."),
        ({"AWS_ENDPOINT_URL": "http://s3.example"}, r"must begin with https://"),
        ({"AWS_ENDPOINT_URL": "https://user:word@s3.example"}, r"must begin with https://"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9000"}, None),
        ({"AWS_ENDPOINT_URL": "https://s3.example"}, None),
    ],
)
def test_an_address_is_https_or_this_machine_and_has_credentials(wrong, says):
    if says is None:
        assert settings_of(STORE | wrong).store is not None
        return
    with pytest.raises(ObjectStoreError, match=says):
        settings_of(STORE | wrong)


def test_no_secret_of_the_store_is_shown_by_its_address():
    shown = repr(settings_of(STORE | {"AWS_SESSION_TOKEN": "token"}).store)

    assert [word for word in ("'key'", "'secret'", "'token'") if word in shown] == []


@pytest.mark.parametrize(
    "words",
    [
        ("attest", SCHOOL, "1", "--by", "headteacher", "--evidence", "x", "--until", "2027-01-01"),
        ("review", SCHOOL),
        ("notify", SCHOOL),
        ("verify", SCHOOL),
        ("hold", "list", SCHOOL),
    ],
    ids=lambda words: words[0],
)
def test_what_needs_a_folder_says_how_to_have_one(words):
    answer = audit(*words, **STORE | CASEBOOK)

    assert answer.code == 2
    assert answer.err.startswith("This works on a folder, and AUDIT_HOME names an object store. Fetch the school with")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("init", SCHOOL), "A school begins as one: do this with AUDIT_HOME=FOLDER, then `audit store push"),
        (("setup", SCHOOL), "A school begins as one: do this with AUDIT_HOME=FOLDER, then `audit store push"),
        *(
            ((("schedule", way, SCHOOL)), "A schedule would audit the folder")
            for way in ("install", "show", "remove", "check")
        ),
        (("keys", "rotate", SCHOOL), "How a key is changed there"),
        (("restore", SCHOOL, "--from", "hill-view.backup"), "A backup is proved there by `audit group drill`."),
        (("backup", SCHOOL, "--verify", "hill-view.backup"), "A backup is proved there by `audit group drill`."),
        (("keys", "rotate", "--home"), "How a key is changed there"),
    ],
    ids=lambda given: " ".join(given[:2]) if isinstance(given, tuple) else "",
)
def test_what_would_not_work_on_a_school_that_was_pulled_says_what_does(words, says):
    answer = audit(*words, **STORE | CASEBOOK)

    assert answer.code == 2
    assert answer.err.startswith(f"This works on a folder, and AUDIT_HOME names an object store. {says}")


@pytest.mark.parametrize("words", [("run", SCHOOL), ("doctor", SCHOOL), ("expire", SCHOOL)], ids=lambda words: words[0])
@pytest.mark.parametrize("casebook", [{}, {"CASEBOOK_URL": "sqlite:////tmp/casebook.sqlite"}], ids=["none", "sqlite"])
def test_a_casebook_that_workers_cannot_share_is_refused(words, casebook):
    answer = audit(*words, **STORE | casebook)

    assert answer.code == 2
    assert answer.err.startswith("A home in an object store needs a casebook that all workers share")


def test_without_a_key_or_with_a_wrong_one_nothing_is_touched(env, tmp_path):
    bucket = Bucket(settings_of(env).store)  # type: ignore[arg-type]
    before = {name: bucket.get(name).body for name in bucket.names("")}

    none = audit("run", SCHOOL, **env | {"AUDIT_KEYS": str(tmp_path / "no keys")})
    wrong = audit("run", SCHOOL, **env | {"AUDIT_KEY": "another-school-s-key-0123456789abcdefgh"})

    assert (none.code, wrong.code) == (2, 2)
    assert none.err.startswith(f"There is no key of {SCHOOL} in {tmp_path / 'no keys'}.")
    assert wrong.err.startswith(f"The key does not open {SCHOOL}/manifest in the object store")
    assert {name: bucket.get(name).body for name in bucket.names("")} == before


def test_a_store_that_does_not_answer_is_told_in_a_sentence(env, monkeypatch):
    monkeypatch.setattr(bucket_module, "_TRIES", 0)
    answer = audit("run", SCHOOL, **env | {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"})

    assert answer.code == 2
    assert answer.err.startswith("The object store at s3://schools-")
    assert "does not answer" in answer.err


def test_credentials_that_are_refused_are_told_in_a_sentence(env, monkeypatch):
    def refusing(self: Bucket, _: str) -> None:
        with self._in_a_sentence():
            raise bucket_module.PermissionDeniedError("<Error>with a body</Error>")

    monkeypatch.setattr(Bucket, "get", refusing)
    answer = audit("run", SCHOOL, **env)

    assert answer.code == 2
    assert "refuses these credentials. Check AWS_ACCESS_KEY_ID" in answer.err
    assert "body" not in answer.err


def test_a_full_disk_here_is_told_and_the_lease_given_back(env, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("warehouse.object_store.leased.write_file", full)
        answer = audit("run", SCHOOL, **env)

    assert answer.code == 2
    assert answer.err.startswith("The disk is full.")
    with workspace(settings_of(env), SCHOOL):
        pass
    assert not list(left_on(env))


def work(env: dict[str, str], says: str, then: Callable[[], object]) -> None:
    """Have the school at hand, change its school.toml, and do what comes then."""
    with workspace(settings_of(env), SCHOOL) as here:
        (here.settings.home / SCHOOL / "school.toml").write_text(says)
        then()


def test_what_is_done_is_put_back_also_where_an_error_ends_it(env):
    def fail() -> None:
        raise UserError("The budget is used up.")

    with pytest.raises(UserError, match="budget"):
        work(env, "paid for", fail)

    assert seen(env) == "paid for"
    assert not list(left_on(env))


@pytest.mark.parametrize("generation", ["the same", "an older one", "unreadable"])
def test_what_cannot_be_put_back_is_kept_encrypted_and_whoever_is_next_goes_on_from_it(env, monkeypatch, generation):
    settings = settings_of(env)
    monkeypatch.setattr(bucket_module, "_TRIES", 0)
    store = settings_of(env).store
    assert store is not None
    nowhere = Bucket(replace(store, endpoint="http://127.0.0.1:9"))

    def cut_the_line() -> None:
        patch.setattr(Bucket, "put", lambda *_: nowhere.names(""))

    with monkeypatch.context() as patch, pytest.raises(UnsentError) as told:
        work(env, "worth a day", cut_the_line)

    [kept] = left_on(env)
    assert told.value.sentence.startswith("The object store at s3://schools-")
    assert f"What was done is not lost: it is kept encrypted in {kept}" in told.value.sentence
    assert b"worth a day" not in kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0
    assert seen(env) == "nobody reads it here"
    if replaced := generation == "an older one":
        let_the_lease_end(env)
        work(env, "newer", lambda: None)
    if generation == "unreadable":
        kept.write_bytes(kept.read_bytes()[:-20])
    let_the_lease_end(env)

    if generation == "unreadable":
        with pytest.raises(NotOursError, match="Delete it to go on without that work"), workspace(settings, SCHOOL):
            pass
        assert kept.exists()
        return
    with workspace(settings, SCHOOL) as here:
        assert (here.settings.home / SCHOOL / "school.toml").read_text() == ("newer" if replaced else "worth a day")
    assert seen(env) == ("newer" if replaced else "worth a day")
    assert not list(left_on(env))


def test_where_the_casebook_is_away_at_the_end_nobody_waits_for_the_lease_and_goes_on_from_what_was_done(
    env, monkeypatch
):
    def away(*_: object) -> None:
        raise CasebookAwayError("The casebook's server does not answer.")

    with monkeypatch.context() as patch, pytest.raises(UnsentError, match="does not answer"):
        work(env, "worth a day", lambda: patch.setattr("flows.home.workspace.open_casebook", away))

    with workspace(settings_of(env), SCHOOL) as here:
        assert (here.settings.home / SCHOOL / "school.toml").read_text() == "worth a day"
    assert seen(env) == "worth a day"
    assert not list(left_on(env))


def test_what_was_done_without_the_lease_is_put_back_nowhere(env):
    with pytest.raises(LeaseLostError):
        work(env, "stale", partial(let_the_lease_end, env))

    assert seen(env) == "nobody reads it here"
    assert not list(left_on(env))


def let_the_lease_end(env: dict[str, str]) -> None:
    """Let five minutes pass for somebody who takes the lease, and gives it back."""
    settings = settings_of(env)
    shelf = shelf_of(settings, SCHOOL, find_stored_key(settings, SCHOOL))
    with pytest.MonkeyPatch.context() as patch:
        later_by(LEASE, patch)
        take(shelf, outside_of(settings)).release()


def later_by(span: timedelta, patch: pytest.MonkeyPatch) -> None:
    """Let the store's own clock be so much later."""
    now = Bucket.now
    patch.setattr(Bucket, "now", lambda bucket, name: now(bucket, name) + span)


def test_a_flow_waits_until_a_dead_worker_s_lease_has_ended_and_a_person_does_not(env, monkeypatch):
    settings, waited = settings_of(env), []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        later_by(LEASE, monkeypatch)

    later = replace(settings, sleep=wait)

    def meanwhile() -> None:
        with pytest.raises(LeasedError), workspace(settings, SCHOOL):
            pass
        with workspace(later, SCHOOL, waits=A_LEASE) as here:
            (here.settings.home / SCHOOL / "school.toml").write_text("after waiting")

    with pytest.raises(LeaseLostError):
        work(env, "of a worker that seemed dead", meanwhile)

    assert len(waited) == 1
    assert seen(env) == "after waiting"


def test_an_object_that_was_changed_in_the_store_is_told_and_nothing_is_put_over_it(env):
    store = settings_of(env).store
    assert store is not None
    bucket = Bucket(store)
    [name] = [name for name in bucket.names("") if "/files/" in name]
    bucket.put(name, b"changed")

    answer = audit("run", SCHOOL, **env)

    assert answer.code == 2
    assert answer.err.startswith(f"The key does not open {name} in the object store, or that was changed there.")
    assert bucket.get(name).body == b"changed"


def test_the_chain_s_key_is_no_school_however_its_path_is_written(env, tmp_path, monkeypatch):
    write_key(tmp_path / "keys" / "chain.key")
    monkeypatch.chdir(tmp_path)

    for written in ("keys/chain.key", str(tmp_path / "home" / ".." / "keys" / "chain.key")):
        assert stored_schools(settings_of(env | {"AUDIT_CHAIN_KEY": written}))[1] == [SCHOOL]


def test_whoever_may_only_read_reads_a_school_that_a_worker_has_and_takes_it_for_at_work(env, monkeypatch):
    def refusing(self: Bucket, *_: object) -> None:
        with self._in_a_sentence():
            raise bucket_module.PermissionDeniedError("<Error>with a body</Error>")

    def reads() -> bool:
        with monkeypatch.context() as patch:
            patch.setattr(Bucket, "put", refusing)
            with read_copy(settings_of(env), SCHOOL) as local:
                return is_locked(local.home / SCHOOL, RUNNING)

    is_at_work = []
    work(env, "being worked on", lambda: is_at_work.append(reads()))

    assert (is_at_work, reads()) == ([True], False)


@pytest.mark.parametrize(("minutes", "seconds"), [("10", 600), ("1", 60), ("0", 0)])
def test_a_backup_waits_for_a_worker_as_long_as_it_is_told(env, tmp_path, monkeypatch, minutes, seconds):
    def leased(*_: object) -> None:
        raise LeasedError(SCHOOL, LEASE)

    waited: list[float] = []
    waiting = replace(settings_of(env), sleep=waited.append)
    monkeypatch.setattr("flows.home.leasing.take", leased)
    monkeypatch.setattr("flows.backup.backup.from_environment", lambda **_: waiting)

    answer = audit("backup", SCHOOL, "--out", str(tmp_path / "of.backup"), "--wait", minutes, **env)

    assert (answer.code, sum(waited)) == (2, seconds)
    assert answer.err.startswith(f"Another worker has {SCHOOL}.")
