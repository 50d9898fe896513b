"""On which day each school of a group is asked for, by what is left of its allowances: arithmetic, and nothing is read.

Whoever was not seen for longest comes first, of those that can be begun. A school that needs less than a day gives is
never cut in two, for it would be seen in part in between; one that needs more takes the days that it needs, one after
another.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

SEVERAL_YEARS = 2_000  # days, after which no plan looks further


@dataclass(frozen=True, slots=True)
class Amount:
    """What a school is expected to need of one allowance, in quota units and US dollars."""

    units: int = 0
    usd: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class SchoolNeeds:
    """What a school needs, by allowance; `last_seen` is the day of its last run, None before the first.

    `usd_left` is what its own budget still gives this month, None where it has none. One that `is_unready` lacks what a
    run needs.
    """

    school: str
    by_allowance: Mapping[str, Amount]
    last_seen: date | None = None
    usd_left: Decimal | None = None
    is_unready: bool = False

    @property
    def usd(self) -> Decimal:
        """What it needs in US dollars, of all its allowances."""
        return sum((need.usd for need in self.by_allowance.values()), Decimal(0))


@dataclass(slots=True)
class Left:
    """What is left of one allowance: units today, and a day later on; US dollars this month. None is no limit."""

    units_today: int | None = None
    units_per_day: int | None = None
    usd: Decimal | None = None
    _taken: Counter[int] = field(default_factory=Counter)
    _open_from: int = 0

    def units_on(self, day: int) -> int | None:
        """Return how many units are still to give on a day, today being 0."""
        whole = self.units_today if day == 0 else self.units_per_day
        return None if whole is None else max(whole - self._taken[day], 0)

    def first_day(self, units: int, after: int) -> int | None:
        """Return the first day on which so many units can be had, or any where no day gives so many; None where never.

        Who needs more than a day gives does not wait for a day of which nothing is spent: there may be none.
        """
        most = self.units_per_day
        wanted = units if most is None or units <= most else min(1, most)
        for day in range(max(after, self._open_from), SEVERAL_YEARS):
            there = self.units_on(day)
            if there is None or there >= wanted:
                return day
        return None

    def take(self, units: int, day: int) -> int:
        """Take units from this day on, and return the day on which the last of them were had."""
        if self.units_per_day == 0:
            return day
        while (there := self.units_on(day)) is not None and there < units:
            self._taken[day] += there
            units, day = units - there, day + 1
        self._taken[day] += units
        while self.units_on(self._open_from) == 0 and self._open_from < day:
            self._open_from += 1
        return day


@dataclass(frozen=True, slots=True)
class Planned:
    """On which day, today being 0, a school is begun, and on which it is seen whole; None where money is wanting."""

    begins: int | None
    whole: int | None


def plan(needs: Iterable[SchoolNeeds], left: Mapping[str, Left], usd: Decimal | None = None) -> dict[str, Planned]:
    """Return when each school is asked for, in the order of urgency; what is taken is noted in `left`.

    `usd` is what the group may still spend this month, None where it has no budget. A school for which the month's
    money does not last has no day: it waits for the next month. One that is not ready is begun, as its run says why it
    is not, and nothing is kept for it.
    """
    made: dict[str, Planned] = {}
    for school in sorted(needs, key=lambda each: (each.last_seen or date.min, each.school)):
        if school.is_unready:
            made[school.school] = Planned(0, None)
            continue
        purses = [(need.usd, left[name].usd) for name, need in school.by_allowance.items()]
        purses += [(school.usd, school.usd_left), (school.usd, usd)]
        begins = _begins(school, left)
        if begins is None or any(has is not None and wants > has for wants, has in purses):
            made[school.school] = Planned(None, None)
            continue
        usd = None if usd is None else usd - school.usd
        made[school.school] = Planned(begins, _taken(school, left, begins))
    return made


def _begins(school: SchoolNeeds, left: Mapping[str, Left]) -> int | None:
    """Return the first day on which every allowance has enough for this school."""
    day = 0
    while True:
        days = [left[name].first_day(need.units, day) for name, need in school.by_allowance.items()]
        if any(each is None for each in days):
            return None
        latest = max((each for each in days if each is not None), default=day)
        if latest == day:
            return day
        day = latest


def _taken(school: SchoolNeeds, left: Mapping[str, Left], begins: int) -> int:
    whole = begins
    for name, need in school.by_allowance.items():
        allowance = left[name]
        if allowance.usd is not None:
            allowance.usd -= need.usd
        whole = max(whole, allowance.take(need.units, begins))
    return whole


def expected(
    spent: Iterable[tuple[str, str, date, Amount]], today: date
) -> tuple[dict[tuple[str, str], Amount], dict[str, Amount]]:
    """Return what each school's heaviest week took of each allowance, and by allowance the mean of these.

    `spent` gives school, allowance, day and what was spent then; a week ends today, or so many whole weeks before.
    """
    weeks: dict[tuple[str, str, int], Amount] = {}
    for school, name, day, need in spent:
        key = (school, name, (today - day).days // 7)
        weeks[key] = _more(weeks.get(key, Amount()), need)
    own: dict[tuple[str, str], Amount] = {}
    for (school, name, _), need in weeks.items():
        most = own.get((school, name), need)
        own[school, name] = Amount(max(most.units, need.units), max(most.usd, need.usd))
    of_all: dict[str, Amount] = {}
    for (_, name), need in own.items():
        of_all[name] = _more(of_all.get(name, Amount()), need)
    having = Counter(name for _, name in own)
    return own, {name: Amount(-(-of.units // having[name]), of.usd / having[name]) for name, of in of_all.items()}


def _more(one: Amount, other: Amount) -> Amount:
    return Amount(one.units + other.units, one.usd + other.usd)


def next_month(now: datetime) -> datetime:
    """Return when the next month begins, in UTC."""
    first = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=32)).replace(day=1)
