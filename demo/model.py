"""What the simulated platforms know: plain, mutable state that a week of the demo sets and a server shows.

Everyone here is invented. Ids are text, as the platforms give them; times are aware, in UTC; lists run newest first.
"""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class XUser:
    """One account on the simulated X; a suspended one is left out of lists and is an error when asked for."""

    id: str
    username: str
    name: str
    created_at: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    profile_image_url: str = ""
    protected: bool = False
    suspended: bool = False
    followers_count: int = 0
    following_count: int = 0
    post_count: int = 0


@dataclass(slots=True)
class XMedia:
    """One medium on a post; type is photo, video or animated_gif; `url` is on pbs.twimg.com."""

    media_key: str
    type: str
    url: str
    width: int
    height: int
    alt_text: str = ""
    duration_ms: int | None = None


@dataclass(slots=True)
class XPost:
    """One post; `references` are (type, post id) with type replied_to, quoted or reposted.

    `article` is what X shows of its article, as X gives it; `poll` are the choices of its poll; `place_id` is the place
    that X shows beside it.
    """

    id: str
    author_id: str
    text: str
    created_at: datetime
    conversation_id: str
    in_reply_to_user_id: str | None = None
    references: list[tuple[str, str]] = field(default_factory=list)
    media_keys: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    repost_count: int = 0
    reply_count: int = 0
    like_count: int = 0
    quote_count: int = 0
    article: dict[str, object] = field(default_factory=dict)
    poll: list[str] = field(default_factory=list)
    place_id: str | None = None


@dataclass(slots=True)
class XCredential:
    """What one key of the simulated X opens: `user_id` is None for an app-only bearer token."""

    user_id: str | None
    bearer: str | None = None
    consumer_key: str | None = None
    consumer_secret: str | None = None
    access_token: str | None = None
    access_secret: str | None = None


@dataclass(slots=True)
class XState:
    """All of the simulated X; `liked` are the ids of the posts that a user likes, the newest like first."""

    users: dict[str, XUser] = field(default_factory=dict)
    posts: dict[str, XPost] = field(default_factory=dict)
    media: dict[str, XMedia] = field(default_factory=dict)
    followers: dict[str, list[str]] = field(default_factory=dict)
    following: dict[str, list[str]] = field(default_factory=dict)
    reposters: dict[str, list[str]] = field(default_factory=dict)
    liked: dict[str, list[str]] = field(default_factory=dict)
    credentials: list[XCredential] = field(default_factory=list)


@dataclass(slots=True)
class YouTubeSubscriber:
    """One subscriber; one that is not public counts but is never listed."""

    channel_id: str
    title: str
    subscribed_at: datetime
    description: str = ""
    is_public: bool = True


@dataclass(slots=True)
class YouTubeVideo:
    """One video of the channel; `thumbnails` are (key, url, width, height), urls on i.ytimg.com."""

    id: str
    title: str
    description: str
    published_at: datetime
    privacy: str = "public"
    duration: str = "PT2M10S"
    made_for_kids: bool = False
    embeddable: bool = True
    tags: list[str] = field(default_factory=list)
    thumbnails: list[tuple[str, str, int, int]] = field(default_factory=list)
    comments_disabled: bool = False
    views: int = 0


@dataclass(slots=True)
class YouTubeComment:
    """One comment or, with a `parent_id`, a reply to one; `image_url` is that of the picture attached to it."""

    id: str
    video_id: str
    author_channel_id: str
    author_name: str
    text: str
    published_at: datetime
    parent_id: str | None = None
    moderation: str = "published"
    image_url: str = ""


@dataclass(slots=True)
class YouTubeState:
    """All of the simulated YouTube: one channel, and its owner's access token.

    `closed` are the channels of others that are there no more, with YouTube's reason, such as accountClosed.
    """

    channel_id: str = ""
    handle: str = ""
    title: str = ""
    description: str = ""
    created_at: datetime | None = None
    token: str = ""
    subscribers: list[YouTubeSubscriber] = field(default_factory=list)
    videos: list[YouTubeVideo] = field(default_factory=list)
    comments: list[YouTubeComment] = field(default_factory=list)
    closed: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class World:
    """Both platforms, and the bytes behind every picture url."""

    x: XState = field(default_factory=XState)
    youtube: YouTubeState = field(default_factory=YouTubeState)
    pictures: dict[str, bytes] = field(default_factory=dict)
