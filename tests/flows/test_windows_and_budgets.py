"""A run of a group makes room while X's window is shut, and stops asking before it would pass a month's budget."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from flows.home.allowances import UsedUpError, allowances_of, month_guard
from flows.home.context import open_casebook
from flows.home.exit_codes import answer_to
from flows.prefect.quotas import read_ledger
from flows.weekly.command import RunOptions, run_school
from tests.connectors import town
from tests.flows.calling import audit, environment
from tests.flows.few_checks import ask_few
from tests.flows.village import SCHOOL, village
from tests.simulated.moods import Mood
from warehouse.casebook.spending import SPENDING, AllowanceDay, add_spent
from warehouse.runs.run_progress import read_progress

TODAY = datetime.now(UTC).date()
FOLLOWERS = f"/2/users/{town.SCHOOL}/followers"


@pytest.fixture
def here(tmp_path):
    with village(tmp_path, has_warehouse=True) as made:
        ask_few(made.places.folder)
        yield made


def part(here, **more):
    """Run the school as a part of a group does, and return how it ended."""
    options = RunOptions(TODAY, is_patient=True, is_json=True, heeds_quota=True)
    with environment(**{**here.environment, **more}):
        try:
            return run_school(SCHOOL, options)
        except UsedUpError as error:
            return answer_to(error)[::-1]


def test_a_run_of_a_group_makes_room_for_others_while_a_window_is_shut_and_goes_on_with_what_it_has(here):
    here.servers.moods.set("x", FOLLOWERS, [Mood("429", seconds=840), "ok"])

    code, says = part(here)

    ledger = read_ledger(here.settings, (SCHOOL,), TODAY)
    [until] = ledger.waiting().values()
    told = read_progress(here.places.folder)
    assert (code, says.split(" until ")[0], says.split(", and ")[1]) == (
        3, "It waits for quota", "what was fetched is kept. Run the group then."
    )  # fmt: skip
    assert timedelta(minutes=12) < until - datetime.now(UTC) < timedelta(minutes=15)
    assert (told.code, "judge" in [phase.name for phase in told.phases]) == (3, False)
    assert not here.places.published.exists()
    later = read_ledger(replace(here.settings, clock=lambda: until + timedelta(minutes=1)), (SCHOOL,), TODAY)
    assert (later.waiting(), later.due()) == ({}, (SCHOOL,))
    asked = [each.path for each in here.servers.meter.requests]
    assert part(here)[0] == 3
    assert [each.path for each in here.servers.meter.requests] == asked  # nobody is sent against a shut window


def test_for_a_window_that_does_not_end_soon_no_run_waits_with_what_was_seen_elsewhere(here):
    here.servers.moods.set("x", FOLLOWERS, [Mood("429", seconds=100_000, lasts=True)])

    assert part(here) == 3

    assert here.places.published.exists()
    assert read_ledger(here.settings, (SCHOOL,), TODAY).waiting() == {}


def test_a_run_that_made_room_for_a_day_makes_none_any_more_and_publishes_what_was_seen(here):
    here.servers.moods.set("x", FOLLOWERS, [Mood("429", seconds=840, lasts=True)])
    assert part(here)[0] == 3
    assert not here.places.published.exists()
    with here.context().warehouse() as db:
        db.execute("update raw.runs set started_at = started_at - interval 25 hours")
    with here.context().casebook() as book, book.engine.begin() as connection:
        connection.execute(update(SPENDING).values(used_up_until=None))  # the window ended, and was shut at once again

    assert part(here, AUDIT_PATIENCE_SECONDS="5") == 3

    assert here.places.published.exists()
    assert read_ledger(here.settings, (SCHOOL,), TODAY).waiting() == {}


def test_a_window_is_of_those_who_take_turns_by_the_same_key_and_a_short_one_is_waited_for(here):
    here.servers.moods.set("x", FOLLOWERS, [Mood("429", seconds=1), "ok"])

    assert part(here) == 0
    assert read_ledger(here.settings, (SCHOOL,), TODAY).waiting() == {}
    windows = {each.window("one") for each in allowances_of(here.settings, SCHOOL)}
    assert [len(name) for name in windows] == [16, 16]


def near_the_end(here):
    """Write down what the school has spent this month at X: all of two dollars but a hundredth of a cent."""
    [x] = [each for each in allowances_of(here.settings, SCHOOL) if each.platform == "x"]
    with closing(open_casebook(here.settings, here.places)) as book, book.engine.begin() as connection:
        add_spent(connection, SCHOOL, AllowanceDay(x.digest, "x", TODAY), Decimal("1.9999"), 0)
    return x.digest


@pytest.mark.parametrize(
    ("group", "own", "says"),
    [
        ("", "", ""),
        ('school_usd_per_month = "2.00"', "", "The school's budget of $2.00"),
        ('usd_per_month = "2.00"', "", "The group's budget of $2.00"),
        ("", 'usd_per_month = "2.00"', "The school's budget of $2.00"),
        ('school_usd_per_month = "2.00"', 'usd_per_month = "9.00"', ""),
        (
            '[[allowance]]\ndigest = "{}"\nusd_per_month = "2.00"',
            "",
            "The budget of its allowance of $2.00",
        ),
    ],
    ids=["none", "each school", "all schools", "its own", "its own is larger", "its app"],
)
def test_a_request_that_would_pass_a_budget_of_the_month_is_not_made(here, group, own, says):
    digest = near_the_end(here)
    (here.settings.home / "group.toml").write_text(group.format(digest[:8]) + "\n")
    settings = here.places.settings
    settings.write_text(settings.read_text() + f"\n[budget]\n{own}\n")

    with closing(open_casebook(here.settings, here.places)) as book:
        refusing = month_guard(here.context(TODAY), book)

        assert refusing("followers:" + town.SCHOOL, Decimal("0.01")).removesuffix(" for the month") == says
        assert refusing("followers:" + town.SCHOOL, Decimal("0.0001")) == ""


def test_a_run_stops_asking_before_it_would_pass_the_month_s_budget_and_says_so(here):
    near_the_end(here)
    (here.settings.home / "group.toml").write_text('usd_per_month = "2.00"\n')

    said = audit("run", SCHOOL, "--as-of", TODAY.isoformat(), **here.environment)

    assert said.code == 3
    assert "The group's budget of $2.00 for the month is spent; " in said.out
    assert read_ledger(here.settings, (SCHOOL,), TODAY).spent_this_month() <= Decimal("2.00")
    assert {each.platform for each in here.servers.meter.requests} >= {"youtube"}  # what costs no money is asked for
