"""What the desk says that an answer settles is what the next run sets aside, over the warehouse's own rows."""

from dataclasses import replace
from datetime import date

import duckdb
import pytest

from dashboards.desk.casework.decisions_since_run import CaseLinks, DecisionsSinceRun
from dashboards.queries import rows
from dashboards.report.model import Link
from dashboards.report.read import read_week
from flows.home.policy import declarations
from policies.decisions import StandingDecision
from policies.exceptions import ExceptionFound
from tests.warehouse.cases import found, observed, settle
from tests.warehouse.conftest import db, week
from warehouse.exceptions.decisions_that_hold import with_rejected_links
from warehouse.exceptions.outcomes import write_declarations

__all__ = ["db", "week"]
MISTAKEN = StandingDecision("mistaken", date(2027, 7, 31), "enterprise_and_technology_lead")


def case(name: str, actor: str, people: str, **more: str) -> ExceptionFound:
    return replace(found(actor, roll_id=people), fingerprint=name, **more)


RAISED = (
    case("first", "7", "P1"),
    case("comment", "7", "P1", check_id="pupil_comment", account_id="200"),
    case("two people", "7", "P1, P2", account_id="300"),
    case("another person", "7", "P3", account_id="400"),
    case("another account", "8", "P1"),
    case("as staff", "7", "P1", concerns="staff", check_id="staff_follower"),
    case("no link", "7", "P1", check_id="unapproved_follower"),
)


@pytest.mark.parametrize("decided", [case.fingerprint for case in RAISED])
def test_the_next_run_sets_aside_just_the_cases_that_the_desk_said(
    db: duckdb.DuckDBPyConnection,
    week,
    decided: str,
) -> None:
    first, second = "2026-11-02", "2026-11-09"
    for run_id, decisions in ((first, {}), (second, {decided: MISTAKEN})):
        week(run_id)
        write_declarations(db, run_id, declarations())
        heeded = with_rejected_links(db, decisions, RAISED, run_id=run_id, as_of=date.fromisoformat(run_id))
        if run_id == first:
            settle(db, run_id, RAISED, observed(db), heeded)
            read = replace(read_week(db, run_id=run_id, tier="lead"), links=rows(db, "links", Link, run_id=run_id))
            said = DecisionsSinceRun({}, frozenset()).settled_by(decided, CaseLinks(read))
        else:
            settle(db, run_id, RAISED, observed(db), heeded)

    aside = db.execute(
        "select fingerprint from published.exceptions where run_id = ? and decision = 'mistaken' and fingerprint != ?",
        [second, decided],
    ).fetchall()
    assert {one for (one,) in aside} == said
    assert said or decided != "first"
