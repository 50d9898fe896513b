"""The set-up's steps: what is asked, understood, refused and kept, whichever of the two doors somebody comes by."""

import stat
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import anyio
import httpx
import pytest

from dashboards.desk.school.setup_steps import KeptAnswer, SentFile, SetUp, Understood, next_of
from flows.desk.folder import SchoolFolder
from flows.home.context import open_casebook
from flows.home.policy import pack_of, watching_checks
from flows.home.settings import Settings
from flows.setup.setup import application, clear, leading_to
from flows.setup.steps import policy_alone, set_up
from flows.setup.terminal import walk
from flows.setup.which_list import register_told
from policies.documents import read_document
from policies.drafting.skeleton import skeleton
from policies.errors import UserError
from policies.model import PackError
from policies.school import School
from policies.school_file import read_school
from tests.casebooks import CASEBOOK_KEY
from tests.connectors.archives import NOW, follow, members, tweet, zipped
from tests.connectors.exports import EXPORTS
from tests.dashboards.copies import copy
from tests.dashboards.desks import KEY, field_of, served
from tests.dashboards.desks import SCHOOL as DESK_SCHOOL
from tests.dashboards.school_folder import write_school
from tests.flows.calling import audit
from tests.flows.odd_files import ODD, Odd
from tests.flows.own_policy import POLICY
from tests.flows.village import drawn
from warehouse.casebook.access_log import AccessLog
from warehouse.casebook.people.desk_people import DeskPeople
from warehouse.casebook.people.desk_person import DeskPerson
from warehouse.casebook.people.desk_secrets import DeskSessions
from warehouse.store.places import Places

SCHOOL = "hill-view"
LEAD = DeskPerson(1, "lead", "enterprise_and_technology_lead", True, False, False, False)
NAMED = {"name": "Hill View School", "terms": "Autumn 2026: 3 September 2026 to 18 December 2026"}
FILES = {one.file_name: one for one in EXPORTS}


@dataclass
class Room:
    """A school that is being set up, and what each step makes of an answer."""

    places: Places
    setup: SetUp
    folder: SchoolFolder

    @property
    def school(self) -> School:
        return read_school(self.places.settings)

    def look(self, step: str, file: SentFile | None = None, **answers: str) -> Understood:
        return self.setup.look(step, answers, file)

    def keep(self, step: str, file: SentFile | None = None, **answers: str) -> KeptAnswer:
        return self.setup.keep(step, answers, file, LEAD)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setenv("AUDIT_HOME", str(tmp_path))
    assert audit("init", SCHOOL, AUDIT_HOME=str(tmp_path)).code == 0
    settings, places = Settings(home=tmp_path, clock=lambda: NOW), Places(tmp_path, SCHOOL)
    with closing(open_casebook(settings, places)) as book:
        folder = SchoolFolder(settings, SCHOOL, book)
        yield Room(places, set_up(folder, None), folder)


@pytest.fixture
def named(room: Room) -> Room:
    room.keep("school", **NAMED)
    return room


def refusal(room: Room, step: str, file: SentFile | None = None, **answers: str) -> str:
    with pytest.raises(UserError) as refused:
        room.look(step, file, **answers)
    return refused.value.sentence


def archive(tmp_path: Path) -> SentFile:
    rows = {"follower": [follow("follower", "7")], "tweets": [tweet("1"), tweet("2")]}
    return SentFile("twitter.zip", zipped(tmp_path / "any.zip", members(rows)).read_bytes())


def sent(name: str) -> SentFile:
    return SentFile(name, FILES[name].body)


