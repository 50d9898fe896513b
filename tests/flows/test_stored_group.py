"""A group whose schools are in an object store: each command of the group says there what it says of a folder.

Three schools are pushed into a real S3 server, their casebook in PostgreSQL: one that was audited, one that never was,
and one whose key nobody here has.
"""

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.home.init import make_key
from flows.home.settings import Settings, from_environment, system_clock
from flows.prefect.fleet_look import WeekAsked, counts_of
from tests.flows.audited import audited_village
from tests.flows.calling import Answer, audit
from tests.flows.village import MONDAY, SCHOOL, Village, passed
from tests.object_stores import environment_of, new_bucket, s3_server
from tests.warehouse.postgresql import postgresql
from warehouse.object_store import bucket as bucket_module
from warehouse.object_store.address import StoreAddress
from warehouse.object_store.bucket import Bucket
from warehouse.object_store.folder import PULLED
from warehouse.object_store.leased import Outside, take
from warehouse.object_store.shelf import Shelf
from warehouse.store.places import PASSED, Places

pytestmark = pytest.mark.slow
NEW, LOCKED = "moor-edge", "hill-view"
TODAY = datetime.now(UTC).date()
NO_KEY = f"There is no key of {LOCKED} in "


def plant(home: Path, school: str) -> None:
    """Write a school with the village's files and a key of its own, that was never audited."""
    made = shutil.copytree(
        home / SCHOOL, home / school, ignore=shutil.ignore_patterns("*.duckdb", "reports", "quality", "run.*")
    )
    settings = made / "school.toml"
    settings.write_text(settings.read_text().replace(f'id = "{SCHOOL}"', f'id = "{school}"'))
    make_key(Settings(home), Places(home, school))


@dataclass(frozen=True, slots=True)
class Council:
    """The group as whoever operates it reaches it; `folder` is the home from which it was pushed."""

    here: Village
    address: StoreAddress
    env: dict[str, str]

    @property
    def folder(self) -> Path:
        return self.here.settings.home

    @property
    def scratch(self) -> Path:
        return Path(self.env["AUDIT_SCRATCH"])

    @property
    def keys(self) -> Path:
        return Path(self.env["AUDIT_KEYS"])

    @property
    def settings(self) -> Settings:
        return from_environment(self.env, may_be_stored=True)

    def group(self, *words: str, **more: str) -> Answer:
        return audit("group", *words, **self.env | more)

    def report(self, **more: str) -> dict[str, dict[str, object]]:
        """Return what the group's report says of each school."""
        answer = self.group("report", "--as-of", str(MONDAY), "--json", **more)
        return {line["school"]: line for line in json.loads(answer.out)["schools"]}

    def bodies(self) -> dict[str, bytes]:
        bucket = Bucket(self.address)
        return {name: bucket.get(name).body for name in bucket.names("")}

    def files(self) -> dict[str, bytes]:
        """Return the objects that hold the schools' files: a manifest is another for each lease."""
        return {name: body for name, body in self.bodies().items() if "/files/" in name}

    def of_schools(self) -> list[Path]:
        """Return what of a school is left on this machine."""
        return [path for path in self.scratch.rglob("*") if path.suffix == ".duckdb" or path.name == "school.toml"]

    @contextmanager
    def at_work(self, school: str) -> Iterator[None]:
        """Let another worker have the school meanwhile; it must find its lease as it left it."""
        key = (self.keys / f"{school}.key").read_text().strip()
        leased = take(Shelf(Bucket(self.address), key, school), Outside(system_clock, secrets.token_bytes))
        yield
        leased.release()


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    folder = tmp_path_factory.mktemp("council")
    with postgresql() as casebook, s3_server() as s3, audited_village(folder / "home") as here:
        for school in (NEW, LOCKED):
            plant(folder / "home", school)
        address = new_bucket(s3)
        env = here.environment | environment_of(address)
        env |= {"CASEBOOK_URL": casebook, "AUDIT_KEYS": str(folder / "keys"), "AUDIT_SCRATCH": str(folder / "scratch")}
        shutil.copytree(folder / "home" / "keys", folder / "keys")
        for school in (SCHOOL, NEW, LOCKED):
            pushed = audit("store", "push", school, "--from", str(folder / "home"), **env)
            assert pushed.code == 0, pushed.said
        (folder / "keys" / f"{LOCKED}.key").unlink()
        (folder / "scratch").mkdir(mode=0o700)
        (folder / "scratch" / PASSED).write_bytes(passed())
        yield Council(here, address, env)


