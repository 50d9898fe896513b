"""The records that connectors yield: frozen, plain, in the raw tables' own column names.

A house test holds every class here to its table in `warehouse/migrations`; the tables add `run_id` and `source`.
Ids are the platforms' immutable ids, as text. Times are aware, in UTC. None means "the source did not say".
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from connectors.pull_records import Archive, ListingEnd, Medium, MediumFile, Proof, Record, Signal, Unavailable
from connectors.register_records import (
    Person,
    Photograph,
    RegisterColumn,
    RegisteredAccount,
    RegisterProblem,
    RegisterRead,
)

__all__ = [
    "Archive", "Comment", "Follow", "Like", "ListingEnd", "Medium", "MediumFile", "Person", "Photograph", "Post",
    "Profile", "Proof", "Record", "RegisterColumn", "RegisterProblem", "RegisterRead", "RegisteredAccount",
    "Repost", "Signal", "Unavailable",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Record):
    """What one platform account, ours or anyone's, shows the public about itself."""

    TABLE: ClassVar[str] = "profiles"
    platform: str
    account_id: str
    handle: str | None
    display_name: str | None
    bio: str | None = None
    location: str | None = None
    url: str | None = None
    picture_url: str | None = None
    created_at: datetime | None = None
    is_protected: bool | None = None
    followers_count: int | None = None
    following_count: int | None = None
    posts_count: int | None = None
    counts_are_rounded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow(Record):
    """One line between an official account and an actor; direction is `follower` or `following`."""

    TABLE: ClassVar[str] = "follows"
    platform: str
    account_id: str
    actor_id: str
    direction: str
    followed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Record):
    """One post or video of an official account; kind is post, reply, repost, quote or video.

    `first_version_id` is the id of the first edition of an edited post (its own id when never edited).
    `refers_to_actor_id` wrote what it reposts, quotes or answers; `tags` are separated by semicolons. `has_place` says
    whether the platform shows a place beside it; None where nothing says so. `posted_with` is the program that it was
    written with, which X's archives alone say.
    """

    TABLE: ClassVar[str] = "posts"
    platform: str
    account_id: str
    post_id: str
    first_version_id: str
    kind: str
    posted_at: datetime | None
    text: str
    title: str | None = None
    conversation_id: str | None = None
    in_reply_to_actor_id: str | None = None
    refers_to_post_id: str | None = None
    visibility: str | None = None
    is_made_for_kids: bool | None = None
    is_embeddable: bool | None = None
    repost_count: int | None = None
    reply_count: int | None = None
    quote_count: int | None = None
    deleted_at: datetime | None = None
    tags: str | None = None
    refers_to_actor_id: str | None = None
    posted_with: str | None = None
    has_place: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Record):
    """What was written to or about an official account; kind is reply, mention, quote or comment.

    A channel's own comments are among them: the account writes there.
    """

    TABLE: ClassVar[str] = "comments"
    platform: str
    account_id: str
    comment_id: str
    post_id: str | None
    parent_id: str | None
    actor_id: str
    kind: str
    posted_at: datetime | None
    text: str
    picture_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repost(Record):
    """An actor who reposted an official post."""

    TABLE: ClassVar[str] = "reposts"
    platform: str
    account_id: str
    post_id: str
    actor_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Like(Record):
    """A post of somebody else that an official account likes; the actor is its author."""

    TABLE: ClassVar[str] = "likes"
    platform: str
    account_id: str
    post_id: str
    actor_id: str