def test_a_name_that_is_nobody_s_is_refused_and_the_school_s_own_is_kept_with_its_terms(room: Room) -> None:
    assert refusal(room, "school", name="Name of the school") == (
        "Write your school's own name: every report is headed by it."
    )
    assert refusal(room, "school", name="Hill", terms="Autumn 3/9/2026 - 18/12/2026\nSpring 1/12/2026 - 1/3/2027") == (
        "The terms cannot be so: the calendar has two terms that overlap. Correct the lines."
    )
    assert not room.setup.step("school").is_done

    shown = room.look("school", **NAMED, aliases="Hill View, HVS")
    room.keep("school", **NAMED, aliases="Hill View, HVS")

    assert shown.table[1] == ("Autumn 2026", "Term", "2026-09-03", "2026-12-18")
    assert (room.school.school.name, room.school.school.aliases) == ("Hill View School", ("Hill View", "HVS"))
    assert room.school.calendar is not None
    assert "# short names people use for it" not in room.places.settings.read_text()
    assert "# The school's year" in room.places.settings.read_text()
    assert room.setup.step("school").is_done


def test_term_dates_that_are_sent_as_a_file_change_nothing_else(named: Room) -> None:
    dates = SentFile("terms.txt", b"Spring term: 4 January to 26 March 2027\n")

    assert named.look("school", dates).heading == "1 term in terms.txt"
    named.keep("school", dates)

    assert named.school.school.name == "Hill View School"
    assert [term.name for term in named.school.calendar.term] == ["Spring term"]  # type: ignore[union-attr]


def test_an_archive_says_whose_it_is_and_of_which_day_and_is_kept_for_its_owner_alone(
    named: Room, tmp_path: Path
) -> None:
    file = archive(tmp_path)

    shown = named.look("accounts", file)
    wrong = refusal(named, "accounts", file, account="@AnotherSchool")
    named.keep("accounts", file)
    named.keep("accounts", file)  # again: the account stands once

    assert (shown.heading, shown.says[:2]) == (
        "X @OusterlyVale",
        (
            "Id 1001, called Ousterly Vale School.",
            "Of Sunday 1 November 2026: 1 follower, 0 followed accounts, 2 posts, 0 pictures and videos.",
        ),
    )
    assert wrong.startswith("twitter.zip is of the account 1001 (@OusterlyVale), and you wrote @AnotherSchool.")
    [account] = named.school.account
    assert (account.handle, account.archive) == ("OusterlyVale", "x-archive-1001.zip")
    kept = named.places.folder / "x-archive-1001.zip"
    assert (kept.read_bytes(), stat.S_IMODE(kept.stat().st_mode)) == (file.body, 0o600)
    assert not [path for path in named.places.folder.iterdir() if path.name.startswith(".setup")]
    named.setup.press("accounts", "x:1001", "away", LEAD)
    assert named.school.account == ()


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"account": "@HillView"}, "The id of @HillView is not in what you wrote, and no key is here to ask. Add the"),
        ({"account": "https://x.com/HillView"}, "(accountId in data/account.js of its archive)"),
        ({"account": "youtube.com/@HillView"}, "(YouTube Studio, Settings, Channel, Advanced)"),
        ({"account": "@HillView", "account_id": "12x"}, "What you wrote for @HillView must be the account's number"),
        ({"account": ""}, "Drop an archive, or write a handle or an address."),
        ({"path": "/nowhere/a.zip"}, "There is no file /nowhere/a.zip."),
    ],
)
def test_what_is_typed_and_no_account_is_refused_with_where_to_find_what_is_missing(
    named: Room, answers: dict[str, str], told: str
) -> None:
    assert told in refusal(named, "accounts", **answers)


def test_an_address_of_a_channel_is_enough(named: Room) -> None:
    named.keep("accounts", account="https://www.youtube.com/channel/UC0123456789abcdefghijkl")

    assert [(one.platform, one.account_id) for one in named.school.account] == [("youtube", "UC0123456789abcdefghijkl")]


@pytest.mark.parametrize("name", [name for name in FILES if name != "google-admin.csv"])
def test_each_export_is_told_for_what_it_is(named: Room, name: str) -> None:
    assert register_told(named.folder.context(), sent(name)) == FILES[name].register


