"""Each clause asks a check in its own way: one look for the same parameters, and of what is found what breaks it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from checks.asked_once import AskedOnce
from checks.catalogue import catalogue
from checks.model import Check
from flows.weekly.advising import advised
from flows.weekly.asked_checks import AskedCheck, ask, seen, texts, weighed
from flows.weekly.clause_states import WORST_FIRST, _clause_rows
from policies.attestations import gather_attestations
from policies.decisions import may_wait, other_kinds
from policies.model import Clause, Pack
from tests.checks.ask import MONDAY
from tests.checks.conftest import db, drawn_tables
from tests.drawn import fill
from tests.flows.test_live_accounts import BEARER, context
from warehouse.exceptions.outcomes import BreakingCase

__all__ = ["db", "drawn_tables"]

BOTH_DAYS = ("shared_with_head_on", "changed_on")
PUPILS, PARENTS = {"concerns": ["pupil"]}, {"concerns": ["parent"]}


def _clause(name: str, *questions: Mapping[str, Any], **more: Any) -> Clause:
    told = {"ref": name, "says": f"Says {name}.", "force": "must", "binds": "school", "besides": "A reason."}
    return Clause.model_validate({"id": name, "checks": questions, "covers": "whole", **told, **more})


def asked(here: Path, db: duckdb.DuckDBPyConnection, check: Check, *clauses: Clause) -> tuple[Any, AskedCheck]:
    """Ask a check for the sake of these clauses."""
    run = context(here, [BEARER], as_of=MONDAY)
    run = replace(run, pack=Pack(id="p", title="P", edition="1", clause=clauses))
    return run, ask(run, AskedOnce(db), check, frozenset(), {})


def _followed(db: duckdb.DuckDBPyConnection) -> None:
    """A pupil and a parent are followed, of five whom X counts."""
    fill(
        db,
        following_coverage="platform_count | fetched | judged\n5 | 5 | 5",
        following="actor_id | handle | is_current\n61 | little | true\n64 | mum | true",
        people="role | person_id | year_group | date_of_birth\npupil | p1 | R |",
        matches="""
            actor_id | person_id | role   | band     | reasons
            61       | p1        | pupil  | declared | ["The register."]
            64       | f1        | parent | declared | ["The register."]
        """,
    )


def _follows(**more: Any) -> dict[str, Any]:
    return {"check": "following_person", "severity": "medium", **more}


def found(one: AskedCheck) -> list[list[str]]:
    """Return the subjects that break each question's clause."""
    return [[exception.subject_id for exception in asking.outcome.exceptions] for asking in one.askings]


@pytest.mark.parametrize(
    ("questions", "subjects", "unlisted"),
    [
        ([_follows()], [["61", "64"]], set()),
        ([_follows(only=PUPILS)], [["61"]], {"64"}),
        ([_follows(only=PARENTS), _follows(only=PUPILS)], [["64"], ["61"]], set()),
        ([_follows(only={"concerns": ["staff"]})], [[]], {"61", "64"}),
        ([_follows(only={"evidence": {"band": ["likely"]}})], [[]], {"61", "64"}),
        ([_follows(only={"evidence": {"band": ["declared"]}, **PARENTS})], [["64"]], {"61"}),
        ([_follows(only={"platforms": ["x"]})], [["61", "64"]], set()),
        ([_follows(parameters={"roles": [role]}) for role in ("parent", "pupil")], [["64"], ["61"]], set()),
    ],
)  # fmt: skip
def test_each_clause_has_the_exceptions_that_break_it_and_what_breaks_none_is_none(
    db: duckdb.DuckDBPyConnection, tmp_path: Path, questions: list[Any], subjects: list[list[str]], unlisted: set[str]
) -> None:
    _followed(db)
    clauses = [_clause(f"c{number}", question) for number, question in enumerate(questions)]

    run, one = asked(tmp_path, db, catalogue()["following_person"], *clauses)

    assert found(one) == subjects
    assert {exception.subject_id for exception in one.unlisted} == unlisted
    listed = {exception.subject_id: exception.breaks for exception in weighed(run, one)}
    assert listed == {
        subject: tuple(clause.id for clause, broken in zip(clauses, subjects, strict=True) if subject in broken)
        for subject in {subject for broken in subjects for subject in broken}
    }


