"""What a public profile says beside the name."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from engines.text.folding import fold

_BARE_CLASS = re.compile(r"\d{1,2}[a-z]{1,4}\d?")
# A run, a count of followers or a dimension as well as a class: 10K, 5M, 3D.
_AMBIGUOUS_CLASS = re.compile(r"\d{1,2}[km]|[23]d")


class Cues(NamedTuple):
    """What one profile says; `text` is folded, with a space at either end so that phrases are whole words."""

    text: str
    names_school: bool
    names_other_school: bool
    names_school_called_alike: bool
    years: frozenset[str]
    kinds: frozenset[str]
    alone: frozenset[str] = frozenset()  # what stands between separators, in small letters: a class, a house
    lives_elsewhere: bool = False  # a town, a city or a country elsewhere, alone between separators
    may_name_other_school: bool = False  # a year group with a name that may be a school's, or a tutor's
    school_is_relatives: bool = False  # our school is named as a cousin's, a brother's or a sister's alone
    beside_name: tuple[str, ...] = ()  # what the name shown stands beside, as written: (Y8), | OVS

    def says(self, phrase: str) -> bool:
        """Say whether this folded phrase stands in the profile."""
        return bool(phrase) and f" {phrase} " in self.text

    def says_class(self, class_name: str, *, surely: bool = False) -> bool:
        """Say whether the profile gives this class, such as 9S; a word such as Oak counts only beside `class`.

        What is a run or a count too, such as 10K, counts alone between separators and in a profile that names us,
        but is not `surely` a class.
        """
        name = fold(class_name)
        bare = name.replace(" ", "")
        is_plain = _AMBIGUOUS_CLASS.fullmatch(bare) is None or (
            not surely and (bare in self.alone or self.names_school)
        )
        if is_plain and _BARE_CLASS.fullmatch(bare) and (self.says(bare) or self.says(name)):
            return True
        beside = (f"class {name}", f"form {name}", f"{name} class", f"{name} form")
        return bool(name) and any(map(self.says, beside))


class ProfileFacts(NamedTuple):
    """What a profile says beside the name."""

    cues: Cues
    classes: frozenset[str]
    years: frozenset[str]
    ages: frozenset[int]
    numbers: frozenset[int]  # those of the ages that stand alone, and may be a year group
    school_in_handle: bool
    is_former: bool
    has_left_ours: bool  # it says that our school, or a school of our town, was left
    leaves_in: int | None  # the year of `class of`
    town: bool
    is_elsewhere: bool
    child_likes: int
    adult_words: int
    family: bool
    children: frozenset[str]
    title: str
    group: frozenset[str]
    shows_nickname: bool
    shows_unknown_name: bool  # a given name and a surname, and no words, over a name in a bio that does not say whose
    owner_in_bio: bool  # the bio gives its owner's given name, whoever bears it
    friends: frozenset[int]  # whose names the bio gives to its owner's friends and relatives
    names_two: bool
    has_bio: bool
    city: bool
    ages_by_name: Mapping[str, int]
    digits: tuple[str, ...]
    dates: tuple[str, ...]
    house: bool
    handle_letters: str
    is_parody: bool
    is_about: bool
    is_run_by_parent: bool
    words: frozenset[str]
