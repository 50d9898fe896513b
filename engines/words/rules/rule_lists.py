"""Reads the rule lists, and finds where a text fits one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from engines.text.normalised import NormalisedText, Span
from engines.words.model import Sign
from engines.words.rules.backing import is_backed
from engines.words.rules.phrase_patterns import PhraseLists, PhrasePattern, phrase_pattern, rule_table

ANEW = re.compile(r"[,;:]| - |(?<!\w)(?:but|and|so|then)(?!\w)")  # where a sentence begins anew
Extra = Mapping[str, Sequence[str]]
_COMPANY = ("beside", "beside_anywhere", "unless", "unless_anywhere", "excused", "excused_whole", "vouched")
_CLAUSE_ENDS = re.compile(r"[,;:]| - ")
_AROUND = " \t'\".!?-"
_LONGEST_CLAUSE = 200
_Frozen = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a list: what it finds, and the company in which its phrases count or do not.

    `beside` must stand in the same sentence, `beside_anywhere` in the text. `unless` must not stand in the
    sentence, nor `unless_anywhere` in the text. What stands whole within `excused` is not sure, unless the writer
    backs it (guards.toml), and all else in the sentence is as ever. `excused_whole` is such where it is a whole clause
    that what follows does not take back. What is found by one that is not `is_sure`, a person should read; but where
    what is `vouched` for stands in the text, as by who saw it, the rule is as sure as any, and hearsay alleges.
    """

    kind: str
    what: str
    why: str
    says: PhrasePattern
    is_quotable: bool
    is_sure: bool
    beside: PhrasePattern | None = None
    beside_anywhere: PhrasePattern | None = None
    unless: PhrasePattern | None = None
    unless_anywhere: PhrasePattern | None = None
    excused: PhrasePattern | None = None
    excused_whole: PhrasePattern | None = None
    vouched: PhrasePattern | None = None


def phrase_lists(name: str, extra: Extra | None = None) -> PhraseLists:
    """Return the phrase lists of a file and of those it uses, each with a school's own phrases after ours."""
    return _phrase_lists(name, _frozen(extra))


@cache
def _phrase_lists(name: str, extra: _Frozen) -> PhraseLists:
    added = dict(extra)
    ours: dict[str, Sequence[str]] = {}
    for source in (*rule_table(name).get("uses", ()), name):
        ours |= rule_table(source).get("lists", {})
    return PhraseLists(
        {key: (*ours.get(key, ()), *added.get(key, ())) for key in (*ours, *(added.keys() - ours.keys()))}
    )


def rules(name: str, extra: Extra | None = None) -> tuple[Rule, ...]:
    """Return the rules of a file; `extra` adds a school's own phrases to the lists that they name."""
    return _rules(name, _frozen(extra))


def any_of(name: str, key: str, extra: Extra | None = None) -> re.Pattern[str]:
    """Return a pattern for any phrase of one list of a file."""
    return _any_of(name, key, _frozen(extra))


@cache
def _any_of(name: str, key: str, extra: _Frozen) -> re.Pattern[str]:
    lists = _phrase_lists(name, extra)
    return phrase_pattern(lists[key], lists)


def _frozen(extra: Extra | None) -> _Frozen:
    return tuple(sorted((key, tuple(words)) for key, words in extra.items())) if extra else ()


@cache
def _rules(name: str, extra: _Frozen) -> tuple[Rule, ...]:
    lists = _phrase_lists(name, extra)
    return tuple(
        Rule(
            kind=row["kind"],
            what=row["what"],
            why=row["why"],
            says=PhrasePattern(row["says"], lists),
            is_quotable=row.get("also_in_quotation", False),
            is_sure=row.get("sure", True),
            **{key: PhrasePattern(row[key], lists) for key in _COMPANY if key in row},
        )
        for row in rule_table(name)["rule"]
    )


