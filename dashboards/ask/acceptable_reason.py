"""A reason that somebody gives is kept, and read by people who need not know: one function says whether it can be."""

import unicodedata
from collections.abc import Iterable

from dashboards.ask.names_nobody import ensure_names_nobody
from dashboards.safe_text import JOINERS, UNSEEN
from policies.errors import UserError

LONGEST = 2_000


class ReasonError(UserError):
    """The reason says nothing, too much, or what cannot be seen; the message says what to write."""


def acceptable_reason(
    text: str,
    *,
    asks: str,
    everybody: Iterable[str] = (),
    names: Iterable[str] = (),
    ids: Iterable[str] = (),
    option: str = "reason",
) -> str:
    """Return the reason on one line; ReasonError in the sentence `asks` without a word, AskError for a name or an id.

    `everybody` are the whole names of the registers, `names` and `ids` those of whom it is about: of these a part of a
    name is too much. `option` is that of the command by which it was given.
    """
    said = " ".join(text.split())
    if not any(letter.isalnum() for letter in said):
        raise ReasonError(asks)
    if any(unicodedata.category(sign) in {"Cc", *UNSEEN} and sign not in JOINERS for sign in said):
        raise ReasonError("What you wrote holds a sign that cannot be seen. Write it anew by hand.")
    if len(said) > LONGEST:
        raise ReasonError(f"What you wrote is longer than {LONGEST:,} characters. Shorten it.")
    ensure_names_nobody(said, names=names, ids=ids, everybody=everybody, option=option)
    return said
