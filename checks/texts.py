"""What checks make of a text: the families that it seems to belong to, and a quote of the words that say so."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from checks.evidence import SCORE, UNREAD
from engines.words import TextFamily


def kinds_of(family: TextFamily) -> list[str]:
    """Return the kinds of words that the rules saw of one family; its own name where the score alone spoke."""
    return [sign.told_as for sign in family.signs] or [family.family]


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
    """Return which families a text may be of, and the score of the surest; nothing of both where it is listed."""
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


LONGEST_QUOTE = 160
_LED_UP = 0.3  # the share of a quote that may be what leads up to the words
_JOINERS = frozenset("\u200c\u200d")  # Persian, Indic scripts and emoji need these two
_UNSEEN = frozenset({"Cf", "Cs", "Co"})


def quoted(text: str, span: tuple[int, int], *, longest: int = LONGEST_QUOTE) -> str:
    """Return the words at the span with what stands about them, on one line; a short text whole.

    A longer one is cut to `longest` characters, between words where there is room for that; … stands where it was cut.
    """
    line = _one_line(text)
    if len(line) <= longest:
        return line
    begin, end = (len(_one_line(text[:place])) for place in span)
    room = longest - 2
    before = max(0, min(int(longest * _LED_UP), room - (end - begin)))
    first = max(0, min(begin - before, len(line) - room))
    last = first + room
    is_cut_after = last < len(line)
    if is_cut_after and line[last] != " ":
        last = _found(line.rfind(" ", end if end < last else begin + 1, last), last)
    if first and line[first - 1] != " ":
        first = _found(line.find(" ", first, begin + 1), first)
    return f"{'…' if first else ''}{line[first:last].strip()}{'…' if is_cut_after else ''}"


def joined(parts: Sequence[str]) -> str | None:
    """Return the parts of one text as one quote, with … between them; None where there are none."""
    text = " … ".join(parts)
    return quoted(text, (0, len(text))) or None


def joined_column(column: str) -> pl.Expr:
    """Return the expression that makes a quote of each list of parts in a column."""
    return pl.col(column).map_elements(joined, return_dtype=pl.String)


def _found(place: int, otherwise: int) -> int:
    return otherwise if place < 0 else place


def _one_line(text: str) -> str:
    """Return the text with one space for each white space and control character, without what nobody sees."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_harmless, text))
    return " ".join(text.split())


def _harmless(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cc":
        return " "
    return "" if kind in _UNSEEN and character not in _JOINERS else character
