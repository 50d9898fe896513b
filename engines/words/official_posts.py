"""What an official post should not carry: party politics, a faith, advertising, private life, detail about staff."""

import re

from engines.text.normalised import NormalisedText, Span, normalise
from engines.words.model import Sign, in_text_order
from engines.words.rules.rule_lists import Extra, any_of, apply_rules, phrase_lists, rules

# What is already one of the former is not also called private.
LISTS = ("partisan", "commercial", "personal")


def partisan_or_personal(text: str, *, extra: Extra | None = None) -> list[Sign]:
    """Return what is party-political, religious promotion, commercial or personal in a post.

    `extra` holds a school's own phrases by the list that they belong to.
    """
    normalised = normalise(text)
    signs: list[Sign] = []
    for name in LISTS:
        if name != "personal" or not signs:
            own = {key: words for key, words in (extra or {}).items() if key in phrase_lists(name)}
            signs += apply_rules(rules(name, own), normalised)
    return in_text_order(signs)


TITLED = re.compile(
    r"(?<!\w)(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir)\.? {1,2}(?:and (?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? )?[A-Z][\w'-]{1,30}"
)


def staff_detail(text: str, *, extra: Extra | None = None) -> list[Sign]:
    """Return what the text says of the health, family, home, age, faith, pay or discipline of somebody on the staff.

    A detail counts where staff are named in its sentence, or in the sentence before it.
    """
    normalised = normalise(text)
    spoken_of = _mentions(text, normalised, extra)
    if not spoken_of:
        return []
    near_staff = [normalised.span(*bounds) for bounds in spoken_of]
    details = apply_rules(rules("staff", extra), normalised)
    return in_text_order([sign for sign in details if _touches(sign.span, near_staff)])


def _mentions(text: str, normalised: NormalisedText, extra: Extra | None) -> list[Span]:
    """Return the sentences that speak of staff, each with the one that follows it, in the plain form."""
    cased = normalise(text, keeps_case=True)
    titled = [cased.span(*match.span())[0] for match in TITLED.finditer(cased.text)]
    jobs = any_of("staff", "job", extra)
    places = [match.start() for match in jobs.finditer(normalised.text)]
    places += [normalised.position(start) for start in titled]
    return [_with_next(normalised, place) for place in sorted(set(places))]


def _with_next(normalised: NormalisedText, place: int) -> Span:
    begins, ends = normalised.sentence(place)
    return begins, normalised.sentence(ends)[1] if ends < len(normalised.text) else ends


def _touches(span: Span, given: list[Span]) -> bool:
    return any(begins <= span[0] and span[1] <= ends for begins, ends in given)
