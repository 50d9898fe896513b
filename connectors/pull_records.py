"""The records of media, and those that say how a pull went: what was not shown, how listings ended, what was proved."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The base of every record; `TABLE` names its raw table."""

    TABLE: ClassVar[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unavailable(Record):
    """Something the platform will not show: kind is actor, post or medium; reason is its own word.

    Of an X archive the reason is ours: `cut` for a post without its whole text, `no_profile` for the account itself.
    """

    TABLE: ClassVar[str] = "unavailable"
    platform: str
    kind: str
    subject_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingEnd(Record):
    """How one listing ended. `listing` is followers, following, posts, mentions, reposts, comments, likes or media.

    `rows` were fetched; `platform_count` is the platform's own figure, None when it gives none;
    `stopped` is end, short, far_short, known, cap, loop, budget, credit, quota, credentials, forbidden, not_found,
    unavailable, throttled or changed; of an X archive it is end, part, missing, miscounted, communities, articles,
    uncounted or untold.
    A listing that is not `is_whole` proves nothing by what it lacks.
    """

    TABLE: ClassVar[str] = "listings"
    platform: str
    account_id: str
    listing: str
    rows: int
    platform_count: int | None
    is_whole: bool
    stopped: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof(Record):
    """A platform's answer about one subject that was asked for by its id.

    `kind` is follower or following (the subject is the actor), post or comment; what others wrote to or about the
    account is a comment on X too. `answer` is stands (it is there, or still follows), gone (the platform says that
    it does not exist, or does not follow), suspended (the account is), or hidden (the platform will not tell).
    A subject without a row was not asked for, or no answer came.
    """

    TABLE: ClassVar[str] = "proofs"
    platform: str
    account_id: str
    kind: str
    subject_id: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal(Record):
    """A field or member the source sent that we neither handle nor list as ignored: a signal, counted."""

    TABLE: ClassVar[str] = "signals"
    platform: str
    endpoint: str
    field_path: str
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive(Record):
    """The X archive that was read: its lists are as of `made_at`, and nothing later is in it.

    Where the archive does not say when it was made, `is_dated` is False and `made_at` the newest time in it that is
    not ahead of the clock, or None; `file_sha256` is of the zip file, in hexadecimal. `has_school_email` says whether
    the account signs in by an address of the school's, of which nothing else is kept; None where nobody can say.
    """

    TABLE: ClassVar[str] = "archives"
    platform: str
    account_id: str
    made_at: datetime | None
    is_dated: bool
    file_sha256: str
    has_school_email: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium(Record):
    """A medium on a post; kind is photo, animated_gif, video, unknown, thumbnail or shorts_thumbnail (the upright)."""

    TABLE: ClassVar[str] = "media"
    platform: str
    account_id: str
    post_id: str
    medium_id: str
    kind: str
    url: str | None
    alt_text: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediumFile(Record):
    """The bytes of one medium as the platform serves it; problem says in a word why there are none."""

    TABLE: ClassVar[str] = "medium_files"
    platform: str
    medium_id: str
    url: str
    sha256: str | None = None
    body: bytes | None = None
    content_type: str | None = None
    width: int | None = None
    height: int | None = None
    problem: str | None = None
