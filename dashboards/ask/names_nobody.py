"""A purpose or a reason is kept, and read later by people who need not know: it names nobody whom it is about."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from dashboards.ask.problems import AskError
from engines.naming import Names, Strength, plain_letters
from policies.dates import MONTHS, WEEKDAYS

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
