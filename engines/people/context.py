"""The public cues of a profile, read once an account shows part of somebody's name."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from engines.people.cues import CueReader, Cues
from engines.people.fold import fold
from engines.people.model import Actor, SchoolNames
from engines.people.plain import plain, squashed
from engines.people.reading import Shown
from engines.people.rest import word_lists
from engines.people.title import title

_AGE = re.compile(
    r"\b(\d{1,2}) ?(?:yo\b|y o\b|yrs? old|years? old|yrs\b(?! ?\d)|\U0001f382)|"
    r"\b(?:age|aged|im|i am|i'm) (\d{1,2})\b|\((\d{1,2})\)",
    re.IGNORECASE,
)
_BARE_AGE = re.compile(r"(?:^|[|\u2022,/])\s*(\d{1,2})\s*(?=$|[|\u2022,/]|\U0001f382)")
_CHILD_OF = re.compile(
    r"\b(?:mum|mummy|mom|mam|dad|daddy|parent|nan|nana|nanny|gran|granny|grandma|grandad|grandpa|auntie|aunty|uncle|"
    r"grandmother|grandfather|mother|father|mama|papa)s? (?:to|of|2) ((?:[a-z]+(?: and | ?& ?|, ?| )?){1,4})",
    re.IGNORECASE,
)
_WORLD = re.compile(r"^([\w-]+) is my (?:world|life|everything)", re.IGNORECASE)
_NAME_AGE = re.compile(r"\b([A-Za-z]+) \(?(\d{1,2})\b")
_FORMER = re.compile(r"\b(?:ex|formerly|former|used to|retired from|left)\b", re.IGNORECASE)
_FAMILY = re.compile(
    r"\b(?:kids|children|family|sons?|daughters?|boys|girls|mum|dad|mama|nan|grand\w+|auntie)\b", re.IGNORECASE
)
_WITH = re.compile(r"\b(?:and|n)\b|[&+]")
_HOME = frozenset({"uk", "england", "wales", "scotland", "ireland", "united kingdom", "great britain", "gb", "britain"})
_DIGIT = re.compile(r"\d")
# A text without any of these meets the pattern nowhere: looking for them costs less than the pattern does.
_FORMER_HINTS = ("ex", "former", "used to", "retired from", "left")
_FAMILY_HINTS = (
    "mum",
    "dad",
    "son",
    "famil",
    "child",
    "kid",
    "daughter",
    "boys",
    "girls",
    "mama",
    "nan",
    "grand",
    "auntie",
)
_CHILD_HINTS = (" to ", " of ", " 2 ", " is my ")
_NONE: frozenset[str] = frozenset()
_MOST_PLACES = 4_096
_OLDEST = 99
_YOUNGEST = 3


class Told(NamedTuple):
    """What a profile tells beside the name."""

    cues: Cues
    classes: frozenset[str]
    years: frozenset[str]
    ages: frozenset[int]
    school: bool
    school_in_handle: bool
    is_former: bool
    town: bool
    far: bool
    likes: int
    grown: int
    family: bool
    children: frozenset[str]
    title: str
    group: frozenset[str]
    names_two: bool
    has_bio: bool
    city: bool
    ages_by_name: Mapping[str, int]
    digits: tuple[str, ...]
    handle_letters: str
    words: frozenset[str]


class ContextReader:
    """Reads profiles for one school, as of one day."""

    def __init__(self, school: SchoolNames) -> None:
        self._cues = CueReader(school)
        self._places = {fold(place) for place in (school.town, school.county) if place}
        self._aliases = tuple(
            sorted(alias for alias in map(squashed, (school.name, *school.aliases)) if len(alias) > 3)
        )
        lists = word_lists()
        self._likes, self._grown, self._group, self._cities = (
            frozenset(lists[n]) for n in ("child_likes", "adult_says", "group", "cities")
        )
        self._placed = lru_cache(maxsize=_MOST_PLACES)(self._place)
        self._ours = frozenset(" ".join([*self._places, *map(fold, (school.name, *school.aliases))]).split())

    def read(self, actor: Actor, shown: Shown) -> Told:
        """Return what this profile tells."""
        name, display = fold(actor.display_name or ""), plain(actor.display_name)
        cues = self._cues.read(actor, name)
        bio = plain((actor.bio or "").replace("\U0001f382", " yo "), 400)
        small = bio.lower()
        words = frozenset(cues.text.split())
        is_here, is_far = self._placed(actor.location)
        handle, given = shown.handle.readings[0].letters, ages(actor.bio or "")
        return Told(
            cues=cues,
            classes=frozenset((shown.handle.class_name,)) if shown.handle.class_name else _NONE,
            years=cues.years | {shown.handle.year} if shown.handle.year else cues.years,
            ages=given,
            school=cues.names_school,
            school_in_handle=any(alias in handle for alias in self._aliases),
            is_former=_has(_FORMER, _FORMER_HINTS, small),
            town=is_here or any(f" {home} " in cues.text for home in self._places),
            far=is_far,
            likes=len(words & self._likes),
            grown=len(words & self._grown),
            family="family" in cues.kinds or _has(_FAMILY, _FAMILY_HINTS, small),
            children=_children(bio) if _has_any(_CHILD_HINTS, small) else _NONE,
            title=title(display, shown),
            group=_NONE
            if self._group.isdisjoint(shown_words := name.split())
            else self._group.intersection(shown_words),
            names_two=_names_two(display, bio),
            has_bio=bool(bio.strip()),
            city=not (words & self._cities) <= self._ours,
            ages_by_name={found[1].lower(): int(found[2]) for found in _NAME_AGE.finditer(bio)}
            if _DIGIT.search(bio)
            else {},
            digits=shown.handle.digits,
            handle_letters=handle,
            words=words,
        )

    def _place(self, location: str | None) -> tuple[bool, bool]:
        """Say whether this is our town or county, and whether it is another place."""
        place = fold(location or "")
        is_here = any(f" {home} " in f" {place} " for home in self._places)
        return is_here, bool(place) and place not in _HOME and not any(home in place for home in self._places)


def _names_two(display: str, bio: str) -> bool:
    """Say whether the name shown, or the bio with ages in it, joins two names."""
    return bool(_WITH.search(display)) or ("(" in bio and bool(_WITH.search(bio.partition("-")[0])))


def _has(pattern: re.Pattern[str], hints: Sequence[str], small: str) -> bool:
    """Say whether the pattern is met in a text in small letters; without any of its hints it cannot be."""
    return _has_any(hints, small) and pattern.search(small) is not None


def _has_any(hints: Sequence[str], small: str) -> bool:
    return any(hint in small for hint in hints)


def ages(bio: str) -> frozenset[int]:
    """Return the ages that a bio gives."""
    text = bio[:400]
    if not _DIGIT.search(text):
        return frozenset()
    found = {int(next(filter(None, match.groups()))) for match in _AGE.finditer(text)}
    found |= {int(match[1]) for match in _BARE_AGE.finditer(text)}
    return frozenset(age for age in found if _YOUNGEST <= age <= _OLDEST)


def age_on(born: date, day: date) -> int:
    """Return the age in years of somebody born then, on this day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _children(bio: str) -> frozenset[str]:
    text = " ".join(found[1] for found in _CHILD_OF.finditer(bio))
    world = _WORLD.search(bio)
    words = set(re.findall(r"[a-z]+", f"{text} {world[1] if world else ''}".lower()))
    squeezed = {squashed(world[1])} if world else set()
    return frozenset(word for word in words if len(word) > 2 and word != "and") | squeezed