@pytest.mark.parametrize("name", ["bromcom.xlsx", "arbor-guardians.csv"])
def test_an_export_is_kept_as_it_came(named: Room, name: str) -> None:
    export = FILES[name]

    shown = named.look("lists", sent(name))
    named.keep("lists", sent(name))

    kept = f"{export.register}.{name.rpartition('.')[2]}"
    assert shown.heading == f"{export.register.capitalize()}: 2 rows can be used"
    assert (len(shown.table), shown.doubts) == (3, ())
    assert named.school.registers[export.register] == kept  # type: ignore[index]
    assert (named.places.registers / kept).read_bytes() == export.body
    assert f"{export.register}: 2" in named.setup.step("lists").stands


def test_a_list_that_may_be_two_is_asked_for_and_not_guessed(named: Room) -> None:
    told = refusal(named, "lists", sent("google-admin.csv"))

    assert told.startswith("Nobody can tell by its columns which list google-admin.csv is: pupils or staff")
    assert named.look("lists", sent("google-admin.csv"), register="staff").heading == "Staff: 2 rows can be used"


def test_what_was_chosen_of_a_column_is_read_so_and_kept_for_the_next_export(named: Room) -> None:
    body = b"Adno,Name,DOB,Photograph Student\n7,Bo Marsh,1/2/2015,No\n8,Tamsin Pendry,1/3/2015,Yes\n"
    file = SentFile("list.csv", body)
    [name] = [question.name for question in named.look("lists", file).asks if question.asks == "Photograph Student"]
    chosen = {name: "picture_consent: website"}

    named.keep("lists", file, **chosen)

    assert named.school.columns == {"pupils": {"Photograph Student": "picture_consent: website"}}
    again = named.look("lists", SentFile("next.csv", body + b"9,Ola Reed,1/4/2015,No\n"))
    assert again.table[0][3] == "Photograph Student: photo consent for website"
    assert any(said.startswith("2 rows become 3: 1 are new") for said in again.says)


def test_what_was_not_understood_is_one_line_for_each_kind(named: Room) -> None:
    rows = "".join(f"{number},Bo Marsh{number},32/13/2015,perhaps\n" for number in range(60))

    shown = named.look("lists", SentFile("a.csv", f"Adno,Name,DOB,Photo consent\n{rows}".encode()))

    assert len(shown.doubts) == 2
    assert all(doubt.startswith("60 rows (2, 3, 4") for doubt in shown.doubts)


def test_a_policy_is_drafted_accepted_where_sure_and_set_and_a_press_answers_a_clause(named: Room) -> None:
    file = SentFile("our policy.txt", POLICY.encode())

    shown = named.look("policy", file)
    named.keep("policy", file, sure="yes")

    assert shown.says[0] == "5 sentences of 7 oblige somebody."
    assert (named.school.school.pack, named.school.school.policy_source) == ("own.toml", "our policy.txt")
    before = {clause.id: clause.state for clause in pack_of(named.school, named.places.folder).clause}
    assert "checked" in before.values()
    waiting = [name for name, state in before.items() if state == "not_mapped"]
    items = [item for item in named.setup.step("policy").items if item.id != "sure"]
    assert [item.id for item in items if not item.is_done] == waiting
    assert {item.id for item in items} == set(before), "each clause stands there, mapped or not"
    for name, answer in zip(waiting, ("attest", "unobserved", "aside"), strict=False):
        named.setup.press("policy", name, answer, LEAD)
    after = {clause.id: clause.state for clause in pack_of(named.school, named.places.folder).clause}
    assert [after.get(name) for name in waiting[:3]] == ["attested", "unobserved", None][: len(waiting)]
    assert audit("policies", "check", str(named.places.folder / "own.toml")).code == 0


def test_a_clause_that_is_mapped_is_mapped_anew_and_counts_as_not_kept_until_then(named: Room) -> None:
    named.keep("policy", SentFile("policy.txt", POLICY.encode()), sure="yes")
    own = named.places.folder / "own.toml"
    before = {clause.id: clause for clause in pack_of(named.school, named.places.folder).clause}
    mapped = [name for name, clause in before.items() if clause.state != "not_mapped"]

    for name in mapped:
        named.setup.press("policy", name, "anew", LEAD)
    waiting = {clause.id: clause.state for clause in pack_of(named.school, named.places.folder).clause}
    with pytest.raises(PackError, match="that is mapped"):
        named.setup.press("policy", mapped[0], "anew", LEAD)
    for name in mapped:
        named.setup.press("policy", name, "accept", LEAD)
    after = {clause.id: clause for clause in pack_of(named.school, named.places.folder).clause}

    assert mapped
    assert {waiting[name] for name in mapped} == {"not_mapped"}
    assert after == before
    assert audit("policies", "check", str(own)).code == 0


