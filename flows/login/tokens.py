"""The tokens of a school's accounts: kept in `tokens.encrypted` or a Prefect Secret block, X's renewed before a pull.

X ends a refresh token when it gives the next one, so that what is lost of it is lost for good: what is written is there
after a power cut whole or not at all; what is about to be asked is written down first, and what came before it is used.
A program killed in between has lost the new token, unless X never heard it: the old one is tried once more, and where X
refuses it a person signs in again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from connectors.consent import Grant
from connectors.errors import SourceRefused, SourceUnavailable
from connectors.x.consent import XApp, XConsentServer, renewed
from flows.home.context import Context
from flows.home.keys import keep_secret_block, secret_block
from flows.home.settings import ConfigurationError
from policies.dates import long_date
from policies.platforms.registry import platform_of
from policies.school import OfficialAccount
from warehouse.runs.run_progress import locked
from warehouse.store.open import ensure_is_key
from warehouse.store.places import Places, is_shared
from warehouse.store.private_files import put_in_place
from warehouse.store.sealing import NotOpenedError, Sealer

LOCK, PURPOSE = "tokens.lock", "tokens of accounts"
_PATIENCE = 60.0  # seconds; whoever has the lock asks a platform once, which takes no longer than its time limit


@dataclass(frozen=True, slots=True)
class KeptGrant:
    """One account's grant. `app` is the id of the app that asked, `asked` the scopes that it asked for.

    `renewal_begun_at` is when new tokens were asked for that never arrived here; `refused_at` when the platform said
    no to these.
    """

    grant: Grant
    app: str
    asked: tuple[str, ...]
    signed_in_at: datetime
    renewal_begun_at: datetime | None = None
    refused_at: datetime | None = None


_KEPT = TypeAdapter(dict[str, KeptGrant])


class Tokens:
    """The kept tokens of one school."""

    def __init__(self, places: Places, key: str) -> None:
        ensure_is_key(key)
        self._places = places
        self._sealer = Sealer(key, PURPOSE)

    def of(self, account: OfficialAccount) -> KeptGrant | None:
        """Return what is kept of an account; ConfigurationError where it cannot be read."""
        return self._read().get(_name(account))

    def keep(self, account: OfficialAccount, kept: KeptGrant) -> None:
        """Write what is kept of an account, durably; whoever calls this holds the lock."""
        whole = {**self._read(), _name(account): kept}
        text = self._sealer.seal_text(_KEPT.dump_json(whole))
        if not self._places.tokens.exists() and secret_block(self._block) is not None:
            keep_secret_block(self._block, text)
        else:
            _write(self._places.tokens, text)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nobody else renew or write tokens meanwhile; SourceUnavailable where somebody does for a minute."""
        with locked(self._places.folder, LOCK, patience=_PATIENCE) as handle:
            if handle is None:
                raise SourceUnavailable("Another program on this machine is busy with the accounts' tokens.")
            yield

    @property
    def _block(self) -> str:
        return f"audit-tokens-{self._places.school}"

    def _read(self) -> dict[str, KeptGrant]:
        path = self._places.tokens
        again = f"put it back from your copy, or sign in again: audit login x {self._places.school}"
        try:
            if path.exists() and is_shared(path):
                raise ConfigurationError(f"{path.name} may be read by others. Run: chmod 600 {path}")
            text = path.read_text(encoding="ascii") if path.exists() else secret_block(self._block)
            return {} if text is None else _KEPT.validate_json(self._sealer.open(text.encode()))
        except OSError as error:
            raise ConfigurationError(f"{path} cannot be read: {error.strerror}.") from error
        except (NotOpenedError, UnicodeError):
            raise ConfigurationError(f"The key does not open {path.name}, or it is damaged: {again}") from None
        except ValidationError:  # its text quotes the tokens
            raise ConfigurationError(f"{path.name} is of another program's form: {again}") from None


def _name(account: OfficialAccount) -> str:
    return f"{account.platform}:{account.account_id}"


def _write(path: Path, text: str) -> None:
    """Put a text in a file's place, whole and for good; ConfigurationError where that cannot be."""
    try:
        put_in_place(path, text.encode("ascii"))
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}.") from error


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
    tokens.keep(account, replace(kept, renewal_begun_at=kept.renewal_begun_at or context.now()))
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
