"""Threats, slurs, and abuse of people in a text, apart from quoting, reporting, forbidding or condemning them."""

import math
import re
from collections.abc import Collection, Iterator
from functools import cache

from engines.words.model import Sign, in_order
from engines.words.phrases import pattern
from engines.words.plain import Plain, plain
from engines.words.rules import Extra, any_of, apply, phrase_lists, rules
from engines.words.targets import Target, named_alone, targets
from engines.words.unmask import unmasked

_NEGATION = re.compile(r"(?<!\w)(?:not(?! fit| safe| right)|never|no|isn'?t|aren'?t|wasn'?t|weren'?t|hardly)(?!\w)")
_PRONOUN = re.compile(r"(?<!\w)(?:he|she|they)(?!\w)")
_OWN = re.compile(r"(?:i|we)(?:'?ll|'?m|'?re|'?d|m?ma)?(?!\w)")
_BREAK = re.compile(r"(?:[,;-]|(?<!\w)(?:but|and|or|so|then))\s*\Z")
_LINK = re.compile(r"(?P<is>'s|'re)?[^\w.!?\n]{0,4}")
_REACH = 100
_WHY_ABUSE = "Somebody on the staff or a pupil is abused."
_WHY_ALLEGED = "Somebody is said to have done what may be a crime or a breach of trust."


def abusive(text: str, *, names: Collection[str] = (), extra: Extra | None = None) -> list[Sign]:
    """Return the threats, slurs, obscenities aimed at somebody, and abuse of people in a text.

    `names` are full names, or surnames with a title, of staff and pupils.
    """
    read = unmasked(plain(text))
    bare = read.without_disguise
    found = [*apply(rules("threats", extra), bare), *apply(rules("slurs", extra), bare)]
    found += apply(rules("insults", extra), bare)
    found += _aimed(text, bare, names)
    guards = _Guards(bare)
    return in_order([one for one in found if not guards.cover(one)])


class _Guards:
    """Which sentences condemn, forbid or report; each is asked once, however much is found in it."""

    def __init__(self, read: Plain) -> None:
        self._read = read
        self._known: dict[int, float] = {}

    def cover(self, found: Sign) -> bool:
        """Say whether what was found stands behind such words, beside words for all of it, or in quotation marks."""
        start, end = self._read.place(found.span[0]), self._read.place(found.span[1] - 1) + 1
        begins, ends = self._read.sentence(start)
        if self._read.is_quoted(start, end):
            return True
        if found.what == "threat" and self._is_the_writers_own(start, begins):
            return bool(any_of("guards", "reports").search(self._read.text, begins, ends))
        if begins not in self._known:
            self._known[begins] = self._covered_from(begins, ends)
        return end >= self._known[begins]

    def _is_the_writers_own(self, start: int, begins: int) -> bool:
        """Say whether these words begin anew in the first person after what else the sentence says."""
        before = self._read.text[max(begins, start - _REACH) : start]
        return bool(_OWN.match(self._read.text, start) and _BREAK.search(before))

    def _covered_from(self, begins: int, ends: int) -> float:
        if any_of("guards", "anywhere").search(self._read.text, begins, ends):
            return 0
        before = any_of("guards", "before").finditer(self._read.text, begins, ends)
        return min((guard.end() for guard in before), default=math.inf)


def _aimed(text: str, read: Plain, names: Collection[str]) -> Iterator[Sign]:
    """Yield what is said of somebody, or of him or her in the same sentence or the next."""
    for target in targets(text, read, names):
        _, ends = read.sentence(target.start)
        yield from _said_of(target.start, target.end, read)
        yield from _said_before(target, read)
        reach = read.sentence(ends)[1] if ends < len(read.text) else ends
        for pronoun in _PRONOUN.finditer(read.text, target.end, min(reach, target.end + 2 * _REACH)):
            yield from _said_of(*pronoun.span(), read)
    for start, end in named_alone(text, read, names):
        if called := _called().match(read.text, end):
            yield Sign("abusive", "abuse", read.span(start, called.end()), _WHY_ABUSE)


def _said_of(start: int, end: int, read: Plain) -> Iterator[Sign]:
    """Yield the insult and the allegation that follow these words."""
    linked = _LINK.match(read.text, end)
    begins = linked.end() if linked else end
    ends = min(read.sentence(start)[1], begins + _REACH)
    insult = _insult_after(is_linked=bool(linked and linked["is"])).match(read.text, begins, ends)
    if insult and not _NEGATION.search(insult[0]):
        yield Sign("abusive", "abuse", read.span(start, insult.end()), _WHY_ABUSE)
    alleged = _alleged_after().match(read.text, begins, ends)
    if alleged and not _NEGATION.search(alleged[0]):
        yield Sign("abusive", "allegation", read.span(start, alleged.end()), _WHY_ALLEGED)


def _said_before(target: Target, read: Plain) -> Iterator[Sign]:
    begins = max(read.sentence(target.start)[0], target.start - _REACH)
    for insult in _insult_before().finditer(read.text, begins, target.start):
        between = read.text[insult.end() : target.start]
        if not between.strip(" ,:-") or insult[0].startswith("what "):
            yield Sign("abusive", "abuse", read.span(insult.start(), target.end), _WHY_ABUSE)


@cache
def _insult_after(*, is_linked: bool) -> re.Pattern[str]:
    very = "<very>? <very>? <very>?"
    said = [f"{very} <adjective>? <noun>", f"{very} <adjective>"]
    if is_linked:
        return pattern(said, phrase_lists("insults"))
    joined = [f"<link> {one}" for one in said] + [f"*? *? <link> {one}" for one in said]
    beside = ["u|you|the|a|an|such? <adjective>? <noun>", "u|you <adjective>"]
    return pattern(joined + beside, phrase_lists("insults"))


@cache
def _called() -> re.Pattern[str]:
    """Return what counts when said of a name that stands alone: nouns, as an adjective may be said in any story."""
    said = "<degree>? <degree>? <mean>? <name_calling>"
    phrases = pattern(
        [f"is|was <degree>? {said}", f"a|an|such|just|nothing|the|proper {said}"], phrase_lists("insults")
    )
    return re.compile(rf"(?:'s)?[^\w.!?\n]{{1,4}}{phrases.pattern}")


@cache
def _alleged_after() -> re.Pattern[str]:
    return pattern([".. <allegation>"], phrase_lists("insults"))


@cache
def _insult_before() -> re.Pattern[str]:
    return pattern(["<against>", "what a|an .. <adjective>", "what a|an .. <noun>"], phrase_lists("insults"))
