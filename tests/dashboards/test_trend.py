"""The trend of open cases: which clauses it shows, where its lines stand, and that it can be read."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from dashboards.desk.pages.trend import (
    _GAP,
    MOST,
    OTHERS,
    OpenUnderClause,
    Trend,
    TrendLine,
    _places,
    made_of,
    picture_of,
    trend_of,
)
from dashboards.report.model import ReportedClause
from tests.dashboards.copies import add, copy
from tests.dashboards.desks import served

MONDAY = date(2026, 11, 2)
DAYS = tuple(MONDAY + timedelta(weeks=week) for week in range(3))


def clause(number: int) -> ReportedClause:
    says = f"The duty of clause {number}."
    return ReportedClause("p", f"c{number}", f"4.{number}", says, "must", "school", "checked", "", *[None] * 9)


def counted(**counts: tuple[int, ...]) -> list[OpenUnderClause]:
    rows = [OpenUnderClause(DAYS[n], "p", name, many) for name, each in counts.items() for n, many in enumerate(each)]
    return rows or [OpenUnderClause(day, None, None, 0) for day in DAYS]


def test_six_clauses_have_a_line_of_their_own_and_the_others_are_one() -> None:
    many = {f"c{number}": (0, number, number) for number in range(1, 10)}

    trend = made_of(counted(**many), [clause(number) for number in range(1, 10)])

    assert [line.name for line in trend.lines] == ["4.9", "4.8", "4.7", "4.6", "4.5", "4.4", OTHERS]
    assert len(trend.lines) == MOST + 1
    assert trend.lines[-1].counts == (0, 6, 6)
    assert trend.in_all == (0, 45, 45)
    assert trend.lines[0].says == "The duty of clause 9."


def test_a_clause_under_which_no_case_was_ever_open_has_no_line_and_a_run_without_cases_has_its_day() -> None:
    trend = made_of(counted(c1=(0, 0, 0)), [clause(1)])

    assert (trend.days, trend.lines, trend.in_all) == (DAYS, (), (0, 0, 0))
    assert made_of(counted(), []).days == DAYS


def test_a_clause_that_the_policy_no_longer_has_keeps_its_id() -> None:
    [line] = made_of(counted(old=(2, 1, 0)), [clause(1)]).lines

    assert (line.name, line.says) == ("old", "")


def test_the_words_for_who_does_not_see_the_picture_say_the_first_and_the_last_run() -> None:
    said = made_of(counted(c1=(5, 4, 2), c2=(0, 0, 1)), [clause(1), clause(2)]).description

    assert said == "Open cases by clause: 5 in the first of 3 runs, 3 in the last. In the last: 4.1 2, 4.2 1."
    assert Trend((), ()).description == "No run is published yet."


@pytest.mark.parametrize("ends", [(0, 0, 0, 0, 0, 0, 0), (7, 7, 4, 2, 2, 12, 18), (30, 30, 30, 30, 30, 30, 30)])
def test_no_two_names_stand_upon_each_other(ends: tuple[int, ...]) -> None:
    lines = tuple(TrendLine(str(number), (0, end)) for number, end in enumerate(ends))

    places = sorted(_places(lines, max(1, *ends) * 1.06))

    assert all(above - below > _GAP - 1e-9 for below, above in pairwise(places))


def test_a_line_ends_at_the_right_and_stands_the_lower_the_fewer_are_open() -> None:
    trend = made_of(counted(c1=(500, 250, 0), c2=(0, 0, 20)), [clause(1), clause(2)])

    picture = picture_of(trend)
    [twenty, fewer] = [line.points for line in picture.lines]

    assert [line.name.text for line in picture.lines] == ["4.2 20", "4.1 0"]
    assert [label.text for label in picture.days] == ["16 Nov", "9 Nov", "2 Nov"]
    assert [x for x, _ in fewer] == [label.place for label in reversed(picture.days)] == [40, 205, 370]
    assert [label.text for label in picture.counts] == ["0", "100", "200", "300", "400", "500"]
    assert fewer[0][1] == picture.counts[-1].place < fewer[1][1] < twenty[2][1] < fewer[2][1] == picture.counts[0].place


@pytest.mark.parametrize(
    ("weeks", "places", "named"),
    [
        ((0, 1, 10), [40, 73, 370], ["11 Jan", "9 Nov"]),  # eight weeks without a run are as wide as eight
        ((0, 9, 10), [40, 337, 370], ["11 Jan", "2 Nov"]),
        ((0, 2, 4), [40, 205, 370], ["30 Nov", "16 Nov", "2 Nov"]),
    ],
)
def test_a_week_without_a_run_takes_its_room_and_no_two_days_stand_upon_each_other(
    weeks: tuple[int, ...], places: list[int], named: list[str]
) -> None:
    days = tuple(MONDAY + timedelta(weeks=week) for week in weeks)

    picture = picture_of(Trend(days, (TrendLine("4.1", (3, 2, 1)),)))

    assert [x for x, _ in picture.lines[0].points] == places
    assert [label.text for label in picture.days] == named


@pytest.mark.parametrize(
    ("most", "labels"),
    [(1, ["0", "1"]), (5, ["0", "1", "2", "3", "4", "5"]), (7, ["0", "2", "4", "6"]), (1200, ["0", "500", "1,000"])],
)
def test_the_counts_at_the_left_are_few_and_whole(most: int, labels: list[str]) -> None:
    picture = picture_of(made_of(counted(c1=(0, 0, most)), [clause(1)]))

    assert [label.text for label in picture.counts] == labels


def test_the_counts_are_those_of_the_published_runs_without_what_is_set_aside_or_gone(tmp_path) -> None:
    db = copy(runs="run_id     | as_of\n2026-11-09 | 2026-11-09\n2026-11-16 | 2026-11-16")
    add(db, "clauses", clause="c4-2", ref="4.2", says="Pupils are not accepted.", number=0)
    add(db, "exceptions", run_id="2026-11-09", fingerprint="a" * 64)
    add(db, "exceptions", run_id="2026-11-16", fingerprint="a" * 64, status="gone")
    add(db, "exceptions", run_id="2026-11-16", fingerprint="b" * 64)
    add(db, "exceptions", run_id="2026-11-16", fingerprint="c" * 64)
    add(db, "exceptions", run_id="2026-11-16", fingerprint="d" * 64, decision="mistaken", decided_until="2027-08-31")
    with served(db, tmp_path / "desk") as here:
        trend = trend_of(here.desk, here.desk.week("lead"))

    assert [(line.name, line.counts) for line in trend.lines] == [("4.2", (1, 2))]


def test_two_clauses_of_one_reference_have_a_line_each_that_leads_to_as_many_cases_as_it_says(tmp_path) -> None:
    db = copy(runs="run_id     | as_of\n2026-11-09 | 2026-11-09\n2026-11-16 | 2026-11-16")
    for number, name in enumerate(("c4-2", "c4-2b", "c5")):
        add(db, "clauses", clause=name, ref="5" if name == "c5" else "4.2", says=f"The duty {name}.", number=number)
    packs = {"ousterly-vale-2025": "c4-2", "ousterly-vale-2026": "c4-2"}  # of one case the edition before is told still
    for number, (pack, name) in enumerate([*packs.items(), *[("ousterly-vale-2026", "c4-2b")] * 3]):
        add(db, "exceptions", run_id="2026-11-16", fingerprint=f"{number:x}" * 64, pack=pack, clause=name)
    with served(db, tmp_path / "desk") as here:
        trend = trend_of(here.desk, here.desk.week("lead"))
        lead = here.signed_in("enterprise_and_technology_lead")
        led_to = [re.search(r'<h1 class="summary">(\d+)', lead.get(line.address).text)[1] for line in trend.lines]

    assert [(line.name, line.says, line.counts[-1]) for line in trend.lines] == [
        ("4.2", "The duty c4-2b.", 3),
        ("4.2", "The duty c4-2.", 2),
    ]
    assert led_to == [f"{line.counts[-1]}" for line in trend.lines]


def test_the_picture_says_in_words_what_it_shows(tmp_path) -> None:
    db = copy(runs="run_id     | as_of\n2026-11-09 | 2026-11-09\n2026-11-16 | 2026-11-16")
    add(db, "clauses", clause="c4-2", ref="<4 & 2>", says="Pupils are not accepted.", number=0)
    add(db, "exceptions", run_id="2026-11-16", fingerprint="a" * 64)
    with served(db, tmp_path / "desk") as here:
        page = here.signed_in("enterprise_and_technology_lead").get("/runs").text

    [_, drawn] = re.findall(r'<svg class="trend".*?</svg>', page, re.DOTALL)
    picture = ET.fromstring(drawn)  # noqa: S314 - our own drawing
    title, description = picture[:2]

    assert (title.tag, description.tag) == ("title", "desc")
    assert picture.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
    assert description.text == "Open cases by clause: 0 in the first of 2 runs, 1 in the last. In the last: <4 & 2> 1."
    assert [text.text for text in picture.findall("g/text")] == ["<4 & 2> 1"]


def test_the_trend_of_the_work_counts_open_late_and_cleared_and_each_line_leads_to_its_cases(tmp_path) -> None:
    db = copy(runs="run_id     | as_of\n2026-11-09 | 2026-11-09\n2026-11-16 | 2026-11-16")
    add(db, "clauses", clause="c4-2", ref="4.2", says="Pupils are not accepted.", number=0)
    for letter in "abcd":
        add(db, "exceptions", run_id="2026-11-09", fingerprint=letter * 64)
    until = {"decision": "mistaken", "decided_until": "2027-08-31"}
    add(db, "exceptions", run_id="2026-11-16", fingerprint="a" * 64, status="gone")
    add(db, "exceptions", run_id="2026-11-16", fingerprint="b" * 64, status="open", **until)
    add(db, "exceptions", run_id="2026-11-16", fingerprint="c" * 64, status="open", due_on="2026-11-13")
    add(db, "exceptions", run_id="2026-11-16", fingerprint="d" * 64, status="open")
    add(db, "exceptions", run_id="2026-11-16", fingerprint="e" * 64, check_id="other", clause="c5")
    with served(db, tmp_path / "desk") as here:
        lead = here.signed_in("enterprise_and_technology_lead")
        page = lead.get("/runs").text
        counted = {
            address: re.search(r'<h1 class="summary">(\d+)', lead.get(address).text)[1]
            for address in re.findall(r'href="(/cases\?show=[^"]*)"', page.replace("&amp;", "&"))
        }

    assert "Open, late and cleared cases in each of 2 runs. In the last: Open 3, Late 1, Cleared 2." in page
    assert counted == {
        "/cases?show=open": "3",
        "/cases?show=late": "1",
        "/cases?show=set_aside": "1",
        "/cases?show=open&clause=c4-2": "2",
    }
