"""The proof that a photograph is gone: place by place, run by run, and never by not having looked."""

import json
from datetime import date

import duckdb


def write(db: duckdb.DuckDBPyConnection, run_id: str, *places: tuple[str, str, str, bool]) -> None:
    """Write a run's rows: fingerprint, platform, status, and whether this run saw it."""
    for fingerprint, platform, status, is_seen in places:
        evidence = json.dumps({"photograph_id": "ph-1", "ended": "consent withdrawn"})
        db.execute(
            "insert into outcome.exceptions (run_id, fingerprint, check_id, check_title, pack, clause, clause_says, "
            "severity, status, platform, account_id, subject_id, subject_kind, concerns, reason, evidence, "
            "evidence_sha256, next_step, do_not, owner_role, due_on, first_seen, last_seen, is_seen_this_run) "
            "values (?, ?, 'withdrawn_picture', 't', 'p', 'c', 's', 'high', ?, ?, '100', ?, 'medium', 'picture', 'r', "
            "?, 'h', 'n', 'd', 'o', ?, '2026-11-02', ?, ?)",
            [run_id, fingerprint, status, platform, fingerprint, evidence, "2026-11-03", run_id, is_seen],
        )


def stands(db: duckdb.DuckDBPyConnection, run_id: str) -> list[tuple[object, ...]]:
    sql = "select state, places, gone, unseen, gone_from, stands_on, since, due_on from published.takedowns"
    return db.execute(f"{sql} where run_id = ?", [run_id]).fetchall()


def test_a_photograph_goes_by_halves_and_is_told_once_when_it_is_gone(db: duckdb.DuckDBPyConnection, week) -> None:
    days = ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"]
    story = [
        [("a", "x", "new", True), ("b", "youtube", "new", True)],
        [("a", "x", "gone", False), ("b", "youtube", "open", False)],
        [("b", "youtube", "gone", False)],
        [],
    ]
    for day, places in zip(days, story, strict=True):
        week(day)
        write(db, day, *places)

    since = (date(2026, 11, 2), date(2026, 11, 3))
    assert stands(db, days[0]) == [("standing", 2, 0, 0, None, "x;youtube", *since)]
    assert stands(db, days[1]) == [("half", 2, 1, 1, "x", "youtube", *since)]
    assert stands(db, days[2]) == [("gone", 2, 2, 0, "x;youtube", None, *since)]
    assert stands(db, days[3]) == []


def test_what_was_never_approved_is_no_take_down_of_a_consent(db: duckdb.DuckDBPyConnection, week) -> None:
    day = week("2026-11-02")
    write(db, day, ("a", "x", "new", True))
    db.execute('update outcome.exceptions set evidence = \'{"photograph_id": "ph-1"}\'')

    assert stands(db, day) == []


def test_what_is_allowed_for_a_time_is_no_task(db: duckdb.DuckDBPyConnection, week) -> None:
    day = week("2026-11-02")
    write(db, day, ("a", "x", "new", True))
    db.execute("update outcome.exceptions set decision = 'allowed'")

    assert stands(db, day) == []
