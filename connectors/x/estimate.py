"""What a pull of one X account is expected to cost, from its profile's own counts and what earlier runs saw."""

from collections import Counter

from connectors.proving import PROBES
from connectors.records import Profile
from connectors.source import Cost, Estimate
from connectors.x.cost import SMALL_PAGE, cost
from connectors.x.listings import POSTS_SHOWN
from connectors.x.look import Look


def estimates(look: Look, own: Profile) -> list[Estimate]:
    """Return one Estimate for each listing, and for the proofs; where X gives no count, one page is expected.

    What an account likes is shown to itself alone, so that nothing of it is expected for an app-only token.
    """
    posts = own.posts_count or 0
    asks_new_posts = not look.is_full_sync and look.known.newest_post_id is not None
    expected = (
        ("posts", "GET /2/users/{id}/tweets", SMALL_PAGE if asks_new_posts else POSTS_SHOWN, posts),
        ("followers", "GET /2/users/{id}/followers", _follow_limit(look), own.followers_count or 0),
        ("following", "GET /2/users/{id}/following", _follow_limit(look), own.following_count or 0),
        ("mentions", "GET /2/users/{id}/mentions", SMALL_PAGE, SMALL_PAGE),
        ("reposts", "GET /2/tweets/{id}/retweets", SMALL_PAGE, posts),
        ("comments", "GET /2/tweets/{id}/quote_tweets", SMALL_PAGE, posts),
        ("likes", "GET /2/users/{id}/liked_tweets", SMALL_PAGE, SMALL_PAGE if look.is_owned else 0),
    )
    listings = [
        Estimate(
            listing=f"{listing}:{look.account.account_id}",
            cost=cost(endpoint, min(most, shown), is_owned=look.is_owned),
        )
        for listing, endpoint, most, shown in expected
    ]
    return [*listings, Estimate(listing=f"proofs:{look.account.account_id}", cost=_proofs(look, own))]


def _follow_limit(look: Look) -> int:
    return 10**9 if look.is_full_sync else SMALL_PAGE


def _proofs(look: Look, own: Profile) -> Cost:
    """Return what asking one by one is expected to cost.

    Of a list that is read whole, as many will be missing as earlier runs saw more than X counts now, at the least;
    where only what is new is read, every post and comment that is still a case is asked for.
    """
    users = written = 0
    if look.is_full_sync:
        saw = Counter(one.listing for one in look.known.members)
        counts = {"followers": own.followers_count, "following": own.following_count, "posts": own.posts_count}
        missing = {listing: min(PROBES, max(0, saw[listing] - (count or 0))) for listing, count in counts.items()}
        users, written = missing["followers"] + missing["following"], missing["posts"]
        users += 1 if users and look.is_owned else 0
    else:
        written = sum(one.kind in {"post", "comment"} for one in look.known.cases)
    asked = (cost("GET /2/users", users, is_owned=False), cost("GET /2/tweets", written, is_owned=False))
    return Cost(resources=users + written, usd=asked[0].usd + asked[1].usd)