def test_the_report_says_of_a_school_what_a_folder_says_and_tells_of_each_that_could_not_be_read(council):
    of_folder = audit("group", "report", "--as-of", str(MONDAY), "--json", **council.here.environment)
    before = council.bodies()

    said = council.group("report", "--as-of", str(MONDAY))
    told = council.report()

    assert said.code == 3
    assert said.out.startswith("1 of 3 schools were audited this week: 1 ")
    assert f"Report: {council.scratch}/group_reports/{MONDAY}/index.html" in said.out
    expected = {line["school"]: line for line in json.loads(of_folder.out)["schools"]}
    own = {"usd_this_month": None}  # the casebook of the folder is its own
    assert {school: told[school] | own for school in (SCHOOL, NEW)} == {
        school: expected[school] | own for school in (SCHOOL, NEW)
    }
    locked = told[LOCKED]
    assert (locked["state"], locked["audited"], locked["open_now"]) == ("late", False, "not known")
    assert str(locked["could_not_be_seen"]).startswith(f"['{NO_KEY}")
    assert (council.bodies(), council.of_schools()) == (before, [])


def test_a_school_whose_key_is_another_s_is_late_and_told(council):
    told = council.report(AUDIT_KEYS=str(wrong_keys(council)))

    assert {line["state"] for line in told.values()} == {"late"}
    assert all("The key does not open" in str(line["could_not_be_seen"]) for line in told.values())


def wrong_keys(council: Council) -> Path:
    """Return a folder with a key for each school that is not its own."""
    folder = council.keys.parent / "wrong"
    folder.mkdir(exist_ok=True)
    for school in (SCHOOL, NEW, LOCKED):
        path = folder / f"{school}.key"
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return folder


def test_a_school_on_which_a_worker_is_at_work_is_running_and_is_read_all_the_same(council):
    with council.at_work(SCHOOL):
        told = council.report()
        looked = council.group("doctor", "--schools", SCHOOL)

    assert (told[SCHOOL]["state"], told[SCHOOL]["run_id"], told[SCHOOL]["audited"]) == ("running", str(MONDAY), True)
    assert "Another worker" not in looked.said
    assert council.report()[SCHOOL]["state"] != "running"


@pytest.mark.parametrize("words", ["report", "doctor", "deploy", "run", "drill --backups ."])
def test_a_store_that_does_not_answer_is_one_sentence_and_nothing_is_written(council, tmp_path, monkeypatch, words):
    monkeypatch.setattr(bucket_module, "_TRIES", 0)
    away = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AUDIT_SCRATCH": str(tmp_path / "scratch")}

    answer = council.group(*words.split(), **away)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        f"The object store at {council.address.url} does not answer. Check AWS_ENDPOINT_URL and the network, then run "
        "again.\n"
    )
    assert not (tmp_path / "scratch").exists()


def test_a_store_that_is_away_once_the_schools_are_known_makes_each_late_and_says_so(council, monkeypatch):
    monkeypatch.setattr(bucket_module, "_TRIES", 0)
    settings = replace(council.settings, store=replace(council.address, endpoint="http://127.0.0.1:9"))

    told = counts_of(WeekAsked(settings, MONDAY, since=MONDAY), SCHOOL)

    assert (told.state, told.is_audited, told.run_id) == ("late", False, None)
    assert told.unseen[0].startswith("The object store at ")


def test_a_school_whose_manifest_is_gone_is_told_of_and_not_left_out(council):
    bucket = Bucket(council.address)
    bucket.put("lost-school/files/00000001/000001", b"nobody's")
    shutil.copyfile(council.keys / f"{NEW}.key", council.keys / "lost-school.key")
    (council.keys / "lost-school.key").chmod(0o600)

    told = council.report()["lost-school"]
    bucket.delete(["lost-school/files/00000001/000001"])
    (council.keys / "lost-school.key").unlink()

    assert told["state"] == "late"
    assert "There is no school 'lost-school' at s3://" in str(told["could_not_be_seen"])


def test_doctor_says_a_line_for_each_school_as_it_is_in_the_store(council):
    done = council.group("doctor")

    locked, new, audited = done.out.splitlines()
    assert done.code == 2
    assert locked.startswith(f"wrong  {LOCKED}: school: {NO_KEY}")
    assert new == f"ok     {NEW}"
    assert audited.startswith(f"wrong  {SCHOOL}: last run: {MONDAY}; look whether the schedule's worker runs.")
    assert council.of_schools() == []


def test_the_schools_to_deploy_are_those_of_the_store(council):
    assert council.group("deploy").err.startswith("PREFECT_API_URL names no server.")
    assert council.group("deploy", "--schools", "nowhere-*").err == (
        f"No school of {council.address.url} is called 'nowhere-*'. There are: {LOCKED}, {NEW}, {SCHOOL}.\n"
    )


def test_a_store_without_a_school_says_how_one_comes_there(council, tmp_path):
    answer = council.group("report", AUDIT_HOME=f"{council.address.url}/nothing", AUDIT_KEYS=str(tmp_path))

    assert (answer.code, "bring one there: audit store push SCHOOL --from FOLDER" in answer.err) == (2, True)


