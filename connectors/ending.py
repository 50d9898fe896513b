"""How a listing ends: counted while it goes, told in one ListingEnd record at the pull's end, whatever cut it short."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from connectors.errors import SourceChanged, SourceError, SourceRefused, SourceThrottled
from connectors.records import ListingEnd, Record

_EMPTY_PAGES_ALLOWED = 20


@dataclass(slots=True)
class Tally:
    """One listing while it goes on: what it brought, and why it may not be whole.

    `is_full_sync` is False when the listing only asked for what is new; `must_reach_count` says that without the platform's
    own count nothing is known of the list's end. `counted` are the things met that this count counts, where they are
    not the `rows`; `suspended` are the actors of whom the platform says that it left them out for that reason.
    `lacks` and `unproved` come from asking for those whom earlier runs saw and the list no longer has: how many still
    stand, and of how many no answer came.
    """

    platform: str
    account_id: str
    listing: str
    platform_count: int | None = None
    is_full_sync: bool = True
    must_reach_count: bool = False
    rows: int = 0
    stopped: str = "end"
    seen: set[str] = field(default_factory=set)
    empty_pages: int = 0
    counted: int | None = None
    suspended: set[str] = field(default_factory=set)
    lacks: int = 0
    unproved: int = 0

    def fresh(self, ids: Iterable[str], *, is_last: bool) -> set[str]:
        """Return the ids of one page that no earlier page had, and note a list that goes round in circles."""
        page = set(ids)
        new = page - self.seen
        self.seen |= new
        self.empty_pages = 0 if page else self.empty_pages + 1
        repeats = bool(page) and not new
        if not is_last and (repeats or self.empty_pages > _EMPTY_PAGES_ALLOWED):
            self.stopped = "loop"
        return new

    def is_over(self) -> bool:
        """Say whether something in the last page ended the listing."""
        return self.stopped != "end"

    @property
    def is_read(self) -> bool:
        """Whether the listing read the list from its beginning to the end that the platform gave it."""
        return self.is_full_sync and self.stopped == "end"

    @property
    def is_short(self) -> bool:
        """Whether the list lacks something: it ended below the platform's own count, or what it lacks still stands.

        X leaves suspended accounts out of its lists and in its counts, so they alone may be missing, where it names
        them. Without a count the list is as long as everybody earlier seen in it is answered for.
        """
        if self.platform_count is None:
            return self.lacks > 0 or self.unproved > 0
        met = self.rows if self.counted is None else self.counted
        return self.lacks > 0 or met + len(self.suspended - self.seen) < self.platform_count

    def listing_end(self) -> ListingEnd:
        """Return the record of how the listing ended."""
        why = self.stopped
        if why == "end":
            why = "known" if not self.is_full_sync else "short" if self.is_short else "end"
        has_measure = self.platform_count is not None or not self.must_reach_count
        return ListingEnd(
            platform=self.platform,
            account_id=self.account_id,
            listing=self.listing,
            rows=self.rows,
            platform_count=self.platform_count,
            is_whole=why == "end" and has_measure,
            stopped=why,
        )


def stopped_by(error: SourceError) -> str:
    """Return the word for a listing that this error stopped."""
    if isinstance(error, SourceRefused):
        return error.reason
    if isinstance(error, SourceChanged):
        return "changed"
    return "throttled" if isinstance(error, SourceThrottled) else "unavailable"


def lets_go_on(error: SourceError) -> bool:
    """Say whether the other listings may still bring something."""
    if isinstance(error, SourceRefused):
        return not error.ends_the_pull
    return isinstance(error, SourceChanged)


def told(tally: Tally, records: Iterable[Record]) -> Iterator[Record]:
    """Yield a listing's records, and write into its tally what ended it.

    A refusal of this one list and a changed answer let the pull go on; every other SourceError is raised again.
    """
    try:
        yield from records
    except SourceError as error:
        tally.stopped = stopped_by(error)
        if not lets_go_on(error):
            raise


def ended(begun: Sequence[Tally], records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records of an account's listings, then how each of those `begun` ended, also where an error ends them."""
    try:
        yield from records
    except SourceError:
        yield from (tally.listing_end() for tally in begun)
        raise
    yield from (tally.listing_end() for tally in begun)
