"""What can go wrong at a source, in our own words; every foreign error becomes a SourceError of one of four kinds.

Messages carry the endpoint's name and the status, never a body, a parameter or a person.
"""

from datetime import datetime, tzinfo
from typing import Literal

from policies.dates import long_date
from policies.errors import UserError

Reason = Literal["credentials", "credit", "forbidden", "not_found", "budget", "input"]

WHAT_TO_DO: dict[Reason, str] = {
    "credentials": "Renew this account's credentials, then run again.",
    "credit": "Top up the prepaid credit at the platform, then run again: what was paid for is kept.",
    "forbidden": "Check what the credentials are allowed to read; the platform forbids this.",
    "not_found": "Check the account's id in school.toml; the platform does not know it.",
    "budget": "Raise that budget, or wait for the next run, or month: what was fetched is kept.",
    "input": "Correct the file that is named, then run again.",
}


class SourceError(UserError):
    """Something at a source went wrong; the message says where, and `what_to_do` what helps."""

    exit_code = 3
    kind: str = "unavailable"  # the word for it in the warehouse and in reports; of a refusal, its reason
    ends_the_pull: bool = True  # whether nothing else can be had from this source either
    what_to_do = "Run again; if it stays, look at the source's status page."

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status

    @property
    def sentence(self) -> str:
        """What the person is told: what happened, and what helps."""
        return f"{self} {self.what_to_do}"

    def in_zone(self, zone: tzinfo) -> str:  # noqa: ARG002 - most errors know of no time
        """Return what helps, with any time in this zone."""
        return self.what_to_do


class SourceThrottled(SourceError):  # noqa: N818 - reads as what the source did
    """The source asked us to slow down; `retry_at` (aware, UTC) is None when it did not say until when."""

    kind = "throttled"
    what_to_do = "Nothing: the run waits and goes on, or the next run completes it."

    def __init__(self, message: str, *, retry_at: datetime | None, status: int | None = 429) -> None:
        super().__init__(message, status=status)
        self.retry_at = retry_at


class SourceUsedUp(SourceThrottled):
    """The platform's quota of a day is used up, which costs nothing and comes back by itself at `retry_at`."""

    kind = "quota"
    what_to_do = "Run again once the platform's next day has begun: what was fetched is kept."

    def in_zone(self, zone: tzinfo) -> str:
        """Return when the quota comes back by the clocks of this zone, and what to do then."""
        if self.retry_at is None:
            return self.what_to_do
        back = self.retry_at.astimezone(zone)
        return (
            f"The quota of the day is used up, and comes back at midnight Pacific time, {back:%H:%M} on "
            f"{long_date(back)} ({zone}): run again then, what was fetched is kept."
        )


class SourceRefused(SourceError):  # noqa: N818 - reads as what the source did
    """The source says no, and asking again changes nothing until a person acts.

    `word` is the platform's own word for it where that matters, such as commentsDisabled. `stops` says of a file of the
    school's that nothing can be judged without it.
    """

    stops = True

    def __init__(self, message: str, *, reason: Reason, status: int | None = None, word: str | None = None) -> None:
        super().__init__(message, status=status)
        self.reason: Reason = reason
        self.kind = reason
        self.word = word
        self.what_to_do = WHAT_TO_DO[reason]
        self.ends_the_pull = reason in {"credentials", "credit", "budget", "input"}


class OlderThanRead(SourceRefused):
    """The file shows its account as it was before it was read last, so that this account cannot be judged by it."""


class SourceUnavailable(SourceError):  # noqa: N818 - reads as what the source did
    """No usable answer came, but a 5xx, a time-out, a cut line, or what is not JSON; a later try may get one."""

    what_to_do = "Nothing: the run tries again, and the next run completes it."


class SourceChanged(SourceError):  # noqa: N818 - reads as what the source did
    """The answer is not of the form that we know; guessing would be worse than stopping."""

    kind = "changed"
    ends_the_pull = False
    what_to_do = "Report this to whoever maintains the audit: the platform changed its answers."
