"""Asks X for the profiles of accounts of which nothing is known but their ids, as of the followers in an archive."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime

from connectors.api.caller import ids_asked
from connectors.errors import SourceError
from connectors.json_fields import UnknownFields
from connectors.progress import Progress
from connectors.records import Record
from connectors.source import Endpoints, Estimate, Page, Store
from connectors.x import read
from connectors.x.api_version import USER_FIELDS
from connectors.x.caller import XCaller, XListing
from connectors.x.client import XCredentials, make_client
from connectors.x.cost import SMALL_PAGE, cost

ENDPOINT = "GET /2/users"
_LISTING = XListing(
    name="profiles",
    endpoint=ENDPOINT,
    subject_id="",
    page_size=SMALL_PAGE,
    is_owned=False,
    parameters={"user.fields": USER_FIELDS},
)


@dataclass(eq=False, repr=False)
class XProfilesSource:
    """The profiles of the accounts with these ids, a hundred at a time; of pages that are kept nobody is asked again.

    `credentials` gives what X is asked with, a bearer token or an account's own, and is called only where somebody is
    left to be asked for.
    """

    name = "x_profiles"

    ids: Sequence[str]
    credentials: Callable[[], XCredentials]
    _: KW_ONLY
    endpoints: Endpoints
    clock: Callable[[], datetime]
    timeout: float = 30.0

    def left(self, store: Store) -> list[str]:
        """Return the ids that no page which is kept was asked for."""
        answered = {actor_id for page in store.stored(_LISTING.name) for actor_id in ids_asked(page, "ids")}
        return [actor_id for actor_id in self.ids if actor_id not in answered]

    def estimate(self, store: Store) -> list[Estimate]:
        """Say what it costs at the most, asking nobody: an account that X does not show is not billed."""
        return [Estimate(_LISTING.name, cost(ENDPOINT, len(self.left(store)), is_owned=False))]

    def pull(self, store: Store) -> Iterator[Record]:
        """Yield the Profile of each account, or that it is Unavailable; SourceError when nothing more can be had."""
        unknown_fields = UnknownFields("x")
        try:
            for page in self._pages(store):
                answer = read.answer(page.body, page.endpoint, unknown_fields)
                yield from Progress("x", "", "profiles").understood(answer.data, read.profile)
                yield from answer.unavailable
        except SourceError:
            yield from unknown_fields.records()
            raise
        yield from unknown_fields.records()

    def _pages(self, store: Store) -> Iterator[Page]:
        if not self.left(store):
            yield from store.stored(_LISTING.name)
            return
        client, transport = make_client(self.credentials(), self.endpoints, self.timeout)
        caller = XCaller(client, transport, store, self.clock)
        try:
            yield from caller.pages_by_id(_LISTING, self.ids, parameter="ids", batch_size=SMALL_PAGE)
        finally:
            client.session.close()
