"""Whether an id that stayed on a register stands for somebody else now, in words with counts and never a value.

Names that move among the rows of a spreadsheet, or whose letters an export spoiled, keep each id and each filled cell.
A marriage, a chosen name, or a family that takes another name is a change that anyone makes.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from engines.text import fold

Line = Mapping[str, str]
Pair = tuple[Line, Line]  # one row, then and now

FEW, ONE_IN = 3, 200  # so many names an office may change in one week; in a large register one in two hundred
_ACCOUNTS = ("x_account", "youtube_account")
_NAMES = ("given_names", "known_as", "surname", "full_name")
_LASTING = (
    "given_names",
    "known_as",
    "surname",
    "full_name",
    "date_of_birth",
)  # what no school year and no class changes
_OF_NAMES = frozenset(" .,'`-\u00b7\u02bc\u2018\u2019\u2010\u2011\u2013")


def changed_identities(pairs: Sequence[Pair]) -> Iterator[str]:
    """Give in words why rows of a register of people stand for somebody else; `pairs` are those whose id stayed."""
    if others := sum(_is_somebody_else(then, now) for then, now in pairs):
        yield f"under {others:,} of the ids that it had then {'stands' if others == 1 else 'stand'} somebody else now"
    for column in _LASTING:
        both = [(then[column], now[column]) for then, now in pairs if column in then and column in now]
        changed = [(fold(then), fold(now)) for then, now in both if fold(then) != fold(now)]
        if _have_moved(changed) or _are_many(len(set(changed)), len(both)):
            name = column.replace("_", " ")
            yield f"the column {name} says something else now in {len(changed):,} of {len(both):,} rows"
    if spoiled := sum(
        any(_is_spoiled(then.get(name, ""), now.get(name, "")) for name in _NAMES) for then, now in pairs
    ):
        yield f"the letters of {spoiled:,} {'name' if spoiled == 1 else 'names'} are spoiled now"


def _is_somebody_else(then: Line, now: Line) -> bool:
    """Say whether no word of the name stayed, and nothing else that tells who a person is."""
    before, after = _words(then), _words(now)
    if not before or not after or before & after:
        return False
    if "date_of_birth" in then and "date_of_birth" in now:
        return then["date_of_birth"] != now["date_of_birth"]
    return all(fold(then[name]) != fold(now[name]) for name in _ACCOUNTS if name in then and name in now)


def _words(line: Line) -> frozenset[str]:
    return frozenset(word for name in _NAMES for word in fold(line.get(name, "")).split())


def _have_moved(changed: Sequence[tuple[str, str]]) -> bool:
    """Say whether values went from row to row: at least two are now what another of these rows said."""
    said = {then for then, _ in changed}
    return len({(then, now) for then, now in changed if now in said}) > 1


def _are_many(changed: int, of: int) -> bool:
    """Say whether more differs than people who marry or choose a name; who changes alike, as a family does, is one."""
    return changed > 1 and (2 * changed > of or changed > max(FEW, of / ONE_IN))


def _is_spoiled(then: str, now: str) -> bool:
    """Say whether the letters beyond A to Z became other signs, or were lost, and all others stayed."""
    before, after = (unicodedata.normalize("NFC", text) for text in (then, now))
    if before == after or before.isascii() or not after or _plain(before) != _plain(after):
        return False
    odd = _odd(after) - _odd(before)
    return odd > 0 or (odd == 0 and len(after) > len(before)) or (after.isascii() and len(after) < len(before))


def _plain(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isalpha())


def _odd(text: str) -> int:
    return sum(not sign.isalpha() and sign not in _OF_NAMES for sign in text)
