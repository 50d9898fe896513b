"""What is said of a text: signs, each in its place, and the families of words that it seems to belong to."""

from dataclasses import dataclass
from typing import Literal

from engines.text.normalised import Span

Basis = Literal["rule", "score", "both"]
TextKind = Literal["post", "comment", "bio"]


@dataclass(frozen=True, slots=True, order=True)
class Sign:
    """One thing that a text seems to say.

    `kind` is the family and `what` the machine word within it; `span` is where it stands in the text as given;
    `why` is a sentence that quotes nothing of the text. `is_sure` is false of what a person should read.
    """

    kind: str
    what: str
    span: Span
    why: str
    is_sure: bool = True

    @property
    def family(self) -> str:
        """The family of words that it is a sign of."""
        if self.kind == "age":
            return "underage"
        if self.kind == "abusive":
            return "abuse" if self.what == "obscenity" else self.told_as
        return self.kind

    @property
    def told_as(self) -> str:
        """The word by which people are told of it: hearsay is an allegation to them."""
        return "allegation" if self.what == "hearsay" else self.what


def in_text_order(signs: list[Sign]) -> list[Sign]:
    """Return the signs from the first to the last in the text, each once."""
    return sorted(set(signs), key=lambda sign: (sign.span, sign.kind, sign.what, sign.why, sign.is_sure))


@dataclass(frozen=True, slots=True)
class TextFamily:
    """One family that a text seems to belong to.

    `score` (0 to 1) orders texts by how surely they are of it; it is no share of anything. `span` is where in the text
    as given the words stand: the whole text where the score alone speaks. `why` quotes nothing of the text. `basis`
    says whether a rule spoke, the learned score, or both. `is_listed` is true of what is sure enough to be an
    exception, and false of what a person should read.
    """

    family: str
    score: float
    span: Span
    why: str
    basis: Basis
    is_listed: bool
    signs: tuple[Sign, ...]
