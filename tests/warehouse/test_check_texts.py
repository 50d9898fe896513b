"""What a check says is written once per run."""

from dataclasses import replace

import pytest

from tests.warehouse.cases import found, observed, settle
from tests.warehouse.rows import listing_end
from warehouse.store.load import load

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


def test_an_exception_with_advice_of_its_own_says_that_in_the_place_of_its_checks(db, week):
    own = {"next_step": "Tell the police today.", "do_not": "Do not answer.", "owner_role": "dsl"}
    for day, exceptions in ((FIRST, [replace(found("7"), **own), found("8")]), (SECOND, [found("8")])):
        run_id = week(day)
        load(db, run_id=run_id, source="x", records=[listing_end(rows=0, whole=False)])
        settle(db, run_id, exceptions, observed(db))

    said = "select subject_id, next_step, do_not, owner_role from published.exceptions where run_id = ? order by 1"
    told = [("7", *own.values()), ("8", "Ask.", "Do not shout.", "enterprise_and_technology_lead")]
    assert [db.execute(said, [day]).fetchall() for day in (FIRST, SECOND)] == [told, told]


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
