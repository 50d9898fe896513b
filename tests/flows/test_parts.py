"""A group's schools are cut by the keys that they read X with, and a part passes over what is done when begun again."""

import json
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.home.settings import ConfigurationError, Settings
from flows.prefect.parts import GroupOverError, PartsAsked, turns_of
from flows.prefect.quotas import read_ledger
from flows.weekly.command import RunOptions, run_school
from policies.school_file import read_school
from tests.flows.calling import environment
from tests.flows.village import SCHOOL, write_home
from warehouse.runs.run_progress import RUNNING, RunProgress, locked, write_progress
from warehouse.store.places import Places

DAY = date(2026, 7, 6)
BEGAN = datetime(2026, 7, 6, 5, tzinfo=UTC)
DONE = RunProgress(DAY, BEGAN, ended_at=BEGAN + timedelta(minutes=1), code=0)


@pytest.mark.parametrize(
    ("keys", "turns"),
    [
        ({}, []),
        ({"a": "1"}, ["a"]),
        ({"a": "1", "b": "2", "c": "3", "d": "4"}, ["abc", "d"]),
        ({"a": "1", "b": "2", "c": "1", "d": "3"}, ["acb", "d"]),
        ({"a": "1", "b": "2", "c": "2", "d": "2"}, ["a", "bcd"]),
        ({"a": "1", "b": "1", "c": "1", "d": "1", "e": "2"}, ["abc d", "e"]),
        ({"a": "1", "b": "2", "c": "12", "d": "2", "e": ""}, ["abc d", "e"]),
        ({"a": "", "b": "", "c": "", "d": ""}, ["abc", "d"]),
        ({"a": "archive", "b": "archive", "c": "youtube", "d": "youtube"}, ["abc", "d"]),
    ],
    ids=["none", "one", "own keys", "two share", "who shares is not parted", "more than a part", "by a third one",
         "without a key", "what X does not count"],
)  # fmt: skip
def test_who_shares_a_key_of_xs_is_in_one_part_or_in_parts_of_one_turn(tmp_path, keys, turns):
    for school, key in keys.items():
        write_school(tmp_path, f"s-{school}", key)
        assert read_school(Places(tmp_path, f"s-{school}").settings)

    schools = [f"s-{school}" for school in sorted(keys)]

    made = turns_of(schools, read_ledger(Settings(tmp_path), schools, DAY).turn_keys if schools else {}, size=3)

    assert [" ".join("".join(part).replace("s-", "") for part in turn) for turn in made] == turns


ACCOUNT = """
[[account]]
platform = "{}"
account_id = "{}"
handle = "h{}"
credential = "c{}"
"""


def write_school(home, school, key):
    """Write a school that reads X with these keys, a letter each; or an archive, or YouTube with a key of many."""
    (home / school).mkdir(mode=0o700)
    names = [key] if key in ("archive", "youtube") else list(key)
    text = f'[school]\nid = "{school}"\nname = "{school}"\npack = "corbets-tey-2022"\n'
    for n, name in enumerate(names):
        number = "UC" + "x" * 22 if name == "youtube" else n + 1
        text += ACCOUNT.format("youtube" if name == "youtube" else "x", number, n, n)
        text += 'reads = "archive"\narchive = "a.zip"\n' if name == "archive" else ""
    (home / school / "school.toml").write_text(text + '\n[registers]\npupils = "pupils.csv"\n')
    credentials = home / school / "credentials.toml"
    credentials.touch(mode=0o600)
    credentials.write_text("".join(f'[c{n}]\nbearer = "{name}"\n' for n, name in enumerate(names)))


@pytest.fixture
def places(tmp_path):
    write_home(tmp_path)
    made = Places(tmp_path, SCHOOL)
    with environment(AUDIT_HOME=str(tmp_path), AUDIT_KEY="k" * 40):
        yield made


def test_once_the_time_of_the_group_is_over_no_part_is_begun():
    asked = PartsAsked("weekly-audit", DAY, {}, until=time.monotonic() - 1.0)

    with pytest.raises(GroupOverError, match="this part was not begun"):
        asked.run(["hill-view"], "1")


def test_a_day_that_was_published_whole_is_passed_over(places, capsys):
    write_progress(places.folder, DONE)
    places.published.touch(mode=0o600)

    assert run_school(SCHOOL, RunOptions(DAY, is_patient=True, is_json=True)) == 0
    assert json.loads(capsys.readouterr().out) == {}


@pytest.mark.parametrize(
    ("change", "has_copy"),
    [
        ({"as_of": DAY - timedelta(days=7)}, True),
        ({"code": 3}, True),
        ({"code": None, "ended_at": None}, True),
        ({"options": ("--only", "x")}, True),
        ({}, False),
    ],
    ids=["another day", "in part", "killed", "read in part", "no copy is there"],
)
def test_what_was_not_seen_to_be_published_whole_is_run(places, change, has_copy):
    write_progress(places.folder, replace(DONE, **change))
    if has_copy:
        places.published.touch(mode=0o600)

    with pytest.raises(ConfigurationError, match="A live pull needs a recorded decision"):
        run_school(SCHOOL, RunOptions(DAY, is_patient=True))


def test_whoever_works_on_the_school_is_waited_for_and_what_it_published_is_passed_over(places, capsys):
    has_begun = threading.Event()

    def another_run():
        with locked(places.folder, RUNNING):
            has_begun.set()
            time.sleep(0.3)
            places.published.touch(mode=0o600)
            write_progress(places.folder, DONE)

    thread = threading.Thread(target=another_run)
    thread.start()
    has_begun.wait(10)

    assert run_school(SCHOOL, RunOptions(DAY, is_patient=True, is_json=True)) == 0
    thread.join()
    assert json.loads(capsys.readouterr().out) == {}


def test_a_run_that_does_not_wait_is_never_passed_over(places):
    write_progress(places.folder, DONE)
    places.published.touch(mode=0o600)

    with pytest.raises(ConfigurationError, match="A live pull needs a recorded decision"):
        run_school(SCHOOL, RunOptions(DAY))