@pytest.mark.parametrize("role", ["enterprise_and_technology_lead", "dpo", "headteacher"])
def test_after_the_set_up_lead_and_dpo_see_and_map_each_clause_at_the_desk(tmp_path: Path, role: str) -> None:
    home = tmp_path / "desk"
    home.mkdir()
    (tmp_path / "policy.txt").write_text(POLICY, encoding="utf-8")
    write_school(home / DESK_SCHOOL)
    (home / DESK_SCHOOL / "policy.toml").write_text(
        skeleton(read_document(tmp_path / "policy.txt"), watching_checks()), encoding="utf-8"
    )
    settings = Settings(home=home, key=KEY, casebook_key=CASEBOOK_KEY, clock=lambda: NOW)
    with served(copy(), home, setup=policy_alone(SchoolFolder(settings, DESK_SCHOOL, None))) as desk:
        browser = desk.signed_in(role)
        page = browser.get("/setup/policy")
        others = {browser.get(path).status_code for path in ("/setup", "/setup/school", "/setup/people")}
        if role == "headteacher":
            assert (page.status_code, others) == (403, {403})
            return
        pressed = browser.post(
            "/setup/policy/press", data={"csrf": field_of(page.text, "csrf"), "item": "sure", "answer": "accept"}
        )
        refused = browser.post("/setup/policy/press", data={"csrf": field_of(page.text, "csrf"), "item": "9x"})
        logged = [(row.action, row.subject) for row in AccessLog(desk.desk.book).rows()]
        home_page = browser.get("/").text

    assert "Accept all that are sure" in page.text
    assert 'href="/setup/policy">Policy</a>' in home_page
    assert others <= {403, 404}
    assert "All that are sure: accepted." in pressed.text
    assert "Map it anew" in pressed.text
    assert (refused.status_code, 'href="/setup/policy">Back to the step' in refused.text) == (409, True)
    assert ("set-up", "policy:sure:accept") in logged
    pack = pack_of(read_school(home / DESK_SCHOOL / "school.toml"), home / DESK_SCHOOL)
    assert "checked" in {clause.state for clause in pack.clause}


def test_a_new_edition_is_compared_with_the_one_in_force(named: Room) -> None:
    named.keep("policy", SentFile("policy.txt", POLICY.encode()), sure="yes")
    edited = POLICY.replace("train all staff each year", "train all staff each term")

    shown = named.look("policy", SentFile("policy-2027.txt", edited.encode()))

    assert any(line.startswith("4 clauses as they were, 1 reworded") for line in shown.says)


@pytest.mark.parametrize("step", ["accounts", "lists", "policy", "report"])
def test_a_press_that_no_step_shows_does_nothing(named: Room, step: str) -> None:
    before = named.places.settings.read_text()

    with pytest.raises(UserError):
        named.setup.press(step, "nothing", "away", LEAD)

    assert named.places.settings.read_text() == before


def test_the_steps_come_in_order_until_none_is_left_that_is_needed(room: Room, tmp_path: Path) -> None:
    came = []
    for step, file, answers in (
        ("school", None, NAMED),
        ("accounts", archive(tmp_path), {}),
        ("lists", sent("arbor.csv"), {}),
        ("lists", sent("sims-staff.csv"), {}),
        ("policy", SentFile("policy.txt", POLICY.encode()), {"sure": "yes"}),
    ):
        came.append(next_of(room.setup.steps()).id)  # type: ignore[union-attr]
        room.keep(step, file, **answers)

    assert came == ["school", "accounts", "lists", "lists", "policy"]
    run = next(item for item in room.setup.step("report").items if item.id == "run")
    assert (bool(run.presses), run.says[0][:16]) == (True, "It costs nothing")


