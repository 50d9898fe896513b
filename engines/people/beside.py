"""Reads the letters that stand beside one part of a name: initials, or the beginning of the other part."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from engines.people.handle import Spelt
from engines.people.known import Known
from engines.people.plain import collapsed
from engines.people.rest import Span, flat_words
from engines.people.roll import LONGEST_START


class Part(NamedTuple):
    """One part of a name in a text: its level, the form that was met and where it stands."""

    level: str = ""
    form: str = ""
    span: Span = (0, 0)


NO_PART = Part()


class Beside(NamedTuple):
    """The texts before and after a part, up to where a word begins or ends.

    A name can stand there only if it, or its initials, begins with one of the `starts`, of one or two letters.
    """

    texts: Sequence[tuple[str, Span]]
    before: str
    a: int  # where the part begins
    starts: Sequence[str]


def given_beside(one: Spelt, known: Known, near: Beside) -> tuple[Part, bool]:
    """Return the given name's beginning or initials that stand beside a surname, and whether a middle one does."""
    initials = known.given_initials
    for text, where in near.texts:
        if len(text) > 1:
            if text == initials[: len(text)]:
                return Part("initial", text, where), True
            if text[0] in known.firsts and any(
                form.startswith(text) for form in _forms(known.given, one) if known.given.get(form) != "middle"
            ):
                return Part("prefix", text, where), False
        elif text in known.firsts:
            return Part("initial", text, where), False
    return _given_inside(near.before, near.a, known)


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


def surname_beside(one: Spelt, known: Known, near: Beside) -> tuple[Part, bool]:
    """Return the surname's beginning or initials that stand after or before a given name, and whether it was cut."""
    for text, where in reversed(near.texts):
        if text[0] not in known.lasts and text != known.surname_initials:
            continue
        if len(text) > 1 and text == known.surname_initials:
            return Part("initials", text, where), False
        if len(text) > 1 and any(form.startswith(text) for form in _forms(known.surname, one)):
            return Part("prefix", text, where), where[1] == len(one.letters)
        if len(text) == 1 and text in known.lasts:
            return Part("initial", text, where), False
    return NO_PART, False


def beside(one: Spelt, span: Span) -> Beside:
    """Return the texts before and after a span, up to where a word begins or ends; and the one before it."""
    (a, b), bounds = span, one.bounds
    begin, end = -1, len(one.letters) + 1
    for place in bounds:
        if begin < place < a:
            begin = place
        elif b < place < end:
            end = place
    begin, end = begin if begin >= 0 else a, end if end <= len(one.letters) else b
    if a - begin == 1 and begin - 1 in bounds:
        begin -= 1
    if end - b == 1 and end + 1 in bounds:
        end += 1
    before, after = one.letters[begin:a], one.letters[b:end]
    texts = [(text, where) for text, where in ((before, (begin, a)), (after, (b, end))) if text]
    starts = [text[:LONGEST_START] for text, _ in texts]
    if len(before) > 1:
        starts += [before[-size:] for size in (1, 2) if before[:-size] in flat_words()]
    return Beside(texts, before, a, starts)