def apply_rules(rules: Sequence[Rule], normalised: NormalisedText, *, doubts: bool = False) -> Iterator[Sign]:
    """Yield what the rules find in a plain text.

    With `doubts` also, and as not sure, what `unless` silences by standing elsewhere in the sentence or the text: such
    words may be the excuse of something else.
    """
    for rule in rules:
        says = rule.says.fitting(normalised.words)
        if says is None or (first := says.search(normalised.text)) is None:
            continue
        whole = 0, len(normalised.text)
        if rule.beside_anywhere and not _spans(rule.beside_anywhere, normalised, *whole):
            continue
        is_vouched = bool(_spans(rule.vouched, normalised, *whole))
        is_sure = (rule.is_sure or is_vouched) and not _spans(rule.unless_anywhere, normalised, *whole)
        if rule.is_sure and not is_sure and not doubts:
            continue
        what = "allegation" if is_vouched and rule.what == "hearsay" else rule.what
        companies: dict[int, _Company | None] = {}  # by where a sentence begins: each is asked once
        for match in says.finditer(normalised.text, first.start()):
            begins, ends = normalised.sentence(match.start())
            if begins not in companies:
                companies[begins] = _company(rule, normalised, begins, ends)
            company = companies[begins]
            if company is None:
                continue
            is_shared = company.is_backed and rule.what.startswith("hate")
            is_condemned = company.condemns(match) and not company.is_backed
            is_excused = company.excuses(match, doubts=doubts)
            is_quoted = not rule.is_quotable and normalised.is_quoted(*match.span())
            if (is_excused and not is_shared) or (is_quoted and not company.is_backed):
                continue
            if not doubts and (is_excused or is_quoted or is_condemned):
                continue
            is_doubted = is_excused or is_quoted or is_condemned or bool(company.unless)
            yield Sign(rule.kind, what, normalised.span(*match.span()), rule.why, is_sure and not is_doubted)


@dataclass(frozen=True, slots=True)
class _Company:
    """Where in a sentence the words stand that speak against a rule, and those that count for nothing themselves."""

    unless: Sequence[Span]
    excused: Sequence[Span]
    is_backed: bool = False

    def excuses(self, said: re.Match[str], *, doubts: bool) -> bool:
        """Say whether what a rule finds counts for nothing; where doubts count, only if such words meet all of it."""
        if not doubts:
            return bool(self.unless)
        return any(_meets(excuse, said) for excuse in self.unless)

    def condemns(self, said: re.Match[str]) -> bool:
        """Say whether words that condemn what a rule finds have all of it within them; mockery says them too."""
        return any(start <= said.start() and said.end() <= end for start, end in self.excused)


def _meets(excuse: Span, said: re.Match[str]) -> bool:
    """Say whether an excuse and what is said have words in common, and the sentence begins anew within neither."""
    start, end = excuse
    if start >= said.end() or said.start() >= end:
        return False
    return not ANEW.search(said.string, min(start, said.start()), max(end, said.end()))


def _company(rule: Rule, text: NormalisedText, begins: int, ends: int) -> _Company | None:
    if rule.beside and not _spans(rule.beside, text, begins, ends):
        return None
    excused = [*_spans(rule.excused, text, begins, ends), *_whole_clauses(rule.excused_whole, text, begins, ends)]
    return _Company(_spans(rule.unless, text, begins, ends), excused, is_backed(text, begins, rule.what))


def _whole_clauses(phrases: PhrasePattern | None, text: NormalisedText, begins: int, ends: int) -> Iterator[Span]:
    """Yield the clauses that are one of these phrases from end to end, and that the next clause does not take back."""
    pattern = phrases.fitting(text.words) if phrases else None
    if pattern is None:
        return
    cuts = [begins, *(cut for mark in _CLAUSE_ENDS.finditer(text.text, begins, ends) for cut in mark.span()), ends]
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        clause = text.text[start:end]
        first, last = end - len(clause.lstrip(_AROUND)), start + len(clause.rstrip(_AROUND))
        after = text.text[end:ends].strip(" ,;:-'\".!?\n")
        if after and not any_of("hate", "goes_on").match(after):
            continue
        if last - first <= _LONGEST_CLAUSE and pattern.fullmatch(text.text, first, last):
            yield first, last


def _spans(phrases: PhrasePattern | None, text: NormalisedText, begins: int, ends: int) -> list[Span]:
    pattern = phrases.fitting(text.words) if phrases else None
    return [match.span() for match in pattern.finditer(text.text, begins, ends)] if pattern else []
