"""A school whose home is in an object store, from the first push to the second week: real S3, real PostgreSQL.

It alone proves that what works on a folder works on s3://, and that nothing of a school stays on the worker or lies in
the bucket in clear.
"""

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.home.settings import system_clock
from tests.flows.calling import Answer, audit
from tests.flows.few_checks import ask_few
from tests.flows.stopping import ROOT
from tests.flows.village import NAMES, PUPIL, SCHOOL, Village, village
from tests.object_stores import environment_of, new_bucket, s3_server
from tests.warehouse.postgresql import postgresql
from warehouse.object_store.address import StoreAddress
from warehouse.object_store.bucket import Bucket
from warehouse.object_store.leased import Outside, take
from warehouse.object_store.shelf import LEASE, Shelf
from warehouse.store.places import PASSED

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Stored:
    """A village that was pushed into a bucket: how a worker reaches it, and where the worker works."""

    here: Village
    address: StoreAddress
    env: dict[str, str]
    scratch: Path
    pushed: Answer

    def audit(self, *words: str, **more: str) -> Answer:
        return audit(*words, **self.env | more)

    def let_the_lease_end(self) -> None:
        """Let five minutes pass for whoever takes the lease, and give it back."""
        key = next(Path(self.env["AUDIT_KEYS"]).glob(f"{SCHOOL}.key")).read_text().strip()
        bucket = Bucket(self.address)
        bucket.now = lambda name: Bucket.now(bucket, name) + LEASE  # type: ignore[method-assign]
        take(Shelf(bucket, key, SCHOOL), Outside(system_clock, secrets.token_bytes)).release()

    def asked(self, sql: str) -> list[str]:
        """Return the words of the answer to a question, but for its heading."""
        answer = self.audit("ask", SCHOOL, "--purpose", "To see that it works", "--format", "csv", sql)
        assert answer.code == 0, answer.said
        return answer.out.split()[1:]

    def of_schools(self) -> list[Path]:
        """Return what is left of schools where the worker works: what it keeps of the program is of none."""
        return [path for path in self.scratch.glob("*-*") if path.name != PASSED]

    def bodies(self) -> dict[str, bytes]:
        bucket = Bucket(self.address)
        return {name: bucket.get(name).body for name in bucket.names("")}


@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> Iterator[Stored]:
    folder = tmp_path_factory.mktemp("stored")
    with postgresql() as casebook, s3_server() as s3, village(folder / "home", followers=3, has_warehouse=True) as here:
        ask_few(here.places.folder)
        address = new_bucket(s3)
        env = here.environment | environment_of(address)
        env |= {"CASEBOOK_URL": casebook, "AUDIT_KEYS": str(folder / "keys"), "AUDIT_SCRATCH": str(folder / "scratch")}
        shutil.copytree(here.settings.home / "keys", folder / "keys")
        pushed = audit("store", "push", SCHOOL, "--from", str(here.settings.home), **env)
        shutil.rmtree(here.settings.home)
        yield Stored(here, address, env, folder / "scratch", pushed)


def test_a_school_is_pushed_run_read_and_left_nowhere_but_in_the_store(stored, tmp_path):
    assert stored.pushed.code == 0, stored.pushed.said
    assert "generation 1" in stored.pushed.out

    ran = stored.audit("run", SCHOOL, "--as-of", "2026-11-02")
    assert ran.code == 0, ran.said
    assert f"Report: audit report {SCHOOL} --run 2026-11-02 --out FOLDER" in ran.out

    out = tmp_path / "report"
    reported = stored.audit("report", SCHOOL, "--out", str(out), "--format", "html,json")
    assert reported.code == 0, reported.said
    assert json.loads((out / "exceptions.json").read_text())["exceptions"]

    assert stored.asked("select run_id from published.runs") == ["2026-11-02"]

    looked = stored.audit("doctor", SCHOOL)
    assert "object store: generation 3, of" in looked.out, looked.said
    assert "warehouse.duckdb" not in looked.said
    assert [line.split()[1:3] for line in looked.out.splitlines() if line.startswith("wrong")] == [["last", "run:"]]

    assert stored.of_schools() == []
    lying = b"".join([*stored.bodies().values(), *(name.encode() for name in stored.bodies())])
    names = (*NAMES, PUPIL, "school.toml", "DUCK")
    assert [word for word in names if word.encode() in lying] == []
    assert not [word for word in NAMES if word in ran.said + looked.said]


