"""Turns the phrases of a word list into one pattern that no text can make slow, and tells which texts none can fit.

A phrase is words one space apart. Between two words of a text may stand any white space, comma, dash or emoji, but no
end of a sentence. Besides plain words a phrase may hold:

    vot*            a word that begins so
    buy|order       either word
    really?         a word that may be left out
    ..              up to four words of any kind
    $               at its end: here the clause ends, so that nothing makes something else of it
    #               a number, also within a word: \u00a3#, #%
    ##              the sign of a tag itself
    <family>        any phrase of the list `family` in the same file
    {a b|<c>}       any of these phrases
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from importlib import resources
from typing import Any

Lists = Mapping[str, Sequence[str]]


class PhraseLists(dict[str, Sequence[str]]):
    """The phrase lists of one file, under which is kept what is worked out of a part that many of its phrases have."""

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)


# Each quantifier is bounded, and what parts two words can be no part of a word: the time stays in step with the text.
_BETWEEN = r"[^\w.!?\n\u00a3$]{1,4}"
_ANY_WORDS = r"(?:[\w'%&\u00a3$@#*-]{1,30}[^\w.!?\n]{1,4}){0,4}?"
_NUMBER = r"\d{1,6}(?:[.,]\d{1,3})?"
TOKEN = re.compile(r"\{[^}]*\}\??|\S+")
_AFTER_CLAUSE = "and|but|so|then|because|cos|when|while|until|till|lol|lmao|fr|tbh|omg|ngl|haha"
_CLAUSE_ENDS = rf"(?=[^\w.!?\n,;:]{{0,8}}(?:\Z|[.!?,;:\n]|(?:{_AFTER_CLAUSE})(?!\w)))"
_LETTERS_AFTER = r"[\w'-]{0,12}"
_MOST_PARTS = 4  # patterns of some of a rule's phrases; who looks at more texts than these serve makes the whole


@cache
def rule_table(name: str) -> Mapping[str, Any]:
    """Return the list of this name as it stands in its file."""
    text = resources.files(__package__).joinpath("lists", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class PhrasePattern:
    """The pattern of some phrases, made when it is first looked for: most rules' words stand in no text of a week."""

    def __init__(self, phrases: Iterable[str], lists: Lists) -> None:
        self._phrases, self._lists = tuple(phrases), lists
        self._parts: dict[tuple[int, ...], re.Pattern[str]] = {}

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return phrase_pattern(self._phrases, self._lists)

    @cached_property
    def _anchors(self) -> "PhraseAnchors":
        return PhraseAnchors(self._phrases, self._lists)

    def fitting(self, words: frozenset[str]) -> re.Pattern[str] | None:
        """Return a pattern that finds in a text of these words what the whole finds there; None where that is nothing.

        To make the whole takes up to a fifth of a second, for one phrase of a hundred that a text may have.
        """
        if not (numbers := self._anchors.fitting(words)):
            return None
        if numbers not in self._parts:
            if len(self._parts) >= _MOST_PARTS:
                return self.compiled
            self._parts[numbers] = phrase_pattern([self._phrases[number] for number in numbers], self._lists)
        return self._parts[numbers]


def phrase_pattern(phrases: Iterable[str], lists: Lists | None = None) -> re.Pattern[str]:
    """Return a pattern for any of the phrases as whole words; one of no phrases fits nowhere."""
    written = sorted({_written(phrase, lists or {}) for phrase in phrases})
    body = "|".join(written) if written else r"(?!)"
    return re.compile(rf"(?<![\w])(?:{body})(?!\w)")


def _written(phrase: str, lists: Lists) -> str:
    made = ""
    joint = ""
    for written in TOKEN.findall(phrase.lower()):
        if written == "..":
            made += joint + _ANY_WORDS
            joint = ""
            continue
        if written == "$":
            return made + _CLAUSE_ENDS
        is_optional = written.endswith("?")
        word = _word(written.removesuffix("?"), lists)
        optional = rf"(?:{joint}{word})?" if joint else rf"(?:{word}{_BETWEEN})?"
        made += optional if is_optional else joint + word
        joint = "" if is_optional and not joint else _BETWEEN
    return made


