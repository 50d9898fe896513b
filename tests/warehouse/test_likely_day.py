"""A wrong clock deletes nothing: which day may be believed, who confirms one that may not, and what follows of it."""

from datetime import date, datetime, timedelta

import pytest

from tests.warehouse.rows import post
from warehouse.privacy.retention.likely_day import LONGEST_PAUSE, DoubtfulClockError, ensure_likely
from warehouse.runs.runs import ClockError, end
from warehouse.store.load import load

FIRST = date(2026, 11, 2)
FAR = date(2027, 11, 2)


def noon(day):
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


def after(days):
    return FIRST + timedelta(days=days)


@pytest.fixture
def asked(db):
    """Ask whether a day is likely, at its noon."""

    def ask(day, **more):
        ensure_likely(db, noon(day), day, school="hill-view", **more)

    return ask


def run_at(db, week, day, *, of=None):
    """Make a run of a day, or `of` another, at noon of this one."""
    run_id = week((of or day).isoformat())
    end(db, run_id, is_complete=True, at=noon(day))
    return run_id


def test_a_day_is_likely_until_the_longest_holiday_and_a_week_are_over(db, week, asked):
    run_at(db, week, FIRST)

    asked(FIRST + LONGEST_PAUSE)
    asked(FIRST + 2 * LONGEST_PAUSE)  # the day before was sure
    with pytest.raises(DoubtfulClockError, match=r"is 2027-02-22, 57 days before, .*: audit expire hill-view --yes"):
        asked(FIRST + 3 * LONGEST_PAUSE + timedelta(days=1))


@pytest.mark.parametrize("days", [57, 119, 121, 5_000])
def test_a_run_at_a_day_far_ahead_does_not_make_it_likely_nor_any_day_after_it(db, week, asked, days):
    run_at(db, week, FIRST)
    asked(FIRST)
    run_at(db, week, after(days))

    for day in (after(days), after(days + 1), after(days + 7)):
        with pytest.raises(DoubtfulClockError, match="the newest day that is sure is 2026-11-02"):
            asked(day)


def test_the_only_run_remade_at_a_day_far_ahead_is_doubted_too(db, week, asked):
    run_at(db, week, FIRST)
    run_at(db, week, FAR, of=FIRST)

    with pytest.raises(DoubtfulClockError, match="365 days before"):
        asked(FAR)


def test_a_confirmed_day_is_good_for_what_follows_and_not_for_another_leap(db, week, asked):
    run_at(db, week, FIRST)

    asked(FAR, is_confirmed=True)

    asked(FAR + timedelta(days=1))
    asked(FAR + timedelta(days=7))
    with pytest.raises(DoubtfulClockError):
        asked(FAR + timedelta(days=7 + 57))


def test_once_the_clock_is_right_again_a_person_confirms_it_once_and_the_wrong_run_is_set_aside(db, week, asked):
    run_at(db, week, FIRST)
    asked(FIRST)
    run_at(db, week, FAR)
    with pytest.raises(DoubtfulClockError, match="something was done already on 2027-11-02"):
        asked(after(7))

    asked(after(8), is_confirmed=True)

    asked(after(9))
    asked(after(15))
    with pytest.raises(DoubtfulClockError):
        asked(FAR)
    with pytest.raises(DoubtfulClockError, match="something was done already on 2027-12-02"):
        asked(after(16), elsewhere=[FAR + timedelta(days=30)])


def test_a_clock_before_a_run_of_a_sure_day_is_refused_also_where_it_is_confirmed(db, week, asked):
    run_at(db, week, FIRST)

    with pytest.raises(ClockError, match="Set the clock right"):
        asked(after(-30), is_confirmed=True)


def test_what_a_platform_dated_and_what_people_wrote_show_that_time_has_passed(db, week, asked):
    run_at(db, week, FIRST)
    run_id = run_at(db, week, FAR)
    load(db, run_id=run_id, source="x", records=[post("1", posted_at=noon(FAR - timedelta(days=3)))])

    asked(FAR)


def test_an_entry_of_the_casebook_bridges_a_pause_and_never_a_leap(db, week, asked):
    run_at(db, week, FIRST)

    asked(after(90), elsewhere=[after(50)])
    with pytest.raises(DoubtfulClockError):
        asked(after(400), elsewhere=[after(400)])


def test_where_nothing_was_ever_dated_there_is_nothing_to_doubt(db, asked):
    asked(FIRST)
    asked(after(3))

    assert db.execute("select day, overruled_until from main.sure_day").fetchall() == [(after(3), None)]
