"""A run is of today at the school or of an earlier day, whoever starts it: what is deleted is gone for good."""

from datetime import UTC, date, datetime

import pytest

from flows.home.context import open_context
from flows.home.settings import ConfigurationError, Settings
from flows.weekly.command import RunOptions, run_school
from tests.flows.calling import environment
from tests.flows.village import SCHOOL, write_home

LATE = datetime(2026, 7, 5, 23, 30, tzinfo=UTC)  # half past midnight in London
SAYS = r"2026-07-07 has not come: by this machine's clock it is 2026-07-06\. Choose an earlier day\."


@pytest.fixture
def settings(tmp_path):
    write_home(tmp_path)
    return Settings(home=tmp_path, key="k" * 40, clock=lambda: LATE)


@pytest.mark.parametrize("day", [date(2026, 7, 6), date(2026, 7, 5), None])
def test_today_at_the_school_and_every_day_before_may_be_audited(settings, day):
    context = open_context(settings, SCHOOL, day)

    assert (context.as_of, context.today()) == (day or date(2026, 7, 6), date(2026, 7, 6))


def test_a_day_that_has_not_come_is_refused(settings):
    with pytest.raises(ConfigurationError, match=SAYS):
        open_context(settings, SCHOOL, date(2026, 7, 7))


def test_a_run_that_was_planned_is_of_that_day_at_the_school_and_refused_in_the_same_way(tmp_path):
    write_home(tmp_path)

    with (
        environment(AUDIT_HOME=str(tmp_path), AUDIT_KEY="k" * 40),
        pytest.raises(ConfigurationError, match="2062-07-06 has not come"),
    ):
        run_school(SCHOOL, RunOptions(planned=LATE.replace(year=2062), is_patient=True))

    assert not (tmp_path / SCHOOL / "warehouse.duckdb").exists()
