"""The story of a case: each answer, how the desk tells it, the next report, and the desk after the next run."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import duckdb
import pytest

from dashboards.report.exception_groups import tally
from dashboards.report.model import AccountCoverage, Week
from dashboards.report.read import read_week
from dashboards.report.story import ANSWERS, Stood, Told, story
from dashboards.report.text import exceptions_csv, exceptions_json
from dashboards.report.week_summary import caveats
from dashboards.report.write import page
from flows.notify.message import of_run
from tests.dashboards.copies import RUN, add, copy
from tests.dashboards.desks import ROLES, Served, published, served
from tests.dashboards.test_desk import form
from warehouse.casebook.decisions import Decision

LEAD, DSL = ROLES[:2]
NEXT = "2026-11-23"
POST = {"subject_kind": "post", "concerns": "post", "check_id": "contact_details"}
BECAME = {
    "still there": {"status": "open"},
    "not seen, so it is not proved gone": {"status": "not_seen", "is_seen_this_run": False},
    "suspended by the platform": {"status": "suspended", "is_seen_this_run": False},
    "gone": {"status": "gone", "is_seen_this_run": False, "proof": "asked"},
    "set aside": {"status": "open", "decision": "mistaken", "decided_until": "2027-08-31"},
}
ANSWERED = ("confirmed", "mistaken", "allowed", "done", "assigned")
CASES = {kind: f"{number:x}b" * 32 for number, kind in enumerate((*ANSWERED, "undone"))}
BY = "Enterprise and Technology Lead"


def week(*, until: str = RUN, **became: object) -> duckdb.DuckDBPyConnection:
    """Return a copy with open cases as the run found them and, where it goes on, as the next run did."""
    db = copy()
    if until == NEXT:
        times = {"started_at": f"{NEXT} 06:00:00+00", "finished_at": f"{NEXT} 06:04:00+00"}
        add(db, "runs", run_id=NEXT, as_of=NEXT, **times)
    for number, case in enumerate(CASES.values()):
        row = {"fingerprint": case, "subject_id": str(number), **POST}
        add(db, "exceptions", **row)
        if until == NEXT:
            add(db, "exceptions", **{**row, "run_id": NEXT, "last_seen": NEXT, **became})
    return db


def said(case: str, sequence: int, run_id: str, kind: str) -> Decision:
    at = datetime.fromisoformat(f"{run_id} 12:00:00").replace(tzinfo=UTC)
    return Decision(case, sequence, run_id, kind, 1, DSL, "So.", at)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a desk at which each case was answered in its own way, by what a reader sends there."""
    with served(week(), tmp_path_factory.mktemp("story") / "desk") as here:
        lead = here.signed_in(LEAD)
        for kind in ANSWERED:
            fields = {"kind": kind, "note": "So it is.", "until": "2026-12-31", "to_role": "dpo"}
            ref = CASES[kind][:16]
            assert lead.post(f"/case/{ref}/mark", data={**form(lead, ref), **fields}).status_code == 303
        steps = [(1, RUN, "done"), (2, RUN, "mistaken"), (3, RUN, "undone")]
        here.desk.decisions.add(*(said(CASES["undone"], *step) for step in steps))
        yield here


def report_of(desk: Served, run_id: str) -> Week:
    with desk.desk.copy() as db:
        told = Told(desk.desk.decisions.every(), desk.desk.zone, "https://desk.school.example")
        return read_week(db, run_id=run_id, tier="lead", told=told)


def words(kind: str) -> str:
    told = ANSWERS[kind][0].format(by=BY, until="Thu 31 Dec 2026", to="Data Protection Officer")
    return f"{told}, on Mon 16 Nov 2026"


@pytest.mark.parametrize("kind", ANSWERED)
def test_an_answer_is_told_at_once_and_on_the_desk_s_report_and_not_in_the_report_that_was_read(desk, kind) -> None:
    published(week(), desk.desk.published)
    at_once, lead = f"{words(kind)}; {ANSWERS[kind][1]}.", desk.signed_in(LEAD)
    live = unescape(lead.get("/report").text)

    assert at_once in unescape(lead.get(f"/case/{CASES[kind][:16]}").text)
    assert at_once in live
    assert "<b>5</b> <span>answered since</span>" in live, "all but the one that was given to somebody"
    assert "<b>1</b> <span>new</span>" in live
    assert report_of(desk, RUN).said == {}
    assert words(kind) not in page(report_of(desk, RUN))


@pytest.mark.parametrize("became", BECAME)
def test_each_answer_is_told_with_what_became_of_it_in_the_next_report_and_on_the_desk(desk: Served, became) -> None:
    published(week(until=NEXT, **BECAME[became]), desk.desk.published)
    made, lead = report_of(desk, NEXT), desk.signed_in(LEAD)
    html = unescape(page(made))
    lines = {line["fingerprint"]: line for line in csv.DictReader(io.StringIO(exceptions_csv(made)[1:]))}
    rows = {row["fingerprint"]: row for row in json.loads(exceptions_json(made))["exceptions"]}

    for kind in ANSWERED:
        sentence, case = f"{words(kind)}; {became} on Mon 23 Nov 2026.", CASES[kind]
        assert sentence in html
        assert lines[case]["said"] == rows[case]["said"] == sentence
        after = unescape(lead.get(f"/case/{case[:16]}").text)
        assert (f'role="status">{sentence}' in after) is (became != "gone")
    assert [one.decision.answer for one in made.said[CASES["undone"]]] == ["done"], "what was taken back is not told"
    assert "So it is." not in html, "what an answer rests on stays at the desk"


