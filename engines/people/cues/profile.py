"""The public cues of a profile, read once an account shows part of somebody's name."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache

from engines.people.candidates.residual import word_lists
from engines.people.cues.dates import LONGEST_BIO, ages_given, dates_given, numbers_alone
from engines.people.cues.model import Cues, ProfileFacts
from engines.people.cues.pages_about import is_about, is_parody
from engines.people.cues.phrases import CueReader
from engines.people.cues.times import says_former, without_what_was
from engines.people.cues.words import (
    children_named,
    cue_words,
    is_run_by_parent,
    speaks_of_family,
    without_jest,
    without_names,
)
from engines.people.model import ActorProfile, SchoolNames
from engines.people.register.model import GIVEN
from engines.people.text.full_names import reads_as_given_name
from engines.people.text.model import AccountNames
from engines.text.folding import fold
from engines.text.latin import english_words, to_latin

_TITLE = re.compile(
    rf"^\W*(?:(?:{'|'.join(cue_words()['asked_of_titled'])}) )?"
    r"(mr|mrs|ms|miss|mx|dr|rev|prof|sir|dame|cllr)\b",
    re.IGNORECASE,
)
_TITLES = ("miss", "mrs", "mr", "ms", "dr", "rev")
_TITLE_STARTS = frozenset(title[:2] for title in _TITLES)


def shown_title(display: str, names: AccountNames) -> str:
    """Return the title that an account is shown with, in small letters; empty where it has none."""
    match = _TITLE.match(display)
    if match:
        word = match[1].lower()
        return "" if _is_given_name(word, names) else word
    segmentation = names.handle.plain
    if segmentation.letters[:2] not in _TITLE_STARTS:
        return ""
    first, initial = min((place for place in segmentation.bounds if place), default=0), (names.titled or "-")[0]
    begun = [title for title in _TITLES if segmentation.letters.startswith(title)]
    parted = [title for title in begun if segmentation.letters.startswith(title + initial)]  # mrkteaches
    said = (segmentation.letters[:first], *parted, *(title for title in begun if len(title) > 2))
    return next((title for title in said if title in _TITLES), "")


def _is_given_name(word: str, names: AccountNames) -> bool:
    """Say whether somebody on the registers is called as this word is written, such as Dame or Sir."""
    occurrences = names.display[1] if names.display else ()
    return any(form == word and any(bearer.kind == GIVEN for bearer in bearers) for _, _, form, bearers in occurrences)


_NAME_AGE = re.compile(r"\b([A-Za-z]+) (?:is )?\(?(\d{1,2})\b")
_CLASS_OF = re.compile(r" (?:class of|leavers?|c o) (?:20)?(\d\d) | 20(\d\d) (?:leavers?|grad|graduate) ")
_AT_SCHOOL = re.compile(r" 20\d\d (?:to |till |until )?20(\d\d) ")
_MOST_YEARS = 7  # that a pupil stays at one school
_JOINED = re.compile(r"[a-z][_.]+(?:and|n|x)[_.]+[a-z]", re.IGNORECASE)
_WITH = re.compile(r"\b(?:and|n)\b|[&+]")
# Two words and no more, joined as the names of friends are.
_TWO_WORDS = re.compile(r"\W*[^\W\d_]{2,}(?: x | ?/ ?)[^\W\d_]{2,}\W*", re.IGNORECASE)
# A name that nobody is christened: with figures in it, or one word without a capital or with one inside.
_NICKNAME = re.compile(r".*\d.*|\W*(?:[a-z]+|[A-Z]?[a-z]+[A-Z]\w*)\W*", re.DOTALL)
# A given name and a surname or more, each with its capital.
_FULL_NAME = re.compile(r"\W*[A-Z][a-z]+(?:[ '-]+[A-Z][a-z]+){1,3}\W*")
_HOME = frozenset({"uk", "england", "wales", "scotland", "ireland", "united kingdom", "great britain", "gb", "britain"})
_RUN_HINTS = (" by ", "run", " ran", "manages", "managed", "monitors", "controls")
_NONE: frozenset[str] = frozenset()
_MOST_PLACES = 4_096


class ProfileReader:
    """Reads profiles for one school, as of one day."""

    def __init__(self, school: SchoolNames) -> None:
        self._cues = CueReader(school)
        self._places = {fold(place) for place in (school.town, school.county) if place}
        names = (school.name, *school.aliases)
        self._our_names = sorted(set(map(fold, names)), key=len, reverse=True)
        kinds = ("child_likes", "adult_says", "group", "cities")
        self._likes, self._grown, self._group, self._cities = (frozenset(word_lists()[kind]) for kind in kinds)
        self._pupil_says, self._pupils_too = word_lists()["pupil_says"], frozenset(word_lists()["pupils_too"])
        self._house_names = frozenset(map(fold, school.houses))
        self._houses = _as_pupils_say(sorted(self._house_names))
        self._placed = lru_cache(maxsize=_MOST_PLACES)(self._place)
        self._ours = frozenset(" ".join([*self._places, *map(fold, names)]).split())

    def read(self, actor: ActorProfile, names: AccountNames) -> ProfileFacts:
        """Return what this profile tells."""
        bio = without_jest(without_what_was(actor.bio or "", self._cues.our_own))
        return self._read(replace(actor, bio=bio), names)

    def _read(self, actor: ActorProfile, names: AccountNames) -> ProfileFacts:
        name, display = fold(actor.display_name or ""), to_latin(actor.display_name)
        cues = self._cues.read(actor, names.known)
        bio = to_latin((actor.bio or "").replace("\U0001f382", " yo "), 400)
        said = f"{name} {cues.text}"
        dates, undated = dates_given(" | ".join((*cues.beside_name, (actor.bio or "")[:LONGEST_BIO])))
        words = frozenset(cues.text.split())
        is_our_town, is_elsewhere = self._placed(actor.location)
        handle, ages_by_name = names.handle.plain.letters, {m[1].lower(): int(m[2]) for m in _NAME_AGE.finditer(bio)}
        undated = self._cues.our_own.sub("|", undated)  # Ousterly 14
        has_left_ours = self._cues.left_ours.search(bio) is not None
        stated_ages = ages_given(undated) | {age for name, age in ages_by_name.items() if name in names.known}
        return ProfileFacts(
            cues=cues,
            classes=frozenset((names.handle.class_name,)) if names.handle.class_name else _NONE,
            years=cues.years | {names.handle.year} if names.handle.year else cues.years,
            ages=stated_ages,
            numbers=numbers_alone(undated) if stated_ages else frozenset(),
            school_in_handle=self._cues.school.is_in_handle(names.handle.plain, names.forms),
            is_former=has_left_ours or says_former(bio),
            has_left_ours=has_left_ours,
            leaves_in=_leaving_year(cues, self._cues.in_year.search(bio)),
            town=is_our_town or any(f" {home} " in cues.text for home in self._places),
            is_elsewhere=is_elsewhere,
            child_likes=len(words & self._likes),
            adult_words=len(words & self._grown - names.known - self._of_pupils(cues, words)),
            family=not cues.kinds.isdisjoint({"family", "relative"}) or speaks_of_family(cues.text, self._our_names),
            children=children_named(display, bio),
            title=shown_title(display, names),
            group=self._group.intersection(without_names(f" {name} ", self._our_names).split()),
            shows_nickname=_NICKNAME.fullmatch(display) is not None,
            shows_unknown_name=names.bio is not None and not names.is_said_in_bio and _is_unknown_name(display),
            owner_in_bio=names.owner_in_bio,
            friends=names.friends,
            names_two=_names_two(display, bio) or names.joins_two or _JOINED.search(names.handle.written) is not None,
            has_bio=bool(bio.strip()),
            city=not (cues.lives_elsewhere or (words & self._cities) <= self._ours),
            ages_by_name=ages_by_name,
            digits=names.handle.plain.digits,
            dates=dates,
            house=any(f" {house} " in cues.text for house in self._houses)
            or not self._house_names.isdisjoint(cues.alone),
            handle_letters=handle,
            is_parody=is_parody(said, handle, names.forms),
            is_about=names.is_of_another
            # with the whole bio, as the cues' text leaves out the name where it stands first
            or (not names.is_owner_apart and is_about(name, f"{cues.text}{fold(bio)} ", handle, names.forms)),
            is_run_by_parent=_has_any(_RUN_HINTS, said) and is_run_by_parent(said),
            words=words,
        )

    def _of_pupils(self, cues: Cues, words: AbstractSet[str]) -> AbstractSet[str]:
        """Return the words of grown people that are a pupil's in this profile: `Student at OVS. Views mine`."""
        if "student" in words and (cues.names_school or cues.years):
            return self._pupils_too
        return self._pupils_too if any(map(cues.says, self._pupil_says)) else _NONE

    def _place(self, location: str | None) -> tuple[bool, bool]:
        """Say whether this is our town or county, and whether it is another place."""
        place = fold(location or "")
        is_here = any(f" {home} " in f" {place} " for home in self._places)
        return is_here, bool(place) and place not in _HOME and not any(home in place for home in self._places)


