"""A school is judged by its own policy under its own name, or not at all: neither is set by anybody but the school."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from flows.home.policy import known_checks, pack_of
from policies.mistakes import mistakes_in
from policies.school_file import read_school
from tests.flows.calling import audit
from tests.flows.own_policy import adopt
from tests.flows.village import MONDAY, village

SCHOOL = "ousterly-vale"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert audit("init", SCHOOL, AUDIT_HOME=str(tmp_path)).code == 0
    return tmp_path


def named(home: Path, name: str = "Ousterly Vale School") -> None:
    settings = home / SCHOOL / "school.toml"
    settings.write_text(settings.read_text().replace("Name of the school", name))


def test_no_policy_is_set_until_the_school_sets_its_own_and_none_of_another_school_is_used(home: Path) -> None:
    named(home)

    doctor = audit("doctor", SCHOOL, "--json", AUDIT_HOME=str(home))
    looks = json.loads(doctor.out)
    pack = pack_of(read_school(home / SCHOOL / "school.toml"), home / SCHOOL)

    assert doctor.code == 2
    assert [look["says"][:53] for look in looks if not look["is_ok"] and "policy" in look["what"]] == [
        "No policy of the school's own is set, so a run looks "
    ]
    assert any("pupils.csv" in look["what"] + look["says"] for look in looks)  # the rest is looked at all the same
    assert pack.title.startswith("No policy of the school's own is set")
    assert all(clause.besides and clause.source_sha256 is None for clause in pack.clause)
    assert not mistakes_in(files("policies").joinpath("law_only.toml").read_text(encoding="utf-8"), known_checks())


def test_without_a_policy_a_run_looks_at_what_the_law_asks_and_its_report_says_so(tmp_path: Path) -> None:
    with village(tmp_path, has_warehouse=True) as here:
        settings = here.places.settings
        settings.write_text(re.sub(r"pack = .*\n", "", settings.read_text()))

        ran = audit("run", here.places.school, "--as-of", MONDAY.isoformat(), **here.environment)
        report = (here.places.reports(MONDAY.isoformat()) / "index.html").read_text()

    assert ran.code == 0, ran.said
    assert "unapproved_picture: exceptions" in ran.out
    assert not {"pupil_follower", "staff_follower"} & set(re.findall(r"^(\w+): ", ran.out, re.MULTILINE))
    assert "No policy of the school&#39;s own is set" in report


@pytest.mark.parametrize("name", ["Name of the school", "Your school", "School name", "TBC", "<school>", "xxx"])
def test_a_name_that_is_nobodys_is_refused_in_a_sentence(home: Path, name: str) -> None:
    adopt(home / SCHOOL)
    settings = home / SCHOOL / "school.toml"
    settings.write_text(settings.read_text().replace('"Ousterly Vale School"', f'"{name}"'))

    ran = audit("run", SCHOOL, AUDIT_HOME=str(home))
    doctor = audit("doctor", SCHOOL, AUDIT_HOME=str(home))

    assert (ran.code, ran.out, doctor.code) == (2, "", 2)
    assert ran.err == (
        f"name in school.toml is still {name!r}: write your school's own name there. Every report is headed by it.\n"
    )
    assert ran.err.strip() in doctor.out


def test_a_pack_that_ships_is_set_where_it_is_asked_for(tmp_path: Path) -> None:
    audit("init", SCHOOL, "--pack", "willow-tree-2024", AUDIT_HOME=str(tmp_path))

    assert 'pack = "willow-tree-2024"' in (tmp_path / SCHOOL / "school.toml").read_text()
