"""Checks are found by listing; a check is named after its file, and its papers are filled in."""

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

import checks
from checks.catalogue import catalogue, check_in
from checks.model import Check, CheckError
from checks.outcome import PLATFORMS
from policies.populations import POPULATIONS
from tests.house.pages.checks_page import page

CHECKS = list(catalogue().values())


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
    assert check.finding.one
    assert check.finding.many
    assert check.coverage in POPULATIONS
    assert set(check.sources) <= PLATFORMS.keys()
    assert check.days_to_act > 0


def test_every_script_is_asked_by_a_module_of_its_folder() -> None:
    folders = [
        Path(checks.__file__).parent / name for name in ("accounts", "comments", "followers", "governance", "posts")
    ]
    orphans = [
        script.name
        for folder in folders
        for script in folder.glob("*.sql")
        if not (script.name.endswith(".canary.sql") and (folder / f"{script.name.partition('.')[0]}.toml").exists())
        and not any(f'"{script.name.partition(".")[0]}' in module.read_text() for module in folder.glob("*.py"))
    ]

    assert sum(len(list(folder.glob("*.canary.sql"))) for folder in folders) == len(CHECKS)
    assert orphans == []


def test_the_page_tells_of_a_check_without_a_self_test() -> None:
    bare = replace(CHECKS[0], canary=None, evidence=())

    assert "In the self-test: no case is planted" in page([bare])
    assert "come back as changed: nothing" in page([bare])
