"""The command line: every command, every way to use it wrongly, one sentence each, and the right exit code.

It alone proves the exit codes, a full disk, the live pull that nobody allowed, and the logs at DEBUG without a name.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from flows.weekly.command import at_least
from tests.flows.calling import audit
from tests.flows.few_checks import ask_few
from tests.flows.village import NAMES, SCHOOL, SECRETS, Village, village, with_reads

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A village that was audited once, at DEBUG, and what was said."""
    with village(tmp_path_factory.mktemp("ran"), has_warehouse=True) as here:
        words = ("--debug", "run", SCHOOL, "--as-of", "2026-11-02", "--fail-on", "never")
        yield here, audit(*words, **here.environment)


@pytest.fixture(scope="module")
def ran(first):
    """A village that was audited once; for tests that only read."""
    here, answer = first
    assert answer.code == 0, answer.said
    return here


@pytest.fixture
def copied(ran, tmp_path):
    """The village that was audited once, with a home of its own to spoil."""
    shutil.copytree(ran.settings.home, tmp_path / "home")
    return Village(ran.servers, replace(ran.settings, home=tmp_path / "home"))


@pytest.fixture
def here(tmp_path):
    with village(tmp_path) as made:
        yield made


def test_a_run_says_what_came_of_it_in_words_and_in_json_and_ends_with_1_from_the_severity_asked_for(first):
    here, words = first
    script = audit("run", SCHOOL, "--as-of", "2026-11-02", "--json", "--fail-on", "low", **here.environment)
    answer = json.loads(script.out)

    assert (words.code, script.code) == (0, 1)
    assert "pupil_follower: exceptions" in words.out
    assert answer["exceptions"]["new"] == sum(answer["exceptions"].values()) > 0
    assert answer["complete"] is True
    assert Path(answer["report"]).exists()


@pytest.mark.parametrize(("open_one", "floor", "ends"), [("medium", "low", True), ("medium", "medium", True),
    ("medium", "high", False), ("critical", "high", True)])  # fmt: skip
def test_a_severity_ends_a_run_from_its_own_floor_down(open_one, floor, ends):
    assert at_least(open_one, floor) == ends


def test_a_question_needs_a_purpose_and_is_answered_from_the_published_copy(ran):
    sql = "select count(*) as followers from published.followers"

    answer = audit("ask", SCHOOL, sql, "--purpose", "a test of the door", "--format", "csv", **ran.environment)

    assert (answer.code, answer.out.replace("\ufeff", "").split()) == (0, ["followers", "161"])
    assert audit("ask", SCHOOL, sql, "--purpose", " ", **ran.environment).code == 2
    assert audit("ask", SCHOOL, sql, "--purpose", "why not", "--format", "xml", **ran.environment).code == 2
    with ran.context().casebook() as book, book.engine.connect() as connection:
        rows = connection.exec_driver_sql("select purpose, rows from query_log").all()
    assert rows == [("a test of the door", 1)]


def test_the_report_is_written_again_from_the_published_copy(ran):
    answer = audit("report", SCHOOL, "--tier", "governors", "--format", "html", **ran.environment)

    assert answer.code == 0
    assert Path(answer.out.split()[0]).exists()
    assert "These are published: 2026-11-02" in audit("report", SCHOOL, "--run", "2020-01-01", **ran.environment).err


def test_policies_are_listed_shown_checked_and_covered(ran, tmp_path):
    sound = Path(__file__).parents[2] / "policies" / "packs" / "corbets-tey-2022.toml"
    broken = tmp_path / "broken.toml"
    broken.write_text("id = 1")

    assert "corbets-tey-2022" in audit("policies", "list").out
    assert "checked by pupil_follower" in audit("policies", "show", "corbets-tey-2022").out
    assert "is sound" in audit("policies", "check", str(sound)).out
    assert audit("policies", "check", str(broken)).code == 2
    assert "in all" in audit("policies", "coverage", SCHOOL, **ran.environment).out
    assert "Choose one of" in audit("policies", "show", "none").err


def test_doctor_finds_nothing_wrong_with_a_village_that_was_audited(ran):
    answer = audit("doctor", SCHOOL, **ran.environment)
    looks = json.loads(audit("doctor", SCHOOL, "--json", **ran.environment).out)

    wrong = [look["what"] for look in looks if not look["is_ok"]]
    assert wrong in ([], ["last run"])
    assert "ok     key and published copy" in answer.out


