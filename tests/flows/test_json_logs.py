"""AUDIT_LOG=json: each line is JSON with school and run, and names nobody, also in a group's processes."""

import json
import logging
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from flows.home import json_logs
from flows.home.exit_codes import ended
from flows.home.json_logs import log_json
from tests.flows.audited import audited_village
from tests.flows.calling import audit
from tests.flows.village import MONDAY, NAMES, SCHOOL

PUPIL = "Rosalind Thistlewood"


@pytest.fixture(autouse=True)
def _as_before():
    rooms, handlers = {room: logging.getLogger(room).level for room in json_logs._OURS}, logging.root.handlers[:]
    yield
    logging.root.handlers[:] = handlers
    json_logs.note_subject(None)
    for room, level in rooms.items():
        logging.getLogger(room).setLevel(level)


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def working(_: str) -> int:
    logging.getLogger("flows.weekly").info("A stage has ended.", extra={"measured": {"stage": "judge"}})
    logging.getLogger("urllib3").warning("about %s", PUPIL)
    print(PUPIL)  # noqa: T201 - what a school's process says is kept from everybody
    return int(PUPIL)


def test_a_run_s_lines_are_json_with_its_school_its_run_and_its_stages_and_name_nobody(tmp_path):
    with audited_village(tmp_path / "home") as here:
        said = audit("run", SCHOOL, "--as-of", MONDAY.isoformat(), AUDIT_LOG="json", **here.environment)

    of_run = lines(said.err)
    assert said.code == 0, said.said
    assert {(line["school"], line["run"]) for line in of_run} == {(SCHOOL, MONDAY.isoformat())}
    stages = [line["stage"] for line in of_run if "stage" in line]
    assert ("registers" in stages, stages[-2:]) == (True, ["judge", "publish"])
    assert of_run[-1].items() >= {"message": "The run has ended.", "code": 0}.items()
    assert [name for name in NAMES if name in said.err] == []


def test_what_a_library_says_and_what_an_error_says_is_withheld(capsys):
    log_json()
    try:
        int(PUPIL)
    except ValueError:
        logging.getLogger("flows.weekly").exception("A stage failed.")
    logging.getLogger("urllib3").warning("Retrying for %s", PUPIL)

    said = capsys.readouterr().err
    ours, theirs = lines(said)
    assert (ours["message"], ours["error"], theirs["logger"]) == ("A stage failed.", "ValueError", "urllib3")
    assert PUPIL not in said


def test_a_school_s_own_process_logs_where_the_group_does_and_says_nothing_else():
    """In a process of its own: one that was begun by an earlier test would write where that test looked."""
    whole = """
from flows.prefect.schools import look_at
from flows.prefect.schools import isolated
from tests.flows.test_json_logs import working

print(isolated(look_at(working), "hill-view").said)
"""
    root, json_asked = Path(__file__).parents[2], os.environ | {"AUDIT_LOG": "json"}

    group = subprocess.run(
        [sys.executable, "-c", whole], env=json_asked, cwd=root, capture_output=True, text=True, check=True
    )

    stage, library = lines(group.stderr)
    assert (stage["school"], stage["stage"], library["logger"]) == ("hill-view", "judge", "urllib3")
    assert PUPIL not in group.stdout + group.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("run", "no-such-school"),
        ("run", "no-such-school", "--no-such-option"),
        ("no-such-command",),
        ("run", "no-such-school", "--as-of", "yesterday"),
        ("--debug", "run", "no-such-school"),
    ],
    ids=["wrong use", "wrong option", "wrong command", "wrong value", "debug"],
)
def test_an_error_is_one_line_of_json_with_the_sentence_and_the_code(tmp_path, words):
    in_text, in_json = (audit(*words, AUDIT_HOME=str(tmp_path), AUDIT_LOG=form) for form in ("text", "json"))

    [line] = lines(in_json.err)
    assert (in_json.code, line["code"], line["level"]) == (in_text.code, in_text.code, "error")
    assert line["message"] == in_text.err.splitlines()[-1]
    assert line.get("frames", "") == in_text.err.removesuffix(f"{line['message']}\n")


def test_what_is_wrong_inside_and_who_stopped_it_are_lines_of_json_too(capsys, monkeypatch):
    monkeypatch.setenv("AUDIT_LOG", "json")

    codes = [ended(partial(_raising, error), is_debug=True) for error in (ValueError(PUPIL), KeyboardInterrupt())]

    said = capsys.readouterr().err
    assert [line["code"] for line in lines(said)] == codes == [4, 130]
    assert PUPIL not in said


def _raising(error: BaseException) -> int:
    raise error


def test_a_word_that_it_does_not_know_is_told():
    said = audit("policies", "list", AUDIT_LOG="yaml")

    assert (said.code, said.err) == (2, "AUDIT_LOG takes json or text. Set it to one of these.\n")
