"""Turns what a school writes under consent into given, withdrawn or nothing.

The lists in consents.toml are closed: an unknown word, or a consent for some uses only, must never pass as consent.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources

from connectors.registers.cells import UnreadableCellError, trimmed

WITHDRAWN = "withdrawn"
UNKNOWN = "The consent is not understood and is read as a refusal; write given or withdrawn."

_BETWEEN = re.compile(r"[\s_\u2010-\u2015-]+")
_WORDS = tomllib.loads(resources.files("connectors.registers").joinpath("consents.toml").read_text(encoding="utf-8"))
_MEANT = {word: meant for meant in ("given", WITHDRAWN) for word in _WORDS[meant]}
_SAYS_NOTHING = frozenset(_WORDS["says_nothing"])


def consent(raw: str) -> str | None:
    """Return given or withdrawn, None for a cell that says nothing; unreadable when it holds anything else."""
    text = _folded(raw)
    if text in _SAYS_NOTHING:
        return None
    if text not in _MEANT:
        raise UnreadableCellError(UNKNOWN)
    return str(_MEANT[text])


def listed() -> Mapping[str, Sequence[str]]:
    """Return the words that are understood, by what they mean: given, withdrawn, says_nothing."""
    return _WORDS


def _folded(raw: str) -> str:
    return _BETWEEN.sub(" ", trimmed(raw).casefold().replace(".", "")).strip()
