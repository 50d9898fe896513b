"""X. Its prices and terms are those of August 2026 (docs/compliance.md)."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from policies.platforms.record import AccountIds, Addresses, Kinds, Noun, Platform, Words

X = Platform(
    id="x",
    name="X",
    also_called=("twitter",),
    reads=("owned", "bearer", "archive"),
    has=frozenset(
        {
            *("followers", "following", "posts", "mentions", "comments", "reposts", "likes"),
            *("alt_texts", "follower_approval", "fixed_pictures"),
        }
    ),
    account_ids=AccountIds(
        r"[0-9]{1,20}",
        'the account\'s number, such as "1234567890" (accountId in data/account.js of its archive), not its @handle',
    ),
    handle_pattern=r"[A-Za-z0-9_]{1,15}",
    words=Words(
        post=Noun("post", "posts"),
        follower=Noun("follower", "followers"),
        picture=Noun("posted picture", "posted pictures"),
        own_picture=Noun("posted picture", "posted pictures"),
        follows="follows",
        writes="writes to or about",
    ),
    addresses=Addresses(
        post="https://x.com/i/status/{post_id}",
        actor="https://x.com/i/user/{actor_id}",
        account="https://x.com/i/user/{account_id}",
        comment="https://x.com/i/status/{comment_id}",
        channel_comment="https://x.com/i/status/{comment_id}",
    ),
    kinds=Kinds(post="post", comment="reply", picture="photo"),
    web_hosts=frozenset({"x.com", "www.x.com"}),
    picture_hosts=frozenset({"pbs.twimg.com"}),
    video_hosts=frozenset({"video.twimg.com"}),
    keep_days=None,  # what is deleted on X is followed week by week instead
    profile_usd=Decimal("0.010"),
    zone=ZoneInfo("UTC"),
    units_per_day=None,
    counted_by=("consumer_key", "client_id", "bearer"),  # the app
    counted_part=None,
    turns_by=("access_token", "bearer"),  # the user's token, or the app's
)
