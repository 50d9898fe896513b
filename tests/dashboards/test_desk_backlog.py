"""A school's first week: what cannot wait and a week's cases are asked for, and the past is planned once, by groups."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sqlalchemy import text

from dashboards.desk.casework.backlog import A_WEEK, groups_of
from dashboards.desk.casework.caseload import cases
from dashboards.report.exception_groups import tally
from dashboards.report.read import read_week
from dashboards.report.week_summary import A_WEEKS_CASES, summary
from dashboards.report.write import page
from policies.calendar import SchoolCalendar, Term, weeks_after
from policies.roles import LEAD
from tests.dashboards.copies import EDITION, RUN, add, copy
from tests.dashboards.desks import NOON, Served, field_of, served
from warehouse.casebook.decisions import Decision

MONDAY = date.fromisoformat(RUN)
PICTURE = {
    "check_id": "unapproved_picture",
    "concerns": "picture",
    "subject_kind": "medium",
    "reason": "A picture has no standing approval.",
    "next_step": "Compare it with the approved photographs.",
    "due_on": "2026-11-19",
}


_MANY = """
insert into published.exceptions by name
select
    * exclude (stands, is_open, is_late, is_unasked, number)
    replace (sha256(fingerprint || number) as fingerprint, fingerprint[1] || '-' || number as subject_id)
from (
    select *
    from published.exceptions, range(1, $how_many) as numbers (number)
    where fingerprint = $one
)
"""


def first_week(*, past: int, present: int, urgent: int, **more: Any) -> duckdb.DuckDBPyConnection:
    """Return the week of a school's first run, with this many pictures of each age, and as many that cannot wait."""
    db = copy()
    for number, (how_many, since) in enumerate([(past, "2024-05-01"), (present, "2026-10-01"), (urgent, None)]):
        ended = {} if since else {"severity": "critical", "check_id": "withdrawn_picture"}
        row = {**PICTURE, **ended, "backlog_since": since, **more}
        if how_many:
            add(db, "exceptions", fingerprint=f"{number}" * 64, **{name: said for name, said in row.items() if said})
            db.execute(_MANY, {"one": f"{number}" * 64, "how_many": how_many})
    return db


@pytest.fixture(scope="module")
def desk_of_the_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("backlog") / "desk"
    with served(first_week(past=117, present=30, urgent=4), folder) as desk:
        yield desk


@pytest.fixture
def here(desk_of_the_module: Served) -> Served:
    with desk_of_the_module.desk.book.engine.begin() as connection:
        connection.execute(text("delete from decisions"))
    return desk_of_the_module


def press(desk: Served, address: str = "/backlog", role: str = LEAD, **fields: str) -> Any:
    client = desk.signed_in(role)
    form = {"csrf": field_of(client.get("/").text, "csrf"), "edition": EDITION, "kind": "planned", **fields}
    return client.post(address, data=form)


def test_the_first_week_asks_for_what_cannot_wait_and_fills_up_with_what_is_of_this_year(here: Served) -> None:
    every = cases(here.desk, "lead")
    mine = every.waiting_for(LEAD, 1)

    assert len(mine) == A_WEEKS_CASES
    assert sum(case.row.severity == "critical" for case in mine) == 4
    assert {case.row.backlog_since for case in mine} == {None, date(2026, 10, 1)}
    groups = groups_of(here.desk, every, LEAD)
    assert [(group.line, group.until) for group in groups] == [
        ("9 pictures of this school year", date(2026, 11, 27)),
        ("117 pictures from before September 2026", date(2026, 12, 25)),
    ]
    home = here.signed_in(LEAD).get("/").text
    assert "25 cases for you" in home
    assert "117 pictures from before September 2026" in home
    assert "Waiting for others" not in home


