"""The page of the runs over real HTTP: who reads what, how the last run is told, and what a press does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from html import escape
from pathlib import Path

import httpx
import pytest

from dashboards.desk.pages.run_words import ENDINGS
from policies.calendar import ClosedDays, SchoolCalendar, Term
from policies.errors import UserError
from policies.school import School
from tests.dashboards.copies import add, copy
from tests.dashboards.desks import NOON, ROLES, Served, field_of, served
from tests.dashboards.ordinary import ordinary
from tests.dashboards.school_folder import expect_more
from warehouse.runs.run_progress import RUNNING, Phase, RunProgress, locked, write_progress

LEAD, DSL, DPO, HEAD, CHAIR, TECHNICIAN, *_ = ROLES
BEGUN = RunProgress(date(2026, 11, 16), NOON, planned=("registers", "x", "judge", "publish"), pid=4321)
PULLING = BEGUN.begun("registers", NOON).done("registers", NOON, "complete").begun("x", NOON)
BROWSERS: dict[tuple[str, str], httpx.Client] = {}
SCHOOL = School.model_validate(
    {"school": {"id": "ousterly-vale", "name": "Ousterly Vale School", "pack": "corbets-tey-2022"}}
)


@dataclass
class Starter:
    """Notes what it is asked to start; refuses where it is told to."""

    school_toml: School = SCHOOL
    refuses: str = ""
    asked: list[tuple[date | None, tuple[str, ...]]] = field(default_factory=list)

    def school(self) -> School:
        return self.school_toml

    def start(self, as_of: date | None, options: Sequence[str] = ()) -> None:
        if self.refuses:
            raise UserError(self.refuses)
        self.asked.append((as_of, tuple(options)))


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(ordinary(), tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.fixture
def starter(here: Served) -> Iterator[Starter]:
    here.desk.starter = Starter()
    yield here.desk.starter
    here.desk.starter = None
    for name in ("run.json", RUNNING):
        (folder(here) / name).unlink(missing_ok=True)


def signed_in(here: Served, role: str) -> httpx.Client:
    """Return the browser of this role, which signs in once: a password takes a second to compare."""
    if (here.url, role) not in BROWSERS:
        BROWSERS[here.url, role] = here.signed_in(role)
    return BROWSERS[here.url, role]


def folder(here: Served) -> Path:
    return here.desk.published.parent


def press(here: Served, role: str, path: str, **fields: str) -> httpx.Response:
    client = signed_in(here, role)
    return client.post(path, data={"csrf": field_of(client.get("/runs").text, "csrf"), **fields})


@pytest.mark.parametrize("role", [LEAD, TECHNICIAN, DPO])
def test_who_keeps_the_runs_going_reads_why_a_source_came_short_and_what_to_do(here: Served, role: str) -> None:
    page = signed_in(here, role).get("/runs").text

    [failed] = [pull for pull in here.desk.week("lead").pulls if pull.state != "complete"]
    assert failed.error_text
    assert escape(failed.error_text) in page.replace("&#39;", "&#x27;")
    assert "What to do:" in page


@pytest.mark.parametrize("role", [DSL, HEAD, CHAIR])
def test_other_roles_read_counts_and_begin_nothing(here: Served, starter: Starter, role: str) -> None:
    page = signed_in(here, role).get("/runs").text

    assert "Open cases by clause" in page
    assert "What to do:" not in page
    assert "Run now" not in page
    assert press(here, role, "/runs/start").status_code == 403
    assert starter.asked == []


@pytest.mark.usefixtures("starter")
@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_the_runs_names_anybody(here: Served, role: str) -> None:
    client = signed_in(here, role)
    answers = [client.get(path) for path in ("/runs", "/calendar")]

    assert [answer.status_code for answer in answers] == [200] * 2
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    for name in ("Hartwell", "mia_h_ovs", "Tomasz", "Balogun", "700001", "OusterlyVale"):
        assert all(name not in answer.text.replace("Ousterly Vale", "") for answer in answers)


@pytest.mark.usefixtures("starter")
def test_the_list_of_runs_and_the_cost_say_what_was_published(here: Served) -> None:
    page = signed_in(here, LEAD).get("/runs").text

    assert "The last 2 runs" in page
    assert page.count("In part</bdi>") >= 1
    assert "This run cost $1.24 at X of $5.00, and 214 units at YouTube of 2,000." in page
    assert "may cost $5.00 and 2,000 units at the most" in page
    assert "counts towards the same budget: $3.76 and 1,786 units are left." in page


@pytest.mark.parametrize("role", [LEAD, TECHNICIAN])
def test_one_press_begins_a_run_leads_to_its_progress_and_is_written_down(here, starter: Starter, role: str) -> None:
    answer = press(here, role, "/runs/start")

    assert (answer.status_code, answer.headers["location"]) == (303, "/runs?follow=yes")
    assert starter.asked == [(None, ())]
    assert "run begun" in signed_in(here, DPO).get("/log").text


def test_a_press_that_is_refused_says_why_in_its_sentence(here: Served, starter: Starter) -> None:
    starter.refuses = "A run of this school is under way already."

    answer = press(here, LEAD, "/runs/start")

    assert (answer.status_code, starter.refuses in answer.text) == (409, True)


def test_a_desk_that_cannot_start_runs_says_so(here: Served) -> None:
    answer = press(here, LEAD, "/runs/start")

    assert (answer.status_code, "This desk cannot start a run." in answer.text) == (409, True)
    assert "Run now" not in signed_in(here, LEAD).get("/runs").text


@pytest.mark.usefixtures("starter")
def test_a_run_that_is_under_way_is_told_step_by_step_and_the_page_reads_itself_again_if_asked(here) -> None:
    write_progress(folder(here), PULLING)
    client = signed_in(here, TECHNICIAN)
    with locked(folder(here), RUNNING):
        page, followed = client.get("/runs").text, client.get("/runs?follow=yes").text

    assert "A run is under way." in page
    assert "Process 4321" in page
    steps = page[page.index('class="phases"') : page.index("</ol>")]
    assert [part.split("</b>")[0] for part in steps.split("<b>")[1:]] == ["Complete", "Under way", "Waits", "Waits"]
    assert "Run now" not in page
    assert ('http-equiv="refresh"' in page, 'http-equiv="refresh"' in followed) == (False, True)


def test_a_run_that_was_killed_is_said_to_be_so_and_is_finished_as_it_was_begun(here: Served, starter: Starter) -> None:
    write_progress(folder(here), replace(PULLING, options=("--only", "x")))
    client = signed_in(here, TECHNICIAN)
    page = client.get("/runs?follow=yes").text

    assert "The run of Monday 16 November 2026 was killed before its end." in page
    assert "Broken off" in page
    assert 'http-equiv="refresh"' not in page
    assert "Finish the run of Mon 16 Nov 2026" in page
    assert press(here, TECHNICIAN, "/runs/finish", day="2026-11-16").status_code == 303
    assert starter.asked == [(date(2026, 11, 16), ("--only", "x"))]


def test_a_run_that_left_sources_out_and_ended_is_finished_with_all_of_them(here: Served, starter: Starter) -> None:
    ended = {"ended_at": PULLING.began_at + timedelta(minutes=1), "code": 3}
    write_progress(folder(here), replace(PULLING, options=("--only", "x", "--look-up-followers"), **ended))

    assert press(here, TECHNICIAN, "/runs/finish", day="2026-11-16").status_code == 303
    assert starter.asked == [(date(2026, 11, 16), ("--look-up-followers",))]


def test_a_published_run_that_did_not_see_everything_can_be_finished_and_no_other_day(here, starter: Starter) -> None:
    refused = press(here, LEAD, "/runs/finish", day="2026-11-09")
    assert (refused.status_code, "There is no such run to finish" in refused.text) == (409, True)

    assert press(here, LEAD, "/runs/finish", day="2026-11-16").status_code == 303
    assert starter.asked == [(date(2026, 11, 16), ())]


@pytest.mark.usefixtures("starter")
@pytest.mark.parametrize("code", sorted(ENDINGS))
def test_a_run_that_has_ended_is_told_in_words_with_its_sentence(here: Served, code: int) -> None:
    said = "The key of @<b>X</b> is refused."
    write_progress(folder(here), replace(PULLING, ended_at=NOON, code=code, sentence=said))

    page = signed_in(here, TECHNICIAN).get("/runs").text

    assert f"The run of Monday 16 November 2026 {ENDINGS[code]}" in page
    assert "@&lt;b&gt;X&lt;/b&gt;" in page
    assert "@&lt;b&gt;X" not in signed_in(here, HEAD).get("/runs").text


@pytest.mark.usefixtures("starter")
@pytest.mark.parametrize("minutes", [-30, 30], ids=["before the report", "after it"])
@pytest.mark.parametrize("code", [*sorted(ENDINGS), None])
def test_a_run_that_came_to_nothing_since_the_report_is_told_on_every_first_page(
    here: Served, code: int | None, minutes: int
) -> None:
    began, said = datetime(2026, 11, 16, 6, 4, 30, tzinfo=UTC) + timedelta(minutes=minutes), "The key of X is refused."
    ended = {} if code is None else {"ended_at": NOON, "code": code, "sentence": said}
    write_progress(folder(here), replace(BEGUN, began_at=began, **ended))

    pages = {role: signed_in(here, role).get("/").text for role in ROLES}

    is_told = minutes > 0 and code not in {0, 1, 3}
    ending = "was killed before its end." if code is None else ENDINGS[code]
    for role, page in pages.items():
        assert (f"The run of Monday 16 November 2026 {ending}" in page) == is_told, role
        assert ("is still the report of Monday 16 November 2026." in page) == is_told, role
        assert (said in page) == (is_told and code is not None and role in {LEAD, TECHNICIAN}), role
        assert ("See the runs" in page) == (is_told and role in {LEAD, TECHNICIAN}), role


@pytest.mark.usefixtures("starter")
def test_a_lock_that_nobody_here_may_open_leaves_the_first_page_standing(here: Served) -> None:
    (folder(here) / RUNNING).mkdir()
    try:
        page = signed_in(here, LEAD).get("/")
    finally:
        (folder(here) / RUNNING).rmdir()

    assert (page.status_code, "How the last run ended cannot be told." in page.text) == (200, True)
    assert "Check its owner and mode." in page.text


@pytest.mark.usefixtures("starter")
def test_what_was_handed_to_prefect_is_said_to_wait(here: Served) -> None:
    write_progress(folder(here), RunProgress(None, NOON, way="prefect"))

    assert "It begins as soon as a worker takes it." in signed_in(here, LEAD).get("/runs").text


@pytest.mark.usefixtures("starter")
def test_a_file_of_progress_that_cannot_be_read_is_as_if_it_were_not_there(here: Served) -> None:
    (folder(here) / "run.json").write_text('{"as_of": 3')

    assert "No run is under way." in signed_in(here, LEAD).get("/runs").text


def test_a_school_without_a_run_is_shown_how_to_begin_one(tmp_path) -> None:
    with served(ordinary(), tmp_path / "desk") as fresh:
        fresh.desk.published.unlink()
        fresh.desk.starter = Starter()
        page = fresh.signed_in(LEAD).get("/runs")

    assert page.status_code == 200
    assert "The first run reads everything, and costs the most of all: $5.00 at X" in page.text
    assert "Nothing is published yet." in page.text


def test_one_run_makes_no_trend(tmp_path) -> None:
    db = copy()
    add(db, "exceptions", fingerprint="a" * 64)
    with served(db, tmp_path / "desk") as fresh:
        page = fresh.signed_in(LEAD).get("/runs")

    assert "A trend takes two runs." in page.text
    assert "<svg" not in page.text


@pytest.mark.parametrize("asked_beside", [False, True])
def test_what_the_doctor_asked_is_in_the_month_s_cost_and_is_no_run(tmp_path, asked_beside: bool) -> None:
    db = copy(runs="run_id\n2026-11-09\n2026-11-16")
    for run_id in ("2026-11-09", "2026-11-16", *(("2026-11-12", "2026-11-13") if asked_beside else ())):
        for endpoint in ("users", "posts"):
            add(db, "costs", run_id=run_id, source="x", endpoint=endpoint, requests=1, usd="0.25", units=3)
    add(db, "costs", run_id="2026-10-26", month="2026-10", source="x", endpoint="users", requests=1, usd="9", units=9)
    with served(db, tmp_path / "desk") as fresh:
        page = fresh.signed_in(LEAD).get("/runs").text

    used = "$2.00 and 24 units" if asked_beside else "$1.00 and 12 units"
    assert f"In its month {used} were used, in 2 runs" in page
    assert ("and beside them, as by <code>audit doctor --online</code>." in page) == asked_beside


def test_a_phase_that_is_tried_again_stands_once() -> None:
    again = PULLING.begun("x", NOON)

    assert again.phases == (Phase("registers", NOON, NOON, "complete"), Phase("x", NOON))


def test_the_calendar_shows_terms_and_closed_days_and_without_one_says_that_every_day_counts(here, starter) -> None:
    bare = signed_in(here, CHAIR).get("/calendar").text
    term = Term(name="Autumn <2026>", first=date(2026, 9, 3), last=date(2026, 12, 18))
    inset = ClosedDays(first=date(2026, 11, 6), last=date(2026, 11, 6), why="Inset day")
    starter.school_toml = SCHOOL.model_copy(update={"calendar": SchoolCalendar(term=(term,), closed=(inset,))})
    page, runs = (signed_in(here, CHAIR).get(path).text for path in ("/calendar", "/runs"))

    assert "so every day counts" in bare
    assert "Autumn &lt;2026&gt;" in page
    assert "Inset day" in page
    assert "The calendar goes to Friday 18 December 2026." in page
    assert "The calendar goes to Friday 18 December 2026." in runs


@pytest.mark.parametrize(("role", "link"), [(LEAD, True), (TECHNICIAN, False)])
def test_a_register_that_came_short_leads_to_its_page_and_no_command_is_asked_of_the_lead(tmp_path, role, link) -> None:
    db = ordinary()
    db.execute("update published.pulls set source = 'registers' where state <> 'complete'")
    with served(db, tmp_path / "desk", has_school=True) as desk:
        expect_more(desk.desk.published.parent / "ousterly-vale")
        page = desk.signed_in(role).get("/runs").text

    assert ('<a href="/registers">Put the registers right</a>' in page) == link
    assert "audit registers accept" not in page
