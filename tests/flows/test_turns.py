"""The parts of a group as they are begun: the same ones again, and none beside a school with whose key they may be."""

import string
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows.prefect import group
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