def test_a_group_is_planned_by_one_press_for_each_case_by_itself_stays_open_and_can_be_taken_back(here: Served) -> None:
    assert press(here, group="past-pictures").status_code == 303

    every = cases(here.desk, "lead")
    planned = [case for case in every if case.is_planned]
    assert len(planned) == 117
    assert all(case.is_waiting and case.row.is_open and case.decision.is_own for case in planned)
    by_day = {day: sum(case.due_on == day for case in planned) for day in sorted({case.due_on for case in planned})}
    assert list(by_day.values()) == [21, 30, 30, 30, 6]
    assert min(by_day) == MONDAY + timedelta(days=11)
    assert len(every.waiting_for(LEAD, 1)) == A_WEEKS_CASES
    home = here.signed_in(LEAD).get("/").text
    assert "117 cases are planned, to be looked at by Friday 25 December 2026." in home
    assert "Not due yet: 117" in home
    assert "to be looked at by" in here.signed_in(LEAD).get(f"/case/{planned[0].ref}").text
    assert {row.action for row in here.people._log.rows() if row.subject == planned[0].row.fingerprint} >= {"planned"}

    assert press(here, "/backlog/undo", at=planned[0].decision.decided_at.isoformat()).status_code == 303
    every = cases(here.desk, "lead")
    assert not any(case.is_planned for case in every)
    assert "117 pictures from before September 2026" in here.signed_in(LEAD).get("/").text


def test_another_pace_counts_and_what_is_taken_down_together_comes_back_if_it_stands(here: Served) -> None:
    assert press(here, group="past-pictures", a_week="60").status_code == 303
    assert max(case.due_on for case in cases(here.desk, "lead") if case.is_planned) == date(2026, 12, 11)

    assert press(here, group="now-pictures", kind="done").status_code == 303
    done = [case for case in cases(here.desk, "lead") if case.decision and case.decision.answer == "done"]
    assert len(done) == 9
    assert not any(case.is_waiting for case in done)


@pytest.mark.parametrize(
    "fields",
    [
        {"group": "past-pictures", "a_week": "0"},
        {"group": "past-pictures", "a_week": "a few"},
        {"group": "past-comments"},
        {"group": "past-pictures", "edition": "2026-11-09 1"},
    ],
    ids=["no pace", "no number", "no group", "another run"],
)
def test_what_cannot_be_planned_is_refused_in_a_sentence_and_nothing_is_written(
    here: Served, fields: dict[str, str]
) -> None:
    assert press(here, **fields).status_code in {400, 409, 422}
    assert not here.desk.decided()


def test_who_clears_nothing_plans_nothing(here: Served) -> None:
    assert press(here, role="dpo", group="past-pictures").status_code == 403
    assert not here.desk.decided()


def test_what_is_urgent_cannot_be_planned_by_a_form_either(here: Served) -> None:
    urgent = next(case for case in cases(here.desk, "lead") if case.row.severity == "critical")
    fields = {"kind": "planned", "until": "2026-12-25", "note": "Later.", "sequence": "0"}

    answer = press(here, f"/case/{urgent.ref}/mark", **fields)

    assert (answer.status_code, here.desk.decided()) == (409, {})
    assert "cannot wait" in answer.text


@pytest.mark.parametrize("ways", [{"past": 20, "present": 5, "urgent": 0}, {"past": 0, "present": 0, "urgent": 40}])
def test_a_week_that_has_room_for_all_and_one_of_what_cannot_wait_have_no_group(
    tmp_path: Path, ways: dict[str, int]
) -> None:
    with served(first_week(**ways), tmp_path / "desk") as desk:
        every = cases(desk.desk, "lead")

        assert len(every.waiting_for(LEAD, 1)) == sum(ways.values())
        assert groups_of(desk.desk, every, LEAD) == ()


