"""Reads where the owner of a profile lives, and where a year group is given with the name of a place."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

import pytz

from engines.people.candidates.residual import word_lists
from engines.people.cues.words import cue_words
from engines.people.model import SchoolNames
from engines.people.register.model import given_names
from engines.text.folding import fold
from engines.text.latin import english_words

_LONGEST_PART = 100
# A year group with a name and nothing else: `Y10 Oakmoor`, `Oakmoor, year 10` in one part.
_NAMED = r"((?:[A-Z][a-z]+)(?: [A-Z][a-z]+){0,2})"
_WITH_NAME = re.compile(rf"\s*(?i:year|yr|y) ?\d{{1,2}}[ ,]+{_NAMED}\s*|\s*{_NAMED}[ ,]+(?i:year|yr|y) ?\d{{1,2}}\s*")
# How names of places end, after which schools are called.
_OF_PLACE = re.compile(
    r"\w{2,}(?:moor|marsh|ridge|way|field|fields|wood|woods|ford|ton|ley|ham|bury|brook|bridge|hill|hurst|mead|gate|dale|"
    r"mere|stead|worth|cliff|combe|vale|side|wick|by|thorpe|croft|grove|bank|hope|well|bourne|stow|mount|grange|wold)"
)
# Where somebody says that they live or work, and wishes for nothing: no `want to live in Japan`.
_LIVES = re.compile(r"(?:(?<!to )\b(?:living|live|lives|based|moved)|\bnow) (?:in|to) (.+)$")
_WORKS = re.compile(
    r"\b(?:teacher|teaching|headteacher|head|tutor|lecturer|nurse|governor|works?|working|school|student|mum|dad|born)"
    r" in (.+)$|\b(?:\d|yo|y o|years? old|yrs? old|live|lad|girl|boy|gal|lass|dancer|gamer|footballer) from (.+)$"
)
_BORN, _AGE = re.compile(r" (?:born|based|raised)\b.*$"), re.compile(r"^\d{1,2} ")
# As schools in America count, and no examination of music or dance: `8th grade`.
_GRADE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th) grade\b(?! (?:piano|guitar|drums?|violin|viola|cello|flute|clarinet|sax\w*|trumpet|"
    r"singing|vocals?|ballet|tap|jazz|modern|dance|dancer|theory|karate))"
)
# The letters of a school beside a year group: `BHS yr10`; three, of which the last is its kind's.
_LETTERS = re.compile(
    r"\s*(?i:year|yr|y) ?\d{1,2}[ ,@]+([A-Z]{2}[SACH])\s*|\s*([A-Z]{2}[SACH])[ ,]+(?i:year|yr|y) ?\d{1,2}\s*"
)


class PlaceReader:
    """Reads for one school; `our_letters` are those by which it goes, such as OVS."""

    def __init__(self, school: SchoolNames, our_letters: Collection[str]) -> None:
        told = (school.name, *school.aliases, school.town, school.county, *school.partners, *school.houses)
        self._known = frozenset(" ".join(fold(name) for name in told if name).split())
        self._homes = {fold(place) for place in (school.town, school.county) if place}
        self._towns, self._cities, self._lands = (
            places() - self._known - self._homes for places in (_towns, _cities, _countries)
        )
        self._letters = our_letters
        self._everywhere = self._towns | self._cities | self._lands

    def are_elsewhere(self, of_bio: Sequence[str], of_place: Sequence[str], *, gives_year: bool) -> bool:
        """Say whether a place elsewhere is given and ours is not, or is said to be where the owner lives now.

        A country in a bio, and a place abroad beside a year group of schools here, is where a family is from as often;
        a city of the bio and a country as the location are where somebody is.
        """
        bio, place = list(map(fold, of_bio)), list(map(fold, of_place))
        if any(match[1] in self._everywhere for part in bio if (match := _LIVES.search(part))):
            return True
        if not gives_year and any(map(_GRADE.search, bio)):
            return True
        is_here = any(f" {home} " in f" {part} " for part in place for home in self._homes)
        if not is_here and not gives_year and not self._towns.isdisjoint(place):
            return True  # whoever passes through ours: `last stop Ousterly`, and lives in Norwich
        if is_here or any(f" {home} " in f" {part} " for part in bio for home in self._homes):
            return False
        told = {said for part in (*bio, *place) for said in _places(part)}
        is_city, is_land = not self._cities.isdisjoint(told), not self._lands.isdisjoint(place)
        is_abroad = (is_city and is_land) or (not gives_year and (is_city or is_land))
        return is_abroad or not self._towns.isdisjoint(told)

    def are_year_at(self, parts: Sequence[str], forms: Collection[str]) -> bool:
        """Say whether a part is a year group and what may be a school's: a name that ends as places do, or its letters.

        Such a name is no given name and nothing of ours; such letters are nothing that children put in capitals.
        """
        parts = [part for part in parts if len(part) < _LONGEST_PART]
        names = " ".join(fold(match[1] or match[2]) for part in parts if (match := _WITH_NAME.fullmatch(part))).split()
        ordinary = (english_words(), self._known, forms)
        if any(_OF_PLACE.fullmatch(name) and not _is_among(name, given_names(), *ordinary) for name in names):
            return True
        letters = {match[1] or match[2] for part in parts if (match := _LETTERS.fullmatch(part))}
        others = {one.lower() for one in letters if not any(one in own or own in one for own in self._letters)}
        return any(not _is_among(one, cue_words()["capitals"], *ordinary) for one in others)


def _is_among(word: str, *lists: Collection[str]) -> bool:
    """Say whether a list has the word: each is asked, as to join them for each profile takes longer than all else."""
    return any(word in words for words in lists)


def _places(said: str) -> Iterator[str]:
    """Yield what a folded part of a profile may give as where its owner lives: `from Swindon`, `teacher in Croydon`."""
    yield said.removeprefix("from ")
    yield said.removeprefix("in ")
    yield _AGE.sub("", _BORN.sub("", said))
    if match := _WORKS.search(said):
        yield match[1] or match[2]


def _places_alone(named: Iterable[str]) -> frozenset[str]:
    """Return the places whose names are nobody's given name and nothing that children like, such as rugby."""
    others = given_names().keys() | {*word_lists()["child_likes"], *cue_words()["no_places"]}
    return frozenset(map(fold, named)) - others


@cache
def _towns() -> frozenset[str]:
    """Return the towns and cities of this country."""
    return _places_alone((*cue_words()["towns"], *cue_words()["cities_here"]))


@cache
def _cities() -> frozenset[str]:
    """Return cities abroad, and those after which time zones are called (IANA's database, by pytz)."""
    zones = (zone.rpartition("/") for zone in pytz.common_timezones)  # US/Central and Canada/Pacific are no cities
    named = (city.replace("_", " ") for region, _, city in zones if region not in {"", "US", "Canada"})
    return _places_alone((*named, *word_lists()["cities"])) - _towns() - {*cue_words()["cities_here"]}


@cache
def _countries() -> frozenset[str]:
    """Return the countries (by pytz), and states and provinces."""
    return _places_alone((*pytz.country_names.values(), *cue_words()["states"]))
