"""A school is ended by one command: a certificate in counts, and nothing else of it anywhere, its key neither."""

import io
import json
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from flows.commands.app import COMMANDS
from flows.commands.lazy_commands import CommandGroup, signature_of
from flows.home.arguments import School, SomeSchool
from flows.home.context import open_context
from flows.home.init import make_key
from flows.home.settings import Settings
from flows.notify.missed import missed
from flows.notify.state import NotifyState, write_state
from policies.roles import DoneBy
from tests.casebooks import key_of
from tests.flows.calling import audit
from tests.flows.village import FAR, SCHOOL, write_home
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.chain_key import ChainKey, Head
from warehouse.casebook.holds import Holds
from warehouse.casebook.subject_requests import SubjectRequests
from warehouse.object_store.folder import note_pulled
from warehouse.store.places import Places

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def asked(book):
    return SubjectRequests(book).receive(
        "access", received_on=NOON.date(), about=("person", "P1"), note="", by=DoneBy("dpo"), at=NOON, today=NOON.date()
    )


@pytest.fixture
def here(tmp_path):
    settings = Settings(home=tmp_path / "home")
    write_home(settings.home)
    made = SimpleNamespace(settings=settings, places=Places(settings.home, SCHOOL))
    make_key(settings, made.places)
    made.context = lambda: open_context(settings, SCHOOL, None)
    made.environment = {"AUDIT_HOME": str(settings.home)}
    with made.context().casebook() as book:
        asked(book)
    return made


def test_a_school_that_is_closed_leaves_a_certificate_in_counts_and_no_key(here):
    key, context = here.places.key.read_bytes(), here.context()
    other = Casebook(f"sqlite:///{here.places.casebook}", "other", key_of(here.places))
    asked(other)

    answer = audit("close", SCHOOL, "--yes", **here.environment)

    assert answer.code == 0, answer.said
    said = json.loads((here.settings.home / "closed" / f"{SCHOOL}.json").read_text())
    assert (said["by_role"], said["counts"]["casebook requests"]) == ("dpo", 1)
    assert not here.places.folder.exists()
    assert not any(key in path.read_bytes() for path in here.settings.home.rglob("*") if path.is_file())
    with context.casebook() as book:
        assert SubjectRequests(book).all() == ()
    assert len(SubjectRequests(other).all()) == 1
    other.close()
    again = audit("close", SCHOOL, "--yes", **here.environment)
    assert (again.code, "There is no school" in again.err) == (2, True)


def test_a_hold_keeps_a_school_from_being_closed_and_nobody_s_silence_closes_it(here, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    silent = audit("close", SCHOOL, **here.environment)
    with here.context().casebook() as book:
        Holds(book).add(kind="photograph", subject_id="M1", reason="Asked.", by=DoneBy("dpo"), until=FAR)
    held = audit("close", SCHOOL, "--yes", **here.environment)

    assert (silent.code, "nobody confirmed it" in silent.err) == (2, True)
    assert (held.code, "Hold 1 stands until" in held.err) == (2, True)
    assert here.places.key.exists()
    assert here.places.folder.exists()


def everything(home):
    return {path: path.is_file() and path.read_bytes() for path in sorted(home.rglob("*"))}


@pytest.mark.parametrize("given", [".", "..", "keys", "closed", "casebook", "passed-self-tests", "/", "a/../b", "Up"])
def test_only_a_school_is_ever_closed_whatever_is_given_for_one(here, given):
    (here.settings.home / "closed").mkdir()
    for folder in ("keys", "closed"):
        (here.settings.home / folder / "school.toml").write_text("")
    before = everything(here.settings.home)

    for command in (("close", given, "--yes"), ("init", given), ("setup", given, "--no-browser")):
        answer = audit(*command, **here.environment)

        assert (answer.code, answer.err.count("\n")) == (2, 1)
        assert "school" in answer.err
    assert everything(here.settings.home) == before


def school_commands(entries, *path):
    for name, entry in entries.items():
        if isinstance(entry, CommandGroup) and not entry.callback:
            yield from school_commands(entry.commands, *path, name)
            continue
        target = entry.callback if isinstance(entry, CommandGroup) else getattr(entry, "target", entry)
        first = next(iter(signature_of(target).__annotations__.values()), None)
        if first in (School, SomeSchool):
            yield (*path, name), tuple(entry.commands)[:1] if isinstance(entry, CommandGroup) else ()


@pytest.mark.parametrize(("command", "after"), [each for panel in COMMANDS.values() for each in school_commands(panel)])
def test_every_command_refuses_what_is_no_school_s_id_in_one_sentence(tmp_path, command, after):
    answer = audit(*command, "../keys", *after, AUDIT_HOME=str(tmp_path / "home"))

    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "A school's id is 2 to 41 small letters, digits and hyphens, such as hill-view.\n"
    assert list(tmp_path.iterdir()) == []


def no_settings(here):
    here.places.settings.unlink()


def a_link(here):
    elsewhere = here.places.folder.rename(here.settings.home.parent / "elsewhere")
    here.places.folder.symlink_to(elsewhere)


def a_linked_key(here):
    here.places.key.rename(elsewhere := here.settings.home / "elsewhere.key")
    here.places.key.symlink_to(elsewhere)


def pulled(here):
    note_pulled(here.places.folder, 3)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (no_settings, "There is no school.toml in"),
        (a_link, "is a link"),
        (a_linked_key, "is a link"),
        (pulled, "was pulled from an object store, where it would stay: delete"),
    ],
)
def test_what_is_not_a_school_of_this_home_as_it_was_made_is_not_closed(here, changed, told):
    changed(here)
    before = everything(here.settings.home.parent)

    answer = audit("close", SCHOOL, "--yes", **here.environment)

    assert (answer.code, told in answer.err, answer.err.count("\n")) == (2, True, 1)
    assert everything(here.settings.home.parent).keys() == before.keys()
    assert here.places.key.read_bytes().strip(b"\0")


