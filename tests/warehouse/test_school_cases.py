"""What is about the school itself is put right only where this run judged that very thing."""

from dataclasses import replace

import pytest

from connectors.records import Photograph
from policies.populations import POPULATIONS
from tests.warehouse.cases import found, observed, settle
from tests.warehouse.test_reconcile import WEEKS
from warehouse.exceptions.outcomes import Judged
from warehouse.store.load import load

SCHOOL = "ousterly-vale"


def of_the_school(subject, check_id, kind):
    return replace(
        found(subject), check_id=check_id, platform="school", account_id=SCHOOL, subject_id=subject, subject_kind=kind
    )


@pytest.fixture
def status(db, week):
    """Raise a case in one week, and return what the next, prepared by `then(run_id)`, says of it."""

    def told(case, coverage, then):
        for number, day in enumerate(WEEKS[:2]):
            run_id = week(day)
            if number:
                then(run_id)
            judged = Judged(case.check_id, POPULATIONS[coverage], "school", SCHOOL, may_close=True, is_whole=True)
            known = observed(db, judged)
            cases = [] if number else [case]
            settle(db, run_id, cases, known)
        sql = "select status from outcome.exceptions where run_id = ?"
        return [one for (one,) in db.execute(sql, [WEEKS[1]]).fetchall()]

    return told


@pytest.mark.parametrize(
    ("has_position", "expected"), [(None, "not_seen"), (False, "gone"), ("no row", "not_seen"), ("off", "gone")]
)
def test_a_master_is_put_right_only_when_its_file_was_searched_or_it_left_the_register(
    db, status, has_position, expected
):
    def then(run_id):
        if has_position != "off":
            line = Photograph(photograph_id="P-1", file_name="p.jpg", video_id=None, channels="x")
            load(db, run_id=run_id, source="registers", records=[line])
        if has_position in (None, False):
            sql = "insert into raw.masters (run_id, photograph_id, file_name, has_position) values (?, 'P-1', ?, ?)"
            db.execute(sql, [run_id, "p.jpg", has_position])

    case = of_the_school("P-1", "location_metadata", "medium")

    assert status(case, "core.position_coverage", then) == [expected]


@pytest.mark.parametrize(("accepted_by", "expected"), [(None, "not_seen"), ("dpo", "gone")])
def test_a_register_that_is_not_named_any_more_is_not_fresh_until_somebody_accepts_it(
    db, status, accepted_by, expected
):
    def then(run_id):
        values = [run_id, "staff", "unread", "Not named.", accepted_by]
        columns = "run_id, register, state, why, accepted_by, rows"
        db.execute(f"insert into raw.register_states ({columns}) values (?, ?, ?, ?, ?, 0)", values)

    case = of_the_school("staff", "register_fresh", "register")

    assert status(case, "core.register_coverage", then) == [expected]
