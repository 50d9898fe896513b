"""Photographs at the desk: approved by a file that is sent, in folder and register or in neither, and withdrawn."""

import io
import json
import re
import time
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import httpx
import numpy as np
import pytest
from PIL import Image

from dashboards.desk.pages.waiting_files import WaitingFile, WaitingFiles
from dashboards.letters.places import places_of
from tests.dashboards.copies import add
from tests.dashboards.desks import ROLES, SCHOOL, Served, field_of, served
from tests.dashboards.ordinary import ordinary
from tests.dashboards.school_folder import REGISTERS
from tests.flows.village import drawn
from warehouse.casebook.register_changes import RegisterChanges

LEAD, DSL = ROLES[:2]
GOOD = {
    "photograph_id": "ph-3",
    "shows": "pupils",
    "pupils": "4102, 4103",
    "basis": "consent",
    "reference": "Form 2026/17",
    "channel.x": "on",
    "channel.youtube": "on",
    "expires_on": "2027-08-31",
}
ROW = "ph-3,ph-3.jpg,,x;youtube,Enterprise and Technology Lead,2026-11-16,2027-08-31,consent,given,,4102;4103\n"


@pytest.fixture
def here(tmp_path) -> Iterator[Served]:
    with served(week(), tmp_path / "desk", has_school=True) as desk:
        yield desk


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(week(), tmp_path_factory.mktemp("home") / "desk", has_school=True) as desk:
        yield desk


def week() -> duckdb.DuckDBPyConnection:
    db = ordinary()
    post = {
        "platform": "x",
        "account_id": "9100000000000000001",
        "post_id": "777",
        "posted_at": "2026-11-01 10:00:00+00",
    }
    add(db, "posts", **post)
    part = {"platform": "x", "account_id": "9100000000000000001", "post_id": "777", "medium_id": "m", "part": "0"}
    add(db, "picture_parts", **part, verdict="approved", approved_photograph="ph-1")
    return db


@pytest.mark.parametrize(
    ("post", "comment", "decision", "told"),
    [
        ({}, None, None, "Sun 1 Nov 2026"),
        ({"visibility": "private"}, None, None, None),  # nobody but the school sees it
        ({}, {"post_id": "777"}, None, "Sun 1 Nov 2026, in a comment"),
        ({}, {}, None, "in a comment"),
        ({}, None, "mistaken", None),  # a person made sure that it is another picture
    ],
)
def test_a_photograph_stands_on_the_page_where_it_stands_in_a_family_s_letter(
    tmp_path: Path, post: dict[str, str], comment: dict[str, str] | None, decision: str | None, told: str | None
) -> None:
    db, channel = ordinary(), {"platform": "x", "account_id": "9100000000000000001"}
    add(db, "posts", **channel, post_id="777", posted_at="2026-11-01 10:00:00+00", **post)
    if comment is not None:
        add(db, "comments", **channel, comment_id="c-1", actor_id="700009", **comment)
    place = {**channel, "post_id": "777" if comment is None else "c-1", "medium_id": "m", "part": "0"}
    add(db, "picture_parts", **place, verdict="unapproved", approved_photograph="ph-1")
    link = "https://x.com/i/status/777"
    case = {**channel, "subject_id": "m", "subject_kind": "medium", "check_id": "withdrawn_picture", "status": "open"}
    evidence = json.dumps({"link": link, "photograph_id": "ph-1", "ended": "consent withdrawn"})
    if decision:
        add(db, "exceptions", fingerprint="7" * 64, **case, evidence=evidence, decision=decision)
    with served(db, tmp_path / "desk", has_school=True) as desk:
        page = desk.signed_in(LEAD).get("/photographs").text
        with desk.desk.copy() as copy:
            letter = places_of(copy, photographs={"ph-1"}, videos=(), handles={})

    shown = re.search(r'Stands on <a href="([^"]*)"[^>]*>X(?:, )?([^<]*)</a>', page)
    assert shown is None if told is None else shown is not None and shown[2] == told
    assert [place.link for place in letter if not place.is_down] == ([] if shown is None else [shown[1]])


