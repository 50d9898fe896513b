"""The group's ledger: what its schools have spent of every allowance, what they will need, and who waits until when.

It is read from what each school's requests were counted as (`warehouse/casebook/spending.py`), from the files that name
allowances and budgets, and from how each school's last run ended, or whether a first would begin. No data are opened.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from dashboards.group.costs import AllowanceLine
from flows.home.allowances import Allowance
from flows.home.context import open_casebook
from flows.home.exit_codes import DONE, OPEN, SOURCE_FAILED
from flows.home.group_settings import GroupSettings, read_group
from flows.home.settings import Settings
from flows.prefect.quota_plan import Amount, Left, SchoolNeeds, expected, next_month, plan
from flows.prefect.school_facts import SchoolFacts, facts_of
from policies.platforms.registry import platform_of
from warehouse.casebook.spending import Spent, spent_since
from warehouse.runs.run_progress import RunProgress
from warehouse.store.places import Places

_A_MONTH = timedelta(days=32)  # whose heaviest week says what a school will need
_FIRST_UNITS = 60  # of a school of which nothing is known: 2,000 subscribers, 50 videos and 500 comments
_FIRST_USD = Decimal("0.01")  # at least: it is not begun where no money is left


@dataclass(frozen=True)
class Ledger:
    """What was spent and is left at a moment, for schools that are to be audited as of a day."""

    schools: tuple[str, ...]
    day: date
    now: datetime
    group: GroupSettings
    rows: Sequence[Spent]
    facts: Mapping[str, SchoolFacts]

    @cached_property
    def _expected(self) -> tuple[Mapping[tuple[str, str], Amount], Mapping[str, Amount]]:
        return expected(
            ((row.school, row.allowance, row.day, Amount(row.units, row.usd)) for row in self.rows), self.day
        )

    def need(self, school: str, allowance: Allowance) -> Amount:
        """Return what a week of the school is expected to take of an allowance: as it took, or as its peers took."""
        own, of_peers = self._expected
        return own.get((school, allowance.digest)) or of_peers.get(allowance.digest) or _unknown(allowance)

    def is_whole(self, school: str) -> bool:
        """Say whether the school's run of this day or later came to its end and saw everything."""
        last = self.facts[school].last
        return _is_since(last, self.day) and last is not None and last.code in (DONE, OPEN)

    def is_begun(self, school: str) -> bool:
        """Say whether a run of this day or later was begun, or goes on."""
        facts = self.facts[school]
        return _is_since(facts.last, self.day) or facts.is_running

    def own_wall(self, school: str) -> datetime | None:
        """Return until when the platform told this school to wait, where its run of this day was not whole for that."""
        last = self.facts[school].last
        if last is None or last.as_of != self.day or last.code != SOURCE_FAILED or last.ended_at is None:
            return None
        walls = [row.used_up_until for row in self.rows if row.school == school and row.used_up_until]
        return max((wall for wall in walls if wall > last.ended_at), default=None)

    @cached_property
    def walls(self) -> Mapping[str, datetime]:
        """Until when each allowance is used up, as its platform said to whichever school."""
        walls: dict[str, datetime] = {}
        for row in self.rows:
            if row.used_up_until and row.holds_at(self.now):
                walls[row.allowance] = max(row.used_up_until, walls.get(row.allowance, row.used_up_until))
        return walls

    def spent_today(self, allowance: Allowance) -> int:
        """Return the units that all schools have spent of an allowance on the day that its platform has now."""
        day = platform_of(allowance.platform).day_of(self.now)
        return sum(row.units for row in self.rows if row.allowance == allowance.digest and row.day == day)

    def spent_this_month(self, digest: str | None = None, school: str | None = None) -> Decimal:
        """Return the US dollars of this month, of an allowance or of all, by a school or by all."""
        month = self.now.astimezone(UTC).date().replace(day=1)
        rows = (row for row in self.rows if row.day >= month and school in (None, row.school))
        return sum((row.usd for row in rows if digest in (None, row.allowance)), Decimal(0))

    @cached_property
    def every_allowance(self) -> Mapping[str, Allowance]:
        """One of each allowance that a school has."""
        return {each.digest: each for facts in self.facts.values() for each in facts.allowances}

    @property
    def turn_keys(self) -> Mapping[str, frozenset[str]]:
        """The digests of the keys by which each school takes turns; one of which nothing is known is not in them."""
        read = ((school, facts.allowances) for school, facts in self.facts.items() if facts.is_read)
        return {school: frozenset(each.turn for each in allowances if each.turn) for school, allowances in read}

    def units_per_day(self, allowance: Allowance) -> int | None:
        """Return how many units a day gives: as the operator says, else as the platform does."""
        said = self.group.said_of(allowance.digest).units_per_day
        return platform_of(allowance.platform).units_per_day if said is None else said

    def _left(self, allowance: Allowance) -> Left:
        a_day = self.units_per_day(allowance)
        today = None if a_day is None else max(a_day - self.spent_today(allowance), 0)
        usd = _less(self.group.said_of(allowance.digest).usd_per_month, self.spent_this_month(allowance.digest))
        return Left(0 if allowance.digest in self.walls and a_day is not None else today, a_day, usd)

    def waiting(self) -> dict[str, datetime]:
        """Return until when each school waits that is not to be begun now: it was refused, or its turn is a later day.

        A school that is seen whole, or of which a run goes on, waits for nothing.
        """
        held: dict[str, datetime] = {}
        for school in self.schools:
            by = {by for each in self.facts[school].allowances for by in (each.digest, each.window(school))}
            if (walls := by & self.walls.keys()) and not self.is_whole(school):
                held[school] = max(self.walls[each] for each in walls)
        asked = [s for s in self.schools if s not in held and (not self.is_begun(s) or self.own_wall(s))]
        left = {name: self._left(allowance) for name, allowance in self.every_allowance.items()}
        usd = _less(self.group.usd_per_month, self.spent_this_month())
        for school, planned in plan(map(self._needs_of, asked), left, usd).items():
            if planned.begins is None:
                held[school] = next_month(self.now)
            elif planned.begins > 0:
                held[school] = max(self._begin_of(a, planned.begins) for a in self.facts[school].allowances)
        return held

    def _begin_of(self, allowance: Allowance, days: int) -> datetime:
        platform = platform_of(allowance.platform)
        return platform.begin_of(platform.day_of(self.now) + timedelta(days=days))

    def _needs_of(self, school: str) -> SchoolNeeds:
        facts = self.facts[school]
        needs = {each.digest: self.need(school, each) for each in facts.allowances}
        left = _less(self.group.budget_of_school(facts.budget), self.spent_this_month(school=school))
        return SchoolNeeds(school, needs, facts.seen_on, left, not facts.is_ready)

    def due(self) -> tuple[str, ...]:
        """Return the schools to be begun once more or late: those that waited, and wait no longer."""
        held = self.waiting()
        free = (school for school in self.schools if school not in held)
        return tuple(school for school in free if not self.is_begun(school) or self.own_wall(school))

    def lines(self) -> tuple[AllowanceLine, ...]:
        """Return what the report says of each allowance."""
        return tuple(self._line(allowance) for _, allowance in sorted(self.every_allowance.items()))

    def _line(self, allowance: Allowance) -> AllowanceLine:
        having = [s for s in self.schools if any(a.digest == allowance.digest for a in self.facts[s].allowances)]
        needs = [self.need(school, allowance) for school in having if not self.is_whole(school)]
        platform = platform_of(allowance.platform)
        left = self._left(allowance)
        return AllowanceLine(
            called=self.group.said_of(allowance.digest).label or allowance.digest[:8],
            platform=allowance.platform,
            schools=len(having),
            units_planned=sum(need.units for need in needs),
            units_spent=self.spent_today(allowance),
            units_left=left.units_today,
            usd_planned=sum((need.usd for need in needs), Decimal(0)),
            usd_spent=self.spent_this_month(allowance.digest),
            usd_left=left.usd,
            back_at=self.walls.get(allowance.digest) or platform.next_day(self.now),
            is_used_up=allowance.digest in self.walls,
            digest=allowance.digest,
        )


def read_ledger(settings: Settings, schools: Sequence[str], day: date) -> Ledger:
    """Return the group's ledger as it stands now; UserError where casebook or group.toml cannot be read."""
    now = settings.clock()
    with closing(open_casebook(settings, Places(settings.home, schools[0]))) as book:
        rows = spent_since(book.engine, now.date() - _A_MONTH)
    return Ledger(tuple(schools), day, now, read_group(settings), rows, facts_of(settings, schools))


def _is_since(run: RunProgress | None, day: date) -> bool:
    return run is not None and run.as_of is not None and run.as_of >= day  # runs go forward: an earlier day is refused


def _unknown(allowance: Allowance) -> Amount:
    return Amount(_FIRST_UNITS) if platform_of(allowance.platform).units_per_day else Amount(usd=_FIRST_USD)


def _less(budget: Decimal | None, spent: Decimal) -> Decimal | None:
    return None if budget is None else budget - spent
