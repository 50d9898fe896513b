"""What an answer in a column of consents means: given, withdrawn or nothing; consents.toml, applied."""

import re
from collections.abc import Mapping, Sequence

from connectors.registers.cells import NOT_THERE, UnreadableCellError, account, trimmed
from policies.toml_text import packaged_toml

WITHDRAWN = "withdrawn"
UNKNOWN = "The consent is not understood and is read as a refusal; write given or withdrawn."

_BETWEEN = re.compile(r"[\s_\u2010-\u2015-]+")
_BILINGUAL = re.compile(r"[/|]")  # "Ydw / Yes"
_WORDS = packaged_toml("connectors.registers", "consents.toml")
_MEANT: dict[str, str] = {word: meant for meant in ("given", WITHDRAWN) for word in _WORDS[meant]}
_IN_PARTS = _MEANT | {"na": WITHDRAWN}
_SAYS_NOTHING = frozenset(_WORDS["says_nothing"])
_WELSH = frozenset(_WORDS["shows_welsh"])
NO_ACCOUNT = "This reads as an answer and not as an account; write the account with its @, such as @name."
NA = "“Na” is no in Welsh, and is read as a refusal; write given, withdrawn or n/a."


def consent(raw: str) -> str | None:
    """Return given or withdrawn, None for a cell that says nothing; unreadable when it holds anything else."""
    if sentence := NOT_THERE.get(trimmed(raw)):
        raise UnreadableCellError(f"{sentence} Until then it is read as a refusal.")
    text = _folded(raw)
    if means_two(raw) and not trimmed(raw).isupper():
        raise UnreadableCellError(NA)
    if text in _SAYS_NOTHING:
        return None
    meant: set[str | None] = (
        {_MEANT[text]} if text in _MEANT else {_IN_PARTS.get(_folded(part)) for part in _BILINGUAL.split(raw)}
    )
    [said] = meant if len(meant) == 1 else [None]
    if said is None:
        raise UnreadableCellError(UNKNOWN)
    return said


def listed() -> Mapping[str, Sequence[str]]:
    """Return the words that are understood, by what they mean: given, withdrawn, says_nothing."""
    return {meant: _WORDS[meant] for meant in ("given", WITHDRAWN, "says_nothing")}


def _folded(raw: str) -> str:
    return _BETWEEN.sub(" ", trimmed(raw).casefold().replace(".", "")).strip()


def means_two(raw: str) -> bool:
    """Say whether an answer is no in Welsh and may also be meant for "not applicable"."""
    return trimmed(raw).casefold() == "na"


def is_answer(raw: str) -> bool:
    """Say whether a cell gives a consent or refuses it."""
    try:
        return means_two(raw) or consent(raw) is not None
    except UnreadableCellError:
        return False


def own_account(raw: str) -> str:
    """Return a person's account; unreadable where an answer stands in its place."""
    if is_answer(raw):
        raise UnreadableCellError(NO_ACCOUNT)
    return account(raw)


def is_welsh_answer(raw: str) -> bool:
    """Say whether an answer can only be Welsh, so that its column is."""
    return _folded(raw) in _WELSH