def places(here: Served) -> tuple[Path, Path]:
    folder = here.desk.published.parent / SCHOOL
    return folder / "registers" / "photographs.csv", folder / "photographs"


def look(client: httpx.Client, body: bytes, name: str = "a picture.jpg") -> httpx.Response:
    csrf = field_of(client.get("/photographs").text, "csrf")
    return client.post("/photographs/look", data={"csrf": csrf}, files={"file": (name, body)})


def answer(client: httpx.Client, **fields: str) -> httpx.Response:
    page = client.get("/photographs/waiting").text
    form = {"csrf": field_of(page, "csrf"), "sha256": field_of(page, "sha256")}
    return client.post("/photographs/approve", data={**form, **GOOD, **fields})


@pytest.mark.parametrize("who", [LEAD, DSL])
def test_a_picture_that_is_sent_is_shown_and_approved_in_folder_and_register(here: Served, who: str) -> None:
    register, folder = places(here)
    client = here.signed_in(who)
    assert look(client, drawn(3), "../../<b>évil.exe").headers["location"] == "/photographs/waiting"
    page = client.get("/photographs/waiting").text
    preview = client.get("/photographs/waiting/preview")
    assert "No photograph of the register is like it." in page
    assert (preview.headers["content-type"], preview.content[8:12]) == ("image/webp", b"WEBP")
    assert (sorted(path.name for path in folder.iterdir()), "évil" in page) == (["ph-1.jpg", "ph-2.jpg"], False)

    assert answer(client).status_code == 303

    row = ROW if who == LEAD else ROW.replace("Enterprise and Technology Lead", "Designated Safeguarding Lead")
    assert register.read_bytes() == (REGISTERS["photographs.csv"] + row).encode()
    assert (folder / "ph-3.jpg").read_bytes() == drawn(3)
    assert (folder / "ph-3.jpg").stat().st_mode & 0o777 == 0o600
    [change] = RegisterChanges(here.desk.book).of("photographs")
    said = (change.kind, change.row_id, change.by_role, change.note)
    assert said == ("approved", "ph-3", who, "Shows pupils of the roll. Form 2026/17")
    assert client.get("/photographs/waiting").status_code == 404
    assert "<code>ph-3</code>" in here.signed_in("dpo").get("/log").text


def test_what_the_register_has_already_is_told_and_what_lost_its_consent_is_not_approved_anew(here: Served) -> None:
    client = here.signed_in(LEAD)
    with Image.open(io.BytesIO(drawn(1))) as image:
        smaller, made = image.resize((image.width * 3 // 4, image.height * 3 // 4)), io.BytesIO()
    smaller.save(made, "PNG")
    look(client, made.getvalue())
    assert (
        "The register has this picture already, as ph-1. That approval stands."
        in client.get("/photographs/waiting").text
    )

    look(client, drawn(2))
    page = client.get("/photographs/waiting").text
    refused, again = answer(client), answer(client, despite="on")

    assert "as ph-2. The consent for photograph ph-2 has been refused or withdrawn." in page
    assert (refused.status_code, "Tick that you know it." in refused.text) == (409, True)
    assert (again.status_code, "whose consent was withdrawn" in again.text) == (409, True)
    assert places(here)[0].read_text() == REGISTERS["photographs.csv"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"photograph_id": "../ph-3"}, "Write “Its id” in letters, figures, dots and hyphens"),
        ({"photograph_id": "ph-1"}, "The photographs register has a row ph-1 already."),
        ({"shows": ""}, "Choose one under “Whom it shows”."),
        ({"pupils": ""}, "Write “Their roll ids”"),
        ({"photograph_id": "PH-1"}, "The photographs register has a row ph-1 already."),
        ({"pupils": "4102 9999"}, "These roll ids are not on the pupils register: 9999."),
        ({"pupils": "4190"}, "The pupils register says that 4190 may not be shown."),
        ({"shows": "nobody"}, "or empty “Their roll ids”."),
        ({"shows": "unknown", "pupils": ""}, "Consent is somebody&#39;s"),
        ({"basis": ""}, "Choose one under “Basis”."),
        ({"reference": "-"}, "Say under “Reference” what it is approved on"),
        ({"expires_on": "31/08/2027"}, "Write “Last day” as in 2027-08-31."),
        ({"expires_on": "2026-11-01"}, "The last day is in the past."),
        ({"sha256": "0" * 64}, "This picture does not wait any more."),
    ],
)
def test_an_approval_that_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(kept: Served, fields, says) -> None:
    register, folder = places(kept)
    client = kept.signed_in(LEAD)
    look(client, drawn(3))

    refused = answer(client, **fields)

    assert (refused.status_code, says in refused.text) == (409, True), refused.text
    assert register.read_text() == REGISTERS["photographs.csv"]
    assert sorted(path.name for path in folder.iterdir()) == ["ph-1.jpg", "ph-2.jpg"]
    assert RegisterChanges(kept.desk.book).of("photographs") == ()


