"""Who reposted the posts of an account, and who quoted them with which words: a list for each post."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from connectors.errors import SourceRefused
from connectors.progress import Progress
from connectors.records import Post, Record, Repost, Unavailable
from connectors.x import posts
from connectors.x.caller import XAccountPull
from connectors.x.listings import author, new_posts

QUOTES_FOR_DAYS = 30


def reposts(pull: XAccountPull, progress: Progress) -> Iterator[Record]:
    """Yield who reposted each post whose count of reposts moved since an earlier run saw it."""
    counts = dict(pull.earlier.repost_counts)
    shared = [post for post in pull.posts if post.kind != "repost" and post.repost_count]
    moved = [post for post in shared if post.repost_count != counts.get(post.post_id)]
    progress.is_full_sync = progress.is_full_sync and len(moved) == len(shared)
    progress.platform_count = sum(post.repost_count or 0 for post in moved)
    for post in moved:
        yield from _of_post(pull, progress, post, "GET /2/tweets/{id}/retweets")


def quotes(pull: XAccountPull, progress: Progress) -> Iterator[Record]:
    """Yield who quoted each post of the 30 days before the newest one, and what they said."""
    times = [post.posted_at for post in pull.posts if post.posted_at is not None]
    since = max(times) - timedelta(days=QUOTES_FOR_DAYS) if times else None
    quoted = [post for post in pull.posts if post.kind != "repost" and post.quote_count]
    recent = [post for post in quoted if since and post.posted_at and post.posted_at >= since]
    progress.is_full_sync = progress.is_full_sync and len(recent) == len(quoted)
    progress.platform_count = sum(post.quote_count or 0 for post in recent)
    for post in recent:
        yield from _of_post(pull, progress, post, "GET /2/tweets/{id}/quote_tweets")


def _of_post(pull: XAccountPull, progress: Progress, post: Post, endpoint: str) -> Iterator[Record]:
    """Yield what one post's list brings; a post that has gone meanwhile does not end the whole."""
    of_post = replace(progress, rows=0, seen=set(), stopped="end", empty_pages=0)
    try:
        yield from _listed(pull, of_post, post, endpoint)
    except SourceRefused as error:
        if error.reason != "not_found":
            raise
        yield from pull.once(Unavailable(platform="x", kind="post", subject_id=post.post_id, reason="not-found"))
    finally:
        progress.rows += of_post.rows
        progress.seen |= of_post.seen
        progress.unread = of_post.unread
        progress.stopped = of_post.stopped if of_post.is_over() else progress.stopped


def _listed(pull: XAccountPull, of_post: Progress, post: Post, endpoint: str) -> Iterator[Record]:
    listing = pull.listing(of_post.listing, endpoint, subject_id=post.post_id, of_posts="others")
    for page, answer in pull.answers(listing, of_post.is_over):
        for authored_post in new_posts(pull, of_post, page, answer):
            actor_id = author(authored_post)
            of_post.rows += 1
            yield from pull.once(_record(of_post.listing, post, authored_post, actor_id), answer.users.get(actor_id))
        yield from pull.once(*answer.unavailable)


def _record(listing: str, post: Post, authored_post: posts.AuthoredPost, actor_id: str) -> Record:
    if listing == "reposts":
        return Repost(platform="x", account_id=post.account_id, post_id=post.post_id, actor_id=actor_id)
    return replace(posts.comment(authored_post, actor_id), kind="quote", post_id=post.post_id, parent_id=None)
