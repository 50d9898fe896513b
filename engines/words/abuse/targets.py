"""The people whom a text speaks of, and so may abuse: names with a title, listed names, offices in a school."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from engines.naming import Names, PersonName, Strength
from engines.text.normalised import NormalisedText, Span
from engines.words.rules.phrase_patterns import phrase_pattern
from engines.words.rules.rule_lists import phrase_lists

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
