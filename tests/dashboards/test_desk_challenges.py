"""A challenge at the desk: opened on the case's page, told on the first page until it is answered, then corrected."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from policies.roles import DoneBy
from tests.dashboards.desks import Served, field_of, served
from tests.dashboards.ordinary import ordinary
from tests.dashboards.test_desk import DPO, DSL, LEAD, of_pupil
from warehouse.casebook.challenges import Challenges

LATE = {"received_on": "2026-10-01", "raised_by": "parent", "ground": "The account is a cousin's."}


@pytest.fixture
def fresh(tmp_path) -> Iterator[Served]:
    with served(ordinary(), tmp_path / "desk", has_school=True) as desk:
        yield desk


def test_a_challenge_is_opened_told_and_answered_and_corrects_the_case_and_its_reports(fresh: Served) -> None:
    lead, dpo = fresh.signed_in(LEAD), fresh.signed_in(DPO)
    ref = of_pupil(lead)
    folder = fresh.desk.published.parent / "reports" / "2026-11-09"
    folder.mkdir(parents=True)
    page = f'<main id="main">\n<p>Ref <code>{ref[:8]}</code></p>\n</main>'
    (folder / "index.html").write_text(page)
    (folder / "governors.html").write_text('<main id="main">\n<p>3 open</p>\n</main>')
    csrf = {"csrf": field_of(dpo.get(f"/case/{ref}").text, "csrf")}

    opened = dpo.post(f"/case/{ref}/challenge", data=csrf | LATE)
    case, home, leads = dpo.get(f"/case/{ref}").text, dpo.get("/").text, lead.get("/").text
    answered = dpo.post(f"/case/{ref}/challenge/answer", data=csrf | {"answer": "upheld", "reason": "It is so."})

    assert (opened.status_code, answered.status_code) == (303, 303)
    assert "Challenged on Thu 1 Oct 2026, to be answered by Sat 31 Oct 2026: late." in case
    for first_page in (home, leads):
        assert "1 challenge is late." in first_page
        assert f'<a href="/case/{ref}#challenge">Answer the challenge of case {ref[:8]}</a>' in first_page
    assert "upheld: the case was mistaken" in dpo.get(f"/case/{ref}").text
    assert "Challenges to answer" not in dpo.get("/").text
    assert "Mistaken, says the Data Protection Officer" in lead.get(f"/case/{ref}").text
    [fingerprint] = [row for row in fresh.desk.book.decisions.standing() if row.startswith(ref)]
    assert fresh.desk.book.decisions.standing()[fingerprint].verdict == "mistaken"
    marked = (folder / "index.html").read_text()
    assert marked.startswith('<main id="main">\n<!-- corrected -->')
    assert f"found mistaken: {ref[:8]}" in marked
    governors = (folder / "governors.html").read_text()
    assert "challenged and found mistaken: fewer than 5." in governors
    assert ref[:8] not in governors
    assert f"found mistaken: {ref[:8]}" in dpo.get("/report").text
    log = dpo.get("/log").text
    assert "challenge opened" in log
    assert "challenge upheld" in log


def test_whoever_answers_one_is_shown_what_is_tied_to_whom_the_case_gives(fresh: Served) -> None:
    dpo, dsl, asked = fresh.signed_in(DPO), fresh.signed_in(DSL), list[str]()
    ref, school = of_pupil(dpo), fresh.app.state.school
    csrf = {"csrf": field_of(dpo.get(f"/case/{ref}").text, "csrf")}

    def reach(fingerprint: str) -> Sequence[str]:
        asked.append(fingerprint)
        return ("Theirs, as a register declares: x:<9>.",)

    fresh.app.state.school = replace(school, reach=reach)
    before = dpo.get(f"/case/{ref}").text
    dpo.post(f"/case/{ref}/challenge", data=csrf | LATE)
    case, others = dpo.get(f"/case/{ref}").text, dsl.get(f"/case/{ref}").text

    assert "What is tied to whoever the case gives:" not in before + others
    assert "<li>Theirs, as a register declares: x:&lt;9&gt;.</li>" in case
    assert [each[:16] for each in asked] == [ref]


def test_nobody_else_opens_or_answers_one(fresh: Served) -> None:
    dsl = fresh.signed_in(DSL)
    ref = of_pupil(dsl)
    page = dsl.get(f"/case/{ref}").text
    csrf = {"csrf": field_of(page, "csrf")}

    assert "Somebody says that this case" not in page
    assert dsl.post(f"/case/{ref}/challenge", data=csrf | LATE).status_code == 403
    assert Challenges(fresh.desk.book).all() == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"raised_by": "me"}, "Say who challenges it: pupil, parent, staff, other."),
        ({"received_on": "1 October"}, "as in 2026-12-31"),
        ({"received_on": "2026-11-17"}, "still to come"),
        ({"ground": " . "}, "Say what they say is wrong"),
        ({"ground": "It is Somebody Quite-Else-3's cousin."}, "names somebody, and it is kept"),
        ({"ground": "a" * 2_001}, "longer than 2,000 characters"),
    ],
)
def test_what_cannot_be_written_down_is_said_in_a_sentence(fresh: Served, change, says) -> None:
    dpo = fresh.signed_in(DPO)
    ref = of_pupil(dpo)
    csrf = {"csrf": field_of(dpo.get(f"/case/{ref}").text, "csrf")}
    said = dpo.post(f"/case/{ref}/challenge", data=csrf | LATE | change)

    assert (said.status_code, says in said.text) == (409, True)
    assert Challenges(fresh.desk.book).all() == ()


def test_an_answer_that_names_somebody_of_the_registers_is_refused_and_the_challenge_waits(fresh: Served) -> None:
    dpo = fresh.signed_in(DPO)
    ref = of_pupil(dpo)
    csrf = {"csrf": field_of(dpo.get(f"/case/{ref}").text, "csrf")}
    assert dpo.post(f"/case/{ref}/challenge", data=csrf | LATE).status_code == 303

    answer = {"answer": "upheld", "reason": "AMBROSE  Netherfold says so."}
    said = dpo.post(f"/case/{ref}/challenge/answer", data=csrf | answer)

    assert (said.status_code, "names somebody, and it is kept" in said.text) == (409, True)
    assert "Netherfold" not in said.text
    [challenge] = Challenges(fresh.desk.book).all()
    assert challenge.is_open


def test_a_case_that_the_newest_report_lacks_is_answered_with_the_command(fresh: Served) -> None:
    at = datetime(2026, 11, 15, tzinfo=UTC)
    by = DoneBy("dpo", user="somebody")
    Challenges(fresh.desk.book).open("0" * 64, received_on=at.date(), raised_by="staff", ground="Not me.", by=by, at=at)

    assert "audit challenge ousterly-vale answer 00000000" in fresh.signed_in(LEAD).get("/").text
