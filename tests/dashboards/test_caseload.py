"""The caseload answers what going through every case one by one answers, whatever was marked."""

import random
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dashboards.desk.casework.caseload import Caseload
from dashboards.desk.casework.cases import Case
from dashboards.desk.casework.decisions_since_run import pace_of
from dashboards.desk.casework.verbs import kind_of
from dashboards.desk.casework.week_order import SORTS, WeekOrder
from dashboards.desk.school.desk import Desk
from dashboards.report.model import ExceptionRow, Week
from policies.roles import LEAD
from tests.casebooks import CASEBOOK_KEY, erase_cases
from tests.dashboards.copies import RUN
from tests.dashboards.desks import KEY, NOON, SCHOOL, published
from tests.dashboards.ordinary import ordinary
from warehouse.casebook.casebook import Casebook
from warehouse.casebook.decisions import Answer, CaseDecisions, Decision

KINDS: tuple[Answer, ...] = ("confirmed", "mistaken", "allowed", "done", "proposed", "assigned", "planned")
OWNERS = (LEAD, "dsl", "headteacher")
SEEDS = range(20)


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Week:
    """Return a week of eighty cases of every kind."""
    folder = tmp_path_factory.mktemp("week")
    published(ordinary(), folder / "published.duckdb")
    with closing(Casebook(f"sqlite:///{folder}/casebook.sqlite", SCHOOL, CASEBOOK_KEY)) as book:
        place, zone = folder / "published.duckdb", ZoneInfo("Europe/London")
        with closing(Desk(SCHOOL, "Ousterly Vale School", zone, place, KEY, book, lambda: NOON)) as desk:
            ordinary_week = desk.week("lead")
    any_of = random.Random(7)
    rows = tuple(_varied(any_of.choice(ordinary_week.exceptions), number, any_of) for number in range(80))
    shown = {row.fingerprint: {} for row in rows}
    return replace(ordinary_week, exceptions=rows, evidence=shown)


def _varied(row: ExceptionRow, number: int, any_of: random.Random) -> ExceptionRow:
    return replace(
        row,
        fingerprint=f"{number:064x}"[::-1],
        status=any_of.choice(("new", "still_open", "recurred")),
        stands=any_of.random() < 0.9,
        is_open=any_of.random() < 0.8,
        is_late=any_of.random() < 0.3,
        owner_role=any_of.choice(OWNERS),
        concerns=any_of.choice(("pupil", "post", "picture", "staff")),
        subject_id=str(any_of.randrange(12)),
        first_seen=row.first_seen - timedelta(days=any_of.randrange(40)),
    )


def marked(week: Week, seed: int) -> Mapping[str, CaseDecisions]:
    any_of = random.Random(seed)
    known = {}
    for row in any_of.sample(week.exceptions, seed):
        run_id, kind = any_of.choice((RUN, "2026-11-09")), any_of.choice(KINDS)
        mark = Decision(row.fingerprint, 1, run_id, kind, any_of.choice((1, 2)), "dsl", "So.", NOON, to_role="dsl")
        known[row.fingerprint] = CaseDecisions(any_of.choice((mark, mark, None)), 1)
    return {**known, "0" * 64: CaseDecisions(None, 2)}  # and one of a case that stands no more


@pytest.mark.parametrize("seed", SEEDS)
def test_what_waits_and_for_whom_is_what_each_case_says_of_itself(week: Week, seed: int) -> None:
    every = Caseload(WeekOrder(week), marked(week, seed))

    assert every.at(sorted(every.waiting)) == tuple(case for case in every if case.is_waiting)
    assert every.at(sorted(every.late)) == tuple(case for case in every if case.is_waiting and case.is_late)
    for role in OWNERS:
        owned = tuple(case for case in every if case.owner_role == role)
        assert every.at(sorted(every.owned_by(role))) == owned
        for person in (1, 2):
            assert list(every.waiting_for(role, person)) == [case for case in every if _waits(case, role, person)]
    assert every.owners == tuple(sorted({case.owner_role for case in every}))


def _waits(case: Case, role: str, person: int) -> bool:
    given = case.decision is not None and case.decision.answer in {"proposed", "assigned"}
    return case.is_waiting and case.is_for(role, person) and (case.is_due_for_a_look or given)


