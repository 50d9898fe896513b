"""What a profile says of everybody in a group equally, and what a handle's digits say of a date of birth."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache

from engines.people.candidates.model import Evidence
from engines.people.cues.dates import age_on
from engines.people.cues.model import ProfileFacts
from engines.people.register.model import PersonForms

KNOWN_GROUPS = frozenset({"child", "leaver", "staff", "governor", "parent"})
_CENTURIES = frozenset({"19", "20"})
# Whom another school beside ours says nothing against: it is another child's, or where they work.
_MAY_HAVE_TWO = frozenset({"parent", "governor"})
FEW_YEARS, _GROWN = 3, 16
# Whose class is over somewhere else, or who goes on.
_AFTERWARDS = frozenset({"sixth", "6th", "primary", "juniors", "infants", "prep"})
# Who is missed or named in passing, and what a child means to be; not who speaks of children of their own.
_IN_PASSING = re.compile(
    r"\b(?:rip|fly high|miss (?:u|you|ya)|my (?:sister|brother)|future|aspiring|wannabe|producer|\d{1,2} ?yo|fan)\b"
)
_OF_CHILDREN = re.compile(
    r"\b(?:sons?|daughters?|kids|children|parents?|mum|mummy|mam|daddy?|mother|father) (?:of|to|2|at|is|in|goe?s?)\b|"
    r"\b(?:parent|(?:my|our) (?:sons?|daughters?|kids|children|boys|girls))\b"
)
_IN_YEAR = re.compile(r"(?:in )?(?:year|yr|y) ?\d{1,2} (?:student |pupil )?at ")  # who teaches a year says so before
_OF_STAFF = frozenset({"views", "opinions"})  # who works in a school says that these are their own
_YEAR_ENDS = (8, 31)
_DATE_LENGTHS = frozenset({2, 4, 6, 8})


def date_like_digits(digits: Sequence[str]) -> list[str]:
    """Return the runs of digits that are as long as a year, a day or a date of birth."""
    return [run for run in digits if len(run) in _DATE_LENGTHS]


def birth_evidence_names(run: str) -> Sequence[str]:
    """Return what a telling run of digits may say of a date of birth."""
    if len(run) == 4 and run[:2] in _CENTURIES:
        return "birth.year", "birth.other_year"
    named = {2: ("birth.yy", "birth.other_yy"), 4: ("birth.day",), 8: ("birth.date", "birth.other_date")}
    return named.get(len(run), ("birth.date",))


def birth_evidence(forms: PersonForms, digits: Sequence[str]) -> Iterator[Evidence]:
    """Yield what the handle's telling digits say of somebody whose date of birth is known."""
    born = forms.person.date_of_birth
    if born is None:
        return
    for run in digits:
        fits, *against = birth_evidence_names(run)
        if run in _written_dates(born):
            yield fits, 1.0, run
        elif against and (len(run) != len("ddmmyyyy") or _is_near(born, run)):
            yield against[0], 1.0, run


def _is_near(born: date, run: str) -> bool:
    """Say whether a date may be the day on which somebody of about this age was born, and not some other day."""
    year = next((int(part) for part in (run[-4:], run[:4]) if part[:2] in _CENTURIES), 0)
    return abs(year - born.year) <= FEW_YEARS


@lru_cache(maxsize=10_000)
def _written_dates(born: date) -> frozenset[str]:
    year = f"{born.year:04}"
    days = {day for day in (f"{born:%d%m}", f"{born:%m%d}") if day[:2] not in _CENTURIES}
    return frozenset({year, year[-2:], *days, f"{born:%d%m%y}", f"{born:%d%m}{year}", f"{year}{born:%m%d}"})


def group_evidence(group: str, facts: ProfileFacts, as_of: date | None = None) -> Iterator[Evidence]:
    """Yield what a profile says of everybody in a group alike."""
    if facts.is_parody:
        yield f"{group}.parody", 1.0, ""
    if facts.is_about:
        yield f"{group}.about", 1.0, ""
    if group in KNOWN_GROUPS:
        yield from _cue_evidence(group, facts, as_of)


def years_apart(forms: PersonForms, ages: Collection[int], as_of: date | None) -> int | None:
    """Return how many years the nearest of these ages is from a person's own; None where either is not known."""
    born, year = forms.person.date_of_birth, forms.year
    if ages and born and as_of:
        return min(abs(age_on(born, as_of) - age) for age in ages)
    if ages and year and year.isdigit():
        return min(max(int(year) + 4 - age, age - int(year) - 5, 0) for age in ages)
    return None


def _is_over(facts: ProfileFacts, as_of: date | None) -> bool | None:
    """Say whether the year of `class of` is over; None where there is none."""
    return date(facts.leaves_in, *_YEAR_ENDS) < as_of if facts.leaves_in and as_of else None


