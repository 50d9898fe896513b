"""The group's objective: measured on its own day and hour, and a miss is told once, to whom group.toml names."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dashboards.group.report import GroupWeek, SchoolCounts
from flows.home.group_settings import GroupSettings
from flows.home.settings import ConfigurationError, Settings
from flows.prefect.objective import objective_of, told_of_miss
from tests.flows.receiving import web_server

MONDAY = date(2026, 11, 9)
NINE = datetime(2026, 11, 9, 9, tzinfo=UTC)


def published(day, hour):
    """Return a school of which a run of a day was published at an hour of that Monday, in UTC."""
    return SchoolCounts("a", run_id=str(day), state="published", published=((day, NINE.replace(hour=hour)),))


@pytest.mark.parametrize(
    ("school", "asked_on", "now", "is_missed"),
    [
        (published(MONDAY, 7), MONDAY, NINE, False),
        (published(MONDAY, 7), MONDAY + timedelta(days=6), NINE + timedelta(days=6), False),
        (published(MONDAY, 9), MONDAY, NINE, True),
        (published(MONDAY - timedelta(days=7), 7), MONDAY, NINE, True),
        (SchoolCounts("a"), MONDAY, NINE, True),
        (published(MONDAY, 7), MONDAY, NINE.replace(hour=7), None),
    ],
    ids=["in time", "looked at on Sunday", "too late", "last week's run", "no run", "before its hour"],
)
def test_a_school_counts_that_was_published_by_the_hour_of_the_week_s_day(school, asked_on, now, is_missed):
    met = objective_of(GroupSettings(), asked_on, [school], now)

    assert (met and met.is_missed) == is_missed


@pytest.fixture
def home(tmp_path):
    return tmp_path


def week(day=MONDAY):
    met = objective_of(GroupSettings(), day, [SchoolCounts("a")], NINE + (day - MONDAY))
    return GroupWeek(day, (SchoolCounts("a"),), objective=met)


def test_a_miss_is_told_once_and_names_nobody(home):
    with web_server() as posted:
        (home / "group.toml").touch(mode=0o600)
        (home / "group.toml").write_text(f'alert = "{posted.url}"\n')

        said = [told_of_miss(Settings(home), each) for each in (week(), week(), week(MONDAY + timedelta(days=7)))]

    assert said == ["The objective was missed, and the operator was told.", "", said[0]]
    assert len(posted.bodies) == 2
    assert "0 of 1 schools were published by 2026-11-09 08:00" in str(posted.bodies[0])


def test_what_cannot_be_told_is_said_and_an_address_that_others_may_read_is_refused(home):
    assert "write alert = " in told_of_miss(Settings(home), week())
    (home / "group.toml").touch(mode=0o644)
    (home / "group.toml").write_text('alert = "json://127.0.0.1:9/"\n')
    (home / "group.toml").chmod(0o644)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        told_of_miss(Settings(home), week())
    (home / "group.toml").chmod(0o600)

    assert "did not take the message" in told_of_miss(Settings(home), week())
    assert "did not take the message" in told_of_miss(Settings(home), week())
