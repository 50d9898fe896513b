"""What a run left undone of its upkeep is told: in its message, the report and doctor, until a person has mended it.

It alone proves it of a school that was audited, for a clock that was wrong for five minutes and for an erasure that
was broken off.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.flows.calling import audit
from tests.flows.few_checks import ask_few
from tests.flows.receiving import web_server
from tests.flows.village import FAR as AHEAD
from tests.flows.village import NAMES, PUPIL, SCHOOL, village
from warehouse.privacy.erasure_journal import JOURNAL, Erasure, write_journal
from warehouse.privacy.subject_patterns import Subject

FAR = datetime(2030, 1, 1, 12, tzinfo=UTC)
BEGUN = datetime(2026, 11, 3, 12, tzinfo=UTC)
TECHNICIAN = '\n[[notify]]\nrole = "it_technician"\nto = "hook"\non = ["failure"]\n'
DOUBT = "something was done already on 2030-01-01, so nothing was deleted for its age."
CONFIRM = f"audit expire {SCHOOL} --yes"
WAITS = (
    "An erasure was begun on Tuesday 3 November 2026 and has not ended, so some of what it takes out may still be "
    f"kept. Run: audit erase {SCHOOL} --resume"
)
NOTICE = "This run deleted nothing for its age."


@pytest.fixture(scope="module")
def heard(tmp_path_factory):
    """A village whose technician hears of failures alone, and what was heard of a run that left two things undone."""
    with web_server() as posted, village(tmp_path_factory.mktemp("upkeep") / "home", has_warehouse=True) as here:
        ask_few(here.places.folder)
        with (here.places.folder / "school.toml").open("a") as file:
            file.write(TECHNICIAN)
        with here.places.credentials.open("a") as file:
            file.write(f'\n[hook]\nurl = "{posted.url}"\n')
        context = here.context()
        with context.casebook() as book:
            book.log_query(by_user="dpo", purpose="-", sql="select 1", at=FAR)
        subject = Subject(actors=frozenset({("x", PUPIL)}))
        erasure = Erasure("t", "account", subject, "dpo", "A request.", {"raw.profiles": 1}, BEGUN)
        write_journal(context.places.folder, context.key, erasure)
        answer = audit("run", SCHOOL, "--as-of", "2026-11-02", **here.environment)
        yield here, posted, answer


def line(answer, what):
    [found] = [line for line in answer.out.splitlines() if line[7:].startswith(f"{what}: ")]
    return found


def test_whoever_hears_of_failures_hears_what_a_whole_run_left_undone(heard):
    _, posted, answer = heard

    [body] = posted.bodies
    assert answer.code == 0
    assert body["title"].endswith(", 2 problems of upkeep")
    doubt, waits, _, head = body["message"].splitlines()[-4:]
    assert (DOUBT in doubt, CONFIRM in doubt, waits) == (True, True, WAITS)
    assert {doubt, waits} <= set(answer.out.splitlines())
    assert head.startswith("Head of the record of what people did: ")
    assert [name for name in (*NAMES, PUPIL) if name in body["title"] + body["message"]] == []


@pytest.mark.parametrize(("tier", "is_told"), [("lead", True), ("dpo", True), ("dsl", False), ("governors", False)])
def test_whoever_answers_for_what_is_kept_reads_it_at_the_head_of_the_report(heard, tier, is_told):
    here, _, _ = heard

    answer = audit("report", SCHOOL, "--run", "2026-11-02", "--tier", tier, "--format", "html", **here.environment)

    page = Path(answer.out.strip()).read_text()
    assert (NOTICE in page, f"<code>audit doctor {SCHOOL}</code>" in page) == (is_told, is_told)


def test_doctor_shows_both_until_a_person_has_mended_them_and_a_hold_says_what_it_keeps(heard):
    here, posted, _ = heard
    hold = ("hold", "add", SCHOOL, "--actor", f"x:{PUPIL}", "--reason", "A claim.", "--until", AHEAD.isoformat())

    before = audit("doctor", SCHOOL, **here.environment)
    held = audit(*hold, **here.environment)
    steps = [
        audit(*step, **here.environment)
        for step in (
            ("hold", "end", SCHOOL, "1"),
            ("expire", SCHOOL, "--yes"),
            ("erase", SCHOOL, "--resume"),
            ("run", SCHOOL, "--as-of", "2026-11-09"),
        )
    ]
    after = audit("doctor", SCHOOL, **here.environment)

    assert before.code == 2
    assert line(before, "deletion by age").startswith("wrong  deletion by age: By this machine's clock it is ")
    assert (DOUBT in before.out, CONFIRM in before.out) == (True, True)
    assert line(before, "erasure") == f"wrong  erasure: {WAITS}"
    assert PUPIL not in before.out
    assert held.out.startswith(WAITS)
    assert "A hold on the same subject keeps what is left" in held.out
    assert [step.code for step in steps] == [0, 0, 0, 0], [step.said for step in steps]
    assert not (here.places.folder / JOURNAL).exists()
    assert line(after, "deletion by age").startswith("ok     ")
    assert line(after, "erasure") == "ok     erasure: none waits to be finished."
    assert len(posted.bodies) == 1
