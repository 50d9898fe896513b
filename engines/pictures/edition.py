"""Which edition of this engine looked at a picture: another edition may see something else, and looks again.

A picture that is looked at again has to be fetched again. So what cannot change what is seen makes no other edition:
comments, the words of docstrings, and the files that judge what was seen long before. And an edition that was found to
judge as this one does is named in ALIKE, so that an upgrade which makes the engine quicker looks at no picture twice.
"""

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

# Editions whose every verdict this one would give too. Name one here only when the pictures of `bench.pictures.run`
# were judged by both, part for part the same; leave it out, and each picture is looked at once more.
ALIKE: frozenset[str] = frozenset()

_JUDGE_LATER = frozenset(
    {
        "scans.py",
        "edition.py",
        "duplicate_approvals.py",
        "features/duplicates.py",
        "verdicts/approvals.py",
        "verdicts/before_posting.py",
        "verdicts/channel_verdicts.py",
    }
)


@cache
def edition() -> str:
    """Return what tells this engine from every other: a hash over its own code, in whatever folder it is."""
    digest = hashlib.sha256()
    for name, file in sorted(own_files(), key=lambda named: named[0]):
        digest.update(name.encode() + what_it_does(file.read_text(encoding="utf-8"), name).encode())
    return digest.hexdigest()[:16]


def is_as_good(earlier: str) -> bool:
    """Say whether what an earlier edition said of a picture is what this one would say."""
    return earlier == edition() or earlier in ALIKE


def what_it_does(text: str, name: str) -> str:
    """Return the code of a file without its comments and docstrings; a table as it is."""
    if not name.endswith(".py"):
        return text
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    return ast.dump(tree)


def own_files(folder: Traversable | None = None, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    """Yield the code and the tables by which this engine looks at a picture, each with its path inside the engine."""
    for entry in (folder or resources.files("engines.pictures")).iterdir():
        name = prefix + entry.name
        if entry.is_dir():
            yield from own_files(entry, f"{name}/")
        elif entry.name.endswith((".py", ".toml")) and name not in _JUDGE_LATER:
            yield name, entry
