"""What `audit schedule` installs is what runs: the units and the lines themselves are started as the system would."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from flows.home.init import make_key
from flows.home.settings import ConfigurationError, Settings, from_environment
from flows.notify.state import LastRun, NotifyState, read_state, write_state
from flows.schedule.times import keeps_other_time, weekly_of
from tests.flows.calling import Answer, audit
from tests.flows.documented import blocks, run
from tests.flows.receiving import web_server
from tests.flows.systems import System, called_by_cron, started, system
from tests.flows.village import SCHOOL, village, write_home
from warehouse.store.places import Places

TIMERS = f"audit-run-{SCHOOL}.timer audit-expire-{SCHOOL}.timer audit-check-{SCHOOL}.timer"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A school without a server, below a folder whose name is hard to quote."""
    home = tmp_path / "a ho'me at 100% $HOME"
    write_home(home)
    make_key(Settings(home=home), Places(home, SCHOOL))
    return home


@pytest.fixture
def machine(tmp_path: Path) -> System:
    return system(tmp_path / "machine", "systemctl", "loginctl", "crontab")


def schedule(machine: System, home: Path, *words: str, **values: str) -> Answer:
    return audit("schedule", words[0], SCHOOL, *words[1:], AUDIT_HOME=str(home), **machine.values, **values)


def test_without_a_word_systemd_runs_it_on_mondays_and_looks_every_day(home, machine):
    answer = schedule(machine, home, "install")

    units = machine.units
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == (
        f"{SCHOOL} is audited every Monday at 06:00, by systemd. Every day it is looked whether it was.\n"
    )
    assert "OnCalendar=Mon *-*-* 06:00:00 Europe/London\nPersistent=true" in units[f"audit-run-{SCHOOL}.timer"]
    assert "OnCalendar=*-*-* 08:00:00 Europe/London\nPersistent=true" in units[f"audit-check-{SCHOOL}.timer"]
    assert "OnCalendar=*-*-* 02:00:00 Europe/London\nPersistent=true" in units[f"audit-expire-{SCHOOL}.timer"]
    assert machine.calls == [
        "systemctl --user show-environment",
        "systemctl --user show-environment",
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {TIMERS}",
        machine.calls[4],
    ]
    assert machine.calls[4].startswith("loginctl enable-linger ")


def test_the_page_s_own_line_installs_it(home, machine):
    [block] = blocks("Every Monday at six")
    shutil.copytree(home / SCHOOL, home / "hill-view")
    text = (home / SCHOOL / "school.toml").read_text()
    (home / "hill-view" / "school.toml").write_text(text.replace(f'id = "{SCHOOL}"', 'id = "hill-view"'))
    path = f"{machine.values['PATH']}:{Path(sys.executable).parent}"
    said = run(block, {**machine.values, "PATH": path, "AUDIT_HOME": str(home)})

    assert said.startswith("hill-view is audited every Monday at 06:00, by systemd.")
    assert "audit-run-hill-view.timer" in machine.units


