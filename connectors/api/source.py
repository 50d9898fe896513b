"""Pulls the official accounts of one platform: the profile, then one list after another, then proofs of what they lack.

Each list ends in a ListingEnd, whatever cut it short.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from typing import ClassVar, Generic, Literal, TypeVar

from connectors.api.account_pull import AccountPull
from connectors.errors import SourceError, SourceRefused
from connectors.json_fields import UnknownFields
from connectors.progress import Progress, finish_account
from connectors.proofs import ProofRequests, before_proofs
from connectors.records import Profile, Record
from connectors.source import Account, EarlierRuns, Endpoints, Estimate, Store


@dataclass(frozen=True, slots=True)
class AccountShown:
    """The account that the platform shows to these credentials; `account_id` and `handle` are its own, where it says.

    `state` is shown, suspended, or missing where it shows none. `refused` are the lists that it does not let these
    credentials read, of those that were tried.
    """

    state: Literal["shown", "suspended", "missing"]
    account_id: str | None = None
    handle: str | None = None
    refused: tuple[str, ...] = field(default=())


PullT = TypeVar("PullT", bound=AccountPull)
CredentialsT = TypeVar("CredentialsT")


@dataclass(eq=False, repr=False)
class ApiSource(ABC, Generic[PullT, CredentialsT]):
    """The official accounts on one platform; `credentials` and `earlier` runs are by account id.

    `timeout` is in seconds, for one answer in all.
    """

    name: ClassVar[str]
    list_names: ClassVar[tuple[str, ...]]
    account_noun: ClassVar[str]

    accounts: Sequence[Account]
    credentials: Mapping[str, CredentialsT]
    earlier: Mapping[str, EarlierRuns]
    _: KW_ONLY
    endpoints: Endpoints
    clock: Callable[[], datetime]
    timeout: float = 30.0

    def estimate(self, store: Store) -> list[Estimate]:
        """Say what each list is expected to cost; only the profiles are asked for, and kept for the pull."""
        estimates: list[Estimate] = []
        for account in self.accounts:
            with self.opened(account, store, UnknownFields(self.name), set()) as pull:
                estimates += self.estimates(pull, self.own_profile(pull))
        return estimates

    def pull(self, store: Store) -> Iterator[Record]:
        """Yield everything the accounts show; raise SourceError when nothing more can be had.

        Credentials that are refused for one account are raised when the others have been asked.
        """
        unknown_fields = UnknownFields(self.name)
        yielded: set[tuple[str, ...]] = set()
        refused: SourceRefused | None = None
        try:
            for account in self.accounts:
                try:
                    with self.opened(account, store, unknown_fields, yielded) as pull:
                        yield from self._account(pull)
                except SourceRefused as error:
                    if error.reason != "credentials":
                        raise
                    refused = refused or error
        except SourceError:
            yield from unknown_fields.records()
            raise
        yield from unknown_fields.records()
        if refused is not None:
            raise refused

    @abstractmethod
    def opened(
        self, account: Account, store: Store, unknown_fields: UnknownFields, yielded: set[tuple[str, ...]]
    ) -> AbstractContextManager[PullT]:
        """Open a client for one account, and close it again; SourceRefused when it cannot be had."""

    @abstractmethod
    def own_profile(self, pull: PullT) -> Profile:
        """Return what the account shows about itself; SourceRefused when it is not there or not the asker's own."""

    @abstractmethod
    def estimates(self, pull: PullT, own: Profile) -> list[Estimate]:
        """Return one Estimate for each list, and for the proofs."""

    @abstractmethod
    def lists(self, pull: PullT, own: Profile, posts: Progress) -> Iterator[Record]:
        """Yield the records of every list, the account's posts first."""

    @abstractmethod
    def proof_requests(self, pull: PullT) -> ProofRequests:
        """Return whom to ask for one by one: what earlier runs saw and these lists lack."""

    @abstractmethod
    def proofs(self, pull: PullT, asked: ProofRequests) -> Iterator[Record]:
        """Yield a Proof of each subject that the platform answers for, and what it shows of those that stand."""

    @abstractmethod
    def weigh(self, pull: PullT, posts: Progress) -> None:
        """Take from the lists about posts what they cannot say where not every post was seen."""

    def credentials_of(self, account: Account) -> CredentialsT:
        """Return the credentials of an account; SourceRefused when nobody gave any."""
        if account.account_id not in self.credentials:
            message = (
                f"{self.account_noun} has no credentials; put them into credentials.toml and name them in school.toml."
            )
            raise SourceRefused(message, reason="credentials")
        return self.credentials[account.account_id]

    def _account(self, pull: PullT) -> Iterator[Record]:
        try:
            own = self.own_profile(pull)
        except SourceError as error:
            yield from (pull.progress(listing, stopped=error.kind).listing_end() for listing in self.list_names)
            if error.ends_the_pull:
                raise
            return
        yield from pull.once(own)
        yield from finish_account(pull.listings, self._lists_and_proofs(pull, own))

    def _lists_and_proofs(self, pull: PullT, own: Profile) -> Iterator[Record]:
        posts = pull.begin("posts", own.posts_count, is_all_listed=True)
        try:
            yield from before_proofs(lambda: self.proof_requests(pull), self.lists(pull, own, posts))
            yield from self.proofs(pull, self.proof_requests(pull))
        finally:
            self.weigh(pull, posts)
