"""What a pull is made of: accounts, what earlier runs saw of them, pages, and the store that a flow lends.

A `listing` is one list at one platform ("followers:123"), fetched page by page.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from urllib.parse import urlsplit

from connectors.records import Record

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the platforms are; None means the real ones. Anything else must be on loopback (the demo)."""

    x: str | None = None
    youtube: str | None = None
    media: str | None = None

    def __post_init__(self) -> None:
        for address in (self.x, self.youtube, self.media):
            if address is not None and urlsplit(address).hostname not in _LOOPBACK:
                raise ValueError("A stand-in for a platform must be on loopback, such as http://127.0.0.1:8080.")


@dataclass(frozen=True, slots=True)
class Account:
    """One official account to be pulled. `reads` is owned (its own user context) or bearer (X only).

    `domains` are those at which an e-mail address is the school's.
    """

    platform: str
    account_id: str
    handle: str
    reads: str = "owned"
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KnownSubject:
    """One line, post or comment that earlier runs saw: `kind` as a Proof has it, `listing` the list that held it."""

    kind: str
    subject_id: str
    listing: str


@dataclass(frozen=True, slots=True)
class EarlierRuns:
    """What earlier runs saw of one account, so that a pull need not pay for it again.

    `cases` are the subjects of what is still open, `members` all that was seen standing and never proved gone.
    `last_request` is the newest request for the account's posts that was answered, as its page keeps it.
    """

    newest_post_id: str | None = None
    follower_ids: frozenset[str] = frozenset()
    following_ids: frozenset[str] = frozenset()
    repost_counts: tuple[tuple[str, int], ...] = ()
    full_sync_due: bool = True
    newest_mention_id: str | None = None
    cases: tuple[KnownSubject, ...] = ()
    members: tuple[KnownSubject, ...] = ()
    last_request: str | None = None


@dataclass(frozen=True, slots=True)
class RequestCost:
    """What a request costs: resources returned, US dollars (X), quota units (YouTube).

    `usd` is the full price. `charged_once_a_day` are the resources, such as "x/user/123", that a platform charges once
    per UTC day however often it returns them, each `usd / resources`; none where all is due, or nothing.
    """

    resources: int = 0
    usd: Decimal = Decimal(0)
    units: int = 0
    charged_once_a_day: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One answer as it came: `body` is the raw bytes of the JSON, `request` the parameters without secrets."""

    listing: str
    number: int
    endpoint: str
    request: str
    token: str | None
    next_token: str | None
    fetched_at: datetime
    status: int
    body: bytes
    cost: RequestCost

    @property
    def sha256(self) -> str:
        """The SHA-256 of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


class Store(Protocol):
    """What the flow lends a pull: where pages go, what was kept before, and how much may still be spent."""

    def stored(self, listing: str) -> Sequence[Page]:
        """Return the pages of this listing that this run already has, in order."""
        ...

    def keep(self, page: Page) -> None:
        """Store the page durably, and its cost in the ledger."""
        ...

    def note(self, endpoint: str, status: int | None, asked_at: datetime, cost: RequestCost) -> None:
        """Write a request that brought no page into the ledger."""
        ...

    def refusing_budget(self, cost: RequestCost) -> str:
        """Return what budget does not allow a request that may cost this much; empty where each allows it."""
        ...


class Source(Protocol):
    """One place to pull from. The records come in the raw tables' own column names."""

    @property
    def name(self) -> str:
        """What the pages of this source are kept under."""
        ...

    def pull(self, store: Store) -> Iterator[Record]:
        """Yield the records of everything this source shows; raise SourceError when it cannot go on."""
        ...


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one list is expected to bring and to cost, said before it is paid for."""

    listing: str
    cost: RequestCost