def test_what_was_entered_stays_in_the_form_that_is_refused(kept: Served) -> None:
    client = kept.signed_in(LEAD)
    look(client, drawn(3))

    refused = " ".join(answer(client, expires_on="2026-11-01", reference='Form "9"').text.split())

    assert 'role="alert">The last day is in the past.' in refused
    for kept_field in (
        'value="ph-3"', 'value="pupils" required checked', 'value="4102, 4103"', 'value="consent" required checked',
        'value="Form &#34;9&#34;"', 'name="channel.x" checked', 'name="channel.website">', 'value="2026-11-01"',
    ):  # fmt: skip
        assert kept_field in refused, kept_field


class Trial:
    """What was made of a file, in these tests: a thing of which one can see that nothing holds it."""


def picture(side: int) -> bytes:
    made = io.BytesIO()
    Image.fromarray(np.zeros((side, side), np.uint8)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    ("body", "code", "says"),
    [
        (b"%PDF-1.7 not a picture", 409, "The file is no picture that can be kept."),
        (b"\xff\xd8\xff" + b"no more of it", 409, "Save it anew as JPEG or PNG"),
        (lambda: drawn(3)[:2_000], 409, "Save it anew as JPEG or PNG"),
        (lambda: picture(12_000), 409, "The picture is too large to be looked at safely."),
        (b"<svg onload=alert(1)>", 409, "The file is no picture that can be kept."),
        (b"", 413, "No file came with the form, or an empty one."),
        (lambda: b"\xff\xd8\xff" + bytes(25_100_000), 413, "The file is larger than 25 MB."),
    ],
    ids=[
        "a PDF",
        "a JPEG in name",
        "a truncated one",
        "a bomb of pixels",
        "a drawing with a script",
        "empty",
        "too large",
    ],
)
def test_what_is_no_picture_within_bounds_is_refused_in_a_sentence(kept: Served, body, code, says) -> None:
    client = kept.signed_in(DSL)

    refused = look(client, body() if callable(body) else body)

    assert (refused.status_code, says in refused.text) == (code, True), refused.text
    assert client.get("/photographs/waiting").status_code == 404


def test_a_picture_waits_for_nobody_else_and_is_let_go_of(here: Served) -> None:
    client, other = here.signed_in(LEAD), here.signed_in(DSL)
    look(client, drawn(3))
    assert other.get("/photographs/waiting/preview").status_code == 404

    csrf = field_of(client.get("/photographs/waiting").text, "csrf")
    client.post("/photographs/drop", data={"csrf": csrf})

    assert client.get("/photographs/waiting/preview").status_code == 404


def test_a_file_that_nobody_answers_for_is_let_go_of_when_its_time_is_over() -> None:
    trial = Trial()
    found = weakref.ref(trial)
    waiting = WaitingFiles(seconds=0.05)
    waiting.put(1, "photograph", WaitingFile(b"a", trial))
    assert waiting.get(1, "photograph") is not None
    del trial

    for _ in range(200):
        if found() is None:
            break
        time.sleep(0.02)

    assert found() is None  # though nobody asked for it


def test_nothing_holds_a_file_that_was_let_go_of() -> None:
    trial = Trial()
    found = weakref.ref(trial)
    waiting = WaitingFiles()
    waiting.put(1, "photograph", WaitingFile(b"a", trial))
    del trial

    waiting.drop(1, "photograph")

    assert found() is None


