"""What a pupil's family tells a school in confidence: needs, health, care, exclusion, home, money, protection."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from engines.text import NormalisedText, Span, normalise, to_latin
from engines.words.model import Sign, in_text_order
from engines.words.official_posts import TITLED
from engines.words.rules.rule_lists import Extra, any_of, apply_rules, phrase_lists, rules

_NAME = r"[A-Z][a-z][\w'-]{1,20}"
_YEAR = r"(?:Year|Yr|Y|Class|Form|Reception|Nursery|EYFS)"
_PLACED = re.compile(
    rf"(?<!\w)(?:{_NAME}(?: {_NAME})?,? \(?(?:(?:in|from|of) )?(?:our )?(?:{_YEAR}(?: ?\d{{1,2}}\w?)?|\d{{1,2}}[A-Z])"
    rf"(?!\w)|{_YEAR}(?: ?\d{{1,2}}\w?)?(?:'s| pupil| student| boy| girl)?,? (?!Year|Week|Parents|Class|And|The){_NAME}"
    rf"|(?:[Ll]ittle|[Yy]oung) {_NAME}|{_NAME},? (?:aged? |who is )?\(?\d{{1,2}}\)?,)"
)
_SAID = r"has|is|was|had|will|needs|lives|sees|takes|broke|got|and (?:his|her|their)"
# A word with a capital of which something is said, as it is of a person.
_SOMEBODY = re.compile(
    rf"(?:(?<=[a-z,:] )|(?<![\w'] )(?<!\w))(?P<name>{_NAME})(?: {_NAME})?"
    rf"(?='s? |,? who(?:'s|se)? |,? (?:{_SAID})(?!\w))"
)
_TO_SOMEBODY = re.compile(
    rf"(?<!\w)(?:[Tt]o|[Ff]or|[Ww]ith|[Dd]ear|[Oo]f) (?P<name>{_NAME})(?= and |,|!| as | after | while | who | on )"
)
_PRONOUN = re.compile(r"(?<!\w)(?:he|she|his|her|him|they|their|them)(?!\w)")
_HE_OR_SHE = re.compile(r"(?<!\w)(?:he|she|his|her|him)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Spoken:
    """How surely a sentence speaks of a pupil: by name or place in the school, by a noun, or by some name at all."""

    is_named: bool
    is_child: bool
    is_somebody: bool


def confidences(text: str, *, pupils: Collection[str] = (), extra: Extra | None = None) -> list[Sign]:
    """Return what the text tells of one pupil that the school knows in confidence.

    `pupils` are their given and full names as written. A detail is sure where its sentence speaks of a pupil, or where
    it says "he" or "she" of the pupil of the sentence before; where that is doubtful, a person should read it.
    """
    normalised = normalise(text)
    details = list(apply_rules(rules("pupil", extra), normalised))
    if not details:
        return []
    return in_text_order([sign for detail in details for sign in _weighed(detail, text, normalised, pupils, extra)])


def _weighed(
    detail: Sign, text: str, normalised: NormalisedText, pupils: Collection[str], extra: Extra | None
) -> Iterator[Sign]:
    begins, ends = normalised.sentence(normalised.position(detail.span[0]))
    here = _spoken_of(text, normalised, (begins, ends), pupils)
    sentence = normalised.text[begins:ends]
    is_general = any(any_of("pupil", name, extra).search(sentence) for name in ("topic", "generic"))
    is_staff = _is_of_staff(text, normalised, (begins, ends), extra)
    if begins and _PRONOUN.search(sentence) and not (here.is_named or here.is_child or is_staff):
        before = normalised.sentence(begins - 1)
        is_staff = _is_of_staff(text, normalised, before, extra)
        spoken = _spoken_of(text, normalised, before, pupils)
        here = _Spoken(spoken.is_named, spoken.is_child, here.is_somebody or spoken.is_somebody)
    if here.is_named or (here.is_child and not is_general and not is_staff):
        yield replace(detail, is_sure=not (is_general or _titled(text, normalised, (begins, ends))))
    elif not is_general and (here.is_child or (not is_staff and (here.is_somebody or _HE_OR_SHE.search(sentence)))):
        yield replace(detail, is_sure=False)


def _is_of_staff(text: str, normalised: NormalisedText, span: Span, extra: Extra | None) -> bool:
    return _titled(text, normalised, span) or any_of("staff", "job", extra).search(normalised.text, *span) is not None


def _titled(text: str, normalised: NormalisedText, span: Span) -> bool:
    return TITLED.search(_given(text, normalised, span)) is not None


def _spoken_of(text: str, normalised: NormalisedText, span: Span, pupils: Collection[str]) -> _Spoken:
    given = TITLED.sub("", _given(text, normalised, span))
    listed = _listed(frozenset(pupils)) if pupils else None
    is_named = bool(_PLACED.search(given) or (listed and listed.search(given)))
    is_child = any_of("pupil", "one").search(normalised.text, *span) is not None
    names = (match["name"].lower() for pattern in (_SOMEBODY, _TO_SOMEBODY) for match in pattern.finditer(given))
    is_somebody = any(name.removesuffix("'s") not in phrase_lists("pupil")["no_name"] for name in names)
    return _Spoken(is_named, is_child, is_somebody)


def _given(text: str, normalised: NormalisedText, span: Span) -> str:
    begins, ends = normalised.span(*span)
    return text[begins:ends].replace("\u2019", "'")


@lru_cache(maxsize=8)
def _listed(pupils: frozenset[str]) -> re.Pattern[str]:
    lists = phrase_lists("pupil")
    words = {*lists["no_name"], *lists["name_and_word"]}
    written = {form for name in pupils if name.lower() not in words for form in (name, to_latin(name)) if len(form) > 2}
    names = sorted(map(re.escape, written), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)" if names else r"(?!)")
