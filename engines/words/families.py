"""What is said of a text: the families of words that it seems to belong to, and how sure that is."""

from dataclasses import dataclass
from typing import Literal

from engines.text.normalised import Span
from engines.words.model import Sign

Basis = Literal["rule", "score", "both"]


@dataclass(frozen=True, slots=True)
class TextFamily:
    """One family that a text seems to belong to.

    `score` is the probability (0 to 1, calibrated) that a person would say so. `span` is where in the text as given the
    words stand: the whole text where the score alone speaks. `why` quotes nothing of the text. `basis` says whether a
    rule spoke, the learned score, or both. `is_listed` is true of what is sure enough to be an exception, and false of
    what a person should read.
    """

    family: str
    score: float
    span: Span
    why: str
    basis: Basis
    is_listed: bool
    signs: tuple[Sign, ...]