def test_of_files_that_are_too_large_together_the_oldest_go() -> None:
    seconds = iter(range(100))
    waiting = WaitingFiles(most=10, clock=lambda: next(seconds))
    for person in (1, 2, 3):
        waiting.put(person, "photograph", WaitingFile(b"four", None))

    assert [waiting.get(person, "photograph") is None for person in (1, 2, 3)] == [True, False, False]


def test_of_two_who_approve_one_picture_under_one_id_at_once_one_does_and_its_file_stays(here: Served) -> None:
    register, folder = places(here)
    for number in range(3, 9):
        clients = [here.signed_in(LEAD), here.signed_in(DSL)]
        for client in clients:
            look(client, drawn(number))
        with ThreadPoolExecutor(2) as both:
            codes = [
                answered.status_code
                for answered in both.map(lambda client: answer(client, photograph_id=f"ph-{number}"), clients)  # noqa: B023
            ]

        assert (sorted(codes), register.read_text().count(f"\nph-{number},")) == ([303, 409], 1)
        assert (folder / f"ph-{number}.jpg").read_bytes() == drawn(number)


@pytest.mark.parametrize("why", ["consent", "objection"])
@pytest.mark.parametrize("is_anew", [False, True], ids=["the very bytes", "encoded anew"])
def test_a_picture_whose_approval_ended_since_it_was_looked_at_is_not_approved(here: Served, why, is_anew) -> None:
    register = places(here)[0]
    if why == "consent":  # which only ends where the approval rests on it
        register.write_text(register.read_text().replace("public_task,,", "consent,given,"))
    client, made = here.signed_in(LEAD), io.BytesIO()
    Image.open(io.BytesIO(drawn(1))).save(made, "PNG")
    look(client, made.getvalue() if is_anew else drawn(1))
    assert "That approval stands." in client.get("/photographs/waiting").text
    csrf = field_of(client.get("/photographs").text, "csrf")
    ended = {"csrf": csrf, "photograph_id": "ph-1", "why": why, "note": "Letter 3", "sure": "on"}
    client.post("/photographs/withdraw", data=ended)
    before = places(here)[0].read_bytes()

    refused = answer(client, despite="on")

    assert (refused.status_code, "This very picture is ph-1" in refused.text) == (409, True), refused.text
    assert "I know that the register has this picture" in client.get("/photographs/waiting").text
    assert places(here)[0].read_bytes() == before


def test_a_withdrawal_is_written_into_the_register_and_the_places_where_it_stands_are_listed(here: Served) -> None:
    register, _ = places(here)
    client = here.signed_in(DSL)
    page = client.get("/photographs").text
    assert 'href="https://x.com/i/status/777"' in page
    form = {"csrf": field_of(page, "csrf"), "photograph_id": "ph-1", "why": "objection", "sure": "on"}
    silent = client.post("/photographs/withdraw", data={**form, "note": " - "})
    assert (silent.status_code, register.read_text()) == (409, REGISTERS["photographs.csv"])

    for fields in ({"why": "consent"}, {"sure": None}, {"photograph_id": "ph-9"}):
        sent = {name: value for name, value in {**form, "note": "A letter.", **fields}.items() if value}
        assert client.post("/photographs/withdraw", data=sent).status_code == 409
    assert "I know that 1 place still shows it" in page
    assert register.read_text() == REGISTERS["photographs.csv"]

    done = client.post("/photographs/withdraw", data={**form, "note": "A letter of 12 November."})

    before = REGISTERS["photographs.csv"]
    assert register.read_text() == before.replace("public_task,,,", "public_task,,raised,")
    [change] = RegisterChanges(here.desk.book).of("photographs")
    assert (change.kind, change.row_id, change.by_role) == ("withdrawn", "ph-1", "dsl")
    listed = client.get(done.headers["location"]).text
    told = listed.split('role="status"')[1].split("</div>")[0]
    assert "Take this post down today:" in told
    assert 'href="https://x.com/i/status/777"' in told


