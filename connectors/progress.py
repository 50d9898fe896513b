"""How far a list was read: counted while its pages come, and told in one ListingEnd record, whatever cut it short."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from connectors.errors import SourceChanged, SourceError
from connectors.json_fields import Fields
from connectors.records import ListingEnd, Record

_EMPTY_PAGES_ALLOWED = 20
_ALWAYS_LACKING, _SHARE_LACKING = 5, 0.25  # X may count suspended accounts and lost reposts that it never lists
_T = TypeVar("_T")


@dataclass(slots=True)
class Progress:
    """One list while it is read: what it brought, and why it may not be whole.

    `is_full_sync` is False when only what is new was asked for; `must_reach_count` says that without the platform's
    own count nothing is known of the list's end, and `is_all_listed` that this count is of those whom the list shows,
    but for a few: of subscribers who are private, or of reposts by protected accounts, it is not. `counted` are the
    members that this count counts, where they are not the `rows`; `suspended` are the actors of whom the platform
    says that it left them out for that reason. `lacks` and `unproved` come from asking for those whom earlier runs
    saw and the list no longer has: how many still stand, and of how many no answer came. `unread` are the items that
    came and are not as we know them.
    """

    platform: str
    account_id: str
    listing: str
    platform_count: int | None = None
    is_full_sync: bool = True
    must_reach_count: bool = False
    is_all_listed: bool = False
    rows: int = 0
    stopped: str = "end"
    seen: set[str] = field(default_factory=set)
    empty_pages: int = 0
    counted: int | None = None
    suspended: set[str] = field(default_factory=set)
    lacks: int = 0
    unproved: int = 0
    unread: int = 0

    def understood(self, items: Iterable[Fields], read: Callable[[Fields], _T]) -> list[_T]:
        """Return what the items of one page say; one that is not as we know it is left unread, and the list goes on.

        SourceChanged where the form of the list is another: of what came so far nothing is as we know it, and that is
        more than one item with an id.
        """
        understood: list[_T] = []
        errors: list[SourceChanged] = []
        is_named = True
        for item in items:
            is_named = is_named and isinstance(item.peek("id"), str)
            try:
                understood.append(read(item))
            except SourceChanged as error:
                errors.append(error)
                item.misread()
        if errors and not (understood or self.seen) and (len(errors) > 1 or not is_named):
            raise errors[0]
        self.unread += len(errors)
        return understood

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

    def is_over(self, _page: object = None) -> bool:
        """Say whether something in the last page ended the list."""
        return self.stopped != "end"

    @property
    def is_read(self) -> bool:
        """Whether the list was read from its beginning to the end that the platform gave it."""
        return self.is_full_sync and self.stopped == "end"

    @property
    def is_short(self) -> bool:
        """Whether the list lacks something: it ended below the platform's own count, or what it lacks still stands.

        X leaves suspended accounts out of its lists and in its counts, so they alone may be missing, where it names
        them. Without a count the list is as long as everybody earlier seen in it is answered for.
        """
        if self.platform_count is None:
            return self.lacks > 0 or self.unproved > 0
        return self.lacks > 0 or self._lacking > 0

    @property
    def is_far_short(self) -> bool:
        """Whether so much is missing that the list broke off: more than five, and more than a quarter of the count."""
        bound = max(_ALWAYS_LACKING, _SHARE_LACKING * (self.platform_count or 0))
        return self.is_all_listed and self._lacking > bound

    @property
    def _lacking(self) -> int:
        """How many the list lacks of the platform's own count, beside those whom it calls suspended."""
        listed = self.rows if self.counted is None else self.counted
        return (self.platform_count or 0) - listed - len(self.suspended - self.seen)

    def listing_end(self) -> ListingEnd:
        """Return the record of how the list ended."""
        why = self.stopped
        if why == "end":
            short = "far_short" if self.is_far_short else "short" if self.is_short else "end"
            why = "unread" if self.unread else short if self.is_full_sync else "known"
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


def finish_listing(progress: Progress, records: Iterable[Record]) -> Iterator[Record]:
    """Yield a list's records, and write into its progress what ended it.

    A refusal of this one list and a changed answer let the pull go on; every other SourceError is raised again.
    """
    try:
        yield from records
    except SourceError as error:
        progress.stopped = error.kind
        if error.ends_the_pull:
            raise


def finish_account(begun: Sequence[Progress], records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records of an account's lists, then how each of those `begun` ended, also where an error ends them."""
    try:
        yield from records
    except SourceError:
        yield from (progress.listing_end() for progress in begun)
        raise
    yield from (progress.listing_end() for progress in begun)
