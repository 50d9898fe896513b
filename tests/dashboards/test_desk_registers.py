"""Registers at the desk: what a new file would change is told before it counts, and declared accounts are written."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from connectors.registers.no_table import MOST_UNPACKED_BYTES
from tests.dashboards.copies import RUN, add
from tests.dashboards.desks import ROLES, SCHOOL, Served, field_of, served
from tests.dashboards.ordinary import ordinary
from tests.dashboards.school_folder import REGISTERS
from tests.flows.village import drawn
from warehouse.casebook.register_changes import RegisterChanges

LEAD, DSL = ROLES[:2]
PUPILS = REGISTERS["pupils.csv"]
CUT = "".join(line for line in PUPILS.splitlines(keepends=True) if ",7," in line or line.startswith("person_id"))
HEAD = PUPILS.splitlines(keepends=True)[0]


@pytest.fixture
def here(tmp_path) -> Iterator[Served]:
    db = ordinary()
    case = {"subject_kind": "actor", "subject_id": "600", "platform": "x", "concerns": "pupil"}
    add(db, "exceptions", fingerprint="9a" * 32, **case)
    add(db, "matches", run_id=RUN, platform="x", actor_id="600", person_id="4101", role="pupil", band="likely")
    with served(db, tmp_path / "desk", has_school=True) as desk:
        yield desk


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(ordinary(), tmp_path_factory.mktemp("home") / "desk", has_school=True) as desk:
        yield desk


def register(here: Served, name: str) -> Path:
    return here.desk.published.parent / SCHOOL / "registers" / name


def send(client: httpx.Client, body: bytes, of: str = "pupils", name: str = "new.csv") -> httpx.Response:
    csrf = field_of(client.get("/attest").text, "csrf")
    return client.post(f"/registers/{of}/look", data={"csrf": csrf}, files={"file": (name, body)})


def put(client: httpx.Client, of: str = "pupils", **fields: str) -> httpx.Response:
    page = client.get(f"/registers/{of}/waiting").text
    form = {"csrf": field_of(page, "csrf"), "sha256": field_of(page, "sha256")}
    return client.post(f"/registers/{of}/put", data={**form, **fields})


def test_what_a_new_file_would_change_is_told_before_it_counts(here: Served) -> None:
    client = here.signed_in(LEAD)
    changed = CUT.replace("Quite-Else-0,7", "Quite-Otherwise,7") + "4300,Somebody,Of-Late,7,30/02/2013,given\r\n"
    assert send(client, changed.encode()).headers["location"] == "/registers/pupils/waiting"

    page = " ".join(client.get("/registers/pupils/waiting").text.split())

    assert "13 rows become 5. Nothing has changed yet." in page
    for heading, figure in (("Added", "1"), ("Not there any more", "9"), ("Changed", "1")):
        assert f"<dt>{heading}</dt><dd>{figure}</dd>" in page
    assert "<dd>1. The next run may close them" in page
    assert '<tr><th scope="row">8</th><td>4</td><td class="late">0</td></tr>' in page
    assert "Row 6: date_of_birth: The date cannot be read" in page
    assert register(here, "pupils.csv").read_bytes() == PUPILS.encode()
    assert here.signed_in("second").get("/registers/pupils/waiting").status_code == 404


def test_a_heading_that_nobody_knows_is_told_first_and_what_is_wrong_with_many_rows_once(here: Served) -> None:
    client = here.signed_in(LEAD)
    send(client, PUPILS.replace("year_group", "Year groupe").replace("/05/2013", "/15/2013").encode())

    page = " ".join(client.get("/registers/pupils/waiting").text.split())

    cause = "The heading “Year groupe” is not known, so year group is missing: rename it to year_group, or map it"
    assert 0 < page.find(cause) < page.find("<dl")
    assert page.count("12 rows (2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and more): ") == 1
    assert '<th scope="col">In the new file</th>' in page


def test_a_file_that_is_accepted_stands_in_the_register_s_place_and_who_did_it_is_kept(here: Served) -> None:
    client = here.signed_in(LEAD)
    more = PUPILS + "4300,Somebody,Of-Late,7,30/01/2013,given\r\n"
    register(here, "pupils.csv").chmod(0o640)
    send(client, more.encode())

    assert put(client).headers["location"] == "/registers?done=pupils"

    path = register(here, "pupils.csv")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (more.encode(), 0o640)
    assert [entry.name for entry in path.parent.iterdir() if entry.name.startswith(".")] == []
    [change] = RegisterChanges(here.desk.book).of("pupils")
    assert (change.kind, change.by_role) == ("uploaded", LEAD)
    assert here.desk.book.acceptances() == ()
    assert client.get("/registers/pupils/waiting").status_code == 404
    assert "register uploaded" in here.signed_in("dpo").get("/log").text


def test_a_short_file_counts_only_with_a_reason_which_the_casebook_keeps(here: Served) -> None:
    client = here.signed_in(LEAD)
    settings = register(here, "pupils.csv").parent.parent / "school.toml"
    settings.write_text(settings.read_text() + "\n[registers.expected]\npupils = 13\n")
    assert "came short" not in client.get("/registers").text
    send(client, CUT.encode())
    page = client.get("/registers/pupils/waiting").text
    assert 'class="button">Leave everything as it is<' in page
    assert "A run would find it short: The pupils register has 4 rows: school.toml expects 13." in page

    silent = put(client)
    done = put(client, note="Only Year 7 stays on this site.")

    assert (silent.status_code, "Say why the change is right" in silent.text) == (409, True)
    assert done.status_code == 303
    [acceptance] = here.desk.book.acceptances()
    assert (acceptance.register, acceptance.rows, acceptance.by_role) == ("pupils", 4, LEAD)
    assert (acceptance.by_person is None, acceptance.by_user) == (False, None)
    assert acceptance.note == "Only Year 7 stays on this site."
    assert "Accepted by the Enterprise and Technology Lead" in client.get("/registers").text


def test_a_register_that_lies_there_short_is_accepted_with_a_reason(here: Served) -> None:
    client = here.signed_in(LEAD)
    settings = register(here, "pupils.csv").parent.parent / "school.toml"
    settings.write_text(settings.read_text() + "\n[registers.expected]\npupils = 90\n")
    page = client.get("/registers").text
    form = {"csrf": field_of(page, "csrf"), "note": "A small school."}

    assert "The pupils list looks incomplete: 13 rows" in page
    assert client.post("/registers/pupils/right", data=form).status_code == 303
    assert [acceptance.note for acceptance in here.desk.book.acceptances()] == ["A small school."]
    again = client.post("/registers/pupils/right", data=form)
    assert (again.status_code, "has accepted this already" in again.text) == (409, True)


def test_a_register_that_somebody_changed_meanwhile_is_not_overwritten(here: Served) -> None:
    client = here.signed_in(LEAD)
    send(client, (PUPILS + "4300,Somebody,Of-Late,7,30/01/2013,given\r\n").encode())
    register(here, "pupils.csv").write_bytes((PUPILS + "4301,Somebody,Else,7,30/01/2013,given\r\n").encode())

    refused = put(client)

    assert (refused.status_code, "Somebody changed pupils.csv meanwhile." in refused.text) == (409, True)
    assert b"4301" in register(here, "pupils.csv").read_bytes()
    assert RegisterChanges(here.desk.book).of("pupils") == ()


def workbook(sheet: bytes, *, beside: int = 0) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if beside:
            archive.writestr("xl/media/image1.png", bytes(beside))
    return made.getvalue()


@pytest.mark.parametrize(
    ("of", "body", "code", "says"),
    [
        ("pupils", b"%PDF-1.7\n" + HEAD.encode(), 409, "is a PDF, although its name says otherwise"),
        ("pupils", lambda: workbook(b"<x/>"), 409, "and this is an Excel workbook. Save it as CSV."),
        ("parents", lambda: workbook(b"<x/>", beside=MOST_UNPACKED_BYTES), 409, "unpacks to more than 50 MB"),
        ("parents", lambda: workbook(b"<x/>")[:200], 409, "is a damaged Excel workbook"),
        ("pupils", HEAD.encode() + bytes(range(256)) * 4, 409, "is neither a CSV file nor an Excel workbook"),
        ("pupils", HEAD.encode() + b'4100,"Some,Body', 409, "where a quotation mark is out of place"),
        ("pupils", b"photograph_id,file_name,channels\nph-1,a.jpg,x\n", 409, "has no column for person_id"),
        ("pupils", REGISTERS["staff.csv"].encode(), 409, "its ids are headed Staff Code, as on a register of staff"),
        ("pupils", (HEAD * 250_000).encode(), 413, "The file is larger than 16 MB."),
        ("pupils", b"", 413, "No file came with the form, or an empty one."),
        ("visitors", HEAD.encode(), 409, "There is no such register."),
        ("governors", HEAD.encode(), 409, "school.toml names no governors register."),
    ],
    ids=[
        "a PDF renamed", "a workbook for a CSV", "a zip bomb", "a truncated workbook", "no text", "a truncated CSV",
        "another register", "the staff for the pupils", "too large", "empty", "a register that is none", "not named",
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_register_is_refused_in_a_sentence(kept: Served, of, body, code, says) -> None:
    client = kept.signed_in(LEAD)
    settings = register(kept, "pupils.csv").parent.parent / "school.toml"
    if of == "parents" and "parents" not in settings.read_text():
        settings.write_text(settings.read_text() + 'parents = "parents.xlsx"\n')

    refused = send(client, body() if callable(body) else body, of, name="../../etc/<b>pass.xlsx")

    assert (refused.status_code, says in refused.text, "pass.xlsx" in refused.text) == (code, True, False), refused.text
    assert client.get(f"/registers/{of}/waiting").status_code == 404
    assert register(kept, "pupils.csv").read_bytes() == PUPILS.encode()


def test_a_formula_in_a_cell_is_a_text_and_is_shown_as_none(here: Served) -> None:
    client = here.signed_in(LEAD)
    send(client, (PUPILS + '4300,"=HYPERLINK(""http://x.example"")",<script>alert(1)</script>,7,,given\r\n').encode())

    page = client.get("/registers/pupils/waiting").text

    assert "13 rows become 14." in page
    assert "HYPERLINK" not in page
    assert "<script>alert" not in page


def declare(client: httpx.Client, **fields: str) -> httpx.Response:
    csrf = field_of(client.get("/registers/staff").text, "csrf")
    form = {"csrf": csrf, "person_id": "ST1", "platform": "x", "account": "https://x.com/art_room"}
    return client.post(
        "/registers/staff", data={**form, "declared_by": "themselves", "note": "Form of 3 November.", **fields}
    )


def test_a_declared_account_is_written_into_the_staff_register_with_who_declared_it(here: Served) -> None:
    client = here.signed_in(LEAD)
    assert 'href="/registers/staff?platform=x&amp;account=' in client.get(f"/case/{'f0' * 8}").text

    assert declare(client).status_code == 303

    text = REGISTERS["staff.csv"].replace("Teacher of Art;;", "Teacher of Art;art_room;")
    assert register(here, "staff.csv").read_text() == text
    [change] = RegisterChanges(here.desk.book).of("staff")
    said = (change.kind, change.row_id, change.by_role, change.note)
    assert said == ("declared", "ST1", LEAD, "Declared by themselves. Form of 3 November.")
    assert "art_room" in client.get("/registers/staff").text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"person_id": "ST2", "account": "other"}, "declares @orla_p on X for this person, and it holds one."),
        ({"account": "@Orla_P"}, "Another member of staff declares this account already."),
        ({"account": "two names"}, "write one account"),
        ({"account": "one;two"}, "This is not one id or handle"),
        ({"account": "=cmd|C!A0"}, "X has no id or handle of this form."),
        ({"account": "+1+1"}, "X has no id or handle of this form."),
        ({"account": "@SUM(1)"}, "X has no id or handle of this form."),
        ({"account": "x\u202egpj"}, "X has no id or handle of this form."),
        ({"account": "-2+3", "platform": "youtube"}, "YouTube has no id or handle of this form."),
        ({"note": "Form \u202e3"}, "holds a sign that cannot be seen"),
        ({"platform": "facebook"}, "Choose the platform"),
        ({"declared_by": ""}, "Say who declared it"),
        ({"note": ""}, "Say how and when it was declared"),
        ({"person_id": "ST9"}, "is not on the register any more"),
    ],
)
def test_a_declaration_that_cannot_be_is_refused_in_a_sentence(kept: Served, fields, says) -> None:
    refused = declare(kept.signed_in(LEAD), **fields)

    assert (refused.status_code, says in refused.text) == (409, True), refused.text
    assert register(kept, "staff.csv").read_text() == REGISTERS["staff.csv"]


def test_a_register_that_is_a_link_stays_one_and_what_it_leads_to_is_changed(here: Served, tmp_path: Path) -> None:
    link, shared = register(here, "staff.csv"), tmp_path / "shared.csv"
    link.rename(shared)
    shared.chmod(0o664)
    link.symlink_to(shared)

    assert declare(here.signed_in(LEAD)).status_code == 303

    assert (link.is_symlink(), "art_room" in shared.read_text(), shared.stat().st_mode & 0o777) == (True, True, 0o664)


def test_a_picture_that_waits_is_no_file_of_a_register(here: Served) -> None:
    client = here.signed_in(LEAD)
    csrf = field_of(client.get("/photographs").text, "csrf")
    client.post("/photographs/look", data={"csrf": csrf}, files={"file": ("a.jpg", drawn(3))})

    assert client.get("/registers/photograph/waiting").status_code == 404
    assert client.get("/photographs/waiting").status_code == 200
