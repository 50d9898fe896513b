"""The age that a profile gives of its own owner, as opposed to that of a child, a team, a pet or a marriage."""

import re
from collections.abc import Iterator
from datetime import date

from engines.text.normalised import Span, normalise
from engines.words.model import Sign
from engines.words.rules.rule_lists import any_of, phrase_lists

_YOUNGEST, _OLDEST = 5, 19
_OLDEST_AT_PRIMARY = 11
_SURE_YEAR = 7  # the last school year in which every pupil is under 13
_CENTURY = 2000  # in which whoever writes a year of birth with two figures is a child
_PART = re.compile(r"[^|\n\u2022;,&]{1,200}")
# An emoji or a dash parts a profile as a bar does.
_SIGNS = re.compile(r"[^\w\s'/.:&,;|()+#@%!?-]+|\s-\s")
_NUMBER = (
    r"(?P<n>\d{1,2}|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)"
)
# Every number in words that any of these patterns takes holds one of these.
_A_NUMBER = re.compile(r"\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen")
_OLD = r"(?:[ -]?(?:yrs?|years?)\.?(?:[ -]?old)?|[ -]?y/?o)"
_WHOLE = re.compile(
    rf"\W*(?:i'?m |i am |im )?{_NUMBER}"
    r"(?:,? (?:and|n|&|'n|nd) (?:a |an )?(?:half|quarter|bit|(?:3|three)[ -]quarters?))?\W*"
)
# A date with nothing beside it; rings, hearts and angels make it another's day.
_WHOLE_DATE = re.compile(r"\W*\d{1,2}[./-]\d{1,2}[./-](?P<n>20[01]\d)\W*")
_ANOTHER_DAY = re.compile(
    "[\U0001f48d\U0001f470\U0001f935\u2764\U0001f490\U0001f54a\U0001f47c\U0001f43e\u26ea\U0001f48f\U0001f491\U0001f495\U0001f496\u221e\u271d]"
)
_PRIMARY = re.compile(
    r"(?:\W*p|.*(?<!\w)primary) ?(?P<n>[1-7]|one|two|three|four|five|six|seven)(?!\w|/)(?: girl| boy| kid| pupil)?"
    r"(?: at (?:[\w']+ ){0,3}(?:primary|school))?\W*"
)
_FRACTIONS = dict.fromkeys(map(ord, "\u00bc\u00bd\u00be"), " ")
_WHOLE_YEAR = re.compile(r"\W*(?P<n>20[01]\d)\W*")
_SAYS = (
    re.compile(
        rf"(?<!\w)(?:i'?m|i am|im just|i just turned|just turned|turned)(?: only| just| now)? {_NUMBER}"
        r"(?! ?(?:%|ft|stone|weeks))(?!\w)"
    ),
    re.compile(rf"(?<!\w)aged?:? {{0,2}}{_NUMBER}(?!\w)(?! ?(?:to|-) ?\d)"),
    re.compile(rf"^\W*(?:only|just|a|just a|hi|hey)? ?{_NUMBER}{_OLD}(?!\w)"),
    re.compile(rf"(?<!\w)(?:i'?m|i am|just|only)(?: a| an)? {_NUMBER}{_OLD}(?!\w)"),
    re.compile(rf"^\W*only {_NUMBER}(?!\w)"),
    re.compile(
        rf"^\W*(?!(?:of|to|an?|my|our|for|with|over|under|about|dad|mum|nan) )[a-z]{{2,15}} {_NUMBER}{_OLD}(?!\w)"
    ),
    re.compile(r"^\W*[mf] ?/ ?(?P<n>\d{1,2})(?: ?/|$)"),
    re.compile(r"^\W*[a-z]{2,15} ?\((?P<n>\d{1,2})\)"),
)
_TURNING = re.compile(rf"(?<!\w)(?:turning|nearly|almost|gonna be|about to be) {_NUMBER}(?!\w)")
_MONTH = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
_SOON = re.compile(
    rf"^\W*(?:i'?m |im |i am )?{_NUMBER} (?:in (?:{_MONTH})\w{{0,6}}|next \w{{2,9}}|tomorrow|soon)(?!\w)"
)
_SCHOOL_YEAR = re.compile(r"(?<!\w)(?:year|yr|y) ?(?P<n>\d{1,2}|one|two|three|four|five|six|seven)(?!\w|/\d)")
_BORN = re.compile(
    r"(?<!\w)(?:born(?: in)?|b\.|dob|d\.o\.b\.?|date of birth)[: ]{0,3}"
    rf"(?:\d{{1,2}}[/. -]\d{{1,2}}[/. -]|(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?(?:{_MONTH})[a-z]{{0,6}} )?"
    r"(?P<n>(?:19|20)\d\d|(?<=[/.-])[01]\d)(?!\w)"
)
_BABY = re.compile(r"(?<!\w)(?P<n>20\d\d) (?:baby|kid|born)(?!\w)")
_WHY = "The profile says that its owner is of this age."