def test_the_terminal_asks_the_same_and_can_be_left(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.zip").write_bytes(archive(tmp_path).body)
    told = iter(
        ["Hill View School", "Oxted", "", "", "1", NAMED["terms"], "", True, str(tmp_path / "x.zip"), "", True, "q"]
    )
    asked: list[str] = []

    def answer(text: str, **given: object) -> object:
        asked.append(text.strip())
        said = next(told)
        return said if said != "" else given.get("default")

    monkeypatch.setattr("typer.prompt", answer)
    monkeypatch.setattr("typer.confirm", answer)
    walk(room.setup, room.places, LEAD)

    assert asked[0] == "The school's name"
    assert (room.school.school.name, room.school.school.town) == ("Hill View School", "Oxted")
    assert [one.handle for one in room.school.account] == ["OusterlyVale"]
    assert next(told, None) is None


def test_pictures_are_approved_by_the_names_of_those_they_show_and_refused_where_one_may_not_be(
    named: Room, tmp_path: Path
) -> None:
    named.keep("lists", sent("teacher.csv"))
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.jpg").write_bytes(drawn(number))
    given = {"folder": str(folder), "basis": "consent", "reference": "Forms of September", "channel.x": "yes"}
    fields = [question.name for question in named.look("photographs", **given).asks]
    whom = dict(zip(fields, ("Thomas Pickering", "Adaeze Okafor", "Tom"), strict=True))

    shown = named.look("photographs", **given, **whom)
    kept = named.keep("photographs", **given, **whom).says

    assert shown.doubts == ("2.jpg: 0 pupils of the list are called Tom: write the whole name.",)
    assert len(shown.pictures) == 3
    assert kept.startswith("Approved: 1 picture.\n1.jpg: The pupils register says that made-")
    assert named.setup.step("photographs").stands == "1 photograph on the register."
    assert refusal(named, "photographs", **{**given, "reference": "Adaeze Okafor's form"}).startswith(
        "What the approval rests on names somebody."
    )


def test_somebody_is_invited_by_a_link_and_told_of_runs_and_the_decision_is_recorded(named: Room) -> None:
    kept = named.keep("people", name="j.halloran", role="dsl", to="jsons://127.0.0.1/hook", second="headteacher")
    named.keep("lawful", role="headteacher", day="2026-09-01", terms="X's, minute 14", dpia="DPIA 3")

    assert kept.says.startswith("http://127.0.0.1:8377/invitation/")
    assert [item.id for item in named.setup.step("people").items] == ["j.halloran"]
    assert [(one.role, one.to) for one in named.school.notify] == [("dsl", "dsl_message")]
    assert "jsons" not in named.places.settings.read_text()
    assert 'url = "jsons://127.0.0.1/hook"' in named.places.credentials.read_text()
    assert named.school.desk.second_for_staff == "headteacher"
    assert named.school.live is not None
    assert named.setup.step("lawful").stands == "Decided by the headteacher on Tuesday 1 September 2026."


def test_no_link_lets_one_person_in_as_another_who_can_sign_in_already(named: Room) -> None:
    people = DeskPeople(named.folder.book)
    people.take_invitation(people.invite("d.sl", "dsl", NOW), "an owl sat on seven fences", NOW)
    people.invite("not.yet", "dpo", NOW)

    for hand_out in (
        lambda: named.setup.press("people", "d.sl", "again", LEAD),
        lambda: named.keep("people", name="D.sl", role="dsl"),
    ):
        with pytest.raises(UserError, match="can sign in already"):
            hand_out()
    assert "/invitation/" in named.setup.press("people", "not.yet", "again", LEAD).says


def test_what_a_killed_set_up_was_sent_goes_and_the_page_that_leads_to_it_is_its_owner_s(room: Room) -> None:
    (room.places.folder / ".setup-0a1b").mkdir()
    (room.places.folder / ".setup-0a1b" / "x.zip").write_text("an archive")
    clear(room.places)
    with ExitStack() as stack:
        page = leading_to(stack, room.places, "http://127.0.0.1:8377/setup/begin/token")
        assert (stat.S_IMODE(page.stat().st_mode), "token" in str(page), "token" in page.read_text()) == (
            0o600,
            False,
            True,
        )
    assert not list(room.places.folder.glob(".setup-*"))


def test_the_pages_are_those_of_whoever_began_and_a_second_lead_at_the_desk_is_refused(room: Room) -> None:
    host, settings = "127.0.0.1:8377", room.folder.settings
    with ExitStack() as stack:
        app, token = application(stack, settings, room.places, frozenset({host}))
        people, book = DeskPeople(room.folder.book), room.folder.book
        people.invite("another.lead", LEAD.role, NOW)
        [another] = [one for one in people.people() if one.sign_in_name == "another.lead"]
        with book.engine.begin() as connection:
            session = DeskSessions(book).begin(connection, another.number, another.role, NOW)

        async def looked() -> list[int]:
            there = httpx.ASGITransport(app)
            async with (
                httpx.AsyncClient(transport=there, base_url=f"http://{host}") as first,
                httpx.AsyncClient(transport=there, base_url=f"http://{host}") as second,
            ):
                await first.get(f"/setup/begin/{token}")
                [name] = [name for name in first.cookies if name.startswith("desk-")]
                second.cookies.set(name, session)
                asked = [(second, "/account"), (first, "/setup"), (second, "/setup"), (second, "/setup/school")]
                asked += [(second, f"/setup/begin/{token}"), (first, "/setup")]
                return [(await who.get(page)).status_code for who, page in asked]

        assert anyio.run(looked) == [200, 200, 403, 403, 403, 200]


@pytest.mark.parametrize(
    ("step", "answers", "told"),
    [
        ("people", {"name": "x.y", "role": "pupil"}, "Choose the role out of the list."),
        ("people", {"name": "x.y", "role": "dsl", "to": "me@school"}, "An address is one that Apprise reads"),
        ("lawful", {"role": "dpo", "day": "1/9/2026", "terms": "t", "dpia": "d"}, "Write the day year first"),
        ("lawful", {"role": "dpo", "day": "2027-09-01", "terms": "t", "dpia": "d"}, "has not come"),
        ("lawful", {"role": "dpo", "day": "2026-09-01", "terms": "", "dpia": "d"}, "Say who decided"),
        ("photographs", {"folder": "/nowhere"}, "Choose the basis and one channel at least"),
    ],
)
def test_what_is_no_answer_is_refused_in_a_sentence(named: Room, step: str, answers: dict[str, str], told: str) -> None:
    assert told in refusal(named, step, **answers)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.what)
