"""Secrets that are given out once, such as an invitation's token, and kept as a hash only.

They are drawn here and not passed in, so that nobody can choose them.
"""

import hashlib
import hmac
import secrets
from base64 import b32encode


def new_secret() -> str:
    """Return 256 bits of chance, as 43 characters that may stand in an address."""
    return secrets.token_urlsafe(32)


def new_factor() -> str:
    """Return 160 bits of chance, as 32 characters that an authenticator reads."""
    return b32encode(secrets.token_bytes(20)).decode()


def sha256_of(secret: str) -> str:
    """Return the hash under which a secret is kept, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def derived(secret: str, purpose: str) -> str:
    """Return what can be had from this secret alone, and from which it cannot be had back."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Compare two secrets in a time that says nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
