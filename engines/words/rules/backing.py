"""Says whether the writer is of the same mind as whoever he or she quotes, denies or tells of."""

from functools import cache

from engines.text.normalised import NormalisedText, Span
from engines.words.rules.phrase_patterns import PhrasePattern, rule_table

_SHARED = ("threat", "slur")  # told of others as hatred is
_SENTENCES = 3  # in which the writer still speaks of what was said
_AROUND = " \t'\".!?-"


def is_backed(text: NormalisedText, begins: int, what: str) -> bool:
    """Say whether the writer backs what is told in the sentence that begins here, in it or soon after.

    Words that say so only where they end a sentence, or only of hatred, count for less: see guards.toml.
    """
    of_hatred = what.startswith("hate")
    if not (of_hatred or what in _SHARED):
        return False
    starts = begins
    for number in range(_SENTENCES):
        if starts >= len(text.text):
            return False
        ends = text.sentence(starts)[1]
        sentence = text.text[starts:ends]
        first, last = ends - len(sentence.lstrip(_AROUND)), starts + len(sentence.rstrip(_AROUND))
        if _spans("backed", text, starts, ends):
            return True
        if any(end >= last for _, end in _spans("backed_last", text, starts, ends)):
            return True
        loose = _spans("backed_loosely", text, starts, ends) if of_hatred else []
        if loose and (number == 0 or any(start <= first and end >= last for start, end in loose)):
            return True
        starts = ends
    return False


def _spans(key: str, text: NormalisedText, begins: int, ends: int) -> list[Span]:
    pattern = _phrases(key).fitting(text.words)
    return [match.span() for match in pattern.finditer(text.text, begins, ends)] if pattern else []


@cache
def _phrases(key: str) -> PhrasePattern:
    lists = rule_table("guards")["lists"]
    return PhrasePattern(lists[key], lists)
