"""Finds the names that an account shows: in its handle, in its display name, at the start of its bio; full names."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from engines.people.cues.words import cue_words
from engines.people.model import ActorProfile, RegisterPerson
from engines.people.register.model import GIVEN, NameIndex, Parts, given_names
from engines.people.text.lookup import find_native_parts, find_parts, find_whole_words, longest_by_start
from engines.people.text.model import AccountNames, LookedUpText, Occurrence, ReadHandle, Segmentation
from engines.people.text.segmentation import (
    alternative_readings,
    cut_year,
    native_segmentation,
    read_handle,
    read_leet,
    segment,
    without_doubled_letters,
)
from engines.text.folding import fold
from engines.text.latin import to_latin

# What people write after their name: "Name | keeper", "Name (she/her)", "Name, Year 8".
AFTER_NAME = re.compile(r"[|(/\[~\u2022\u2013\u2014,]|\s-\s")
_TRAILING_YEAR = re.compile(r" (?:year|yr|y) ?\d{1,2}$")


def full_names_of(person: RegisterPerson) -> frozenset[str]:
    """Return the folded full names of a person; a single word is never a full name."""
    given, surname = person.given_names, person.surname
    first = given.split()[0] if given and given.strip() else None
    pairs = {(given, surname), (first, surname), (person.known_as, surname)}
    written = [f"{a} {b}" for a, b in pairs if a and b]
    before, comma, after = (person.full_name or "").partition(",")
    written.append(f"{after} {before}" if comma else before)
    return _full_names(map(fold, written))


def displayed_names(display_name: str | None) -> frozenset[str]:
    """Return the folded full names that a display name may show: whole, without its title, without what follows."""
    if not display_name:
        return frozenset()
    whole = fold(display_name)
    names = {whole, fold(AFTER_NAME.split(display_name, maxsplit=1)[0]), _TRAILING_YEAR.sub("", whole)}
    return _full_names(names | {_without_title(name) for name in names})


def _without_title(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if first in cue_words()["title"] else name


def _full_names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if " " in name)


_SEGMENTS = re.compile(r"[|\u2022/\n,;\u00b7()]+|\s-\s|\.\s|[\U0001f300-\U0001faff\u2600-\u27bf]+")
_CALLS_SELF = re.compile(
    r"^(?:(?:hi|hey|hello)\b\W*)?(?:(?:i am|i'm|im|my name is|my names|name is|its|it's|call me|called)\b\W*)?",
    re.IGNORECASE,
)
_SELF_STARTS = frozenset("hicmn")
_BIO_SEGMENTS, _BIO_WORDS, _BARE_NAME = 6, 5, 2
_LONGEST_BIO = 400
_KNOWN_NATIONALLY = 500


class NameReader:
    """Reads accounts for one register; `fields` are those that may be used, `words` what may stand beside a name."""

    def __init__(self, name_index: NameIndex, fields: AbstractSet[str], words: AbstractSet[str] = frozenset()) -> None:
        self._name_index = name_index
        self._fields, self._words = fields, words
        self._starts = longest_by_start(name_index.parts)
        self._starts_once = longest_by_start(name_index.undoubled_parts)

    def read(self, actor: ActorProfile) -> AccountNames:
        """Return what this account shows of anybody's name."""
        handle = read_handle(actor.handle if "handle" in self._fields else None, self._name_index.classes)
        display = self._display(actor.display_name) if "display_name" in self._fields else None
        bio = self._bio(actor.bio) if "bio" in self._fields else None
        whole = self._whole(actor.display_name) if "display_name" in self._fields else None
        readings = self._readings(handle)
        if "handle" in self._fields and (native := self._native(actor.handle)):
            readings.append(native)
        return AccountNames(handle, readings, display, bio, whole, self._initials(handle, display))

    def _initials(self, handle: ReadHandle, display: LookedUpText | None) -> Sequence[int]:
        texts = {handle.plain.letters, display[0].letters if display else ""}
        return [person for text in texts for person in self._name_index.initials.get(text, ())]

    def _whole(self, name: str | None) -> tuple[str, frozenset[int]] | None:
        full_names = self._name_index.full_names
        displayed = displayed_names(name) if full_names else ()
        shown = min((full_name for full_name in displayed if full_name in full_names), default=None)
        return None if shown is None else (shown, full_names[shown])

    def _readings(self, handle: ReadHandle) -> list[LookedUpText]:
        texts: list[LookedUpText] = []
        first = handle.plain
        if occurrences := self._parts_of(first):
            texts.append((first, occurrences))
        alternatives = alternative_readings(handle, is_name_found=bool(texts))
        looked_up = ((segmentation, self._parts_of(segmentation)) for segmentation in alternatives)
        texts += [(segmentation, occurrences) for segmentation, occurrences in looked_up if occurrences]
        undoubled = without_doubled_letters(handle.plain)
        if undoubled:
            parts_once = self._name_index.undoubled_parts
            occurrences = find_parts(undoubled, parts_once, self._starts_once)
            occurrences = _outside_other_names(undoubled, occurrences, parts_once)
            if _covered(occurrences) >= max((_covered(looked_up) for _, looked_up in texts), default=1):
                texts.append((undoubled, occurrences))
        return texts

    def _parts_of(self, segmentation: Segmentation) -> list[Occurrence]:
        index = self._name_index
        occurrences = find_parts(segmentation, index.parts, self._starts, index.misspelt, self._words)
        return _outside_other_names(segmentation, occurrences, index.parts) if occurrences else []

    def _display(self, name: str | None) -> LookedUpText | None:
        if not name:
            return None
        if native := self._native(name):
            return native
        latin = cut_year(to_latin(_without_suffix(name)))[0]
        segmentation = segment(latin)
        if not segmentation.letters:
            return None
        occurrences = find_whole_words(segmentation, self._name_index.parts, self._starts)
        if not occurrences and (leet := read_leet(latin)):
            return leet, find_whole_words(leet, self._name_index.parts, self._starts)
        undoubled = None if occurrences else without_doubled_letters(segmentation)
        if undoubled is not None:
            return undoubled, find_whole_words(undoubled, self._name_index.undoubled_parts, self._starts_once)
        return segmentation, occurrences

    def _native(self, text: str | None) -> LookedUpText | None:
        """Return a text in a script of its own, where it shows a name that the register writes so."""
        if not self._name_index.native_parts or not text or text.isascii():
            return None
        segmentation = native_segmentation(text)
        occurrences = find_native_parts(segmentation, self._name_index.native_parts) if segmentation else []
        return (segmentation, occurrences) if segmentation and occurrences else None

    def _bio(self, bio: str | None) -> LookedUpText | None:
        """Return the first part of a bio that is hardly more than a name, such as `im Alfie` before `Year 3`."""
        for bio_part in _SEGMENTS.split(bio[:_LONGEST_BIO], maxsplit=_BIO_SEGMENTS)[:_BIO_SEGMENTS] if bio else ():
            if native := self._native(bio_part):
                return native
            words = to_latin(bio_part).strip()
            without_greeting = _CALLS_SELF.sub("", words, count=1) if words[:1].lower() in _SELF_STARTS else words
            length = len(without_greeting.split())
            if not length or length > _BIO_WORDS or (length > _BARE_NAME and without_greeting == words):
                continue
            segmentation = segment(without_greeting)
            occurrences = find_whole_words(segmentation, self._name_index.parts, self._starts)
            if occurrences and occurrences[0][0] == 0 and _is_bare_name(segmentation, occurrences):
                return segmentation, occurrences
        return None


