"""On which day each school is asked for, as tables: who is most urgent first, nobody cut in two, no money twice."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from flows.home.allowances import Allowance, budget_of
from flows.home.group_settings import GroupSettings
from flows.home.settings import Settings
from flows.prefect.quota_plan import Amount, Left, Planned, SchoolNeeds, expected, next_month, plan
from flows.prefect.quotas import Ledger
from flows.prefect.school_facts import NOT_READ, SchoolFacts
from warehouse.casebook.spending import Spent

MONDAY = date(2026, 11, 2)
D = Decimal


def units(school, needs, seen=None):
    return SchoolNeeds(school, {"p": Amount(needs)}, seen)


@pytest.mark.parametrize(
    ("needs", "today", "a_day", "begins"),
    [
        ({"a": 14, "b": 14}, 100, 100, {"a": 0, "b": 0}),
        ({"a": 60, "b": 60, "c": 60}, 100, 100, {"a": 0, "b": 1, "c": 2}),
        ({"a": 60, "b": 60, "c": 30}, 100, 100, {"a": 0, "b": 1, "c": 0}),
        ({"a": 60}, 20, 100, {"a": 1}),
        ({"a": 250, "b": 60}, 100, 100, {"a": 0, "b": 3}),
        ({"a": 250}, 99, 100, {"a": 0}),
        ({"a": 250}, 0, 100, {"a": 1}),
        ({"a": 0}, 0, 100, {"a": 0}),
        ({"a": 1}, 0, 0, {"a": 0}),
        ({"a": 10_000}, None, None, {"a": 0}),
    ],
    ids=["all fit", "a day each", "the small one fits beside", "today is spent", "one that needs days",
         "one that needs days begins on the rest of one", "one that needs days and nothing is left", "it needs none",
         "a platform that gives nothing refuses by itself", "no limit"],
)  # fmt: skip
def test_schools_are_spread_over_the_days_by_what_is_left(needs, today, a_day, begins):
    made = plan([units(*each) for each in needs.items()], {"p": Left(today, a_day)})

    assert {school: planned.begins for school, planned in made.items()} == begins


def test_one_that_needs_more_than_a_day_is_whole_days_after_it_begins():
    assert plan([units("a", 250)], {"p": Left(100, 100)}) == {"a": Planned(0, 2)}


def test_whoever_was_not_seen_for_longest_comes_first():
    needs = [units("seen", 60, MONDAY), units("never", 60), units("longer ago", 60, date(2026, 10, 26))]

    made = plan(needs, {"p": Left(100, 100)})

    assert sorted(made, key=lambda school: made[school].begins or 0) == ["never", "longer ago", "seen"]


@pytest.mark.parametrize("left", [{"units_today": 60, "units_per_day": 60}, {"usd": D(3)}], ids=["units", "money"])
def test_one_that_cannot_begin_takes_nothing_from_those_that_can_and_is_begun_to_say_why(left):
    """However many they are: the most urgent of those that can begin has today's allowance."""
    takes = {"p": Amount(60, D(3))}
    cannot = [SchoolNeeds(f"a-{number}", takes, is_unready=True) for number in range(5)]
    can = [SchoolNeeds("b-never-seen", takes), SchoolNeeds("c-seen", takes, MONDAY)]

    alone, beside = (plan(needs, {"p": Left(**left)}) for needs in (can, [*cannot, *can]))

    assert {school: beside[school] for school in alone} == alone
    assert alone["b-never-seen"].begins == 0 != alone["c-seen"].begins
    assert {beside[school.school] for school in cannot} == {Planned(0, None)}


