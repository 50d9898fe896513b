"""Puts aside what is spelt like a slur and is none: names of people, titles of works, terms of science and trades."""

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

from engines.text.normalised import Span, normalise
from engines.words.learned.lexicon import lexicon, plain_words
from engines.words.rules.phrase_patterns import PhraseAnchors, phrase_pattern
from engines.words.rules.rule_lists import phrase_lists

_STAND_IN = "Nemo"  # a name that is on no list; as long as what it stands for, so that every place stays where it is
_CAPITAL = re.compile(r"(?<![\w@#])[A-Z][a-z\u00c0-\u017f]{2,20}(?![\w@])")
_TITLE_BEFORE = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Coach|Van|van|De|de)\.?|[A-Z]\.) ?\Z")
_NAME_AFTER = re.compile(r" (?P<name>[A-Z][a-z\u00c0-\u017f]+)")
_NAME_BEFORE = re.compile(r"(?:\A|(?<= ))(?P<name>[A-Z][a-z\u00c0-\u017f]+) \Z")
_REACH = 24
_WORK = re.compile(
    r"\b(?:plays?|films?|songs?|novels?|musicals?|productions?|operas?|albums?|ballads?|poems?|drama|panto|tickets|theatre|books?)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def spared(text: str, names: frozenset[str] = frozenset()) -> str:
    """Return the text with such words replaced, letter for letter; `names` are those of pupils and staff."""
    for start, end in [*_names(text, names), *_terms(text)]:
        text = text[:start] + (_STAND_IN * (end - start))[: end - start] + text[end:]
    return text


def _names(text: str, names: frozenset[str]) -> Iterator[Span]:
    """Yield the words with a capital that are a listed name, or stand as a name or within a title does."""
    for match in _CAPITAL.finditer(text):
        word = _plain(match[0])
        if word in _slurs() and (word in _parts(names) or _stands_as_name(text, match)):
            yield match.span()


def _stands_as_name(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _REACH) : match.start()]
    beside = (_NAME_AFTER.match(text, match.end()), _NAME_BEFORE.search(before))
    is_beside_name = any(found and _may_be_name(found["name"].lower()) for found in beside)
    if is_beside_name and _WORK.search(text):
        return True
    if _plain(match[0]) not in phrase_lists("slurs")["also_name"]:
        return False
    return is_beside_name or bool(_TITLE_BEFORE.search(before))


def _may_be_name(word: str) -> bool:
    return word not in lexicon() and word not in plain_words() and word not in phrase_lists("groups")["people"]


def _plain(word: str) -> str:
    return word.lower() if word.isascii() else normalise(word).text


def _terms(text: str) -> Iterator[Span]:
    senses, anchors = _senses()
    for match in senses.finditer(text) if anchors.may_fit(normalise(text).words) else ():
        yield from (
            (match.start() + word.start(), match.start() + word.end())
            for word in re.finditer(r"\w+", match[0])
            if word[0].lower() in _slurs() or word[0].lower() in phrase_lists("slurs")["also_term"]
        )


@lru_cache(maxsize=8)
def _parts(names: Collection[str]) -> frozenset[str]:
    return frozenset(part.lower() for name in names for part in re.split(r"[\s-]+", name) if len(part) > 2)


@cache
def _slurs() -> frozenset[str]:
    lists = phrase_lists("slurs")
    return frozenset((*lists["word"], *lists["two_faced"], *lists["also_name"]))


@cache
def _senses() -> tuple[re.Pattern[str], PhraseAnchors]:
    lists = phrase_lists("slurs")
    pattern = phrase_pattern(lists["sense"], lists).pattern
    return re.compile(pattern, re.IGNORECASE), PhraseAnchors(lists["sense"], lists)
