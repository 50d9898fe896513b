"""The lists of one X account, each a generator of records that counts what it brings in its progress."""

from collections.abc import Iterator
from dataclasses import replace

from connectors.errors import SourceChanged, SourceRefused
from connectors.json_fields import Fields
from connectors.progress import Progress
from connectors.records import Follow, Like, Profile, Record, Unavailable
from connectors.source import Page
from connectors.x import posts, read
from connectors.x.api_version import USER_FIELDS
from connectors.x.caller import XAccountPull, XListing
from connectors.x.cost import follow_page_size

POSTS_SHOWN = 3200
MENTION_PAGES_SHOWN = 8
LIKES_READ = 500  # a like has no date to go on from, and each one costs at every run


def own_profile(pull: XAccountPull) -> Profile:
    """Return what the account shows about itself; SourceRefused when it is not there or not the asker's own."""
    account_id = pull.account.account_id
    users: list[Fields] = []
    listing = own_listing(pull)
    for more in pull.caller.tries(listing.name):
        asked = replace(listing, name=listing.name + more)
        users = [user for _page, answer in pull.answers(asked) for user in answer.data]
        if users and users[0].peek("id") == account_id:
            break
    if not users:
        raise SourceRefused("X does not show an official account.", reason="not_found")
    pull.likes_count = read.likes_count(users[0])
    profiles = [read.profile(user) for user in users]
    if profiles[0].account_id != account_id:
        message = "These X credentials belong to another account than the one they are set for."
        raise SourceRefused(message, reason="credentials")
    return profiles[0]


def own_listing(pull: XAccountPull) -> XListing:
    """Return the list of one user that is the account itself."""
    account_id = pull.account.account_id
    return XListing(
        name=f"profile:{account_id}",
        endpoint="GET /2/users/me" if pull.is_owned else "GET /2/users",
        subject_id=account_id,
        page_size=1,
        is_owned=False,
        parameters={"user.fields": USER_FIELDS} | ({} if pull.is_owned else {"ids": account_id}),
    )


def follows(pull: XAccountPull, progress: Progress, direction: str, earlier_ids: frozenset[str]) -> Iterator[Record]:
    """Yield who follows the account, or whom it follows, and the profile of each."""
    page_size = follow_page_size(progress.platform_count, stops_early=not pull.is_full_sync)
    endpoint = f"GET /2/users/{{id}}/{progress.listing}"
    listing = _with(pull.listing(progress.listing, endpoint, page_size=page_size), "user.fields", USER_FIELDS)
    for page, answer in pull.answers(listing, progress.is_over):
        actors = {actor.account_id: actor for actor in progress.understood(answer.data, read.profile)}
        new = progress.fresh(actors, is_last=page.next_token is None)
        for actor_id in (actor_id for actor_id in actors if actor_id in new):
            progress.rows += 1
            yield Follow(platform="x", account_id=pull.account.account_id, actor_id=actor_id, direction=direction)
            yield from pull.once(actors[actor_id])
        progress.suspended |= {problem.subject_id for problem in answer.problems if problem.answer == "suspended"}
        yield from pull.once(*answer.unavailable)
        if not pull.is_full_sync and page.next_token and actors and actors.keys() <= earlier_ids:
            progress.stopped = "known"


def own_posts(pull: XAccountPull, progress: Progress) -> Iterator[Record]:
    """Yield the account's posts, newest first, their media, and whom they answer, quote or repeat.

    A bearer asks only for new ones.
    """
    listing = pull.listing("posts", "GET /2/users/{id}/tweets", of_posts="own")
    listing = _since(pull, progress, listing, pull.earlier.newest_post_id)
    for page, answer in pull.answers(listing, progress.is_over):
        for authored in new_posts(pull, progress, page, answer):
            progress.rows += 1
            pull.posts.append(authored.post)
            yield authored.post
            for medium in posts.media_of(authored, answer.media):
                yield from pull.once(medium)
            if authored.is_cut:
                cut_id = authored.post.post_id
                yield from pull.once(Unavailable(platform="x", kind="post", subject_id=cut_id, reason="cut"))
        yield from pull.once(*answer.users.values(), *answer.unavailable)
    count = progress.platform_count or 0
    if progress.is_full_sync and not progress.is_over() and progress.rows < count and count > POSTS_SHOWN:
        progress.stopped = "cap"


