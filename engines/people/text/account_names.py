"""Finds the names that an account shows: in its handle, in its display name, at the start of its bio; full names."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from engines.people.candidates.residual import word_lists
from engines.people.model import ActorProfile
from engines.people.register.model import NameIndex, given_names
from engines.people.text.bio_names import BioReader
from engines.people.text.full_names import QUOTED, displayed_names, name_alone
from engines.people.text.lookup import (
    find_parts,
    find_two_parts,
    find_whole_words,
    longest_by_start,
    outside_other_names,
    read_native,
)
from engines.people.text.model import AccountNames, LookedUpText, Occurrence, ReadHandle, Segmentation
from engines.people.text.said_of_others import LONGEST_BIO, SEGMENTS, is_cue, phrases_of_others
from engines.people.text.segmentation import (
    alternative_readings,
    cut_year,
    read_handle,
    read_leet,
    segment,
    without_doubled_letters,
)
from engines.text.folding import fold
from engines.text.latin import english_words, to_latin

_DRAWN_OUT = re.compile(r"\b([a-z]{3,}?)([a-z])\2+\b", re.IGNORECASE)
_TRIPLED = re.compile(r"(.)\1\1")
_JOINING = re.compile(r"(?<=[a-z]) n (?=[A-Za-z])")  # of two names, and no initial: Tia n Chidi


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
        self._bios, self._school_words = BioReader(name_index, school_words), school_words
        # A title, the initial of a surname, and no more of the word but the work: `mrs_b_teaches`, `Mr K`.
        work = "|".join(map(re.escape, sorted({*word_lists()["teaching"], *name_index.job_words})))
        self._titled_text = re.compile(rf"(?:mrs|miss|mr|ms|mx|dr)[_.\- ]?([a-z])(?:[_.\- \d]|$|(?:{work})(?![a-z]))")
        self._starts = longest_by_start(name_index.parts)
        self._starts_once = longest_by_start(name_index.undoubled_parts)

    def read(self, actor: ActorProfile) -> AccountNames:
        """Return what this account shows of anybody's name."""
        handle = read_handle(actor.handle if "handle" in self._fields else None, self._name_index.classes)
        shown = actor.display_name if "display_name" in self._fields else None
        is_page = self._bios.is_of_another(shown or "")
        display = self._display(self._bios.owner_of(shown) if shown and is_page else shown)
        bio_name = self._bios.read(actor.bio if "bio" in self._fields else None)
        bio, is_said, is_said_of_another, is_told_of, names_owner = bio_name
        whole = self._whole(actor.display_name) if "display_name" in self._fields else None
        readings = self._readings(handle)
        if bio is None and "bio" in self._fields:
            readings += self._quoted(actor.bio)
        if "handle" in self._fields and (native := read_native(actor.handle, self._name_index.native_parts)):
            readings.append(native)
        titled = self._titled(handle=handle.written, display=actor.display_name if display else None)
        is_of_another = is_said_of_another or (is_page and not is_said)
        if is_told_of and bio:  # under her own name `all about Tia Brannel` is herself
            texts = [*readings, *([display] if display else [])]
            elsewhere = {form for _, occurrences in texts for _, _, form, _ in occurrences}
            is_of_another |= elsewhere.isdisjoint(form for _, _, form, _ in bio[1])
        is_shown = bool(readings or (display and display[1]))  # who is named in the bio alone is judged there
        is_read = is_shown and actor.bio and "bio" in self._fields
        friends = self._bios.friends(actor.bio or "") if is_read else frozenset()
        initials = self._initials(handle, display)
        return AccountNames(
            handle, readings, display, bio, whole, initials, titled, is_of_another, is_said, names_owner, friends
        )

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
        handles = _quoted_handles(bio)
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
        if native := read_native(name, self._name_index.native_parts):
            return native
        latin = _JOINING.sub(" and ", cut_year(to_latin(self._without_school(name_alone(name))))[0])
        latin = _DRAWN_OUT.sub(self._undrawn, latin)
        segmentation = segment(latin)
        if not segmentation.letters:
            return None
        occurrences = find_whole_words(segmentation, self._name_index.parts, self._starts)
        occurrences = occurrences or find_two_parts(segmentation, self._name_index.parts, self._starts)
        leet = None if occurrences else read_leet(latin)
        if leet and (met := find_whole_words(leet, self._name_index.parts, self._starts)):
            return leet, met
        is_drawn_out = not occurrences or _TRIPLED.search(segmentation.letters) is not None  # Tia Branneeel
        undoubled = without_doubled_letters(segmentation) if is_drawn_out else None
        met = find_whole_words(undoubled, self._name_index.undoubled_parts, self._starts_once) if undoubled else []
        if undoubled and _covered(met) > _covered(occurrences):
            return undoubled, met
        return segmentation, occurrences

    def _undrawn(self, word: re.Match[str]) -> str:
        """Return the part of a name that a word with its last letter drawn out is, `Zainabyy`, or the word as it is."""
        letters = word[1].lower()
        is_name = word[0].lower() in self._name_index.parts
        return next(
            (one for one in (letters + word[2], letters) if not is_name and one in self._name_index.parts), word[0]
        )

    def _without_school(self, name: str) -> str:
        """Return a shown name without the parts and the last words of it that are the school's name or a year."""
        parts = [part for part in SEGMENTS.split(name)[::2] if part.strip()]
        kept = [part for part in parts if not all(is_cue(word, self._school_words) for word in fold(part).split())]
        kept = [part for part in kept if not self._is_saying(fold(part).split())] or kept
        words = (" ".join(kept) if 0 < len(kept) < len(parts) else name).split()
        while (
            len(words) > 1 and is_cue(words[-1], self._school_words) and fold(words[-1]) not in self._name_index.parts
        ):
            words.pop()
        return " ".join(words)

    def _is_saying(self, words: Sequence[str]) -> bool:
        """Say whether words beside a name are English and nothing else: `Evie W ★ stray kids`."""
        known = (self._name_index.parts, self._words, given_names())
        return all(word in english_words() and not any(word in names for names in known) for word in words)


def _quoted_handles(bio: str | None) -> list[str]:
    """Return the handles that a bio gives as its owner's elsewhere, and not as a friend's or a relative's."""
    found, phrases = [], phrases_of_others()
    for match in QUOTED.finditer(bio[:LONGEST_BIO]) if bio else ():
        before = fold(SEGMENTS.split(match.string[: match.start()])[-1])
        after = next(filter(None, map(fold, SEGMENTS.split(match.string[match.end() :])[::2])), "")
        if not phrases.whose.search(before) and not phrases.after.fullmatch(after):
            found.append(match[1] or match[2])
    return found


def _covered(occurrences: Sequence[Occurrence]) -> int:
    return len({place for a, b, *_ in occurrences for place in range(a, b)})
