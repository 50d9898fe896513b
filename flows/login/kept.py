"""Where the tokens of a school's accounts are kept: `tokens.encrypted` in its folder, or a Prefect Secret block.

What is written is there after a power cut as it was before or as it was meant, and never in part: X's refresh token is
good for one use, so that what is lost of it is lost for good.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from connectors.consent import Grant
from connectors.errors import SourceUnavailable
from flows.home.keys import keep_secret_block, secret_block
from flows.home.settings import ConfigurationError
from policies.school import OfficialAccount
from warehouse.runs.run_progress import locked
from warehouse.store.open import ensure_is_key
from warehouse.store.places import Places, is_shared
from warehouse.store.sealing import NotOpenedError, Sealer

LOCK = "tokens.lock"
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
        self._sealer = Sealer(key, "tokens of accounts")

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


def begun(kept: KeptGrant, at: datetime) -> KeptGrant:
    """Return the same with a note that new tokens are asked for; an earlier note stands."""
    return replace(kept, renewal_begun_at=kept.renewal_begun_at or at)


def _name(account: OfficialAccount) -> str:
    return f"{account.platform}:{account.account_id}"


def _write(path: Path, text: str) -> None:
    """Write a file beside its place, have the disk take it, and move it in; ConfigurationError where that cannot be."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        place = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(place, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            part.unlink()
