"""What an archive is asked outside a pull: whose it is, of which day, and how much it holds; or the ids of follows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from connectors.records import Archive, Follow, ListingEnd, Profile
from connectors.source import Account
from connectors.x_archive import read
from connectors.x_archive.archive_date import ArchiveDate
from connectors.x_archive.archive_file import MOST_SCRIPT_BYTES, ArchiveFile, refused
from connectors.x_archive.layout import find_layout, parse
from connectors.x_archive.pull import WALKS, ArchiveReading
from connectors.x_archive.values import id_of, inner, text_of


@dataclass(frozen=True, slots=True)
class ArchiveSummary:
    """Whose an archive is and of which day; `counts` are its records by kind, lines between accounts by direction."""

    account: Account
    display_name: str | None
    made_at: datetime | None
    counts: Counter[str]


def summary_of(path: Path, *, clock: Callable[[], datetime]) -> ArchiveSummary:
    """Return what an archive holds, having read all of it; SourceRefused("input") where it is not sound."""
    with ArchiveFile(path) as archive:
        layout = find_layout(archive)
        account = _owner(archive, layout.members.get("account", ()))
        dating = ArchiveDate(archive.file_name, clock(), layout.generated_at)
        counts: Counter[str] = Counter()
        name, made_at = None, None
        for record in ArchiveReading(archive, layout, account, dating).records():
            counts[record.direction if isinstance(record, Follow) else type(record).__name__] += 1
            name = record.display_name if isinstance(record, Profile) else name
            made_at = record.made_at if isinstance(record, Archive) else made_at
    return ArchiveSummary(account, name, made_at, counts)


def _owner(archive: ArchiveFile, members: tuple[str, ...]) -> Account:
    rows = [row for name in members for row in parse(archive.read(name, most=MOST_SCRIPT_BYTES), archive.file_name)]
    owners = [inner(row, "account") or {} for row in rows]
    ids = list(dict.fromkeys(found for owner in owners if (found := id_of(owner.get("accountId")))))
    if len(ids) != 1:
        raise refused(archive.file_name, read.whose(owners))
    return Account("x", ids[0], text_of(owners[0].get("username")) or ids[0], "archive")


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
