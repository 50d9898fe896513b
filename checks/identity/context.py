"""The public cues of a profile, read once an account shows part of somebody's name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from checks.identity.cues import CueReader, Cues
from checks.identity.fold import fold
from checks.identity.model import Actor, SchoolNames
from checks.identity.plain import plain, squashed
from checks.identity.reading import Shown
from checks.identity.rest import word_lists

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
_TITLE = re.compile(r"^\W*(mr|mrs|ms|miss|mx|dr|rev|prof|sir|dame|cllr)\b", re.IGNORECASE)
_WITH = re.compile(r"\b(?:and|n)\b|[&+]")
_HOME = frozenset({"uk", "england", "wales", "scotland", "ireland", "united kingdom", "great britain", "gb", "britain"})
_OLDEST = 99
_YOUNGEST = 3


@dataclass(frozen=True, slots=True)
class Told:
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
        self._ours = frozenset(" ".join([*self._places, *map(fold, (school.name, *school.aliases))]).split())

    def read(self, actor: Actor, shown: Shown) -> Told:
        """Return what this profile tells."""
        cues = self._cues.read(actor, fold(actor.display_name or ""))
        bio = plain((actor.bio or "").replace("\U0001f382", " yo "), 400)
        words = frozenset(cues.text.split())
        place = fold(actor.location or "")
        handle = shown.handle.readings[0].letters
        return Told(
            cues=cues,
            classes=frozenset({shown.handle.class_name} if shown.handle.class_name else ()),
            years=cues.years | ({shown.handle.year} if shown.handle.year else set()),
            ages=ages(actor.bio or ""),
            school=cues.names_school,
            school_in_handle=any(alias in handle for alias in self._aliases),
            is_former=bool(_FORMER.search(bio)),
            town=any(f" {home} " in f" {cues.text} {place} " for home in self._places),
            far=bool(place) and place not in _HOME and not any(home in place for home in self._places),
            likes=len(words & self._likes),
            grown=len(words & self._grown),
            family=bool(_FAMILY.search(bio)) or "family" in cues.kinds,
            children=_children(bio),
            title=_title(actor.display_name, shown),
            group=self._group & frozenset(fold(actor.display_name or "").split()),
            names_two=bool(_WITH.search(plain(actor.display_name)))
            or bool(_WITH.search(bio.partition("-")[0]) and "(" in bio),
            has_bio=bool(bio.strip()),
            city=bool((words & self._cities) - self._ours),
            ages_by_name={found[1].lower(): int(found[2]) for found in _NAME_AGE.finditer(bio)},
            digits=shown.handle.digits,
            handle_letters=handle,
            words=words,
        )


def ages(bio: str) -> frozenset[int]:
    """Return the ages that a bio gives."""
    text = bio[:400]
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


def _title(display: str | None, shown: Shown) -> str:
    found = _TITLE.match(plain(display))
    if found:
        return found[1].lower()
    letters = shown.handle.readings[0]
    first = min((place for place in letters.bounds if place), default=0)
    for title in ("miss", "mrs", "mr", "ms", "dr", "rev"):
        if letters.letters[:first] == title or (letters.letters.startswith(title) and len(title) > 2):
            return title
    return ""
