"""Four schools on a real Prefect server with PostgreSQL and Redis: each is run once, whatever fails or is killed.

With test_group_silent.py it alone proves the fleet: the group's flow, its parts and its report, with workers that are
processes of their own.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from flows.desk.run_starter import ProcessRunStarter
from flows.home.allowances import allowances_of
from flows.home.context import open_casebook
from tests.flows.documented import blocks, run
from tests.flows.fleet import OTHERS, WELL, Fleet, a_fleet, schools_under_way, until
from tests.flows.hundred import BROKEN, DAY, SHARED, TREES
from tests.flows.stack import process_of
from tests.flows.test_prefect import rest
from warehouse.casebook.spending import AllowanceDay, note_used_up
from warehouse.store.places import Places

pytestmark = [pytest.mark.slow, pytest.mark.soak]
TODAY = datetime.now(UTC).date().isoformat()
# Runs go forward: each test below that audits has a day of its own, after those of the tests before it.
WAITED, ASLEEP = ((datetime.now(UTC).date() - timedelta(days=days)).isoformat() for days in (3, 1))
[ONE_MACHINE], [FLEET] = blocks("One school on one machine", "scale.md"), blocks("A fleet", "scale.md")


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with a_fleet(tmp_path_factory.mktemp("fleet")) as lent:
        yield lent


def test_each_school_is_started_once_and_one_that_fails_stops_nobody(fleet):
    done = fleet.call(f"audit group run --wait --as-of {DAY} --json")

    assert done.returncode == 3, done.stdout + done.stderr
    assert json.loads(done.stdout)["state"] == "Failed"
    assert "1 failed" in json.loads(done.stdout)["says"]
    assert fleet.tries() == {tree: [state] for tree, state in WELL.items()}
    [part] = fleet.parts()
    assert part["parameters"] == {"schools": list(TREES), "as_of": DAY, "heeds_quota": True}
    assert {tree: fleet.published(tree) for tree in OTHERS} == {tree: [DAY] for tree in OTHERS}
    [artifact] = [one for one in rest(fleet.env, "artifacts/filter") if one["key"] == "group-weekly-audit"]
    assert f"| {BROKEN} | failed |" in artifact["data"]


def test_a_second_run_of_the_day_starts_none_twice(fleet):
    before = [part["id"] for part in fleet.parts()]

    done = fleet.call(f"audit group run --wait --as-of {DAY}")

    assert done.returncode == 3
    assert [part["id"] for part in fleet.parts()] == before


def test_deploying_again_makes_nothing_twice(fleet):
    before = rest(fleet.env, "deployments/filter")

    said = fleet.stack.call("audit group deploy")

    after = rest(fleet.env, "deployments/filter")
    assert "4 schools" in said
    assert sorted(one["name"] for one in after) == ["any_school", "any_school", "group", "group"]
    assert {one["id"]: len(one["schedules"]) for one in after} == {one["id"]: len(one["schedules"]) for one in before}
    assert sorted(one["name"] for one in rest(fleet.env, "automations/filter")) == [
        "audit: a run fell silent",
        "audit: a run stayed silent",
        "audit: a run was taken and never begun",
        "audit: a run was taken and not begun",
    ]


def start(fleet: Fleet, school: str, day: str) -> str:
    wish = {"parameters": {"schools": [school], "as_of": day}, "state": {"type": "SCHEDULED"}}
    return str(rest(fleet.env, f"deployments/{part_of(fleet)}/create_flow_run", wish)["id"])


def part_of(fleet: Fleet, flow: str = "weekly-audit") -> str:
    """Return the id of the deployment of the parts of this flow."""
    wish = {"flows": {"name": {"any_": [flow]}}, "deployments": {"name": {"any_": ["any_school"]}}}
    [deployment] = rest(fleet.env, "deployments/filter", wish)
    return str(deployment["id"])


def state_of(fleet: Fleet, run_id: str) -> str:
    return str(rest(fleet.env, "flow_runs/filter", {"flow_runs": {"id": {"any_": [run_id]}}})[0]["state_type"])


def test_two_runs_of_one_school_are_never_at_once_and_the_second_passes_over_it(fleet):
    first, second = start(fleet, "hill-view", DAY), start(fleet, "hill-view", DAY)

    until(lambda: {state_of(fleet, first), state_of(fleet, second)} == {"COMPLETED"})

    assert fleet.published("hill-view") == [DAY]


def test_the_desk_s_run_of_a_school_is_a_part_of_one(fleet, monkeypatch):
    for name, value in fleet.env.items():
        monkeypatch.setenv(name, value)
    asked = {"schools": ["hill-view"], "as_of": DAY}

    def alike():
        runs = rest(fleet.env, "flow_runs/filter")
        return {run["id"]: run["state_type"] for run in runs if run["parameters"] == asked and not run["tags"]}

    before = alike()

    ProcessRunStarter(fleet.settings, Places(fleet.settings.home, "hill-view")).start(date.fromisoformat(DAY))

    until(lambda: [state for run, state in alike().items() if run not in before] == ["COMPLETED"])


def test_what_is_over_its_clock_is_deleted_at_night_in_every_school(fleet):
    wish = {"flows": {"name": {"any_": ["group-expire"]}}}
    [deployment] = rest(fleet.env, "deployments/filter", wish)
    run = rest(fleet.env, f"deployments/{deployment['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}})

    until(lambda: state_of(fleet, run["id"]) in {"COMPLETED", "FAILED", "CRASHED"})

    [part] = fleet.parts(run["expected_start_time"][:10], "expire")
    assert (part["parameters"], part["state_type"]) == ({"schools": list(TREES)}, "COMPLETED"), part["state"]
    assert state_of(fleet, run["id"]) == "COMPLETED"


NOT_WAITED_FOR = """
import sys, time
from datetime import date
from flows.prefect.parts import PartsAsked
run = PartsAsked("weekly-audit", date(2099, 1, 1), {"as_of": "2099-01-01"}, time.monotonic() + 1).run(["birch"], "1")
print(run.state.is_final())
"""


def test_a_part_that_never_ends_does_not_keep_the_group_s_run_for_good(fleet):
    fleet.stack.call("prefect work-pool pause audits")  # nobody takes it, however quick the machine is
    said = subprocess.run(
        [sys.executable, "-c", NOT_WAITED_FOR], env=fleet.env, cwd=fleet.env["AUDIT_CODE"],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    fleet.stack.call("prefect work-pool resume audits")

    assert said.stdout == "False\n"


def wall(fleet: Fleet, until: datetime) -> None:
    """Let X have told this school, and whoever has its key, to come again at a time."""
    [allowance] = allowances_of(fleet.settings, "hill-view")
    with closing(open_casebook(fleet.settings, Places(fleet.settings.home, "hill-view"))) as book:
        note_used_up(book.engine, "hill-view", AllowanceDay(allowance.digest, "x", datetime.now(UTC).date()), until)


def test_a_school_without_quota_waits_outside_a_worker_and_the_group_s_run_is_planned_for_its_time(fleet):
    back = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=5)
    wall(fleet, back)
    words = f"audit group run --wait --json --schools '[ah]*' --as-of {WAITED}"

    done = fleet.call(words)

    assert (done.returncode, "1 waiting" in json.loads(done.stdout)["says"]) == (3, True), done.stdout + done.stderr
    assert [part["parameters"]["schools"] for part in fleet.parts(WAITED)] == [["alder"]]
    wish = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    planned = [run for run in rest(fleet.env, "flow_runs/filter", wish) if run["parameters"].get("as_of") == WAITED]
    [at] = [datetime.fromisoformat(run["expected_start_time"]) for run in planned]
    assert at == back + timedelta(minutes=1)

    wall(fleet, datetime.now(UTC))
    late = fleet.call(words)

    assert late.returncode == 0, late.stdout + late.stderr
    assert sorted(part["parameters"]["schools"] for part in fleet.parts(WAITED)) == [["alder"], ["hill-view"]]
    assert fleet.newest(WAITED) == {"alder": "COMPLETED", "hill-view": "COMPLETED"}


def test_a_part_that_lives_and_was_taken_for_dead_publishes_once_and_its_worker_goes_on(fleet):
    fleet.call(f"audit group run --as-of {ASLEEP}")
    until(lambda: [part["state_type"] for part in fleet.parts(ASLEEP)] == ["RUNNING"])
    [part] = fleet.parts(ASLEEP)
    until(lambda: schools_under_way(part))
    asleep = schools_under_way(part)
    for school in asleep:
        os.kill(school, signal.SIGSTOP)

    rest(fleet.env, f"flow_runs/{part['id']}/set_state", {"state": {"type": "CRASHED"}, "force": True})
    until(lambda: len(fleet.parts(ASLEEP)) == 2)
    for school in asleep:
        os.kill(school, signal.SIGCONT)

    until(lambda: fleet.newest(ASLEEP) == WELL)
    assert {tree: fleet.published(tree).count(ASLEEP) for tree in OTHERS} == dict.fromkeys(OTHERS, 1)


def test_a_killed_worker_and_a_killed_run_lose_no_school_and_publish_none_twice(fleet):
    run(FLEET, fleet.stack.values)
    until(lambda: [part["state_type"] for part in fleet.parts(TODAY)] == ["RUNNING"])
    [part] = fleet.parts(TODAY)
    until(lambda: schools_under_way(part))

    for school in schools_under_way(part):
        os.kill(school, signal.SIGKILL)
    until(lambda: "COMPLETED" in fleet.newest(TODAY).values())
    os.kill(process_of(part), signal.SIGKILL)
    until(lambda: state_of(fleet, part["id"]) == "CRASHED")
    os.kill(fleet.worker.process.pid, signal.SIGKILL)
    fleet.stack.work("audits", 2)

    until(lambda: fleet.newest(TODAY) == WELL, 600)
    assert len(fleet.parts(TODAY)) == 2
    assert {tree: fleet.published(tree).count(TODAY) for tree in OTHERS} == dict.fromkeys(OTHERS, 1)


def test_the_group_s_doctor_says_a_line_for_each_school_and_how_the_server_stands(fleet):
    done = fleet.call("audit group doctor")

    lines = done.stdout.splitlines()
    assert done.returncode == 2, done.stderr
    assert lines[0].startswith("ok     work pool audits: workers online: ")
    assert "the group's next run: " in lines[2]
    assert lines[3] == "ok     deployments: all deployed."
    assert [line for line in lines[4:] if line.startswith("ok")] == [f"ok     {t}" for t in TREES if t != BROKEN]
    [wrong] = [line for line in lines[4:] if line.startswith("wrong")]
    assert wrong.startswith(f"wrong  {BROKEN}: x @damson_school: credentials.toml has no [x_main]")


def test_a_pool_whose_runs_may_be_chosen_is_refused_and_told_and_one_that_a_worker_made_is_such(fleet, tmp_path):
    closed, by_worker = tmp_path / "closed.json", tmp_path / "by_worker.json"
    [pool] = rest(fleet.env, "work_pools/filter", {"work_pools": {"name": {"any_": ["group-audits"]}}})
    closed.write_text(json.dumps(pool["base_job_template"]))
    fleet.stack.call(f"prefect work-pool get-default-base-job-template --type process > {by_worker}")
    update = "prefect work-pool update group-audits --base-job-template"
    fleet.stack.call(f"{update} {by_worker}")
    deployed, looked_at = fleet.call("audit group deploy"), fleet.call("audit group doctor")
    fleet.stack.call(f"{update} {closed}")

    assert (deployed.returncode, deployed.stdout) == (2, "")
    told = deployed.stderr.splitlines()[-1]
    assert told.startswith("The work pool group-audits: whoever starts a run may choose what it runs")
    assert "prefect work-pool delete group-audits" in told
    assert looked_at.stdout.splitlines()[1].startswith("wrong  work pool group-audits: whoever starts a run may choose")
    assert fleet.call("audit group deploy").returncode == 0


def test_nothing_that_prefect_keeps_holds_a_name_an_account_or_a_key(fleet):
    folder = fleet.stack.folder
    with psycopg.connect(host=str(folder), user="audit", dbname="postgres") as book:
        names = "select table_name from information_schema.tables where table_schema = 'public'"
        tables = [name for (name,) in book.execute(names)]
        rows = [str(row) for table in tables for row in book.execute(f'select * from "{table}"')]
    logs = [path.read_text() for path in folder.glob("*.log")]
    kept = "\n".join([*rows, *logs])

    told = [name for school in fleet.schools for name in (*school.names, *school.credential.values())]
    assert "weekly-audit" in kept
    assert [name for name in (*told, SHARED) if name in kept] == []


def test_one_school_on_one_machine_is_run_as_the_page_says(fleet):
    where = {name: value for name, value in fleet.stack.values.items() if name.startswith("AUDIT_")}

    said = run(ONE_MACHINE, where)

    assert "Report: " in said
    assert fleet.published("hill-view").count(TODAY) == 1


def test_what_failed_is_begun_again_once_it_is_put_right_and_asked_for(fleet):
    [broken] = [school for school in fleet.schools if school.id == BROKEN]
    keys = "".join(f'{name} = "{value}"\n' for name, value in broken.credential.items())
    (Places(fleet.settings.home, BROKEN).folder / "credentials.toml").write_text(f"[x_main]\n{keys}")

    done = fleet.call(f"audit group run --wait --again --as-of {TODAY}")

    assert done.returncode == 0, done.stdout + done.stderr
    assert fleet.newest(TODAY) == dict.fromkeys(TREES, "COMPLETED")
    assert fleet.published(BROKEN) == [TODAY]