def test_the_units_are_what_systemd_itself_reads(home, machine, tmp_path):
    schedule(machine, home, "install")
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze here")

    units = machine.folder / "config" / "systemd" / "user"
    read = subprocess.run(
        ["systemd-analyze", "--user", "verify", *map(str, units.glob("*"))],
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (read.returncode, read.stderr) == (0, "")


def test_installing_twice_leaves_one(home, machine):
    schedule(machine, home, "install")
    schedule(machine, home, "install", "--at", "tuesday 5:30")

    assert len(machine.units) == 6
    assert "OnCalendar=Tue *-*-* 05:30:00" in machine.units[f"audit-run-{SCHOOL}.timer"]


def test_lines_for_a_crontab_are_printed_and_the_crontab_is_the_person_s(home, machine):
    lines = schedule(machine, home, "install", "--with", "cron", "--at", "Sun 23:15")

    assert lines.code == 0
    assert [line[:12] for line in lines.out.splitlines()] == [
        "# audit oust", "15 23 * * 0 ", "15 1 * * * u", "15 19 * * * ",
    ]  # fmt: skip
    assert "Nothing runs yet: put the lines above into the crontab" in lines.err
    assert lines.out in schedule(machine, home, "show", "--with", "cron", "--at", "Sun 23:15").out
    assert machine.units == {}
    assert [call for call in machine.calls if "crontab" in call] == []
    assert schedule(machine, home, "check").code == 0  # it is looked from this day on whether a week was missed
    assert read_state(Places(home, SCHOOL)).scheduled_on is not None


@pytest.mark.parametrize("fails", ["show-environment", "daemon-reload", "enable"])
@pytest.mark.parametrize("way", ["systemd", "prefect"])
@pytest.mark.parametrize("is_again", [False, True], ids=["for the first time", "over an earlier one"])
def test_an_install_that_fails_leaves_what_was_there_before_and_nothing_else(home, machine, way, fails, is_again):
    if is_again:
        schedule(machine, home, "install", "--at", "Tue 05:30")
    before = machine.units
    broken = system(machine.folder, "systemctl", "loginctl", fails=fails)

    answer = schedule(broken, home, "install", "--with", way)

    assert (answer.code, answer.out) == (2, "")
    assert machine.units == before
    assert (home / SCHOOL / "notify.json").exists() == is_again
    assert not (home / "keys" / "prefect.password").exists()


def test_whatever_is_there_is_removed_also_where_systemd_does_not_answer(home, machine):
    schedule(machine, home, "install")
    units = machine.folder / "config" / "systemd" / "user"
    (units / "timers.target.wants").mkdir()
    (units / "timers.target.wants" / f"audit-run-{SCHOOL}.timer").symlink_to(units / f"audit-run-{SCHOOL}.timer")
    (units / f"audit-check-{SCHOOL}.service").unlink()
    (units / "audit-prefect-server.service").write_text("[Install]\n")
    broken = system(machine.folder, "systemctl", fails="user")

    answer = schedule(broken, home, "remove")

    assert answer.out.startswith("Taken away: systemd, prefect.")
    assert [path.name for path in units.rglob("*")] == ["timers.target.wants"]


def test_no_lines_are_given_for_a_school_that_systemd_runs(home, machine):
    schedule(machine, home, "install")
    units = machine.units
    answer = schedule(machine, home, "install", "--with", "cron")

    assert (answer.code, answer.out) == (2, "")
    assert f"Take that away first: audit schedule remove {SCHOOL}" in answer.err
    assert machine.units == units


def test_remove_takes_away_ours_and_says_whose_the_crontab_is(home, machine):
    schedule(machine, home, "install")
    removed = schedule(machine, home, "remove")
    again = schedule(machine, home, "remove")

    assert removed.out == "Taken away: systemd. A crontab's lines are yours to take out: crontab -e\n"
    assert again.out == f"Nothing was scheduled for {SCHOOL}. A crontab's lines are yours to take out: crontab -e\n"
    assert machine.calls.count(f"systemctl --user disable --now {TIMERS}") == 1
    assert machine.units == {}
    assert [call for call in machine.calls if "crontab" in call] == []


def test_what_systemd_starts_audits_the_school_and_tomorrow_is_quiet(tmp_path, machine):
    with village(tmp_path / "a ho'me at 100% $HOME", has_warehouse=True) as here:
        installed = audit("schedule", "install", SCHOOL, **here.environment, **machine.values)
        made = started(machine.units[f"audit-run-{SCHOOL}.service"])
        check = started(machine.units[f"audit-check-{SCHOOL}.service"])

    assert installed.code == 0
    assert made.returncode == 0, made.stderr
    assert [folder.name for folder in (here.places.folder / "reports").iterdir()] == [
        str(read_state(here.places).run.as_of)
    ]
    assert read_state(here.places).run.ended == "complete"
    assert (check.returncode, check.stdout, check.stderr) == (0, "", "")
    assert [path for path in here.settings.home.rglob("*") if path.stat().st_mode & 0o077] == []


def test_what_cron_starts_is_the_same_program_with_the_same_home(home, machine):
    lines = schedule(machine, home, "install", "--with", "cron", "--at", "Mon 06:00", TZ="Europe/London")
    _, weekly, daily, nightly = lines.out.splitlines()
    refused, looked, deleted = map(called_by_cron, (weekly, daily, nightly))

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("A live pull needs a recorded decision")
    assert (deleted.returncode, deleted.stdout) == (0, "Nothing is over its clock; nothing was deleted.\n")
    assert looked.returncode == 3
    assert "was refused, or could not go on. What is wrong: audit doctor" in looked.stdout


def test_secrets_stand_in_a_file_that_the_schedule_reads_and_in_no_unit(home, machine):
    secret = "postgresql://audit:a-secret@127.0.0.1:9/casebook"
    refused = schedule(machine, home, "install", CASEBOOK_URL=secret)
    file = home / "keys" / "schedule.env"
    file.write_text(f"CASEBOOK_URL={secret}\n")
    units = schedule(machine, home, "install", CASEBOOK_URL=secret)
    lines = schedule(machine, home, "show", "--with", "cron", CASEBOOK_URL=secret)
    file.chmod(0o644)
    shared = schedule(machine, home, "install", CASEBOOK_URL=secret)

    assert refused.code == 2
    assert "A schedule holds no secret: write CASEBOOK_URL=... into" in refused.err
    assert "a-secret" not in refused.said + lines.said + "".join(machine.units.values())
    assert f"AUDIT_SECRETS={str(file).replace('%', '%%')}" in machine.units[f"audit-run-{SCHOOL}.service"]
    assert "AUDIT_SECRETS=" in lines.out
    assert units.code == 0
    assert (shared.code, "chmod 600" in shared.err) == (2, True)


def test_show_and_write_only_touch_nothing(home, machine, tmp_path):
    shown = schedule(machine, home, "show")
    written = schedule(machine, home, "install", "--write-only", str(tmp_path / "units"))

    files = sorted((tmp_path / "units").iterdir())
    assert [path.name for path in files] == sorted(path.rsplit("/", 1)[1] for path in written.out.splitlines())
    assert all(path.read_text() in shown.out for path in files)
    assert set(machine.calls) == {"systemctl --user show-environment"}
    assert machine.units == {}
    assert not (home / SCHOOL / "notify.json").exists()


def test_the_person_is_told_what_only_an_administrator_can_do(home, tmp_path):
    machine = system(tmp_path / "other", "systemctl", "loginctl", linger=1)
    answer = schedule(machine, home, "install")

    assert answer.code == 0
    assert "run it once: sudo loginctl enable-linger " in answer.err


def test_a_machine_without_systemd_is_given_lines_for_a_crontab(home, tmp_path):
    lines = schedule(system(tmp_path / "neither"), home, "install")

    assert lines.code == 0
    assert f"audit run {SCHOOL}" in lines.out
    assert "crontab -e" in lines.err


@pytest.mark.parametrize("at", ["06:00", "Mon 24:00", "Mon 6", "Blue 06:00", "Mon 06:61", ""])
def test_a_time_that_is_none_is_refused(at):
    with pytest.raises(ConfigurationError, match="--at is a day of the week and a time"):
        weekly_of(at)


def test_a_machine_whose_clock_shows_another_time_is_noticed(home, machine):
    from zoneinfo import ZoneInfo

    here = [zone for zone in ("Europe/London", "Asia/Tokyo") if keeps_other_time(ZoneInfo(zone), 2026)]
    text = (home / SCHOOL / "school.toml").read_text()
    (home / SCHOOL / "school.toml").write_text(
        text.replace("[school]\n", '[school]\ntimezone = "Pacific/Kiritimati"\n')
    )
    answer = schedule(machine, home, "install", "--with", "cron")

    assert "Asia/Tokyo" in here
    assert "does not show the time of Pacific/Kiritimati" in answer.err
    assert answer.code == 0


def states(today: date) -> dict[str, tuple[NotifyState, int, str]]:
    """Return what the last run left behind, and how a check ends and what it says."""
    now = datetime.now(UTC)
    scheduled = NotifyState(scheduled_on=today)
    long_ago = today - timedelta(days=9)
    return {
        "nothing was ever scheduled": (NotifyState(), 3, "No run has been published yet, and nothing is scheduled."),
        "scheduled today": (scheduled, 0, ""),
        "scheduled nine days ago": (NotifyState(scheduled_on=long_ago), 3, "No audit has been published since "),
        "under way": (replace(scheduled, run=LastRun(today, "running", now)), 0, ""),
        "begun yesterday": (
            replace(scheduled, run=LastRun(today, "running", now - timedelta(days=1))), 3, "has not ended."
        ),
        "in part": (replace(scheduled, run=LastRun(today, "incomplete", now)), 3, "did not see everything."),
        "an error": (replace(scheduled, run=LastRun(today, "error", now)), 3, "ended in an error inside the program."),
        "well": (replace(scheduled, run=LastRun(today, "complete", now)), 0, ""),
    }  # fmt: skip


@pytest.mark.parametrize("name", states(date(2026, 1, 1)))
def test_a_check_says_what_is_wrong_and_is_quiet_otherwise(home, machine, name):
    state, code, says = states(datetime.now(UTC).date())[name]
    write_state(Places(home, SCHOOL), state)
    answer = schedule(machine, home, "check")

    assert (answer.code, answer.err) == (code, "")
    assert (says in answer.out) if says else answer.out == ""
    assert not says or answer.out.endswith(f"What is wrong: audit doctor {SCHOOL}\n")


@pytest.fixture
def told(home) -> Iterator[tuple[Path, list[dict[str, str]]]]:
    """A school whose technician hears of missed weeks alone, and whose lead hears of failures too."""
    with web_server() as posted:
        blocks = '\n[[notify]]\nrole = "{}"\nto = "hook"\non = {}\n'
        text = blocks.format("it_technician", '["missed"]') + blocks.format("headteacher", '["missed", "failure"]')
        (home / SCHOOL / "school.toml").write_text((home / SCHOOL / "school.toml").read_text() + text)
        with (home / SCHOOL / "credentials.toml").open("a") as file:
            file.write(f'\n[hook]\nurl = "{posted.url}"\n')
        yield home, posted.bodies


def test_a_missed_week_is_told_once_to_each_however_often_it_is_looked(told, machine):
    home, bodies = told
    since = datetime.now(UTC).date() - timedelta(days=9)
    write_state(Places(home, SCHOOL), NotifyState(scheduled_on=since))
    codes = [schedule(machine, home, "check").code for _ in range(3)]

    assert codes == [3, 3, 3]
    assert len(bodies) == 2
    assert bodies[0]["title"] == "Ousterly Vale School: no audit this week"
    assert bodies[0]["message"].splitlines()[1:] == [
        "No run has been published yet.",
        f"What is wrong: audit doctor {SCHOOL}",
        f"Then run it by hand: audit run {SCHOOL}",
    ]


def test_who_heard_of_the_failure_itself_is_not_told_of_it_again(told, machine):
    home, bodies = told
    audit("run", SCHOOL, AUDIT_HOME=str(home))
    assert [body["title"] for body in bodies] == ["Ousterly Vale School: the audit failed"]
    write_state(Places(home, SCHOOL), replace(read_state(Places(home, SCHOOL)), scheduled_on=datetime.now(UTC).date()))
    schedule(machine, home, "check")

    assert [body["title"] for body in bodies[1:]] == ["Ousterly Vale School: the last audit did not end well"]


def test_a_check_needs_a_school_that_is_there(tmp_path, machine):
    answer = schedule(machine, tmp_path, "check")

    assert (answer.code, answer.err.startswith("There is no school in ")) == (2, True)


def test_a_secret_goes_to_the_program_as_it_stands_whatever_a_shell_would_make_of_it(home, machine):
    file = home / "keys" / "schedule.env"
    file.write_text("\ufeffCASEBOOK_URL=postgresql://a:$p`b@127.0.0.1:9/c?sslmode=require&connect_timeout=1\n")
    file.chmod(0o600)
    _, weekly, _, _ = schedule(machine, home, "install", "--with", "cron").out.splitlines()
    ended = called_by_cron(weekly.replace(f"{Path(sys.executable).with_name('audit')} run {SCHOOL}", "/usr/bin/env"))

    settings = from_environment(dict(line.split("=", 1) for line in ended.stdout.splitlines() if "=" in line))
    assert settings.casebook_url == "postgresql://a:$p`b@127.0.0.1:9/c?sslmode=require&connect_timeout=1"


def test_a_school_of_another_home_is_not_taken_for_this_one(home, machine, tmp_path):
    other = tmp_path / "other home"
    shutil.copytree(home, other)
    schedule(machine, home, "install")
    units = machine.units

    answers = [schedule(machine, other, "install"), schedule(machine, other, "remove")]

    assert [answer.code for answer in answers] == [2, 2]
    assert "of another AUDIT_HOME is scheduled for this user" in answers[0].err
    assert machine.units == units
    assert schedule(machine, home, "remove").code == 0


def test_a_day_that_has_not_come_silences_nobody(home, machine):
    (home / SCHOOL / "notify.json").write_text('{"scheduled_on": "2062-01-01"}')

    answer = schedule(machine, home, "check")

    assert (answer.code, "No run has been published yet" in answer.out) == (3, True)


def test_a_schedule_can_be_taken_away_without_its_settings(home, machine):
    schedule(machine, home, "install")
    (home / SCHOOL / "school.toml").unlink()

    assert schedule(machine, home, "remove").out.startswith("Taken away: systemd.")
    assert machine.units == {}
