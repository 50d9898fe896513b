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

    def says(self, phrase: str) -> bool:
        """Say whether this folded phrase stands in the profile."""
        return bool(phrase) and f" {phrase} " in self.text

    def says_class(self, class_name: str) -> bool:
        """Say whether the profile gives this class, such as 9S; a word such as Oak counts only beside `class`."""
        name = fold(class_name)
        bare = name.replace(" ", "")
        is_plain = _BARE_CLASS.fullmatch(bare) is not None and _AMBIGUOUS_CLASS.fullmatch(bare) is None
        if is_plain and (self.says(bare) or self.says(name)):
            return True
        beside = (f"class {name}", f"form {name}", f"{name} class", f"{name} form")
        return bool(name) and any(map(self.says, beside))


class ProfileFacts(NamedTuple):
    """What a profile says beside the name."""

    cues: Cues
    classes: frozenset[str]
    years: frozenset[str]
    ages: frozenset[int]
    school_in_handle: bool
    is_former: bool
    town: bool
    is_elsewhere: bool
    child_likes: int
    adult_words: int
    family: bool
    children: frozenset[str]
    title: str
    group: frozenset[str]
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
