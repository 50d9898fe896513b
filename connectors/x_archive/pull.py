"""Reads one account's X archive: its own profile, who follows it and whom it follows, its posts and their pictures.

The archive is a file that costs nothing, so there are no pages and no store.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from connectors.records import Archive, ListingEnd, Medium, Post, Record, Unavailable
from connectors.source import Account, Store
from connectors.x_archive import posts, read
from connectors.x_archive.archive_date import ArchiveDate
from connectors.x_archive.archive_file import MOST_SCRIPT_BYTES, ArchiveFile, refused
from connectors.x_archive.layout import Layout, find_layout, parse
from connectors.x_archive.pictures import ArchivePictures
from connectors.x_archive.values import ArchiveUnknownFields, inner

WALKS = {"follower": "followers", "following": "following"}
PICTURES = {"photo", "animated_gif"}  # what is compared with approved photographs; a video goes by its id


@dataclass(frozen=True, slots=True)
class XArchiveSource:
    """The archive that X made of one account; `clock` gives the aware time now.

    `last_read` is when the account stood as it was read last, from X or from an archive: an older archive is refused.
    """

    name = "x_archive"

    path: Path
    account: Account
    _: KW_ONLY
    clock: Callable[[], datetime]
    last_read: datetime | None = None

    def pull(self, store: Store) -> Iterator[Record]:  # noqa: ARG002 - what costs nothing needs no store
        """Yield the records of the archive.

        SourceRefused("input") when it is not this account's, not sound, or older than what was read before.
        """
        with ArchiveFile(self.path) as archive:
            layout = find_layout(archive)
            dating = ArchiveDate(archive.file_name, self.clock(), layout.generated_at)
            yield from ArchiveReading(archive, layout, self.account, dating).records()
            dating.check_newer(self.last_read)


def made_at(path: Path) -> datetime | None:
    """Return when an archive says that it was made, None where it does not; SourceRefused("input") if it is none."""
    with ArchiveFile(path) as archive:
        return find_layout(archive).generated_at


@dataclass(slots=True)
class ArchiveReading:
    """One archive as it is being read; `posts_seen` and `media_seen` hold the ids that were met."""

    archive: ArchiveFile
    layout: Layout
    account: Account
    dating: ArchiveDate
    signals: ArchiveUnknownFields = field(default_factory=ArchiveUnknownFields)
    posts_seen: set[str] = field(default_factory=set)
    media_seen: set[str] = field(default_factory=set)
    pictures: int = 0
    pictures_read: int = 0

    def records(self) -> Iterator[Record]:
        """Yield everything, the profile first and the signals last."""
        owner = self._owner()
        yield from self._profile(owner)
        for direction in WALKS:
            yield from self._follows(direction)
        yield from self._posts()
        for name in self.layout.strangers:
            self.signals.count("files", name)
        yield from self.signals.records()
        yield Archive(
            platform="x",
            account_id=self.account.account_id,
            made_at=self.dating.made_at,
            is_dated=self.dating.stated is not None,
            file_sha256=self.archive.sha256(),
            has_school_email=read.is_of(owner.get("email"), self.account.domains),
        )

    def _profile(self, owner: Mapping[str, Any]) -> Iterator[Record]:
        abouts = [inner(row, "profile") or {} for row in self._rows("profile")]
        about = abouts[0] if abouts else {}
        own = read.profile(owner, about, self.signals)
        self.dating.meet(own.created_at)
        yield own
        if not read.has_all(about):
            yield Unavailable(platform="x", kind="actor", subject_id=self.account.account_id, reason="no_profile")

    def _owner(self) -> Mapping[str, Any]:
        owners = [inner(row, "account") or {} for row in self._rows("account")]
        if {str(owner.get("accountId")) for owner in owners} != {self.account.account_id}:
            here = f"school.toml names the account {self.account.account_id} (@{self.account.handle.removeprefix('@')})"
            remedy = "name the right archive, or correct the account's id, in school.toml"
            raise refused(self.archive.file_name, f"{read.whose(owners)}, and {here}", remedy)
        self.dating.check_clock()
        return owners[0]

    def _rows(self, kind: str) -> Iterator[Any]:
        for name in self.layout.members.get(kind, ()):
            rows = parse(self.archive.read(name, most=MOST_SCRIPT_BYTES), self.archive.file_name)
            if not isinstance(rows, list):
                raise refused(self.archive.file_name, "holds a file that is not in X's form")
            yield from rows

    def _follows(self, direction: str) -> Iterator[Record]:
        seen: set[str] = set()
        for row in self._rows(direction):
            line = read.follow(row, self.account, direction, self.signals)
            if line is not None and line.actor_id not in seen:
                seen.add(line.actor_id)
                yield line
        yield self._listing_end(WALKS[direction], direction, len(seen))

    def _posts(self) -> Iterator[Record]:
        notes = posts.notes(self._rows("notes"))
        pictures = ArchivePictures(self.archive, self.layout)
        for fields, short in self._each_post("posts"):
            post = posts.with_note(short, notes)
            yield post
            if shows_article := posts.shows_article(fields, self.account.handle):
                self.layout = replace(self.layout, unread="articles")
            if shows_article or (post == short and posts.is_cut(fields, post)):
                yield Unavailable(platform="x", kind="post", subject_id=post.post_id, reason="cut")
            yield from self._media(fields, post, pictures)
        listing_end = self._listing_end("posts", "posts", len(self.posts_seen))
        media_listing_end = replace(
            listing_end,
            listing="media",
            rows=self.pictures_read,
            platform_count=self.pictures,
            is_whole=listing_end.is_whole and self.pictures_read == self.pictures,
        )
        for fields, post in self._each_post("deleted"):
            self.dating.meet(post.deleted_at)
            gone = replace(post, deleted_at=post.deleted_at or self.dating.stated or self.dating.now)
            yield posts.with_note(gone, notes)
            yield from self._media(fields, gone, pictures)
        yield listing_end
        yield media_listing_end
        # The archive names the posts that the account likes, and not who wrote them.
        yield replace(self._listing_end("likes", "likes", 0), is_whole=False, stopped="untold")

    def _each_post(self, kind: str) -> Iterator[tuple[Mapping[str, Any], Post]]:
        for row in self._rows(kind):
            fields = inner(row, "tweet") or {}
            post = read.post(fields, self.account, self.signals)
            if post is not None and post.post_id not in self.posts_seen:
                self.posts_seen.add(post.post_id)
                yield fields, self._dated(post)

    def _dated(self, post: Post) -> Post:
        """Return the post, without a time that none on the platform can have."""
        if self.dating.is_time(post.posted_at):
            self.dating.meet(post.posted_at)
            return post
        self.signals.count("posts", "created_at (no time that can be read)")
        return replace(post, posted_at=None)

    def _media(self, fields: Mapping[str, Any], post: Post, pictures: ArchivePictures) -> Iterator[Record]:
        media = read.media(fields, post, self.signals)
        pictured = [medium for medium in media if medium.kind in PICTURES]
        yield from media
        for medium in pictured:
            yield from self._picture(medium, pictures, is_only_one=len(pictured) == 1)

    def _picture(self, medium: Medium, pictures: ArchivePictures, *, is_only_one: bool) -> Iterator[Record]:
        """Yield the picture's file once, however many posts it stands on."""
        if medium.medium_id in self.media_seen:
            return
        self.media_seen.add(medium.medium_id)
        file = pictures.file(medium, is_only_one=is_only_one)
        self.pictures += 1
        self.pictures_read += file.problem is None
        yield file

    def _listing_end(self, listing: str, kind: str, rows: int) -> ListingEnd:
        stopped = self.layout.stopped(kind, rows)
        if stopped == "end" and self.signals.has_misread(kind):
            stopped = "miscounted"
        return ListingEnd(
            platform="x",
            account_id=self.account.account_id,
            listing=listing,
            rows=rows,
            platform_count=self.layout.counts.get(kind),
            is_whole=stopped == "end",
            stopped=stopped,
        )
