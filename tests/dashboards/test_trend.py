"""The trend of open cases: which clauses it shows, that it is drawn once, and that it can be read."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from dashboards.desk.trend import MOST, OTHERS, OpenUnderClause, Trend, TrendLine, made_of, trend_of
from dashboards.desk.trend_picture import _GAP, _places, drawn
from dashboards.report.model import ReportedClause
from tests.dashboards.copies import add, copy
from tests.dashboards.desks import served

MONDAY = date(2026, 11, 2)
DAYS = tuple(MONDAY + timedelta(weeks=week) for week in range(3))


def clause(number: int) -> ReportedClause:
    says = f"The duty of clause {number}."
    return ReportedClause("p", f"c{number}", f"4.{number}", says, "must", "school", "checked", "", None, None)


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


def test_the_picture_is_drawn_once_for_each_scheme_also_by_many_at_once() -> None:
    trend = made_of(counted(c1=(5, 4, 2), c2=(0, 0, 1)), [clause(1), clause(2)])
    with ThreadPoolExecutor(4) as threads:
        pictures = list(threads.map(lambda scheme: drawn(trend, scheme), ["light", "dark"] * 4))

    assert drawn(trend, "light") is drawn(trend, "light")
    assert pictures[0] != pictures[1]
    for picture in pictures:
        assert ET.fromstring(picture).tag.endswith("svg")  # noqa: S314 - our own drawing
        assert b"<script" not in picture


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


def test_a_desk_that_draws_nothing_does_not_wait_for_matplotlib() -> None:
    words = "import sys, dashboards.desk.app; sys.exit('matplotlib' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0
