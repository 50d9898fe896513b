"""The listings over one X account, each a generator of records that counts what it brings in its tally."""

from collections.abc import Iterator
from dataclasses import replace

from connectors.ending import Tally
from connectors.errors import SourceChanged, SourceRefused
from connectors.records import Follow, Like, Profile, Record
from connectors.source import Page
from connectors.x import posts, read
from connectors.x.ask import Listing
from connectors.x.cost import follow_page_size
from connectors.x.look import Look
from connectors.x.spelling import USER_FIELDS

POSTS_SHOWN = 3200
MENTION_PAGES_SHOWN = 8
LIKES_READ = 500  # a like has no date to go on from, and each one costs at every run


def own_profile(look: Look) -> Profile:
    """Return what the account shows about itself; SourceRefused when it is not there or not the asker's own."""
    account_id = look.account.account_id
    endpoint = "GET /2/users/me" if look.is_owned else "GET /2/users"
    parameters = {"user.fields": USER_FIELDS} | ({} if look.is_owned else {"ids": account_id})
    listing = Listing(
        listing=f"profile:{account_id}",
        endpoint=endpoint,
        subject_id=account_id,
        most=1,
        is_owned=False,
        parameters=parameters,
    )
    users = [user for _page, answer in look.answers(listing) for user in answer.data]
    if not users:
        raise SourceRefused("X does not show an official account.", reason="not_found")
    look.likes_count = read.likes_count(users[0])
    found = [read.profile(user) for user in users]
    if found[0].account_id != account_id:
        message = "These X credentials belong to another account than the one they are set for."
        raise SourceRefused(message, reason="credentials")
    return found[0]


def follows(look: Look, tally: Tally, direction: str, known_ids: frozenset[str]) -> Iterator[Record]:
    """Yield who follows the account, or whom it follows, and the profile of each."""
    size = follow_page_size(tally.platform_count, stops_early=not look.is_full_sync)
    listing = look.listing(tally.listing, f"GET /2/users/{{id}}/{tally.listing}", most=size)
    listing = replace(listing, parameters={**listing.parameters, "user.fields": USER_FIELDS})
    for page, answer in look.answers(listing, lambda _page: tally.is_over()):
        actors = {actor.account_id: actor for actor in map(read.profile, answer.data)}
        new = tally.fresh(actors, is_last=page.next_token is None)
        for actor_id in (each for each in actors if each in new):
            tally.rows += 1
            yield Follow(platform="x", account_id=look.account.account_id, actor_id=actor_id, direction=direction)
            yield from look.once(actors[actor_id])
        tally.suspended |= {one.subject_id for one in answer.problems if one.answer == "suspended"}
        yield from look.once(*answer.unavailable)
        if not look.is_full_sync and page.next_token and actors and actors.keys() <= known_ids:
            tally.stopped = "known"


def own_posts(look: Look, tally: Tally) -> Iterator[Record]:
    """Yield the account's posts, newest first, their media, and whom they answer, quote or repeat.

    A bearer asks only for new ones.
    """
    listing = look.listing("posts", "GET /2/users/{id}/tweets", of_posts="own")
    if not look.is_full_sync and look.known.newest_post_id is not None:
        tally.is_full_sync = False
        listing = replace(listing, parameters={**listing.parameters, "since_id": look.known.newest_post_id})
    for page, answer in look.answers(listing, lambda _page: tally.is_over()):
        for found in new_posts(look, tally, page, answer):
            tally.rows += 1
            look.posts.append(found.post)
            yield found.post
            for medium in posts.media_of(found, answer.media):
                yield from look.once(medium)
        yield from look.once(*answer.users.values(), *answer.unavailable)
    count = tally.platform_count or 0
    if tally.is_full_sync and not tally.is_over() and tally.rows < count and count > POSTS_SHOWN:
        tally.stopped = "cap"


def mentions(look: Look, tally: Tally) -> Iterator[Record]:
    """Yield what others wrote to the account, newest first, and who they are."""
    listing = look.listing("mentions", "GET /2/users/{id}/mentions", of_posts="others")
    if not look.is_full_sync and look.known.newest_mention_id is not None:
        tally.is_full_sync = False
        listing = replace(listing, parameters={**listing.parameters, "since_id": look.known.newest_mention_id})
    pages = 0
    for page, answer in look.answers(listing, lambda _page: tally.is_over()):
        pages += 1
        for found in new_posts(look, tally, page, answer):
            author_id = author(found)
            if author_id != look.account.account_id:
                tally.rows += 1
                yield from look.once(posts.comment(found, author_id), answer.users.get(author_id))
        yield from look.once(*answer.unavailable)
    if tally.is_full_sync and not tally.is_over() and pages >= MENTION_PAGES_SHOWN:
        tally.stopped = "cap"


def likes(look: Look, tally: Tally) -> Iterator[Record]:
    """Yield the posts of others that the account likes, the newest likes first, and who wrote them.

    X shows this list to the account alone: an app-only token is refused.
    """
    listing = look.listing("likes", "GET /2/users/{id}/liked_tweets", of_posts="others")
    for page, answer in look.answers(listing, lambda _page: tally.is_over()):
        for found in new_posts(look, tally, page, answer):
            author_id = author(found)
            tally.counted = len(tally.seen)
            if author_id != look.account.account_id:
                tally.rows += 1
                yield Like(
                    platform="x",
                    account_id=look.account.account_id,
                    post_id=found.post.post_id,
                    actor_id=author_id,
                )
                yield from look.once(answer.users.get(author_id))
        yield from look.once(*answer.unavailable)
        if page.next_token and len(tally.seen) >= LIKES_READ and not tally.is_over():
            tally.stopped = "cap"


def new_posts(look: Look, tally: Tally, page: Page, answer: read.Answer) -> Iterator[posts.Written]:
    """Yield the posts of one page that no earlier page of the listing had."""
    found = [posts.written(post, look.account.account_id, answer.referred) for post in answer.data]
    new = tally.fresh((each.post.post_id for each in found), is_last=page.next_token is None)
    for each in found:
        if each.post.post_id in new:
            new.discard(each.post.post_id)
            yield each


def author(found: posts.Written) -> str:
    """Return who wrote a post; SourceChanged when X does not say."""
    if found.author_id is None:
        raise SourceChanged("X no longer says who wrote a post.")
    return found.author_id
