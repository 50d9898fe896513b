"""What a pull of one channel is expected to cost in units, from its own counts and what earlier runs saw."""

from collections import Counter

from connectors.proofs import PROBES
from connectors.records import Profile
from connectors.source import Estimate, RequestCost
from connectors.youtube.channel_pull import ChannelPull
from connectors.youtube.cost import cost
from connectors.youtube.listings import SUBSCRIBERS_SHOWN

_PAGE = 50


def estimates(pull: ChannelPull, own: Profile) -> list[Estimate]:
    """Return one Estimate for each list, and for the proofs; of comments, whose number is not known, one page."""
    videos, followers = own.posts_count or 0, own.followers_count or 0
    listed = min(followers, SUBSCRIBERS_SHOWN)
    members = Counter(member.listing for member in pull.earlier.members)
    counts = {"posts": videos, "followers": followers}
    missing = {name: min(PROBES, max(0, members[name] - count)) for name, count in counts.items()}
    # What one answer for many videos lacks is asked for by itself.
    proofs = sum(missing.values()) + (_pages(missing["posts"]) if missing["posts"] else 0)
    expected = (
        ("posts", "playlistItems.list", 2 * _pages(videos), videos),
        ("followers", "subscriptions.list", _pages(listed), listed),
        ("comments", "commentThreads.list", 1, 2 * _PAGE),
        ("proofs", "subscriptions.list", proofs, 0),
    )
    return [
        Estimate(
            listing=f"{listing}:{pull.channel_id}",
            cost=RequestCost(resources=resources, units=pages * cost(endpoint).units),
        )
        for listing, endpoint, pages, resources in expected
    ]


def _pages(count: int) -> int:
    return max(1, -(-count // _PAGE))
