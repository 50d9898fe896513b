"""The desk's first page: what comes first for whom, figures that add up, and each warning to whoever can act on it."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest

from dashboards.desk.casework.caseload import cases
from dashboards.desk.pages.overview import others
from dashboards.desk.pages.week_today import live
from dashboards.desk.school.desk import TIERS
from dashboards.desk.school.desk_notices import DeskPagesThere, desk_notices
from dashboards.report.notices import notices
from dashboards.report.words import due
from tests.dashboards.copies import EDITION, RUN, add, copy
from tests.dashboards.desks import NOON, ROLES, SCHOOL, Served, field_of, served
from tests.dashboards.ordinary import STAFF, ordinary
from tests.dashboards.school_folder import REGISTERS, expect_more
from tests.dashboards.test_desk import form, of_pupil, refs
from warehouse.casebook.casebook import Acceptance
from warehouse.casebook.decisions import Answer, Decision
from warehouse.exceptions.published_cases import in_newest_run

LEAD, DSL, DPO, HEAD, CHAIR, TECHNICIAN = ROLES[:6]
ACCEPT = [f"audit registers accept ousterly-vale {name} --by ROLE --note REASON" for name in ("pupils", "staff")]
SHORT = f"Export them whole and run the audit again, or, if the change is right: {'; '.join(ACCEPT)}"
ALL_THERE = DeskPagesThere(registers=True, runs=True)


def short() -> duckdb.DuckDBPyConnection:
    """Return the ordinary week with a register that came short, a picture still posted and a late task."""
    db = ordinary()
    came_short = "state = 'partial', error_kind = 'RegisterShort', error_text = 'The pupils register has 3 rows.'"
    db.execute(f"update published.pulls set {came_short}, what_to_do = ? where source = 'registers'", [SHORT])
    place = {"platform": "x", "account_id": "900100", "post_id": "777"}
    add(db, "posts", **place, posted_at="2026-11-01 10:00:00+00")
    add(db, "picture_parts", **place, medium_id="m", part="0", verdict="approved", approved_photograph="ph-1")
    for register in ("pupils", "staff"):
        add(db, "register_states", register=register, state="partial", why="It came short.", rows="3")
    late = STAFF | {"next_step": "Ask for the form that is late.", "due_on": "2026-11-02", "severity": "low"}
    add(db, "exceptions", fingerprint="ee" * 32, status="open", first_seen="2026-10-26", **late)
    return db


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(short(), tmp_path_factory.mktemp("home") / "desk", has_school=True) as desk:
        expect_more(desk.desk.published.parent / SCHOOL)
        yield desk


@pytest.fixture
def fresh(tmp_path) -> Iterator[Served]:
    with served(short(), tmp_path / "desk", has_school=True) as desk:
        expect_more(desk.desk.published.parent / SCHOOL)
        yield desk


def home(desk: Served, role: str) -> str:
    return desk.signed_in(role).get("/").text


@pytest.mark.parametrize("changed", ["photographs.csv", "pupils.csv", "../school.toml"])
def test_the_register_of_photographs_is_read_again_only_once_a_file_or_a_setting_is_another(
    fresh: Served, changed: str
) -> None:
    read = fresh.app.state.school.photographs
    before = read()
    assert read() is before
    path = fresh.desk.published.parent / SCHOOL / "registers" / changed
    path.write_text(
        path.read_text(encoding="utf-8") + ('[desk]\nsecond_for_staff = "dsl"\n' if ".toml" in changed else "\n")
    )

    assert read() is not before


def test_the_lead_reads_that_a_photograph_whose_approval_ended_is_still_posted_as_soon_as_it_ended(
    fresh: Served,
) -> None:
    assert "still posted" not in home(fresh, LEAD)
    register = fresh.desk.published.parent / "ousterly-vale" / "registers" / "photographs.csv"
    register.write_text(REGISTERS["photographs.csv"].replace("public_task,,,", "consent,withdrawn,,"))

    page = home(fresh, LEAD)

    assert "1 photograph whose approval has ended is still posted, in 1 post." in page
    assert 'href="/photographs?show=up"' in page
    assert "still posted" not in home(fresh, DSL)
    register.unlink()
    assert "Whether a photograph whose approval has ended is still posted is not known" in home(fresh, LEAD)


@pytest.mark.parametrize("posts", [1, 2])
def test_pictures_to_take_down_and_the_photograph_that_they_show_are_told_apart_and_agree(
    tmp_path: Path, posts: int
) -> None:
    db = ordinary()
    down = {"subject_kind": "medium", "concerns": "picture", "next_step": "Take the post down today."}
    for post_id in map(str, range(posts)):
        place = {"platform": "x", "account_id": "900100", "post_id": post_id}
        add(db, "posts", **place, posted_at="2026-11-01 10:00:00+00")
        add(db, "picture_parts", **place, medium_id=post_id, part="0", verdict="approved", approved_photograph="ph-1")
        add(
            db,
            "exceptions",
            fingerprint=post_id * 64,
            status="new",
            **STAFF | down | {"owner_role": LEAD, "subject_id": post_id},
        )
    with served(db, tmp_path / "desk", has_school=True) as desk:
        register = desk.desk.published.parent / "ousterly-vale" / "registers" / "photographs.csv"
        register.write_text(REGISTERS["photographs.csv"].replace("public_task,,,", "consent,withdrawn,,"))
        page, listed = home(desk, LEAD), desk.signed_in(LEAD).get("/photographs").text

    several = "" if posts == 1 else "s"
    assert f"{posts} picture{several} to take down today" in page
    assert f"1 photograph whose approval has ended is still posted, in {posts} post{several}." in page
    assert f"1 whose approval has ended is still posted, in {posts} post{several}." in listed


@pytest.mark.parametrize("role", [LEAD, DSL])
def test_what_waits_for_others_adds_up_to_all_that_waits_but_for_one_s_own(fresh: Served, role: str) -> None:
    lead, second = fresh.signed_in(LEAD), fresh.signed_in("second")
    of_a_pupil = of_pupil(lead)
    for ref in (None, of_a_pupil, *refs(second)[:3]):
        if ref == of_a_pupil:
            lead.post(f"/case/{ref}/mark", data={**form(lead, ref), "choice": "1"})
        elif ref:
            given = {"kind": "assigned", "to_role": DSL, "note": "For you."}
            second.post(f"/case/{ref}/mark", data={**form(second, ref), **given})
        every = cases(fresh.desk, TIERS[role])
        for person in fresh.people.people():
            if person.role == role:
                mine = every.waiting_for(role, person.number)
                assert others(every, mine).total == len(every.waiting) - len(mine)
    [lead_number] = [person.number for person in fresh.people.people() if person.sign_in_name == LEAD]
    every = cases(fresh.desk, "lead")
    assert others(every, every.waiting_for(LEAD, lead_number)).second == 1


def test_the_lead_reads_whose_tasks_are_late_and_what_is_not_due_yet(here: Served) -> None:
    page = home(here, LEAD)
    told = page[page.index("Waiting for others or not due yet: 2") :]

    assert 'Headteacher</a>: 1, <b class="late">1 late</b>' in told
    assert "Not due yet: " in told


def test_the_button_stands_below_the_counts_and_before_any_warning(here: Served) -> None:
    page = home(here, LEAD)

    assert page.index('class="to-do"') < page.index("Start with the first") < page.index('class="notice')


@pytest.mark.parametrize("role", ROLES)
def test_a_warning_stands_in_full_for_those_who_can_act_and_in_one_sentence_for_others(here: Served, role: str) -> None:
    page = home(here, role)

    is_told = role in {LEAD, TECHNICIAN}
    assert ("What to do:" in page) is is_told
    assert ("things could not be seen this week; the Lead has been told.</summary>" in page) is not is_told
    assert ("audit registers accept" in page, "--as-of" in page) == (False, is_told)


def test_a_register_that_came_short_is_the_lead_s_to_put_right_before_anybody_finishes_the_run(here: Served) -> None:
    lead, technician = home(here, LEAD), home(here, TECHNICIAN)

    assert '<a href="/registers">Put the registers right</a>' in lead
    assert "The Lead has to put the register that came short right first" in technician
    assert "/registers" not in technician
    assert "1 thing to put right: see the warnings below." in technician  # YouTube's credentials


PUPILS, STAFF_ROWS = REGISTERS["pupils.csv"], REGISTERS["staff.csv"]
PUPILS_WHOLE = PUPILS + "".join(f"{4200 + n},Another,Whole-{n},7,01/05/2013,given\r\n" for n in range(7))
STAFF_WHOLE = STAFF_ROWS + "ST3;Mr;Ivo;Thornby;Teacher of Maths;;\nST4;Ms;Una;Marlow;Teacher of Maths;;\n"
CUT = "\r\n".join(PUPILS.split("\r\n")[:10])  # an export that stopped in the middle


@pytest.mark.parametrize(
    ("done", "is_right"),
    [
        ([], False),
        (["accept pupils"], False),  # the other one is short still
        (["accept pupils", "accept staff"], True),
        (["accept pupils", ("staff.csv", STAFF_WHOLE)], True),
        ([("pupils.csv", PUPILS_WHOLE), ("staff.csv", STAFF_WHOLE)], True),
        (["accept pupils", "accept staff", ("pupils.csv", CUT)], False),  # another file than the one that was accepted
        ([("pupils.csv", PUPILS_WHOLE), ("staff.csv", STAFF_WHOLE), ("pupils.csv", CUT)], False),
        (["accept a photograph's picture", "accept pupils"], False),
    ],
)
def test_once_no_register_comes_short_any_more_only_the_run_is_left_to_finish(
    fresh: Served, done: list[Any], is_right: bool
) -> None:
    folder, lead = fresh.desk.published.parent / SCHOOL, fresh.signed_in(LEAD)
    for what in done:
        home(fresh, LEAD)  # what is known of the files before must not outlive them
        if isinstance(what, tuple):
            (folder / "registers" / what[0]).write_bytes(what[1].encode())
        elif what.endswith("picture"):
            fresh.desk.book.accept(Acceptance("photographs", "f" * 64, 0, "e" * 64, LEAD, "It is meant.", NOON))
        else:
            csrf = field_of(lead.get("/registers").text, "csrf")
            lead.post(f"/registers/{what.split()[1]}/right", data={"csrf": csrf, "note": "They all moved."})
    told = {role: unescape(home(fresh, role)) for role in (LEAD, TECHNICIAN)}

    assert ["Put the registers right" in told[LEAD], "finishing the run cannot help" in told[TECHNICIAN]] == (
        [not is_right] * 2
    )
    for page in told.values():
        assert ("It was put right since: finish the run." in page) == is_right
    assert ("came short" in lead.get("/registers").text) == (not is_right)


def test_a_run_is_finished_on_the_desk_s_own_page_and_commands_stand_alone_where_there_is_none(here: Served) -> None:
    week = here.desk.week("lead")
    at_desk = desk_notices(notices(week), LEAD, ALL_THERE)
    without = desk_notices(notices(week), LEAD, DeskPagesThere(registers=False, runs=False))

    assert {notice.link for notice in at_desk} >= {
        ("/runs", "Finish the run"),
        ("/registers", "Put the registers right"),
    }
    assert [notice for notice in at_desk if notice.commands] == []
    assert [notice.commands for notice in without if "registers" in notice.title] == [
        (*ACCEPT, "audit run ousterly-vale --as-of 2026-11-16")
    ]
    assert [notice for notice in without if "audit re" in notice.what_to_do] == []


def test_tasks_come_first_the_late_one_before_the_others_and_the_week_after(here: Served) -> None:
    page = home(here, HEAD)
    told = (
        "2 tasks wait for you.",
        "Ask for the form that is late",
        "Have a word with the member",
        ">The week</h2>",
    )

    assert [page.index(part) for part in told] == sorted(page.index(part) for part in told)
    assert page.count("Not so: give it back to the Lead") == 2
    assert 'href="/task/eeeeeeeeeeeeeeee">Show which one</a>' in page


@pytest.mark.parametrize(("role", "whose"), [(HEAD, "is for you and for the"), (CHAIR, "for the headteacher")])
def test_a_reader_of_counts_reads_whose_the_late_cases_are(here: Served, role: str, whose: str) -> None:
    said = home(here, role).split("Something is late, and ", 1)[1].split("</p>", 1)[0]

    assert whose in said
    assert "Ask the Enterprise and Technology Lead what holds it up." in said
    assert not any(map(str.isdigit, said))


def answer(client: httpx.Client, ref: str, **fields: str) -> str:
    csrf = field_of(client.get("/").text, "csrf")
    return client.post(
        f"/task/{ref}/answer", data={"csrf": csrf, "sequence": "0", "edition": EDITION, **fields}, follow_redirects=True
    ).text


def test_an_answered_task_is_named_to_whoever_answered_it_and_to_nobody_else(fresh: Served) -> None:
    head, ref = fresh.signed_in(HEAD), "ee" * 8

    page = answer(head, ref, kind="done")

    assert 'role="status">Dealt with: Ask for the form that is late</p>' in page
    assert "1 task waits for you." in page
    assert "Ask for the form" not in fresh.signed_in(CHAIR).get(f"/?told={ref}").text
    given_back = answer(head, "f0" * 8, kind="back", note="Not mine.")
    assert "Not so, says your answer to the Lead: Have a word with the member of staff about the bio" in given_back


def test_the_reason_for_which_the_lead_gave_a_task_is_not_shown_with_it(fresh: Served) -> None:
    run, note = fresh.desk.week("lead").run.run_id, "Because of Mia Hartwell."
    fresh.desk.decisions.add(Decision("ee" * 32, 1, run, "assigned", 1, LEAD, note, NOON, to_role=CHAIR))

    page = home(fresh, CHAIR)

    assert "1 task waits for you." in page
    assert "Hartwell" not in page


def test_the_technician_reads_which_file_and_which_column_and_can_copy_the_command(tmp_path) -> None:
    db = short()
    add(db, "lost_masters", photograph_id="ph-9", file_name="sports-day-07.jpg", problem="missing")
    add(db, "register_columns", register="staff", heading="Twitter name", nearest="x_account", state="ignored")
    with served(db, tmp_path / "desk", has_school=True) as desk:
        expect_more(desk.desk.published.parent / SCHOOL)
        technician, chair = home(desk, TECHNICIAN), home(desk, CHAIR)

    assert "The pupils register has 3 rows." in technician
    assert "add sports-day-07.jpg to the photographs folder" in technician
    assert "Twitter name: did you mean x_account?" in technician
    assert "<code data-copy>audit doctor ousterly-vale</code>" in technician
    assert "1 approved photograph has no file that can be read." in chair, "a file that is missing is nobody"
    assert "sports-day-07.jpg" not in chair


@pytest.mark.parametrize(("concerns", "told"), [("policy", ">1 open"), ("post", "fewer than 5 open")])
def test_what_no_person_is_behind_is_counted_exactly_and_everything_else_in_steps(tmp_path, concerns, told) -> None:
    db = copy()
    add(db, "exceptions", fingerprint="9d" * 32, concerns=concerns, subject_kind="post", check_id="posting_hours")
    with served(db, tmp_path / "desk") as desk:
        assert told in home(desk, CHAIR)


@pytest.mark.parametrize(
    ("answers", "open_now", "has_late"),
    [
        ({}, "3 open", True),
        ({"9d": "mistaken"}, "2 open", True),
        ({"9d": "done", "8d": "done"}, "3 open", True),
        ({"9d": "mistaken", "7d": "done"}, "2 open", False),
        ({"9d": "mistaken", "8d": "allowed", "7d": "mistaken"}, "Nothing is open under any clause.", False),
        ({"9d": "confirmed"}, "3 open", True),
    ],
)
def test_a_reader_of_counts_reads_what_is_open_now_and_not_what_the_run_said(
    tmp_path, answers: dict[str, Answer], open_now: str, has_late: bool
) -> None:
    db = copy()
    for number, case in enumerate(("9d", "8d", "7d")):
        due = {"due_on": "2026-11-09" if number == 2 else "2026-12-01"}
        add(db, "exceptions", fingerprint=case * 32, concerns="policy", subject_kind="post", **due)
    with served(db, tmp_path / "desk") as desk:
        assert ">3 open" in home(desk, CHAIR)
        for case, answer in answers.items():
            until = NOON.date() if answer == "allowed" else None
            desk.desk.decisions.add(Decision(case * 32, 1, RUN, answer, 1, LEAD, "So.", NOON, until=until))
        page, report = home(desk, CHAIR), desk.signed_in(CHAIR).get("/report").text

    assert open_now in page
    assert ('<b class="late">some late</b>' in page) is has_late
    assert ("3 open" in report) is (open_now == "3 open")


@pytest.mark.parametrize(
    ("answers", "read", "is_back"),
    [
        (("mistaken",), 1, False),
        (("mistaken", "undone"), 1, True),
        (("mistaken", "undone"), None, True),
        (("mistaken", "undone"), 0, False),  # another case set it aside, and does still
        (("mistaken", "undone", "mistaken"), 3, False),
        (("mistaken", "undone", "said"), 2, False),
        (("said",), 0, False),
        (("mistaken", "undone", "said"), 1, True),
        (("allowed", "mistaken", "undone"), 2, False),
        (("confirmed", "mistaken", "undone"), 2, True),
    ],
)
def test_what_was_set_aside_and_is_taken_back_is_open_again_wherever_it_is_told(
    tmp_path, answers: tuple[Answer, ...], read: int | None, is_back: bool
) -> None:
    db, told = copy(), {"concerns": "policy", "subject_kind": "post"}
    add(db, "exceptions", fingerprint="9d" * 32, **told)
    add(db, "exceptions", fingerprint="8d" * 32, **told, status="open", decision="mistaken", decisions_read=read)
    with served(db, tmp_path / "desk") as desk:
        for number, answer in enumerate(answers, 1):
            desk.desk.decisions.add(Decision("8d" * 32, number, "2026-10-26", answer, 1, LEAD, "So.", NOON))
        lead, page = desk.signed_in(LEAD), home(desk, CHAIR)
        listed = {show: "8d" * 8 in lead.get(f"/cases?show={show}").text for show in ("open", "set_aside")}
        report = lead.get("/report").text

    assert f">{1 + is_back} open" in page
    assert listed == {"open": is_back, "set_aside": not is_back}
    assert ("Somebody decided that these are mistaken or allowed" in report) is not is_back
    assert not (is_back and "Mistaken, says" in report)


@pytest.mark.parametrize(("days", "says"), [(0, "today"), (2, "2 days late"), (-3, "in 3 days")])
def test_what_is_due_is_counted_from_the_day_that_it_is(tmp_path, days: int, says: str) -> None:
    db = ordinary()
    db.execute("update published.exceptions set due_on = '2026-11-20', status = 'open'")
    with served(db, tmp_path / "desk", clock=lambda: NOON + timedelta(days=4 + days)) as desk:
        lead, every = desk.signed_in(LEAD), cases(desk.desk, "lead")
        listed, head = lead.get("/cases").text, home(desk, HEAD)

        is_open = [case for case in every.at(range(len(every))) if case.row.is_open]
        assert {case.is_late for case in is_open} == {days > 0}
        assert f"{'' if days > 0 else 'due '}{says}</span>" in listed
        assert ("Nothing is late" in head) == (days <= 0)
        counts = live(desk.desk, desk.desk.week("governors")).shown_counts
        assert {count.has_late for count in counts if count.standing.high} == {days > 0}


@pytest.mark.parametrize(("days", "is_late"), [(4, False), (5, True), (60, True)])
def test_what_an_ended_allowance_left_is_due_on_the_day_that_it_came_back(tmp_path, days: int, is_late: bool) -> None:
    db, until = copy(), (NOON + timedelta(days=3)).date().isoformat()
    allowed = {"decision": "allowed", "decided_until": until, "decisions_read": 1, "due_on": "2026-11-10"}
    add(db, "exceptions", fingerprint="9d" * 32, concerns="policy", subject_kind="post", status="open", **allowed)
    with served(db, tmp_path / "desk", clock=lambda: NOON + timedelta(days=days)) as desk:
        [case] = cases(desk.desk, "lead").at([0])

    assert (case.row.due_on, case.is_late) == ((NOON + timedelta(days=4)).date(), is_late)


SOON = NOON + timedelta(days=3)


@pytest.mark.parametrize("answer", ["allowed", "mistaken"])
@pytest.mark.parametrize("is_told", [False, True], ids=["read by the run", "told since the run"])
@pytest.mark.parametrize("days", [3, 4])
def test_what_was_set_aside_until_a_day_is_open_again_after_it(tmp_path, answer, is_told: bool, days: int) -> None:
    db, until, case = copy(), SOON.date(), "9d" * 32
    read = {} if is_told else {"decision": answer, "decided_until": until.isoformat(), "decisions_read": 1}
    told = {"concerns": "policy", "subject_kind": "post", "due_on": "2026-11-17"}
    add(db, "exceptions", fingerprint=case, status="open", **told, **read)
    now = [NOON]
    with served(db, tmp_path / "desk", clock=lambda: now[-1]) as desk:
        desk.desk.decisions.add(Decision(case, 1, RUN, answer, 1, LEAD, "So.", NOON, until=until))
        now.append(NOON + timedelta(days=days))
        lead = desk.signed_in(LEAD)
        listed = {show: case[:16] in lead.get(f"/cases?show={show}").text for show in ("waiting", "open", "set_aside")}
        report = lead.get("/report").text
        page, chair = lead.get(f"/case/{case[:16]}").text, home(desk, CHAIR)
        with desk.desk.copy() as published:
            [known] = in_newest_run(published, case[:8], on=desk.desk.today())

    is_back = days > 3
    assert listed == {"waiting": is_back, "open": is_back or is_told, "set_aside": not (is_back or is_told)}
    assert (f'action="/case/{case[:16]}/mark"' in page) == (is_back or is_told)
    assert ("1 open" in chair) == is_back
    assert known.is_open == (is_back or is_told)
    assert ("Somebody decided that these are mistaken or allowed" in report) == (not is_told and not is_back)
    # An allowance that has ended is due anew, as the next run has it.
    is_late = is_back and (is_told or answer == "mistaken")
    assert ('<b class="late">some late</b>' in chair) == is_late


@pytest.mark.parametrize("is_before", [False, True], ids=["planned since the run", "planned before it"])
@pytest.mark.parametrize(("days", "is_late"), [(3, False), (4, True)])
def test_what_is_planned_is_late_after_its_day_and_not_before_wherever_it_is_told(
    tmp_path, is_before: bool, days: int, is_late: bool
) -> None:
    until, case = SOON.date(), "9d" * 32
    planned = {"decision": "planned", "decided_until": until.isoformat(), "due_on": until.isoformat()}
    db, told = copy(), {"concerns": "post", "subject_kind": "post", "backlog_since": "2026-10-01", "status": "open"}
    add(
        db,
        "exceptions",
        fingerprint=case,
        owner_role="headteacher",
        **{**told, "due_on": "2026-11-10"} | (planned if is_before else {}),
    )
    with served(db, tmp_path / "desk", clock=lambda: NOON + timedelta(days=days)) as desk:
        run_id = "2026-11-09" if is_before else RUN
        desk.desk.decisions.add(Decision(case, 1, run_id, "planned", 1, LEAD, "So.", NOON, until=until))
        chair, head, lead = home(desk, CHAIR), home(desk, HEAD), desk.signed_in(LEAD)
        listed, every = lead.get("/cases?show=late").text, cases(desk.desk, "lead")
        waits = others(every, ())

    assert ("Something is late, and is for the headteacher." in chair) == is_late
    assert ("1 day late" in head) == is_late
    assert (case[:16] in listed) == is_late
    assert sum(line.late for line in waits.by_role) == is_late
    assert ('<b class="late">some late</b>' in chair) == is_late


DUE_ON = (NOON + timedelta(days=3)).date()
TOLD = {
    "nothing": ("", {}, None),
    "allowed until then": ("", {"decision": "allowed", "decided_until": DUE_ON.isoformat(), "decisions_read": 1}, None),
    "answered since": ("mistaken", {}, NOON.date() + timedelta(days=30)),
    "answered since until then": ("mistaken", {}, DUE_ON),
    "dealt with since": ("done", {}, None),
    "planned since": ("planned", {"backlog_since": "2026-10-01"}, NOON.date() + timedelta(days=4)),
}


@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("days", [0, 3, 4, 5, 40])
def test_report_first_page_and_list_count_alike_what_is_late_and_answered_on_every_day(tmp_path, told, days) -> None:
    answer, read, until = TOLD[told]
    db, case = copy(), {"concerns": "post", "subject_kind": "post", "status": "open", "due_on": DUE_ON.isoformat()}
    add(db, "exceptions", fingerprint="9d" * 32, **case | read)
    with served(db, tmp_path / "desk", clock=lambda: NOON + timedelta(days=days)) as desk:
        if answer:
            desk.desk.decisions.add(Decision("9d" * 32, 1, RUN, answer, 1, LEAD, "So.", NOON, until=until))
        pages = {role: unescape(desk.signed_in(role).get("/report").text) for role in (LEAD, DPO)}
        first, chair = home(desk, DPO), home(desk, CHAIR)
        late = "9d" * 8 in desk.signed_in(LEAD).get("/cases?show=late").text
        [case] = cases(desk.desk, "lead")

    is_late = case.is_waiting and case.is_late
    assert late == is_late == ('<b class="late">some late</b>' in chair) == ("1 is late" in first)
    for role in (LEAD, DPO):
        assert ("1 is late" in pages[role]) == is_late
        assert ("answered since" in pages[role]) == case.is_answered
        assert not is_late or due(case.due_on, NOON.date() + timedelta(days=days), is_late) in pages[role]


def test_a_report_of_more_than_a_week_ago_says_so_at_the_desk(tmp_path) -> None:
    for days, is_told in ((8, False), (9, True)):
        clock = lambda days=days: NOON + timedelta(days=days)  # noqa: E731
        with served(ordinary(), tmp_path / f"desk-{days}", clock=clock) as desk:
            for role in (LEAD, TECHNICIAN, DSL):
                assert ("There is no report since Monday 16 November 2026." in home(desk, role)) == is_told, role
