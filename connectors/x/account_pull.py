"""One X account while it is pulled: who asks, which lists it has, and what X answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from connectors.api.account_pull import AccountPull
from connectors.api.paging import Stop, never
from connectors.source import Page
from connectors.x.caller import XCaller, XListing
from connectors.x.cost import SMALL_PAGE
from connectors.x.read import XResponse, answer


@dataclass(slots=True, kw_only=True)
class XAccountPull(AccountPull):
    """One X account while it is pulled; `likes_count` is how many likes X counts, None before it said so."""

    caller: XCaller
    likes_count: int | None = None

    @property
    def is_owned(self) -> bool:
        """Whether the account itself asks, at the owner's price."""
        return self.account.reads == "owned"

    @property
    def is_full_sync(self) -> bool:
        """Whether lists are read whole, whatever earlier runs saw."""
        return self.is_owned or self.earlier.full_sync_due

    def listing(
        self,
        name: str,
        endpoint: str,
        *,
        subject_id: str = "",
        page_size: int = SMALL_PAGE,
        of_posts: Literal["own", "others"] | None = None,
    ) -> XListing:
        """Return a list of this account's; `subject_id` names a post where it is not the account."""
        of_post = bool(subject_id)
        return XListing(
            name=f"{name}:{self.account.account_id}" + (f":{subject_id}" if of_post else ""),
            endpoint=endpoint,
            subject_id=subject_id or self.account.account_id,
            page_size=page_size,
            is_owned=self.is_owned and not of_post,
            parameters={"max_results": str(page_size)},
            of_posts=of_posts,
        )

    def answers(self, listing: XListing, stop: Stop = never) -> Iterator[tuple[Page, XResponse]]:
        """Yield each page of a list with what it says."""
        for page in self.caller.pages(listing, stop):
            yield page, answer(page.body, page.endpoint, self.unknown_fields)

    def answers_by_id(self, listing: XListing, ids: Sequence[str], beside: Sequence[str] = ()) -> Iterator[XResponse]:
        """Yield what X answers about these ids; those `beside` are asked for in each request."""
        pages = self.caller.pages_by_id(listing, ids, parameter="ids", batch_size=listing.page_size, beside=beside)
        for page in pages:
            yield answer(page.body, page.endpoint, self.unknown_fields)
