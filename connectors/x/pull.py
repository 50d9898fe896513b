"""Pulls the school's official X accounts: the profile, then one walk after another, each ending in a Walked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from connectors.errors import SourceError, SourceRefused
from connectors.json_fields import UnknownFields
from connectors.progress import Progress, finish_account, finish_listing, lets_go_on, stopped_by
from connectors.records import Profile, Record
from connectors.source import Account, EarlierRuns, Endpoints, Estimate, Store
from connectors.x import listings, reposts_and_quotes
from connectors.x.account_pull import XAccountPull
from connectors.x.caller import XCaller
from connectors.x.client import XCredentials, make_client
from connectors.x.estimate import estimates
from connectors.x.proofs import before_proofs, proofs

WALKS = ("posts", "followers", "following", "mentions", "reposts", "comments", "likes")


class XSource:
    """The official X accounts; quotes of their posts are the walk `comments`.

    `credentials` and `known` are by account id; `timeouts` are seconds to connect and for one answer in all.
    """

    name = "x"

    def __init__(
        self,
        accounts: Sequence[Account],
        credentials: Mapping[str, XCredentials],
        known: Mapping[str, EarlierRuns],
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
        """Say what each walk is expected to cost; only the profiles are asked for, and kept for the pull."""
        found: list[Estimate] = []
        for account in self.accounts:
            with self._looking(account, store, UnknownFields("x"), set()) as look:
                found += estimates(look, listings.own_profile(look))
        return found

    def pull(self, store: Store) -> Iterator[Record]:
        """Yield everything the accounts show; raise SourceError when nothing more can be had.

        Credentials that are refused for one account are raised when the others have been asked.
        """
        signals = UnknownFields("x")
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
    def _looking(
        self, account: Account, store: Store, signals: UnknownFields, seen: set[tuple[str, ...]]
    ) -> Iterator[XAccountPull]:
        if account.account_id not in self.credentials:
            message = "An X account has no credentials; put them into credentials.toml and name them in school.toml."
            raise SourceRefused(message, reason="credentials")
        client, door = make_client(self.credentials[account.account_id], self.endpoints, self.timeouts)
        known = self.known.get(account.account_id, EarlierRuns())
        caller = XCaller(client, door, store, self.clock, known.last_request)
        try:
            yield XAccountPull(account, known, caller, signals, seen)
        finally:
            client.session.close()

    def _account(self, look: XAccountPull) -> Iterator[Record]:
        try:
            own = listings.own_profile(look)
        except SourceError as error:
            yield from (_tally(look, walk, stopped=stopped_by(error)).walked() for walk in WALKS)
            if not lets_go_on(error):
                raise
            return
        yield from look.once(own)
        begun: list[Progress] = []
        yield from finish_account(begun, self._walks(look, own, begun))

    def _walks(self, look: XAccountPull, own: Profile, begun: list[Progress]) -> Iterator[Record]:
        posts = _begin(look, begun, "posts", own.posts_count)
        try:
            yield from before_proofs(look, begun, self._lists(look, own, begun, posts))
            yield from proofs(look, begun)
        finally:
            # Of posts that were not seen nobody knows who reposted or quoted them.
            for tally in (each for each in begun if each.walk in {"reposts", "comments"}):
                tally.is_sweep = tally.is_sweep and posts.is_read
                tally.lacks += posts.is_short

    def _lists(self, look: XAccountPull, own: Profile, begun: list[Progress], posts: Progress) -> Iterator[Record]:
        yield from finish_listing(posts, listings.own_posts(look, posts))
        followers = _begin(look, begun, "followers", own.followers_count)
        yield from finish_listing(followers, listings.follows(look, followers, "follower", look.known.follower_ids))
        following = _begin(look, begun, "following", own.following_count)
        yield from finish_listing(following, listings.follows(look, following, "following", look.known.following_ids))
        mentions = _begin(look, begun, "mentions")
        yield from finish_listing(mentions, listings.mentions(look, mentions))
        reposts = _begin(look, begun, "reposts", is_sweep=posts.is_read)
        yield from finish_listing(reposts, reposts_and_quotes.reposts(look, reposts))
        quotes = _begin(look, begun, "comments", is_sweep=posts.is_read)
        yield from finish_listing(quotes, reposts_and_quotes.quotes(look, quotes))
        likes = _begin(look, begun, "likes", look.likes_count)
        yield from finish_listing(likes, listings.likes(look, likes))


def _begin(
    look: XAccountPull, begun: list[Progress], walk: str, count: int | None = None, *, is_sweep: bool = True
) -> Progress:
    begun.append(_tally(look, walk, count, is_sweep=is_sweep))
    return begun[-1]


def _tally(
    look: XAccountPull, walk: str, count: int | None = None, *, is_sweep: bool = True, stopped: str = "end"
) -> Progress:
    return Progress("x", look.account.account_id, walk, platform_count=count, is_sweep=is_sweep, stopped=stopped)
