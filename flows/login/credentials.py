"""The keys that credentials.toml gives for an account, in the form that its platform takes.

A block that holds an app alone (client_id, or a consumer key with its secret) is completed by what the account's owner
consented to with `audit login`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import TypeVar

from connectors.consent import Grant
from connectors.x.client import XCredentials
from connectors.x.consent import XApp
from connectors.youtube.client import YouTubeCredentials
from flows.home.context import Context
from flows.home.settings import ConfigurationError
from flows.login.tokens import kept_grant, x_grant
from policies.platforms.record import Reads
from policies.school import OfficialAccount

KeysT = TypeVar("KeysT")

_X_NEEDS = "bearer, or consumer_key, consumer_secret, access_token and access_secret, and nothing else"
_YOUTUBE_NEEDS = "access_token, or refresh_token, client_id and client_secret, and nothing else"
_X_KEYS = {"bearer", "consumer_key", "consumer_secret", "access_token", "access_secret"}
_X_APPS = ({"client_id"}, {"client_id", "client_secret"}, {"consumer_key", "consumer_secret"})
_YOUTUBE_APP = {"client_id", "client_secret"}


class KeysByAccount(Mapping[str, KeysT]):
    """The keys of each account, by its id, got when they are asked for: tokens that end are renewed then, and once."""

    def __init__(self, makers: Mapping[str, Callable[[], KeysT]]) -> None:
        self._makers = makers
        self._made: dict[str, KeysT] = {}

    def __getitem__(self, account_id: str) -> KeysT:
        if account_id not in self._made:
            self._made[account_id] = self._makers[account_id]()
        return self._made[account_id]

    def __contains__(self, account_id: object) -> bool:
        return account_id in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def ensure_usable(context: Context, account: OfficialAccount, reads: Reads | None = None) -> None:
    """Raise ConfigurationError, in one sentence, unless the account's keys are there and of its platform's form.

    `reads` is how they are used, where that is not how the account is read. No platform is asked.
    """
    if app := consenting_app(context, account):
        kept_grant(context, account, app)
    elif account.platform == "x":
        x_credentials(context, account, reads)
    else:
        youtube_credentials(context, account)


def consenting_app(context: Context, account: OfficialAccount) -> str | None:
    """Return the id of the app whose tokens come by `audit login`; None where credentials.toml holds them itself."""
    given = context.credential(account)
    apps = _X_APPS if account.platform == "x" else (_YOUTUBE_APP,)
    return (given.get("client_id") or given["consumer_key"]) if set(given) in apps else None


def x_app(context: Context, account: OfficialAccount) -> XApp:
    """Return the app under the account's block, whatever else stands there; ConfigurationError if there is none."""
    given = context.credential(account)
    names = ("consumer_key", "consumer_secret") if "consumer_key" in given else ("client_id", "client_secret")
    try:
        return XApp(**{name: given[name] for name in names if name in given})
    except ValueError as error:
        raise _no_app(account, "client_id (and client_secret), or consumer_key and consumer_secret") from error


def youtube_app(context: Context, account: OfficialAccount) -> tuple[str, str]:
    """Return the client's id and secret under the account's block; ConfigurationError if they are not there."""
    given = context.credential(account)
    if not given.keys() >= _YOUTUBE_APP:
        raise _no_app(account, "client_id and client_secret")
    return given["client_id"], given["client_secret"]


def x_credentials(context: Context, account: OfficialAccount, reads: Reads | None = None) -> XCredentials:
    """Return the keys for X, renewed where they would end; SourceError when X does not renew them.

    ConfigurationError where they are of another form, or not of one to be read so with. `reads` is how they are used,
    where that is not how the account is read.
    """
    given = context.credential(account)
    if consenting_app(context, account):
        return _consented(context, account)
    if not given.keys() <= _X_KEYS:
        raise _unusable(account, given, "an X", _X_NEEDS)
    try:
        keys = XCredentials(
            bearer=given.get("bearer"),
            consumer_key=given.get("consumer_key"),
            consumer_secret=given.get("consumer_secret"),
            access_token=given.get("access_token"),
            access_token_secret=given.get("access_secret"),
        )
    except ValueError as error:
        raise _unusable(account, given, "an X", _X_NEEDS) from error
    if (reads or account.reads) == "owned" and not keys.is_own:
        raise ConfigurationError(
            f'@{account.handle} has reads = "owned", which takes the account\'s own four keys, and '
            f'[{account.credential}] in credentials.toml has a bearer token: put the keys there, or reads = "bearer".'
        )
    return keys


def _consented(context: Context, account: OfficialAccount) -> XCredentials:
    app = x_app(context, account)
    return x_keys(app, x_grant(context, account, app))


def x_keys(app: XApp, grant: Grant) -> XCredentials:
    """Return the keys that an account's consent to this app gave."""
    if not app.signs:
        return XCredentials(bearer=grant.access_token, is_user_token=True)
    return XCredentials(
        consumer_key=app.consumer_key,
        consumer_secret=app.consumer_secret,
        access_token=grant.access_token,
        access_token_secret=grant.access_secret,
    )


def youtube_credentials(context: Context, account: OfficialAccount) -> YouTubeCredentials:
    """Return the keys for YouTube; ConfigurationError if they are of another form."""
    given = context.credential(account)
    if app := consenting_app(context, account):
        grant = kept_grant(context, account, app).grant
        return YouTubeCredentials(refresh_token=grant.refresh_token, **given)
    try:
        return YouTubeCredentials(**_renamed(given, {"access_token": "token"}))
    except (TypeError, ValueError) as error:
        raise _unusable(account, given, "a YouTube", _YOUTUBE_NEEDS) from error


def _no_app(account: OfficialAccount, needs: str) -> ConfigurationError:
    return ConfigurationError(
        f"[{account.credential}] in credentials.toml holds no app to sign in to: put {needs} there."
    )


def _unusable(account: OfficialAccount, given: Mapping[str, str], of: str, needs: str) -> ConfigurationError:
    block = f"[{account.credential}] in credentials.toml"
    known = re.findall(r"[a-z]+_[a-z_]+|bearer", needs)
    for key in (key for key in given if key not in known):
        if near := get_close_matches(key, known, n=1, cutoff=0.85):
            return ConfigurationError(f"{block} has {key}, which {of} credential does not; is it {near[0]}?")
    return ConfigurationError(f"{block} is no whole key: {of} credential needs {needs}; correct it.")


def _renamed(given: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {names.get(name, name): value for name, value in given.items()}
