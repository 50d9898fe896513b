"""Parts what a check lists from the texts that may be what it looks for: those are counted, and a person reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from checks.evidence import SCORE, UNREAD
from checks.model import Check, CheckError
from policies.exceptions import ExceptionFound, UnreadText

_NOUNS = {"comment": "comment", "post": "post", "actor": "profile"}


def listed_and_unread(
    check: Check, answer: Sequence[tuple[ExceptionFound, Mapping[str, Any]]], decisions: Mapping[str, str]
) -> tuple[tuple[ExceptionFound, ...], tuple[UnreadText, ...]]:
    """Return the exceptions, and the texts that nobody has read.

    What a person read and confirmed is an exception; what a person read and set aside is neither.
    """
    exceptions, unread = [], []
    for exception, row in answer:
        if row.get(UNREAD) is None or decisions.get(exception.fingerprint) == "confirmed":
            exceptions.append(exception)
        elif exception.fingerprint not in decisions:
            unread.append(UnreadText(exception=exception, families=row[UNREAD], score=row[SCORE]))
    if unread and check.may is None:
        raise CheckError(f"{check.id} answers with texts to be read and does not say what they may be.")
    return tuple(exceptions), tuple(unread)


def to_be_read(check: Check, count: int) -> str | None:
    """Return the sentence of how many texts wait for a person, such as "2 comments may be abusive; …"."""
    if not count:
        return None
    noun = _NOUNS.get(check.subject_kind, "text")
    if count == 1:
        return f"1 {noun} may {check.may}; a person should read it."
    return f"{count:,} {noun}s may {check.may}; a person should read them."