def test_a_close_that_left_something_says_so_and_is_ended_by_the_same_command(here, monkeypatch):
    copy = here.settings.home / "casebook.sqlite.before-0010"
    copy.write_text("a name")
    with monkeypatch.context() as stuck:
        stuck.setattr("shutil.rmtree", lambda folder, **_: (folder / "school.toml").unlink())
        half = audit("close", SCHOOL, "--yes", **here.environment)
    assert (half.code, "is not gone" in half.err, "Closed" in half.out) == (2, True, False)
    assert here.places.key.exists()

    ended = audit("close", SCHOOL, "--yes", **here.environment)

    assert ended.code == 0, ended.said
    assert not here.places.folder.exists()
    assert not copy.exists()
    [certificate] = (here.settings.home / "closed").iterdir()
    assert json.loads(certificate.read_text())["counts"]["casebook requests"] == 1
    here.places.key.write_bytes(b"put back from a copy")
    assert audit("close", SCHOOL, "--yes", **here.environment).code == 0
    assert not here.places.key.exists()


def test_a_school_that_is_closed_twice_has_two_certificates_and_may_run_in_between(here, tmp_path):
    chain = tmp_path / "chain"
    heads = tmp_path / "chain.heads"
    chain.touch(mode=0o600)
    chain.write_text("c" * 40)
    for school in (SCHOOL, "other"):
        ChainKey("c" * 40, heads).keep_head(school, Head(7, "ab" * 32), after=None)
    environment = {**here.environment, "AUDIT_CHAIN_KEY": str(chain)}
    first = audit("close", SCHOOL, "--yes", **environment)
    assert (first.code, set(json.loads(heads.read_text()))) == (0, {"other"}), first.said

    assert audit("init", SCHOOL, **environment).code == 0
    again = audit("close", SCHOOL, "--yes", **environment)

    assert again.code == 0, again.said
    assert sorted(path.name for path in (here.settings.home / "closed").iterdir()) == [
        f"{SCHOOL}-2.json",
        f"{SCHOOL}.json",
    ]


def test_a_key_that_is_elsewhere_is_said_to_be_there_still(here):
    key = here.places.key.read_text().strip()
    here.places.key.unlink()

    given = audit("close", SCHOOL, "--yes", **here.environment, AUDIT_KEY=key)

    assert (given.code, "the key in AUDIT_KEY is there still: delete it by hand" in given.out) == (0, True)


@pytest.mark.parametrize(("today", "stopped"), [("2026-11-30", False), ("2027-03-01", True)])
def test_a_school_that_has_stopped_is_told_once_that_its_data_run_out_and_how_to_end_it(here, today, stopped):
    write_state(here.places, NotifyState(scheduled_on=date(2026, 11, 2)))
    day = date.fromisoformat(today)
    teller = SimpleNamespace(
        places=here.places, settings=here.settings, today=lambda: day, last_day=lambda: date(2026, 11, 2)
    )

    miss = missed(teller)

    assert miss is not None
    assert (f"audit close {SCHOOL}" in miss.sentence, miss.what.startswith("stopped")) == (stopped, stopped)
