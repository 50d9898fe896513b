"""Reads the public cues out of a profile: which school it names, which year it gives, and whose words it uses."""

import re
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from engines.people.cues.model import Cues
from engines.people.cues.other_schools import OtherSchoolReader
from engines.people.cues.places import PlaceReader
from engines.people.cues.school_mentions import SchoolNameReader
from engines.people.cues.times import is_to_come, left_ours, without_past_work
from engines.people.cues.words import cue_words, is_admirers, with_short_subjects
from engines.people.model import ActorProfile, SchoolNames
from engines.text.folding import fold

_NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13",
}  # fmt: skip
_YEAR = re.compile(rf"\b(?:year ?(r|\d{{1,2}}|{'|'.join(_NUMBERS)})|(?:yr|y) ?(\d{{1,2}}))\b")
_SCOTTISH = re.compile(r"[ps][1-7]")  # of a primary or a secondary school; other things are called so too
_SINCE = re.compile(rf"\bsince {_YEAR.pattern}")  # is the year of then
_TOLD = re.compile(rf"{_YEAR.pattern}|\d{{1,2}}[a-z]\b")
# A full stop parts only after a longer word: not in "St. Mary".
_SEGMENTS = re.compile(
    r"(?:(?<=\w{4})\.|[,;|/\n()\[\]!?:~\u00b7\u2022\u2013\u2014\U0001f300-\U0001faff\u2600-\u27bf]|\s[-x\u2728]\s|  )+"
)
_ALONE = re.compile(r"\s*(?:in )?(\d{1,2}[a-z]|reception)(?: class)?(?: x+)?\s*", re.IGNORECASE)
_LONGEST, _LONGEST_NAME = 2000, 100
KINDS = ("family", "relative", "sibling", "trade", "job", "governor", "leaver", "home_educated")


def year_of(written: str | None) -> str | None:
    """Return a year group as a bare number, `r` or `n`, whatever way it was written; None when there is none."""
    text = fold(written or "")
    if match := _YEAR.fullmatch(text):
        return _plain_year(match)
    bare_year = {"reception": "r", "nursery": "n"}.get(text, text)
    return bare_year.lstrip("0") or None


def years_alike(said: AbstractSet[str], year: str) -> frozenset[str]:
    """Return the years that a profile says as this one is written: a bare number is one of Scotland's there, `s2`."""
    if _SCOTTISH.fullmatch(year):
        return frozenset(one if _SCOTTISH.fullmatch(one) else year[0] + one for one in said)
    return frozenset(one for one in said if not _SCOTTISH.fullmatch(one))


def _years(text: str, alone: AbstractSet[str]) -> frozenset[str]:
    now = _SINCE.sub(" ", text) if "since" in text else text
    years = frozenset(map(_plain_year, _YEAR.finditer(now))) if "y" in text else frozenset()
    return years | {"r"} if "reception" in alone else years


def _plain_year(match: re.Match[str]) -> str:
    year = _NUMBERS.get(match[1], match[1]) or match[2]
    return year.lstrip("0") or "r"


