"""Where a text speaks of a group that the law protects, by name or, after that, by a pronoun."""

import re
from collections.abc import Iterator
from functools import cache

from engines.text.normalised import NormalisedText, Span
from engines.words.rules.anchors import PhraseAnchors
from engines.words.rules.phrase_patterns import phrase_pattern
from engines.words.rules.rule_lists import phrase_lists

GROUP = "qgroupq"
_PRONOUN = re.compile(
    r"(?<!\w)(?:they|them|'em|em"
    r"|(?:these|those|such|all those|them) (?:people|ppl|kind|folk|types|lot|ones|creatures|things)"
    r"|(?:that|this|the whole|the) lot|the lot of (?:them|em)|(?:their|that|this|your) (?:kind|sort|type|lot)"
    r"|each one|all of them|every one of them)(?!\w)"
)
_PLAIN = ("<adjective>? <adjective> <people>", "<who> <condition>", "<plural>")
_SINGULAR = ("<singular>",)
_WORD = re.compile(r"[\w']+")
_REACH = 40  # letters in which the article and one word more stand before a singular
_SENTENCES_AFTER = 2
# Whoever is called this is who "they" are in what follows, not the group.
_OTHERS = re.compile(
    r"(?<!\w)(?:racists?|bigots?|nazis?|fascists?|homophobes?|misogynists?|sexists?|trolls?|bull(?:y|ies)|thugs|police|"
    r"tories|politicians|"
    r"(?:people|those|anyone|men|idiots|morons|everyone|lads|kids) (?:who|that|which))(?!\w)"
)


def with_groups_marked(normalised: NormalisedText) -> NormalisedText | None:
    """Return the text with each group that it speaks of replaced by one word, or None where it speaks of none."""
    named = sorted(set(_named(normalised)))
    if not named:
        return None
    return normalised.rewritten((span, GROUP) for span in [*named, *_pronouns(normalised, named)])


def _named(normalised: NormalisedText) -> Iterator[Span]:
    plain, singular = _patterns()
    if _anchors().may_fit(normalised.words):
        yield from (match.span() for match in plain.finditer(normalised.text))
        yield from (
            match.span() for match in singular.finditer(normalised.text) if _is_noun(normalised.text, *match.span())
        )


def _is_noun(text: str, start: int, end: int) -> bool:
    """Say whether an article or its like stands before, and no further noun after: a Muslim, not a Muslim country."""
    before = _WORD.findall(text, max(0, start - _REACH), start)[-2:]
    after = _WORD.match(text, end + 1)
    lists = phrase_lists("groups")
    return any(word in lists["article"] for word in before) and (not after or after[0] in lists["follows"])


def _pronouns(normalised: NormalisedText, named: list[Span]) -> Iterator[Span]:
    at, reach = named[0][1], named[0][1]
    for _ in range(_SENTENCES_AFTER + 1):
        reach = normalised.sentence(reach)[1] if reach < len(normalised.text) else reach
    if not _OTHERS.search(normalised.text, 0, reach):
        for match in _PRONOUN.finditer(normalised.text, at, reach):
            if not any(start < match.end() and match.start() < end for start, end in named):
                yield match.span()


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = phrase_lists("groups")
    return phrase_pattern(_PLAIN, lists), phrase_pattern(_SINGULAR, lists)


@cache
def _anchors() -> PhraseAnchors:
    return PhraseAnchors((*_PLAIN, *_SINGULAR), phrase_lists("groups"))