@pytest.fixture(scope="module")
def backups(council: Council, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a backup of the audited school as it is in the store, which stays as it was."""
    folder, before = tmp_path_factory.mktemp("disk"), council.files()
    made = audit("backup", SCHOOL, "--out", str(folder / f"{SCHOOL}.backup"), **council.env)
    assert made.code == 0, made.said
    assert (council.files(), council.of_schools()) == (before, [])
    return folder


def drill(council: Council, folder: Path, **more: str) -> Answer:
    return council.group("drill", "--backups", str(folder), "--schools", SCHOOL, **more)


def test_a_school_in_the_store_is_drilled_beside_a_worker_and_the_report_says_what_came_of_it(council, backups):
    before = council.files()

    with council.at_work(SCHOOL):
        done = drill(council, backups)
    told = council.group("report", "--as-of", str(MONDAY), "--json")

    assert done.code == 0, done.said
    assert f"of {SCHOOL}, passed: {SCHOOL}.backup, made on " in done.out
    assert done.out.rstrip().endswith("and publishes the same.")
    assert json.loads(told.out)["drill"] == done.out.strip()
    assert (council.files(), council.of_schools()) == (before, [])


def test_a_drill_finds_a_key_on_paper_that_opens_nothing_and_a_backup_that_is_none(council, backups, tmp_path):
    with_wrong_key = drill(council, backups, AUDIT_KEYS=str(wrong_keys(council)))
    (tmp_path / f"{SCHOOL}.backup").write_bytes((backups / f"{SCHOOL}.backup").read_bytes()[:-2000])
    cut = drill(council, tmp_path)

    assert (with_wrong_key.code, cut.code) == (3, 3)
    assert f"of {SCHOOL}, FAILED: The key does not open {SCHOOL}/manifest" in with_wrong_key.out
    assert "was cut or changed" in cut.out


def test_a_school_that_the_store_has_lost_is_put_back_from_its_backup_and_says_what_it_said(council, backups, tmp_path):
    before = council.report()[SCHOOL]
    bucket = Bucket(council.address)
    bucket.delete([name for name in bucket.names("") if name.startswith(f"{SCHOOL}/")])
    lost = council.report()[SCHOOL]
    folder = {"AUDIT_HOME": str(tmp_path / "home")}
    shutil.copytree(council.keys, tmp_path / "home" / "keys")

    restored = audit("restore", SCHOOL, "--from", str(backups / f"{SCHOOL}.backup"), **council.env | folder)
    pushed = audit("store", "push", SCHOOL, "--from", folder["AUDIT_HOME"], **council.env)

    assert (lost["state"], lost["audited"]) == ("late", False)
    assert str(lost["could_not_be_seen"]).startswith(f"[\"There is no school '{SCHOOL}' at s3://")
    assert (restored.code, pushed.code) == (0, 0), restored.said + pushed.said
    own = {"head": None}  # of the folder's casebook, which was not brought along and is not the one in use
    assert council.report()[SCHOOL] | own == before | own


def test_a_school_whose_key_was_changed_is_drilled_from_a_backup_of_before(council, backups, tmp_path):
    """As docs/storage.md says under: Another key. The old one lies beside the new one."""
    here = {"AUDIT_HOME": str(tmp_path / "edit")}
    assert audit("store", "pull", SCHOOL, "--to", here["AUDIT_HOME"], **council.env).code == 0
    shutil.copytree(council.keys, tmp_path / "edit" / "keys")
    with_new = {"AUDIT_KEYS": str(tmp_path / "edit" / "keys")}
    bucket = Bucket(council.address)
    bucket.delete([name for name in bucket.names("") if name.startswith(f"{SCHOOL}/")])
    (tmp_path / "edit" / SCHOOL / PULLED).unlink()

    rotated = audit("keys", "rotate", SCHOOL, **council.env | here)
    pushed = audit("store", "push", SCHOOL, "--from", here["AUDIT_HOME"], **council.env | with_new)
    done = drill(council, backups, **with_new)

    assert (rotated.code, pushed.code) == (0, 0), rotated.said + pushed.said
    assert done.code == 0, done.said
    assert f"of {SCHOOL}, passed: {SCHOOL}.backup, made on " in done.out


def test_a_group_is_run_here_school_by_school_in_the_store(council):
    """Last in this file: the school that never was audited is by now."""
    done = council.group("run", "--schools", "[hm]*", "--as-of", str(TODAY), "--at-once", "1")

    assert done.code == 3
    assert f"{LOCKED}: exit code 2. {NO_KEY}" in done.out
    assert f"{NEW}: done" in done.out
    assert council.of_schools() == []
