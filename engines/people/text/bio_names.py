"""Finds in a bio its owner's name, and leaves out the friends, relatives and loves whom the owner names there."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from engines.people.candidates.residual import word_lists, words_beside_names
from engines.people.cues.dates import without_written_dates
from engines.people.cues.pages_about import is_said_of_another
from engines.people.register.model import GIVEN, SURNAME, NameIndex, given_names
from engines.people.text.full_names import GREETS, reads_as_given_name, self_called, told_of
from engines.people.text.lookup import find_whole_words, longest_by_start, read_native
from engines.people.text.model import BioName, Occurrence, Segmentation
from engines.people.text.said_of_others import LONGEST_BIO, LOVE, SEGMENTS, OthersReader, is_cue, phrases_of_others
from engines.people.text.segmentation import segment
from engines.text.folding import fold
from engines.text.latin import to_latin

_SAYS_SELF = re.compile(r"\b(?:i am|i'?m|name|call|(?:made|handmade|owned|run|managed) by)\b", re.IGNORECASE)
_LETTER_HEART = re.compile("<3+|[\u2661\u2665]")
_MOST_SEGMENTS, _MOST_WORDS, _BARE_NAME, _KNOWN_NATIONALLY = 6, 5, 2, 500


class BioReader:
    """Reads bios for one register; `school_words` are the words of the school's names and places."""

    def __init__(self, name_index: NameIndex, school_words: AbstractSet[str]) -> None:
        self._parts, self._native_parts = name_index.parts, name_index.native_parts
        self._starts = longest_by_start(name_index.parts)
        self._school_words = school_words
        self._particles = frozenset(word_lists()["particles"])
        self._cues = school_words | {*word_lists()["child_likes"], *word_lists()["playing"]}
        self._others = OthersReader(name_index, school_words, self._cues)
        self.friends, self.is_of_another = self._others.friends, self._others.is_of_another
        self.owner_of = self._others.owner_of

    def read(self, bio: str | None) -> BioName:
        """Return the first part of a bio that is hardly more than its owner's name: `im Alfie` before `Year 3`."""
        bio = without_written_dates((bio or "")[:LONGEST_BIO])
        pieces = SEGMENTS.split(bio, maxsplit=_MOST_SEGMENTS)[: 2 * _MOST_SEGMENTS] if bio else ()
        for place in range(0, len(pieces), 2):
            if native := read_native(pieces[place], self._native_parts):
                return BioName(native)
            words = to_latin(pieces[place]).strip(" -*_\"'.")
            told = to_latin(told_of(pieces[place].strip()))
            called = told or self_called(words)
            name: Sequence[str] = called.replace("-", " ").split()
            if len(name) > _MOST_WORDS or (len(name) > _BARE_NAME and (told or called == words)):
                name = self._name_at_start(name)
            segmentation = segment(" ".join(name))
            occurrences = find_whole_words(segmentation, self._parts, self._starts) if name else ()
            if occurrences and occurrences[0][0] == 0 and _is_bare_name(segmentation, occurrences):
                says_self = _SAYS_SELF.search(words.removesuffix(called)) is not None
                if says_self or told or not self._is_anothers(pieces, place, fold(called)):
                    after = " ".join(self._others.uncued(self._others.after_name(fold(called))))
                    own = phrases_of_others().own.search(fold(called), len(" ".join(name)))
                    is_said = says_self or own is not None
                    if not is_said and self._is_addressed(pieces, place, words.removesuffix(called), fold(called)):
                        variant = "framed" if _is_framed(pieces, place, is_whole=len(name) > 1) else "addressed"
                        segmentation = segmentation._replace(variant=variant)
                    is_bare = place == 0 and segmentation.variant == "plain" and len(name) == 1
                    is_bare = is_bare and name[0].lower() not in self._cues  # cats are a pastime, not Catrin
                    is_page = not told and not says_self and is_said_of_another(after)
                    names_owner = is_said or (is_bare and not after)
                    return BioName((segmentation, occurrences), is_said, is_page, bool(told), names_owner)
        is_named = self._is_owner_named_before(pieces) or any(map(self._names_unknown, pieces[::2]))
        return BioName(names_owner=is_named)

    def _name_at_start(self, words: Sequence[str]) -> Sequence[str]:
        """Return a given name with its surname or its initial at the start of longer words; or alone before a cue.

        What says the school, the year or the age may stand before it; a friend's stands so with other words after it.
        """
        parts, ours = self._parts, self._school_words
        places = (i for i, word in enumerate(words) if word.lower() in parts or not is_cue(word, ours))
        first = next(places, len(words))
        names = next((i for i, word in enumerate(words) if i >= first + _BARE_NAME and not self._may_name(word)), None)
        if first and names and not all(is_cue(word, self._cues) for word in words[names:]):
            return ()
        words = words[first : first + _MOST_WORDS]
        kinds = [
            {bearers.kind for bearers in parts.get(word.lower(), ()) if bearers.level in {"own", "nick", "part"}}
            for word in words
        ]
        if not kinds or GIVEN not in kinds[0]:
            return ()
        further = self._particles | {word.lower() for word in words[1:] if self._is_given(word)}  # Tia Rose Brannel
        begin = next((i for i, word in enumerate(words) if i and word.lower() not in further), len(words))
        end = next((i for i, kind in enumerate(kinds) if i >= begin and SURNAME not in kind), len(words))
        if end > begin:
            return words[:end]
        if len(words) > 1 and len(words[1]) == 1 and words[1].isalpha():
            return words[:2]
        is_before_cue = kinds[1:] and (words[1].startswith("@") or is_cue(words[1], self._cues))
        return words[:1] if is_before_cue or (first and not kinds[1:]) else ()

    def _is_given(self, word: str) -> bool:
        """Say whether a word is a given name and no surname on the registers."""
        return {bearers.kind for bearers in self._parts.get(word.lower(), ())} == {GIVEN}

    def _may_name(self, word: str) -> bool:
        """Say whether a word may go on a name: a surname, or a word such as `van` before one."""
        bearers_of = self._parts.get(word.lower(), ())
        return word.lower() in self._particles or any(bearers.kind == SURNAME for bearers in bearers_of)

    def _is_anothers(self, pieces: Sequence[str], place: int, said: str) -> bool:
        """Say whether what a bio says beside a name, or before or after that, makes it another person's."""
        after = self._others.after_name(said)
        if self._others.says_of_another(after) or self._is_owner_named_before(pieces[:place]):
            return True
        phrases = phrases_of_others()
        if place + 2 < len(pieces) and not after and phrases.after.fullmatch(fold(pieces[place + 2])):
            return True
        if place and phrases.before.fullmatch(fold(pieces[place - 2])):
            return True
        while place and pieces[place - 1].strip() == ",":
            place -= 2
            if phrases.anywhere.search(fold(pieces[place])):
                return True
        return False

    def _is_addressed(self, pieces: Sequence[str], place: int, before: str, said: str) -> bool:
        """Say whether the name is greeted, or a sign of love stands beside it: it may well be another person's."""
        if LOVE.search("".join(pieces[max(place - 1, 0) : place])) or (
            LOVE.search("".join(pieces[place + 1 : place + 2])) and not self._others.after_name(said)
        ):
            return True
        if place and pieces[place - 1].strip() == ",":
            before = before or f"{pieces[place - 2].strip()} "
        return GREETS.fullmatch(before) is not None and not said.endswith(" here")

    def _names_unknown(self, piece: str) -> bool:
        """Say whether a part of a bio says that its owner bears a given name that nobody on the registers bears."""
        words = to_latin(piece).strip(" -*_\"'.")
        called = self_called(words)
        name = self._others.uncued(fold(called).split())
        if called == words or GREETS.fullmatch(words.removesuffix(called)) or not name or name[0] in self._parts:
            return False
        is_given = name[0] in given_names() and name[0] not in words_beside_names()
        return len(name) <= _BARE_NAME and (is_given or reads_as_given_name(" ".join(name)))

    def _is_owner_named_before(self, pieces: Sequence[str]) -> bool:
        """Say whether a bio begins with a given name alone that nobody on the registers bears: it is its owner's."""
        words = to_latin(pieces[0]).strip() if pieces else ""
        called = self_called(words)
        first = " ".join(self._others.uncued(fold(called).split()))
        if GREETS.fullmatch(words.removesuffix(called)):
            return False
        is_known = given_names().get(first, 0) >= _KNOWN_NATIONALLY or reads_as_given_name(first)
        return is_known and first not in self._parts and first not in words_beside_names()


def _is_framed(pieces: Sequence[str], place: int, *, is_whole: bool) -> bool:
    """Say whether the same sign of love stands before and after a name, and nobody before it: hers as likely as not.

    A whole name in hearts that are pictures is another's more often than in those that are letters.
    """
    before, after = ("".join(pieces[max(at, 0) : at + 1]).strip() for at in (place - 1, place + 1))
    is_first = place < _BARE_NAME or not pieces[place - 2].strip() or before[:1] in {"|", ","}
    is_sign = _LETTER_HEART.fullmatch(before) if is_whole else LOVE.match(before)
    return before == after and is_first and is_sign is not None


def _is_bare_name(segmentation: Segmentation, occurrences: Sequence[Occurrence]) -> bool:
    """Say whether a text shows a given name, or is a surname and nothing else: Taylor Swift is no Taylor of ours."""
    size = len(segmentation.letters)
    return any(b - a == size or any(entry.kind == GIVEN for entry in entries) for a, b, _, entries in occurrences)
