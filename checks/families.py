"""What checks make of the families that a text seems to belong to: what they list, and what only may be so."""

from collections.abc import Callable, Mapping, Sequence

from checks.evidence import SCORE, UNREAD
from engines.words import TextFamily


def kinds_of(family: TextFamily) -> list[str]:
    """Return the kinds of words that the rules saw of one family; its own name where the score alone spoke."""
    return [sign.what for sign in family.signs] or [family.family]


def described(
    families: Sequence[TextFamily], kinds: Callable[[TextFamily], Sequence[str]] = kinds_of
) -> Mapping[str, str | float | None]:
    """Return the evidence of what was found, and what an unlisted text may be; the words themselves are not repeated.

    `families` are all listed, or none of them is.
    """
    all_kinds = sorted({kind.replace("_", " ") for family in families for kind in kinds(family)})
    evidence = {"kind": ", ".join(all_kinds), "signs": signs(families), "found_by": found_by(families)}
    return {**evidence, **unread(families)}


def unread(families: Sequence[TextFamily]) -> Mapping[str, str | float | None]:
    """Return which families a text may be of, and how likely the likeliest is; nothing of both where it is listed."""
    if any(family.is_listed for family in families):
        return {UNREAD: None, SCORE: None}
    names = dict.fromkeys(family.family for family in families)
    return {UNREAD: ", ".join(names), SCORE: max(family.score for family in families)}


def words_of(text: str, families: Sequence[TextFamily]) -> str:
    """Return the words of a text that its families go by, in their order: what a decision about them is about."""
    spans = sorted({span for family in families for span in [sign.span for sign in family.signs] or [family.span]})
    return " … ".join(text[begin:end] for begin, end in spans)


def signs(families: Sequence[TextFamily]) -> str:
    """Return why, in sentences that quote nothing."""
    why = [sentence for family in families for sentence in ([sign.why for sign in family.signs] or [family.why])]
    return " ".join(dict.fromkeys(why))


def found_by(families: Sequence[TextFamily]) -> str:
    """Return whether a rule spoke, the learned score alone, or both."""
    bases = {family.basis for family in families}
    if bases == {"rule"}:
        return "a rule"
    return "the learned score alone" if bases == {"score"} else "a rule and the learned score"
