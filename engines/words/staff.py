"""Personal detail about staff in a text, as opposed to news of their work."""

import re

from engines.words.model import Sign, Span, in_order
from engines.words.plain import Plain, plain
from engines.words.rules import Extra, any_of, apply, rules

TITLED = re.compile(
    r"(?<!\w)(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir)\.? {1,2}(?:and (?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? )?[A-Z][\w'-]{1,30}"
)


def staff_detail(text: str, *, extra: Extra | None = None) -> list[Sign]:
    """Return what the text says of the health, family, home, age, faith, pay or discipline of somebody on the staff.

    A detail counts where staff are named in its sentence, or in the sentence before it.
    """
    read = plain(text)
    spoken_of = _mentions(text, read, extra)
    if not spoken_of:
        return []
    given = [read.span(*bounds) for bounds in spoken_of]
    return in_order([found for found in apply(rules("staff", extra), read) if _touches(found.span, given)])


def _mentions(text: str, read: Plain, extra: Extra | None) -> list[Span]:
    """Return the sentences that speak of staff, each with the one that follows it, in the plain form."""
    cased = plain(text, keeps_case=True)
    titled = [cased.span(*found.span())[0] for found in TITLED.finditer(cased.text)]
    jobs = any_of("staff", "job", extra)
    places = [found.start() for found in jobs.finditer(read.text)]
    places += [read.place(start) for start in titled]
    return [_with_next(read, place) for place in sorted(set(places))]


def _with_next(read: Plain, place: int) -> Span:
    begins, ends = read.sentence(place)
    return begins, read.sentence(ends)[1] if ends < len(read.text) else ends


def _touches(span: Span, given: list[Span]) -> bool:
    return any(begins <= span[0] and span[1] <= ends for begins, ends in given)
