"""Reads the letters next to one part of a name: initials, or the beginning of the other part."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from engines.people.candidates.model import NO_PART, NamePart, Span
from engines.people.candidates.residual import words_beside_names
from engines.people.register.misspellings import SHORTEST as _SHORTEST_MISSPELT
from engines.people.register.misspellings import misspellings
from engines.people.register.model import LONGEST_START, PersonForms, given_names
from engines.people.text.model import Segmentation
from engines.text.latin import collapse_repeats


class AdjacentText(NamedTuple):
    """The texts before and after a part, up to where a word begins or ends.

    A name can stand there only if it, or its initials, begins with one of the `starts`, of one or two letters.
    """

    texts: Sequence[tuple[str, Span]]  # and last, without the crosses that stand behind it, the one after
    before: str
    start: int  # where the part begins
    starts: Sequence[str]


def adjacent_given_name(
    segmentation: Segmentation, forms: PersonForms, adjacent: AdjacentText
) -> tuple[NamePart, bool]:
    """Return the given name's beginning or initials that stand beside a surname, and whether a middle one does."""
    initials = forms.given_initials
    for text, span in adjacent.texts:
        if len(text) > 1:
            if text == initials[: len(text)]:
                return NamePart("initial", text, span), True
            if text[0] in forms.given_starts and any(
                form.startswith(text) for form in _forms(forms.given, segmentation) if forms.given.get(form) != "middle"
            ):
                return NamePart(_level_of_start(segmentation, span), text, span), False
            if called := _nearly(text, forms.given):
                return NamePart("misspelt", called, span), False
        elif text in forms.given_starts:
            return NamePart("initial", text, span), False
    return _initials_inside(adjacent.before, adjacent.start, forms)


def _initials_inside(before: str, a: int, forms: PersonForms) -> tuple[NamePart, bool]:
    """Return the initials between a known word and the surname, as in `reprwilliams`."""
    if before in words_beside_names() or before in given_names():  # an Ana is no `an` before an initial
        return NO_PART, False
    for size in (2, 1):
        letters = before[-size:]
        is_initial = letters == forms.given_initials[:2] if size == 2 else letters in forms.given_starts
        if is_initial and before[:-size] in words_beside_names():
            return NamePart("initial", letters, (a - size, a)), size == 2
    return NO_PART, False


def _forms(forms: Mapping[str, str], segmentation: Segmentation) -> Collection[str]:
    return [collapse_repeats(form) for form in forms] if segmentation.variant == "stretched" else forms


def _level_of_start(segmentation: Segmentation, span: Span) -> str:
    """Say whether a name's beginning may be all that there was room for."""
    return "cut" if segmentation.is_full and span[1] == len(segmentation.letters) else "prefix"


def adjacent_surname(segmentation: Segmentation, forms: PersonForms, adjacent: AdjacentText) -> NamePart:
    """Return the surname's beginning or initials that stand after or before a given name."""
    for text, span in sorted(adjacent.texts, key=lambda pair: (-pair[1][0], -len(pair[0]))):
        if text == forms.last_initials:
            return NamePart("initial", forms.surname_initials, span)
        if text[0] not in forms.surname_starts and text != forms.surname_initials:
            continue
        if len(text) > 1 and text == forms.surname_initials:
            return NamePart("initials", text, span)
        if len(text) > 1 and any(form.startswith(text) for form in _forms(forms.surname, segmentation)):
            return NamePart(_level_of_start(segmentation, span), text, span)
        if len(text) >= _SHORTEST_MISSPELT and (surname := _one_letter_off(text, forms.surname)):
            return NamePart("misspelt", surname, span)
        if len(text) == 1 and text in forms.surname_starts:
            return NamePart("initial", text, span)
    return NO_PART


def _one_letter_off(text: str, names: Mapping[str, str]) -> str:
    """Return the whole name that a text is but for one letter; empty where there is none."""
    as_long = (name for name, level in names.items() if level == "own" and len(name) == len(text) >= _SHORTEST_MISSPELT)
    return next((each for each in as_long if sum(a != b for a, b in zip(each, text, strict=True)) == 1), "")


def _nearly(text: str, given: Mapping[str, str]) -> str:
    """Return the given name that stands misspelt beside a surname; empty where there is none or it is another name."""
    if len(text) < _SHORTEST_MISSPELT - 1 or given_names().get(text, 0):
        return ""
    called = (form for form, level in given.items() if level == "own")
    return next((form for form in called if text in misspellings(form)), "") or _one_letter_off(text, given)


def adjacent_text(segmentation: Segmentation, span: Span) -> AdjacentText:
    """Return the texts before and after a span, up to where a word begins or ends; and the one before it."""
    (a, b), bounds = span, segmentation.bounds
    begin, end = -1, len(segmentation.letters) + 1
    for place in bounds:
        if begin < place < a:
            begin = place
        elif b < place < end:
            end = place
    begin, end = begin if begin >= 0 else a, end if end <= len(segmentation.letters) else b
    if a - begin == 1 and begin - 1 in bounds:
        begin -= 1
    if end - b == 1 and end + 1 in bounds:
        end += 1
    before, after = segmentation.letters[begin:a], segmentation.letters[b:end]
    texts = [(text, span) for text, span in ((before, (begin, a)), (after, (b, end))) if text]
    if crosses := len(after) - len(after.rstrip("x")):
        texts += [(after[:-crosses], (b, end - crosses))] if crosses < len(after) else []
    starts = [text[: 1 if len(text) >= _SHORTEST_MISSPELT - 1 else LONGEST_START] for text, _ in texts]
    if len(before) > 1:
        starts += [before[-size:] for size in (1, 2) if before[:-size] in words_beside_names()]
    return AdjacentText(texts, before, a, starts)
