"""Passwords of the desk: what one must be, and its hash by argon2id."""

import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from warehouse.casebook.people.desk_person import SignInError

SHORTEST, LONGEST = 12, 256
_PART = 3  # a shorter part of a name stands in many words

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