def _outside_other_names(segmentation: Segmentation, occurrences: list[Occurrence], parts: Parts) -> list[Occurrence]:
    """Leave out what stands inside a word that is a given name of somebody on no register: no Cole is in Nicole."""
    letters = segmentation.letters
    for begin, end in pairwise(sorted(segmentation.bounds)):
        word = letters[begin:end]
        if word not in parts and given_names().get(word, 0) >= _KNOWN_NATIONALLY:
            occurrences = [
                occurrence
                for occurrence in occurrences
                if not (begin <= occurrence[0] and occurrence[1] <= end) or _leaves_an_initial(occurrence, begin, end)
            ]
    return occurrences


def _leaves_an_initial(occurrence: Occurrence, begin: int, end: int) -> bool:
    a, b, _, entries = occurrence
    return a == begin and end - b == 1 and any(entry.kind == GIVEN for entry in entries)


def _is_bare_name(segmentation: Segmentation, occurrences: Sequence[Occurrence]) -> bool:
    """Say whether a text shows a given name, or is a surname and nothing else: Taylor Swift is no Taylor of ours."""
    size = len(segmentation.letters)
    return any(b - a == size or any(entry.kind == GIVEN for entry in entries) for a, b, _, entries in occurrences)


def _covered(occurrences: Sequence[Occurrence]) -> int:
    return len({place for a, b, *_ in occurrences for place in range(a, b)})


def _without_suffix(display_name: str) -> str:
    """Return a shown name without what people write after it; `Smith, Mia` is one name."""
    first = AFTER_NAME.split(display_name, maxsplit=1)[0]
    return first if len(first.split()) > 1 else display_name