class CueReader:
    """Reads profiles for one school."""

    def __init__(self, school: SchoolNames) -> None:
        self.school = SchoolNameReader(school)
        self._other_schools = OtherSchoolReader(school, self.school.names, self.school.letters)
        self._places = PlaceReader(school, self.school.letters)
        places = {fold(place) for place in (school.town, school.county) if place}
        named = sorted((name for name in (school.name, *school.aliases) if fold(name) not in places), key=len)[::-1]
        our_school = "|".join(map(re.escape, named)) or "(?!)"
        ours = "|".join([our_school, *(re.escape(place) for place in (school.town, school.county) if place)])
        self.our_own = re.compile(rf"\b(?:{ours})\b", re.IGNORECASE)
        self.left_ours = left_ours(ours, our_school)
        self.in_year = re.compile(
            rf"\b(?:{our_school})(?: sixth form)?(?: in)? ((?:19|20)\d\d)\b(?! ?[-/])", re.IGNORECASE
        )

    def read(self, actor: ActorProfile, forms: AbstractSet[str] | None = None) -> Cues:
        """Return what this actor's profile says beside the name it shows, of which `forms` are the known parts.

        The name itself is no cue: there are people called Governor, Parent and College. Without forms all of it is one.
        """
        display_name = actor.display_name or ""
        name, beside = self._name_and_beside(display_name, forms)
        bio, location = without_past_work((actor.bio or "")[:_LONGEST]), actor.location or ""
        of_bio = _SEGMENTS.split(self.school.with_tags_read(bio))
        of_place = _SEGMENTS.split(location)
        parts = [*beside, *of_bio, *of_place]
        written = "\n".join(parts)
        folded = with_short_subjects(fold(written))
        text = f" {' '.join(f' {folded} '.replace(f' {name} ', ' ', 1).split())} " if name else f" {folded} "
        words_said = frozenset(text.split())
        bare = [*parts, *(self.our_own.sub(" ", part) for part in of_bio)]  # S3 Ousterly
        alone = frozenset(match[1].lower() if (match := _ALONE.fullmatch(part)) else fold(part) for part in bare)
        mentions = self.school.read(text, "\n".join([*beside, bio, location]))
        of_now = [part for part in parts if not is_to_come(part)] if mentions.ours else parts
        of_scotland = {one for one in (words_said if mentions.ours else alone) if _SCOTTISH.fullmatch(one)}
        years = _years(text, alone) | of_scotland
        return Cues(
            text=text,
            names_school=mentions.ours,
            names_school_called_alike=mentions.called_alike and not mentions.ours,
            names_other_school=self._other_schools.are_named(of_now, words_said, names_ours=mentions.ours),
            years=years,
            kinds=_kinds_of_owner(parts, text, written, is_titled=forms is None and _is_titled(display_name)),
            alone=alone,
            lives_elsewhere=self._places.are_elsewhere(of_bio, of_place, gives_year=bool(years)),
            school_is_relatives=mentions.ours and self.school.is_of_relative(parts),
            beside_name=tuple(beside),
            may_name_other_school=not mentions.ours and self._places.are_year_at(of_now, forms or ()),
        )

    def _name_and_beside(self, display_name: str, forms: AbstractSet[str] | None) -> tuple[str, list[str]]:
        """Return the name shown, folded, and what is written beside it: `Tia Brannel (Y8)`, `Tia Brannel OVS`."""
        parts = [part for part in _SEGMENTS.split(display_name[:_LONGEST_NAME]) if part.strip()]
        if forms is None:
            return "", parts
        named = [part for part in parts if not forms.isdisjoint(fold(part).split())] or parts[:1]
        name, beside = "", [part for part in parts if part not in named]
        for part in named:
            words = part.split()
            tails = (
                (place, " ".join(words[place:])) for place in range(1, len(words)) if fold(words[place]) not in forms
            )
            is_titled = _is_titled(part)  # Mrs Yardley Maths
            told = (
                (place, tail)
                for place, tail in tails
                if self._is_told(fold(tail)) or (is_titled and not forms.isdisjoint(map(fold, words[1:place])))
            )
            end, tail = next(told, (len(words), ""))
            name, beside = name or fold(" ".join(words[:end])), [*beside, tail] if tail else beside
        return name, beside

    def _is_told(self, tail: str) -> bool:
        """Say whether folded words begin with a year group, a class or our school's name."""
        return _TOLD.match(tail) is not None or f"{tail} ".startswith(tuple(f"{name} " for name in self.school.names))


@cache
def _phrases() -> tuple[dict[str, set[str]], dict[str, list[tuple[str, str]]], re.Pattern[str]]:
    """Return the kinds of each word, the phrases that begin with a word, and what finds the jobs in capitals."""
    lists = cue_words()
    single: defaultdict[str, set[str]] = defaultdict(set)
    several: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind in KINDS:
        for phrase in lists[kind]:
            if " " in phrase:
                several[phrase.split()[0]].append((f" {phrase} ", kind))
            else:
                single[phrase].add(kind)
    return dict(single), dict(several), re.compile(rf"\b(?:{'|'.join(lists['job_in_capitals'])})\b")


def _kinds_of_owner(parts: Sequence[str], text: str, written: str, *, is_titled: bool) -> frozenset[str]:
    """Return the kinds of words that the owner says of themselves: a fan of Mother Teresa is nobody's mother."""
    kinds = _kinds(text, written, is_titled=is_titled)
    owners = [part for part in parts if not is_admirers(part)] if kinds else parts
    if len(owners) == len(parts):
        return kinds
    kept = "\n".join(owners)
    return kinds & _kinds(f" {fold(kept)} ", kept, is_titled=is_titled)


def _kinds(text: str, written: str, *, is_titled: bool) -> frozenset[str]:
    (single, several, in_capitals), words_said = _phrases(), frozenset(text.split())
    kinds = {kind for word in words_said & single.keys() for kind in single[word]}
    kinds |= {kind for word in words_said & several.keys() for phrase, kind in several[word] if phrase in text}
    if in_capitals.search(written):
        kinds.add("job")
    return frozenset(kinds | ({"title"} if is_titled else set()))


def _is_titled(display_name: str) -> bool:
    return fold(display_name).partition(" ")[0] in cue_words()["title"]
