"""Finds where a profile names our school, and where what follows the name makes it another school of that name."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from engines.people.candidates.residual import word_lists
from engines.people.cues.words import cue_words
from engines.people.model import SchoolNames
from engines.text.folding import fold

_SHORTEST_ALIAS = 3
_WORD = re.compile(r"[^\s(),|/;:!?\u2022\u2013\u2014\[\]]+")
_ENDS = re.compile(r"[|/;:!?\n\u2022\u2013\u2014\[\]]")
_LEADS_TO_PLACE = frozenset({"in", "of", "at", "near"})
_LONGEST_PLACE = 2
_LONGEST_ABBREVIATION = 4


class SchoolMentions(NamedTuple):
    """Whether a profile names our school, and whether it names another one that is called alike."""

    ours: bool
    called_alike: bool


class _Word(NamedTuple):
    """One folded word with what stands between it and the word before, and whether a capital begins it."""

    text: str
    before: str
    is_capital: bool


class SchoolNameReader:
    """Finds the names of one school."""

    def __init__(self, school: SchoolNames) -> None:
        self._homes = frozenset(" ".join(fold(place) for place in (school.town, school.county) if place).split())
        places = {fold(place) for place in (school.town, school.county) if place}
        written = {fold(name) for name in (school.name, *school.aliases)}
        # An alias that is also the town's name would make a pupil of everybody in town.
        ours = {name for name in written if len(name) >= _SHORTEST_ALIAS and name not in places}
        self.names = tuple(sorted(ours, key=lambda name: (-len(name), name)))
        self._own_words = frozenset(" ".join(written).split())
        self._size = len(fold(school.name).split())
        self._phases = _phases(self._own_words)

    def read(self, text: str, written: str) -> SchoolMentions:
        """Return what a profile says of our school: `text` is folded, with a space at either end; `written` is not."""
        if not any(f" {name} " in text for name in self.names):
            return SchoolMentions(ours=False, called_alike=False)
        words = list(_words(written))
        others = [
            self._is_another(words[end:]) or (is_short and self._goes_on(words[end:]))
            for end, is_short in self._mentions(words)
        ]
        return SchoolMentions(ours=not others or not all(others), called_alike=any(others))

    def _mentions(self, words: Sequence[_Word]) -> list[tuple[int, bool]]:
        """Return where each mention of our school ends, and whether it is but some words of the longest name."""
        ends, place = [], 0
        texts = [word.text for word in words]
        while place < len(texts):
            sizes = (
                len(name.split()) for name in self.names if texts[place : place + len(name.split())] == name.split()
            )
            size = max(sizes, default=0)
            if size:
                ends.append((place + size, 1 < size < self._size))
            place += size or 1
        return ends

    def _is_another(self, following: Sequence[_Word]) -> bool:
        """Say whether the words after our name are another kind of school, or another town."""
        kinds = []
        for word in following:
            if word.before.strip() or word.text not in cue_words()["between"]:
                break
            kinds.append(word.text)
        return self._is_another_kind(frozenset(kinds)) or self._is_another_town(following[len(kinds) :])

    def _is_another_kind(self, kinds: frozenset[str]) -> bool:
        phases = _phases(kinds)
        if phases and self._phases and phases.isdisjoint(self._phases):
            return True
        return not kinds - kinds_of_any(self._own_words) <= self._own_words

    def _goes_on(self, following: Sequence[_Word]) -> bool:
        """Say whether a name of several words goes on as no name of ours does: `Sacred Heart` before `Netherhope`."""
        is_led = len(following) > 1 and following[0].text == "of" and following[0].before == " "
        further = list(takewhile(lambda word: word.is_capital and word.before == " ", following[is_led:]))
        texts = {word.text for word in further}
        known = self._own_words | self._homes | {*cue_words()["school_life"], *word_lists()["child_likes"]}
        known |= kinds_of_any(self._own_words)
        return bool(texts) and texts.isdisjoint(known) and all(text.isalpha() for text in texts)

    def _is_another_town(self, following: Sequence[_Word]) -> bool:
        if not following or _ENDS.search(following[0].before):
            return False
        is_led = following[0].text in _LEADS_TO_PLACE
        place = following[is_led : is_led + _LONGEST_PLACE]
        if not place or not (is_led or place[0].is_capital or place[0].before.strip()):
            return False
        towns = {" ".join(word.text for word in place[:size]) for size in range(1, len(place) + 1)}
        is_town = not towns.isdisjoint(word_lists()["cities"]) or not towns.isdisjoint(cue_words()["towns"])
        return is_town and self._homes.isdisjoint(" ".join(towns).split())


def _words(written: str) -> Iterator[_Word]:
    """Yield every word; a full stop after one that is no abbreviation stands between it and the next."""
    end, stop = 0, ""
    for match in _WORD.finditer(written):
        before, raw = stop + written[end : match.start()], match[0]
        if not (words := fold(raw).split()):  # a sign alone, which stands between the words beside it
            continue
        for folded in words:
            yield _Word(folded, before, raw[0].isupper())
            before = ""
        end, stop = match.end(), "|" if raw.endswith(".") and len(raw) > _LONGEST_ABBREVIATION else ""


def kinds_of_any(own_words: frozenset[str]) -> frozenset[str]:
    """Return the kinds that a school of these names may be called by, without being another school."""
    lists = cue_words()
    of_phase = {kind for phase in _phases(own_words) for kind in lists[phase]}
    return frozenset(lists["any_kind"]) | (of_phase - {*lists["own_kind"]})


def _phases(words: frozenset[str]) -> frozenset[str]:
    """Return for which children a school of these kinds is: the younger ones, the older ones."""
    return frozenset(phase for phase in ("younger", "older") if not words.isdisjoint(cue_words()[phase]))
