"""An answer is given only where its ground was shown to whoever gives it: a name, a picture, a comparison."""

from collections.abc import Iterator

import pytest

from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.choices import answers_of_kinds, choices
from dashboards.report.read import read_week
from tests.dashboards.copies import RUN, add, copy
from tests.dashboards.desks import Served, served
from tests.dashboards.looks import (
    ALONE,
    APPROVED,
    COMPARED,
    CONFIRMED,
    DONE,
    NAMES,
    NOBODY,
    NOT_THEIRS,
    PUPIL,
    STAFF,
    TOLD,
    TWICE,
    TWO,
    UNSEEN,
    WHOM_FIRST,
    looked,
    offered,
    pressed,
    shown_whom,
    undone,
    week,
)
from tests.dashboards.test_desk import DPO, DSL, LEAD, form
from warehouse.casebook.access_log import AccessLog


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(week(), tmp_path_factory.mktemp("desk"), has_school=True) as desk:
        yield desk


@pytest.fixture
def here(shared: Served) -> Served:
    undone(shared)
    return shared


@pytest.mark.parametrize(("case", "names"), [(PUPIL, ["4101"]), (TWO, ["4101", "4102"])])
def test_whom_it_may_be_is_shown_by_one_press_and_logged_with_its_purpose(here: Served, case: str, names) -> None:
    client = here.signed_in(DSL)
    before = client.get(f"/case/{case[:16]}").text
    page = shown_whom(client, case).text
    log = [(row.action, row.subject) for row in AccessLog(here.desk.book).rows()]

    assert [name for name in NAMES.values() if name in before] == []
    assert "Show whom it may be" in before
    assert [name for name in NAMES.values() if name in page] == [NAMES[ident] for ident in names]
    assert ("One of 2" in page) == (len(names) == 2)
    assert log.count(("shown whom - to decide", case)) == 1
    assert not any(name in str(log) for name in NAMES.values())


def test_who_is_shown_to_nobody_who_may_not_clear_it_and_for_no_purpose_that_is_none(here: Served) -> None:
    lead = here.signed_in(LEAD)

    assert shown_whom(here.signed_in(DPO), PUPIL).status_code == 409
    assert shown_whom(lead, PUPIL, purpose="curious").status_code == 409
    assert shown_whom(here.signed_in(DSL), STAFF).status_code != 200
    assert here.desk.decisions.by_case() == {}
    assert [row.action for row in AccessLog(here.desk.book).rows() if "whom" in row.action] == []


@pytest.mark.parametrize("fields", [{"choice": CONFIRMED}, {"choice": TOLD}, {"kind": "confirmed", "note": "So."}])
def test_nobody_is_named_by_two_who_were_not_told_whom(here: Served, fields: dict[str, str]) -> None:
    lead, dsl = here.signed_in(LEAD), here.signed_in(DSL)
    code, said = pressed(lead, PUPIL, **fields)
    assert (code, WHOM_FIRST in said) == (409, True)
    shown_whom(lead, PUPIL)
    assert pressed(lead, PUPIL, **fields)[0] == 303

    code, said = pressed(dsl, PUPIL, **fields)

    assert (code, WHOM_FIRST in said) == (409, True)
    assert here.desk.book.decisions.standing() == {}
    shown_whom(dsl, PUPIL)
    assert pressed(dsl, PUPIL, **fields)[0] == 303
    assert [each.verdict for each in here.desk.book.decisions.standing().values()] == ["confirmed"]


def test_an_answer_is_offered_only_once_its_ground_was_shown_and_a_look_ends_with_the_sitting(here: Served) -> None:
    lead = here.signed_in(LEAD)
    before, after = lead.get(f"/case/{PUPIL[:16]}").text, shown_whom(lead, PUPIL).text
    assert (offered(before), offered(after)) == ({DONE}, {CONFIRMED, TOLD, NOT_THEIRS, "4", DONE})
    blurred, clear = (lead.get(f"/case/{COMPARED[:16]}{more}").text for more in ("", "?pictures=shown"))
    assert (APPROVED in offered(blurred), APPROVED in offered(clear)) == (False, True)
    assert APPROVED not in offered(lead.get(f"/case/{ALONE[:16]}?pictures=shown").text)
    looked(lead, COMPARED, 0, 1)
    assert APPROVED in offered(lead.get(f"/case/{COMPARED[:16]}").text)  # revealed once for the sitting

    anew = here.signed_in(LEAD)

    assert offered(anew.get(f"/case/{PUPIL[:16]}").text) == {DONE}
    assert APPROVED not in offered(anew.get(f"/case/{COMPARED[:16]}").text)
    assert NAMES["4101"] not in anew.get(f"/case/{PUPIL[:16]}").text


