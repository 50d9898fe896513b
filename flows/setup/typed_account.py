"""An account that was typed: its platform, id and handle out of what a person wrote, or where its id is to be found."""

import re

from connectors.registers.cells import UnreadableCellError
from connectors.registers.cells import account as account_in
from connectors.source import Account
from dashboards.desk.school.setup_steps import Answers, SetupError
from flows.home.handles import is_same
from policies.platforms.registry import platform_of
from policies.school import OfficialAccount

_X, _YOUTUBE = "x", "youtube"
_CHANNEL = re.compile(r"UC[\w-]{22,}", re.ASCII)
_HOSTS = {"x.com": _X, "twitter.com": _X, "youtube.com": _YOUTUBE}


def ensure_meant(found: Account, answers: Answers, name: str) -> None:
    """Raise SetupError, naming what the file holds, where another handle or id was typed beside it."""
    typed, ident = answers.get("account", "").strip().rpartition("/")[2], answers.get("account_id", "").strip()
    if (typed and not is_same(typed, found.handle)) or (ident and ident != found.account_id):
        meant = f"@{typed.removeprefix('@')}" if typed else ident
        raise SetupError(
            f"{name} is of the account {found.account_id} (@{found.handle}), and you wrote {meant}. "
            "Give the archive of that account, or leave what you wrote empty."
        )


def needs_key(account: OfficialAccount) -> str:
    """Return what an account that is read live needs."""
    name = platform_of(account.platform).name
    return (
        f"{name} is asked for it by a key, at a price, and once a decision is recorded (step 7): put the key into "
        f"credentials.toml and sign in with audit login {account.platform}."
    )


def typed_account(answers: Answers) -> OfficialAccount:
    """Return the account that was typed; SetupError, with where to find it, where its id is not known."""
    typed, ident = answers.get("account", "").strip(), answers.get("account_id", "").strip()
    if not typed:
        raise SetupError("Drop an archive, or write a handle or an address.")
    named = next((platform for place, platform in _HOSTS.items() if place in typed.lower()), None)
    platform = named or answers.get("platform", _X)
    try:
        handle = account_in(typed).removeprefix("@")
    except UnreadableCellError as error:
        raise SetupError(str(error)) from error
    if platform == _YOUTUBE and _CHANNEL.fullmatch(handle):
        ident = ident or handle
    if not ident:
        ids = platform_of(platform).account_ids
        raise SetupError(f"The id of @{handle} is not in what you wrote, and no key is here to ask. Add {ids.says}.")
    try:
        return OfficialAccount.model_validate({"platform": platform, "account_id": ident, "handle": handle})
    except ValueError as error:
        says = str(error).partition("Value error, ")[2].partition(" [type=")[0]
        raise SetupError(f"What you wrote for @{handle} {says}.") from error
