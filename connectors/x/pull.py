"""Pulls the school's official X accounts: the profile, then one walk after another, each ending in a Walked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from connectors.ending import Tally, lets_go_on, stopped_by, told
from connectors.errors import SourceError, SourceRefused
from connectors.records import Profile, Record
from connectors.source import Account, Endpoints, Estimate, Known, Store
from connectors.strict import Signals
from connectors.x import echoes, walks
from connectors.x.ask import Caller
from connectors.x.client import XCredentials, make_client
from connectors.x.estimate import estimates
from connectors.x.look import Look

WALKS = ("posts", "followers", "following", "mentions", "reposts", "comments", "likes")


class XSource:
    """The official X accounts; quotes of their posts are the walk `comments`.

    `credentials` and `known` are by account id; `timeouts` are seconds to connect and to wait for bytes.
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
        """Say what each walk is expected to cost; only the profiles are asked for, and kept for the pull."""
        found: list[Estimate] = []
        for account in self.accounts:
            with self._looking(account, store, Signals("x"), set()) as look:
                found += estimates(look, walks.own_profile(look))
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
        caller = Caller(client, door, store, self.clock)
        try:
            yield Look(account, self.known.get(account.account_id, Known()), caller, signals, seen)
        finally:
            client.session.close()

    def _account(self, look: Look) -> Iterator[Record]:
        try:
            own = walks.own_profile(look)
        except SourceError as error:
            yield from (_tally(look, walk).walked(stopped_by(error)) for walk in WALKS)
            if not lets_go_on(error):
                raise
            return
        yield from look.once(own)
        yield from self._walks(look, own)

    def _walks(self, look: Look, own: Profile) -> Iterator[Record]:
        posts = _tally(look, "posts", own.posts_count)
        yield from told(posts, walks.own_posts(look, posts))
        followers = _tally(look, "followers", own.followers_count)
        yield from told(followers, walks.follows(look, followers, "follower", look.known.follower_ids))
        following = _tally(look, "following", own.following_count)
        yield from told(following, walks.follows(look, following, "following", look.known.following_ids))
        mentions = _tally(look, "mentions")
        yield from told(mentions, walks.mentions(look, mentions))
        saw_all_posts = posts.walked().is_whole
        reposts = _tally(look, "reposts", is_sweep=saw_all_posts)
        yield from told(reposts, echoes.reposts(look, reposts))
        quotes = _tally(look, "comments", is_sweep=saw_all_posts)
        yield from told(quotes, echoes.quotes(look, quotes))
        likes = _tally(look, "likes")
        yield from told(likes, walks.likes(look, likes))


def _tally(look: Look, walk: str, count: int | None = None, *, is_sweep: bool = True) -> Tally:
    return Tally("x", look.account.account_id, walk, platform_count=count, is_sweep=is_sweep)
