"""Pulls the school's official X accounts, each through a client of its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from connectors.api.source import ApiSource
from connectors.json_fields import UnknownFields
from connectors.progress import Progress, finish_listing
from connectors.proofs import ProofRequests
from connectors.records import Profile, Record
from connectors.source import Account, EarlierRuns, Endpoints, Estimate, Store
from connectors.x import listings, proofs, reposts_and_quotes
from connectors.x.account_pull import XAccountPull
from connectors.x.caller import XCaller
from connectors.x.client import XCredentials, make_client
from connectors.x.estimate import estimates


class XSource(ApiSource[XAccountPull, XCredentials]):
    """The official X accounts; quotes of their posts are the list `comments`.

    `credentials` and `earlier` runs are by account id; `timeouts` are seconds to connect and for one answer in all.
    """

    name = "x"
    list_names = ("posts", "followers", "following", "mentions", "reposts", "comments", "likes")
    account_noun = "An X account"

    def __init__(
        self,
        accounts: Sequence[Account],
        credentials: Mapping[str, XCredentials],
        earlier: Mapping[str, EarlierRuns],
        *,
        endpoints: Endpoints,
        clock: Callable[[], datetime],
        timeouts: tuple[float, float] = (10.0, 30.0),
    ) -> None:
        super().__init__(accounts, credentials, earlier, endpoints=endpoints, clock=clock)
        self.timeouts = timeouts

    @contextmanager
    def opened(
        self, account: Account, store: Store, unknown_fields: UnknownFields, yielded: set[tuple[str, ...]]
    ) -> Iterator[XAccountPull]:
        """Open a client for one account, and close it again."""
        client, transport = make_client(self.credentials_of(account), self.endpoints, self.timeouts)
        earlier = self.earlier.get(account.account_id, EarlierRuns())
        caller = XCaller(client, transport, store, self.clock, earlier.last_request)
        try:
            yield XAccountPull(
                account=account, earlier=earlier, unknown_fields=unknown_fields, yielded=yielded, caller=caller
            )
        finally:
            client.session.close()

    def own_profile(self, pull: XAccountPull) -> Profile:
        """Return what the account shows about itself."""
        return listings.own_profile(pull)

    def estimates(self, pull: XAccountPull, own: Profile) -> list[Estimate]:
        """Return one Estimate for each list, and for the proofs."""
        return estimates(pull, own)

    def lists(self, pull: XAccountPull, own: Profile, posts: Progress) -> Iterator[Record]:
        """Yield the records of every list, the account's posts first."""
        earlier = pull.earlier
        yield from finish_listing(posts, listings.own_posts(pull, posts))
        followers = pull.begin("followers", own.followers_count)
        yield from finish_listing(followers, listings.follows(pull, followers, "follower", earlier.follower_ids))
        following = pull.begin("following", own.following_count)
        yield from finish_listing(following, listings.follows(pull, following, "following", earlier.following_ids))
        mentions = pull.begin("mentions")
        yield from finish_listing(mentions, listings.mentions(pull, mentions))
        reposts = pull.begin("reposts", is_full_sync=posts.is_read)
        yield from finish_listing(reposts, reposts_and_quotes.reposts(pull, reposts))
        quotes = pull.begin("comments", is_full_sync=posts.is_read)
        yield from finish_listing(quotes, reposts_and_quotes.quotes(pull, quotes))
        likes = pull.begin("likes", pull.likes_count)
        yield from finish_listing(likes, listings.likes(pull, likes))

    def proof_requests(self, pull: XAccountPull) -> ProofRequests:
        """Return whom to ask for one by one."""
        return proofs.requests(pull)

    def proofs(self, pull: XAccountPull, requests: ProofRequests) -> Iterator[Record]:
        """Yield a Proof of each subject that X answers for."""
        return proofs.proofs(pull, requests)

    def weigh(self, pull: XAccountPull, posts: Progress) -> None:
        """Call no list of reposts or quotes whole where posts are missing: nobody knows who reposted or quoted them."""
        for progress in (begun for begun in pull.listings if begun.listing in {"reposts", "comments"}):
            progress.is_full_sync = progress.is_full_sync and posts.is_read
            progress.lacks += posts.is_short
