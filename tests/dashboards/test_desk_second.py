"""Who agrees beside a single Lead that an account is a member of staff's; and several cases answered at once."""

import json
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import update

from tests.casebooks import decide
from tests.dashboards.copies import EDITION, add, evidence
from tests.dashboards.desks import NOON, Served, field_of, served
from tests.dashboards.looks import (
    COMPARED,
    CONFIRMED,
    HEAD,
    NOT_THEIRS,
    PUPIL,
    SAME,
    STAFF,
    TWO,
    offered,
    pressed,
    reads,
    shown_whom,
    undone,
    week,
)
from tests.dashboards.test_desk import DPO, DSL, LEAD, form
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.people.desk_tables import PEOPLE


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(week(), tmp_path_factory.mktemp("desk"), has_school=True) as desk:
        yield desk


@pytest.fixture
def here(shared: Served) -> Served:
    undone(shared)
    return shared


def alone(here: Served, *others: str) -> httpx.Client:
    """Leave one Lead, and these others beside them."""
    gone = update(PEOPLE).where(PEOPLE.c.sign_in_name.not_in([LEAD, *others]))
    with here.desk.book.engine.begin() as connection:
        connection.execute(gone.values(is_active=False))
    return here.signed_in(LEAD)


@pytest.mark.parametrize("second", [DPO, HEAD, DSL])
def test_a_school_with_one_lead_says_who_agrees_about_staff(here: Served, second: str) -> None:
    here.desk.second_for_staff = second
    lead = alone(here, second)
    assert "Needs a second person" not in lead.get(f"/case/{STAFF[:16]}").text  # nor before the look: there is one
    page = shown_whom(lead, STAFF).text
    assert "A second person must agree before anyone is named: the" in page
    assert CONFIRMED in offered(page)
    other = here.signed_in(second)
    assert reads(other, STAFF) == (second == DPO)
    assert pressed(lead, STAFF, choice=CONFIRMED)[0] == 303

    assert f'href="/case/{STAFF[:16]}"' in other.get("/").text
    assert pressed(other, STAFF, choice=CONFIRMED)[0] == 409
    assert "Ambrose Netherfold" in shown_whom(other, STAFF).text
    assert pressed(other, STAFF, choice=NOT_THEIRS)[0] == 409
    assert pressed(other, STAFF, choice=CONFIRMED)[0] == 303

    [standing] = here.desk.book.decisions.standing().values()
    assert (standing.verdict, standing.by_role) == ("confirmed", second)
    assert reads(other, PUPIL) == (second != HEAD)


def test_that_nobody_can_agree_is_said_before_the_button(here: Served) -> None:
    lead = alone(here, HEAD)  # the school has set nobody else than the DPO, who has no sign-in here
    page = shown_whom(lead, STAFF).text

    assert "Needs a second person" in page
    assert CONFIRMED not in offered(page)
    assert pressed(lead, STAFF, choice=CONFIRMED)[0] == 409


@pytest.mark.parametrize(("told", "answer"), [("hash-4101", "confirmed"), ("hash-4190", "proposed")])
def test_a_second_person_agrees_to_nobody_but_whom_the_first_was_told(here: Served, told: str, answer: str) -> None:
    said = {"by_role": LEAD, "by_person": 99, "note": "They say it is theirs.", "at": NOON}
    decide(here.desk.book, PUPIL, "proposed", **said, sequence=1, about=json.dumps({"person": told}))
    dsl = here.signed_in(DSL)
    page = shown_whom(dsl, PUPIL).text

    assert ("Do you agree?" in page) == (answer == "confirmed")
    assert pressed(dsl, PUPIL, choice=CONFIRMED)[0] == 303

    assert here.desk.decisions.of(PUPIL)[-1].answer == answer


def test_a_headteacher_reads_no_case_but_the_one_that_waits_for_their_word(here: Served) -> None:
    here.desk.second_for_staff = HEAD
    head = here.signed_in(HEAD)

    for case in (PUPIL, STAFF, COMPARED):
        assert not reads(head, case)
        assert head.get(f"/case/{case[:16]}/picture/0/boxes").status_code in {403, 404}


@pytest.fixture
def fresh(tmp_path) -> Iterator[Served]:
    """Return a desk at which nobody has a case open."""
    db = week()
    case = {"subject_id": PUPIL[:6], "evidence": evidence("@a", "A", PUPIL[:6])}
    add(db, "exceptions", fingerprint=SAME, account_id="900200", about=json.dumps({"person": "hash-4101"}), **case)
    with served(db, tmp_path / "desk", has_school=True) as desk:
        yield desk


def test_several_are_answered_at_once_each_by_itself_and_none_without_its_look(fresh: Served) -> None:
    lead, here = fresh.signed_in(LEAD), fresh
    unread = {
        "csrf": field_of(lead.get("/cases").text, "csrf"),
        "edition": EDITION,
        "note": "Asked at the office.",
    }
    for kind in ("mistaken", "confirmed"):
        lead.post("/cases/mark", data={**unread, "kind": kind, f"also.{PUPIL[:16]}": "0 ", f"also.{TWO[:16]}": "0 "})
    assert here.desk.decisions.by_case() == {}
    assert [reads(lead, case) for case in (PUPIL, TWO)] == [True, True]
    page = lead.get("/cases").text
    ticked = {f"also.{case[:16]}": "0 " for case in (PUPIL, TWO, COMPARED)}
    assert [name for name in ticked if f'name="{name}"' not in page] == []
    fields = {
        "csrf": field_of(page, "csrf"),
        "edition": EDITION,
        "kind": "mistaken",
        "note": "Asked at the office.",
    }
    answer = lead.post("/cases/mark", data={**fields, **ticked}, follow_redirects=True)

    assert "1 case was not answered so" in answer.text
    decided = {case: made.note for case, (made, *_) in here.desk.decisions.by_case().items() if made}
    assert decided == dict.fromkeys((PUPIL, TWO), "Asked at the office.")
    assert [row.action for row in AccessLog(here.desk.book).rows()].count("mistaken") == 2
    back = {name: "1 " for name in ticked if COMPARED[:16] not in name and PUPIL[:16] not in name}
    undone = {"csrf": fields["csrf"], "edition": EDITION, "sequence": "1", "decided": ""}
    lead.post(f"/case/{PUPIL[:16]}/undo", data={**undone, **back})
    assert [made for made, *_ in here.desk.decisions.by_case().values()] == [None, None]
    assert lead.post("/cases/mark", data=fields).status_code == 409


def test_cases_of_one_account_and_one_person_are_one_card(fresh: Served) -> None:
    lead = fresh.signed_in(LEAD)
    assert "2 cases about this account" in shown_whom(lead, PUPIL).text
    fields = {**form(lead, PUPIL[:16]), "choice": NOT_THEIRS, "alike": f"{SAME[:16]} 0 "}

    told = lead.post(f"/case/{PUPIL[:16]}/mark", data=fields, follow_redirects=True).text

    assert "2 cases: Mistaken" in told
    assert [each.answer for case in (PUPIL, SAME) for each in fresh.desk.decisions.of(case)] == ["mistaken"] * 2
