"""One YouTube channel while it is pulled: who asks, and what YouTube answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from connectors.api.account_pull import AccountPull
from connectors.api.caller import Parameters
from connectors.api.paging import Stop, never
from connectors.json_fields import Fields
from connectors.source import Page
from connectors.youtube import read
from connectors.youtube.caller import OK, YouTubeCaller, YouTubeListing


@dataclass(slots=True, kw_only=True)
class ChannelPull(AccountPull):
    """One channel while it is pulled; `uploads` is the id of the playlist of its uploads, once it is known."""

    must_reach_count: ClassVar[bool] = True

    caller: YouTubeCaller
    uploads: str = ""

    @property
    def channel_id(self) -> str:
        """The channel's id."""
        return self.account.account_id

    def items(
        self, name: str, endpoint: str, parameters: Parameters, stop: Stop = never
    ) -> Iterator[tuple[Page, list[Fields]]]:
        """Yield each page of a list with the resources on it; the channel's id goes into its `name`."""
        kind, _, rest = name.partition(":")
        full_name = f"{kind}:{self.channel_id}" + (f":{rest}" if rest else "")
        listing = YouTubeListing(name=full_name, endpoint=endpoint, parameters=parameters)
        for page in self.caller.pages(listing, stop):
            yield page, read.items(page.body, page.endpoint, self.unknown_fields)

    def items_by_id(
        self, listing: YouTubeListing, parameter: str, ids: Sequence[str], *, batch_size: int
    ) -> Iterator[tuple[Page, list[Fields]]]:
        """Yield each page that answers for these ids with the resources on it; a refusal has none."""
        for page in self.caller.pages_by_id(listing, ids, parameter=parameter, batch_size=batch_size):
            is_answer = page.status == OK
            yield page, read.items(page.body, page.endpoint, self.unknown_fields) if is_answer else []
