"""Finds where a profile names a school that is not ours, whatever kind of school it calls itself."""

import re
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from itertools import takewhile
from typing import NamedTuple

from engines.people.candidates.residual import word_lists
from engines.people.cues.school_mentions import kinds_of_any
from engines.people.cues.words import cue_words, is_admirers, school_number
from engines.people.model import SchoolNames
from engines.people.register.model import given_names
from engines.text.folding import fold

_KNOWN_NATIONALLY, _LONGEST_NAME = 500, 4
# A tag or a handle, whose words are joined by capitals.
_TAG = re.compile(r"[@#]\s?[\w.]+")
_JOINT = re.compile(r"[@#_]|(?<=[a-z])(?=[A-Z])")
# The letters by which a school goes; of three letters so many other things do.
_INITIALS = re.compile(r"\b[A-Z]{2,4}(?:HS|GS|JS|PS)\b")
_YEAR = re.compile(r"(?:y|yr|year)?\d{1,2}")
# Beside these, our school is named as one that the owner played against or has left.
_APART = frozenset({"vs", "v", "versus", "against", "beat", "ex", "left", "moved", "from", "was", "former", "formerly"})


class _NameWord(NamedTuple):
    """One folded word, whether it is written as a name is, and whether something is said to be its own: `Henry's`."""

    text: str
    is_name: bool
    owns: bool = False


_OWN = ("'s", "\u2019s", "s'", "s\u2019")
_OURS = _NameWord("", is_name=False)


