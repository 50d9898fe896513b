"""Finds the names that an account shows: in its handle, in its display name, at the start of its bio; full names."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from engines.people.candidates.residual import word_lists
from engines.people.model import ActorProfile
from engines.people.register.model import GIVEN, SURNAME, NameIndex
from engines.people.text.full_names import displayed_names, name_alone, quoted_handles, self_called
from engines.people.text.lookup import (
    find_native_parts,
    find_parts,
    find_whole_words,
    longest_by_start,
    outside_other_names,
)
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
from engines.text.latin import to_latin

_SEGMENTS = re.compile(r"[|\u2022/\n,;\u00b7()~]+|::|\s[-x]\s|  +|\.\s|[\U0001f300-\U0001faff\u2600-\u27bf]+")
# What follows a name at the start of a bio: a year group, an age, a class, a date.
_CUE_WORD = re.compile(r"(?:y|yr|year|age|aged|class|form)?\d\w*|year|yr|age|aged|class|form|reception", re.IGNORECASE)
_BIO_SEGMENTS, _BIO_WORDS, _BARE_NAME = 6, 5, 2
_LONGEST_BIO = 400


class NameReader:
    """Reads accounts for one register; `fields` are those that may be used, `words` what may stand beside a name.

    `school_words` are the words of the school's names and places, before or after which a name may stand in a bio.
    """

    def __init__(
        self,
        name_index: NameIndex,
        fields: AbstractSet[str],
        words: AbstractSet[str] = frozenset(),
        school_words: AbstractSet[str] = frozenset(),
    ) -> None:
        self._name_index = name_index
        self._fields, self._words = fields, words
        self._cues = school_words | {*word_lists()["child_likes"], *word_lists()["playing"]}
        self._school_words = school_words
        # A title, the initial of a surname, and no more of the word but the work: `mrs_b_teaches`, `Mr K`.
        work = "|".join(map(re.escape, sorted({*word_lists()["teaching"], *name_index.job_words})))
        self._titled_text = re.compile(rf"(?:mrs|miss|mr|ms|mx|dr)[_.\- ]?([a-z])(?:[_.\- \d]|$|(?:{work})(?![a-z]))")
        self._starts = longest_by_start(name_index.parts)
        self._starts_once = longest_by_start(name_index.undoubled_parts)

    def read(self, actor: ActorProfile) -> AccountNames:
        """Return what this account shows of anybody's name."""
        handle = read_handle(actor.handle if "handle" in self._fields else None, self._name_index.classes)
        display = self._display(actor.display_name) if "display_name" in self._fields else None
        bio = self._bio(actor.bio) if "bio" in self._fields else None
        whole = self._whole(actor.display_name) if "display_name" in self._fields else None
        readings = self._readings(handle)
        if bio is None and "bio" in self._fields:
            readings += self._quoted(actor.bio)
        if "handle" in self._fields and (native := self._native(actor.handle)):
            readings.append(native)
        titled = self._titled(handle=handle.written, display=actor.display_name if display else None)
        return AccountNames(handle, readings, display, bio, whole, self._initials(handle, display), titled)

    def _titled(self, **texts: str | None) -> tuple[str, frozenset[int], Sequence[str]] | None:
        """Return the letter alone after a title, the staff whose surname begins so, and the texts with it."""
        initials = {
            name: match[1] for name, text in texts.items() if (match := self._titled_text.match(to_latin(text).lower()))
        }
        letter = next(iter(initials.values()), "")
        people = self._name_index.staff_initials.get(letter)
        return (letter, people, [name for name in initials if initials[name] == letter]) if people else None

    def _quoted(self, bio: str | None) -> list[LookedUpText]:
        """Return the handles that a bio gives as its owner's elsewhere, where they show a name."""
        handles = quoted_handles(bio[:_LONGEST_BIO]) if bio else ()
        read = [self._readings(read_handle(handle, self._name_index.classes)) for handle in handles]
        return [(text._replace(variant="quoted"), occurrences) for readings in read for text, occurrences in readings]

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
            occurrences = outside_other_names(undoubled, occurrences, parts_once)
            if _covered(occurrences) >= max((_covered(looked_up) for _, looked_up in texts), default=1):
                texts.append((undoubled, occurrences))
        return texts

    def _parts_of(self, segmentation: Segmentation) -> list[Occurrence]:
        index = self._name_index
        occurrences = find_parts(segmentation, index.parts, self._starts, index.misspelt, self._words)
        return outside_other_names(segmentation, occurrences, index.parts) if occurrences else []

    def _display(self, name: str | None) -> LookedUpText | None:
        if not name:
            return None
        if native := self._native(name):
            return native
        latin = cut_year(to_latin(name_alone(name)))[0]
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
            words = to_latin(bio_part).strip(" -*_\"'.")
            without_greeting = self_called(words)
            length = len(without_greeting.split())
            if not length:
                continue
            if length > _BIO_WORDS or (length > _BARE_NAME and without_greeting == words):
                without_greeting = self._name_at_start(without_greeting.split())
            segmentation = segment(without_greeting)
            occurrences = find_whole_words(segmentation, self._name_index.parts, self._starts)
            if occurrences and occurrences[0][0] == 0 and _is_bare_name(segmentation, occurrences):
                return segmentation, occurrences
        return None

    def _name_at_start(self, words: Sequence[str]) -> str:
        """Return a given name with its surname or its initial at the start of longer words; or alone before a cue.

        What says the school, the year or the age may stand before it; a friend's stands so with other words after it.
        """
        parts, ours = self._name_index.parts, self._school_words
        places = (i for i, word in enumerate(words) if word.lower() in parts or not self._is_cue(word, ours))
        first = next(places, len(words))
        if first and not all(self._is_cue(word, self._cues) for word in words[first + _BARE_NAME :]):
            return ""
        words = words[first : first + _BARE_NAME + 1]
        kinds = [
            {bearers.kind for bearers in parts.get(word.lower(), ()) if bearers.level in {"own", "nick"}}
            for word in words
        ]
        if not kinds or GIVEN not in kinds[0]:
            return ""
        if kinds[1:] and (SURNAME in kinds[1] or (len(words[1]) == 1 and words[1].isalpha())):
            return " ".join(words[:2])
        is_before_cue = kinds[1:] and (words[1].startswith("@") or self._is_cue(words[1], self._cues))
        return words[0] if is_before_cue or (first and not kinds[1:]) else ""

    @staticmethod
    def _is_cue(word: str, cues: AbstractSet[str]) -> bool:
        return word.lower() in cues or _CUE_WORD.fullmatch(word) is not None


def _is_bare_name(segmentation: Segmentation, occurrences: Sequence[Occurrence]) -> bool:
    """Say whether a text shows a given name, or is a surname and nothing else: Taylor Swift is no Taylor of ours."""
    size = len(segmentation.letters)
    return any(b - a == size or any(entry.kind == GIVEN for entry in entries) for a, b, _, entries in occurrences)


def _covered(occurrences: Sequence[Occurrence]) -> int:
    return len({place for a, b, *_ in occurrences for place in range(a, b)})
