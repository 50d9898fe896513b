"""One official account while it is pulled: what earlier runs saw, which lists have begun, what was yielded already."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from connectors.json_fields import UnknownFields
from connectors.progress import Progress
from connectors.records import Comment, Medium, Post, Profile, Record, Repost, Unavailable
from connectors.source import Account, EarlierRuns

# What is yielded once in a pull, and by what it is known.
_KEYS: dict[type[Record], tuple[str, tuple[str, ...]]] = {
    Profile: ("profile", ("account_id",)),
    Medium: ("medium", ("post_id", "medium_id")),
    Comment: ("comment", ("account_id", "comment_id")),
    Repost: ("repost", ("post_id", "actor_id")),
    Unavailable: ("unavailable", ("kind", "subject_id")),
}


@dataclass(slots=True, kw_only=True)
class AccountPull:
    """One account while it is pulled; `yielded` is shared by the accounts of a source, because lists name actors twice.

    `posts` are those that the account's own list brought, `listings` the lists that have begun.
    `must_reach_count` says that a list of this platform proves nothing without the platform's own count.
    """

    must_reach_count: ClassVar[bool] = False

    account: Account
    earlier: EarlierRuns
    unknown_fields: UnknownFields
    yielded: set[tuple[str, ...]]
    posts: list[Post] = field(default_factory=list)
    listings: list[Progress] = field(default_factory=list)

    def begin(
        self, listing: str, count: int | None = None, *, is_full_sync: bool = True, is_all_listed: bool = False
    ) -> Progress:
        """Begin a list of which the platform counts so many, all or not all of whom it lists; return its progress."""
        progress = self.progress(listing, count)
        progress.is_full_sync = is_full_sync
        progress.is_all_listed = is_all_listed
        self.listings.append(progress)
        return progress

    def progress(self, listing: str, count: int | None = None, *, stopped: str = "end") -> Progress:
        """Return the progress of a list that may never begin."""
        return Progress(
            self.account.platform,
            self.account.account_id,
            listing,
            platform_count=count,
            must_reach_count=self.must_reach_count,
            stopped=stopped,
        )

    def members_read(self, listing: str) -> set[str]:
        """Return the ids that the list of this name has brought so far."""
        return {member for progress in self.listings if progress.listing == listing for member in progress.seen}

    def is_new(self, record: Record) -> bool:
        """Say whether this pull has not met the record yet, and remember it."""
        key = _key(record)
        is_new = key not in self.yielded
        self.yielded.add(key)
        return is_new

    def once(self, *records: Record | None) -> Iterator[Record]:
        """Yield those of these records that this pull has not yielded yet; two lists may name one actor."""
        for record in records:
            if record is not None and self.is_new(record):
                yield record


def _key(record: Record) -> tuple[str, ...]:
    kind, names = _KEYS[type(record)]
    return (kind, *(getattr(record, name) for name in names))
