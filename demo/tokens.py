"""Page tokens that look like the platforms' own: opaque, not to be guessed, good for one list only.

They hold after a restart, as the platforms' do, because a pull that crashed goes on from its last token.
"""

import base64
import binascii
import hashlib
import hmac

_KEY = b"an invented platform keeps no secrets"
_TAG_BYTES = 10
_PLACE_BYTES = 4


def seal(listing: str, offset: int) -> str:
    """Return the token for the page of this list that begins at `offset`."""
    plain = offset.to_bytes(_PLACE_BYTES, "big")
    tag = _digest(listing.encode() + plain)[:_TAG_BYTES]
    return base64.b32encode(tag + _mask(tag, plain)).decode().rstrip("=").lower()


def unseal(listing: str, token: str) -> int | None:
    """Return the offset that this token of this list stands for, or None if it is no such token."""
    try:
        sealed = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except (binascii.Error, ValueError):
        return None
    tag, hidden = sealed[:_TAG_BYTES], sealed[_TAG_BYTES:]
    offset = int.from_bytes(_mask(tag, hidden), "big")
    return offset if hmac.compare_digest(seal(listing, offset), token) else None


def _mask(tag: bytes, plain: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(plain, _digest(b"mask" + tag), strict=False))


def _digest(text: bytes) -> bytes:
    return hmac.new(_KEY, text, hashlib.sha256).digest()
