"""Pulls the school's official YouTube channels: the channel, then one listing after another, each ending in a ListingEnd."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from connectors.ending import Tally, ended, lets_go_on, stopped_by, told
from connectors.errors import SourceError, SourceRefused
from connectors.proving import PROBES
from connectors.records import Record
from connectors.source import Account, Cost, Endpoints, Estimate, Known, Store
from connectors.strict import Signals
from connectors.youtube import listings
from connectors.youtube.ask import Caller
from connectors.youtube.client import YouTubeCredentials, make_service, plain_errors
from connectors.youtube.cost import cost
from connectors.youtube.look import Look
from connectors.youtube.proof import before_proofs, proofs
from connectors.youtube.read import Channel

WALKS = ("posts", "followers", "comments")
_PAGE = 50


class YouTubeSource:
    """The official channels, each asked as its owner; `timeout` is in seconds.

    Credentials are one channel's, or a mapping by channel id. Lists are always listed whole, being nearly free;
    of what is `known`, by channel id, those whom they lack are asked for one by one.
    """

    name = "youtube"

    def __init__(
        self,
        accounts: Sequence[Account],
        credentials: YouTubeCredentials | Mapping[str, YouTubeCredentials],
        known: Mapping[str, Known],
        *,
        endpoints: Endpoints,
        clock: Callable[[], datetime],
        timeout: float = 30.0,
    ) -> None:
        self.accounts = tuple(accounts)
        self.credentials = credentials
        self.known = known
        self.endpoints = endpoints
        self.clock = clock
        self.timeout = timeout

    def estimate(self, store: Store) -> list[Estimate]:
        """Say what each listing is expected to cost in units; only the channels are asked for, and kept."""
        found: list[Estimate] = []
        for account in self.accounts:
            with self._looking(account, store, Signals("youtube"), set()) as look:
                found += _estimates(look, listings.own_channel(look))
        return found

    def pull(self, store: Store) -> Iterator[Record]:
        """Yield everything the channels show; raise SourceError when nothing more can be had."""
        signals = Signals("youtube")
        seen: set[tuple[str, str]] = set()
        try:
            for account in self.accounts:
                with self._looking(account, store, signals, seen) as look:
                    yield from self._channel(look)
        except SourceError:
            yield from signals.records()
            raise
        yield from signals.records()

    @contextmanager
    def _looking(self, account: Account, store: Store, signals: Signals, seen: set[tuple[str, str]]) -> Iterator[Look]:
        given = self.credentials
        own = given if isinstance(given, YouTubeCredentials) else given.get(account.account_id)
        if own is None:
            message = "A channel has no credentials; put them into credentials.toml and name them in school.toml."
            raise SourceRefused(message, reason="credentials")
        with plain_errors("the client"):
            service = make_service(own, self.endpoints, self.timeout)
        try:
            known, caller = self.known.get(account.account_id, Known()), Caller(service, store, self.clock)
            yield Look(account, known, caller, signals, seen)
        finally:
            service.close()

    def _channel(self, look: Look) -> Iterator[Record]:
        try:
            own = listings.own_channel(look)
        except SourceError as error:
            yield from (_tally(look, listing, stopped=stopped_by(error)).listing_end() for listing in WALKS)
            if not lets_go_on(error):
                raise
            return
        yield from look.once(own.profile)
        begun: list[Tally] = []
        yield from ended(begun, self._listings(look, own, begun))

    def _listings(self, look: Look, own: Channel, begun: list[Tally]) -> Iterator[Record]:
        posts = _begin(look, begun, "posts", own.profile.posts_count)
        try:
            yield from before_proofs(look, begun, self._lists(look, own, begun, posts))
            yield from proofs(look, begun)
        finally:
            if not posts.listing_end().is_whole:
                # Each video tells its own comments, so that those of an unseen one are in no count.
                for tally in (each for each in begun if each.listing == "comments"):
                    tally.platform_count = None

    def _lists(self, look: Look, own: Channel, begun: list[Tally], posts: Tally) -> Iterator[Record]:
        yield from told(posts, listings.videos(look, posts, own.uploads))
        # A subscriber who is not public is counted and never listed.
        followers = _begin(look, begun, "followers", own.profile.followers_count)
        yield from told(followers, listings.subscribers(look, followers))
        comments = _begin(look, begun, "comments", sum(post.reply_count or 0 for post in look.posts))
        yield from told(comments, listings.conversations(look, comments))


def _begin(look: Look, begun: list[Tally], listing: str, count: int | None) -> Tally:
    begun.append(_tally(look, listing, count, must_reach_count=True))
    return begun[-1]


def _tally(
    look: Look, listing: str, count: int | None = None, *, must_reach_count: bool = False, stopped: str = "end"
) -> Tally:
    return Tally(
        "youtube", look.channel_id, listing, platform_count=count, must_reach_count=must_reach_count, stopped=stopped
    )


def _estimates(look: Look, own: Channel) -> list[Estimate]:
    """Return one Estimate for each listing, and for the proofs; of comments, whose number is not known, one page."""
    videos, followers = own.profile.posts_count or 0, own.profile.followers_count or 0
    listed = min(followers, listings.SUBSCRIBERS_SHOWN)
    saw = Counter(one.listing for one in look.known.members)
    lost = [
        min(PROBES, max(0, saw[listing] - count)) for listing, count in (("posts", videos), ("followers", followers))
    ]
    expected = (
        ("posts", "playlistItems.list", 2 * _pages(videos), videos),
        ("followers", "subscriptions.list", _pages(listed), listed),
        ("comments", "commentThreads.list", 1, 2 * _PAGE),
        # What one answer for many lacks is asked for by itself.
        ("proofs", "subscriptions.list", sum(lost) + (_pages(lost[0]) if lost[0] else 0), 0),
    )
    return [
        Estimate(
            listing=f"{listing}:{look.channel_id}",
            cost=Cost(resources=resources, units=pages * cost(endpoint).units),
        )
        for listing, endpoint, pages, resources in expected
    ]


def _pages(count: int) -> int:
    return max(1, -(-count // _PAGE))
