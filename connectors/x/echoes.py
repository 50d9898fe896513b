"""The listings over what became of an account's posts: who reposted them, and who quoted them with which words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from connectors.ending import Tally
from connectors.errors import SourceRefused
from connectors.records import Post, Record, Repost, Unavailable
from connectors.x import posts
from connectors.x.listings import author, new_posts
from connectors.x.look import Look

QUOTES_FOR_DAYS = 30


def reposts(look: Look, tally: Tally) -> Iterator[Record]:
    """Yield who reposted each post whose count of reposts moved since it was last seen."""
    counted = dict(look.known.repost_counts)
    shared = [post for post in look.posts if post.kind != "repost" and post.repost_count]
    moved = [post for post in shared if post.repost_count != counted.get(post.post_id)]
    tally.is_full_sync = tally.is_full_sync and len(moved) == len(shared)
    tally.platform_count = sum(post.repost_count or 0 for post in moved)
    for post in moved:
        yield from _echoes(look, tally, post, "GET /2/tweets/{id}/retweets")


def quotes(look: Look, tally: Tally) -> Iterator[Record]:
    """Yield who quoted each post of the 30 days before the newest one, and what they said."""
    times = [post.posted_at for post in look.posts if post.posted_at is not None]
    since = max(times) - timedelta(days=QUOTES_FOR_DAYS) if times else None
    quoted = [post for post in look.posts if post.kind != "repost" and post.quote_count]
    recent = [post for post in quoted if since and post.posted_at and post.posted_at >= since]
    tally.is_full_sync = tally.is_full_sync and len(recent) == len(quoted)
    tally.platform_count = sum(post.quote_count or 0 for post in recent)
    for post in recent:
        yield from _echoes(look, tally, post, "GET /2/tweets/{id}/quote_tweets")


def _echoes(look: Look, tally: Tally, post: Post, endpoint: str) -> Iterator[Record]:
    """Yield what one post's list brings; a post that has gone meanwhile does not end the listing."""
    one = replace(tally, rows=0, seen=set(), stopped="end", empty_pages=0)
    try:
        yield from _listed(look, one, post, endpoint)
    except SourceRefused as error:
        if error.reason != "not_found":
            raise
        yield from look.once(Unavailable(platform="x", kind="post", subject_id=post.post_id, reason="not-found"))
    finally:
        tally.rows += one.rows
        tally.seen |= one.seen
        tally.stopped = one.stopped if one.is_over() else tally.stopped


def _listed(look: Look, one: Tally, post: Post, endpoint: str) -> Iterator[Record]:
    listing = look.listing(one.listing, endpoint, subject_id=post.post_id, of_posts="others")
    for page, answer in look.answers(listing, lambda _page: one.is_over()):
        for found in new_posts(look, one, page, answer):
            actor_id = author(found)
            one.rows += 1
            yield from look.once(_echo(one, post, found, actor_id), answer.users.get(actor_id))
        yield from look.once(*answer.unavailable)


def _echo(one: Tally, post: Post, found: posts.Written, actor_id: str) -> Record:
    if one.listing == "reposts":
        return Repost(platform="x", account_id=post.account_id, post_id=post.post_id, actor_id=actor_id)
    return replace(posts.comment(found, actor_id), kind="quote", post_id=post.post_id, parent_id=None)
