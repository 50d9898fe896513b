"""A sign: one thing that a text seems to say, with its place in the text."""

from dataclasses import dataclass

from engines.text.normalised import Span


@dataclass(frozen=True, slots=True, order=True)
class Sign:
    """One thing that a text seems to say.

    `kind` is the family and `what` the machine word within it; `span` is where it stands in the text as given;
    `why` is a sentence that quotes nothing of the text.
    """

    kind: str
    what: str
    span: Span
    why: str


def in_text_order(signs: list[Sign]) -> list[Sign]:
    """Return the signs from the first to the last in the text, each once."""
    return sorted(set(signs), key=lambda sign: (sign.span, sign.kind, sign.what, sign.why))
