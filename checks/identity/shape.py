"""Finds how one text shows people's names: which part of the name stands where, and what is left over."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from checks.identity.handle import Spelt
from checks.identity.hits import Hit
from checks.identity.plain import collapsed
from checks.identity.rest import Rest, RestReader, Span, flat_words
from checks.identity.roll import GIVEN, Known, Roll

Beside = tuple[list[tuple[str, Span]], str]
# How much a level is worth when one person may be read in several ways; the model weighs it anew.
WORTH = {"own": 1.0, "nick": 0.9, "part": 0.8, "spelt": 0.75, "middle": 0.6}
_PREFIX = 2


class Part(NamedTuple):
    """One part of a name in a text: its level, the form that was met and where it stands."""

    level: str = ""
    form: str = ""
    span: Span = (0, 0)


NO_PART = Part()


class Shape(NamedTuple):
    """How one text shows one person's name."""

    given: Part
    surname: Part
    rest: Rest
    way: str
    middle: bool = False
    is_cut: bool = False
    is_together: bool = False


def shapes(one: Spelt, hits: Sequence[Hit], roll: Roll, reader: RestReader) -> Iterator[tuple[int, Shape]]:
    """Yield, for everybody of whom a part was met, the best reading of this text as their name."""
    rests: dict[tuple[Span, ...], Rest] = {}
    near: dict[Span, Beside] = {}
    alone: dict[tuple[bool, Part], tuple[frozenset[str], Shape]] = {}
    for person, (given, surname) in _by_person(hits).items():
        known = roll.known[person]
        key = None
        if not (given and surname) and len(given or surname) == 1:
            key = (not given, (given or surname)[0])
            like = alone.get(key)
            if like and like[0].isdisjoint(known.lasts if given else known.firsts):
                yield person, like[1]
                continue
        best = _best(one, given, surname, known, near)
        covered = tuple(part.span for part in (best[0], best[1]) if part.level)
        if covered not in rests:
            rests[covered] = reader.read(one, covered)
        shape = Shape(best[0], best[1], rests[covered], one.way, *best[2:])
        if key is not None and key not in alone and not (best[0].level and best[1].level):
            alone[key] = (_letters_beside(key[1].span, near), shape)
        yield person, shape


def _letters_beside(span: Span, near: dict[Span, Beside]) -> frozenset[str]:
    """Return the letters that would have to begin the other part of a name, were it to stand beside this one."""
    texts, before = near.get(span, ([], ""))
    return frozenset([text[0] for text, _ in texts] + [before[-1] for _ in (0,) if before])


def _by_person(hits: Sequence[Hit]) -> dict[int, tuple[list[Part], list[Part]]]:
    found: dict[int, tuple[list[Part], list[Part]]] = {}
    for a, b, form, entries in hits:
        made: dict[str, Part] = {}
        for person, kind, level in entries:
            part = made.get(level)
            if part is None:
                part = made[level] = Part(level, form, (a, b))
            lists = found.get(person)
            if lists is None:
                lists = found[person] = ([], [])
            lists[kind != GIVEN].append(part)
    return found


def _near(one: Spelt, span: Span, near: dict[Span, Beside]) -> Beside:
    if span not in near:
        near[span] = _beside(one, span)
    return near[span]


Best = tuple[Part, Part, bool, bool, bool]


def _best(one: Spelt, given: list[Part], surname: list[Part], known: Known, near: dict[Span, Beside]) -> Best:
    most, best = _both(given, surname)
    for last in surname:
        worth = (last.span[1] - last.span[0]) * WORTH[last.level]
        if worth + 2 > most:
            other, middle = _given_beside(one, last.span, known, _near(one, last.span, near))
            worth += len(other.form) * 0.9
            if worth > most:
                most, best = worth, (other, last, middle, False, bool(other.level))
    for first in given:
        worth = (first.span[1] - first.span[0]) * WORTH[first.level]
        if worth + 2 > most or best is None:
            other, is_cut = _surname_beside(one, known, _near(one, first.span, near))
            worth += len(other.form) * 0.9
            if worth > most:
                most, best = worth, (first, other, False, is_cut, bool(other.level))
    return best or (NO_PART, NO_PART, False, False, False)


def _both(given: list[Part], surname: list[Part]) -> tuple[float, Best | None]:
    """Return the best given name and surname that do not overlap, and what they are worth."""
    most, best = 0.0, None
    for first in given:
        for last in surname:
            (a, b), (c, d) = first.span, last.span
            worth = (b - a) * WORTH[first.level] + (d - c) * WORTH[last.level]
            if (b <= c or d <= a) and worth > most:
                most, best = worth, (first, last, False, False, b == c or d == a)
    return most, best


def _given_beside(one: Spelt, span: Span, known: Known, beside: Beside) -> tuple[Part, bool]:
    """Return the given name's beginning or initials that stand beside a surname, and whether a middle one does."""
    initials = known.given_initials
    for text, where in beside[0]:
        if len(text) > 1:
            if text == initials[: len(text)]:
                return Part("initial", text, where), True
            if text[0] in known.firsts and any(
                form.startswith(text) for form in _forms(known.given, one) if known.given.get(form) != "middle"
            ):
                return Part("prefix", text, where), False
        elif text in known.firsts:
            return Part("initial", text, where), False
    return _given_inside(beside[1], span[0], known)


def _given_inside(before: str, a: int, known: Known) -> tuple[Part, bool]:
    """Return the initials between a known word and the surname, as in `reprwilliams`."""
    for size in (2, 1):
        letters = before[-size:]
        is_initial = letters == known.given_initials[:2] if size == 2 else letters in known.firsts
        if is_initial and before[:-size] in flat_words():
            return Part("initial", letters, (a - size, a)), size == 2
    return NO_PART, False


def _forms(forms: Mapping[str, str], one: Spelt) -> Collection[str]:
    return [collapsed(form) for form in forms] if one.way == "stretched" else forms


def _surname_beside(one: Spelt, known: Known, beside: Beside) -> tuple[Part, bool]:
    """Return the surname's beginning or initials that stand after or before a given name, and whether it was cut."""
    for text, where in reversed(beside[0]):
        if text[0] not in known.lasts and text != known.surname_initials:
            continue
        if len(text) > 1 and text == known.surname_initials:
            return Part("initials", text, where), False
        if len(text) > 1 and any(form.startswith(text) for form in _forms(known.surname, one)):
            return Part("prefix", text, where), where[1] == len(one.letters)
        if len(text) == 1 and text in known.lasts:
            return Part("initial", text, where), False
    return NO_PART, False


def _beside(one: Spelt, span: Span) -> Beside:
    """Return the texts before and after a span, up to where a word begins or ends; and the one before it."""
    (a, b), bounds = span, one.bounds
    begin = max((place for place in bounds if place < a), default=a)
    if a - begin == 1 and begin - 1 in bounds:
        begin -= 1
    end = min((place for place in bounds if place > b), default=b)
    if end - b == 1 and end + 1 in bounds:
        end += 1
    before, after = one.letters[begin:a], one.letters[b:end]
    return [(text, where) for text, where in ((before, (begin, a)), (after, (b, end))) if text], before
