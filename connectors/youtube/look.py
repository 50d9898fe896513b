"""One YouTube channel while it is pulled: who asks, what was known before, and what has been told already."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from connectors.records import Post, Profile, Record
from connectors.source import Account, Known, Page
from connectors.strict import Fields, Signals
from connectors.youtube import read
from connectors.youtube.ask import OK, Caller, Listing


@dataclass(slots=True)
class Look:
    """One channel while it is pulled: who asks, what was known and met so far, and who has been told of."""

    account: Account
    known: Known
    caller: Caller
    signals: Signals
    told: set[tuple[str, str]]
    posts: list[Post] = field(default_factory=list)

    @property
    def channel_id(self) -> str:
        """The channel's id."""
        return self.account.account_id

    def items(
        self,
        listing: str,
        endpoint: str,
        parameters: dict[str, str | int | bool],
        stop: Callable[[Page], bool] = lambda _page: False,
    ) -> Iterator[tuple[Page, list[Fields]]]:
        """Yield each page of a list with the resources on it; `listing` is put before the channel's id."""
        kind, _, rest = listing.partition(":")
        name = f"{kind}:{self.channel_id}" + (f":{rest}" if rest else "")
        for page in self.caller.pages(Listing(name, endpoint, parameters), stop):
            yield page, read.items(page.body, page.endpoint, self.signals)

    def found(
        self, listing: Listing, parameter: str, ids: Sequence[str], *, at_most: int
    ) -> Iterator[tuple[Page, list[Fields]]]:
        """Yield each page that answers for these ids with the resources on it; a refusal has none."""
        for page in self.caller.found(listing, parameter, ids, at_most=at_most):
            yield page, read.items(page.body, page.endpoint, self.signals) if page.status == OK else []

    def once(self, profile: Profile | None) -> Iterator[Record]:
        """Yield this profile if this pull has not told it yet."""
        if profile is not None and ("profile", profile.account_id) not in self.told:
            self.told.add(("profile", profile.account_id))
            yield profile
