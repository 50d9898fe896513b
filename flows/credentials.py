"""The keys that credentials.toml gives for an account, in the form that its platform takes."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from connectors.x.client import XCredentials
from connectors.youtube.client import YouTubeCredentials
from flows.context import Context
from flows.settings import ConfigurationError
from policies.platforms.record import Reads
from policies.school import OfficialAccount

_X_NEEDS = "bearer, or consumer_key, consumer_secret, access_token and access_secret, and nothing else"
_YOUTUBE_NEEDS = "access_token, or refresh_token, client_id and client_secret, and nothing else"


def must_be_usable(context: Context, account: OfficialAccount) -> None:
    """Raise ConfigurationError, in one sentence, unless the account's keys are there and of its platform's form."""
    if account.platform == "x":
        x_credentials(context, account)
    else:
        youtube_credentials(context, account)


def x_credentials(context: Context, account: OfficialAccount, reads: Reads | None = None) -> XCredentials:
    """Return the keys for X; ConfigurationError where they are of another form, or not of one to be read so with.

    `reads` is how they are used, where that is not how the account is read.
    """
    given = context.credential(account)
    try:
        keys = XCredentials(**_renamed(given, {"access_secret": "access_token_secret"}))
    except (TypeError, ValueError) as error:
        raise _unusable(account, given, "an X", _X_NEEDS) from error
    if (reads or account.reads) == "owned" and not keys.signs:
        raise ConfigurationError(
            f'@{account.handle} has reads = "owned", which takes the account\'s own four keys, and '
            f'[{account.credential}] in credentials.toml has a bearer token: put the keys there, or reads = "bearer".'
        )
    return keys


def youtube_credentials(context: Context, account: OfficialAccount) -> YouTubeCredentials:
    """Return the keys for YouTube; ConfigurationError if they are of another form."""
    given = context.credential(account)
    try:
        return YouTubeCredentials(**_renamed(given, {"access_token": "token"}))
    except (TypeError, ValueError) as error:
        raise _unusable(account, given, "a YouTube", _YOUTUBE_NEEDS) from error


def _unusable(account: OfficialAccount, given: Mapping[str, str], of: str, needs: str) -> ConfigurationError:
    block = f"[{account.credential}] in credentials.toml"
    known = re.findall(r"[a-z]+_[a-z_]+|bearer", needs)
    for key in (key for key in given if key not in known):
        if near := get_close_matches(key, known, n=1, cutoff=0.85):
            return ConfigurationError(f"{block} has {key}, which {of} credential does not; is it {near[0]}?")
    return ConfigurationError(f"{block} is no whole key: {of} credential needs {needs}; correct it.")


def _renamed(given: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {names.get(name, name): value for name, value in given.items()}
