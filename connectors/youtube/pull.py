"""Pulls the school's official YouTube channels: the channel, then one walk after another, each ending in a Walked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from connectors.ending import Tally, lets_go_on, stopped_by, told
from connectors.errors import SourceError, SourceRefused
from connectors.records import Record
from connectors.source import Account, Cost, Endpoints, Estimate, Known, Store
from connectors.strict import Signals
from connectors.youtube import walks
from connectors.youtube.ask import Caller
from connectors.youtube.client import YouTubeCredentials, make_service, plain_errors
from connectors.youtube.cost import cost
from connectors.youtube.read import Channel
from connectors.youtube.walks import Look

WALKS = ("posts", "followers", "comments")
_PAGE = 50


class YouTubeSource:
    """The official channels, each asked as its owner; `timeout` is in seconds.

    Credentials are one channel's, or a mapping by channel id. Lists are always walked whole, being nearly free,
    `known` is taken so that all sources are alike.
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
        """Say what each walk is expected to cost in units; only the channels are asked for, and kept."""
        found: list[Estimate] = []
        for account in self.accounts:
            with self._looking(account, store, Signals("youtube"), set()) as look:
                found += _estimates(look, walks.own_channel(look))
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
            yield Look(account, Caller(service, store, self.clock), signals, seen)
        finally:
            service.close()

    def _channel(self, look: Look) -> Iterator[Record]:
        try:
            own = walks.own_channel(look)
        except SourceError as error:
            yield from (_tally(look, walk).walked(stopped_by(error)) for walk in WALKS)
            if not lets_go_on(error):
                raise
            return
        yield from look.once(own.profile)
        posts = _tally(look, "posts", own.profile.posts_count)
        yield from told(posts, walks.videos(look, posts, own.uploads))
        followers = _tally(look, "followers", own.profile.followers_count)
        # A subscriber who is not public is counted and never listed.
        followers.must_reach_count = True
        yield from told(followers, walks.subscribers(look, followers))
        comments = _tally(look, "comments", sum(post.reply_count or 0 for post in look.posts))
        yield from told(comments, walks.conversations(look, comments))


def _tally(look: Look, walk: str, count: int | None = None) -> Tally:
    return Tally("youtube", look.channel_id, walk, platform_count=count)


def _estimates(look: Look, own: Channel) -> list[Estimate]:
    """Return one Estimate for each walk; of comments, whose number is not known beforehand, one page."""
    videos, followers = own.profile.posts_count or 0, own.profile.followers_count or 0
    listed = min(followers, walks.SUBSCRIBERS_SHOWN)
    expected = (
        ("posts", "playlistItems.list", 2 * _pages(videos), videos),
        ("followers", "subscriptions.list", _pages(listed), listed),
        ("comments", "commentThreads.list", 1, 2 * _PAGE),
    )
    return [
        Estimate(
            walk=f"{walk}:{look.channel_id}",
            cost=Cost(resources=resources, units=pages * cost(endpoint).units),
        )
        for walk, endpoint, pages, resources in expected
    ]


def _pages(count: int) -> int:
    return max(1, -(-count // _PAGE))
