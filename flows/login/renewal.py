"""The tokens of an account as they stand now; those of X that would end during a pull are renewed first.

X ends a refresh token when it gives the next one. So what is about to be asked is written down first, and what came is
written down before it is used. A program that was killed in between has lost the new token, unless X never heard it:
the old one is tried once more, and where X refuses it a person signs in again.
"""

from dataclasses import replace
from datetime import timedelta

from connectors.consent import Grant
from connectors.errors import SourceRefused
from connectors.x.consent import XApp, XConsentServer, renewed
from flows.home.context import Context
from flows.home.settings import ConfigurationError
from flows.login.kept import KeptGrant, Tokens, begun
from policies.dates import long_date
from policies.platforms.registry import platform_of
from policies.school import OfficialAccount

LONGEST_PULL = timedelta(hours=1)  # an access token of X's is good for two


def kept_grant(context: Context, account: OfficialAccount, app: str) -> KeptGrant:
    """Return what is kept of an account's consent to this app; ConfigurationError where there is none."""
    kept = Tokens(context.places, context.key).of(account)
    name, again = platform_of(account.platform).name, sign_in(context, account)
    if kept is None:
        raise ConfigurationError(
            f"[{account.credential}] in credentials.toml holds the app alone, and @{account.handle} has not let it "
            f"read yet: {again}"
        )
    if kept.app != app:
        raise ConfigurationError(
            f"@{account.handle} let another app at {name} read than the one under [{account.credential}] in "
            f"credentials.toml: put that one back, or sign in again: {again}"
        )
    return kept


def sign_in(context: Context, account: OfficialAccount) -> str:
    """Return the command by which an account's owner lets the audit read it."""
    several = sum(each.platform == account.platform for each in context.school.account) > 1
    return f"audit login {account.platform} {context.school.id}" + (f" --account {account.handle}" if several else "")


def x_consents(context: Context) -> XConsentServer:
    """Return where X's consents are asked for."""
    settings = context.settings
    return XConsentServer(settings.endpoints.x, settings.timeout, settings.clock)


def x_grant(context: Context, account: OfficialAccount, app: XApp) -> Grant:
    """Return an X account's tokens, good for the whole of a pull; raises SourceError, or ConfigurationError."""
    name = str(app.client_id or app.consumer_key)
    kept = kept_grant(context, account, name)
    if not _ends_soon(context, kept.grant):
        return kept.grant
    tokens = Tokens(context.places, context.key)
    with tokens.held():
        kept = kept_grant(context, account, name)  # whoever held the lock before may have renewed it
        return _renewed(context, account, app, tokens, kept) if _ends_soon(context, kept.grant) else kept.grant


def _renewed(context: Context, account: OfficialAccount, app: XApp, tokens: Tokens, kept: KeptGrant) -> Grant:
    if kept.grant.refresh_token is None or kept.refused_at is not None:
        raise _refused(context, account, kept)
    tokens.keep(account, begun(kept, context.now()))
    try:
        grant = renewed(app, x_consents(context), kept.grant)
    except SourceRefused as error:
        if error.status is not None:  # X does not know the app, and has not looked at the token
            tokens.keep(account, kept)
            error.what_to_do = (
                f"Correct the app's keys under [{account.credential}] in credentials.toml, then run again."
            )
            raise
        kept = replace(kept, refused_at=context.now())
        tokens.keep(account, kept)
        raise _refused(context, account, kept) from None
    tokens.keep(account, replace(kept, grant=grant, renewal_begun_at=None, refused_at=None))
    return grant


def _refused(context: Context, account: OfficialAccount, kept: KeptGrant) -> SourceRefused:
    why = "X refuses to renew what the account's owner let it read."
    if kept.renewal_begun_at is not None:
        on = long_date(kept.renewal_begun_at.astimezone(context.zone).date())
        why = f"New tokens of X's were lost when the program was stopped on {on}, and X takes the old ones no more."
    error = SourceRefused(why, reason="credentials")
    error.what_to_do = f"Sign in again, then run again: {sign_in(context, account)}"
    return error


def _ends_soon(context: Context, grant: Grant) -> bool:
    return grant.ends_at is not None and grant.ends_at - context.now() < LONGEST_PULL
