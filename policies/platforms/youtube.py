"""YouTube. What it gave may be kept for 30 days (its developer policies, III.E.4); two days are kept in hand."""

from zoneinfo import ZoneInfo

from policies.platforms.record import AccountIds, Addresses, Kinds, Noun, Platform, Words

YOUTUBE = Platform(
    id="youtube",
    name="YouTube",
    also_called=("yt",),
    reads=("owned",),
    has=frozenset(
        {
            *("followers", "posts", "comments"),
            *("audience_settings", "comment_pictures", "comment_counts", "videos"),
        }
    ),
    account_ids=AccountIds(
        r"UC[A-Za-z0-9_-]{22,}",
        "the channel's id, UC and 22 more characters (YouTube Studio, Settings, Channel, Advanced), not its @handle",
    ),
    handle_pattern=r"[^\W_][\w.\u00b7-]{1,28}[^\W_]",
    words=Words(
        post=Noun("video", "videos"),
        follower=Noun("subscriber", "subscribers"),
        picture=Noun("picture", "pictures"),
        own_picture=Noun("thumbnail", "thumbnails"),
        follows="subscribes to",
        writes="comments on the videos of",
    ),
    addresses=Addresses(
        post="https://www.youtube.com/watch?v={post_id}",
        actor="https://www.youtube.com/channel/{actor_id}",
        account="https://www.youtube.com/channel/{account_id}",
        comment="https://www.youtube.com/watch?v={post_id}&lc={comment_id}",
        channel_comment="https://www.youtube.com/channel/{account_id}",
    ),
    kinds=Kinds(post="video", comment="comment", picture="thumbnail"),
    web_hosts=frozenset({"youtube.com", "www.youtube.com"}),
    picture_hosts=frozenset({"i.ytimg.com", "i9.ytimg.com", "yt3.ggpht.com", "yt3.googleusercontent.com"}),
    video_hosts=frozenset(),
    keep_days=28,
    profile_usd=None,
    zone=ZoneInfo("America/Los_Angeles"),
    units_per_day=10_000,
    counted_by=("client_id", "refresh_token", "access_token"),
    counted_part=r"(\d{6,})-",  # the project's number, with which a client's id begins
    turns_by=(),
)