def test_a_look_lasts_for_the_case_and_not_beyond_its_answer(here: Served) -> None:
    lead = here.signed_in(LEAD)
    shown_whom(lead, PUPIL)
    assert pressed(lead, PUPIL, choice=NOT_THEIRS)[0] == 303
    lead.post(f"/case/{PUPIL[:16]}/undo", data=form(lead, PUPIL[:16]))

    assert NAMES["4101"] not in lead.get(f"/case/{PUPIL[:16]}").text
    assert pressed(lead, PUPIL, choice=CONFIRMED)[0] == 409


@pytest.mark.parametrize(
    ("case", "numbers", "choice", "code"),
    [
        (COMPARED, (), APPROVED, 409),
        (COMPARED, (0,), APPROVED, 409),
        (COMPARED, (1,), APPROVED, 409),
        (COMPARED, (0, 1), APPROVED, 303),
        (COMPARED, (), NOBODY, 409),
        (COMPARED, (0,), NOBODY, 303),
        (ALONE, (0,), APPROVED, 409),
        (ALONE, (0,), NOBODY, 303),
        (UNSEEN, (), APPROVED, 409),
        (UNSEEN, (), NOBODY, 409),
        (UNSEEN, (), DONE, 303),
    ],
)
def test_a_forged_answer_about_a_picture_without_the_look_is_refused(here: Served, case, numbers, choice, code) -> None:
    lead = here.signed_in(LEAD)
    lead.get(f"/case/{case[:16]}?pictures=shown")
    looked(lead, case, *numbers)

    assert pressed(lead, case, choice=choice)[0] == code
    assert (case in here.desk.decisions.by_case()) == (code == 303)


def test_a_comparison_is_of_every_approved_photograph_beside_the_picture(here: Served) -> None:
    lead = here.signed_in(LEAD)
    looked(lead, TWICE, 0, 1)
    assert pressed(lead, TWICE, choice=APPROVED)[0] == 409

    looked(lead, TWICE, 2)

    assert pressed(lead, TWICE, choice=APPROVED)[0] == 303


@pytest.mark.parametrize("kind", ["mistaken", "confirmed", "allowed"])
def test_one_s_own_words_need_the_picture_too_where_there_is_one_to_be_shown(here: Served, kind: str) -> None:
    lead = here.signed_in(LEAD)
    fields = {"kind": kind, "note": "Agreed with the parents on paper.", "until": "2026-12-31"}
    fields = fields if kind == "allowed" else fields | {"until": ""}
    code, said = pressed(lead, ALONE, **fields)
    assert (code, "You have not looked at the picture." in said) == (409, True)
    looked(lead, ALONE, 0)
    assert pressed(lead, ALONE, **fields)[0] == 303


def test_somebody_else_s_look_is_no_look(here: Served) -> None:
    looked(here.signed_in("second"), COMPARED, 0, 1)
    lead = here.signed_in(LEAD)

    assert pressed(lead, COMPARED, choice=APPROVED)[0] == 409


def test_the_sentence_that_is_kept_stands_under_its_answer_and_what_is_written_there_is_kept(here: Served) -> None:
    lead = here.signed_in(LEAD)
    looked(lead, COMPARED, 0, 1)
    page = lead.get(f"/case/{COMPARED[:16]}").text
    assert ">Compared with the approved photograph: the same.</textarea>" in page
    assert 'title="' not in page[page.index('class="choices"') :]

    assert pressed(lead, COMPARED, choice=APPROVED, note="The same, but for the frame.")[0] == 303

    [decision] = here.desk.decisions.of(COMPARED)
    assert decision.note == "The same, but for the frame."


def test_every_answer_says_what_must_have_been_seen_before_it_and_claims_no_more() -> None:
    for kind, given in answers_of_kinds().items():
        for one in given:
            assert ("ompared" in one.reason) == (one.needs == "comparison"), (kind, one)
            claims = "Looked" in one.reason or "shows" in one.reason
            assert not claims or one.needs in {"picture", "comparison", "case"}, (kind, one)
            assert one.answer == "done" or kind != "people" or one.needs == "name", one


@pytest.mark.parametrize(
    ("why", "is_offered"),
    [
        ("It shows more of the scene than the approved photograph did, beyond its edge.", True),
        ("It is another picture of the same scene: something in it moved.", True),
        ("It shows something that the approved photograph did not show. Approved for the website only.", False),
        ("Approved for the website only.", False),
        (None, True),
    ],
)
def test_nobody_says_that_a_picture_is_approved_where_its_own_approval_does_not_stand(why, is_offered) -> None:
    with copy() as db:
        found = {"photograph_id": "ph-031"} | ({"why": why} if why else {})
        add(db, "exceptions", check_id="unapproved_picture", concerns="picture", subject_kind="medium", evidence=found)
        [row] = read_week(db, run_id=RUN, tier="lead").exceptions

    assert ("comparison" in {choice.needs for choice in choices(Case(row, None, 0, RUN))}) is is_offered