def test_a_check_is_judged_once_for_the_same_parameters(db: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    _followed(db)
    judged = []
    check = catalogue()["following_person"]
    counting = replace(check, judge=lambda *given: judged.append(given[2]["roles"]) or check.judge(*given))
    roles = check.defaults["roles"]

    asked(
        tmp_path, db, counting,
        _clause("a", _follows(only=PUPILS)),
        _clause("b", _follows(only=PARENTS, parameters={"roles": roles})),
        _clause("c", _follows(parameters={"roles": ["pupil"]})),
    )  # fmt: skip

    assert judged == [roles, ["pupil"]]


def test_an_exception_is_as_severe_and_due_as_early_as_any_clause_says_and_stands_under_the_first(
    db: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    _followed(db)
    clauses = (
        _clause("a", _follows(owner_role="headteacher", days_to_act=9)),
        _clause("b", _follows(only=PUPILS, days_to_act=1) | {"severity": "critical"}),
    )

    run, one = asked(tmp_path, db, catalogue()["following_person"], *clauses)

    assert [(e.subject_id, e.severity, e.due_on, e.breaks) for e in weighed(run, one)] == [
        ("61", "critical", date(2026, 11, 3), ("a", "b")),
        ("64", "medium", date(2026, 11, 11), ("a",)),
    ]
    told = {text.clause: (text.owner_role, text.days_to_act, text.clause_says) for text in texts(run, one)}
    assert told == {"a": ("headteacher", 9, "Says a."), "b": (one.check.owner_role, 1, "Says b.")}


@pytest.mark.parametrize(
    ("question", "waits", "due"),
    [
        ({"days_to_act": 9}, True, date(2026, 11, 25)),
        ({"days_to_act": 1}, False, date(2026, 11, 3)),
        ({"days_to_act": 9, "severity": "critical"}, False, date(2026, 11, 11)),
    ],
    ids=["may wait", "within a day", "critical"],
)
def test_what_may_wait_is_due_from_the_school_s_first_day_and_nothing_else(
    db: duckdb.DuckDBPyConnection, tmp_path: Path, question: dict[str, Any], waits: bool, due: date
) -> None:
    _followed(db)
    run, one = asked(tmp_path, db, catalogue()["following_person"], _clause("a", _follows(only=PARENTS) | question))
    desk = run.school.desk.model_copy(update={"starts_on": date(2026, 11, 16)})

    [found] = weighed(replace(run, school=run.school.model_copy(update={"desk": desk})), one)

    assert (found.may_wait, found.due_on) == (waits, due)


@pytest.mark.parametrize(("ended", "waits"), [("consent withdrawn", False), ("an objection", False), ("", True)])
def test_what_a_family_withdrew_or_objected_to_cannot_wait(ended: str, waits: bool) -> None:
    assert may_wait("high", {"ended": ended}, [3]) is waits


@pytest.mark.parametrize(
    ("only", "covers", "judged", "cases", "verdict"),
    [
        (PUPILS, "whole", 5, 0, "exceptions"),
        ({"concerns": ["staff"]}, "whole", 5, 0, "kept"),
        ({"concerns": ["staff"]}, "part", 5, 0, "nothing_seen"),
        ({"concerns": ["staff"]}, "part", 4, 0, "could_not_tell"),
        ({"concerns": ["staff"]}, "whole", 5, 1, "could_not_tell"),
        ({"platforms": ["youtube"]}, "part", 5, 0, "not_applicable"),
    ],
)
def test_a_clause_has_its_own_verdict_and_says_how_much_was_looked_at(
    db: duckdb.DuckDBPyConnection, tmp_path: Path, only: Any, covers: str, judged: int, cases: int, verdict: str
) -> None:
    _followed(db)
    fill(db, following_coverage=f"platform_count | fetched | judged\n5 | 5 | {judged}")
    clauses = (
        _clause("a", _follows()),
        _clause("b", _follows(only=only), covers=covers, not_covered="What is private." if covers == "part" else None),
    )
    run, one = asked(tmp_path, db, catalogue()["following_person"], *clauses)
    earlier = [BreakingCase("following_person", "b", ["b"], is_found=False, is_seen=False)] * cases

    first, second = _clause_rows(run, gather_attestations((), (), run.zone), [one], earlier)

    assert first.verdict == "exceptions"
    seen = None if verdict == "not_applicable" else f"{judged} of 5 followed accounts"
    assert (second.verdict, second.looked_at) == (verdict, seen)
    assert verdict in WORST_FIRST


def test_the_wider_look_counts_where_questions_differ_by_nothing_else(
    db: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    fill(db, posting_coverage="platform | account_id | fetched | judged\nx | 100 | 2 | 2", school="town\nOusterly")
    hours = {"check": "posting_hours", "severity": "low"}
    ways = [{"look_back_days": 30}, {"look_back_days": 365}, {"look_back_days": 7, "from_hour": 9}]

    _, one = asked(
        tmp_path, db, catalogue()["posting_hours"],
        *(_clause(f"c{days['look_back_days']}", hours | {"parameters": days}) for days in ways),
    )  # fmt: skip

    assert [(MONDAY - judged.since).days for judged in seen(MONDAY, frozenset(), one)] == [365, 365, 7]


def test_what_each_way_of_asking_found_of_one_subject_is_told_and_decided_together(
    db: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    fill(
        db,
        detail_coverage="fetched | judged\n1 | 1",
        account_approvals="handle | is_listed | changed_on\nOusterlyVale | true | 2024-01-05",
    )
    ways = [{"check": "sign_in_details", "severity": "low", "parameters": {"wants": [day]}} for day in BOTH_DAYS]
    clauses = [_clause(day, way) for day, way in zip(BOTH_DAYS, ways, strict=True)]

    run, one = asked(tmp_path, db, catalogue()["sign_in_details"], *clauses)
    [both], [alone] = weighed(run, one), one.askings[0].outcome.exceptions

    lacking = "a day on which the head was given them, a change in time"
    assert (both.breaks, both.evidence["lacking"], both.evidence["changed_on"]) == (BOTH_DAYS, lacking, "2024-01-05")
    assert [asking.outcome.exceptions[0].reason in both.reason for asking in one.askings] == [True, True]
    assert other_kinds(alone.about, both.about) == {"setting"}  # who allowed the one has not allowed the other


def test_two_ways_that_found_the_same_tell_it_once(db: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    _followed(db)

    run, one = asked(
        tmp_path, db, catalogue()["following_person"],
        _clause("a", _follows(parameters={"roles": ["pupil"]})), _clause("b", _follows(parameters={"until_age": 40})),
    )  # fmt: skip

    assert weighed(run, one)[0].reason == one.askings[0].outcome.exceptions[0].reason


def test_an_exception_is_owned_by_the_question_of_its_clause_that_it_breaks(
    db: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    _followed(db)
    parents, pupils = _follows(only=PARENTS, owner_role="headteacher"), _follows(only=PUPILS, owner_role="dsl")

    run, one = asked(
        tmp_path,
        db,
        catalogue()["following_person"],
        _clause("a", parents, pupils),
        _clause("b", _follows(owner_role="dpo")),
    )
    listed = advised(run, weighed(run, one), list(texts(run, one)))

    assert {each.subject_id: each.owner_role or "the text's" for each in listed} == {"61": "dsl", "64": "headteacher"}
