"""The learned weights, what each piece of evidence means, and which classes of evidence may be used."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

ALWAYS_ALLOWED = frozenset({"name", "prior", "caution"})


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits for each piece of evidence; those of classes that may not be used are not among them."""

    bits: Mapping[str, float]
    likely: float
    temperature: float


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
    return Weights(table["bits"], table["likely"], table["temperature"])


def allowed_weights(evidence: Collection[str] | None) -> Weights:
    """Return the weights of the classes of evidence that may be used; None allows all."""
    all_weights = learned_weights()
    if evidence is None:
        return all_weights
    usable = frozenset(evidence) | ALWAYS_ALLOWED
    bits = {name: bits for name, bits in all_weights.bits.items() if meaning_of(name).kind in usable}
    return Weights(bits, all_weights.likely, all_weights.temperature)


def _read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
