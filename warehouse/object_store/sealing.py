"""Encrypts each object before it leaves this machine: AES-256-GCM, by a key that is derived from the school's.

The object's name is authenticated with it, so that no object opens in the place of another. The bucket's owner sees
how many objects a school has and how large they are, and nothing else.
"""

from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from warehouse.object_store.errors import NotOursError

_FORM = b"audit-1\n"
_NONCE = 12


class Sealer:
    """Seals and opens the objects of one school. `draw` returns so many random bytes."""

    def __init__(self, key: str, school: str, draw: Callable[[int], bytes]) -> None:
        derived = HKDF(SHA256(), 32, salt=None, info=f"audit: objects of {school}".encode())
        self._cipher = AESGCM(derived.derive(key.encode()))
        self._draw = draw

    def seal(self, name: str, body: bytes) -> bytes:
        """Return the object to put under this name; the same body never makes the same object twice."""
        nonce = self._draw(_NONCE)
        return _FORM + nonce + self._cipher.encrypt(nonce, body, _FORM + name.encode())

    def open(self, name: str, sealed: bytes) -> bytes:
        """Return what was sealed under this name; NotOursError if this key did not seal it, or it was changed."""
        begin = len(_FORM) + _NONCE
        try:
            return self._cipher.decrypt(sealed[len(_FORM) : begin], sealed[begin:], _FORM + name.encode())
        except (InvalidTag, ValueError) as error:
            raise NotOursError(
                f"The key does not open {name} in the object store, or that was changed there. Check AUDIT_KEY or the "
                "key file; nothing was changed."
            ) from error