def _word(token: str, lists: Lists) -> str:
    if token.startswith("{"):
        return "(?:" + "|".join(_written(choice, lists) for choice in token[1:-1].split("|")) + ")"
    if token.startswith("<") and "|" not in token:
        return "(?:" + "|".join(_written(phrase, lists) for phrase in lists[token[1:-1]]) + ")"
    choices = "|".join(
        _word(choice, lists) if choice.startswith("<") else _choice(choice) for choice in token.split("|")
    )
    return f"(?:{choices})" if "|" in token else choices


def _choice(word: str) -> str:
    stem = re.escape(word.removesuffix("*")).replace("'", "'?").replace(r"\#\#", "[#]").replace(r"\#", _NUMBER)
    return stem + (_LETTERS_AFTER if word.endswith("*") else "")


_COMMON_COSTS = 100  # a common word says as little of a phrase as so many rare ones


class PhraseAnchors:
    """Which words a text must hold before any of some phrases can fit; a text is asked by `NormalisedText.words`.

    Of each phrase, the part with the fewest and rarest choices is looked up, and then one choice of every other part.
    """

    def __init__(self, phrases: Iterable[str], lists: Lists) -> None:
        known = lists if isinstance(lists, PhraseLists) else PhraseLists(lists)
        needs = [_needs(phrase, known) for phrase in phrases]
        self._always = tuple(number for number, parts in enumerate(needs) if not parts)
        by_word: defaultdict[str, set[tuple[int, tuple[frozenset[str], ...]]]] = defaultdict(set)
        for number, parts in enumerate(needs):
            for word in parts[0] if parts else ():
                by_word[word].add((number, tuple(parts[1:])))
        self._by_word = dict(by_word)
        self._words = frozenset(by_word)

    def may_fit(self, words: frozenset[str]) -> bool:
        """Say whether the words of a text leave it possible that one of the phrases fits it."""
        return bool(self.fitting(words))

    def fitting(self, words: frozenset[str]) -> tuple[int, ...]:
        """Return which of the phrases, by their numbers, the words of a text leave it possible to fit."""
        if not (held := self._words & words):
            return self._always
        found = {
            number
            for word in held
            for number, others in self._by_word[word]
            if all(not choices.isdisjoint(words) for choices in others)
        }
        return tuple(sorted(found.union(self._always)))


def _needs(phrase: str, lists: Lists) -> list[frozenset[str]]:
    """Return the choices of words for each part that a phrase cannot do without, the rarest first."""
    parts = [part for part in TOKEN.findall(phrase.lower()) if part not in ("..", "$") and not part.endswith("?")]
    return sorted(filter(None, (_anchors_of_part(part, lists) for part in parts)), key=_cost)


def _cost(words: frozenset[str]) -> int:
    return sum(_COMMON_COSTS if word in _common() else 1 for word in words)


def _anchors_of_phrases(phrases: Iterable[str], lists: Lists) -> frozenset[str] | None:
    """Return one part's choices for each of the phrases, or None where a phrase has no such part."""
    needs = [_needs(phrase, lists) for phrase in phrases]
    return None if not all(needs) else frozenset().union(*(parts[0] for parts in needs))


@cache
def _anchors_of_part(part: str, lists: Lists) -> frozenset[str] | None:
    if part.startswith("{"):
        return _anchors_of_phrases(part[1:-1].split("|"), lists)
    if part.startswith("<") and "|" not in part:
        return _anchors_of_phrases(lists[part[1:-1]], lists)
    anchors: set[str] = set()
    for word in part.split("|"):
        stems = [word] if word.startswith("<") else re.findall(r"\w+[*]?|[^\w\s\x00-\x7f]", word.replace("'", ""))
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
    return frozenset(rule_table("frame")["lists"]["common"])
