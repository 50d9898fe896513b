"""An answer is given only where its ground was shown to whoever gives it: a name, a picture, a comparison."""

import json
from collections.abc import Iterator

import duckdb
import httpx
import pytest
from sqlalchemy import delete, text, update

from dashboards.desk.casework.choices import answers_of_kinds
from tests.dashboards.copies import RUN, add, copy, evidence
from tests.dashboards.desks import DESK_TABLES, Served, field_of, served
from tests.dashboards.test_desk import DPO, DSL, LEAD, form
from tests.dashboards.test_desk_previews import noise
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.people.desk_tables import ACCESS_LOG, PEOPLE

PUPIL, TWO, STAFF, SAME = "1a" * 32, "2a" * 32, "3a" * 32, "7a" * 32
COMPARED, ALONE, UNSEEN = "4a" * 32, "5a" * 32, "6a" * 32
NAMES = {"4101": "Somebody Quite-Else-1", "4102": "Somebody Quite-Else-2"}
HEAD = "headteacher"
WHOM_FIRST = "Press “Show whom it may be” at the desk"
CONFIRMED, TOLD, NOT_THEIRS, DONE = "1", "2", "3", "5"
APPROVED, NOBODY = "3", "4"


def week() -> duckdb.DuckDBPyConnection:
    """Return a copy with a match of one pupil, of one of two, of staff, and three pictures."""
    db = copy()
    for fingerprint, ids, concerns in ((PUPIL, "4101", "pupil"), (TWO, "4101 4102", "pupil"), (STAFF, "ST1", "staff")):
        actor, about = fingerprint[:6], json.dumps({"person": " ".join(f"hash-{ident}" for ident in ids.split())})
        case = {"evidence": evidence("@a", "A", actor), "concerns": concerns, "about": about}
        add(db, "exceptions", fingerprint=fingerprint, subject_id=actor, **case)
        for number, (ident, role) in enumerate([*((each, concerns) for each in ids.split()), ("4190", "parent")]):
            match = {"platform": "x", "actor_id": actor, "person_id": ident, "role": role, "band": "likely"}
            add(db, "matches", **match, probability=0.9 - number / 10, is_best=not number)
    pictures = {"check_id": "unapproved_picture", "concerns": "picture", "subject_kind": "medium", "owner_role": LEAD}
    for fingerprint in (COMPARED, ALONE, UNSEEN):
        add(db, "exceptions", fingerprint=fingerprint, subject_id=fingerprint[:6], **pictures)
    db.execute(f"create schema desk; {DESK_TABLES}")
    db.execute("insert into desk.pictures values ('p', ?, 'image/webp')", [noise()])
    insert = (
        "insert into desk.previews (fingerprint, side, part, photograph_id, picture, medium_id, boxes, problem) values "
    )
    for fingerprint in (COMPARED, ALONE):
        db.execute(f"{insert} ('{fingerprint}', 'posted', 0, null, 'p', 'm', [], null)")
    db.execute(f"{insert} ('{COMPARED}', 'approved', 0, 'sports-day-07', 'p', 'm', [], null)")
    gone = "The file of the approved photograph is not in the photographs folder."
    db.execute(f"{insert} ('{ALONE}', 'approved', 0, 'sports-day-08', null, 'm', [], '{gone}')")
    return db


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(week(), tmp_path_factory.mktemp("desk"), has_school=True) as desk:
        yield desk


@pytest.fixture
def here(shared: Served) -> Served:
    """Return the desk with nothing decided, nothing logged, and everybody able to sign in."""
    with shared.desk.book.engine.begin() as connection:
        connection.execute(text("delete from decisions"))
        connection.execute(delete(ACCESS_LOG))
        connection.execute(update(PEOPLE).values(is_active=True))
    shared.desk.second_for_staff = DPO
    return shared


def pressed(client: httpx.Client, case: str, **fields: str) -> tuple[int, str]:
    answer = client.post(f"/case/{case[:16]}/mark", data={**form(client, case[:16]), **fields})
    return answer.status_code, answer.text


def shown_whom(client: httpx.Client, case: str, purpose: str = "decide") -> httpx.Response:
    fields = {"csrf": field_of(client.get("/").text, "csrf"), "purpose": purpose}
    return client.post(f"/case/{case[:16]}/whom", data=fields, follow_redirects=True)


def looked(client: httpx.Client, case: str, *numbers: int) -> None:
    for number in numbers:
        assert client.get(f"/case/{case[:16]}/picture/{number}/boxes").status_code == 200


def reads(client: httpx.Client, case: str) -> bool:
    return client.get(f"/case/{case[:16]}").status_code == 200


def offered(page: str) -> set[str]:
    return {part.split('"', 1)[0] for part in page.split('name="choice" value="')[1:]}


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

    assert "Nobody else can agree yet, so nobody can be named" in page
    assert CONFIRMED not in offered(page)
    assert pressed(lead, STAFF, choice=CONFIRMED)[0] == 409


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
    page = lead.get("/cases").text
    ticked = {f"also.{case[:16]}": "0 " for case in (PUPIL, TWO, COMPARED)}
    assert [name for name in ticked if f'name="{name}"' not in page] == []
    fields = {"csrf": field_of(page, "csrf"), "run_id": RUN, "kind": "mistaken", "note": "Asked about at the office."}
    answer = lead.post("/cases/mark", data={**fields, **ticked}, follow_redirects=True)

    assert "1 case was not answered so" in answer.text
    decided = {case: made.note for case, (made, _) in here.desk.decisions.by_case().items() if made}
    assert decided == dict.fromkeys((PUPIL, TWO), "Asked about at the office.")
    assert [row.action for row in AccessLog(here.desk.book).rows()].count("mistaken") == 2
    back = {name: "1 " for name in ticked if COMPARED[:16] not in name and PUPIL[:16] not in name}
    undone = {"csrf": fields["csrf"], "run_id": RUN, "sequence": "1", "decided": ""}
    lead.post(f"/case/{PUPIL[:16]}/undo", data={**undone, **back})
    assert [made for made, _ in here.desk.decisions.by_case().values()] == [None, None]
    assert lead.post("/cases/mark", data=fields).status_code == 409


def test_cases_of_one_account_and_one_person_are_one_card(fresh: Served) -> None:
    lead = fresh.signed_in(LEAD)
    assert "2 cases about this account" in shown_whom(lead, PUPIL).text
    fields = {**form(lead, PUPIL[:16]), "choice": NOT_THEIRS, "alike": f"{SAME[:16]} 0 "}

    told = lead.post(f"/case/{PUPIL[:16]}/mark", data=fields, follow_redirects=True).text

    assert "2 cases: Mistaken" in told
    assert [each.answer for case in (PUPIL, SAME) for each in fresh.desk.decisions.of(case)] == ["mistaken"] * 2
