"""A school is judged by its own policy under its own name, or not at all: neither is set by anybody but the school."""

import json
from pathlib import Path

import pytest

from tests.flows.calling import audit
from tests.flows.own_policy import adopt

SCHOOL = "ousterly-vale"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert audit("init", SCHOOL, AUDIT_HOME=str(tmp_path)).code == 0
    return tmp_path


def named(home: Path, name: str = "Ousterly Vale School") -> None:
    settings = home / SCHOOL / "school.toml"
    settings.write_text(settings.read_text().replace("Name of the school", name))


def test_no_policy_is_set_until_the_school_sets_its_own(home: Path) -> None:
    named(home)

    ran = audit("run", SCHOOL, AUDIT_HOME=str(home))
    group = audit("group", "run", AUDIT_HOME=str(home))
    doctor = audit("doctor", SCHOOL, "--json", AUDIT_HOME=str(home))
    looks = json.loads(doctor.out)

    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(
        "No policy is set, so there is nothing to judge ousterly-vale by: draft one from your own"
    )
    assert group.code == 2
    assert f"{SCHOOL}: exit code 2. No policy is set" in group.out
    assert doctor.code == 2
    assert [look["says"][:18] for look in looks if look["what"] == "policy"] == ["No policy is set, "]
    assert any("pupils.csv" in look["what"] + look["says"] for look in looks)  # the rest is looked at all the same
    assert not list((home / SCHOOL).rglob("*.duckdb"))


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
