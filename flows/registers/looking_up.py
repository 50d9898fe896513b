"""What looking up the bare ids of the archives will cost, and whether it may be done, before anybody is asked."""

from dataclasses import dataclass
from decimal import Decimal

from connectors.errors import SourceRefused
from connectors.source import RequestCost
from connectors.x.cost import cost
from connectors.x.lookups.profiles import ENDPOINT
from flows.home.context import Context, require_permission
from flows.home.settings import ConfigurationError
from flows.home.store import RunStore
from flows.login.credentials import ensure_usable
from flows.registers.registers import history
from flows.registers.sources import archived, ids_of, look_up_account, profiles_source
from policies.school import OfficialAccount
from warehouse.runs.known_members import known_actors, unshown_actors
from warehouse.runs.pages import spent
from warehouse.store.open import WarehouseError

SOURCE = "x_profiles"


@dataclass(frozen=True, slots=True)
class PlannedLookUp:
    """How many accounts X is to be asked for, at what price at the most, and what the run's budget still allows."""

    cost: RequestCost
    budget: Decimal
    spent: Decimal

    @property
    def sentence(self) -> str:
        """What it will cost, said first."""
        if not self.cost.resources:
            return "No account is to be looked up at X: each was asked for already. It costs nothing."
        return f"Looking up {accounts(self.cost.resources)} at X costs at most ${self.cost.usd:.2f}{self._left}."

    @property
    def is_affordable(self) -> bool:
        """Whether the run's budget holds it."""
        return self.spent + self.cost.usd <= self.budget

    @property
    def _left(self) -> str:
        left = f"${max(self.budget - self.spent, Decimal(0)):.2f} of " if self.spent else ""
        return f"; the run's budget allows {left}${self.budget:.2f}"


def planned(context: Context) -> PlannedLookUp:
    """Return what looking up will cost, once nothing stands in its way; ConfigurationError with what to do."""
    require_permission(context)
    plan = _plan(context)
    if plan.cost.resources:
        ensure_usable(context, look_up_account(context), "bearer")
    if not plan.is_affordable:
        needed = plan.spent + plan.cost.usd
        raise ConfigurationError(f"{plan.sentence} Raise usd_per_run under [budget] in school.toml to {needed:.2f}.")
    return plan


def bare(context: Context, account: OfficialAccount) -> str | None:
    """Return what doctor says of the bare ids in this account's archive; None where there are none, or no archive."""
    try:
        with history(context) as db:
            ids, known = ids_of(context, account), known_actors(db, account.platform)
            unshown = unshown_actors(db, SOURCE) - known
    except (SourceRefused, WarehouseError):
        return None  # told of the archive, and of the warehouse, itself
    left = ids.all - known - unshown
    if not left:
        shut = len(ids.all & unshown)
        return f"X showed nothing of {accounts(shut)} when it was asked; the others are known." if shut else None
    many = " and ".join(
        f"{len(some):,} {noun if len(some) == 1 else f'{noun}s'}"
        for some, noun in ((ids.followers & left, "follower"), (ids.following & left, "followed account"))
        if some
    )
    are = "is a bare id" if len(ids.followers & left) + len(ids.following & left) == 1 else "are bare ids"
    usd = cost(ENDPOINT, len(left), is_owned=False).usd
    command = f"audit run {context.school.id} --look-up-followers"
    return f"{many} {are}: nobody can be judged by them; looking them up costs ${usd:.2f}: {command}"


def accounts(count: int) -> str:
    """Return so many accounts, in words."""
    return "1 account" if count == 1 else f"{count:,} accounts"


def _plan(context: Context) -> PlannedLookUp:
    if not archived(context):
        raise ConfigurationError(
            "--look-up-followers is for accounts that are read from an archive, and none is: leave it out."
        )
    try:
        with history(context) as db:
            store = RunStore(db, context.run_id, SOURCE, context.school.budget, context.key)
            [estimated] = profiles_source(context, db).estimate(store)
            usd, _ = spent(db, context.run_id)
    except SourceRefused as refusal:
        raise ConfigurationError(str(refusal)) from refusal
    return PlannedLookUp(estimated.cost, context.school.budget.usd_per_run, usd)
