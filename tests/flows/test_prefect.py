"""A real Prefect server, deployment and worker, as docs/running.md says: nothing that Prefect keeps holds a name.

It alone proves the documented deployment: server, password, pool and worker, each a process of its own.
"""

import base64
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from flows.desk.run_starter import ProcessRunStarter
from flows.home.context import open_context
from flows.home.init import make_key
from flows.home.settings import ConfigurationError
from flows.weekly.run import sequence
from tests.flows.calling import audit
from tests.flows.documented import ROOT, a_shell, blocks, run, running
from tests.flows.few_checks import ask_few
from tests.flows.planted import Marks, plant
from tests.flows.receiving import free_port, web_server
from tests.flows.systems import system
from tests.flows.test_expire_command import STORY, told_by
from tests.flows.village import NAMES, SCHOOL, SECRETS, Village, village
from tests.isolation import PROGRAMS
from tests.marks import found_in, ident, word
from warehouse.privacy.age_deletions import AgeDeletions
from warehouse.runs.run_progress import read_progress, standing
from warehouse.store.migrate import make
from warehouse.store.places import Places

pytestmark = pytest.mark.slow

DOCUMENTED = "hill-view"
DEPLOYED = [DOCUMENTED, f"{DOCUMENTED}-expire"]  # the weekly audit, and the nightly deletion
PREFECT = str(Path(sys.executable).with_name("prefect"))


def move_to(home: Path, school: str, hook: str) -> None:
    """Give a second school the village's own files, and a webhook that hears of every run."""
    shutil.copytree(home / SCHOOL, home / school)
    text = (home / SCHOOL / "school.toml").read_text().replace(f'id = "{SCHOOL}"', f'id = "{school}"')
    (home / school / "school.toml").write_text(text + '\n[[notify]]\nrole = "headteacher"\nto = "hook"\n')
    with (home / school / "credentials.toml").open("a") as file:
        file.write(f'\n[hook]\nurl = "{hook}"\n')


@dataclass(frozen=True, slots=True)
class Deployed:
    """A village whose school is deployed to a real server, by the blocks of the page."""

    here: Village
    values: dict[str, str]
    env: dict[str, str]
    folder: Path
    said: str
    worker: str
    posted: list[dict[str, Any]]
    marks: Marks

    def leaks(self) -> set[str]:
        """Return the school's own names, handles, texts and ids in anything that Prefect keeps or said."""
        return prefect_s_marks(self.folder) & self.marks.kinds.keys()


@pytest.fixture(scope="module")
def deployed(tmp_path_factory) -> Iterator[Deployed]:
    folder = tmp_path_factory.mktemp("prefect")
    password, server, deployment, worker = blocks("With Prefect")
    with web_server() as posted, village(tmp_path_factory.mktemp("village") / "home", followers=3) as here:
        values = here.environment | {
            "AUDIT_CODE": str(ROOT),
            "AUDIT_PREFECT_PORT": str(free_port()),
            "PREFECT_HOME": str(folder),
            "PREFECT_LOGGING_LEVEL": "DEBUG",
        }
        marks = Marks()
        here.servers.show(plant(here.places.folder, marks))
        move_to(here.settings.home, DOCUMENTED, posted.url)
        make_key(here.settings, Places(here.settings.home, DOCUMENTED))
        run(password, values)
        with running(server, values, folder / "server.log"):
            wait_for(f"http://127.0.0.1:{values['AUDIT_PREFECT_PORT']}/api/health")
            said = run(deployment, values)
            yield Deployed(here, values, sourced(values), folder, said, worker, posted.bodies, marks)


def sourced(values: dict[str, str]) -> dict[str, str]:
    """Return the environment that `. deploy/prefect.env` gives, for the tests' own questions to the server."""
    shell = subprocess.run(
        ["sh", "-ec", ". deploy/prefect.env; env -0"], cwd=ROOT, env=a_shell(values), capture_output=True, check=True
    )
    return dict(line.split("=", 1) for line in shell.stdout.decode().split("\0") if line)


def wait_for(url: str, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"nothing answered at {url}")


def everything_kept(folder: Path) -> str:
    """Return every cell of every table of Prefect's own database, as text."""
    with sqlite3.connect(folder / "prefect.db") as db:
        tables = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
        cells = [str(row) for table in tables for row in db.execute(f'select * from "{table}"')]
    db.close()
    return "\n".join(cells)


