"""Reads no more of an archive than the ids of those who follow its account, and of those whom it follows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from connectors.records import Follow, ListingEnd
from connectors.source import Account
from connectors.x_archive.archive_date import ArchiveDate
from connectors.x_archive.archive_file import ArchiveFile
from connectors.x_archive.layout import find_layout
from connectors.x_archive.pull import WALKS, ArchiveReading


@dataclass(frozen=True, slots=True)
class FollowIds:
    """The ids of the followers in an archive, and of the followed accounts: nothing else stands there of them."""

    followers: frozenset[str]
    following: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Return the ids on either side."""
        return self.followers | self.following


def follow_ids(path: Path, account: Account, *, clock: Callable[[], datetime]) -> FollowIds:
    """Return the ids in the archive of this account; SourceRefused("input") when it is another's, or not sound."""
    found: dict[str, set[str]] = {direction: set() for direction in WALKS}
    lists_left = len(WALKS)
    with ArchiveFile(path) as archive:
        layout = find_layout(archive)
        dating = ArchiveDate(archive.file_name, clock(), layout.generated_at)
        for record in ArchiveReading(archive, layout, account, dating).records():
            if isinstance(record, Follow):
                found[record.direction].add(record.actor_id)
            lists_left -= isinstance(record, ListingEnd)
            if not lists_left:
                break  # the posts come after the lists
    return FollowIds(frozenset(found["follower"]), frozenset(found["following"]))
