"""How a clause is tied to the sentence of the policy that it paraphrases: by the sentence's hash, never its words.

The policy's text stays with the school. Whoever has it can show, sentence by sentence, what a pack was made from.
"""

import hashlib
import re

_BULLET = re.compile(r"^(?:[-\u2013\u2022*]|\d{1,2}[.)]|\(?[ivx]{1,4}[.)])\s+")
_END = re.compile(r"(?<=[.?!])\s+(?=[\"'\u201c\u2018(]?[A-Z])")


def sentences(text: str) -> list[str]:
    """Return the policy's sentences in order: split at lines and sentence ends, bullets dropped, spaces folded."""
    lines = (_BULLET.sub("", fold(line)) for line in text.splitlines())
    return [sentence for line in lines for sentence in _END.split(line) if sentence]


def fold(sentence: str) -> str:
    """Return the sentence with every run of white space as one space, and stripped."""
    return " ".join(sentence.split())


def sha256_of(sentence: str) -> str:
    """Return the SHA-256 of the folded sentence, as 64 hexadecimal digits."""
    return hashlib.sha256(fold(sentence).encode()).hexdigest()
