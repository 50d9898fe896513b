"""The proof that a photograph is gone: place by place, run by run, and never by not having looked."""

from datetime import date

import duckdb

from tests.warehouse.taken import DAYS, Week, show, states, write


def stands(db: duckdb.DuckDBPyConnection, run_id: str) -> list[tuple[object, ...]]:
    sql = "select state, places, gone, unseen, gone_from, stands_on, since, due_on from published.takedowns"
    return db.execute(f"{sql} where run_id = ?", [run_id]).fetchall()


def test_a_photograph_goes_by_halves_and_is_told_once_when_it_is_gone(
    db: duckdb.DuckDBPyConnection, week: Week
) -> None:
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


def test_what_was_never_approved_is_no_take_down_of_a_consent(db: duckdb.DuckDBPyConnection, week: Week) -> None:
    day = week("2026-11-02")
    write(db, day, ("a", "x", "new", True))
    db.execute('update outcome.exceptions set evidence = \'{"photograph_id": "ph-1"}\'')

    assert stands(db, day) == []


def test_what_is_allowed_for_a_time_is_no_task(db: duckdb.DuckDBPyConnection, week: Week) -> None:
    day = week("2026-11-02")
    write(db, day, ("a", "x", "new", True))
    db.execute("update outcome.exceptions set decision = 'allowed'")

    assert stands(db, day) == []


def test_what_is_allowed_in_the_newest_run_is_no_task_whatever_an_earlier_run_said(
    db: duckdb.DuckDBPyConnection, week: Week
) -> None:
    for day, status in zip(DAYS, ("new", "open", "gone"), strict=False):
        write(db, week(day), ("a", "x", status, True))
    week(DAYS[3])
    db.execute("update outcome.exceptions set decision = 'mistaken' where run_id = ?", [DAYS[1]])

    assert [day for day, *_ in states(db)] == [DAYS[0], DAYS[2]]

    db.execute("update outcome.exceptions set decision = 'mistaken' where run_id = ?", [DAYS[2]])
    assert states(db) == [(DAYS[0], "ph-1", "standing")]


def test_what_is_not_proved_stays_on_the_list_until_it_is(db: duckdb.DuckDBPyConnection, week: Week) -> None:
    write(db, week(DAYS[0]), ("a", "x", "new", True))
    write(db, week(DAYS[1]), ("a", "x", "gone", False), proofs={"gone": "put_right"})
    write(db, week(DAYS[2]))
    told = [(DAYS[0], "ph-1", "standing"), (DAYS[1], "ph-1", "unknown"), (DAYS[2], "ph-1", "unknown")]
    assert states(db) == told

    write(db, week(DAYS[3]), ("a", "x", "gone", False))
    assert states(db) == [*told, (DAYS[3], "ph-1", "gone")]


def test_a_photograph_that_another_took_over_in_the_same_case_is_proved_by_itself(
    db: duckdb.DuckDBPyConnection, week: Week
) -> None:
    write(db, week(DAYS[0]), ("a", "youtube", "new", True))
    show(db, DAYS[0], "a", "youtube", "s", ("unapproved", "ph-1"))
    write(db, week(DAYS[1]), ("a", "youtube", "changed", True), photograph_id="ph-2")
    show(db, DAYS[1], "a", "youtube", "t", ("unapproved", "ph-2"))

    assert states(db) == [
        (DAYS[0], "ph-1", "standing"),
        (DAYS[1], "ph-1", "gone"),
        (DAYS[1], "ph-2", "standing"),
    ]
