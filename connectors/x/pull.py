"""Pulls the school's official X accounts, each through a client of its own."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from connectors.api.source import AccountShown, ApiSource
from connectors.errors import SourceRefused
from connectors.json_fields import UnknownFields
from connectors.progress import Progress, finish_listing
from connectors.proofs import PROBES
from connectors.records import Post, Profile, Record, Repost, Unavailable
from connectors.source import Account, EarlierRuns, Estimate, RequestCost, Store
from connectors.x import listings, posts, proofs, read
from connectors.x.caller import XAccountPull, XCaller
from connectors.x.client import XCredentials, make_client
from connectors.x.cost import SMALL_PAGE, cost
from connectors.x.listings import POSTS_SHOWN, author, new_posts

_QUOTES_FOR_DAYS = 30


def _follow_limit(pull: XAccountPull) -> int:
    return 10**9 if pull.is_full_sync else SMALL_PAGE


def _proofs(pull: XAccountPull, own: Profile) -> RequestCost:
    """Return what asking one by one is expected to cost.

    Of a list that is read whole, as many will be missing as earlier runs saw more than X counts now, at the least;
    where only what is new is read, every post and comment that is still a case is asked for.
    """
    users = posts = 0
    if pull.is_full_sync:
        members = Counter(member.listing for member in pull.earlier.members)
        counts = {"followers": own.followers_count, "following": own.following_count, "posts": own.posts_count}
        missing = {name: min(PROBES, max(0, members[name] - (count or 0))) for name, count in counts.items()}
        users, posts = missing["followers"] + missing["following"], missing["posts"]
        users += 1 if users and pull.is_owned else 0
    else:
        posts = sum(case.kind in {"post", "comment"} for case in pull.earlier.cases)
    costs = (cost("GET /2/users", users, is_owned=False), cost("GET /2/tweets", posts, is_owned=False))
    return RequestCost(resources=users + posts, usd=costs[0].usd + costs[1].usd)


class XSource(ApiSource[XAccountPull, XCredentials]):
    """The official X accounts; quotes of their posts are the list `comments`.

    `credentials` and `earlier` runs are by account id; `timeout` is in seconds, for one answer in all.
    """

    name = "x"
    list_names = ("posts", "followers", "following", "mentions", "reposts", "comments", "likes")
    account_noun = "An X account"

    @contextmanager
    def opened(
        self, account: Account, store: Store, unknown_fields: UnknownFields, yielded: set[tuple[str, ...]]
    ) -> Iterator[XAccountPull]:
        """Open a client for one account, and close it again."""
        client, transport = make_client(self.credentials_of(account), self.endpoints, self.timeout)
        earlier = self.earlier.get(account.account_id, EarlierRuns())
        caller = XCaller(client, transport, store, self.clock, earlier.last_request)
        try:
            yield XAccountPull(
                account=account, earlier=earlier, unknown_fields=unknown_fields, yielded=yielded, caller=caller
            )
        finally:
            client.session.close()

    own_profile = staticmethod(listings.own_profile)
    proof_requests = staticmethod(proofs.requests)
    proofs = staticmethod(proofs.proofs)

    def estimates(self, pull: XAccountPull, own: Profile) -> list[Estimate]:
        """Return one Estimate for each list, and for the proofs; where X gives no count, one page is expected.

        What an account likes is shown to itself alone, so that nothing of it is expected for an app-only token.
        """
        posts = own.posts_count or 0
        asks_new_posts = not pull.is_full_sync and pull.earlier.newest_post_id is not None
        expected = (
            ("posts", "GET /2/users/{id}/tweets", SMALL_PAGE if asks_new_posts else POSTS_SHOWN, posts),
            ("followers", "GET /2/users/{id}/followers", _follow_limit(pull), own.followers_count or 0),
            ("following", "GET /2/users/{id}/following", _follow_limit(pull), own.following_count or 0),
            ("mentions", "GET /2/users/{id}/mentions", SMALL_PAGE, SMALL_PAGE),
            ("reposts", "GET /2/tweets/{id}/retweets", SMALL_PAGE, posts),
            ("comments", "GET /2/tweets/{id}/quote_tweets", SMALL_PAGE, posts),
            ("likes", "GET /2/users/{id}/liked_tweets", SMALL_PAGE, SMALL_PAGE if pull.is_owned else 0),
        )
        lists = [
            Estimate(
                listing=f"{listing}:{pull.account.account_id}",
                cost=cost(endpoint, min(limit, count), is_owned=pull.is_owned),
            )
            for listing, endpoint, limit, count in expected
        ]
        return [*lists, Estimate(listing=f"proofs:{pull.account.account_id}", cost=_proofs(pull, own))]

    def lists(self, pull: XAccountPull, own: Profile, posts: Progress) -> Iterator[Record]:
        """Yield the records of every list, the account's posts first."""
        earlier = pull.earlier
        yield from finish_listing(posts, listings.own_posts(pull, posts))
        followers = pull.begin("followers", own.followers_count, is_all_listed=True)
        yield from finish_listing(followers, listings.follows(pull, followers, "follower", earlier.follower_ids))
        following = pull.begin("following", own.following_count, is_all_listed=True)
        yield from finish_listing(following, listings.follows(pull, following, "following", earlier.following_ids))
        mentions = pull.begin("mentions")
        yield from finish_listing(mentions, listings.mentions(pull, mentions))
        reposts = pull.begin("reposts", is_full_sync=posts.is_read)
        yield from finish_listing(reposts, _reposts(pull, reposts))
        quotes = pull.begin("comments", is_full_sync=posts.is_read)
        yield from finish_listing(quotes, _quotes(pull, quotes))
        likes = pull.begin("likes", pull.likes_count)
        yield from finish_listing(likes, listings.likes(pull, likes))

    def weigh(self, pull: XAccountPull, posts: Progress) -> None:
        """Call no list of reposts or quotes whole where posts are missing: nobody knows who reposted or quoted them."""
        for progress in (begun for begun in pull.listings if begun.listing in {"reposts", "comments"}):
            progress.is_full_sync = progress.is_full_sync and posts.is_read
            progress.lacks += posts.is_short

    def shown(self, account: Account, store: Store) -> AccountShown:
        """Return the account that X shows to these credentials, or under this id; SourceError when no answer comes."""
        with self.opened(account, store, UnknownFields("x"), set()) as pull:
            for _page, answer in pull.answers(listings.own_listing(pull)):
                for profile in map(read.profile, answer.data):
                    return AccountShown("shown", profile.account_id, profile.handle)
                if any(problem.answer == "suspended" for problem in answer.problems):
                    return AccountShown("suspended")
        return AccountShown("missing")

    @staticmethod
    def cost_of_asking(account: Account) -> RequestCost:
        """Return what it costs at the most to ask whose the account is: one user."""
        return cost("GET /2/users/me" if account.reads == "owned" else "GET /2/users", 1, is_owned=False)


def _reposts(pull: XAccountPull, progress: Progress) -> Iterator[Record]:
    """Yield who reposted each post whose count of reposts moved since an earlier run saw it."""
    counts = dict(pull.earlier.repost_counts)
    shared = [post for post in pull.posts if post.kind != "repost" and post.repost_count]
    moved = [post for post in shared if post.repost_count != counts.get(post.post_id)]
    progress.is_full_sync = progress.is_full_sync and len(moved) == len(shared)
    progress.platform_count = sum(post.repost_count or 0 for post in moved)
    for post in moved:
        yield from _of_post(pull, progress, post, "GET /2/tweets/{id}/retweets")


def _quotes(pull: XAccountPull, progress: Progress) -> Iterator[Record]:
    """Yield who quoted each post of the 30 days before the newest one, and what they said."""
    times = [post.posted_at for post in pull.posts if post.posted_at is not None]
    since = max(times) - timedelta(days=_QUOTES_FOR_DAYS) if times else None
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