def test_init_makes_what_a_school_needs_and_never_overwrites(tmp_path):
    first = audit("init", "hill-view", AUDIT_HOME=str(tmp_path))
    settings = tmp_path / "hill-view" / "school.toml"
    named = settings.read_text().replace("Name of the school", "Hill View School")
    settings.write_text(named.replace('town = ""', 'town = "Ousterly"'))
    key = (tmp_path / "keys" / "hill-view.key").read_text()
    second = audit("init", "hill-view", AUDIT_HOME=str(tmp_path))

    assert (first.code, second.code) == (0, 0)
    assert 'town = "Ousterly"' in settings.read_text()
    assert (tmp_path / "keys" / "hill-view.key").read_text() == key
    assert oct((tmp_path / "hill-view" / "credentials.toml").stat().st_mode)[-3:] == "600"
    doctor = audit("doctor", "hill-view", AUDIT_HOME=str(tmp_path))
    assert doctor.code == 2
    assert "wrong  accounts: hill-view is not set up" in doctor.out
    assert audit("init", "Hill View!", AUDIT_HOME=str(tmp_path)).code == 2
    assert audit("init", "hill-view", "--pack", "none", AUDIT_HOME=str(tmp_path)).code == 2


def test_a_live_pull_is_refused_until_a_decision_is_recorded(here):
    live = {"AUDIT_HOME": str(here.settings.home)}

    answer = audit("run", SCHOOL, "--as-of", "2026-11-02", **live)

    assert answer.code == 2
    assert "A live pull needs a recorded decision" in answer.err
    assert not here.places.warehouse.exists()


def spoil_register(here):
    (here.places.registers / "pupils.csv").write_text("given_names,surname\nA,B\n")


def spoil_settings(here):
    here.places.settings.write_text(here.places.settings.read_text().replace("pack =", "park ="))


def take_accounts_out(here):
    start, *rest = here.places.settings.read_text().split("[[account]]")
    here.places.settings.write_text(start + "[registers]" + rest[-1].split("[registers]")[1])


def spoil_key(here):
    here.places.key.write_text("another-key-" * 4)


def spoil_warehouse(here):
    here.places.warehouse.write_bytes(b"not a warehouse" * 1000)


def spoil_credentials(here):
    here.places.credentials.chmod(0o644)


def spoil_archive(here):
    with_reads(here.places.folder, 'archive"\narchive = "none.zip')
    (here.places.folder / "none.zip").write_text("no zip")


