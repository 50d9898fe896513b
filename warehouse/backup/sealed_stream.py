"""A file of any length, encrypted and authenticated piece by piece with a key made of the school's.

AES-256-GCM of the package `cryptography`, in pieces of a mebibyte that are numbered, the last one marked (the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizar, 2015): a piece that was changed, moved or taken out, and an end
that was cut off, is found as it is read. Each file has a key of its own, made of the school's and of a random salt.
"""

from io import BytesIO
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from policies.errors import UserError

_MAGIC = b"school audit backup 1\n"
_SALT, _CHECK, _KEY = 32, 16, 32
_PIECE, _TAG = 1 << 20, 16


class BackupError(UserError):
    """A backup cannot be made, read or put back; the message is one sentence with what to do."""


class SealedWriter:
    """Encrypts what is written to it into a file; the end counts only once it was closed.

    `salt` is 32 random bytes, never used before.
    """

    def __init__(self, file: BinaryIO, key: str, salt: bytes) -> None:
        self._file = file
        cipher, check = _keys(key, salt)
        self._head = _MAGIC + salt + check
        self._cipher, self._number, self._waiting = cipher, 0, BytesIO()
        file.write(self._head)

    def write(self, data: bytes) -> int:
        """Take these bytes; return how many there were."""
        left = memoryview(data)
        while left:
            if self._waiting.tell() == _PIECE:
                self._seal(is_last=False)
            taken = left[: _PIECE - self._waiting.tell()]
            self._waiting.write(taken)
            left = left[len(taken) :]
        return len(data)

    def close(self) -> None:
        """Write the last piece, marked as the last."""
        self._seal(is_last=True)

    def _seal(self, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, self._waiting.getvalue(), self._head))
        self._number, self._waiting = self._number + 1, BytesIO()


class SealedReader:
    """Decrypts a file that a SealedWriter wrote; `name` is what the file is called in its errors.

    Raises BackupError for a file of another kind, a key that does not open it, and a file that was cut or changed.
    """

    def __init__(self, file: BinaryIO, key: str, name: str) -> None:
        self._file, self._name = file, name
        self._head = file.read(len(_MAGIC) + _SALT + _CHECK)
        if not self._head.startswith(_MAGIC) or len(self._head) < len(_MAGIC) + _SALT + _CHECK:
            raise BackupError(f"{name} is no backup that this program made. Choose another file.")
        self._cipher, check = _keys(key, self._head[len(_MAGIC) : -_CHECK])
        if check != self._head[-_CHECK:]:
            raise BackupError(
                f"The key does not open {name}. Put the key that the school had when it was made back, or set "
                "AUDIT_KEY; nothing was changed."
            )
        self._number, self._next, self._piece = 0, file.read(_PIECE + _TAG), BytesIO()
        self._is_over = False

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes, or all that are left; fewer only at the end."""
        parts: list[bytes] = []
        wanted = size
        while wanted:
            part = self._piece.read(wanted)
            if not part and not self._open_next():
                break
            parts.append(part)
            wanted = wanted - len(part) if size > 0 else wanted
        return b"".join(parts)

    def _open_next(self) -> bool:
        if self._is_over:
            return False
        sealed, self._next = self._next, self._file.read(_PIECE + _TAG)
        self._is_over = not self._next
        try:
            opened = self._cipher.decrypt(_nonce(self._number, is_last=self._is_over), sealed, self._head)
        except InvalidTag as error:
            raise BackupError(
                f"{self._name} was cut or changed since it was made, and nothing of it is used. Take another copy of "
                "it, or an earlier backup; nothing was changed."
            ) from error
        self._number, self._piece = self._number + 1, BytesIO(opened)
        return True


def _keys(key: str, salt: bytes) -> tuple[AESGCM, bytes]:
    """Return what encrypts, and 16 bytes by which the key is known again that say nothing of it."""
    derived = HKDF(SHA256(), _KEY + _CHECK, salt=salt, info=b"backup of a school").derive(key.encode())
    return AESGCM(derived[:_KEY]), derived[_KEY:]


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if is_last else b"\0")
