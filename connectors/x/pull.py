"""Pulls the school's official X accounts: the profile, then one listing after another, each ending in a ListingEnd."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from connectors.ending import Tally, ended, lets_go_on, stopped_by, told
from connectors.errors import SourceError, SourceRefused
from connectors.records import Profile, Record
from connectors.source import Account, Endpoints, Estimate, Known, Store
from connectors.strict import Signals
from connectors.x import echoes, listings
from connectors.x.ask import Caller
from connectors.x.client import XCredentials, make_client
from connectors.x.estimate import estimates
from connectors.x.look import Look
from connectors.x.proof import before_proofs, proofs

WALKS = ("posts", "followers", "following", "mentions", "reposts", "comments", "likes")


class XSource:
    """The official X accounts; quotes of their posts are the listing `comments`.

    `credentials` and `known` are by account id; `timeouts` are seconds to connect and for one answer in all.
    """

    name = "x"

    def __init__(
        self,
        accounts: Sequence[Account],
        credentials: Mapping[str, XCredentials],
        known: Mapping[str, Known],
        *,
        endpoints: Endpoints,
        clock: Callable[[], datetime],
        timeouts: tuple[float, float] = (10.0, 30.0),
    ) -> None:
        self.accounts = tuple(accounts)
        self.credentials = credentials
        self.known = known
        self.endpoints = endpoints
        self.clock = clock
        self.timeouts = timeouts

    def estimate(self, store: Store) -> list[Estimate]:
        """Say what each listing is expected to cost; only the profiles are asked for, and kept for the pull."""
        found: list[Estimate] = []
        for account in self.accounts:
            with self._looking(account, store, Signals("x"), set()) as look:
                found += estimates(look, listings.own_profile(look))
        return found

    def pull(self, store: Store) -> Iterator[Record]:
        """Yield everything the accounts show; raise SourceError when nothing more can be had.

        Credentials that are refused for one account are raised when the others have been asked.
        """
        signals = Signals("x")
        seen: set[tuple[str, ...]] = set()
        refused: SourceRefused | None = None
        try:
            for account in self.accounts:
                try:
                    with self._looking(account, store, signals, seen) as look:
                        yield from self._account(look)
                except SourceRefused as error:
                    if error.reason != "credentials":
                        raise
                    refused = refused or error
        except SourceError:
            yield from signals.records()
            raise
        yield from signals.records()
        if refused is not None:
            raise refused

    @contextmanager
    def _looking(self, account: Account, store: Store, signals: Signals, seen: set[tuple[str, ...]]) -> Iterator[Look]:
        if account.account_id not in self.credentials:
            message = "An X account has no credentials; put them into credentials.toml and name them in school.toml."
            raise SourceRefused(message, reason="credentials")
        client, door = make_client(self.credentials[account.account_id], self.endpoints, self.timeouts)
        known = self.known.get(account.account_id, Known())
        caller = Caller(client, door, store, self.clock, known.last_request)
        try:
            yield Look(account, known, caller, signals, seen)
        finally:
            client.session.close()

    def _account(self, look: Look) -> Iterator[Record]:
        try:
            own = listings.own_profile(look)
        except SourceError as error:
            yield from (_tally(look, listing, stopped=stopped_by(error)).listing_end() for listing in WALKS)
            if not lets_go_on(error):
                raise
            return
        yield from look.once(own)
        begun: list[Tally] = []
        yield from ended(begun, self._listings(look, own, begun))

    def _listings(self, look: Look, own: Profile, begun: list[Tally]) -> Iterator[Record]:
        posts = _begin(look, begun, "posts", own.posts_count)
        try:
            yield from before_proofs(look, begun, self._lists(look, own, begun, posts))
            yield from proofs(look, begun)
        finally:
            # Of posts that were not seen nobody knows who reposted or quoted them.
            for tally in (each for each in begun if each.listing in {"reposts", "comments"}):
                tally.is_full_sync = tally.is_full_sync and posts.is_read
                tally.lacks += posts.is_short

    def _lists(self, look: Look, own: Profile, begun: list[Tally], posts: Tally) -> Iterator[Record]:
        yield from told(posts, listings.own_posts(look, posts))
        followers = _begin(look, begun, "followers", own.followers_count)
        yield from told(followers, listings.follows(look, followers, "follower", look.known.follower_ids))
        following = _begin(look, begun, "following", own.following_count)
        yield from told(following, listings.follows(look, following, "following", look.known.following_ids))
        mentions = _begin(look, begun, "mentions")
        yield from told(mentions, listings.mentions(look, mentions))
        reposts = _begin(look, begun, "reposts", is_full_sync=posts.is_read)
        yield from told(reposts, echoes.reposts(look, reposts))
        quotes = _begin(look, begun, "comments", is_full_sync=posts.is_read)
        yield from told(quotes, echoes.quotes(look, quotes))
        likes = _begin(look, begun, "likes", look.likes_count)
        yield from told(likes, listings.likes(look, likes))


def _begin(
    look: Look, begun: list[Tally], listing: str, count: int | None = None, *, is_full_sync: bool = True
) -> Tally:
    begun.append(_tally(look, listing, count, is_full_sync=is_full_sync))
    return begun[-1]


def _tally(
    look: Look, listing: str, count: int | None = None, *, is_full_sync: bool = True, stopped: str = "end"
) -> Tally:
    return Tally(
        "x", look.account.account_id, listing, platform_count=count, is_full_sync=is_full_sync, stopped=stopped
    )
