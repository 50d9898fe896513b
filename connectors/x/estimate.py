"""What a pull of one X account is expected to cost, from its profile's own counts and what earlier runs saw."""

from collections import Counter

from connectors.proofs import PROBES
from connectors.records import Profile
from connectors.source import Estimate, RequestCost
from connectors.x.account_pull import XAccountPull
from connectors.x.cost import SMALL_PAGE, cost
from connectors.x.listings import POSTS_SHOWN


def estimates(pull: XAccountPull, own: Profile) -> list[Estimate]:
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