class OtherSchoolReader:
    """Reads profiles for one school; `names` are its own, folded, and `our_letters` those by which it goes."""

    def __init__(self, school: SchoolNames, names: Sequence[str], our_letters: Collection[str]) -> None:
        lists = cue_words()
        self._not_told = sorted(
            {tuple(name.split()) for name in (*names, *map(fold, school.partners))}, key=len, reverse=True
        )
        self._houses = [tuple(house.split()) for house in map(fold, school.houses) if " " in house]
        self._between = frozenset(lists["between"]) | {*lists["school_kind"], *lists["own_kind"]}
        self._no_name = frozenset(lists["not_a_name"])
        written = [frozenset(fold(name).split()) for name in (school.name, *school.aliases)]
        self._own_words = frozenset().union(*written)
        self._any_kind = kinds_of_any(self._own_words)
        self._own_text = " ".join(names)
        self._own_stems = [stem for name in written if (stem := name - self._between - self._no_name - {"st", "saint"})]
        self._homes = frozenset(" ".join(fold(place) for place in (school.town, school.county) if place).split())
        self._own_initials = our_letters
        hinting = ("school_kind", "school_first", "founder", "royal", "school_for")
        self._hints = frozenset({"st", "saint", "ss", "pupil", "at"}).union(
            *(lists[kind] for kind in hinting), *(phrase.split() for phrase in lists["school_called"])
        )

    def are_named(self, parts: Sequence[str], words: AbstractSet[str], *, names_ours: bool = False) -> bool:
        """Say whether any of these parts of a profile names another school; `words` are all its folded words.

        Beside our school's name, who is a Sir or a Queen is somebody famous, or whom a house of ours is called after.
        """
        if any((number := school_number(part)) and number not in self._own_text for part in parts):
            return True
        if any(self._is_initials(found[0]) for part in parts for found in _INITIALS.finditer(part)):
            return True
        names_ours = names_ours and words.isdisjoint(_APART)
        is_hinted = not words.isdisjoint(self._hints) or any("@" in part for part in parts)
        return is_hinted and any(self._names_other(part, names_ours=names_ours) for part in parts if part.strip())

    def _is_initials(self, written: str) -> bool:
        return not any(own in written or written in own for own in self._own_initials)

    def _names_other(self, part: str, *, names_ours: bool) -> bool:
        is_small, is_admired = part.islower(), is_admirers(part)
        words = self._words(part, is_small=is_small)
        said = f" {' '.join(word.text for word in words)} "
        beside = (said.partition(f" {phrase} ") for phrase in cue_words()["school_called"] if f" {phrase} " in said)
        things = cue_words()["saints_things"]
        if not is_admired and any(after.partition(" ")[0] not in things for *_, after in beside):
            return self._is_another(words[:_LONGEST_NAME])
        return any(
            self._is_before_kind(words, place, is_small=is_small)
            or self._is_after_first(words, place, is_small=is_small, names_ours=names_ours)
            or (not is_admired and self._is_after_founder(words, place, is_small=is_small, names_ours=names_ours))
            or (not is_small and self._is_of_pupil(words, place))
            for place in range(len(words))
        )

    def _words(self, part: str, *, is_small: bool) -> list[_NameWord]:
        """Return the words of a part, of ours one word that is no name; in small letters any word may be a name."""
        raw_words = _TAG.sub(lambda tag: " at " + _JOINT.sub(" ", tag[0]), part).split()
        words = [_name_word(word, raw, is_small=is_small) for raw in raw_words for word in fold(raw).split()]
        if words and _YEAR.fullmatch(words[-1].text) and not words[-1].text.isdigit():
            words.pop()
        for name in self._not_told:
            size = len(name)
            for place in range(len(words) - size, -1, -1):
                if tuple(word.text for word in words[place : place + size]) == name:
                    words[place : place + size] = [_OURS]
        for name in self._houses:
            for place in range(len(words) - len(name), -1, -1):
                end = place + len(name)
                is_house = tuple(word.text for word in words[place:end]) == name
                if is_house and not (words[end:] and words[end].text in cue_words()["school_kind"]):
                    words[place:end] = [_OURS]
        return words

    def _may_name(self, word: _NameWord) -> bool:
        return word.is_name and word.text.isalpha() and word.text not in self._no_name

    def _is_another(self, named: Sequence[_NameWord], kinds: AbstractSet[str] = frozenset()) -> bool:
        """Say whether these words of a school's name are not ours, beside which its town's may stand."""
        texts = {word.text for word in named} - self._between - {"st", "saint", ""}
        if any(stem <= texts for stem in self._own_stems) or (texts and texts <= self._own_words - self._between):
            return not kinds - self._any_kind <= self._own_words
        return bool(texts)

    def _is_before_kind(self, words: Sequence[_NameWord], place: int, *, is_small: bool) -> bool:
        """Say whether another school's name stands before this word, which is a kind of school: `Beacon Hill High`."""
        kind, lists, before = words[place], cue_words(), list(reversed(words[:place]))
        after = words[place + 1].text if len(words) > place + 1 else ""
        is_last = not after or after in lists["school_life"]
        is_kind = kind.text in lists["school_kind_in_small_letters" if is_small else "school_kind"]
        is_kind = is_kind or (is_small and is_last and kind.text in lists["school_kind_at_end"])
        if kind.text in lists["school_for"] and not is_small:  # one word alone may be a band's: Spice Girls
            is_kind = is_last and (len(words) > place + 1 or len(list(takewhile(self._may_name, before))) > 1)
        if not (kind.is_name and is_kind) or after in lists["club"] or re.fullmatch(r"u\d{1,2}s?", after):
            return False
        kinds = list(takewhile(lambda word: word.text in self._between, before))
        named = list(takewhile(self._may_name, before[len(kinds) :]))[:_LONGEST_NAME]
        return self._is_another(named, {kind.text, *(word.text for word in kinds)})

    def _is_after_first(self, words: Sequence[_NameWord], place: int, *, is_small: bool, names_ours: bool) -> bool:
        """Say whether this word begins the name of another school: `Ysgol`, `St` or `King` before a name."""
        first, named = words[place], words[place + 1 : place + 1 + _LONGEST_NAME]
        if first.text in cue_words()["school_first"]:  # Ysgol y Glan
            named = [word for word in named if word.text not in cue_words()["article"]]
        if not named or not first.is_name or not self._may_name(named[0]):
            return False
        if first.text in cue_words()["school_first"]:
            return not (is_small and first.text == "bro") and self._is_another(named[:1], {first.text})
        after = named[1].text if len(named) > 1 else ""
        if first.text == "ss":
            return not is_small and not names_ours and self._is_another(named)
        if first.text in {"st", "saint"}:
            is_town = f"st {named[0].text}" in cue_words()["towns"] and after not in self._between  # but St Albans RC
            is_elsewhere = is_town or after in cue_words()["saints_things"]
            is_whole_name = len(named) > 1 and not is_small and self._may_name(named[1]) and _is_given(named[0])
            is_named = named[0].text.endswith("s") or (is_whole_name and not names_ours)
            return is_named and not is_elsewhere and self._is_another(named[:1])
        return False

    def _is_after_founder(self, words: Sequence[_NameWord], place: int, *, is_small: bool, names_ours: bool) -> bool:
        """Say whether this word begins the name of a founder after whom a school is called: `Sir`, `Queen`."""
        first, named = words[place], words[place + 1 : place + 1 + _LONGEST_NAME]
        after = named[1].text if len(named) > 1 else ""
        is_founder = first.is_name and first.text in {*cue_words()["founder"], *cue_words()["royal"]}
        if not (named and is_founder and self._may_name(named[0])):
            return False
        is_known, is_whole = _is_given(named[0]), not is_small and all(word.is_name for word in words[place:])
        is_of_church = first.text in cue_words()["of_church"] and is_whole and len(words) == place + len(named) + 1
        is_owner = not is_small and any(word.owns and self._ends(words, word) for word in named)
        if names_ours:
            is_royal = is_owner and first.text in cue_words()["royal"] and not is_known
            return (is_royal or (is_known and after in cue_words()["numeral"])) and self._is_another(named)
        is_whole = is_of_church or is_owner or (is_whole and is_known)
        is_of_school = any(word.text in cue_words()["school_life"] for word in words[place + 2 : place + 5])
        if is_small and first.text in cue_words()["royal"]:  # what children call themselves
            is_of_school = False
        return ((is_known and after in cue_words()["numeral"]) or is_whole or is_of_school) and self._is_another(named)

    def _ends(self, words: Sequence[_NameWord], last: _NameWord) -> bool:
        """Say whether nothing stands after this word but what a school is or does: `Prince Henry's`."""
        following = words[words.index(last) + 1 :]
        return not following or following[0].text in self._between.union(cue_words()["school_life"])

    def _is_of_pupil(self, words: Sequence[_NameWord], place: int) -> bool:
        """Say whether a pupil names where they go: `Longmarsh pupil`, `Year 9 at Longmarsh`."""
        if words[place].text == "pupil" and place and self._may_name(words[place - 1]):
            return self._is_another(words[max(place - _LONGEST_NAME, 0) : place])
        if words[place].text != "at" or not place:
            return False
        says_pupil = words[place - 1].text in {"pupil", "student"} or _YEAR.fullmatch(words[place - 1].text)
        named = list(takewhile(self._may_name, words[place + 1 :]))
        is_place = {word.text for word in named} <= self._homes.union(word_lists()["cities"])
        return says_pupil is not None and bool(says_pupil) and not is_place and self._is_another(named)


def _is_given(word: _NameWord) -> bool:
    return given_names().get(word.text, 0) >= _KNOWN_NATIONALLY


def _name_word(word: str, raw: str, *, is_small: bool) -> _NameWord:
    """Return a folded word as it is written; a capital may stand second: `na nOg`, and a figure first: `6th`."""
    return _NameWord(word, is_small or raw[0].isdigit() or any(map(str.isupper, raw[:2])), raw.endswith(_OWN))
