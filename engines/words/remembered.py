"""Reads no text twice that was read before: what was said of it is known by a hash of all that it was judged by.

That is the text, its kind, the names that it is held against, the year in which ages are counted, a school's own
phrases, and the edition of this engine; of a text that gives contact details, also which are the school's own. Where
any of them changes, the text is read again.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import astuple, dataclass, field
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from platform import python_version

from engines.words.model import Sign, TextFamily

# Whose word lists and arithmetic speak in what is said of a text.
LIBRARIES = ("anyascii", "numpy", "phonenumbers", "symspellpy")
# What is said of a text, and whether it would be another where other contact details were the school's own.
Reading = tuple[tuple[TextFamily, ...], bool]
Reader = Callable[[Sequence[str]], Sequence[Reading]]


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """What texts are judged by beside their words: what all of them are, and which contact details are the school's."""

    always: Sequence[Collection[str]]
    official: Collection[str]


@dataclass(slots=True)
class ReadingMemory:
    """What earlier runs said of texts (`known`), and what was said of those that this run read (`read`), by hash.

    `key` is a secret of the school's, so that nobody who sees a hash can try texts against it.
    """

    key: str = field(repr=False)
    known: Mapping[str, str]
    read: dict[str, str] = field(default_factory=dict)

    def recall(self, texts: Sequence[str], judged_by: JudgedBy, reader: Reader) -> list[tuple[TextFamily, ...]]:
        """Return what is said of each text; `reader` is asked for those of which nothing is known yet."""
        of_any, of_own = self._prefix(judged_by.always, None), self._prefix(judged_by.always, judged_by.official)
        hashes = {text: self._known_by(_hash(of_any, text)) or self._known_by(_hash(of_own, text)) for text in texts}
        known = {text: sha256 for text, sha256 in hashes.items() if sha256}
        fresh = [text for text in hashes if text not in known]
        said: dict[str, tuple[TextFamily, ...]] = {}
        for text, (families, heeds_official) in zip(fresh, reader(fresh) if fresh else (), strict=True):
            self.read[_hash(of_own if heeds_official else of_any, text)] = _written(families)
            said[text] = families
        return [said[text] if text in said else _families(self.read[known[text]]) for text in texts]

    def _prefix(self, always: Sequence[Collection[str]], official: Collection[str] | None) -> "hashlib._Hash":
        own = None if official is None else sorted(official)
        return hashlib.sha256(json.dumps([self.key, edition(), *map(sorted, always), own]).encode())

    def _known_by(self, sha256: str) -> str | None:
        """Return the hash where something is known by it, which is then of this run too; None otherwise."""
        if sha256 in self.read:
            return sha256
        if sha256 not in self.known:
            return None
        self.read[sha256] = self.known[sha256]
        return sha256


_WORKSPACE: ContextVar[ReadingMemory | None] = ContextVar("readings", default=None)


@contextmanager
def remembering(memory: ReadingMemory) -> Iterator[None]:
    """Let every text that is read inside be looked up in this memory first."""
    token = _WORKSPACE.set(memory)
    try:
        yield
    finally:
        _WORKSPACE.reset(token)


def memory_at_hand() -> ReadingMemory | None:
    """Return the memory in which texts are to be looked up; None where each is to be read."""
    return _WORKSPACE.get()


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
    return json.dumps([astuple(family) for family in families]) if families else ""


def _families(written: str) -> tuple[TextFamily, ...]:
    return tuple(
        TextFamily(
            family,
            score,
            (span[0], span[1]),
            why,
            basis,
            is_listed,
            tuple(Sign(kind, what, (begins, ends), says, sure) for kind, what, (begins, ends), says, sure in signs),
        )
        for family, score, span, why, basis, is_listed, signs in json.loads(written or "[]")
    )
