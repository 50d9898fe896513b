"""Checks are found by walking; a check is named after its file, and its papers are filled in."""

from dataclasses import replace
from importlib import resources
from types import ModuleType

import pytest

import checks
from checks.catalogue import catalogue, check_in, module_names
from checks.catalogue_page import page
from checks.model import Check, CheckError
from checks.sight import POPULATIONS

CHECKS = list(catalogue().values())


def test_finds_the_checks_of_this_release() -> None:
    assert list(catalogue()) == ["pupil_follower", "staff_follower", "unapproved_picture"]


def test_refuses_a_check_that_is_not_named_after_its_file() -> None:
    module = ModuleType("checks.followers.other")
    module.CHECK = catalogue()["pupil_follower"]  # type: ignore[attr-defined]

    with pytest.raises(CheckError, match=r"checks\.followers\.other calls its check 'pupil_follower'"):
        check_in("checks.followers.other", module)


def test_refuses_a_check_that_is_something_else() -> None:
    module = ModuleType("checks.followers.other")
    module.CHECK = "pupil_follower"  # type: ignore[attr-defined]

    with pytest.raises(CheckError, match="not a Check"):
        check_in("checks.followers.other", module)


@pytest.mark.parametrize("check", CHECKS, ids=[check.id for check in CHECKS])
def test_the_papers_are_filled_in(check: Check) -> None:
    sentences = (check.why, check.sees, check.cannot_see, check.next_step, check.do_not)

    assert all(sentence.endswith(".") for sentence in sentences)
    assert not check.title.endswith(".")
    assert not check.title.startswith("Ensure")
    assert check.sight in POPULATIONS
    assert set(check.sources) <= {"x", "youtube"}
    assert check.days_to_act > 0


def test_every_question_in_sql_stands_beside_its_module() -> None:
    stems = {name.rpartition(".")[2] for name in module_names(checks)}
    scripts = [
        entry.name.partition(".")[0]
        for folder in ("followers", "posts")
        for entry in resources.files(f"checks.{folder}").iterdir()
        if entry.name.endswith(".sql")
    ]

    assert len(scripts) >= len(CHECKS)
    assert [stem for stem in scripts if stem not in stems] == []


def test_the_page_tells_of_a_check_without_a_drill() -> None:
    bare = replace(CHECKS[0], plant=None, planted_subject=None, telling=())

    assert "In the drill: no case is planted" in page([bare])
    assert "come back as changed: nothing" in page([bare])
