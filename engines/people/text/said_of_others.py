"""What a bio says beside a name that is not its owner's but a friend's, a relative's or a love's."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from engines.people.candidates.residual import word_lists
from engines.people.cues.pages_about import is_said_of_another
from engines.people.cues.words import cue_words
from engines.people.register.model import GIVEN, SURNAME, NameIndex, given_names
from engines.text.folding import fold
from engines.text.latin import english_words

LONGEST_BIO = 400
SEGMENTS = re.compile(r"(<3+|[|\u2022/\n,;\u00b7()~]+|::|\s[-x]\s|  +|\.\s|[\U0001f300-\U0001faff\u2600-\u27bf]+)")
# What follows a name at the start of a bio: a year group, an age, a class, a date.
_CUE_WORD = re.compile(
    r"(?:y|yr|year|age|aged|class|form)?(?!4ev)\d\w*|year|yr|age|aged|class|form|reception", re.IGNORECASE
)
_OF_OWNER, _ME = frozenset({"me", "us", "my", "our", "mine"}), frozenset({"me", "us"})
_AND = frozenset({"and", "are", "is", "n", "r"})
_MOST_THINGS = 3
_OWNS = re.compile(r"['\u2019]s?(?= \w)")
_WHOLE_NAME, _KNOWN_NATIONALLY, _HAIR = 2, 500, "hair"  # her hair studio is as often her own
_OWN_LEVELS = frozenset({"own", "nick", "part"})

# A heart, a kiss, eyes for somebody.
LOVE = re.compile(
    "<3|[\u2661\u2665\u2763\u2764\U0001f48b-\U0001f49f\U0001f5a4\U0001f90d\U0001f90e\U0001f9e1\U0001fa75-\U0001fa77"
    "\U0001f60d\U0001f618\U0001f970\U0001faf6]"
)


class _Phrases(NamedTuple):
    """What a bio says beside a friend's name, in the part before or after, before a list, and before a handle."""

    beside: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    anywhere: re.Pattern[str]
    whose: re.Pattern[str]
    own: re.Pattern[str]


@cache
def phrases_of_others() -> _Phrases:
    """Return what finds, in folded texts, that a name in a bio is a friend's, a relative's or a love's."""
    friend, dear = (f"(?:{'|'.join(cue_words()[kind])})(?:s|es)?" for kind in ("friend", "dear"))
    my = rf"(?:my|our) (?:(?!is |are |my )\w+ ){{0,2}}?(?:{friend}|{dear})"
    plain = r"(?:(?:is|was|are|s|the|a|so|really|always|forever|literally|only|just|no 1|number 1|best|real) )*"
    address = (
        r"(?:x[xo]* )*(?:i )?(?:[ia]?lysm\w*|ily\w*|(?:4|for) ?ev?(?:er|a)$|"
        r"(?:love|luv|miss|hate|fancy) (?:you|u|ya|him|her))(?! all| guys| lot)"
    )
    close = rf"(?:{my}|{friend})"
    not_own = r"(?! (?:of|to|2|with|for|is|are|called|named)\b)"
    tail = r"(?: (?:forever|4\s?\w+|for life|always|ever|since \w+|irl|fr|xx*|too|ily\w*|here))*"
    to_whom = r"(?:i |we )?(?:love|luv|miss|fancy|adore|stan|hate)(?: (?:you|u))?"
    you = r"(?:you|u) (?:are|r)|youre|ur"
    together = rf"(?:and |n |x )?(?:me|us)$|(?:and|n) (?:\w+ ){{1,3}}(?:are|r) {plain}{close}\b"
    return _Phrases(
        re.compile(rf"(?:{plain}(?:{close}|fan|stan)\b{not_own}|{address}\b|{together}|"
                   rf"(?:{you}) {plain}(?:{close}|best)\b)"),
        re.compile(rf"(?:i|we|me and|me n|dating|taken by|taken|in love (?:with|w)|rip|ily\w*|{to_whom}|"
                   rf"(?:love |and |with )?{plain}{close}(?: (?:is|are|r|s|w|with))?)"),
        re.compile(rf"(?:(?:shes|hes|she is|he is|thats|{you}) )?{plain}{close}{tail}|(?:thats )?not me|{address}"),
        re.compile(rf"\b{close}\b"),
        re.compile(rf"\b(?:{friend}|{dear}|his|her|their)(?: s| is)?(?: (?:new|other|main|real|private))?(?: on)?$"),
        re.compile(r"(?:is|s|thats) (?:me\b|my (?:\w+ )?(?:name|nickname|main|acc|account|user|username|alt|spam)\b)"),
    )  # fmt: skip