def prefect_s_marks(folder: Path) -> frozenset[str]:
    """Return every mark in Prefect's own folder: its database, by rows and as it lies, results and logs."""
    found = found_in(everything_kept(folder).encode())
    for path in folder.rglob("*"):
        found |= found_in(path.read_bytes()) if path.is_file() else frozenset()
    return found


def test_a_run_that_the_desk_hands_over_completes_and_its_artifact_holds_counts_only(deployed, monkeypatch):
    env, folder = deployed.env, deployed.folder
    places = Places(deployed.here.settings.home, DOCUMENTED)
    for name, value in env.items():
        monkeypatch.setenv(name, value)

    ProcessRunStarter(deployed.here.settings, places).start(date(2026, 11, 2))
    handed = read_progress(places.folder)
    assert (handed.way, standing(places.folder, handed)) == ("prefect", "handed")
    with running(deployed.worker, deployed.values, folder / "worker.log"):
        wait_until_done(env)
    worked = (folder / "worker.log").read_text()
    runs = rest(env, "flow_runs/filter")
    artifacts = rest(env, "artifacts/filter")
    automations = rest(env, "automations/filter")
    kept = everything_kept(folder)

    progress = read_progress(places.folder)
    assert (progress.way, progress.code, progress.as_of) == ("process", 0, date(2026, 11, 2))
    assert "weekly-audit" in deployed.said
    done = [run for run in runs if run["state_type"] == "COMPLETED"]
    assert len(done) == 1
    assert done[0]["parameters"] == {"schools": [DOCUMENTED], "as_of": "2026-11-02"}
    assert [one["key"] for one in artifacts] == [f"weekly-audit-{DOCUMENTED}"]
    assert "| new | " in artifacts[0]["data"]
    assert [one["name"] for one in automations] == [f"{DOCUMENTED} missed run"]
    said = kept + worked + (folder / "server.log").read_text()
    assert [word for word in (*NAMES, *SECRETS) if word in said] == []
    assert deployed.leaks() == set()
    assert automations[0]["trigger"]["match_related"]["prefect.resource.name"] == DOCUMENTED
    assert [body["title"] for body in deployed.posted] == ["Ousterly Vale School: something to look at"]
    assert (Places(deployed.here.settings.home, DOCUMENTED).reports("2026-11-02") / "index.html").exists()
    assert not any((folder / "storage").rglob("*")) if (folder / "storage").exists() else True
    assert [path for path in deployed.here.settings.home.rglob("*") if path.stat().st_mode & 0o077] == []


def a_command(deployed: Deployed) -> tuple[str, dict[str, object]]:
    """Return the request that once ran a shell: a run of the deployment with a command of the asker's."""
    [one] = [each for each in rest(deployed.env, "deployments/filter") if each["name"] == DOCUMENTED]
    wish = {"job_variables": {"command": f"touch {deployed.folder}/here-i-was"}, "state": {"type": "SCHEDULED"}}
    return f"deployments/{one['id']}/create_flow_run", wish


def test_a_school_that_prefect_does_not_know_is_run_by_a_process_and_a_server_that_is_silent_is_told(
    deployed, monkeypatch
):
    for name, value in deployed.env.items():
        monkeypatch.setenv(name, value)
    starter = ProcessRunStarter(deployed.here.settings, deployed.here.places)

    assert not starter._hands_over(None, ())
    assert not starter._hands_over(None, ("--only", "x"))
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{free_port()}/api")
    with pytest.raises(ConfigurationError, match="Prefect does not answer at PREFECT_API_URL"):
        starter._hands_over(None, ())


@pytest.mark.parametrize("password", [None, "audit:", "audit:another", "nobody:a-password-of-the-village"])
def test_nobody_without_the_password_is_answered(deployed, password):
    path, wish = a_command(deployed)
    before = rest(deployed.env, "flow_runs/count")

    asker = deployed.env | {"PREFECT_API_AUTH_STRING": password or ""}

    assert refusal(asker, path, wish, is_named=password is not None) == 401
    assert rest(deployed.env, "flow_runs/count") == before