@pytest.mark.parametrize(
    ("of_allowance", "of_school", "of_group", "begun"),
    [(None, None, None, "ab"), (D(4), None, None, "a"), (None, None, D(4), "a"), (None, D(2), None, ""),
     (None, D(3), D(6), "ab")],
    ids=["no budget", "the allowance's", "the group's", "each school's", "just enough"],
)  # fmt: skip
def test_a_school_for_which_the_month_s_money_does_not_last_has_no_day(of_allowance, of_school, of_group, begun):
    needs = [SchoolNeeds(school, {"x": Amount(usd=D(3))}, usd_left=of_school) for school in "ab"]

    made = plan(needs, {"x": Left(usd=of_allowance)}, of_group)

    assert "".join(school for school, planned in made.items() if planned.begins == 0) == begun
    assert all(planned.begins in (0, None) for planned in made.values())


def test_what_is_expected_is_the_heaviest_week_and_of_an_unknown_school_what_its_peers_took():
    spent = [("a", "p", date(2026, 10, 20), Amount(50)), ("a", "p", date(2026, 10, 21), Amount(10, D(1))),
             ("a", "p", MONDAY, Amount(14)), ("b", "p", MONDAY, Amount(20, D(2)))]  # fmt: skip

    own, of_peers = expected(spent, MONDAY)

    assert own == {("a", "p"): Amount(60, D(1)), ("b", "p"): Amount(20, D(2))}
    assert of_peers == {"p": Amount(40, D("1.5"))}


@pytest.mark.parametrize(("now", "first"), [((2026, 12, 31, 23), (2027, 1, 1)), ((2027, 1, 1), (2027, 2, 1))])
def test_the_next_month_begins_at_its_first_midnight(now, first):
    assert next_month(datetime(*now, tzinfo=UTC)) == datetime(*first, tzinfo=UTC)


NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
APP = Allowance("7", "x", "a" * 16)


def ledger(home, group, *rows):
    """Return the ledger of one school that was never seen, by an app of its own."""
    facts = SchoolFacts((APP,), budget_of(Settings(home), "hill-view"), is_ready=True)
    return Ledger(("hill-view",), MONDAY, NOON, group, rows, {"hill-view": facts})


@pytest.mark.parametrize(("budget", "waits"), [(D(10), True), (D("10.01"), False)], ids=["spent", "a cent is left"])
def test_a_school_of_which_nothing_is_known_is_not_begun_once_the_group_s_money_is_spent(tmp_path, budget, waits):
    spent = Spent("b", "b" * 16, "x", MONDAY, 900, 0, D(10), None)

    held = ledger(tmp_path, GroupSettings(usd_per_month=budget), spent).waiting()

    assert held == ({"hill-view": datetime(2026, 12, 1, tzinfo=UTC)} if waits else {})


@pytest.mark.parametrize(("own", "waits"), [("0", True), ("5", False)])
def test_a_school_s_own_budget_of_nothing_stands_before_the_group_s(tmp_path, own, waits):
    (tmp_path / "hill-view").mkdir()
    (tmp_path / "hill-view" / "school.toml").write_text(
        f'[school]\nid = "hill-view"\nname = "A"\npack = "corbets-tey-2022"\n[budget]\nusd_per_month = "{own}"\n'
    )

    assert bool(ledger(tmp_path, GroupSettings(school_usd_per_month=D(5))).waiting()) == waits


@pytest.mark.parametrize(("hours", "waits"), [(20, True), (25, True), (26, False), (24 * 365, False)])
def test_a_wall_further_off_than_a_day_was_told_by_a_clock_that_erred_and_holds_nobody(tmp_path, hours, waits):
    told = Spent("b", APP.digest, "x", MONDAY, 1, 0, D(0), NOON + timedelta(hours=hours))

    assert bool(ledger(tmp_path, GroupSettings(), told).waiting()) == waits


def test_only_of_a_school_that_could_be_read_it_is_known_that_it_has_no_key():
    facts = {"a": SchoolFacts(), "b": NOT_READ, "c": SchoolFacts((Allowance("7", "x", "a" * 16, "turn"),))}

    made = Ledger(("a", "b", "c"), MONDAY, NOON, GroupSettings(), (), facts)

    assert made.turn_keys == {"a": frozenset(), "c": frozenset({"turn"})}
    assert made.waiting() == {}
