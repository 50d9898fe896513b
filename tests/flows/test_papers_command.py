"""`audit papers` writes them, and doctor tells once the program or school.toml says something else."""

import json

import pytest

from flows.home.init import make_key
from flows.home.settings import Settings
from tests.flows.calling import audit
from tests.flows.village import NAMES, SCHOOL, write_home
from warehouse.store.places import Places


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    write_home(home)
    make_key(Settings(home=home), Places(home, SCHOOL))
    return home


def said_by_doctor(home):
    """Return what doctor says of the papers, and whether it is well."""
    lines = json.loads(audit("doctor", SCHOOL, "--json", AUDIT_HOME=str(home)).out)
    [line] = [line for line in lines if line["what"] == "papers"]
    return line["is_ok"], line["says"]


def test_the_papers_are_written_and_doctor_tells_when_they_are_out_of_date(home):
    before = said_by_doctor(home)
    answer = audit("papers", SCHOOL, "--out", str(home / "papers"), AUDIT_HOME=str(home))
    current = said_by_doctor(home)
    settings = home / SCHOOL / "school.toml"
    settings.write_text(settings.read_text() + "\n[retention]\nregisters = 30\n")
    old = said_by_doctor(home)
    audit("papers", SCHOOL, "--out", str(home / "papers"), AUDIT_HOME=str(home))

    assert before[0]
    assert "none were made here" in before[1]
    assert (answer.code, len(answer.out.split("They are drafts")[0].splitlines())) == (0, 8)
    assert "\n  who the Data Protection Officer is ([papers] dpo_name)\n" in answer.out
    assert "drafts, for the school has" in current[1]
    assert not old[0]
    assert "older than what is kept" in old[1]
    assert said_by_doctor(home)[0]
    texts = "".join(path.read_text() for path in (home / "papers").iterdir())
    assert [name for name in NAMES if name in texts] == []


def test_a_completed_paper_is_refused_in_a_sentence_and_doctor_tells_until_the_new_one_is_taken_away(home):
    audit("papers", SCHOOL, "--out", str(home / "papers"), AUDIT_HOME=str(home))
    (home / "papers" / "dpia.html").write_text("completed by hand")
    answer = audit("papers", SCHOOL, "--out", str(home / "papers"), AUDIT_HOME=str(home))
    waits = said_by_doctor(home)
    (home / "papers" / "dpia.html.new").unlink()

    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "Left as somebody changed them: dpia.html." in answer.err
    assert (home / "papers" / "dpia.html").read_text() == "completed by hand"
    assert (waits[0], "wait dpia.html.new" in waits[1]) == (False, True)
    assert said_by_doctor(home)[0]


def test_doctor_tells_when_what_it_remembers_of_the_papers_cannot_be_read(home):
    (home / SCHOOL / "papers.json").write_text("{")

    assert said_by_doctor(home) == (
        False,
        f"papers.json cannot be read. Make them again, and have the notices read: audit papers {SCHOOL} --out FOLDER",
    )