SPOILED = {
    "a register with a missing column": (spoil_register, "pupils.csv"),
    "a mistake in school.toml": (spoil_settings, "school, park: is not a key that belongs here; is it pack?"),
    "no official account": (take_accounts_out, "ousterly-vale is not set up: no official account is in school.toml."),
    "a wrong key": (spoil_key, "The key does not open warehouse.duckdb"),
    "a damaged warehouse": (spoil_warehouse, "warehouse.duckdb is damaged"),
    "credentials that others may read": (spoil_credentials, "chmod 600"),
    "a zip that is no archive": (spoil_archive, "none.zip"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_what_is_wrong_here_is_one_sentence_exit_2_and_nothing_is_lost(copied, what):
    here = copied
    spoil, says = SPOILED[what]
    before = here.places.published.read_bytes()
    spoil(here)

    answer = audit("run", SCHOOL, "--as-of", "2026-11-09", **here.environment)

    assert answer.code == 2, answer.said
    assert says in answer.err
    assert answer.err.strip().count("\n") == 0
    assert "Traceback" not in answer.said
    assert here.places.published.read_bytes() == before


def test_a_full_disk_is_one_sentence_exit_2_and_nothing_is_lost(tmp_path):
    mount = tmp_path / "small"
    mount.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(mount)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("a small tmpfs cannot be mounted here")
    try:
        with village(mount / "home", followers=60) as here:
            ask_few(here.places.folder)
            assert audit("run", SCHOOL, "--as-of", "2026-11-02", **here.environment).code == 0
            before = here.places.published.read_bytes()
            filler = mount / "filler"
            free = os.statvfs(mount)
            filler.write_bytes(b"\0" * max(0, free.f_bavail * free.f_frsize - 60_000))

            answer = audit("run", SCHOOL, "--as-of", "2026-11-09", **here.environment)

            assert (answer.code, "disk is full" in answer.err) == (2, True), answer.said
            assert here.places.published.read_bytes() == before
            filler.unlink()
            assert audit("run", SCHOOL, "--as-of", "2026-11-09", **here.environment).code == 0
    finally:
        subprocess.run(["umount", "-l", str(mount)], check=False)


def test_an_estimate_is_said_before_anything_is_bought(here):
    answer = audit("run", SCHOOL, "--as-of", "2026-11-02", "--dry-run", **here.environment)
    script = audit("run", SCHOOL, "--as-of", "2026-11-02", "--dry-run", "--json", **here.environment)

    assert answer.code == 0
    assert "In all about $0." in answer.out
    assert json.loads(script.out)["listings"]
    assert {path for path, _ in here.servers.meter.bought("x")} <= {"/2/users/me", "/2/users/by", "/2/users"}


def test_no_name_from_a_register_and_no_secret_is_said_at_debug(first):
    here, answer = first
    files = " ".join(str(path) for path in here.settings.home.rglob("*"))

    assert answer.code == 0
    assert len(answer.err) > 1000
    assert [word for word in (*NAMES, *SECRETS) if word in answer.said + files] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", SCHOOL, "--fail-on", "dreadful"), "--fail-on takes"),
        (("run", SCHOOL, "--only", "myspace"), "--only takes"),
        (("run", SCHOOL, "--source", "x=file.zip"), "--source takes"),
        (("run", "nowhere"), "There is no school 'nowhere' in "),
        (("run", SCHOOL, "--as-of", "last Monday"), "does not match the format"),
        (("run", SCHOOL, "--as-of", "2062-01-02"), "2062-01-02 has not come: by this machine's clock it is 2"),
        (("fly",), "No such command"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(ran, words, says):
    answer = audit(*words, **ran.environment)

    assert answer.code == 2
    assert says in answer.err


def test_a_real_archive_of_an_organisation_can_be_audited_by_editing_one_file(tmp_path):
    archive = SHARED / "real" / "x-archive-organisation.zip"
    if not archive.exists():
        pytest.skip(f"{archive} is not here")
    home = {"AUDIT_HOME": str(tmp_path)}
    assert audit("init", "institute", "--pack", "corbets-tey-2022", **home).code == 0
    settings = tmp_path / "institute" / "school.toml"
    account = f"""
[[account]]
platform = "x"
account_id = "1321902678188974081"
handle = "RTIatMLA"
reads = "archive"
archive = "{archive}"

[budget]"""
    named = settings.read_text().replace("Name of the school", "Ousterly Institute")
    settings.write_text(named.replace("\n[budget]", account))
    registers = tmp_path / "institute" / "registers"
    (registers / "pupils.csv").write_text("person_id,given_names,surname\nP1,Rosalind,Thistlewood\n")
    (registers / "staff.csv").write_text("person_id,given_names,surname\nS1,Ambrose,Netherfold\n")

    answer = audit("run", "institute", "--as-of", "2026-11-02", **home)

    assert answer.code == 0, answer.said
    assert "pupil_follower: could not tell" in answer.out

    def asked(sql):
        told = audit("ask", "institute", sql, "--purpose", "counting", "--format", "json", **home)
        return json.loads(told.out)

    assert asked("select count(*) as n from published.posts where removed_at is null") == [{"n": 70}]
    assert asked("select count(*) as n from published.pictures") == [{"n": 8}]
    assert asked("select count(*) as n from published.followers") == [{"n": 111}]
    assert asked("select count(*) as n from published.following") == [{"n": 124}]
    coverage = asked("select * from published.coverage where check_id in ('pupil_follower', 'staff_follower')")
    assert {(row["verdict"], row["fetched"], row["judged"]) for row in coverage} == {("could_not_tell", 111, 0)}
    assert all("$1.11" in row["why"] for row in coverage)


def test_without_a_home_of_the_user_s_the_schools_home_is_enough(tmp_path):
    opens = "from flows.home.settings import from_environment; from warehouse.store.open import engine\n"
    without = {name: value for name, value in os.environ.items() if name != "HOME"} | {"AUDIT_HOME": str(tmp_path)}

    subprocess.run([sys.executable, "-c", f"{opens}from_environment(); engine().close()"], env=without, check=True)

    assert [path.name for path in tmp_path.iterdir()] == [".duckdb"]


def test_where_input_output_and_errors_are_closed_no_file_takes_their_place(tmp_path):
    started = """
import os, subprocess, sys
from pathlib import Path
from flows.home.process import open_standard_streams

open_standard_streams()
with Path(sys.argv[1]).open("w") as file:
    print("said aloud", flush=True)
    subprocess.run(["/bin/sh", "-c", "echo said by another; echo an error >&2"], check=True)
    file.write(f"{file.fileno() > 2} {sys.stdin.isatty()} {sys.stdin.read()!r}")
"""
    script = ["/bin/sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "-c", started]

    subprocess.run([*script, str(tmp_path / "file")], check=True)

    assert (tmp_path / "file").read_text() == "True False ''"


def test_a_command_whose_input_is_closed_says_what_it_needs(tmp_path):
    program = [str(Path(sys.executable).with_name("audit")), "setup", "--no-browser"]

    said = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *program],
        env=os.environ | {"AUDIT_HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (said.returncode, said.stderr) == (2, "Say by which id the school is to be known: audit setup hill-view\n")
