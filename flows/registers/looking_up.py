"""What looking up the bare ids of the archives will cost, and whether it may be done, before anybody is asked."""

from decimal import Decimal

from connectors.errors import SourceRefused
from connectors.x.cost import cost as price_of
from connectors.x.profiles import ENDPOINT
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


def planned(context: Context) -> str:
    """Return in a sentence what looking up will cost at most; ConfigurationError where something stands in its way."""
    require_permission(context)
    if not archived(context):
        raise ConfigurationError(
            "--look-up-followers is for accounts that are read from an archive, and none is: leave it out."
        )
    budget = context.school.budget
    try:
        with history(context) as db:
            store = RunStore(db, context.run_id, SOURCE, budget, context.names_key)
            [cost] = [estimated.cost for estimated in profiles_source(context, db).estimate(store)]
            usd, _ = spent(db, context.run_id)
    except SourceRefused as refusal:
        raise ConfigurationError(str(refusal)) from refusal
    sentence = "No account is to be looked up at X: each was asked for already. It costs nothing."
    if cost.resources:
        ensure_usable(context, look_up_account(context), "bearer")
        left = f"${max(budget.usd_per_run - usd, Decimal(0)):.2f} of " if usd else ""
        price = f"costs at most ${cost.usd:.2f}; the run's budget allows {left}${budget.usd_per_run:.2f}"
        sentence = f"Looking up {accounts(cost.resources)} at X {price}."
    if usd + cost.usd > budget.usd_per_run:
        needed = f"{usd + cost.usd:.2f}"
        raise ConfigurationError(f"{sentence} Raise usd_per_run under [budget] in school.toml to {needed}.")
    return sentence


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
    usd = price_of(ENDPOINT, len(left), is_owned=False).usd
    command = f"audit run {context.school.id} --look-up-followers"
    return f"{many} {are}: nobody can be judged by them; looking them up costs ${usd:.2f}: {command}"


def accounts(count: int) -> str:
    """Return so many accounts, in words."""
    return "1 account" if count == 1 else f"{count:,} accounts"
