"""What somebody signs in with: a password, hashed by argon2id, and codes of six figures (TOTP), each good once.

The secret that a telephone shares with the desk is kept encrypted, by a key that is made of the school's.
"""

import re
import unicodedata
from base64 import b32decode
from datetime import datetime
from threading import BoundedSemaphore
from urllib.parse import parse_qs, urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import Connection

from warehouse.casebook.chain import enter, newest_of
from warehouse.casebook.people.desk_person import SignInError
from warehouse.casebook.people.desk_secrets import is_same, new_factor
from warehouse.casebook.verify import is_entered
from warehouse.store.sealing import NotOpenedError, Sealer, name_of_key

SHORTEST, LONGEST = 12, 256
_PART = 3  # a shorter part of a name stands in many words

_SCHOOL_KEY = "school key"  # the kind of the record's entries that say which key of the school's counts

_HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(2)  # each takes 64 MiB while it works
# Of a password that nobody knows, so that an unknown name takes as long as a known one.
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$nwmjYW7QAk8Z0fO8HG7XhA$2yhm/Qllut5OQQAvScrat5fDkhHrrK0YKT5adSxD6/s"


def hash_of(password: str, sign_in_name: str) -> str:
    """Return the hash of a new password; SignInError if it is too short, too long, or holds the sign-in name."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise SignInError(f"A password has at least {SHORTEST} characters; three or four words will do.")
    if len(plain) > LONGEST:
        raise SignInError(f"A password has at most {LONGEST} characters.")
    parts = (sign_in_name, sign_in_name.partition("@")[0])
    if any(len(part) >= _PART and part in plain.casefold() for part in parts):
        raise SignInError("A password may not hold the sign-in name. Choose another.")
    with _AT_ONCE:
        return _HASHER.hash(plain)


def is_right(password_hash: str | None, password: str) -> bool:
    """Say whether a password is the one of this hash; without a hash it takes as long, and is not."""
    plain = _plain(password[: LONGEST + 1])
    try:
        with _AT_ONCE:
            return _HASHER.verify(password_hash or _NOBODYS, plain) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def hash_again(password_hash: str, password: str) -> str:
    """Return the hash of a right password; a new one where the library has come to hash more thoroughly."""
    if not _HASHER.check_needs_rehash(password_hash):
        return password_hash
    with _AT_ONCE:
        return _HASHER.hash(_plain(password))


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKC", password)  # two keyboards may write one letter in two ways


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


def enter_key(connection: Connection, school: str, key: str) -> None:
    """Enter by name which key of the school's counts from here on."""
    enter(connection, school, "changed", _SCHOOL_KEY, said=name_of_key(key).encode())


def ensure_newest_key(connection: Connection, school: str, key: str | None) -> None:
    """Raise SignInError where the school's key is another by now: what it keeps, nobody could read again."""
    said = name_of_key(required_key(key)).encode()
    if (entry := newest_of(connection, school, _SCHOOL_KEY)) is not None and not is_entered(entry, said):
        raise SignInError(
            "The school's key was changed since this desk was begun, so no second factor can be kept. Have the desk "
            "begun anew, then set it."
        )
