"""Reads texts by rule lists and a learned score: pure functions from a text to what it seems to say.

`read_texts` reads for every family at once. Each family of rules also has a function of its own; what the rules seek
stands in `rules/lists/*.toml`, and what the score learned in `learned/`.
"""

from engines.text.normalised import Span
from engines.words.age import age_stated
from engines.words.model import Sign, TextFamily, TextKind
from engines.words.reading import FAMILIES, get_ready, read_texts
from engines.words.remembered import ReadingMemory, memory_at_hand, remembering

__all__ = [
    "FAMILIES",
    "ReadingMemory",
    "Sign",
    "Span",
    "TextFamily",
    "TextKind",
    "age_stated",
    "get_ready",
    "memory_at_hand",
    "read_texts",
    "remembering",
]
