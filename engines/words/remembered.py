"""Reads no text twice that was read before: what was said of it is known by a hash of all that it was judged by.

That is the text, its kind, the names and contact details that it is held against, the year in which ages are counted, a
school's own phrases, and the edition of this engine. Where any of them changes, the text is read again.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from platform import python_version

from engines.words.families import TextFamily
from engines.words.model import Sign

# Whose word lists and arithmetic speak in what is said of a text.
LIBRARIES = ("anyascii", "email-validator", "numpy", "phonenumbers", "symspellpy")
Reader = Callable[[Sequence[str]], Sequence[tuple[TextFamily, ...]]]


@dataclass(slots=True)
class ReadingMemory:
    """What earlier runs said of texts (`known`), and what was said of those that this run read (`read`), by hash.

    `key` is a secret of the school's, so that nobody who sees a hash can try texts against it.
    """

    key: str = field(repr=False)
    known: Mapping[str, str]
    read: dict[str, str] = field(default_factory=dict)

    def recall(
        self, texts: Sequence[str], judged_by: Sequence[Collection[str]], reader: Reader
    ) -> list[tuple[TextFamily, ...]]:
        """Return what is said of each text; `reader` is asked for those of which nothing is known yet."""
        prefix = hashlib.sha256(json.dumps([self.key, edition(), *map(sorted, judged_by)]).encode())
        hashes = [_hash(prefix, text) for text in texts]
        fresh = {sha256: text for sha256, text in zip(hashes, texts, strict=True) if sha256 not in self.known}
        said = dict(zip(fresh, reader(list(fresh.values())), strict=True)) if fresh else {}
        self.read |= {sha256: _written(families) for sha256, families in said.items()}
        self.read |= {sha256: self.known[sha256] for sha256 in hashes if sha256 in self.known}
        return [said[sha256] if sha256 in said else _families(self.known[sha256]) for sha256 in hashes]


_AT_HAND: ContextVar[ReadingMemory | None] = ContextVar("readings", default=None)


@contextmanager
def remembering(memory: ReadingMemory) -> Iterator[None]:
    """Let every text that is read inside be looked up in this memory first."""
    token = _AT_HAND.set(memory)
    try:
        yield
    finally:
        _AT_HAND.reset(token)


def memory_at_hand() -> ReadingMemory | None:
    """Return the memory in which texts are to be looked up; None where each is to be read."""
    return _AT_HAND.get()


@cache
def edition() -> str:
    """Return what tells this engine from every other: a hash over its code, its lists and the libraries it reads by."""
    libraries = [f"{name} {version(name)}" for name in LIBRARIES]
    digest = hashlib.sha256("\n".join([python_version(), *libraries]).encode())
    for package in ("engines.text", "engines.words"):
        for name, body in sorted(_files(resources.files(package), package)):
            digest.update(f"{name} {len(body)}\n".encode() + body)
    return digest.hexdigest()


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir():
            yield from () if entry.name == "__pycache__" else _files(entry, name)
        else:
            yield name, entry.read_bytes()


def _hash(prefix: "hashlib._Hash", text: str) -> str:
    made = prefix.copy()
    made.update(text.encode("utf-8", "surrogatepass"))
    return made.hexdigest()


def _written(families: Sequence[TextFamily]) -> str:
    rows = [
        (one.family, one.score, one.span, one.why, one.basis, one.is_listed, [_of_sign(sign) for sign in one.signs])
        for one in families
    ]
    return json.dumps(rows) if rows else ""


def _of_sign(sign: Sign) -> tuple[str, str, tuple[int, int], str]:
    return sign.kind, sign.what, sign.span, sign.why


def _families(written: str) -> tuple[TextFamily, ...]:
    if not written:
        return ()
    return tuple(
        TextFamily(
            family,
            score,
            (span[0], span[1]),
            why,
            basis,
            is_listed,
            tuple(Sign(kind, what, (begins, ends), says) for kind, what, (begins, ends), says in signs),
        )
        for family, score, span, why, basis, is_listed, signs in json.loads(written)
    )
