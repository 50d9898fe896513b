"""Finds where a profile names our school, and where what follows the name makes it another school of that name."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise, takewhile
from typing import NamedTuple

from engines.people.candidates.residual import word_lists
from engines.people.cues.words import cue_words
from engines.people.model import SchoolNames
from engines.people.text.model import Segmentation
from engines.text.folding import fold
from engines.text.latin import latin_letters

_SHORTEST_ALIAS = 3
_WORD = re.compile(r"[^\s(),|/;:!?\u2022\u2013\u2014\[\]]+")
_ENDS = re.compile(r"[|/;:!?\n\u2022\u2013\u2014\[\]]")
# A relative of the owner's who goes to a school, which so far is the relative's alone.
_RELATIVE_AT = (
    r"\b(?:my|our) (?:\w+ ){0,2}?(?:cousins?|cuz|nieces?|nephews?|sisters?|sis|brothers?|bro|siblings?)"
    r" (?:\w+ )?(?:goe?s?(?: to)?|(?:is|are|teach(?:es)?|works?) (?:at|in)|attends?|at) (?:the )?"
)
_OWN_TOO = re.compile(r"\b(?:too|also|both|as well|same|me|im|i am|i go|we)\b")
# A tag or a handle in a bio, and where its words are joined: #OusterlyVale.
_TAG, _IN_CAPITALS = re.compile(r"[#@]\w+"), re.compile(r"(?<=#)(?=\w)|(?<=[a-z])(?=[A-Z])")
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
        self._relative_at = re.compile(rf"{_RELATIVE_AT}(?:{'|'.join(map(re.escape, self.names)) or '(?!)'})\b")
        self.letters = initials_of(school.name) | {alias.upper() for alias in school.aliases if alias.isalnum()}
        self._own_words = frozenset(" ".join(written).split())
        self._aliases = {latin_letters(name): name for name in (school.name, *school.aliases)}
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

    def with_tags_read(self, bio: str) -> str:
        """Return a bio with our names for the tags and handles of their letters, and other tags' words apart."""
        return _TAG.sub(self._read_tag, bio)

    def _read_tag(self, tag: re.Match[str]) -> str:
        is_ours = len(tag[0]) > _SHORTEST_ALIAS + 1 and latin_letters(tag[0]) in self._aliases
        return f" {self._aliases[latin_letters(tag[0])]} " if is_ours else _IN_CAPITALS.sub(" ", tag[0])

    def is_in_handle(self, handle: Segmentation, forms: AbstractSet[str]) -> bool:
        """Say whether our school stands in a handle: its three letters only as a word, or beside a whole name alone."""
        letters = handle.letters
        if any(alias in letters for alias in self._aliases if len(alias) > _SHORTEST_ALIAS):
            return True
        short = [alias for alias in self._aliases if len(alias) == _SHORTEST_ALIAS and alias in letters]
        rests = {letters.removeprefix(alias) for alias in short} | {letters.removesuffix(alias) for alias in short}
        words = {letters[a:b] for a, b in pairwise(sorted(handle.bounds))} if short else set()
        return not words.isdisjoint(short) or any(_is_whole_name(rest, forms) for rest in rests - {letters})

    def is_of_relative(self, parts: Sequence[str]) -> bool:
        """Say whether every part of a profile that names our school says that a relative goes there, and not the owner.

        The relative may be a brother or a sister, or further away; a child says that somebody is a parent.
        """
        said = [part for part in map(fold, parts) if any(f" {name} " in f" {part} " for name in self.names)]
        return bool(said) and all(self._relative_at.search(part) and not _OWN_TOO.search(part) for part in said)

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


def _is_whole_name(letters: str, forms: AbstractSet[str]) -> bool:
    """Say whether letters are two of these parts of names and nothing else."""
    return any(letters.startswith(form) and letters.removeprefix(form) in forms for form in forms)


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


def initials_of(name: str) -> frozenset[str]:
    """Return the letters by which a school of this name may go, such as SAPS, with its small words or without them."""
    words = fold(name).replace("church of england", "ce").replace("c of e", "ce").split()
    kept = [word for word in words if word not in {"of", "the", "and", "for", "s"}]
    letters = {"".join(word[0] for word in some) for some in (words, kept, [word for word in kept if word != "ce"])}
    return frozenset(found.upper() for found in letters if len(found) >= _SHORTEST_ALIAS)
