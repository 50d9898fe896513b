"""Writes out words whose letters are hidden behind stars."""

import re
from collections import defaultdict
from functools import cache

from engines.text.normalised import NormalisedText
from engines.words.rules.rule_lists import phrase_lists

_MASKED = re.compile(r"(?<![\w*])[a-z]{1,8}\*{1,8}[a-z]{0,8}(?![\w*])")
_FOUL = ("fuck", "fucking", "shit", "bastard", "bitch", "wanker", "prick", "cunt")


def unmask(normalised: NormalisedText) -> NormalisedText:
    """Return the text with each starred word written out, where it fits a word of our lists letter by letter."""
    if "*" not in normalised.text:
        return normalised
    return NormalisedText(_MASKED.sub(_written_out, normalised.text), normalised.origins)


def _written_out(match: re.Match[str]) -> str:
    masked = match[0]
    for word in _by_length()[len(masked)]:
        if all(a in ("*", b) for a, b in zip(masked, word, strict=True)):
            return word
    return masked


@cache
def _by_length() -> defaultdict[int, list[str]]:
    words: defaultdict[int, list[str]] = defaultdict(list)
    for word in (
        *_FOUL,
        *phrase_lists("insults")["foul"],
        *phrase_lists("slurs")["word"],
        *phrase_lists("slurs")["two_faced"],
    ):
        if " " not in word:
            words[len(word)].append(word)
    return words