def _as_pupils_say(houses: Sequence[str]) -> frozenset[str]:
    """Return what pupils say of their house, club or team: a name of one word is many other things as well."""
    forms = ("{} house", "house {}", "team {}", "{} team", "{} captain", "captain of {}", "{} rep", "{} form")
    said = {form.format(house) for house in houses for form in forms}
    return frozenset(said | {house for house in houses if " " in house})


def _is_unknown_name(display: str) -> bool:
    """Say whether a shown name reads as a person's: no word of it is one of the language, or all are syllables."""
    is_no_word = english_words().keys().isdisjoint(fold(display).split())
    return (is_no_word and _FULL_NAME.fullmatch(display) is not None) or reads_as_given_name(fold(display))


def _leaving_year(cues: Cues, ours_in: re.Match[str] | None) -> int | None:
    """Return the year of `class of 2021`, the last of `OVS 2014-2021`, or the last that `OVS 2009` allows."""
    match = _CLASS_OF.search(cues.text) or (_AT_SCHOOL.search(cues.text) if cues.names_school else None)
    if match:
        return int(next(filter(None, match.groups()))) + 2000
    return int(ours_in[1]) + _MOST_YEARS if ours_in else None


def _names_two(display: str, bio: str) -> bool:
    """Say whether the name shown, or the bio with ages in it, joins two names."""
    return bool(_WITH.search(display) or _TWO_WORDS.fullmatch(display)) or (
        "(" in bio and bool(_WITH.search(bio.partition("-")[0]))
    )


def _has_any(hints: Sequence[str], small: str) -> bool:
    return any(hint in small for hint in hints)
