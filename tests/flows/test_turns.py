"""The parts of a group as they are begun: the same ones again, and none beside a school with whose key they may be."""

import string
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows.prefect import group
from flows.prefect.parts import PartsAsked
from tests.flows.calling import environment
from tests.flows.test_parts import write_school

DAY = date(2026, 7, 6)


@pytest.fixture
def begun(monkeypatch):
    """Let a part be begun by being written down, with the parts that it waits for."""
    written: list[tuple[str, list[str]]] = []

    def submit(_, part, __, *, wait_for, **___):
        called = "".join(part).replace("s-", "")
        written.append((called, [each.unwrap().called for each in wait_for]))
        return SimpleNamespace(called=called, state=SimpleNamespace(is_completed=lambda: True), result=lambda: part)

    monkeypatch.setattr(group, "_part", SimpleNamespace(submit=submit))
    monkeypatch.setattr(group, "wait", lambda _: None)
    monkeypatch.setattr(group, "create_markdown_artifact", lambda *_, **__: None)
    monkeypatch.setattr(group, "states_of", lambda _, schools, __: dict.fromkeys(schools, "COMPLETED"))
    return written


def test_what_is_begun_again_is_the_same_parts_as_at_first(tmp_path: Path, begun):
    for letter in string.ascii_lowercase:  # one more than a part has; the last has the key of the first
        write_school(tmp_path, f"s-{letter}", letter.replace("z", "a"))

    with environment(AUDIT_HOME=str(tmp_path)):
        group._in_parts("weekly-audit", "*", DAY, {"as_of": str(DAY), "heeds_quota": True}, again=False)
        first = begun.copy()
        begun.clear()
        group._in_parts("weekly-audit", "*", DAY, {"as_of": str(DAY)}, again=True)

    assert begun == first
    assert first[0][0].startswith("az")


def test_a_school_whose_keys_could_not_be_read_is_begun_once_all_others_are_done(begun):
    """It may share a key with any of them, and they with each other."""
    schools = [f"s-{number:02}" for number in range(52)]
    unknown = schools[::2]
    keys = {school: frozenset[str]() for school in schools if school not in unknown}

    done = group._ended(PartsAsked("weekly-audit", DAY, {}, until=0.0), schools, keys)

    (first, alone), (second, also_alone), (third, after), (fourth, last) = begun
    assert (first, second) == ("".join(s[2:] for s in schools[1:50:2]), "51")
    assert (third, fourth) == ("".join(s[2:] for s in unknown[:25]), "50")
    assert (alone, also_alone, after, last) == ([], [], [first, second], [third])
    assert done == set(schools)