def age_stated(text: str, *, as_of: date) -> list[Sign]:
    """Return the oldest that the owner of a profile can be by what it says, as a number in `what`.

    A school year counts only where every pupil in it is under 13, since nobody knows when in the year a birthday is.
    """
    normalised = normalise(text.translate(_FRACTIONS))
    ages: dict[Span, int] = {}
    for start, part in _parts(normalised.text):
        given = list(_ages(part, as_of.year, has_date=not _ANOTHER_DAY.search(normalised.text)))
        if given and not any_of("age", "of_another").search(part):
            for span, age in given:
                ages.setdefault((start + span[0], start + span[1]), age)
    owned = [(span, age) for span, age in sorted(ages.items()) if _YOUNGEST <= age <= _OLDEST]
    if not owned or any_of("age", "grown_up").search(normalised.text):
        return []
    return [Sign("age", str(age), normalised.span(*span), _WHY) for span, age in owned]


def _parts(text: str) -> Iterator[tuple[int, str]]:
    parted = _SIGNS.sub(lambda signs: "|" * len(signs[0]), text)
    return ((part.start(), part[0]) for part in _PART.finditer(parted))


def _ages(part: str, year: int, *, has_date: bool) -> Iterator[tuple[Span, int]]:
    has_number = _A_NUMBER.search(part) is not None  # most profiles have none, and are asked no more
    if has_number and (whole := _WHOLE.fullmatch(part)):
        yield whole.span("n"), _as_number(whole["n"])
    if has_number and (whole_year := _WHOLE_YEAR.fullmatch(part)):
        yield whole_year.span("n"), year - int(whole_year["n"])
    if has_number and has_date and (date_alone := _WHOLE_DATE.fullmatch(part)):
        yield date_alone.span("n"), year - int(date_alone["n"])
    if has_number and (primary := _PRIMARY.fullmatch(part)):
        yield primary.span("n"), _as_number(primary["n"]) + 5
    for match in any_of("age", "at_primary").finditer(part):
        yield match.span(), _OLDEST_AT_PRIMARY
    if has_number:
        yield from _numbered_ages(part, year)


def _numbered_ages(part: str, year: int) -> Iterator[tuple[Span, int]]:
    for says in _SAYS:
        for match in says.finditer(part):
            yield match.span("n"), _as_number(match["n"])
    for match in (*_TURNING.finditer(part), *_SOON.finditer(part)):
        yield match.span("n"), _as_number(match["n"]) - 1
    for match in (*_BORN.finditer(part), *_BABY.finditer(part)):
        yield match.span("n"), year - int(match["n"]) - (_CENTURY if len(match["n"]) == len("14") else 0)
    for match in _SCHOOL_YEAR.finditer(part):
        if (school_year := _as_number(match["n"])) <= _SURE_YEAR:
            yield match.span("n"), school_year + 5


def _as_number(written: str) -> int:
    return int(written) if written.isdecimal() else phrase_lists("age")["number"].index(written)
