"""Which words a text must hold before some phrases can fit: looking these up is quicker than trying the phrases."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib import resources

from engines.words.rules.phrase_patterns import TOKEN, Lists

_COMMON_COSTS = 100  # a common word says as little of a phrase as so many rare ones


class PhraseAnchors:
    """Which words a text must hold before any of some phrases can fit; a text is asked by `NormalisedText.words`.

    Of each phrase, the part with the fewest and rarest choices is looked up, and then one choice of every other part.
    """

    def __init__(self, phrases: Iterable[str], lists: Lists) -> None:
        needs = [_needs(phrase, lists) for phrase in phrases]
        self._fits_any = any(not parts for parts in needs)
        by_word: defaultdict[str, set[tuple[frozenset[str], ...]]] = defaultdict(set)
        for rarest, *others in filter(None, needs):
            for word in rarest:
                by_word[word].add(tuple(others))
        self._by_word = dict(by_word)
        self._words = frozenset(by_word)

    def may_fit(self, words: frozenset[str]) -> bool:
        """Say whether the words of a text leave it possible that one of the phrases fits it."""
        if self._fits_any:
            return True
        if self._words.isdisjoint(words):
            return False
        return any(
            all(not choices.isdisjoint(words) for choices in others)
            for word in self._words & words
            for others in self._by_word[word]
        )


def _needs(phrase: str, lists: Lists) -> list[frozenset[str]]:
    """Return the choices of words for each part that a phrase cannot do without, the rarest first."""
    parts = [part for part in TOKEN.findall(phrase.lower()) if part != ".." and not part.endswith("?")]
    return sorted(filter(None, (_anchors_of_part(part, lists) for part in parts)), key=_cost)


def _cost(words: frozenset[str]) -> int:
    return sum(_COMMON_COSTS if word in _common() else 1 for word in words)


def _anchors_of_phrases(phrases: Iterable[str], lists: Lists) -> frozenset[str] | None:
    """Return one part's choices for each of the phrases, or None where a phrase has no such part."""
    needs = [_needs(phrase, lists) for phrase in phrases]
    return None if not all(needs) else frozenset().union(*(parts[0] for parts in needs))


def _anchors_of_part(part: str, lists: Lists) -> frozenset[str] | None:
    if part.startswith("{"):
        return _anchors_of_phrases(part[1:-1].split("|"), lists)
    if part.startswith("<") and "|" not in part:
        return _anchors_of_phrases(lists[part[1:-1]], lists)
    anchors: set[str] = set()
    for word in part.split("|"):
        stems = [word] if word.startswith("<") else re.findall(r"\w+[*]?", word.replace("'", ""))
        if not stems or "#" in word or stems == ["*"]:
            return None
        listed = (
            _anchors_of_phrases(lists[word[1:-1]], lists) if word.startswith("<") else frozenset((max(stems, key=len),))
        )
        if listed is None:
            return None
        anchors |= listed
    return frozenset(anchors)


@cache
def _common() -> frozenset[str]:
    text = resources.files(__package__).joinpath("lists", "frame.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["lists"]["common"])
