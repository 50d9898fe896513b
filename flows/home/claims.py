"""Which source reads an official account; None where no source does, so that nothing of the account is ever seen.

Whoever adds a platform says here which of its ways of reading a source claims: the type checker asks for it.
"""

from typing import assert_never

from connectors.source import Account
from policies.platforms.registry import platform_of
from policies.school import OfficialAccount

WHAT_TO_DO = "Read the account in a way that the program has, or take it out of school.toml."


def source_of(account: OfficialAccount) -> str | None:
    """Return the name of the source that reads this account, or None."""
    match account.platform:
        case "x":
            return f"x_archive:{account.account_id}" if account.reads == "archive" else account.platform
        case "youtube":
            return account.platform
        case _:
            assert_never(account.platform)


def why_unclaimed(account: OfficialAccount) -> str:
    """Return the sentence for an account that no source reads."""
    name = platform_of(account.platform).name
    return f"No source reads the {name} account {account.account_id} (reads = {account.reads!r}), so nothing was seen."


def connector_account(account: OfficialAccount) -> Account:
    """Return the account as the connectors know it."""
    return Account(account.platform, account.account_id, account.handle, account.reads)
