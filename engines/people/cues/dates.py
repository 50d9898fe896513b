"""Reads the dates that a bio gives, in figures or with the month in words, and the ages that the rest of it gives."""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = "january february march april may june july august september october november december"
_OF_MONTH = {month[:3]: number for number, month in enumerate(_MONTHS.split(), start=1)}
_MONTH = rf"({'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in _MONTHS.split())}|sept)(?![a-z])"  # no Mariana
_YEAR = r"((?:19|20)?\d\d)"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_MISSPELT = rf"({'|'.join(_OF_MONTH)})[a-z]{{0,6}}"  # febuary, juni: where a year or `21st` says that it is a month
# Day, month and year in each of these, by the places of their groups; 0 where there is none.
_FORMS = (
    (re.compile(r"(?<![\d./|-])(\d{1,2}) ?[./|-] ?(\d{1,2}) ?[./|-] ?((?:19|20)?\d\d)(?!\d)"), (1, 2, 3)),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)[./-](\d{1,2})[./-](\d{1,2})(?!\d)"), (3, 2, 1)),
    (re.compile(r"(?<!\d)(\d\d)(\d\d)((?:19|20)\d\d|\d\d)(?!\d)"), (1, 2, 3)),
    (re.compile(rf"(?<!\d){_DAY}(?: of)?[ .-]?{_MONTH}(?:[ ,.'-]{{1,2}}{_YEAR})?\b", re.IGNORECASE), (1, 2, 3)),
    (re.compile(rf"(?<!\d){_DAY}(?: of)?[ .-]?{_MISSPELT}[ ,.'-]{{1,2}}{_YEAR}\b", re.IGNORECASE), (1, 2, 3)),
    (re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)(?: of)? {_MISSPELT}\b()", re.IGNORECASE), (1, 2, 3)),
    (re.compile(rf"\b{_MISSPELT} {_DAY},? {_YEAR}\b", re.IGNORECASE), (2, 1, 3)),
    (re.compile(rf"\b{_MONTH} {_DAY}\b(?:,? {_YEAR}\b)?", re.IGNORECASE), (2, 1, 3)),
    (
        re.compile(
            r"(?:\U0001f382|\b(?:b(?:irth)?-?day|bd|dob|born)\b)\W{0,3}(\d{1,2})[./-](\d{1,2})(?![\d./-])()",
            re.IGNORECASE,
        ),
        (1, 2, 3),
    ),
    (
        re.compile(
            r"(?<![\d./-])(\d{1,2})[./-](\d{1,2}) {0,2}(?:\U0001f382|(?:is my )?\b(?:b(?:irth)?-?day|bd)\b)()",
            re.IGNORECASE,
        ),
        (1, 2, 3),
    ),
)
_WRITTEN = re.compile(rf"(?<![a-z\d]){_DAY}(?: of)?[ .-]?{_MONTH}[ ,.'-]{{1,2}}{_YEAR}\b", re.IGNORECASE)
_BORN_IN = re.compile(r"\b(?:born|b)\b\.?(?: in)? ?((?:19|20)\d\d)\b", re.IGNORECASE)
# A school year is no two ages: 26/27.
_SCHOOL_YEAR = re.compile(r"(?<![\d/])(?:20)?([2-9]\d)[/-](?:20)?([2-9]\d)(?![\d/])")
_DIGIT = re.compile(r"\d")
LONGEST_BIO = 400
_YOUNGEST, _OLDEST = 3, 99
_AGE = re.compile(
    r"\b(\d{1,2}) ?(?:y/?o\b|y o\b|yrs? old|years? old|yrs\b(?! ?\d)|\U0001f382)|"
    r"\b(?:age|aged|im|i am|i'm)(?: |:| ?[:=-] ?)(\d{1,2})\b|\((\d{1,2})\)",
    re.IGNORECASE,
)
_PARTS = r"[|\u2022\u00b7,;/~\u2600-\u27bf\U0001f300-\U0001faff]|::|\.(?=\s|$)|\sx(?=\s|$)|(?<!year)\n"
_BARE_AGE = re.compile(
    rf"(?:^|{_PARTS})[\s\ufe0f]*(?:(?:turning|turned|now) )?(\d{{1,2}})(?: now)?\s*(?=$|{_PARTS})", re.IGNORECASE
)
_PIVOT = 40  # two digits below it are of this century
_MOST_DAYS, _MOST_MONTHS = 31, 12


def dates_given(bio: str) -> tuple[tuple[str, ...], str]:
    """Return the dates of a bio as runs of digits, and the bio without them and without school years.

    A date with its year is eight digits, day first; one without is four, month first; so is a year of birth alone.
    """
    if not _DIGIT.search(bio):
        return (), bio
    runs: list[str] = []
    for pattern, places in _FORMS:
        for match in list(pattern.finditer(bio))[::-1]:
            day, month, year = (match[place] or "" for place in places)
            if told := list(_runs(day, _OF_MONTH.get(month[:3].lower()) or int(month), year)):
                runs += told
                bio = f"{bio[: match.start()]} {bio[match.end() :]}"
    runs += _BORN_IN.findall(bio)
    return tuple(runs), _SCHOOL_YEAR.sub(_without_school_year, bio)


def _without_school_year(match: re.Match[str]) -> str:
    return " " if int(match[2]) == int(match[1]) + 1 else match[0]


def without_written_dates(bio: str) -> str:
    """Return a bio without whole dates with the month in words: `9 Jun 2012` names no Jun, `year 8 May Holt` a May."""
    return _WRITTEN.sub(" ", bio) if _DIGIT.search(bio) else bio


def _runs(day_written: str, month: int, year: str) -> Iterator[str]:
    day = int(day_written)
    if month > _MOST_MONTHS >= day:
        day, month = month, day
    if not (1 <= day <= _MOST_DAYS and 1 <= month <= _MOST_MONTHS):
        return
    if len(year) == 2:
        year = f"{'20' if int(year) < _PIVOT else '19'}{year}"
    yield f"{day:02}{month:02}{year}" if year else f"{month:02}{day:02}"


def ages_given(bio: str) -> frozenset[int]:
    """Return the ages that a bio gives."""
    text = bio[:LONGEST_BIO]
    if not _DIGIT.search(text):
        return frozenset()
    stated = {int(next(filter(None, match.groups()))) for match in _AGE.finditer(text)}
    return frozenset(age for age in stated | numbers_alone(text) if _YOUNGEST <= age <= _OLDEST)


def numbers_alone(bio: str) -> frozenset[int]:
    """Return the numbers that stand alone between separators: an age, or a year group."""
    return frozenset(int(match[1]) for match in _BARE_AGE.finditer(bio[:LONGEST_BIO]))


def age_on(born: date, day: date) -> int:
    """Return the age in years of somebody born then, on this day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
