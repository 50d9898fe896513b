"""Reads one account's X archive: its own profile, who follows it and whom it follows, its posts and their pictures.

The archive is a file that costs nothing, so there are no pages and no store.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from connectors.records import Medium, Post, Record, Walked
from connectors.source import Account, Store
from connectors.x_archive import read
from connectors.x_archive.guard import MOST_SCRIPT_BYTES, Archive, refused
from connectors.x_archive.layout import Layout, find_layout, parse
from connectors.x_archive.pictures import Pictures
from connectors.x_archive.signals import Signals
from connectors.x_archive.values import inner

WALKS = {"follower": "followers", "following": "following"}
PICTURES = {"photo", "animated_gif"}  # what is compared with approved photographs; a video goes by its id


class XArchiveSource:
    """The archive that X made of one account; `clock` gives the aware time now."""

    name = "x_archive"

    def __init__(self, path: Path, account: Account, *, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._account = account
        self._clock = clock

    def pull(self, store: Store) -> Iterator[Record]:  # noqa: ARG002 - what costs nothing needs no store
        """Yield the records of the archive; SourceRefused("input") when it is not this account's, or not sound."""
        with Archive(self._path) as archive:
            reading = Reading(archive, find_layout(archive), self._account, self._clock())
            yield from reading.records()


@dataclass(slots=True)
class Reading:
    """One archive as it is being read; `posts_seen` and `media_seen` hold the ids that were met."""

    archive: Archive
    layout: Layout
    account: Account
    now: datetime
    signals: Signals = field(default_factory=Signals)
    posts_seen: set[str] = field(default_factory=set)
    media_seen: set[str] = field(default_factory=set)
    pictures: int = 0
    pictures_read: int = 0

    def records(self) -> Iterator[Record]:
        """Yield everything, the profile first and the signals last."""
        owner = self._owner()
        abouts = [inner(row, "profile") or {} for row in self._rows("profile")]
        yield read.profile(owner, abouts[0] if abouts else {}, self.signals)
        for direction in WALKS:
            yield from self._follows(direction)
        yield from self._posts()
        for name in self.layout.strangers:
            self.signals.count("files", name)
        yield from self.signals.records()

    def _owner(self) -> Mapping[str, Any]:
        owners = [inner(row, "account") or {} for row in self._rows("account")]
        owner = owners[0] if owners else {}
        if str(owner.get("accountId")) != self.account.account_id:
            remedy = "name the right archive, or correct the account's id, in school.toml"
            raise refused(self.archive.file_name, "is of another account than the one in school.toml", remedy)
        if self.layout.generated_at is not None and self.layout.generated_at > self.now + timedelta(days=1):
            remedy = "set this computer's clock"
            raise refused(self.archive.file_name, "was made later than it is by this computer's clock", remedy)
        return owner

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
        yield self._walked(WALKS[direction], direction, len(seen))

    def _posts(self) -> Iterator[Record]:
        notes = [note for note in map(read.note, self._rows("notes")) if note is not None]
        pictures = Pictures(self.archive, self.layout)
        for fields, post in self._each_post("posts"):
            yield read.with_note(post, notes)
            yield from self._media(fields, post, pictures)
        walked = self._walked("posts", "posts", len(self.posts_seen))
        media_walked = replace(
            walked,
            walk="media",
            rows=self.pictures_read,
            platform_count=self.pictures,
            is_whole=walked.is_whole and self.pictures_read == self.pictures,
        )
        for fields, post in self._each_post("deleted"):
            gone = replace(post, deleted_at=post.deleted_at or self.layout.generated_at or self.now)
            yield read.with_note(gone, notes)
            yield from self._media(fields, gone, pictures)
        yield walked
        yield media_walked
        # The archive names the posts that the account likes, and not who wrote them.
        yield self._walked("likes", "likes", 0)

    def _each_post(self, kind: str) -> Iterator[tuple[Mapping[str, Any], Post]]:
        for row in self._rows(kind):
            fields = inner(row, "tweet") or {}
            post = read.post(fields, self.account, self.signals)
            if post is not None and post.post_id not in self.posts_seen:
                self.posts_seen.add(post.post_id)
                yield fields, post

    def _media(self, fields: Mapping[str, Any], post: Post, pictures: Pictures) -> Iterator[Record]:
        media = read.media(fields, post, self.signals)
        shown = [medium for medium in media if medium.kind in PICTURES]
        yield from media
        for medium in shown:
            yield from self._picture(medium, pictures, is_only_one=len(shown) == 1)

    def _picture(self, medium: Medium, pictures: Pictures, *, is_only_one: bool) -> Iterator[Record]:
        """Yield the picture's file once, however many posts it stands on."""
        if medium.medium_id in self.media_seen:
            return
        self.media_seen.add(medium.medium_id)
        found = pictures.file(medium, is_only_one=is_only_one)
        self.pictures += 1
        self.pictures_read += found.problem is None
        yield found

    def _walked(self, walk: str, kind: str, rows: int) -> Walked:
        is_whole = self.layout.is_promised(kind, rows)
        count = self.layout.counts.get(kind)
        told = "cap" if self.layout.is_partial else "changed"
        return Walked(
            platform="x",
            account_id=self.account.account_id,
            walk=walk,
            rows=rows,
            platform_count=count,
            is_whole=is_whole,
            stopped="end" if is_whole or count is None else told,
        )