def test_what_is_odd_is_read_asked_or_refused_in_words_that_lead_on(named: Room, odd: Odd) -> None:
    file = SentFile(odd.name, odd.body)

    if odd.became == "read":
        found = named.look(odd.step, file)
        assert odd.says in (found.heading, *found.says, *found.doubts)
    else:
        assert refusal(named, odd.step, file) == odd.says


def test_a_list_without_known_headings_is_read_once_it_is_said_what_each_column_is(named: Room) -> None:
    file = SentFile("own.csv", b"Child,Born,Form\nTamsin Pendry,12/03/2015,5B\n")
    first = named.look("lists", file, register="pupils")
    said = {"register": "pupils", "column.0": "full_name", "column.1": "date_of_birth"}

    assert (first.heading, first.keeps) == ("Pupils: it cannot be used yet", "")
    assert first.doubts == (
        "No column is understood as id or date of birth: choose it below, or add it to the export.",
    )
    assert first.table[1] == ("Tamsin Pendry", "12/03/2015", "5B")
    assert named.look("lists", file, **said).heading == "Pupils: 1 row can be used"
    assert named.keep("lists", file, **said).says.startswith("Kept: pupils, 1 row.")


def test_before_the_school_is_named_no_step_tells_of_a_file_to_edit(room: Room) -> None:
    says = [step.stands + " ".join(" ".join(item.says) for item in step.items) for step in room.setup.steps()]

    assert not [text for text in says if "school.toml" in text]