def _is_past_class(facts: ProfileFacts, as_of: date | None) -> bool:
    """Say whether the profile is of a class that is over, beside no year group and no school that comes after."""
    return _is_over(facts, as_of) is True and not facts.years and facts.words.isdisjoint(_AFTERWARDS)


def _has_left(facts: ProfileFacts, as_of: date | None) -> bool:
    """Say whether the profile speaks of having left a school, and not of a year that is to come: class of 2031."""
    is_over = _is_over(facts, as_of)
    is_there = bool(facts.years or facts.classes) and not facts.is_former  # year 11 leavers
    if not facts.words.isdisjoint(_AFTERWARDS) and not facts.is_former:  # primary leavers 2025
        return False
    return is_over is True or ("leaver" in facts.cues.kinds and is_over is not False and not is_there)


def _is_said_in_passing(facts: ProfileFacts, *, names_school: bool) -> bool:
    """Say whether a pupil's profile speaks of a family or a trade in passing alone: `RIP grandad | OVS y8`."""
    is_young = bool(facts.ages) and (names_school or max(facts.ages) < _GROWN)
    is_a_pupil = bool(facts.years or facts.classes or is_young) and facts.adult_words <= 1
    text = facts.cues.text
    is_passing = _IN_PASSING.search(text) is not None or any(map(_IN_YEAR.match, facts.cues.alone))
    return is_a_pupil and is_passing and _OF_CHILDREN.search(text) is None


def _is_taught_at_home(facts: ProfileFacts) -> bool:
    """Say whether the profile speaks of being taught at home, and of no class or year."""
    is_in_class = any(word[0].isdigit() and word[-1].isalpha() for word in facts.words)  # as 8D
    return "home_educated" in facts.cues.kinds and not (is_in_class or facts.years or facts.classes)


def _cue_evidence(group: str, facts: ProfileFacts, as_of: date | None) -> Iterator[Evidence]:
    kinds = facts.cues.kinds
    is_childs = facts.is_run_by_parent and group in {"child", "leaver"}
    gives_own = bool(facts.years or facts.classes or group not in {"child", "leaver"})
    is_relatives = facts.cues.school_is_relatives and not gives_own
    names_school = (facts.cues.names_school and not is_relatives) or facts.school_in_handle
    if names_school or facts.has_left_ours:
        yield f"{group}.former" if facts.is_former or _is_past_class(facts, as_of) else f"{group}.school", 1.0, ""
    is_at_home = group in {"child", "leaver"} and not names_school and _is_taught_at_home(facts)
    is_second = names_school and group in _MAY_HAVE_TWO
    if is_at_home or (facts.cues.names_other_school and not is_second):
        yield f"{group}.other_school", 1.0, ""
    elif facts.cues.may_name_other_school and group == "child" and not names_school:
        yield "child.may_be_other_school", 1.0, ""
    is_pupils = group == "child" and _is_said_in_passing(facts, names_school=names_school)
    is_at_work = group in {"staff", "governor"} and bool(names_school or kinds & {"job", "governor"})
    in_school = len(facts.words & _OF_STAFF) if is_at_work else 0
    is_relative = not kinds.isdisjoint({"relative", "sibling"}) and "family" not in kinds
    is_family_at_school = names_school and "family" in kinds and kinds.isdisjoint({"job", "governor"})
    for name, size in (
        ("school_called_alike", facts.cues.names_school_called_alike),
        ("town", facts.town and not names_school and not facts.has_left_ours),
        ("far", facts.is_elsewhere),
        ("run_by_parent", facts.is_run_by_parent),
        ("family", facts.family and not (is_childs or is_pupils) and not (is_relative and group == "parent")),
        ("relative", is_relative and (group == "parent" or (group == "staff" and "job" not in kinds))),
        ("family_at_school", is_family_at_school and not is_childs),
        ("house", facts.house),
        ("job", "job" in kinds and not is_pupils),
        ("governs", "governor" in kinds),
        ("trade", ("trade" in kinds or facts.adult_words > in_school) and not (facts.is_about or is_pupils)),
        ("no_bio", not facts.has_bio),
        ("leaver", _has_left(facts, as_of)),
        ("city", facts.city),
        ("lives_elsewhere", facts.cues.lives_elsewhere and not facts.cues.names_school),
        ("likes", min(facts.child_likes, 2)),
    ):
        if size:
            yield f"{group}.{name}", float(size), ""
    if group in {"child", "leaver"}:
        if facts.title:
            yield f"{group}.title", 1.0, facts.title
        return
    is_childs_year = group == "parent" and bool(facts.family or facts.children)  # kids: Tia (Y8)
    if facts.years and "job" not in kinds and not facts.title and not is_childs_year:
        yield f"{group}.years", 1.0, ""
    if facts.ages and min(facts.ages) < 18 and not (is_childs_year and facts.children):
        yield f"{group}.young", 1.0, ""
