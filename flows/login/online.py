"""Asks each platform whose the school's official accounts are, before a run does; what it costs is said first.

The requests stand in the ledger, in the budget of the day's run, and no page is kept: an answer of a key that was
mended since must not be read again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from connectors.api.source import AccountShown
from connectors.errors import SourceError, SourceRefused, SourceThrottled, SourceUnavailable, SourceUsedUp
from connectors.records import Profile
from connectors.source import Account, RequestCost
from connectors.x.client import XCredentials
from connectors.x.pull import XSource
from connectors.youtube.client import YouTubeCredentials
from connectors.youtube.pull import YouTubeSource
from flows.home.allowances import counting
from flows.home.claims import connector_account
from flows.home.context import Context
from flows.home.handles import handle_news
from flows.home.integrity import ensure_nothing_missing, guarded
from flows.home.store import LedgerStore
from flows.login.credentials import consenting_app, x_credentials, youtube_credentials
from flows.login.tokens import sign_in
from policies.errors import UserError
from policies.platforms.registry import platform_of
from policies.school import OfficialAccount

SOURCE = "doctor"
BAD_REQUEST = 400
_REFUSED = {
    "credentials": "{name} refuses the credentials: make new ones there, and put them into credentials.toml.",
    "credit": "{name} knows the credentials, and the prepaid credit is used up: top it up.",
    "forbidden": "{name} does not let these credentials ask: see what they are allowed to read.",
    "not_found": "{name} knows no such account: correct account_id in school.toml.",
    "budget": "It was not asked, because the run's budget does not allow it: raise it under [budget] in school.toml.",
}


@dataclass(frozen=True, slots=True)
class AccountAnswer:
    """What came of asking for one official account: all right, or a sentence with what to do."""

    account: OfficialAccount
    is_right: bool
    says: str


def asked_for(context: Context) -> tuple[OfficialAccount, ...]:
    """Return the accounts that a platform can be asked for: those with a credential, whatever they are read from."""
    return tuple(a for a in context.school.account if a not in context.unclaimed and (a.credential or not a.archive))


def price(context: Context, about: tuple[OfficialAccount, ...] | None = None) -> str:
    """Return what asking about these accounts, or all, costs at the most, in a sentence."""
    costs = [_cost(account) for account in (asked_for(context) if about is None else about)]
    usd, units = sum(cost.usd for cost in costs), sum(cost.units for cost in costs)
    accounts = "1 account" if len(costs) == 1 else f"{len(costs)} accounts"
    parts = [f"${usd:.2f}" if usd else "", f"{units} units of YouTube's daily quota" if units else ""]
    return f"Asking the platforms about {accounts} costs at most {' and '.join(part for part in parts if part)}."


def answers(context: Context) -> list[AccountAnswer]:
    """Ask for each account and return what came of it; WarehouseError, CasebookError or LostError in one sentence."""
    with _ledger(context) as (db, store):
        return [_answer(context, account, db, store) for account in asked_for(context)]


def shown_to(context: Context, account: OfficialAccount, keys: XCredentials | YouTubeCredentials) -> AccountShown:
    """Return whose account these keys are, whatever the account is read by; SourceError when no answer comes.

    WarehouseError, CasebookError or LostError in one sentence where the question cannot be written into the ledger.
    """
    with _ledger(context) as (_db, store):
        return _asked(context, replace(connector_account(account), reads="owned"), keys, store)


def answered_by(account: OfficialAccount, shown: AccountShown) -> str | None:
    """Return, as the beginning of a sentence, which other account answered; None where it was the official one."""
    if shown.state == "shown" and shown.account_id == account.account_id:
        return None
    name = platform_of(account.platform).name
    here = f"and school.toml names @{account.handle}, account {account.account_id}"
    if shown.account_id is None:
        return f"{name} shows no account to whoever signed in, {here}"
    return f"@{(shown.handle or 'no handle').removeprefix('@')}, account {shown.account_id}, answered at {name}, {here}"


@contextmanager
def _ledger(context: Context) -> Iterator[tuple[duckdb.DuckDBPyConnection, LedgerStore]]:
    with guarded(context), context.warehouse() as db, context.casebook() as book:
        ensure_nothing_missing(context, db)
        count = counting(context, book)
        yield db, LedgerStore(db, context.run_id, SOURCE, context.school.budget, context.names_key, count)


def _answer(
    context: Context, account: OfficialAccount, db: duckdb.DuckDBPyConnection, store: LedgerStore
) -> AccountAnswer:
    try:
        keys = x_credentials(context, account) if account.platform == "x" else youtube_credentials(context, account)
    except UserError as error:
        return AccountAnswer(account, is_right=False, says=error.sentence)
    try:
        shown = _asked(context, connector_account(account), keys, store)
    except SourceError as error:
        return AccountAnswer(account, is_right=False, says=_why(context, account, error))
    wrong = _wrong(account, shown)
    profile = Profile(platform=account.platform, account_id=account.account_id, handle=shown.handle, display_name=None)
    for news in handle_news(db, [account], [profile]) if wrong is None else ():
        return AccountAnswer(account, is_right=news.is_rename, says=news.says)
    name = platform_of(account.platform).name
    right = f"{name} knows {account.account_id} as @{account.handle}, and the credentials work."
    return AccountAnswer(account, is_right=wrong is None, says=wrong or right)


def _asked(
    context: Context, known_as: Account, keys: XCredentials | YouTubeCredentials, store: LedgerStore
) -> AccountShown:
    clock, timeout = context.settings.clock, context.settings.timeout
    endpoints = context.settings.endpoints
    own: dict[str, Any] = {known_as.account_id: keys}
    source = XSource if isinstance(keys, XCredentials) else YouTubeSource
    return source([known_as], own, {}, endpoints=endpoints, clock=clock, timeout=timeout).shown(known_as, store)


def _cost(account: OfficialAccount) -> RequestCost:
    is_x = account.platform == "x"
    return XSource.cost_of_asking(connector_account(account)) if is_x else YouTubeSource.cost_of_asking()


def _wrong(account: OfficialAccount, shown: AccountShown) -> str | None:
    """Return what is wrong with the account that the platform shows, and what to do; None where nothing is."""
    name = platform_of(account.platform).name
    if shown.state == "suspended":
        return f"{name} has suspended the account {account.account_id}: nothing of it can be read until it is back."
    if shown.state == "missing":
        return f"{name} shows no account {account.account_id} to these credentials: correct account_id in school.toml."
    there = f"@{(shown.handle or 'no handle').removeprefix('@')}, account {shown.account_id}"
    here = f"school.toml names @{account.handle}, account {account.account_id}"
    if shown.account_id != account.account_id:
        return f"These credentials are those of {there}; {here}: correct account_id, or use the right account's keys."
    if shown.refused:
        return (
            f"The credentials work, and may not read {' or '.join(shown.refused)}: authorise again with the scope "
            "youtube.force-ssl."
        )
    return None


def _why(context: Context, account: OfficialAccount, error: SourceError) -> str:
    """Return the sentence for this kind of error."""
    name = platform_of(account.platform).name
    if error.kind == "credentials" and consenting_app(context, account):
        return f"{name} takes no more what @{account.handle} let it read: sign in again: {sign_in(context, account)}"
    if isinstance(error, SourceRefused) and error.reason in _REFUSED:
        return _REFUSED[error.reason].format(name=name)
    if isinstance(error, SourceThrottled):
        quota = f"{name} knows the credentials. {error.in_zone(context.zone)}"
        often = f"{name} was asked too often lately: ask again in a quarter of an hour."
        return quota if isinstance(error, SourceUsedUp) else often
    if isinstance(error, SourceUnavailable):
        return f"{name} did not answer: look whether this machine reaches it, and ask again."
    if error.status == BAD_REQUEST:
        return f"{name} takes {account.account_id} for no account's id: correct account_id in school.toml."
    return error.sentence
