"""Everything that is encrypted as a file or a text of its own: in one form, that of age (age-encryption.org).

From a school's key each purpose gets an age identity of its own, so that nothing that was sealed for one purpose opens
for another. With the text of an identity a person opens a file without this program: `age --decrypt --identity FILE`.
"""

import hmac
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import reduce
from io import BytesIO
from typing import BinaryIO

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyrage import DecryptError, EncryptError, decrypt_io, encrypt, encrypt_io
from pyrage.x25519 import Identity


class NotOpenedError(ValueError):
    """Something sealed was not opened: it is of another form, or was cut short in its first lines."""


class OtherKeyError(NotOpenedError):
    """It was sealed with another key, or for another purpose."""


class ChangedError(NotOpenedError):
    """It was cut or changed since it was sealed."""


def key_for(key: str, purpose: str) -> bytes:
    """Return the 32 bytes that a key stands for where they are for this purpose."""
    return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(key.encode())


def keyed_hash_of(key: str, text: str) -> str:
    """Return a hash, in hexadecimal: whoever has the key knows a text again by it, and nobody finds the text."""
    return hmac.digest(key.encode(), text.encode(), "sha256").hex()


def name_of_key(key: str) -> str:
    """Return by what a school's or a home's key is called, 16 hexadecimal digits: nothing of the key is in it."""
    return keyed_hash_of(key, "name of the school's key")[:16]


def identity_text(key: str, purpose: str) -> str:
    """Return the age identity that a school's key stands for where something is sealed for this purpose."""
    return _bech32("age-secret-key-", key_for(key, purpose)).upper()


class Sealer:
    """Seals and opens what is kept for one purpose, by the key of a school."""

    def __init__(self, key: str, purpose: str) -> None:
        self._identity = Identity.from_str(identity_text(key, purpose))

    def seal(self, body: bytes) -> bytes:
        """Return what only this key opens; the same body never comes to the same bytes twice."""
        return bytes(encrypt(body, [self._identity.to_public()]))

    def seal_text(self, text: bytes) -> str:
        """Return what only this key opens, in letters."""
        return str(encrypt(text, [self._identity.to_public()], armored=True), "ascii")

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed, as bytes or in letters; NotOpenedError if this key did not, or it was changed."""
        plain = BytesIO()
        self._decrypt(BytesIO(sealed), plain)
        return plain.getvalue()

    @contextmanager
    def writing(self, file: BinaryIO) -> Iterator[BinaryIO]:
        """Lend a file into which to write what is sealed into `file`; that is whole once the `with` has ended."""
        source, sink = os.pipe()
        with ThreadPoolExecutor(1) as beside:
            sealed = beside.submit(self._encrypt, source, file)
            try:
                with open(sink, "wb") as plain:  # noqa: PTH123 - a pipe has no path
                    yield plain
            except BrokenPipeError:  # nobody reads it any more: `sealed` knows why
                sealed.result()
                raise
            sealed.result()

    @contextmanager
    def reading(self, file: BinaryIO) -> Iterator[BinaryIO]:
        """Lend a file from which to read what is sealed in `file`; all of it counts only once it was read to its end.

        NotOpenedError as for `open`, in the place of whatever a reader makes of what is cut short.
        """
        source, sink = os.pipe()
        with ThreadPoolExecutor(1) as beside:
            opened = beside.submit(self._decrypt_into, file, sink)
            try:
                with open(source, "rb") as plain:  # noqa: PTH123 - a pipe has no path
                    yield plain
            except Exception:
                if isinstance(error := opened.exception(), NotOpenedError):
                    raise error from None
                raise
            opened.result()

    def _encrypt(self, source: int, file: BinaryIO) -> None:
        target = _Target(file)
        with open(source, "rb") as plain:
            try:
                encrypt_io(plain, target, [self._identity.to_public()])
            except EncryptError as error:
                raise target.error or error from error

    def _decrypt_into(self, file: BinaryIO, sink: int) -> None:
        with open(sink, "wb") as plain:
            self._decrypt(file, plain)

    def _decrypt(self, file: BinaryIO, plain: BinaryIO) -> None:
        try:
            decrypt_io(file, plain, [self._identity])
        except (DecryptError, OSError) as error:
            raise _meaning(error) from error


class _Target:
    """A file to write to that keeps the error of the system, which pyrage tells in words alone."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self._file.flush()


def _meaning(error: Exception) -> Exception:
    """Return what an error of age's means; one of the system itself stays what it is."""
    if isinstance(error, OSError):
        return ChangedError(str(error)) if error.errno is None else error
    kinds = {"No matching keys found": OtherKeyError, "Header MAC is invalid": ChangedError}
    return kinds.get(str(error), NotOpenedError)(str(error))


def _bech32(prefix: str, data: bytes) -> str:
    """Return bytes in letters with a checksum, as BIP 173 has it: the form of age's identities."""
    number, bits = int.from_bytes(data, "big"), len(data) * 8
    padded = number << (-bits % 5)
    values = [(padded >> shift) & 31 for shift in range((bits - 1) // 5 * 5, -1, -5)]
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    checksum = reduce(_polymod, [*spread, *values, *[0] * 6], 1) ^ 1
    values += [(checksum >> shift) & 31 for shift in range(25, -1, -5)]
    return f"{prefix}1{''.join('qpzry9x8gf2tvdw0s3jn54khce6mua7l'[value] for value in values)}"


def _polymod(checksum: int, value: int) -> int:
    top, checksum = checksum >> 25, (checksum & 0x1FFFFFF) << 5 ^ value
    for bit, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
        checksum ^= term if top >> bit & 1 else 0
    return checksum
