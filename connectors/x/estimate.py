"""What a pull of one X account is expected to cost, from its profile's own counts."""

from connectors.records import Profile
from connectors.source import Estimate
from connectors.x.cost import SMALL_PAGE, cost
from connectors.x.look import Look
from connectors.x.walks import POSTS_SHOWN


def estimates(look: Look, own: Profile) -> list[Estimate]:
    """Return one Estimate for each walk; where X gives no count beforehand, one page is expected.

    What an account likes is shown to itself alone, so that nothing of it is expected for an app-only token.
    """
    posts = own.posts_count or 0
    asks_new_posts = not look.sweeps and look.known.newest_post_id is not None
    expected = (
        ("posts", "GET /2/users/{id}/tweets", SMALL_PAGE if asks_new_posts else POSTS_SHOWN, posts),
        ("followers", "GET /2/users/{id}/followers", _follow_limit(look), own.followers_count or 0),
        ("following", "GET /2/users/{id}/following", _follow_limit(look), own.following_count or 0),
        ("mentions", "GET /2/users/{id}/mentions", SMALL_PAGE, SMALL_PAGE),
        ("reposts", "GET /2/tweets/{id}/retweets", SMALL_PAGE, posts),
        ("comments", "GET /2/tweets/{id}/quote_tweets", SMALL_PAGE, posts),
        ("likes", "GET /2/users/{id}/liked_tweets", SMALL_PAGE, SMALL_PAGE if look.is_owned else 0),
    )
    return [
        Estimate(
            walk=f"{walk}:{look.account.account_id}",
            cost=cost(endpoint, min(most, shown), is_owned=look.is_owned),
        )
        for walk, endpoint, most, shown in expected
    ]


def _follow_limit(look: Look) -> int:
    return 10**9 if look.sweeps else SMALL_PAGE