@pytest.mark.parametrize(
    "variables",
    [{"command": "touch here-i-was"}, {"env": {"PYTHONPATH": "."}}, {"working_dir": "."}, {"anything": 1}],
    ids=["a command", "an environment", "a folder", "anything else"],
)
def test_even_with_the_password_a_run_takes_no_variable_of_the_askers(deployed, variables):
    path, wish = a_command(deployed)
    before = rest(deployed.env, "flow_runs/count")

    assert refusal(deployed.env, path, wish | {"job_variables": variables}) == 422
    assert rest(deployed.env, "flow_runs/count") == before


def test_the_pages_of_other_websites_are_given_no_answer_to_read(deployed):
    request = urllib.request.Request(
        f"{deployed.env['PREFECT_API_URL']}/health", headers={"Origin": "https://evil.example"}
    )
    own = deployed.env["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"]
    ours = urllib.request.Request(f"{deployed.env['PREFECT_API_URL']}/health", headers={"Origin": own})

    with urllib.request.urlopen(request, timeout=10) as answer, urllib.request.urlopen(ours, timeout=10) as own_answer:
        assert answer.headers["Access-Control-Allow-Origin"] is None
        assert own_answer.headers["Access-Control-Allow-Origin"] == own


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_no_server_is_started_without_a_home_and_a_password(tmp_path, shell):
    def started(**values: str) -> tuple[int, str, str]:
        words = [shell, "-c", ". deploy/prefect.env && echo started"]
        done = subprocess.run(words, cwd=ROOT, env=a_shell(values), capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    assert started() == (1, "", "Say first where the data are: export AUDIT_HOME=/srv/audit\n")
    code, out, err = started(AUDIT_HOME=str(tmp_path))
    assert (code, out) == (1, "")
    assert "Put a password into" in err


def test_a_deployment_without_a_school_is_refused(deployed):
    values = {name: value for name, value in deployed.env.items() if name != "AUDIT_SCHOOL"}
    done = subprocess.run(
        [PREFECT, "--no-prompt", "deploy", "--all"], env=values, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode != 0, done.stdout
    assert sorted(one["name"] for one in rest(deployed.env, "deployments/filter")) == DEPLOYED


def test_one_command_deploys_a_school_and_takes_it_away_again(deployed, tmp_path):
    machine = system(tmp_path / "machine", "systemctl", "loginctl")
    values = {"HOME": os.environ["HOME"], **deployed.values, **machine.values}
    installed = audit("schedule", "install", SCHOOL, "--with", "prefect", "--at", "Tue 05:30", **values)
    there = {one["name"]: one for one in rest(deployed.env, "deployments/filter")}
    units = machine.units
    removed = audit("schedule", "remove", SCHOOL, **values)

    assert installed.code == 0, installed.said
    assert there[SCHOOL]["parameters"] == {"schools": [SCHOOL]}
    assert [each["schedule"]["cron"] for each in there[SCHOOL]["schedules"]] == ["30 5 * * 2"]
    assert sorted(units) == [
        *(f"audit-check-{SCHOOL}.{kind}" for kind in ("service", "timer")),
        *("audit-prefect-server.service", "audit-prefect-worker.service"),
    ]
    assert "start --pool audits" in units["audit-prefect-worker.service"]
    assert [word for word in SECRETS if word in "".join(units.values())] == []
    assert removed.out == "Taken away: prefect. A crontab's lines are yours to take out: crontab -e\n"
    assert sorted(one["name"] for one in rest(deployed.env, "deployments/filter")) == DEPLOYED
    assert machine.units == {}


def test_the_server_makes_the_runs_that_the_schedules_say(deployed):
    names = {one["id"]: one["name"] for one in rest(deployed.env, "deployments/filter")}
    until, planned = time.monotonic() + 90, set()
    while len({name for name, *_ in planned}) < len(DEPLOYED) and time.monotonic() < until:
        time.sleep(0.5)
        waiting = [run for run in rest(deployed.env, "flow_runs/filter") if run["auto_scheduled"]]
        planned = {(names[run["deployment_id"]], *in_london(run["expected_start_time"])) for run in waiting}

    weekly, nightly = ({tuple(when) for name, *when in planned if name == deployment} for deployment in DEPLOYED)
    assert weekly == {("Monday", "06:00")}
    assert {at for _, at in nightly} == {"02:30"}


def in_london(time_given: str) -> tuple[str, str]:
    """Return the day of the week and the hour that this time of Prefect's is at the school."""
    at = datetime.fromisoformat(time_given).astimezone(ZoneInfo("Europe/London"))
    return f"{at:%A}", f"{at:%H:%M}"


def test_a_service_s_call_reads_the_environment_by_itself(deployed, tmp_path):
    machine = system(tmp_path / "machine", "systemctl")
    shown = audit("schedule", "show", SCHOOL, "--with", "prefect", **deployed.values, **machine.values)
    call = next(line for line in shown.out.splitlines() if "worker start" in line).removeprefix("ExecStart=")
    shell, flag, words = shlex.split(call)
    done = subprocess.run(
        [shell, flag, words.replace("worker start --pool audits", "work-pool ls")],
        cwd=ROOT,
        env={"PATH": PROGRAMS, "AUDIT_CODE": str(ROOT), **deployed.values},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "audits" in done.stdout) == (0, True), done.stderr


def wait_until_done(env: dict[str, str], name: str = DOCUMENTED, seconds: float = 240.0) -> None:
    """Wait until a run of the deployment of this name has ended."""
    [deployment] = [one["id"] for one in rest(env, "deployments/filter") if one["name"] == name]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        runs = [run for run in rest(env, "flow_runs/filter") if run["deployment_id"] == deployment]
        if {run["state_type"] for run in runs} & {"COMPLETED", "FAILED", "CRASHED"}:
            return
        time.sleep(0.5)
    pytest.fail("the run did not end")


def rest(env: dict[str, str], path: str, wish: object = None, *, is_named: bool = True) -> Any:
    """Return what the server answers to this wish, with the password of this environment; None where it says nothing.

    It is asked again for a minute where its database is busy (503), as Prefect's own clients do.
    """
    token = base64.b64encode(env["PREFECT_API_AUTH_STRING"].encode()).decode()
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Basic {token}"} if is_named else {})
    request = urllib.request.Request(
        f"{env['PREFECT_API_URL']}/{path}", data=json.dumps(wish or {}).encode(), headers=headers
    )
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                said = answer.read()
                return json.loads(said) if said else None
        except urllib.error.HTTPError as error:
            if error.code != 503 or time.monotonic() > until:
                raise
        time.sleep(1)


def refusal(env: dict[str, str], path: str, wish: object, *, is_named: bool = True) -> int:
    """Return the status with which the server refuses this wish."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        rest(env, path, wish, is_named=is_named)
    refused.value.close()
    return int(refused.value.code)


def test_the_prefect_program_is_there():
    assert shutil.which(PREFECT)


def test_the_nightly_deletion_deletes_what_is_over_its_clock_and_tells_counts_alone(deployed):
    here, env, nightly = deployed.here, deployed.env, f"{SCHOOL}-expire"
    ask_few(here.places.folder)
    past = datetime.now(UTC) - timedelta(days=29)
    sequence(open_context(replace(here.settings, clock=lambda: past), SCHOOL, None))
    before = told_by(here.context(), "youtube")
    run(f'cd "$AUDIT_CODE" && . deploy/prefect.env\nAUDIT_SCHOOL={SCHOOL} prefect deploy --all', deployed.values)
    [deployment] = [one for one in rest(env, "deployments/filter") if one["name"] == nightly]

    assert [one["schedule"]["cron"] for one in deployment["schedules"]] == ["30 2 * * *"]
    rest(env, f"deployments/{deployment['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}})
    with running(deployed.worker, deployed.values, deployed.folder / "nightly.log"):
        wait_until_done(env, nightly)

    [ended] = [one for one in rest(env, "flow_runs/filter") if one["state_type"] != "SCHEDULED"
               and one["deployment_id"] == deployment["id"]]  # fmt: skip
    assert (ended["state_type"], ended["parameters"]) == ("COMPLETED", {"schools": [SCHOOL]}), ended["state"]
    assert {"warehouse raw.posts", "warehouse raw.follows", "published published.posts"} <= before.keys()
    assert told_by(here.context(), "youtube").keys() <= STORY
    assert not here.places.reports(past.date().isoformat()).exists()
    with here.context().casebook() as book:
        [certificate] = AgeDeletions(book).certificates()
    [artifact] = [one for one in rest(env, "artifacts/filter") if one["key"] == f"expire-{SCHOOL}"]
    lines = {tuple(re.split(r" *\| *", line)[1:4]) for line in artifact["data"].splitlines() if line.startswith("| ")}
    counted = {(table, clock, str(rows)) for (table, clock), rows in certificate.counts.items()}
    assert lines == {("table", "clock", "rows"), *counted}
    assert ("raw.posts", "platform", str(before["warehouse raw.posts"])) in counted
    assert deployed.leaks() == set()
    assert [word for word in SECRETS if word in (deployed.folder / "nightly.log").read_text()] == []


# What the processes of schools are forked from: a program in which every file that is opened says what it should not.
BREAKING = """
import os, signal, sys
import flows.prefect.run_imports, prefect.blocks.system
import flows.weekly.command
import warehouse.store.open

errors, once = os.environ["SAYS"].split(","), os.environ.get("KILLED_ONCE")

def broken(*_, **__):
    raise RuntimeError(errors[0]) from OSError(5, errors[1], errors[2])

def killed_once(*_, **__):
    if not os.path.exists(once):
        open(once, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    print("{}")

as_it_was = warehouse.store.open.attach
for module in [module for module in sys.modules.values() if hasattr(module, "attach")]:
    if module.attach is as_it_was:
        module.attach = broken
if once:
    flows.weekly.command.run_school = killed_once
"""
BROKEN = """
import sys
from datetime import date
from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from flows.prefect import part

@flow(name="leaking", persist_result=True)
def leaking(parameter):
    get_run_logger().warning("said of %s", leaks[1])
    create_markdown_artifact(leaks[2], key="leaking")
    return leaks[3]

@flow(name="crashing")
def crashing():
    raise ValueError(leaks[4])

if __name__ == "__main__":  # and not in the processes that are forked
    school, leaks = sys.argv[1], sys.argv[2:]
    part._PREFECT = "breaking"
    states = [
        part.weekly_audit([school], date(2026, 11, 9), return_state=True),
        part.nightly_expiry([school], return_state=True),
    ]
    print([state.type.value for state in states], states[0].message)
    if leaks:
        leaking(leaks[0])
        crashing(return_state=True)
"""


def by_a_broken_program(
    deployed: Deployed, folder: Path, *words: str, **more: str
) -> "subprocess.CompletedProcess[str]":
    (folder / "breaking.py").write_text(BREAKING)
    (folder / "broken.py").write_text(BROKEN)
    return subprocess.run(
        [sys.executable, "-W", "ignore", str(folder / "broken.py"), *words], cwd=ROOT, capture_output=True, text=True,
        env=deployed.env | {"PYTHONPATH": f"{folder}:{ROOT}"} | more, timeout=150, check=False,
    )  # fmt: skip


def test_an_error_s_own_words_are_nowhere_in_prefect_s_books_where_a_flow_that_leaks_is_found(deployed, tmp_path):
    quoted = [word(610_000), ident(610_001), word(610_002)]
    leaks = [word(600_000 + number) if number % 2 else ident(600_000 + number) for number in range(5)]
    places = Places(deployed.here.settings.home, DOCUMENTED)
    if not places.warehouse.exists():  # where no run has been, there is nothing to open that could be broken
        make(places.warehouse, places.key.read_text().strip())

    done = by_a_broken_program(deployed, tmp_path, DOCUMENTED, *leaks, SAYS=",".join(quoted))

    assert done.returncode == 0, done.stderr
    assert "['FAILED', 'FAILED'] " in done.stdout, done.stdout + done.stderr
    assert f"Not done: {DOCUMENTED}. What is wrong with a school says:" in done.stdout
    assert "Something went wrong inside the program (RuntimeError)." in done.stderr
    kept, said = prefect_s_marks(deployed.folder), found_in((done.stdout + done.stderr).encode())
    assert {leak.casefold() for leak in leaks} <= kept
    assert (kept | said) & {each.casefold() for each in quoted} == set()


def test_a_school_whose_process_is_killed_is_begun_again_by_its_task(deployed, tmp_path):
    done = by_a_broken_program(deployed, tmp_path, DOCUMENTED, SAYS="a,b,c", KILLED_ONCE=str(tmp_path / "once"))

    assert "['COMPLETED', 'FAILED']" in done.stdout, done.stdout + done.stderr
    assert "Its process was killed." in done.stderr