def test_the_school_itself_may_decide_to_take_one_down(here: Served) -> None:
    register, _ = places(here)
    client = here.signed_in(LEAD)
    form = {"csrf": field_of(client.get("/photographs").text, "csrf"), "photograph_id": "ph-1", "why": "school"}

    done = client.post("/photographs/withdraw", data={**form, "sure": "on", "note": "An old uniform."})

    assert register.read_text() == REGISTERS["photographs.csv"].replace("02,,public", "02,2026-11-15,public", 1)
    assert "The approval of photograph ph-1 ran out on Sun 15 Nov 2026." in client.get(done.headers["location"]).text


TAKEDOWN = {"ended": "consent withdrawn", "since": "2026-11-02", "places": 1, "gone": 0, "unseen": 0}
STANDS, UNKNOWN = {"state": "standing", "stands_on": "x"}, {"state": "unknown", "unknown_on": "x"}
AGAIN = {"state": "approved_again", "approved_again_on": "x"}
GONE = {"state": "gone", "gone": 1, "gone_from": "x"}


@pytest.mark.parametrize(
    ("photograph_id", "found", "how_many", "unknown"),
    [
        ("ph-9", STANDS, 1, 0),  # which the register has no row of
        ("ph-9", UNKNOWN, 0, 1),
        ("ph-9", GONE, 0, 0),
        ("ph-2", STANDS, 1, 0),  # whose approval has ended in the register too
        ("ph-2", UNKNOWN, 0, 1),
        ("ph-2", GONE, 0, 0),
        ("ph-1", STANDS, 1, 0),  # which the register says is approved again, and no run has found so
        ("ph-1", UNKNOWN, 0, 1),
        ("ph-1", AGAIN, 0, 0),
        ("ph-1", GONE, 0, 0),
    ],
)
def test_what_the_newest_run_found_posted_counts_until_it_is_known_to_be_gone(
    tmp_path: Path, photograph_id: str, found: dict[str, str | int], how_many: int, unknown: int
) -> None:
    db = week()
    db.execute("delete from published.takedowns")
    add(db, "takedowns", photograph_id=photograph_id, **TAKEDOWN | found)
    with served(db, tmp_path / "desk", has_school=True) as desk:
        lead = desk.signed_in(LEAD)
        home, page, listed = (lead.get(path).text for path in ("/", "/photographs", "/photographs?show=up"))

    assert f"2 photographs on the register; {how_many} whose approval has ended" in page
    assert ("of 1 more nobody knows" in page) == bool(unknown)
    where = ", in 1 post" if photograph_id == "ph-1" else ""  # of which the run knows the post
    assert (f"is still posted{where}.</b>" in home) == bool(how_many)
    assert ("nobody knows whether it is still posted" in home) == bool(unknown)
    assert (f"<h3>{photograph_id}" in listed) == bool(how_many + unknown)
    of_it = page.partition(f"<h3>{photograph_id}")[2].partition("<h3>")[0]
    is_again = photograph_id == "ph-1" and bool(how_many + unknown)
    assert ("may still be shown there" in of_it) == (bool(unknown) and photograph_id != "ph-1")
    assert ("the newest run found that its approval had ended" in of_it) is is_again
    assert ("<p>Approved for" in of_it) is (photograph_id == "ph-1" and not is_again)
    assert ("/photographs/withdraw" in of_it) == (photograph_id == "ph-1")


@pytest.mark.parametrize("problem", ["missing", "unreadable", "changed"])
@pytest.mark.parametrize(("earlier", "is_known"), [({}, False), (UNKNOWN, False), (GONE, True)])
def test_of_an_ended_photograph_whose_file_no_run_could_go_by_nobody_knows_whether_it_is_posted(
    tmp_path: Path, problem: str, earlier: dict[str, str | int], is_known: bool
) -> None:
    db = week()
    db.execute("delete from published.takedowns")
    if earlier:
        add(db, "takedowns", photograph_id="ph-2", **TAKEDOWN | earlier, run_id="2026-11-09")
    add(db, "lost_masters", photograph_id="ph-2", file_name="ph-2.jpg", problem=problem)
    with served(db, tmp_path / "desk", has_school=True) as desk:
        lead = desk.signed_in(LEAD)
        home, page, listed = (lead.get(path).text for path in ("/", "/photographs", "/photographs?show=up"))

    is_known &= problem != "changed"  # which no school does to a photograph that was taken down
    of_it = page.partition("<h3>ph-2")[2].partition("<h3>")[0]
    assert ("nobody knows whether it is still posted" in home) is not is_known
    assert ("of 1 more nobody knows" in page) is not is_known
    assert ("<h3>ph-2" in listed) is not is_known
    assert ("The newest run, by the register of its day, saw it in no post." in of_it) is is_known
    assert ("could not go by its file, so nobody knows on which posts it is" in of_it) is not is_known


