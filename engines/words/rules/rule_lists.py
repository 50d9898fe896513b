"""Reads the rule lists, and finds where a text fits one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from engines.text.normalised import NormalisedText
from engines.words.model import Sign
from engines.words.rules.phrase_patterns import PhraseAnchors, PhrasePattern, phrase_pattern, rule_table

Extra = Mapping[str, Sequence[str]]
_COMPANY = ("beside", "beside_anywhere", "unless", "unless_anywhere")
_Frozen = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a list: what it finds, and the company in which its phrases count or do not.

    `beside` must stand in the same sentence, `beside_anywhere` in the text. `unless` must not stand in
    the sentence, nor `unless_anywhere` in the text. `anchors` tell soon that nothing is said. What is found by one that
    is not `is_sure`, a person should read.
    """

    kind: str
    what: str
    why: str
    says: PhrasePattern
    anchors: PhraseAnchors
    is_quotable: bool
    is_sure: bool
    beside: PhrasePattern | None = None
    beside_anywhere: PhrasePattern | None = None
    unless: PhrasePattern | None = None
    unless_anywhere: PhrasePattern | None = None


def phrase_lists(name: str, extra: Extra | None = None) -> dict[str, tuple[str, ...]]:
    """Return the phrase lists of a file and of those it uses, each with a school's own phrases after ours."""
    added = extra or {}
    ours: dict[str, Sequence[str]] = {}
    for source in (*rule_table(name).get("uses", ()), name):
        ours |= rule_table(source).get("lists", {})
    return {key: (*ours.get(key, ()), *added.get(key, ())) for key in (*ours, *(added.keys() - ours.keys()))}


def rules(name: str, extra: Extra | None = None) -> tuple[Rule, ...]:
    """Return the rules of a file; `extra` adds a school's own phrases to the lists that they name."""
    return _rules(name, _frozen(extra))


def any_of(name: str, key: str, extra: Extra | None = None) -> re.Pattern[str]:
    """Return a pattern for any phrase of one list of a file."""
    return _any_of(name, key, _frozen(extra))


@cache
def _any_of(name: str, key: str, extra: _Frozen) -> re.Pattern[str]:
    lists = phrase_lists(name, dict(extra))
    return phrase_pattern(lists[key], lists)


def _frozen(extra: Extra | None) -> _Frozen:
    return tuple(sorted((key, tuple(words)) for key, words in extra.items())) if extra else ()


@cache
def _rules(name: str, extra: _Frozen) -> tuple[Rule, ...]:
    lists = phrase_lists(name, dict(extra))
    return tuple(
        Rule(
            kind=row["kind"],
            what=row["what"],
            why=row["why"],
            says=PhrasePattern(row["says"], lists),
            anchors=PhraseAnchors(row["says"], lists),
            is_quotable=row.get("also_in_quotation", False),
            is_sure=row.get("sure", True),
            **{key: PhrasePattern(row[key], lists) for key in _COMPANY if key in row},
        )
        for row in rule_table(name)["rule"]
    )


def apply_rules(rules: Sequence[Rule], normalised: NormalisedText) -> Iterator[Sign]:
    """Yield what the rules find in a plain text."""
    for rule in rules:
        if not (numbers := rule.anchors.fitting(normalised.words)):
            continue
        says = rule.says.part(numbers)
        if (first := says.search(normalised.text)) is None:
            continue
        if rule.beside_anywhere and not rule.beside_anywhere.compiled.search(normalised.text):
            continue
        if rule.unless_anywhere and rule.unless_anywhere.compiled.search(normalised.text):
            continue
        allowed: dict[int, bool] = {}  # by where a sentence begins: each is asked once, however often the rule fits
        for match in says.finditer(normalised.text, first.start()):
            begins, ends = normalised.sentence(match.start())
            if begins not in allowed:
                allowed[begins] = _counts_in(rule, normalised.text, begins, ends)
            if allowed[begins] and (rule.is_quotable or not normalised.is_quoted(*match.span())):
                yield Sign(rule.kind, rule.what, normalised.span(*match.span()), rule.why, rule.is_sure)


def _counts_in(rule: Rule, text: str, begins: int, ends: int) -> bool:
    if rule.beside and not rule.beside.compiled.search(text, begins, ends):
        return False
    return not (rule.unless and rule.unless.compiled.search(text, begins, ends))
