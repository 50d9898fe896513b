"""What comes of asking a check: its verdict, its exceptions, and how much this run could see."""

from dataclasses import dataclass, replace
from typing import Literal

from policies.exceptions import ExceptionFound, UnreadText

Verdict = Literal["kept", "exceptions", "could_not_tell", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one check could see of one official account in this run; `platform_count` is the platform's own figure.

    `what_to_do` says how a person can have more seen, None where nobody can. `is_whole` says that the list was read to
    its end, so that an absence closes; `is_enough` that nothing was left unread or unjudged, so that a policy may be
    said to be kept.
    """

    platform: str
    account_id: str
    platform_count: int | None
    fetched: int
    judged: int
    is_whole: bool
    is_enough: bool
    why: str
    what_to_do: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking one check: the verdict, the figures over all accounts, and why in plain sentences.

    `is_blind` says that a register which the check goes by, or a column of it, was not seen whole, so that an absence
    means nothing. `unread` are the texts that may be what the check looks for and that no person has read.
    """

    check_id: str
    verdict: Verdict
    platform_count: int | None
    fetched: int
    judged: int
    why: str
    exceptions: tuple[ExceptionFound, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    is_blind: bool = False
    unread: tuple[UnreadText, ...] = ()

    def beside(self, standing: int, unseen: int) -> "Outcome":
        """Return the outcome where so many earlier cases stand that were not found again, and so many were not seen.

        Nothing is kept while a case of the check stands or was not seen.
        """
        if not (standing or unseen) or self.verdict == "not_applicable":
            return self
        is_found = self.verdict == "exceptions" or (standing and self.verdict == "kept")
        sentences = (
            self.why,
            standing and _cases(standing, "still stands", "still stand"),
            unseen and _cases(unseen, "was not seen in this run", "were not seen in this run"),
        )
        why = " ".join(str(sentence) for sentence in sentences if sentence)
        return replace(self, verdict="exceptions" if is_found else "could_not_tell", why=why)


def _cases(count: int, one: str, several: str) -> str:
    return f"1 earlier case {one}." if count == 1 else f"{count:,} earlier cases {several}."
