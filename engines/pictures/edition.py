"""Which edition of this engine looked at a picture: another edition may see something else, and looks again."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable


@cache
def edition() -> str:
    """Return what tells this engine from every other: a hash over its own files, in whatever folder they are."""
    digest = hashlib.sha256()
    for name, file in sorted(own_files(), key=lambda named: named[0]):
        digest.update(name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def own_files(folder: Traversable | None = None, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    """Yield the code and the tables of this engine, each with its path inside the engine."""
    for entry in (folder or resources.files("engines.pictures")).iterdir():
        if entry.is_dir():
            yield from own_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".toml")):
            yield prefix + entry.name, entry