def test_on_a_disk_that_takes_no_file_neither_picture_nor_row_is_written(here: Served) -> None:
    register, folder = places(here)
    register = register.rename(register.with_name(f"{'p' * 240}.csv"))  # beside which no name is short enough
    settings = folder.parent / "school.toml"
    settings.write_text(settings.read_text().replace("photographs.csv", register.name))
    client = here.signed_in(LEAD)
    look(client, drawn(3))

    refused = answer(client)

    assert (refused.status_code, "could not be written" in refused.text) == (409, True), refused.text
    assert register.read_text() == REGISTERS["photographs.csv"]
    assert sorted(path.name for path in folder.iterdir()) == ["ph-1.jpg", "ph-2.jpg"]
    assert RegisterChanges(here.desk.book).of("photographs") == ()


def test_a_long_register_is_shown_fifty_at_a_time_and_the_search_goes_along(here: Served) -> None:
    register, _ = places(here)
    rows = "".join(
        f"sp-{number:03},sp-{number:03}.jpg,,x,Headteacher,2026-09-02,,public_task,,,\n" for number in range(120)
    )
    register.write_text(register.read_text() + rows)
    client = here.signed_in(LEAD)

    pages = [
        client.get(f"/photographs?q=sp-&show=standing&page={number}").text for number in ("1", "3", "99", "-1", "x")
    ]

    assert [page.count("<h3>sp-") for page in pages] == [50, 20, 20, 50, 50]
    assert "Page 3 of 3" in pages[1]
    assert 'href="/photographs?q=sp-&amp;show=standing&amp;page=2">The page before</a>' in pages[1]


def test_a_photograph_whose_file_has_changed_stands_first_with_a_form_to_say_that_it_is_meant(tmp_path: Path) -> None:
    db = week()
    add(db, "lost_masters", photograph_id="ph-2", file_name="ph-2.jpg", problem="changed")
    with served(db, tmp_path / "desk", has_school=True) as here:
        client = here.signed_in(LEAD)
        page = client.get("/photographs").text
        form = {"csrf": field_of(page, "csrf"), "photograph_id": "ph-2", "note": "The one that was asked for."}
        unsure, unread = (client.post("/photographs/meant", data={**form, **more}) for more in ({}, {"sure": "on"}))

    assert page.count("This picture is meant") == 1
    assert page.index("<h3>ph-2") < page.index("<h3>ph-1")
    assert "Tick that you have looked at the file." in unsure.text
    assert "is the one that the newest run read, or is not there, so there is nothing to say of it." in unread.text


def test_an_approved_photograph_has_a_thumbnail_in_the_list_and_one_that_has_ended_has_none(here: Served) -> None:
    lead = here.signed_in(LEAD)
    page = lead.get("/photographs").text
    small = lead.get("/photographs/ph-1/small")

    assert ('src="/photographs/ph-1/small"' in page, 'src="/photographs/ph-2/small"' in page) == (True, False)
    assert small.headers["content-type"] == "image/webp"
    assert max(Image.open(io.BytesIO(small.content)).size) <= 160
    assert [lead.get(f"/photographs/{name}/small").status_code for name in ("ph-2", "ph-9")] == [404, 404]
    assert here.signed_in("dpo").get("/photographs/ph-1/small").status_code == 403
    folder = here.desk.published.parent / SCHOOL / "photographs"
    (folder / "ph-1.jpg").write_bytes(b"\xff\xd8\xff no picture")
    assert lead.get("/photographs/ph-1/small").status_code == 404
