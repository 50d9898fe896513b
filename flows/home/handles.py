"""Whether the handle in school.toml is the one that the platform shows for the account's id.

The id says whose an account is, and people read the handle: a wrong one would put somebody else's name over its posts.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from connectors.records import Profile, Record
from policies.platforms.registry import platform_of
from policies.school import OfficialAccount

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class HandleNews:
    """What is to be said of an account whose platform shows another handle; one that was renamed is no error."""

    account: OfficialAccount
    says: str
    is_rename: bool


def handle_news(
    db: duckdb.DuckDBPyConnection, accounts: Iterable[OfficialAccount], records: Iterable[Record]
) -> list[HandleNews]:
    """Return what is to be said of the accounts whose profiles are among these records, by what earlier runs kept."""
    named = {(account.platform, account.account_id): account for account in accounts}
    shown = {(r.platform, r.account_id): r.handle for r in records if isinstance(r, Profile) and r.handle is not None}
    other = [(named[key], handle) for key, handle in shown.items() if key in named]
    return [_news(db, account, handle) for account, handle in other if not is_same(handle, account.handle)]


def kept_handle_news(db: duckdb.DuckDBPyConnection, accounts: Iterable[OfficialAccount]) -> list[HandleNews]:
    """Return what is to be said of these accounts by their newest profiles that runs have kept."""
    rows = db.execute(
        "select p.platform, p.account_id, p.handle from raw.profiles as p join raw.runs as r using (run_id) "
        "where p.handle is not null order by r.as_of"
    ).fetchall()
    kept = (Profile(platform=of, account_id=account, handle=handle, display_name=None) for of, account, handle in rows)
    return handle_news(db, accounts, kept)


def shown_handles(
    published: duckdb.DuckDBPyConnection, accounts: Iterable[OfficialAccount]
) -> dict[tuple[str, str], str]:
    """Return each account's handle by platform and id: as its platform showed it last, else as school.toml has it."""
    shown = published.execute(
        "select platform, account_id, arg_max(handle, run_id) from published.profiles where handle is not null "
        "group by all"
    ).fetchall()
    named = {(account.platform, account.account_id): account.handle for account in accounts}
    other = {
        (of, account): handle for of, account, handle in shown if not is_same(handle, named.get((of, account), handle))
    }
    return named | other


def is_same(one: str, other: str) -> bool:
    """Say whether two handles are one: platforms do not tell capitals apart."""
    return one.removeprefix("@").casefold() == other.removeprefix("@").casefold()


def _news(db: duckdb.DuckDBPyConnection, account: OfficialAccount, shown: str) -> HandleNews:
    borne = db.execute(
        "select distinct handle from raw.profiles where platform = ? and account_id = ? and handle is not null",
        [account.platform, account.account_id],
    ).fetchall()
    is_rename = any(is_same(handle, account.handle) for (handle,) in borne)
    bare = "".join(sign for sign in shown.removeprefix("@") if sign.isprintable())[:_LONGEST]
    named = account.handle.removeprefix("@")
    here = f"{platform_of(account.platform).name} shows the account {account.account_id} as @{bare}"
    says = (
        f'{here}, which was @{named} before: write handle = "{bare}" in school.toml.'
        if is_rename
        else f"{here}, and school.toml names @{named}: correct the handle there, or the account_id if another account "
        f"is meant; the report says @{bare}."
    )
    return HandleNews(account, says, is_rename)
