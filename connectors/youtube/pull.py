"""Pulls the school's official YouTube channels, each through a client of its own."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from connectors.api.caller import Parameters
from connectors.api.source import AccountShown, ApiSource
from connectors.errors import SourceRefused
from connectors.json_fields import UnknownFields
from connectors.progress import Progress, finish_listing
from connectors.proofs import PROBES
from connectors.records import Profile, Record
from connectors.source import Account, EarlierRuns, Estimate, RequestCost, Store
from connectors.youtube import listings, proofs
from connectors.youtube.caller import ChannelPull, YouTubeCaller, cost
from connectors.youtube.client import YouTubeCredentials, make_service, plain_errors
from connectors.youtube.listings import SUBSCRIBERS_SHOWN

_PAGE = 50
_COMMENTS = "commentThreads.list"


def _pages(count: int) -> int:
    return max(1, -(-count // _PAGE))


class YouTubeSource(ApiSource[ChannelPull, YouTubeCredentials]):
    """The official channels, each asked as its owner; `timeout` is in seconds.

    Lists are always read whole, being nearly free;
    of what `earlier` runs saw, by channel id, those whom the lists lack are asked for one by one.
    """

    name = "youtube"
    list_names = ("posts", "followers", "comments")
    account_noun = "A channel"

    @contextmanager
    def opened(
        self, account: Account, store: Store, unknown_fields: UnknownFields, yielded: set[tuple[str, ...]]
    ) -> Iterator[ChannelPull]:
        """Open a client for one channel, and close it again."""
        credentials = self.credentials_of(account)
        with plain_errors("the client"):
            service = make_service(credentials, self.endpoints, self.timeout)
        earlier = self.earlier.get(account.account_id, EarlierRuns())
        caller = YouTubeCaller(service, store, self.clock)
        try:
            yield ChannelPull(
                account=account, earlier=earlier, unknown_fields=unknown_fields, yielded=yielded, caller=caller
            )
        finally:
            service.close()

    own_profile = staticmethod(listings.own_profile)
    proof_requests = staticmethod(proofs.requests)
    proofs = staticmethod(proofs.proofs)

    def estimates(self, pull: ChannelPull, own: Profile) -> list[Estimate]:
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
            ("comments", _COMMENTS, 1, 2 * _PAGE),
            ("proofs", "subscriptions.list", proofs, 0),
        )
        return [
            Estimate(
                listing=f"{listing}:{pull.channel_id}",
                cost=RequestCost(resources=resources, units=pages * cost(endpoint).units),
            )
            for listing, endpoint, pages, resources in expected
        ]

    def lists(self, pull: ChannelPull, own: Profile, posts: Progress) -> Iterator[Record]:
        """Yield the records of every list, the channel's videos first."""
        yield from finish_listing(posts, listings.videos(pull, posts))
        # A subscriber who is not public is counted and never listed.
        followers = pull.begin("followers", own.followers_count)
        yield from finish_listing(followers, listings.subscribers(pull, followers))
        comments = pull.begin("comments", sum(post.reply_count or 0 for post in pull.posts))
        yield from finish_listing(comments, listings.conversations(pull, comments))

    def weigh(self, pull: ChannelPull, posts: Progress) -> None:
        """Count no comments where videos are missing: each video tells the number of its own."""
        if not posts.listing_end().is_whole:
            for progress in (begun for begun in pull.listings if begun.listing == "comments"):
                progress.platform_count = None

    def shown(self, account: Account, store: Store) -> AccountShown:
        """Return the channel that these credentials own, the school's first; SourceError when no answer comes."""
        with self.opened(account, store, UnknownFields("youtube"), set()) as pull:
            profiles = [channel.profile for channel in listings.own_channels(pull)]
            if not profiles:
                return AccountShown("missing")
            own = next((p for p in profiles if p.account_id == account.account_id), profiles[0])
            refused = _refused(pull) if own.account_id == account.account_id else ()
            return AccountShown("shown", own.account_id, own.handle, refused)

    @staticmethod
    def cost_of_asking() -> RequestCost:
        """Return what it costs at the most to ask whose a channel is, and whether its comments may be read."""
        return RequestCost(units=cost("channels.list").units + cost(_COMMENTS).units)


def _refused(pull: ChannelPull) -> tuple[str, ...]:
    """Ask for one comment: it needs the widest scope that a pull needs, so whoever may read it may read the rest."""
    parameters: Parameters = {"part": "id", "allThreadsRelatedToChannelId": pull.channel_id, "maxResults": 1}
    try:
        list(pull.items("comments", _COMMENTS, parameters, lambda _page: True))
    except SourceRefused as error:
        if error.word != "commentsDisabled":
            if error.reason != "forbidden":
                raise
            return ("comments",)
    return ()