def test_a_planned_case_comes_back_in_its_week_and_says_so_until_then(tmp_path: Path) -> None:
    until = {"status": "open", "first_seen": "2026-11-02", "decision": "planned"}
    db = first_week(past=3, present=0, urgent=0, **until, decided_until="2026-11-20", due_on="2026-11-20")
    later = {**PICTURE, **until, "decided_until": "2027-04-30", "due_on": "2027-04-30", "backlog_since": "2024-05-01"}
    add(db, "exceptions", fingerprint="ab" * 32, subject_id="m9", **later)
    with served(db, tmp_path / "desk") as desk:
        every = cases(desk.desk, "lead")

        assert len(every) == 4
        assert len(every.waiting_for(LEAD, 1)) == 3


def test_a_week_of_a_plan_ends_on_its_last_school_day_and_one_without_a_school_day_is_left_out() -> None:
    terms = (
        Term(name="a", first=date(2026, 9, 1), last=date(2026, 12, 16)),
        Term(name="b", first=date(2027, 1, 5), last=date(2027, 3, 1)),
    )
    weeks = weeks_after(SchoolCalendar(term=terms), date(2026, 12, 2))

    assert [next(weeks) for _ in range(3)] == [date(2026, 12, 11), date(2026, 12, 16), date(2027, 1, 8)]


@pytest.mark.parametrize(
    ("found", "week_one", "done_by"),
    [
        ({"past": 40, "present": 10, "urgent": 2}, 12, date(2026, 12, 4)),
        ({"past": 300, "present": 76, "urgent": 4}, 25, date(2027, 2, 12)),
        ({"past": 900, "present": 100, "urgent": 9}, 25, date(2027, 7, 9)),
    ],
    ids=["a new account", "380 at once", "many years"],
)
def test_three_first_weeks_ask_for_no_more_than_a_week_and_the_past_is_done_within_the_school_year(
    tmp_path: Path, found: dict[str, int], week_one: int, done_by: date
) -> None:
    with served(first_week(**found), tmp_path / "desk") as desk:
        every = cases(desk.desk, "lead")
        groups = groups_of(desk.desk, every, LEAD)

    assert len(every.waiting_for(LEAD, 1)) == week_one <= A_WEEKS_CASES
    assert week_one + sum(group.total for group in groups) == sum(found.values())
    assert max(group.until for group in groups) == done_by
    by_week = Counter(day for group in groups for day in group.days.values())
    assert max(by_week.values()) == groups[0].a_week >= A_WEEK


def test_the_report_says_what_a_first_look_found_what_cannot_wait_and_until_when_a_case_is_planned() -> None:
    flood = read_week(first_week(past=117, present=30, urgent=4), run_id=RUN, tier="lead")
    planned = {"status": "open", "decision": "planned", "decided_until": "2027-04-30", "due_on": "2027-04-30"}
    later = read_week(first_week(past=2, present=0, urgent=0, **planned), run_id=RUN, tier="lead")

    assert summary(flood, tally(flood)) == (
        "The first look found 151; 4 cannot wait; the other 147 can be planned at the desk."
    )
    assert summary(later, tally(later)) == "Nothing new; 2 are known."
    assert "<b>Planned until Fri 30 Apr 2027</b>" in page(later)


@pytest.mark.parametrize("role", [LEAD, "dpo"])
@pytest.mark.parametrize("answer", ["planned", "mistaken"])
def test_what_is_planned_or_answered_of_a_first_look_is_to_be_planned_no_more(tmp_path, role, answer) -> None:
    with served(first_week(past=60, present=30, urgent=4), tmp_path / "desk") as here:
        report = here.signed_in(role).get("/report").text
        assert "The first look found 94; 4 cannot wait; the other 90 can be planned at the desk." in report
        past = [case for case in cases(here.desk, "lead") if str(case.row.backlog_since) == "2024-05-01"]
        until = MONDAY + timedelta(days=60)
        here.desk.decisions.add(
            *(Decision(one.row.fingerprint, 1, RUN, answer, 1, LEAD, "So.", NOON, until=until) for one in past)
        )

        for path in ("/report", "/") if role == "dpo" else ("/report",):
            told = here.signed_in(role).get(path).text
            assert "The first look found 34; 4 cannot wait; the other 30 can be planned at the desk." in told
