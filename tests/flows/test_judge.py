"""What a run hands on while it judges: doubtful data, unclaimed accounts, severities, decisions, and what may close.

Each step is asked by itself, on a warehouse with a handful of rows; whole runs are tested elsewhere.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from checks.asked_once import AskedOnce
from checks.catalogue import catalogue
from checks.outcome import Coverage, Outcome
from flows.home.context import Context
from flows.home.policy import declarations
from flows.weekly import judge
from flows.weekly.asked_checks import AskedCheck, PutQuestion, ask, seen
from policies.calendar import ClosedDays, SchoolCalendar, Term
from tests.casebooks import decide
from tests.flows.test_live_accounts import BEARER, context
from tests.warehouse.cases import found, matter, put
from tests.warehouse.conftest import db, week
from warehouse.exceptions.observing import observe_subjects
from warehouse.exceptions.outcomes import write_declarations
from warehouse.runs.match_store import counts_by_story

__all__ = ["db", "week"]

MONDAY = date(2026, 11, 2)
SEEN = Coverage("x", "100", 3, 3, 3, is_whole=True, is_enough=True, why="")
FOLLOWERS = "core.follower_coverage"


def asked(context: Context, check_id: str, **outcome: object) -> AskedCheck:
    """Return a check of the school's pack, asked, with this outcome."""
    answer = replace(Outcome(check_id, "kept", 3, 3, 3, "", coverage=(SEEN,)), **outcome)
    clause, question = context.pack.asks(check_id)
    return AskedCheck(catalogue()[check_id], (PutQuestion(clause, question, answer, answer),))


def test_a_check_on_a_population_that_failed_a_quality_check_is_told_so(
    db: duckdb.DuckDBPyConnection, week: Callable[[str], str], tmp_path: Path
) -> None:
    week(str(MONDAY))
    here, check = context(tmp_path), catalogue()["staff_follower"]

    outcomes = [ask(here, AskedOnce(db), check, failed, {}).outcome for failed in (frozenset(), frozenset({FOLLOWERS}))]

    assert ["data-quality check" in outcome.why for outcome in outcomes] == [False, True]


@pytest.mark.parametrize(
    ("check_id", "verdict", "why"),
    [
        ("unapproved_follower", "could_not_tell", "No source reads the X account 100"),
        ("children_settings", "not_applicable", "The school has no official account on YouTube."),
    ],
)
def test_an_unclaimed_account_is_told_by_the_checks_that_would_read_it_and_by_no_other(
    db: duckdb.DuckDBPyConnection, week: Callable[[str], str], tmp_path: Path, check_id: str, verdict: str, why: str
) -> None:
    week(str(MONDAY))
    here = context(tmp_path)
    here = replace(here, settings=replace(here.settings, claims=lambda _account: None))

    outcome = ask(here, AskedOnce(db), catalogue()[check_id], frozenset(), {}).outcome

    assert outcome.verdict == verdict
    assert why in outcome.why


@pytest.mark.parametrize(
    ("check_id", "failed", "is_blind", "may_close"),
    [
        ("staff_follower", frozenset(), False, True),
        ("staff_follower", frozenset({"core.picture_coverage"}), False, True),
        ("staff_follower", frozenset({FOLLOWERS}), False, False),
        ("staff_follower", frozenset(), True, False),
    ],
    ids=["all well", "another population failed", "its population failed", "a register was not whole"],
)
def test_an_absence_closes_only_where_the_data_passed_and_the_registers_were_whole(
    tmp_path: Path, check_id: str, failed: frozenset[str], is_blind: bool, may_close: bool
) -> None:
    [judged] = seen(MONDAY, failed, asked(context(tmp_path), check_id, is_blind=is_blind))

    assert judged.may_close is may_close
    assert judged.since is None


def test_a_check_that_looks_back_says_since_when(tmp_path: Path) -> None:
    looking = asked(context(tmp_path), "alt_text")
    days = looking.check.with_defaults(looking.askings[0].question.parameters)["look_back_days"]

    [judged] = seen(MONDAY, frozenset(), looking)

    assert judged.since == MONDAY - timedelta(days=days)


def test_a_run_gives_each_exception_its_severity_and_a_mistaken_account_is_mistaken_in_every_check(
    db: duckdb.DuckDBPyConnection, week: Callable[[str], str], tmp_path: Path
) -> None:
    monday, run_id = week("2026-10-26"), week(str(MONDAY))
    put(
        db,
        monday,
        "earlier",
        check_id="pupil_follower",
        subject_id="7",
        evidence='{"roll_id": "P1"}',
        about=json.dumps(matter({"roll_id": "P1"})),
    )
    for day in (monday, run_id):
        write_declarations(db, day, declarations())
    here = context(tmp_path, [BEARER])
    here.places.folder.mkdir()
    again = replace(
        found("7", roll_id="P1"), fingerprint="again", check_id="pupil_comment", account_id="200", severity=None
    )
    with here.casebook() as book:
        at = datetime(2026, 10, 27, tzinfo=UTC)
        decide(book, "earlier", "mistaken", until=None, by_role="headteacher", note="Another child.", at=at)

        judge._reconcile(here, db, book, [asked(here, "pupil_comment", exceptions=(again,))], observe_subjects(db, []))

    severity = here.pack.asks("pupil_comment")[1].severity
    rows = db.sql(
        f"select decision, severity from outcome.exceptions where run_id = '{run_id}' and fingerprint = 'again'"
    )
    told_of_the_run = {story: many for story, many in counts_by_story(db, run_id).items() if many}
    assert told_of_the_run == {"set_aside": 2}
    assert rows.fetchall() == [("mistaken", severity)]


@pytest.mark.parametrize(
    ("check_id", "due"),
    [("pupil_comment", date(2026, 11, 9)), ("staff_follower", date(2026, 11, 23)), ("alt_text", date(2026, 12, 11))],
)
def test_a_run_counts_school_days_where_the_school_has_a_calendar_and_nothing_urgent(
    db: duckdb.DuckDBPyConnection, week: Callable[[str], str], tmp_path: Path, check_id: str, due: date
) -> None:
    run_id = week(str(MONDAY))
    write_declarations(db, run_id, declarations())
    term = Term(name="Autumn", first=date(2026, 9, 3), last=date(2026, 12, 18))
    inset = ClosedDays(first=date(2026, 11, 6), last=date(2026, 11, 6), why="Inset day")
    here = context(tmp_path, [BEARER])
    school = here.school.model_copy(update={"calendar": SchoolCalendar(term=(term,), closed=(inset,))})
    here = replace(here, school=school)
    here.places.folder.mkdir()
    new = replace(found("7", roll_id="P1"), fingerprint="new", check_id=check_id, severity=None)
    with here.casebook() as book:
        judge._reconcile(here, db, book, [asked(here, check_id, exceptions=(new,))], observe_subjects(db, []))

    assert db.sql("select due_on from outcome.exceptions").fetchall() == [(due,)]
