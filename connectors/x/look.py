"""One X account while it is pulled: who asks, what was known before, and what has been told already."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from connectors.records import Comment, Medium, Post, Profile, Record, Repost, Unavailable
from connectors.source import Account, Known, Page
from connectors.strict import Signals
from connectors.x.ask import Caller, Listing
from connectors.x.cost import SMALL_PAGE
from connectors.x.read import Answer, answer


@dataclass(slots=True)
class Look:
    """One account while it is pulled: who asks, what was known, what was met so far, how many likes X counts."""

    account: Account
    known: Known
    caller: Caller
    signals: Signals
    told: set[tuple[str, ...]]
    posts: list[Post] = field(default_factory=list)
    likes_count: int | None = None

    @property
    def is_owned(self) -> bool:
        """Whether the account itself asks, at the owner's price."""
        return self.account.reads == "owned"

    @property
    def is_full_sync(self) -> bool:
        """Whether lists are listed whole, whatever was known."""
        return self.is_owned or self.known.full_sync_due

    def listing(
        self,
        listing: str,
        endpoint: str,
        *,
        subject_id: str = "",
        most: int = SMALL_PAGE,
        of_posts: Literal["own", "others"] | None = None,
    ) -> Listing:
        """Return a list of this account's; `subject_id` names a post where it is not the account."""
        of_post = bool(subject_id)
        return Listing(
            listing=f"{listing}:{self.account.account_id}" + (f":{subject_id}" if of_post else ""),
            endpoint=endpoint,
            subject_id=subject_id or self.account.account_id,
            most=most,
            is_owned=self.is_owned and not of_post,
            parameters={"max_results": str(most)},
            of_posts=of_posts,
        )

    def answers(
        self, listing: Listing, stop: Callable[[Page], bool] = lambda _page: False
    ) -> Iterator[tuple[Page, Answer]]:
        """Yield each page of a list with what it says."""
        for page in self.caller.pages(listing, stop):
            yield page, answer(page.body, page.endpoint, self.signals)

    def found(self, listing: Listing, ids: Sequence[str], beside: Sequence[str] = ()) -> Iterator[Answer]:
        """Yield what X answers about these ids; those `beside` are asked for in each request."""
        for page in self.caller.found(listing, ids, beside):
            yield answer(page.body, page.endpoint, self.signals)

    def once(self, *records: Record | None) -> Iterator[Record]:
        """Yield those of these records that this pull has not told yet; two lists may name one actor."""
        for record in records:
            key = _key(record) if record is not None else None
            if record is not None and key is not None and key not in self.told:
                self.told.add(key)
                yield record


def _key(record: Record) -> tuple[str, ...]:
    match record:
        case Profile():
            return ("profile", record.account_id)
        case Medium():
            return ("medium", record.post_id, record.medium_id)
        case Comment():
            return ("comment", record.account_id, record.comment_id)
        case Repost():
            return ("repost", record.post_id, record.actor_id)
        case Unavailable():
            return ("unavailable", record.kind, record.subject_id)
    raise TypeError(type(record).__name__)
