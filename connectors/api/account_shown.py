"""What a platform answers when it is asked whose an official account is, before a run asks for anything else."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class AccountShown:
    """The account that the platform shows to these credentials; `account_id` and `handle` are its own, where it says.

    `state` is shown, suspended, or missing where it shows none. `refused` are the lists that it does not let these
    credentials read, of those that were tried.
    """

    state: Literal["shown", "suspended", "missing"]
    account_id: str | None = None
    handle: str | None = None
    refused: tuple[str, ...] = field(default=())
