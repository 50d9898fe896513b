"""Turns the phrases of a word list into one pattern that no text can make slow.

A phrase is words one space apart. Between two words of a text may stand any white space, comma, dash or emoji, but no
end of a sentence. Besides plain words a phrase may hold:

    vot*            a word that begins so
    buy|order       either word
    really?         a word that may be left out
    ..              up to four words of any kind
    #               a number, also within a word: \u00a3#, #%
    ##              the sign of a tag itself
    <family>        any phrase of the list `family` in the same file
    {a b|<c>}       any of these phrases
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

Lists = Mapping[str, Sequence[str]]

# Each quantifier is bounded, and what parts two words can be no part of a word: the time stays in step with the text.
_BETWEEN = r"[^\w.!?\n\u00a3$]{1,4}"
_ANY_WORDS = r"(?:[\w'%&\u00a3$@#*-]{1,30}[^\w.!?\n]{1,4}){0,4}?"
_NUMBER = r"\d{1,6}(?:[.,]\d{1,3})?"
TOKEN = re.compile(r"\{[^}]*\}\??|\S+")
_LETTERS_AFTER = r"[\w'-]{0,12}"


class PhrasePattern:
    """The pattern of some phrases, made when it is first looked for: most rules' words stand in no text of a week."""

    def __init__(self, phrases: Iterable[str], lists: Lists) -> None:
        self._phrases, self._lists = tuple(phrases), lists

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return phrase_pattern(self._phrases, self._lists)


def phrase_pattern(phrases: Iterable[str], lists: Lists | None = None) -> re.Pattern[str]:
    """Return a pattern for any of the phrases as whole words; one of no phrases fits nowhere."""
    written = sorted({_written(phrase, lists or {}) for phrase in phrases})
    body = "|".join(written) if written else r"(?!)"
    return re.compile(rf"(?<![\w])(?:{body})(?!\w)")


def _written(phrase: str, lists: Lists) -> str:
    made = ""
    joint = ""
    for written in TOKEN.findall(phrase.lower()):
        if written == "..":
            made += joint + _ANY_WORDS
            joint = ""
            continue
        is_optional = written.endswith("?")
        word = _word(written.removesuffix("?"), lists)
        made += rf"(?:{joint}{word})?" if is_optional and joint else _led(joint, word, is_optional=is_optional)
        joint = "" if is_optional and not joint else _BETWEEN
    return made


def _led(joint: str, word: str, *, is_optional: bool) -> str:
    return rf"(?:{word}{_BETWEEN})?" if is_optional else joint + word


def _word(token: str, lists: Lists) -> str:
    if token.startswith("{"):
        return "(?:" + "|".join(_written(choice, lists) for choice in token[1:-1].split("|")) + ")"
    if token.startswith("<") and "|" not in token:
        return "(?:" + "|".join(_written(phrase, lists) for phrase in lists[token[1:-1]]) + ")"
    choices = "|".join(
        _word(choice, lists) if choice.startswith("<") else _choice(choice) for choice in token.split("|")
    )
    return f"(?:{choices})" if "|" in token else choices


def _choice(word: str) -> str:
    stem = re.escape(word.removesuffix("*")).replace("'", "'?").replace(r"\#\#", "[#]").replace(r"\#", _NUMBER)
    return stem + (_LETTERS_AFTER if word.endswith("*") else "")
