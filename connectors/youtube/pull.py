"""Pulls the school's official YouTube channels: the channel, then one walk after another, each ending in a Walked."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from connectors.errors import SourceError, SourceRefused
from connectors.json_fields import UnknownFields
from connectors.progress import Progress, finish_account, finish_listing, lets_go_on, stopped_by
from connectors.proofs import PROBES
from connectors.records import Record
from connectors.source import Account, EarlierRuns, Endpoints, Estimate, RequestCost, Store
from connectors.youtube import listings
from connectors.youtube.caller import YouTubeCaller
from connectors.youtube.channel_pull import ChannelPull
from connectors.youtube.client import YouTubeCredentials, make_service, plain_errors
from connectors.youtube.cost import cost
from connectors.youtube.proofs import before_proofs, proofs
from connectors.youtube.read import Channel

WALKS = ("posts", "followers", "comments")
_PAGE = 50


class YouTubeSource:
    """The official channels, each asked as its owner; `timeout` is in seconds.

    Credentials are one channel's, or a mapping by channel id. Lists are always walked whole, being nearly free;
    of what is `known`, by channel id, those whom they lack are asked for one by one.
    """

    name = "youtube"

    def __init__(
        self,
        accounts: Sequence[Account],
        credentials: YouTubeCredentials | Mapping[str, YouTubeCredentials],
        known: Mapping[str, EarlierRuns],
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
        """Say what each walk is expected to cost in units; only the channels are asked for, and kept."""
        found: list[Estimate] = []
        for account in self.accounts:
            with self._looking(account, store, UnknownFields("youtube"), set()) as look:
                found += _estimates(look, listings.own_channel(look))
        return found

    def pull(self, store: Store) -> Iterator[Record]:
        """Yield everything the channels show; raise SourceError when nothing more can be had."""
        signals = UnknownFields("youtube")
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
    def _looking(
        self, account: Account, store: Store, signals: UnknownFields, seen: set[tuple[str, str]]
    ) -> Iterator[ChannelPull]:
        given = self.credentials
        own = given if isinstance(given, YouTubeCredentials) else given.get(account.account_id)
        if own is None:
            message = "A channel has no credentials; put them into credentials.toml and name them in school.toml."
            raise SourceRefused(message, reason="credentials")
        with plain_errors("the client"):
            service = make_service(own, self.endpoints, self.timeout)
        try:
            known, caller = self.known.get(account.account_id, EarlierRuns()), YouTubeCaller(service, store, self.clock)
            yield ChannelPull(account, known, caller, signals, seen)
        finally:
            service.close()

    def _channel(self, look: ChannelPull) -> Iterator[Record]:
        try:
            own = listings.own_channel(look)
        except SourceError as error:
            yield from (_tally(look, walk, stopped=stopped_by(error)).walked() for walk in WALKS)
            if not lets_go_on(error):
                raise
            return
        yield from look.once(own.profile)
        begun: list[Progress] = []
        yield from finish_account(begun, self._walks(look, own, begun))

    def _walks(self, look: ChannelPull, own: Channel, begun: list[Progress]) -> Iterator[Record]:
        posts = _begin(look, begun, "posts", own.profile.posts_count)
        try:
            yield from before_proofs(look, begun, self._lists(look, own, begun, posts))
            yield from proofs(look, begun)
        finally:
            if not posts.walked().is_whole:
                # Each video tells its own comments, so that those of an unseen one are in no count.
                for tally in (each for each in begun if each.walk == "comments"):
                    tally.platform_count = None

    def _lists(self, look: ChannelPull, own: Channel, begun: list[Progress], posts: Progress) -> Iterator[Record]:
        yield from finish_listing(posts, listings.videos(look, posts, own.uploads))
        # A subscriber who is not public is counted and never listed.
        followers = _begin(look, begun, "followers", own.profile.followers_count)
        yield from finish_listing(followers, listings.subscribers(look, followers))
        comments = _begin(look, begun, "comments", sum(post.reply_count or 0 for post in look.posts))
        yield from finish_listing(comments, listings.conversations(look, comments))


def _begin(look: ChannelPull, begun: list[Progress], walk: str, count: int | None) -> Progress:
    begun.append(_tally(look, walk, count, must_reach_count=True))
    return begun[-1]


def _tally(
    look: ChannelPull, walk: str, count: int | None = None, *, must_reach_count: bool = False, stopped: str = "end"
) -> Progress:
    return Progress(
        "youtube", look.channel_id, walk, platform_count=count, must_reach_count=must_reach_count, stopped=stopped
    )


def _estimates(look: ChannelPull, own: Channel) -> list[Estimate]:
    """Return one Estimate for each walk, and for the proofs; of comments, whose number is not known, one page."""
    videos, followers = own.profile.posts_count or 0, own.profile.followers_count or 0
    listed = min(followers, listings.SUBSCRIBERS_SHOWN)
    saw = Counter(one.walk for one in look.known.members)
    lost = [min(PROBES, max(0, saw[walk] - count)) for walk, count in (("posts", videos), ("followers", followers))]
    expected = (
        ("posts", "playlistItems.list", 2 * _pages(videos), videos),
        ("followers", "subscriptions.list", _pages(listed), listed),
        ("comments", "commentThreads.list", 1, 2 * _PAGE),
        # What one answer for many lacks is asked for by itself.
        ("proofs", "subscriptions.list", sum(lost) + (_pages(lost[0]) if lost[0] else 0), 0),
    )
    return [
        Estimate(
            walk=f"{walk}:{look.channel_id}",
            cost=RequestCost(resources=resources, units=pages * cost(endpoint).units),
        )
        for walk, endpoint, pages, resources in expected
    ]


def _pages(count: int) -> int:
    return max(1, -(-count // _PAGE))
