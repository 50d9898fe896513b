"""The desk's second factor: codes of six figures that change every half minute (TOTP), each good once.

The secret that a telephone shares with the desk is kept encrypted, by a key that is made of the school's.
"""

import re
from base64 import b32decode
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from warehouse.casebook.people.desk_person import SignInError
from warehouse.casebook.people.desk_secrets import is_same, new_factor
from warehouse.store.sealing import NotOpenedError, Sealer

_SECRET = re.compile(r"[A-Z2-7]{32}")
_FIGURES, _SECONDS = 6, 30
_NEAR = (-1, 0, 1)  # half minutes by which a telephone's clock may be wrong

NO_KEY = "The second factor cannot be read without the school's key. Start the desk where `audit run` works."
OTHER_KEY = "Your second factor was kept with another key of the school's. Ask for a new invitation."


def uri_of(sign_in_name: str, school: str, secret: str | None) -> str:
    """Return the address from which an authenticator learns a secret; a new one where none is given."""
    return _totp(secret or new_factor()).get_provisioning_uri(sign_in_name, f"audit {school}")


def secret_in(uri: str) -> str:
    """Return the secret that an authenticator learns from this address."""
    return parse_qs(urlsplit(uri).query)["secret"][0]


def step_of(secret: str, code: str, at: datetime, *, after: int | None) -> int | None:
    """Return the half minute whose code this is; None if it is no code of now, or of one that was used before."""
    totp, digits, now = _totp(secret), re.sub(r"\s", "", code), int(at.timestamp()) // _SECONDS
    steps = [now + near for near in _NEAR if is_same(totp.generate((now + near) * _SECONDS).decode(), digits)]
    return next((step for step in steps if after is None or step > after), None)


def _totp(secret: str) -> TOTP:
    """Return what makes the codes that every authenticator makes: six figures by SHA-1, new each half minute."""
    return TOTP(b32decode(secret), _FIGURES, SHA1(), _SECONDS)  # noqa: S303 - as RFC 6238 has it


def ensure_secret(secret: str) -> str:
    """Return a secret that came back from the page; SignInError if it is none that was made here."""
    if not _SECRET.fullmatch(secret):
        raise SignInError("That is no second factor of this desk's. Begin again.")
    return secret


def locked_away(secret: str, key: str | None) -> str:
    """Return a secret as it is kept; SignInError without the school's key."""
    return _sealer(key).seal_text(secret.encode())


def brought_out(kept: str, key: str | None) -> str:
    """Return the secret; SignInError without the key that it was kept with."""
    try:
        return _sealer(key).open(kept.encode()).decode()
    except NotOpenedError as error:
        raise SignInError(OTHER_KEY) from error


def required_key(key: str | None) -> str:
    """Return the school's key; SignInError without."""
    if not key:
        raise SignInError(NO_KEY)
    return key


def _sealer(key: str | None) -> Sealer:
    return Sealer(required_key(key), "the desk's second factor")
