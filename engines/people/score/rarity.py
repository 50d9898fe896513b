"""How rare a part of a name is, in bits: in this file of accounts, and in the country."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from math import log2

from engines.people.register.model import GIVEN, SURNAME, Bearers, NameIndex, given_names

# So many invented accounts, with the country's names, stand beside those of the file.
PRIOR_ACCOUNTS = 300
_MOST_BITS = 16.0
_PEOPLE = 17_400_000
# A surname that others on the registers bear too is as common as so many bearers among so many people.
_PEOPLE_ON_REGISTERS = 2_000
# The first letters of a name tell so many bits each, and never more than this share of the whole name.
_BITS_PER_LETTER, _SHARE_OF_WHOLE = 2.0, 0.5


class NameRarity:
    """How often each form stands in the file's accounts; an account's own part is left out when it is weighed."""

    def __init__(self, forms: Iterable[frozenset[str]], accounts: int, name_index: NameIndex) -> None:
        self._counts = Counter(chain.from_iterable(forms))
        self._accounts = accounts
        self._bits: dict[tuple[str, str], float] = {}
        self._stands_for = name_index.misspelt
        self._whole_names = {
            kind: sorted(
                form for form, entries in name_index.parts.items() if any(_is_own(bearers, kind) for bearers in entries)
            )
            for kind in (GIVEN, SURNAME)
        }
        self._others = {
            form: sum(len(bearers.people) for bearers in entries if _is_own(bearers, SURNAME)) - 1
            for form, entries in name_index.parts.items()
        }

    def bits(self, form: str, kind: str) -> float:
        """Return the bits of meeting this form in somebody else's account; a misspelt one is as rare as the right."""
        form = self._stands_for.get(form, form) if kind == SURNAME else form
        key = (form, kind)
        if key not in self._bits:
            share = self._national(form) if kind == "given" else self._surname(form)
            count = max(self._counts[form] - 1, 0) + PRIOR_ACCOUNTS * share
            self._bits[key] = min(-log2(count / (self._accounts + PRIOR_ACCOUNTS)), _MOST_BITS)
        return self._bits[key]

    def prefix_bits(self, letters: str, kind: str) -> float:
        """Return the bits of the first letters of a name: less than the commonest name tells that begins so."""
        key = (f"{letters}-", kind)
        if key not in self._bits:
            names, place = self._whole_names[kind], bisect_left(self._whole_names[kind], letters)
            least = _MOST_BITS
            while place < len(names) and names[place].startswith(letters):
                least, place = min(least, self.bits(names[place], kind)), place + 1
            self._bits[key] = min(_BITS_PER_LETTER * len(letters), _SHARE_OF_WHOLE * least)
        return self._bits[key]

    @staticmethod
    def _national(form: str) -> float:
        return max(given_names().get(form, 0) / _PEOPLE, 2 ** -(6.0 + 1.3 * min(len(form), 7)) / 8)

    def _surname(self, form: str) -> float:
        return max(2 ** -(6.0 + 0.9 * min(len(form), 9)), self._others.get(form, 0) / _PEOPLE_ON_REGISTERS)


def _is_own(bearers: Bearers, kind: str) -> bool:
    return bearers.kind == kind and bearers.level == "own"


def prior_bits(accounts: int) -> float:
    """Return the bits of one account among so many being one given person's, before the register's own share."""
    return -log2(accounts + PRIOR_ACCOUNTS)