def mentions(pull: XAccountPull, progress: Progress) -> Iterator[Record]:
    """Yield what others wrote to the account, newest first, and who they are."""
    listing = pull.listing("mentions", "GET /2/users/{id}/mentions", of_posts="others")
    listing = _since(pull, progress, listing, pull.earlier.newest_mention_id)
    pages = 0
    for page, answer in pull.answers(listing, progress.is_over):
        pages += 1
        for authored in new_posts(pull, progress, page, answer):
            author_id = author(authored)
            if author_id != pull.account.account_id:
                progress.rows += 1
                yield from pull.once(posts.comment(authored, author_id), answer.users.get(author_id))
        yield from pull.once(*answer.unavailable)
    if progress.is_full_sync and not progress.is_over() and pages >= MENTION_PAGES_SHOWN:
        progress.stopped = "cap"


def likes(pull: XAccountPull, progress: Progress) -> Iterator[Record]:
    """Yield the posts of others that the account likes, the newest likes first, and who wrote them.

    X shows this list to the account alone: an app-only token is refused.
    """
    account_id = pull.account.account_id
    listing = pull.listing("likes", "GET /2/users/{id}/liked_tweets", of_posts="others")
    for page, answer in pull.answers(listing, progress.is_over):
        for authored in new_posts(pull, progress, page, answer):
            author_id = author(authored)
            progress.counted = len(progress.seen)
            if author_id != account_id:
                progress.rows += 1
                yield Like(platform="x", account_id=account_id, post_id=authored.post.post_id, actor_id=author_id)
                yield from pull.once(answer.users.get(author_id))
        yield from pull.once(*answer.unavailable)
        if page.next_token and len(progress.seen) >= LIKES_READ and not progress.is_over():
            progress.stopped = "cap"


def new_posts(
    pull: XAccountPull, progress: Progress, page: Page, answer: read.XResponse
) -> Iterator[posts.AuthoredPost]:
    """Yield the posts of one page that no earlier page of the list had."""
    authored_posts = authored(pull, answer, progress)
    new = progress.fresh((each.post.post_id for each in authored_posts), is_last=page.next_token is None)
    for each in authored_posts:
        if each.post.post_id in new:
            new.discard(each.post.post_id)
            yield each


def authored(pull: XAccountPull, answer: read.XResponse, progress: Progress) -> list[posts.AuthoredPost]:
    """Return the posts of one answer, each with its author, as far as they are as we know them."""

    def read_post(post: Fields) -> posts.AuthoredPost:
        found = posts.authored_post(post, pull.account.account_id, answer)
        if progress.listing != "posts":
            author(found)  # of what others wrote X has to say who did
        return found

    return progress.understood(answer.data, read_post)


def author(authored_post: posts.AuthoredPost) -> str:
    """Return who wrote a post; SourceChanged when X does not say."""
    if authored_post.author_id is None:
        raise SourceChanged("X no longer says who wrote a post.")
    return authored_post.author_id


def _since(pull: XAccountPull, progress: Progress, listing: XListing, newest_id: str | None) -> XListing:
    """Return the list from the newest post that earlier runs saw on, where it need not be read whole."""
    if pull.is_full_sync or newest_id is None:
        return listing
    progress.is_full_sync = False
    return _with(listing, "since_id", newest_id)


def _with(listing: XListing, parameter: str, value: str) -> XListing:
    return replace(listing, parameters={**listing.parameters, parameter: value})
