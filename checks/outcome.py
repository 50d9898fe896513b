"""What comes of asking a check: its verdict, its exceptions, and how much this run could see."""

from dataclasses import dataclass
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
