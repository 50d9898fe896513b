"""What the group's report says of a school is so: what kept it from this week's run is late, and never left out."""

from datetime import timedelta

import pytest

from dashboards.group.states import objective
from flows.home.group_settings import Objective
from flows.prefect.fleet_look import WeekAsked, counts_of
from tests.flows.audited import audited_village
from tests.flows.village import MONDAY, SCHOOL

NEXT = MONDAY + timedelta(days=7)


@pytest.fixture
def village(tmp_path):
    with audited_village(tmp_path / "home") as here:
        yield here


def as_it_is(_places):
    """Nothing is wrong."""


def without_credentials(places):
    places.credentials.unlink()


def without_key(places):
    places.key.unlink()


def with_broken_settings(places):
    places.settings.write_text("no settings")


@pytest.mark.parametrize(
    ("fault", "day", "state", "is_audited"),
    [
        (as_it_is, MONDAY, "published", True),
        (as_it_is, NEXT, "late", False),
        (without_credentials, NEXT, "late", False),
        (without_key, NEXT, "late", False),
        (with_broken_settings, NEXT, "late", False),
    ],
    ids=["this week's run", "last week's run", "no credentials any more", "no key any more", "broken settings"],
)
def test_a_school_that_was_published_once_is_late_without_this_week_s_run(village, fault, day, state, is_audited):
    fault(village.places)

    told = counts_of(WeekAsked(village.settings, day, since=day), SCHOOL)

    assert (told.state, told.is_audited) == (state, is_audited), told.unseen
    assert (state == "published") or told.unseen
    met = objective([(told.state, told.published_since(day))], Objective().hour_of(day), 0.99, village.settings.clock())
    assert met is None or met.of == 1


@pytest.mark.parametrize(("hour", "since"), [(9, NEXT), (7, MONDAY)], ids=["its hour is over", "before its hour"])
def test_a_week_begins_with_the_hour_by_which_its_schools_are_to_be_published(hour, since):
    asked = Objective(weekday=NEXT.weekday(), timezone="UTC")

    assert asked.published_from(NEXT, asked.hour_of(NEXT).replace(hour=hour)) == since
