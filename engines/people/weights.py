"""The learned weights, what each piece of evidence means, and which classes of evidence may be used."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

NEEDED = frozenset({"name", "prior"})


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits for each piece of evidence; those of classes that may not be used are not among them."""

    bits: Mapping[str, float]
    likely: float
    temperature: float


@dataclass(frozen=True, slots=True)
class Meaning:
    """The class of a piece of evidence, the sentence that says it, and the one for a report where that is another."""

    kind: str
    says: str
    shows: str = ""

    @property
    def told(self) -> str:
        """The sentence for a report: of the register, it confirms a year group at most."""
        return self.shows or self.says


@cache
def meanings() -> Mapping[str, Meaning]:
    """Return what each piece of evidence means, by its name in evidence.toml."""
    return {name: Meaning(**row) for name, row in _read("evidence.toml").items()}


def meaning(name: str) -> Meaning:
    """Return what a piece of evidence means, whoever's account it speaks of."""
    known = meanings()
    if name in known:
        return known[name]
    return known[name.partition(".")[2]]


def kinds() -> frozenset[str]:
    """Return every class of evidence that a school may allow or switch off."""
    return frozenset(one.kind for one in meanings().values()) - NEEDED


@cache
def learned() -> Weights:
    """Return all weights of weights.toml."""
    read = _read("weights.toml")
    return Weights(read["bits"], read["likely"], read["temperature"])


def allowed(evidence: Collection[str] | None) -> Weights:
    """Return the weights of the classes of evidence that may be used; None allows all."""
    every = learned()
    if evidence is None:
        return every
    usable = frozenset(evidence) | NEEDED
    bits = {name: bits for name, bits in every.bits.items() if meaning(name).kind in usable}
    return Weights(bits, every.likely, every.temperature)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("engines.people").joinpath(name).read_text(encoding="utf-8"))
