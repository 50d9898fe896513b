"""What a check says is written once per run, and what earlier runs wrote beside every exception is kept."""

from dataclasses import replace

import pytest

from tests.warehouse.cases import found, observed, settle
from tests.warehouse.rows import listing_end
from warehouse.build import build
from warehouse.load import load
from warehouse.migrate import migrate, shipped
from warehouse.open import engine

TOLD = "run_id, fingerprint, check_id, check_title, pack, clause, clause_says, next_step, do_not, owner_role, due_on"
FIRST, SECOND = "2026-11-02", "2026-11-09"


def test_a_run_writes_what_a_check_says_once_for_all_its_exceptions(db, week):
    run_id = week(FIRST)
    exceptions = [found("7"), found("8")]
    settle(db, run_id, exceptions, observed(db))

    assert db.sql("select run_id, check_id, why, days_to_act from outcome.checks").fetchall() == [
        (FIRST, "pupil_follower", "A pupil may be found by it.", 7)
    ]
    findings = db.sql("select distinct finding_one, finding_many from published.exceptions").fetchall()
    assert findings == [("A pupil may follow", "{count} pupils may follow")]
    published = db.sql("select check_title, next_step, do_not, owner_role from published.exceptions").fetchall()
    assert published == [("No pupil follows", "Ask.", "Do not shout.", "enterprise_and_technology_lead")] * 2


def test_an_exception_that_a_run_did_not_find_keeps_the_words_of_the_run_that_found_it(db, week):
    said = [(FIRST, [found("7")], "As it was."), (SECOND, [found("8")], "As it is.")]
    for day, exceptions, title in said:
        run_id = week(day)
        load(db, run_id=run_id, source="x", records=[listing_end(rows=0, whole=False)])
        settle(db, run_id, exceptions, observed(db), check_title=title)

    titles = f"select subject_id, check_title from published.exceptions where run_id = '{SECOND}' order by 1"
    assert db.sql(titles).fetchall() == [("7", "As it was."), ("8", "As it is.")]


def test_a_check_that_is_asked_no_more_still_says_what_its_exceptions_are(db, week):
    for day, exceptions in ((FIRST, [found("7")]), (SECOND, [])):
        run_id = week(day)
        settle(db, run_id, exceptions, observed(db))

    assert db.sql("select run_id, check_title, status from published.exceptions order by 1").fetchall() == [
        (FIRST, "No pupil follows", "new"),
        (SECOND, "No pupil follows", "not_seen"),
    ]


def test_an_exception_without_a_severity_is_not_written(db, week):
    run_id = week(FIRST)
    bare = replace(found("7"), severity=None)

    with pytest.raises(Exception, match="severity"):
        settle(db, run_id, [bare], observed(db))


# run, fingerprint, check, and what that run's program said: `b` of the second run was carried over from the first, `d`
# is of a check that is asked no more, and in the third run the program says again what it said in the first.
BEFORE = [
    ("2026-11-02", "a", "pupil_follower", "Old title"),
    ("2026-11-02", "b", "pupil_follower", "Old title"),
    ("2026-11-02", "d", "dropped", "Dropped"),
    ("2026-11-09", "a", "pupil_follower", "New title"),
    ("2026-11-09", "b", "pupil_follower", "Old title"),
    ("2026-11-09", "d", "dropped", "Dropped"),
    ("2026-11-16", "a", "pupil_follower", "Old title"),
    ("2026-11-16", "c", "leaver_follower", "Leavers"),
]


def test_a_warehouse_of_before_reads_the_same_after_the_migration():
    db = engine()
    scripts = shipped()
    migrate(db, {name: sql for name, sql in scripts.items() if name < "0011"})
    for run_id, fingerprint, check_id, title in BEFORE:
        db.execute(
            "insert or ignore into raw.runs (run_id, as_of, school_id, school_name, pack, started_at) "
            "values (?, ?, 's', 'S', 'p', '2026-11-02 06:00:00+00')",
            [run_id, run_id],
        )
        db.execute(
            "insert into outcome.exceptions select ?, ?, ?, ?, 'p', 'k', ?, 'low', 'new', 'x', '100', ?, 'actor', "
            "'pupil', 'r', '{\"account\": \"@one\"}', 'hash', 'n', 'd', 'o', '2026-11-09', '2026-11-02', ?, "
            "'confirmed', null, true, null, ['m1', 'm2']",
            [run_id, fingerprint, check_id, title, f"{title}, it says.", fingerprint, run_id],
        )
    kept = "select {} from outcome.exceptions order by run_id, fingerprint"
    before = db.execute(kept.format(TOLD)).fetchall()
    rest = "severity, status, evidence, evidence_sha256, decision, proof, rests_on, first_seen, last_seen"
    others = db.execute(kept.format(rest)).fetchall()

    migrate(db, scripts)
    build(db)

    assert db.execute(f"select {TOLD} from published.exceptions order by run_id, fingerprint").fetchall() == before
    assert db.execute(kept.format(rest)).fetchall() == others
    db.close()