@pytest.mark.parametrize(("became", "how_many"), [("still there", 2), ("gone", 0), ("set aside", 0)])
def test_what_was_said_to_be_done_and_stands_still_is_counted_on_the_page_and_in_the_message(desk, became, how_many):
    published(week(until=NEXT, **BECAME[became]), desk.desk.published)
    made = report_of(desk, NEXT)
    told = "2 cases that were said to be dealt with are still there."

    assert (told in caveats(made, tally(made))) is (told in of_run(made, "hill-view", "-").body) is bool(how_many)


@pytest.mark.parametrize(("was_enough", "is_enough"), [(True, False), (True, True), (False, False), (False, True)])
def test_a_list_seen_whole_in_the_run_before_and_not_now_is_told_in_the_message_whatever_the_verdict(
    desk, was_enough: bool, is_enough: bool
) -> None:
    seen = [
        AccountCoverage(check, check, "x", "9", "@hill", 50, 40, 40, is_enough, was_enough, None, None)
        for check in ("pupil_follower", "staff_follower")
    ]
    made = replace(report_of(desk, RUN), account_coverage=tuple(seen))

    told = "Seen whole in the run before, and not now: 1 list."
    assert (told in of_run(made, "hill-view", "-").body) is (was_enough and not is_enough)


def test_an_answer_counts_up_to_the_next_one() -> None:
    stood = [Stood(day, date.fromisoformat(day), "open", True, None) for day in (RUN, NEXT, "2026-11-30")]
    steps = [said("ab" * 32, 1, RUN, "done"), said("ab" * 32, 2, NEXT, "done")]

    assert [one.became.run_id for one in story(steps, stood, UTC) if one.became] == [NEXT, "2026-11-30"]
    assert [one.became for one in story(steps, stood[:2], UTC)] == [stood[1], None]


def test_a_run_of_the_day_that_was_read_has_not_looked_since_whatever_its_clock_says(desk: Served) -> None:
    of_that_day = week()
    of_that_day.execute("update published.runs set finished_at = '2027-01-01 06:00:00+00'")
    published(of_that_day, desk.desk.published)

    assert report_of(desk, RUN).said == {}
    assert f"{words('done')}; the next run looks again." in unescape(desk.signed_in(LEAD).get("/report").text)


@pytest.mark.parametrize("became", BECAME)
def test_a_run_that_is_begun_again_on_its_day_tells_what_became_of_what_it_had_read(desk: Served, became: str) -> None:
    again = week()
    for column, value in (BECAME[became] | {"decisions_read": 3}).items():
        again.execute(
            f"update published.exceptions set {column} = ? where fingerprint in ?", [value, [*CASES.values()]]
        )
    published(again, desk.desk.published)
    made, lead = report_of(desk, RUN), desk.signed_in(LEAD)
    live, undone = unescape(lead.get("/report").text), "2 cases that were said to be dealt with are still there."

    for kind in ANSWERED:
        sentence = f"{words(kind)}; {became} on Mon 16 Nov 2026."
        assert sentence in live
        assert sentence in unescape(page(made))
        after = unescape(lead.get(f"/case/{CASES[kind][:16]}").text)
        assert (f'role="status">{sentence}' in after) is (became != "gone")
    assert "answered since" not in live
    assert (undone in caveats(made, tally(made))) is (became == "still there")


def test_a_case_leads_from_the_report_to_the_desk_and_back_and_nowhere_where_no_desk_is_told(desk: Served) -> None:
    published(week(), desk.desk.published)
    ref, lead = CASES["done"][:16], desk.signed_in(LEAD)
    made = report_of(desk, RUN)

    assert f'href="https://desk.school.example/case/{ref}"' in page(made)
    assert "/case/" not in page(replace(made, desk=None))
    assert f'href="/case/{ref}"' in lead.get("/report").text
    back = f"/report#case-{ref}"
    assert f'href="{back}"' in lead.get(f"/case/{ref}").text
    assert f'id="case-{ref}"' in lead.get("/report").text


def test_a_report_offers_no_command_that_would_be_refused_or_says_again_what_was_said(desk: Served) -> None:
    published(week(), desk.desk.published)
    [row, *_] = (made := report_of(desk, RUN)).exceptions
    of_people, again = replace(row, concerns="pupil"), replace(row, decision="confirmed")

    for one, is_offered in ((row, True), (of_people, False), (again, False)):
        assert (f"{row.ref} confirmed" in page(replace(made, exceptions=(one,)))) is is_offered
        assert f"{row.ref} done" in page(replace(made, exceptions=(one,)))
