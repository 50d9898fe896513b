"""The key of the chain of all that people do: apart from the data, so that who may write those cannot write history.

Beside the key lies the newest head of each school's chain: a casebook that lacks it is older, or was cut. Keys that
were used before lie in the same file and verify what was kept with them; nothing goes on with them.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from warehouse.casebook.alone import folder_locked
from warehouse.casebook.errors import CasebookError
from warehouse.store.private_files import put_in_place, write_new_file
from warehouse.store.sealing import key_for, keyed_hash_of

_UNREADABLE = (
    "{name}, which keeps the newest heads of the record beside its key, cannot be read, so that nobody can tell "
    "whether the record was cut. Put it back from your copy; or take it away, and the heads that were printed must do."
)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a chain: how many there are, and its MAC in 64 hexadecimal digits."""

    entries: int
    mac: str

    def __str__(self) -> str:
        """Return it as it is printed: 16 digits in groups of four."""
        return " ".join(self.mac[place : place + 4] for place in range(0, 16, 4))


class ChainKey:
    """Makes the MACs of entries and signs reports; `heads` is the file of heads, None where none is kept.

    `before` are the keys that were used before it, `coming` the one that takes its place while it is changed.
    """

    def __init__(self, text: str, heads: Path | None, *, before: Sequence[str] = (), coming: str | None = None) -> None:
        self._mac_key = key_for(text, "chain of the casebook")
        self._signer = Ed25519PrivateKey.from_private_bytes(key_for(text, "signature of reports"))
        self._heads = heads
        self.key_id = keyed_hash_of(text, "name of the chain's key")[:16]
        self.coming = None if coming is None else ChainKey(coming, heads)
        self._others = [*([self.coming] if self.coming else []), *(ChainKey(each, heads) for each in before)]

    @property
    def publics(self) -> frozenset[str]:
        """The public keys by which what it or another of them signed is checked."""
        return frozenset(key.public for key in (self, *self._others))

    def known(self, key_id: str | None) -> "ChainKey | None":
        """Return the key of this id: it, the one that is coming or one from before; None for any other."""
        return next((key for key in (self, *self._others) if key.key_id == key_id), None)

    def after(self, key_id: str | None) -> "ChainKey":
        """Return the key with which a chain goes on whose newest entry is kept with this one."""
        return self.coming if self.coming is not None and key_id == self.coming.key_id else self

    def mac(self, said: bytes) -> str:
        """Return the MAC of what an entry says, in hexadecimal."""
        return hmac.digest(self._mac_key, said, hashlib.sha256).hex()

    def sign(self, said: bytes) -> str:
        """Return the Ed25519 signature of it, in hexadecimal."""
        return self._signer.sign(said).hex()

    @property
    def public(self) -> str:
        """The key by which anybody may check a signature, in hexadecimal."""
        return self._signer.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def kept_head(self, school: str) -> Head | None:
        """Return the newest head of a school's chain that is kept beside the key; None where none is.

        CasebookError where the file of heads cannot be read.
        """
        return self._kept().get(school)

    def keep_head(self, school: str, head: Head, *, after: Head | None) -> None:
        """Keep a head beside the key in the place of `after`, which its chain has; None for whatever is kept there.

        Where another is kept meanwhile, or the file cannot be read or written, it stays: `audit verify` says so.
        """
        if self._heads is None:
            return
        beside = self._heads.with_name(f".{self._heads.name}.part")
        with suppress(OSError, CasebookError), folder_locked(self._heads.parent):
            kept = self._kept()
            if after is None or kept.get(school, after) == after:
                said = {name: asdict(each) for name, each in {**kept, school: head}.items()}
                beside.unlink(missing_ok=True)
                write_new_file(beside, json.dumps(said).encode())
                beside.replace(self._heads)

    def drop_head(self, school: str) -> None:
        """Forget the head of a school that is closed; OSError where it cannot be written."""
        if school in self._kept() and self._heads is not None:
            with folder_locked(self._heads.parent):
                said = {name: asdict(each) for name, each in self._kept().items() if name != school}
                put_in_place(self._heads, json.dumps(said).encode())

    def _kept(self) -> Mapping[str, Head]:
        if self._heads is None or not self._heads.exists():
            return {}
        try:
            kept = json.loads(self._heads.read_text(encoding="utf-8"))
            return {school: Head(int(head["entries"]), str(head["mac"])) for school, head in kept.items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise CasebookError(_UNREADABLE.format(name=self._heads.name)) from error


def digest_of(salt: str | None, said: bytes | None) -> str:
    """Return the digest of what is said, with its salt; empty where there is nothing."""
    return "" if said is None else hashlib.sha256((salt or "").encode() + said).hexdigest()


def mac_of(before: str, row: Mapping[str, Any], key: ChainKey | None) -> str:
    """Return the MAC of an entry and of the one before; a plain hash without a key."""
    parts = [before, *(row[name] for name in ("step", "kind", "subject", "key_id", "digest"))]
    said = json.dumps(parts).encode()
    return hashlib.sha256(said).hexdigest() if key is None else key.mac(said)


def is_signed(said: bytes, signature: str, public: str) -> bool:
    """Say whether this is the signature of whoever has the private half of a public key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), said)
    except (InvalidSignature, ValueError):
        return False
    return True
