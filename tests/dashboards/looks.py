"""A week in which each case has another ground to be shown, and what a person does to be shown it."""

import json

import duckdb
import httpx
from sqlalchemy import delete, text, update

from tests.dashboards.copies import add, copy, evidence
from tests.dashboards.desks import DESK_TABLES, Served, field_of
from tests.dashboards.test_desk import DPO, LEAD, form
from tests.dashboards.test_desk_previews import noise
from warehouse.casebook.people.desk_tables import ACCESS_LOG, PEOPLE

PUPIL, TWO, STAFF, SAME = "1a" * 32, "2a" * 32, "3a" * 32, "7a" * 32
COMPARED, ALONE, UNSEEN, TWICE = "4a" * 32, "5a" * 32, "6a" * 32, "8a" * 32
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
    for fingerprint in (COMPARED, ALONE, UNSEEN, TWICE):
        add(db, "exceptions", fingerprint=fingerprint, subject_id=fingerprint[:6], **pictures)
    db.execute(f"create schema desk; {DESK_TABLES}")
    db.execute("insert into desk.pictures values ('p', ?, 'image/webp')", [noise()])
    insert = (
        "insert into desk.previews (fingerprint, side, part, photograph_id, picture, medium_id, boxes, problem) values "
    )
    for fingerprint in (COMPARED, ALONE, TWICE):
        db.execute(f"{insert} ('{fingerprint}', 'posted', 0, null, 'p', 'm', [], null)")
    db.execute(f"{insert} ('{COMPARED}', 'approved', 0, 'sports-day-07', 'p', 'm', [], null)")
    for part in (0, 1):
        db.execute(f"{insert} ('{TWICE}', 'approved', {part}, 'sports-day-0{part}', 'p', 'm', [], null)")
    gone = "The file of the approved photograph is not in the photographs folder."
    db.execute(f"{insert} ('{ALONE}', 'approved', 0, 'sports-day-08', null, 'm', [], '{gone}')")
    return db


def undone(desk: Served) -> None:
    """Leave nothing decided, nothing logged and no case open, and let everybody sign in."""
    for person in desk.people.people():
        desk.app.state.open_cases.let_go(person.number)
    with desk.desk.book.engine.begin() as connection:
        connection.execute(text("delete from decisions"))
        connection.execute(delete(ACCESS_LOG))
        connection.execute(update(PEOPLE).values(is_active=True))
    desk.desk.second_for_staff = DPO


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
