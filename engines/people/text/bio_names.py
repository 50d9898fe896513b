"""Finds in a bio its owner's name, and leaves out the friends, relatives and loves whom the owner names there."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from engines.people.candidates.residual import word_lists, words_beside_names
from engines.people.cues.words import cue_words, is_said_of_another
from engines.people.register.model import GIVEN, SURNAME, NameIndex, given_names
from engines.people.text.full_names import GREETS, reads_as_given_name, self_called
from engines.people.text.lookup import find_whole_words, longest_by_start, read_native
from engines.people.text.model import BioName, Occurrence, Segmentation
from engines.people.text.said_of_others import LOVE, phrases_of_others
from engines.people.text.segmentation import segment
from engines.text.folding import fold
from engines.text.latin import to_latin

LONGEST_BIO = 400
SEGMENTS = re.compile(r"(<3+|[|\u2022/\n,;\u00b7()~]+|::|\s[-x]\s|  +|\.\s|[\U0001f300-\U0001faff\u2600-\u27bf]+)")
# What follows a name at the start of a bio: a year group, an age, a class, a date.
_CUE_WORD = re.compile(
    r"(?:y|yr|year|age|aged|class|form)?(?!4ev)\d\w*|year|yr|age|aged|class|form|reception", re.IGNORECASE
)
_SAYS_SELF = re.compile(r"\b(?:i am|i'?m|name|call)\b", re.IGNORECASE)
_MOST_SEGMENTS, _MOST_WORDS, _BARE_NAME = 6, 5, 2
_KNOWN_NATIONALLY = 500
_OF_OWNER = frozenset({"me", "us", "my", "our", "mine"})
_AND = frozenset({"and", "are", "is", "n", "r"})


class BioReader:
    """Reads bios for one register; `school_words` are the words of the school's names and places."""

    def __init__(self, name_index: NameIndex, school_words: AbstractSet[str]) -> None:
        self._parts, self._native_parts = name_index.parts, name_index.native_parts
        self._starts = longest_by_start(name_index.parts)
        self._school_words = school_words
        self._particles = frozenset(word_lists()["particles"])
        self._cues = school_words | {*word_lists()["child_likes"], *word_lists()["playing"]}

    def read(self, bio: str | None) -> BioName:
        """Return the first part of a bio that is hardly more than its owner's name: `im Alfie` before `Year 3`."""
        pieces = SEGMENTS.split(bio[:LONGEST_BIO], maxsplit=_MOST_SEGMENTS)[: 2 * _MOST_SEGMENTS] if bio else ()
        for place in range(0, len(pieces), 2):
            if native := read_native(pieces[place], self._native_parts):
                return BioName(native)
            words = to_latin(pieces[place]).strip(" -*_\"'.")
            called = self_called(words)
            name: Sequence[str] = called.split()
            if len(name) > _MOST_WORDS or (len(name) > _BARE_NAME and called == words):
                name = self._name_at_start(name)
            segmentation = segment(" ".join(name))
            occurrences = find_whole_words(segmentation, self._parts, self._starts) if name else ()
            if occurrences and occurrences[0][0] == 0 and _is_bare_name(segmentation, occurrences):
                says_self = _SAYS_SELF.search(words.removesuffix(called)) is not None
                if says_self or not self._is_anothers(pieces, place, fold(called)):
                    after = " ".join(self._uncued(self._after_name(fold(called))))
                    own = phrases_of_others().own.search(fold(called), len(" ".join(name)))
                    is_said = says_self or own is not None
                    if not is_said and self._is_addressed(pieces, place, words.removesuffix(called), fold(called)):
                        segmentation = segmentation._replace(variant="addressed")
                    is_bare = place == 0 and segmentation.variant == "plain" and len(name) == 1
                    is_bare = is_bare and name[0].lower() not in self._cues  # cats are a pastime, not Catrin
                    is_page = not says_self and is_said_of_another(after)
                    return BioName((segmentation, occurrences), is_said, is_page, is_said or (is_bare and not after))
        is_named = self._is_owner_named_before(pieces) or any(map(self._names_unknown, pieces[::2]))
        return BioName(names_owner=is_named)

    def is_of_another(self, shown: str) -> bool:
        """Say whether a shown name of three words or more is a sentence about somebody: `Tia Brannel my love`."""
        words = fold(shown).split()
        places = [i for i, word in enumerate(words) if word in self._parts]
        if len(words) <= _BARE_NAME or not places:
            return False
        before, after = " ".join(words[: places[0]]), words[places[-1] + 1 :]
        return self._says_of_another(after) or phrases_of_others().before.fullmatch(before) is not None

    def _name_at_start(self, words: Sequence[str]) -> Sequence[str]:
        """Return a given name with its surname or its initial at the start of longer words; or alone before a cue.

        What says the school, the year or the age may stand before it; a friend's stands so with other words after it.
        """
        parts, ours = self._parts, self._school_words
        places = (i for i, word in enumerate(words) if word.lower() in parts or not _is_cue(word, ours))
        first = next(places, len(words))
        names = next((i for i, word in enumerate(words) if i >= first + _BARE_NAME and not self._may_name(word)), None)
        if first and names and not all(_is_cue(word, self._cues) for word in words[names:]):
            return ()
        words = words[first : first + _MOST_WORDS]
        kinds = [
            {bearers.kind for bearers in parts.get(word.lower(), ()) if bearers.level in {"own", "nick", "part"}}
            for word in words
        ]
        if not kinds or GIVEN not in kinds[0]:
            return ()
        begin = next((i for i, word in enumerate(words) if i and word.lower() not in self._particles), len(words))
        end = next((i for i, kind in enumerate(kinds) if i >= begin and SURNAME not in kind), len(words))
        if end > begin:
            return words[:end]
        if len(words) > 1 and len(words[1]) == 1 and words[1].isalpha():
            return words[:2]
        is_before_cue = kinds[1:] and (words[1].startswith("@") or _is_cue(words[1], self._cues))
        return words[:1] if is_before_cue or (first and not kinds[1:]) else ()

    def _may_name(self, word: str) -> bool:
        """Say whether a word may go on a name: a surname, or a word such as `van` before one."""
        bearers_of = self._parts.get(word.lower(), ())
        return word.lower() in self._particles or any(bearers.kind == SURNAME for bearers in bearers_of)

    def _is_anothers(self, pieces: Sequence[str], place: int, said: str) -> bool:
        """Say whether what a bio says beside a name, or before or after that, makes it another person's."""
        after = self._after_name(said)
        if self._says_of_another(after) or self._is_owner_named_before(pieces[:place]):
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
            LOVE.search("".join(pieces[place + 1 : place + 2])) and not self._after_name(said)
        ):
            return True
        if place and pieces[place - 1].strip() == ",":
            before = before or f"{pieces[place - 2].strip()} "
        return GREETS.fullmatch(before) is not None and not said.endswith(" here")

    def _after_name(self, said: str) -> Sequence[str]:
        """Return the words of a folded text after the name at its start."""
        words = said.split()
        known = (word in self._parts or word in self._particles or len(word) == 1 for word in words)
        return words[next((i for i, is_known in enumerate(known) if not is_known), len(words)) :]

    def _uncued(self, words: Sequence[str]) -> Sequence[str]:
        """Return the words without the school and the year at their end."""
        end = next((i for i in range(len(words), 0, -1) if not _is_cue(words[i - 1], self._school_words)), 0)
        return words[:end]

    def _says_of_another(self, words: Sequence[str]) -> bool:
        """Say whether what follows a name speaks of a friend: `is my bff`, `my sister`, `makes me laugh`."""
        phrases = phrases_of_others()
        text = " ".join(self._uncued(words))
        if match := phrases.beside.match(text):
            following = text[match.end() :].split()
            return not (following and given_names().get(following[0], 0) >= _KNOWN_NATIONALLY)
        verbs = [word for word in words if word not in cue_words()["adverb"] and not _CUE_WORD.fullmatch(word)]
        if not verbs or phrases.own.match(" ".join(verbs)):
            return False
        return self._is_third_person(verbs) and not _OF_OWNER.isdisjoint(verbs)

    def _is_third_person(self, words: Sequence[str]) -> bool:
        verb = words[0]
        if verb in cue_words()["third_person"] or (verb.endswith("ed") and words[1:2] in (["me"], ["us"])):
            return True
        is_plural = verb in self._cues or words[1:2] == ["are"] or (len(words) > 1 and words[1] in _AND)
        return len(verb) > 3 and verb.endswith("s") and not verb.endswith("ss") and not is_plural

    def _names_unknown(self, piece: str) -> bool:
        """Say whether a part of a bio says that its owner bears a given name that nobody on the registers bears."""
        words = to_latin(piece).strip(" -*_\"'.")
        called = self_called(words)
        name = self._uncued(fold(called).split())
        if called == words or GREETS.fullmatch(words.removesuffix(called)) or not name or name[0] in self._parts:
            return False
        is_given = name[0] in given_names() and name[0] not in words_beside_names()
        return len(name) <= _BARE_NAME and (is_given or reads_as_given_name(" ".join(name)))

    def _is_owner_named_before(self, pieces: Sequence[str]) -> bool:
        """Say whether a bio begins with a given name alone that nobody on the registers bears: it is its owner's."""
        words = to_latin(pieces[0]).strip() if pieces else ""
        called = self_called(words)
        first = " ".join(self._uncued(fold(called).split()))
        if GREETS.fullmatch(words.removesuffix(called)):
            return False
        is_known = given_names().get(first, 0) >= _KNOWN_NATIONALLY or reads_as_given_name(first)
        return is_known and first not in self._parts and first not in words_beside_names()


def _is_cue(word: str, cues: AbstractSet[str]) -> bool:
    return word.lower() in cues or _CUE_WORD.fullmatch(word) is not None


def _is_bare_name(segmentation: Segmentation, occurrences: Sequence[Occurrence]) -> bool:
    """Say whether a text shows a given name, or is a surname and nothing else: Taylor Swift is no Taylor of ours."""
    size = len(segmentation.letters)
    return any(b - a == size or any(entry.kind == GIVEN for entry in entries) for a, b, _, entries in occurrences)