def test_what_passed_of_the_program_is_kept_on_the_worker_for_every_school_and_says_nothing_of_any(stored):
    """The self-test takes longer than all else of a small school's run; after the first it was proved."""
    assert re.fullmatch(r"([0-9a-f]{64}\n?)+", (stored.scratch / PASSED).read_text())


KILLED_BEFORE_PUTTING_BACK = """
import os, signal, sys
from flows.commands import main
from warehouse.object_store.leased import Leased

Leased.put_back = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
sys.argv = ["audit", *sys.argv[1:]]
main()
"""
BY_PREFECT = """
import sys
from datetime import date
from flows.prefect.part import nightly_expiry, weekly_audit

weekly_audit([sys.argv[1]], date(2026, 11, 9))
nightly_expiry([sys.argv[1]])
"""


def python(script: str, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=ROOT,
        env=os.environ | env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_after_a_worker_that_was_killed_before_putting_back_the_next_one_makes_the_week(stored):
    killed = python(KILLED_BEFORE_PUTTING_BACK, "run", SCHOOL, "--as-of", "2026-11-09", **stored.env)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert "Another worker has ousterly-vale" in stored.audit("run", SCHOOL).err
    stored.let_the_lease_end()

    ran = stored.audit("run", SCHOOL, "--as-of", "2026-11-09")

    assert ran.code == 0, ran.said
    assert stored.asked("select run_id from published.runs order by all") == ["2026-11-02", "2026-11-09"]
    assert stored.of_schools() == []


def prefect_s_own(folder: Path) -> dict[str, str]:
    """Return what lets Prefect keep its books here, in a server that ends with the process."""
    return {
        "PREFECT_HOME": str(folder),
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    }


@pytest.mark.soak
def test_prefect_s_flows_make_a_week_and_forget_at_night_in_the_store(stored, tmp_path):
    made = python(BY_PREFECT, SCHOOL, **stored.env | prefect_s_own(tmp_path))

    assert made.returncode == 0, made.stderr
    assert stored.asked("select run_id from published.runs order by all")[-1] == "2026-11-09"
    assert stored.of_schools() == []


def test_an_erasure_takes_the_subject_out_of_the_store_and_no_earlier_object_of_it_stays(stored):
    assert stored.asked(f"select count(*) from published.followers where actor_id = '{PUPIL}'") == ["1"]
    before = {name for name in stored.bodies() if "/files/" in name}
    erased = stored.audit("erase", SCHOOL, "--actor", f"x:{PUPIL}", "--by", "dpo", "--reason", "Request 14", "--yes")

    assert erased.code == 0, erased.said
    assert stored.asked(f"select count(*) from published.followers where actor_id = '{PUPIL}'") == ["0"]
    assert len(before - stored.bodies().keys()) >= 2  # the warehouse and the published copy that had it


def test_a_school_is_pulled_edited_and_pushed_and_an_older_copy_never_overwrites_a_newer_one(stored, tmp_path):
    for name in ("mine", "older"):
        assert stored.audit("store", "pull", SCHOOL, "--to", str(tmp_path / name)).code == 0
    toml = tmp_path / "mine" / SCHOOL / "school.toml"
    toml.write_text(toml.read_text().replace("Ousterly Vale School", "Ousterly Vale Academy"))
    pushed = stored.audit("store", "push", SCHOOL, "--from", str(tmp_path / "mine"))
    assert pushed.code == 0, pushed.said
    bodies = stored.bodies()

    refused = stored.audit("store", "push", SCHOOL, "--from", str(tmp_path / "older"))

    assert refused.code == 2
    assert "nothing was put there" in refused.err
    assert {name: body for name, body in stored.bodies().items() if "/files/" in name} == {
        name: body for name, body in bodies.items() if "/files/" in name
    }


@pytest.mark.parametrize(("allows", "code"), [("2000.00", 0), ("0.00", 3)])
def test_a_run_there_keeps_to_the_group_s_settings_that_are_named(stored, tmp_path, allows, code):
    """Last in this file: what is not asked for is missing in the week."""
    (tmp_path / "group.toml").write_text(f'usd_per_month = "{allows}"\n')

    ran = stored.audit("run", SCHOOL, "--as-of", "2026-11-16", AUDIT_GROUP=str(tmp_path / "group.toml"))

    assert ran.code == code, ran.said
    assert ("The group's budget of $0.00 for the month" in ran.said) == (code == 3)