class OthersReader:
    """Reads for one register whom a bio speaks of as somebody else; `cues` are words that say nothing of anybody."""

    def __init__(self, name_index: NameIndex, school_words: AbstractSet[str], cues: AbstractSet[str]) -> None:
        self._parts, self._school_words, self._cues = name_index.parts, school_words, cues
        self._particles = frozenset(word_lists()["particles"])

    def friends(self, bio: str) -> frozenset[int]:
        """Return the people whose given name and surname a bio gives to a friend, a relative or a love."""
        pieces = [fold(piece) for piece in SEGMENTS.split(bio[:LONGEST_BIO])[::2]]
        return frozenset().union(*(self._friends_in(pieces, place) for place in range(len(pieces))))

    def _friends_in(self, pieces: Sequence[str], place: int) -> Iterator[int]:
        words, phrases = pieces[place].split(), phrases_of_others()
        for first in range(len(words) - 1):
            named = self._bearers(words[first], GIVEN) & self._bearers(words[first + 1], SURNAME)
            if not named:
                continue
            before, after = " ".join(words[:first]), words[first + _WHOLE_NAME :]
            is_beside = phrases.before.fullmatch(before or pieces[max(place - 1, 0)]) is not None
            following = " ".join(pieces[place + 1 : place + 2])
            is_followed = not after and phrases.after.fullmatch(following) is not None
            does_to_me = not _ME.isdisjoint(after) and self.says_of_another(after)  # but not `loves my dog`
            if is_beside or is_followed or does_to_me or self._is_called_a_friend(after):
                yield from named

    def _bearers(self, word: str, kind: str) -> frozenset[int]:
        """Return the people one of whose names of this kind a word is."""
        found = (one.people for one in self._parts.get(word, ()) if one.kind == kind and one.level in _OWN_LEVELS)
        return frozenset().union(*found)

    def is_of_another(self, shown: str) -> bool:
        """Say whether a shown name of three words or more is a sentence about somebody: `Tia Brannel my love`."""
        if self._is_somebodys(shown):
            return True
        words = fold(shown).split()
        places = self._whole_name(words) if words else ()
        if len(words) <= _WHOLE_NAME or not places:
            return False
        first, after = words[: places[0]], words[places[-1] + 1 :]
        before, is_asked = " ".join(first), " ".join(first[:-1]) in cue_words()["asked_of_titled"]
        is_titled = (is_asked or len(first) == 1) and first[-1] in cue_words()["title"]  # Miss Tia is missed by nobody
        is_mocked = is_asked or before in cue_words()["asked"] or (before in cue_words()["unkind"] and not after)
        is_whole = len(places) > 1
        if (is_mocked and (is_whole or is_titled)) or ((is_whole or is_titled) and is_said_of_another(" ".join(after))):
            return True
        is_before = phrases_of_others().before.fullmatch(before) is not None
        return self.says_of_another(after) or (is_before and not is_titled)

    def _is_somebodys(self, shown: str) -> bool:
        """Say whether a shown name is of what others mock, or whose somebody is: `Tia Brannel's shoes`, `Tia's ex`."""
        before, sign, after = self._owned(shown)
        words, after, things = fold(before).split(), fold(after), set(fold(after).split()[:_MOST_THINGS])
        named = [word for word in words if word in self._parts]
        if not (sign and named and things):
            return False
        is_whole = len(named) > 1 or (bool(words) and words[0] in cue_words()["title"])
        is_friend = not things.isdisjoint((*cue_words()["friend"], *cue_words()["of_somebody"]))
        return is_friend or (is_whole and (after == _HAIR or not things.isdisjoint(cue_words()["mocked"])))

    def _owned(self, shown: str) -> tuple[str, bool, str]:
        """Return the words before the sign of who owns something, whether one is meant, and the words after it."""
        before, sign, after = _OWNS.sub(" '", shown).partition(" '")
        words = shown.split()
        owner = next((i for i in range(len(words)) if self._is_owner(fold(words[i]), fold(words[i - 1]))), None)
        if sign or owner is None:
            return before, bool(sign), after
        return " ".join((*words[:owner], words[owner][:-1])), True, " ".join(words[owner + 1 :])

    def owner_of(self, shown: str) -> str:
        """Return a page's shown name up to whose something is: Tia Brannel of `Tia Brannel's teeth`."""
        before, is_owned, _ = self._owned(shown)
        return before if is_owned else shown

    def _is_owner(self, word: str, before: str) -> bool:
        """Say whether a word is a name with an s for somebody's: of `tia brannels teeth`, not of `Grace Woods`."""
        is_else = word in self._parts or (word in english_words() and before not in cue_words()["title"])
        return word.endswith("s") and word[:-1] in self._parts and not is_else

    def _whole_name(self, words: Sequence[str]) -> Sequence[int]:
        """Return the places of somebody's given name and surname, or of all parts of names: `Find` may be a surname."""
        pairs = ((i, i + 1) for i in range(len(words) - 1)
                 if self._bearers(words[i], GIVEN) & self._bearers(words[i + 1], SURNAME))  # fmt: skip
        if words[0] in cue_words()["title"] and len(words) > 1 and words[1] in self._parts:
            return (1,)
        return next(pairs, None) or [i for i, word in enumerate(words) if word in self._parts]

    def says_of_another(self, words: Sequence[str]) -> bool:
        """Say whether what follows a name speaks of a friend: `is my bff`, `my sister`, `makes me laugh`."""
        phrases = phrases_of_others()
        if phrases.beside.match(" ".join(self.uncued(words))):
            return self._is_called_a_friend(words)
        verbs = [word for word in words if word not in cue_words()["adverb"] and not _CUE_WORD.fullmatch(word)]
        if not verbs or phrases.own.match(" ".join(verbs)):
            return False
        return self._is_third_person(verbs) and not _OF_OWNER.isdisjoint(verbs)

    def _is_called_a_friend(self, words: Sequence[str]) -> bool:
        """Say whether what follows a name calls its bearer a friend, and goes on with no other name."""
        text = " ".join(self.uncued(words))
        match = phrases_of_others().beside.match(text)
        following = text[match.end() :].split() if match else []
        return match is not None and not (following and given_names().get(following[0], 0) >= _KNOWN_NATIONALLY)

    def _is_third_person(self, words: Sequence[str]) -> bool:
        verb = words[0]
        if verb in cue_words()["third_person"] or (verb.endswith("ed") and words[1:2] in (["me"], ["us"])):
            return True
        is_plural = verb in self._cues or words[1:2] == ["are"] or (len(words) > 1 and words[1] in _AND)
        return len(verb) > 3 and verb.endswith("s") and not verb.endswith("ss") and not is_plural

    def after_name(self, said: str) -> Sequence[str]:
        """Return the words of a folded text after the name at its start."""
        words = said.split()
        known = (word in self._parts or word in self._particles or len(word) == 1 for word in words)
        return words[next((i for i, is_known in enumerate(known) if not is_known), len(words)) :]

    def uncued(self, words: Sequence[str]) -> Sequence[str]:
        """Return the words without the school and the year at their end."""
        end = next((i for i in range(len(words), 0, -1) if not is_cue(words[i - 1], self._school_words)), 0)
        return words[:end]


def is_cue(word: str, cues: AbstractSet[str]) -> bool:
    """Say whether a word is one of these, or a year, a class or an age."""
    return word.lower() in cues or _CUE_WORD.fullmatch(word) is not None
