"""The desk's second factor: codes of six figures that change every half minute (TOTP), each good once.

The secret that a telephone shares with the desk is kept encrypted, by a key that is made of the school's.
"""

import re
from datetime import datetime

from pyotp import TOTP, parse_uri, random_base32

from warehouse.casebook.desk_person import SignInError
from warehouse.casebook.desk_secrets import is_same
from warehouse.sealing import NotOpenedError, Sealer

_SECRET = re.compile(r"[A-Z2-7]{32}")
_NEAR = (-1, 0, 1)  # half minutes by which a telephone's clock may be wrong

NO_KEY = "The second factor cannot be read without the school's key. Start the desk where `audit run` works."
OTHER_KEY = "Your second factor was kept with another key of the school's. Ask for a new invitation."


def uri_of(sign_in_name: str, school: str, secret: str | None) -> str:
    """Return the address from which an authenticator learns a secret; a new one where none is given."""
    return TOTP(secret or random_base32()).provisioning_uri(name=sign_in_name, issuer_name=f"audit {school}")


def secret_in(uri: str) -> str:
    """Return the secret that an authenticator learns from this address."""
    return str(parse_uri(uri).secret)


def step_of(secret: str, code: str, at: datetime, *, after: int | None) -> int | None:
    """Return the half minute whose code this is; None if it is no code of now, or of one that was used before."""
    totp = TOTP(secret)
    now, digits = totp.timecode(at), re.sub(r"\s", "", code)
    steps = [now + near for near in _NEAR if is_same(totp.generate_otp(now + near), digits)]
    return next((step for step in steps if after is None or step > after), None)


def must_be_secret(secret: str) -> str:
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


def must_have(key: str | None) -> str:
    """Return the school's key; SignInError without."""
    if not key:
        raise SignInError(NO_KEY)
    return key


def _sealer(key: str | None) -> Sealer:
    return Sealer(must_have(key), "the desk's second factor")
