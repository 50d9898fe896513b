"""Whom a text speaks of, and so may abuse: groups that the law protects, names with a title or on a list, offices."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from engines.naming import Names, PersonName, Strength
from engines.text.normalised import NormalisedText, Span
from engines.words.rules.phrase_patterns import PhraseAnchors, phrase_pattern
from engines.words.rules.rule_lists import any_of, phrase_lists

GROUP = "qgroupq"
_PRONOUN = re.compile(
    r"(?<!\w)(?:they|them|'em|em"
    r"|(?:these|those|such|all those|them) (?:people|ppl|kind|folk|types|lot|ones|creatures|things)"
    r"|(?:that|this|the whole|the) lot|the lot of (?:them|em)|(?:their|that|this|your) (?:kind|sort|type|lot)"
    r"|each one|all of them|every one of them)(?!\w)"
)
_PLAIN = ("<adjective>? <adjective> <people>", "<who> <condition>", "<plural>")
_SINGULAR = ("<singular>",)
# People with dark skin, the dress or sign of a faith, a flag, a wheelchair; joiners are dropped before.
_SHOWN = re.compile(
    "[\U0001f466-\U0001f469\U0001f46e\U0001f470-\U0001f478\U0001f481\U0001f9d1-\U0001f9d4][\U0001f3fd-\U0001f3ff][\U0001f9b0-\U0001f9b3]?"
    "|[\U0001f473\U0001f9d5\U0001f472\U0001f474\U0001f475\U0001f9d3][\U0001f3fb-\U0001f3ff]?"
    "|\U0001f3f3[\U0001f308\u26a7]|\u26a7|[\U0001f46c\U0001f46d]|[\u2721\u262a\U0001f54b\U0001f54c\U0001f54d\U0001f54e\U0001f6d5\u267f\U0001f9cf]"
    "|[\U0001f1e6-\U0001f1ff]{2}"
)
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
    if not normalised.text.isascii():
        yield from (match.span() for match in _SHOWN.finditer(normalised.text))
    plain, singular = _patterns()
    if _anchors().may_fit(normalised.words):
        named = [match.span() for match in plain.finditer(normalised.text)]
        singulars = (match.span() for match in singular.finditer(normalised.text))
        named += [span for span in singulars if _is_noun(normalised.text, *span)]
        things = [match.span() for match in any_of("groups", "no_people").finditer(normalised.text)] if named else []
        yield from (span for span in named if not any(start < span[1] and span[0] < end for start, end in things))


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


# In small letters too, as people write in haste; miss, which is also a verb, only before a capital.
_TITLED = re.compile(r"(?<!\w)(?:(?:mr|mrs|ms|mx|dr)\.? {1,2}[a-z][\w'-]{1,30}|miss [a-z][\w-]{1,30})")
_MISS_NAME = re.compile(r"Miss [A-Z]")
_IS_CONTRACTED = re.compile(
    r"'s(?= (?:an?|the|such|so|just|always|nothing|been|really|totally|absolutely|probably|too) )"
)
_POSSESSIVE = re.compile(r"'s?(?!\w)")
_CAPITAL = re.compile(r"(?<!\w)[A-Z][a-z-]{3,30}(?!\w)")
_SHORTEST_ALONE = 4


@dataclass(frozen=True, slots=True)
class AbuseTarget:
    """Somebody spoken of, where in the plain form; `is_named` is true of a name, false of an office."""

    start: int
    end: int
    is_named: bool


def abuse_targets(text: str, normalised: NormalisedText, names: Collection[str]) -> list[AbuseTarget]:
    """Return whom a text speaks of, apart from what belongs to them, such as somebody's jokes."""
    mentions = {(span, True) for span in _titled(text, normalised)}
    mentions |= {(span, True) for span in _listed(text, normalised, names)}
    mentions |= {(match.span(), False) for match in _offices().finditer(normalised.text)}
    checked = [_target_at(normalised, span, is_named=is_named) for span, is_named in mentions]
    return sorted((target for target in checked if target), key=lambda target: (target.start, target.end))


def _titled(text: str, normalised: NormalisedText) -> Iterator[Span]:
    for match in _TITLED.finditer(normalised.text):
        start, end = normalised.span(*match.span())
        is_verb = match[0].startswith("miss") and not _MISS_NAME.match(text[start:end])
        if not is_verb:
            bare = match[0].removesuffix("'s")
            yield match.start(), match.start() + len(bare)


def _listed(text: str, normalised: NormalisedText, names: Collection[str]) -> Iterator[Span]:
    if names:
        for mention in _whole_names(frozenset(names)).mentions(text, least=Strength.FULL):
            yield normalised.position(mention.start), normalised.position(mention.end - 1) + 1


@lru_cache(maxsize=8)
def _whole_names(names: frozenset[str]) -> Names:
    return Names.of((name, PersonName(name)) for name in sorted(names))


def single_names(text: str, normalised: NormalisedText, names: Collection[str]) -> Iterator[Span]:
    """Yield where a listed forename or surname stands with a capital, which may also be anybody else's."""
    if names:
        single_names_listed = _single_names(frozenset(names))
        for match in _CAPITAL.finditer(text):
            if match[0] in single_names_listed:
                yield normalised.position(match.start()), normalised.position(match.end() - 1) + 1


@lru_cache(maxsize=8)
def _single_names(names: frozenset[str]) -> frozenset[str]:
    return frozenset(part for name in names for part in name.split() if len(part) >= _SHORTEST_ALONE)


def _target_at(normalised: NormalisedText, span: Span, *, is_named: bool) -> AbuseTarget | None:
    start, end = span
    if linked := _IS_CONTRACTED.match(normalised.text, end):
        return AbuseTarget(start, linked.start(), is_named)
    return None if _POSSESSIVE.match(normalised.text, end) else AbuseTarget(start, end, is_named)


@cache
def _offices() -> re.Pattern[str]:
    lists = phrase_lists("insults")
    return phrase_pattern(["<pointing> <job>", "<pointing> .. <job>", "<office>"], lists)
