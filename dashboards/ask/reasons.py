"""Reasons and purposes are kept, and read later by people who need not know: whether one can be kept as written."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from dashboards.ask import AskError
from dashboards.safe_text import JOINERS, UNSEEN
from engines.naming import Names, Strength, plain_letters
from policies.dates import MONTHS, WEEKDAYS
from policies.errors import UserError

_LETTERS_ALONE = re.compile(r"[^\W\d_]+")
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters to Unicode, and blank to a reader
_LETTERS_OF_A_WORD, _WORDS, _LETTERS, _LONGEST = 2, 2, 8, 1_000


def checked_purpose(purpose: str) -> str:
    """Return the purpose as it is kept; AskError unless it has two words, or one of eight letters."""
    kept = "".join(sign for sign in unicodedata.normalize("NFKC", purpose) if sign not in _BLANK_LETTERS)
    kept = "".join(sign for sign in kept if sign.isspace() or not unicodedata.category(sign).startswith("C"))
    words = [word for word in _LETTERS_ALONE.findall(kept) if len(word) >= _LETTERS_OF_A_WORD]
    if len(words) < _WORDS and sum(map(len, words)) < _LETTERS:
        raise AskError("Say in a few words why you ask, with --purpose; it is kept with the question.")
    return " ".join(kept.split())[:_LONGEST]


_WORD = re.compile(r"[^\W_]+")
_SHORTEST_ID = 4
_WHOM = frozenset({"person", "handle"})  # values of named questions that are somebody's
_CALENDAR = (*MONTHS, *WEEKDAYS)


def ensure_names_nobody(
    text: str,
    *,
    names: Iterable[str] = (),
    ids: Iterable[str] = (),
    everybody: Iterable[str] = (),
    option: str = "purpose",
) -> None:
    """Raise AskError if the text has one of these names, or a part of one with a capital, or one of these ids.

    An id of fewer than four letters or figures may be any number, and is no mention. Of `everybody`, who may or may not
    be meant, a whole name alone is one.
    """
    own = Names(_CALENDAR)
    own.learn("whom it is about", names, parts=True)
    is_named = any(each.strength > Strength.PART or each.is_capital for each in own.mentions(text, least=Strength.PART))
    if is_named or _whole_names(tuple(everybody)).mentions(text, least=Strength.ROW) or _has_id(text, ids):
        raise AskError(
            f"--{option} names whom it is about, and it is kept: say it without, such as the request's number."
        )


def whom_of(parameters: Mapping[str, object]) -> list[str]:
    """Return the values of a question that say whom it is about: a roll id, a handle."""
    return [str(value) for name, value in parameters.items() if name in _WHOM and value is not None]


@lru_cache(maxsize=2)
def _whole_names(everybody: tuple[str, ...]) -> Names:
    names = Names()
    names.learn("somebody", everybody)
    return names


def _has_id(text: str, ids: Iterable[str]) -> bool:
    """Say whether one of these ids stands in the text, with or without the zeros before a number."""
    told = [word.lstrip("0") for word in _words(text)]
    for ident in map(_words, ids):
        wanted = [word.lstrip("0") for word in ident]
        here = range(len(told) - len(wanted) + 1)
        if len("".join(ident)) >= _SHORTEST_ID and any(told[at : at + len(wanted)] == wanted for at in here):
            return True
    return False


def _words(text: str) -> list[str]:
    return _WORD.findall(plain_letters(text))


LONGEST = 2_000


def acceptable_reason(
    text: str,
    *,
    asks: str,
    everybody: Iterable[str] = (),
    names: Iterable[str] = (),
    ids: Iterable[str] = (),
    option: str = "reason",
) -> str:
    """Return the reason on one line; UserError in the sentence `asks` without a word, AskError for a name or an id.

    `everybody` are the whole names of the registers, `names` and `ids` those of whom it is about: of these a part of a
    name is too much. `option` is that of the command by which it was given.
    """
    said = " ".join(text.split())
    if not any(letter.isalnum() for letter in said):
        raise UserError(asks)
    if any(unicodedata.category(sign) in {"Cc", *UNSEEN} and sign not in JOINERS for sign in said):
        raise UserError("What you wrote holds a sign that cannot be seen. Write it anew by hand.")
    if len(said) > LONGEST:
        raise UserError(f"What you wrote is longer than {LONGEST:,} characters. Shorten it.")
    ensure_names_nobody(said, names=names, ids=ids, everybody=everybody, option=option)
    return said
