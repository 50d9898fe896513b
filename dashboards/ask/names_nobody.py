"""A purpose or a reason is kept, and read later by people who need not know: it names nobody whom it is about."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from dashboards.ask.problems import AskError
from policies.dates import MONTHS, WEEKDAYS

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_NAME, _SHORTEST_ID = 3, 4
_WHOM = frozenset({"person", "handle"})  # values of named questions that are somebody's
_CALENDAR = frozenset(word.casefold() for word in (*MONTHS, *WEEKDAYS))


def must_name_nobody(
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
    told = _words(text)
    if any(len(name) > 1 and _has([word for _, word in told], name) for name in map(_folded, everybody)):
        raise _named(option)
    for ident in ids:
        wanted = [word.lstrip("0") for word in _folded(ident)]
        if len("".join(_folded(ident))) >= _SHORTEST_ID and _has([word.lstrip("0") for _, word in told], wanted):
            raise _named(option)
    for name in names:
        wanted = _folded(name)
        if len(wanted) > 1 and _has([word for _, word in told], wanted):
            raise _named(option)
        parts = {word for word in wanted if len(word) >= _SHORTEST_NAME} - _CALENDAR
        if any(word in parts and written[:1].isupper() for written, word in told):
            raise _named(option)


def whom_of(parameters: Mapping[str, object]) -> list[str]:
    """Return the values of a question that say whom it is about: a roll id, a handle."""
    return [str(value) for name, value in parameters.items() if name in _WHOM and value is not None]


def _named(option: str) -> AskError:
    return AskError(f"--{option} names whom it is about, and it is kept: say it without, such as the request's number.")


def _has(words: list[str], wanted: list[str]) -> bool:
    here = range(len(words) - len(wanted) + 1)
    return bool(wanted) and any(words[at : at + len(wanted)] == wanted for at in here)


def _words(text: str) -> list[tuple[str, str]]:
    """Return the words as they are written, and without case, accents and what nobody sees."""
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return [(word, _plain(word)) for word in _WORD.findall(seen)]


def _folded(text: str) -> list[str]:
    return [word for _, word in _words(text)]


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()
