"""What evidence is worth, in bits: what was learned, how rare a name is, what each piece means, which may be used."""

import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from math import log2
from typing import Any, NamedTuple

from engines.people.candidates.model import Evidence
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


_SLACK = 0.1
ALWAYS_ALLOWED = frozenset({"name", "prior", "caution"})


class Scale(NamedTuple):
    """What makes a probability mean what it says: all bits by the temperature, then the odds moved between points.

    The log-odds that an account is anybody's, `said`, are moved to what was `right` where nothing was learned, and
    everybody who may own it by as much; both rise.
    """

    temperature: float = 1.0
    said: Sequence[float] = (0.0,)
    right: Sequence[float] = (0.0,)

    def shift(self, odds: float) -> float:
        """Return by how many bits these log-odds are moved; higher odds stay the higher ones."""
        after = bisect_left(self.said, odds)
        if after in {0, len(self.said)}:
            place = min(after, len(self.said) - 1)
            return self.right[place] - self.said[place]
        (low, high), (first, last) = self.said[after - 1 : after + 1], self.right[after - 1 : after + 1]
        return first + (last - first) * (odds - low) / (high - low) - odds


@cache
def least_odds(scale: Scale, odds: float) -> float:
    """Return the log-odds against nobody, before they are moved, below which nobody reaches these, whoever else may."""
    met = (step / 4 for step in range(-80, 81))
    return odds - _SLACK - max(shift for at in met if odds - 1 <= at + (shift := scale.shift(at)) <= 1)


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits for each piece of evidence; those of classes that may not be used are not among them."""

    bits: Mapping[str, float]
    likely: float
    scale: Scale

    def worth(self, evidence: Iterable[Evidence]) -> float:
        """Return the bits of all this evidence together."""
        bits = self.bits
        return sum([bits[name] * size for name, size, _ in evidence if name in bits])


@dataclass(frozen=True, slots=True)
class EvidenceMeaning:
    """The class of a piece of evidence, the sentence that says it, and the one for a report where that is another."""

    kind: str
    says: str
    shows: str = ""

    @property
    def report_sentence(self) -> str:
        """The sentence for a report: of the register, it confirms a year group at most."""
        return self.shows or self.says


@cache
def meanings() -> Mapping[str, EvidenceMeaning]:
    """Return what each piece of evidence means, by its name in evidence.toml."""
    return {name: EvidenceMeaning(**row) for name, row in _read_toml("evidence.toml").items()}


def meaning_of(name: str) -> EvidenceMeaning:
    """Return what a piece of evidence means, whoever's account it speaks of."""
    all_meanings = meanings()
    if name in all_meanings:
        return all_meanings[name]
    return all_meanings[name.partition(".")[2]]


def evidence_classes() -> frozenset[str]:
    """Return every class of evidence that a school may allow or switch off."""
    return frozenset(evidence.kind for evidence in meanings().values()) - ALWAYS_ALLOWED


class LikelyRules(NamedTuple):
    """For each group, the evidence beside the name that supports a likely match, and what contradicts one."""

    supports: Mapping[str, Collection[str]]
    contradicts: Mapping[str, Collection[str]]


@cache
def likely_rules() -> LikelyRules:
    """Return what likely.toml says."""
    return LikelyRules(**_read_toml("likely.toml"))


@cache
def learned_weights() -> Weights:
    """Return all weights of weights.toml."""
    table = _read_toml("weights.toml")
    return Weights(
        table["bits"], table["likely"], Scale(table["temperature"], tuple(table["said"]), tuple(table["right"]))
    )


def allowed_weights(evidence: Collection[str] | None) -> Weights:
    """Return the weights of the classes of evidence that may be used; None allows all."""
    all_weights = learned_weights()
    if evidence is None:
        return all_weights
    usable = frozenset(evidence) | ALWAYS_ALLOWED
    bits = {name: bits for name, bits in all_weights.bits.items() if meaning_of(name).kind in usable}
    return Weights(bits, all_weights.likely, all_weights.scale)


def _read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