@pytest.mark.parametrize("sort", SORTS)
def test_a_sorted_list_has_every_case_once_in_that_order(week: Week, sort: str) -> None:
    every = Caseload(WeekOrder(week), {})
    in_order = every.at(every.order.sorted_by(sort))

    assert list(in_order) == sorted(in_order, key=SORTS[sort])
    assert set(in_order) == set(every)
    assert len(in_order) == len(every) == sum(row.stands for row in week.exceptions)


def test_the_queue_says_which_one_a_case_is_and_leads_from_each_to_the_next(week: Week) -> None:
    every = Caseload(WeekOrder(week), {})
    mine = every.waiting_for(LEAD, 1)
    elsewhere = next(case for case in every if case not in list(mine))

    assert [mine.number(case) for case in mine] == list(range(1, len(mine) + 1))
    assert [mine.after(case) for case in mine] == [*mine[1:], None]
    assert (mine.number(elsewhere), mine.after(elsewhere)) == (None, mine[0])


def test_cases_about_the_same_account_know_each_other(week: Week) -> None:
    every = Caseload(WeekOrder(week), {})
    for case in (case for case in every if case.row.subject_kind == "actor"):
        about = (case.row.platform, case.row.subject_id)
        others = [
            other
            for other in every
            if other is not case
            and other.row.subject_kind in {"actor", "medium"}
            and (other.row.platform, other.row.subject_id) == about
        ]
        assert [other for other in every.about_the_same(case) if other in others] == others


def test_the_same_caseload_is_given_until_somebody_marks_a_case_or_a_mark_goes(tmp_path: Path) -> None:
    published(ordinary(), tmp_path / "published.duckdb")
    url = f"sqlite:///{tmp_path}/casebook.sqlite"
    with (
        closing(Casebook(url, SCHOOL, CASEBOOK_KEY)) as book,
        closing(Casebook(url, SCHOOL, CASEBOOK_KEY)) as elsewhere,
    ):
        desk = Desk(SCHOOL, "X", ZoneInfo("Europe/London"), tmp_path / "published.duckdb", KEY, book, lambda: NOON)
        before = desk.decided()
        assert desk.decided() is before
        marks = elsewhere.decisions
        for number in range(3):
            marks.add(Decision(f"{number}" * 64, 1, RUN, "done", 1, "dsl", "So.", NOON))
            assert desk.decided() == marks.by_case()
        marks.add(Decision("1" * 64, 2, RUN, "undone", 1, "dsl", "Taken back.", NOON))
        assert desk.decided() == marks.by_case()
        erase_cases(elsewhere, "0" * 64)
        assert desk.decided() == marks.by_case()
        erase_cases(elsewhere, "1" * 64)
        marks.add(Decision("3" * 64, 1, RUN, "done", 1, "dsl", "So.", NOON))
        assert desk.decided() == marks.by_case() == {key * 64: marks.by_case()[key * 64] for key in "23"}
        desk.close()


def test_whoever_has_begun_a_task_goes_on_in_it(week: Week) -> None:
    every = Caseload(WeekOrder(week), {})
    tasks = [kind_of(case.row) for case in every.waiting_for(LEAD, 1)]

    assert len({*tasks}) > 2
    assert [task for number, task in enumerate(tasks) if number == 0 or tasks[number - 1] != task] == [
        *dict.fromkeys(tasks)
    ]


@pytest.mark.parametrize(
    ("seconds", "run_id", "pace"),
    [
        ([40, 10, 20, 30] * 6, "2026-11-09", 20),
        ([40, 10, 20, 30] * 6, RUN, None),
        ([40, 10, 20, 30] * 4, "2026-11-09", None),
        ([0, 1, 5_000] * 10, "2026-11-09", None),
    ],
    ids=["of earlier weeks", "the first week", "few", "no reading"],
)
def test_how_long_a_case_takes_is_the_median_of_what_earlier_ones_took(
    week: Week, seconds: list[int], run_id: str, pace: int | None
) -> None:
    times = accumulate(seconds, lambda at, gap: at + timedelta(seconds=gap), initial=NOON)
    said = {
        f"{number:064d}": CaseDecisions(Decision(f"{number}", 1, run_id, "done", 1, "dsl", "So.", at), 1)
        for number, at in enumerate(times)
    }

    assert pace_of(said, RUN) == (pace and pytest.approx(pace, abs=5))
    mine = Caseload(WeekOrder(week), {}, pace_of(said, RUN)).waiting_for(LEAD, 1)
    assert (mine.minutes is None) is (pace is None)
