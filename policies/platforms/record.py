"""What a platform is to the program: its words, addresses and hosts, what it shows, and how long that may be kept."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

PlatformId = Literal["x", "youtube"]
Reads = Literal["owned", "bearer", "archive"]
# The lists of an account that a live pull reads.
AccountList = Literal["followers", "following", "posts", "mentions", "comments", "reposts", "likes"]
# What a platform has that another may lack:
#   alt_texts          a picture carries a text that says what it shows
#   audience_settings  a post says for whom it was made and who may comment
#   follower_approval  a protected account lets its followers in one by one
#   fixed_pictures     the bytes of a picture never change, so that another picture has another id
#   comment_pictures   the platform tells of the pictures that somebody attached to a comment
#   comment_counts     the platform says how many comments there are
#   videos             each post is a video with a title and a thumbnail, which the register approves by its id
Feature = Literal[
    "alt_texts",
    "audience_settings",
    "follower_approval",
    "fixed_pictures",
    "comment_pictures",
    "comment_counts",
    "videos",
]


class Noun(NamedTuple):
    """What one of a thing, and several, are called."""

    singular: str
    plural: str


class AccountIds(NamedTuple):
    """What every id of an account looks like: the whole of it matches `pattern`; `says` follows "must be"."""

    pattern: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a platform. `own_picture` is a picture on a post, `picture` one on a post or in a comment.

    `follows` and `writes` go before an official account's handle.
    """

    post: Noun
    follower: Noun
    picture: Noun
    own_picture: Noun
    follows: str
    writes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The web addresses of what stands on a platform; `{actor_id}` and the like are replaced by the platform's ids.

    `channel_comment` is the address for a comment that is on no post.
    """

    post: str
    actor: str
    account: str
    comment: str
    channel_comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """The kinds that the raw tables give to a post, a comment and a picture of a platform where there are several."""

    post: str
    comment: str
    picture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One platform.

    `reads` are the ways in which an official account may be read, `has` its lists and features. `also_called` are
    other words for it on a school's registers. `keep_days` is how many days what it gave may be kept unless a later
    run gets it again; None where its terms set no such time. `profile_usd` is the price in US dollars of one
    public profile that is looked up by its id; None where that costs nothing. `handle_pattern` is what the whole of a
    handle matches, without its @. Its days, of which it counts each by itself, begin at midnight in `zone`; so many
    quota units it gives a day to whoever asks by one allowance, None where it counts dollars. What it
    counts together is told by the first of `counted_by` that a credential has, or by the group of `counted_part` in it;
    requests in windows by the first of `turns_by`.
    """

    id: PlatformId
    name: str
    also_called: tuple[str, ...]
    reads: tuple[Reads, ...]
    has: frozenset[AccountList | Feature]
    account_ids: AccountIds
    handle_pattern: str
    words: Words
    addresses: Addresses
    kinds: Kinds
    web_hosts: frozenset[str]
    picture_hosts: frozenset[str]
    video_hosts: frozenset[str]
    keep_days: int | None = None
    profile_usd: Decimal | None = None
    zone: ZoneInfo
    counted_by: tuple[str, ...]
    turns_by: tuple[str, ...]
    units_per_day: int | None = None
    counted_part: str | None = None

    def day_of(self, moment: datetime) -> date:
        """Return the platform's own day that holds this moment."""
        return moment.astimezone(self.zone).date()

    def begin_of(self, day: date) -> datetime:
        """Return when this day of the platform's begins, in UTC."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def next_day(self, moment: datetime) -> datetime:
        """Return when the platform's next day begins, in UTC."""
        return self.begin_of(self.day_of(moment) + timedelta(days=1))

    def post_link(self, post_id: str) -> str:
        """Return the address of a post."""
        return self.addresses.post.format(post_id=post_id)

    def account_link(self, account_id: str) -> str:
        """Return the address of an official account."""
        return self.addresses.account.format(account_id=account_id)
