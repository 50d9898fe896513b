"""What is asked one by one after the lists: those whom earlier runs saw, and this pull's lists lack.

First come the cases: the subjects of what is still open. Then come probes: of each kind at most a hundred others that
stood in a list which was now read to its end. What the platform answers is a Proof, and corrects the list's progress.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from connectors.errors import SourceError
from connectors.progress import Progress
from connectors.records import Proof, Record
from connectors.source import EarlierRuns, KnownSubject

PROBES = 100


@dataclass(slots=True)
class ProofRequests:
    """The subjects of one account that are to be asked for, and those of them that are still unanswered."""

    platform: str
    account_id: str
    listings: Mapping[str, Progress]
    left: dict[tuple[str, str], KnownSubject] = field(default_factory=dict)

    def ids(self, *kinds: str) -> list[str]:
        """Return the ids of these kinds that no answer came for yet, each once, in order."""
        return list(dict.fromkeys(subject.subject_id for subject in self._left_of(kinds)))

    def is_left(self, kind: str, subject_id: str) -> bool:
        """Say whether this subject still waits for its answer."""
        return (kind, subject_id) in self.left

    def is_read(self, subject: KnownSubject) -> bool:
        """Say whether the list that this subject stood in was read to its end."""
        return subject.listing in self.listings and self.listings[subject.listing].is_read

    def answered(self, kind: str, subject_id: str, answer: str, *, is_listed: bool = False) -> list[Record]:
        """Return the Proof that this answer is, if it was asked for; `is_listed`: a list has it after all."""
        subject = self.left.pop((kind, subject_id), None)
        if subject is None:
            return []
        progress = self.listings.get(subject.listing)
        if progress is not None and answer == "stands" and not is_listed:
            progress.lacks += 1
        if progress is not None and answer == "suspended":
            progress.suspended.add(subject_id)
        return [
            Proof(platform=self.platform, account_id=self.account_id, kind=kind, subject_id=subject_id, answer=answer)
        ]

    def ask(self, kinds: Sequence[str], records: Iterable[Record]) -> Iterator[Record]:
        """Yield what comes of asking for these kinds; what remains without an answer goes into its list's progress.

        A refusal or a changed answer ends this request alone; every other SourceError is raised again.
        """
        try:
            yield from records
        except SourceError as error:
            self._leave(list(self.left.values()) if error.ends_the_pull else self._left_of(kinds), error.kind)
            if error.ends_the_pull:
                raise
        else:
            self._leave(self._left_of(kinds), None)

    def unasked(self, error: SourceError) -> None:
        """Tell the lists that this error ended the pull before anybody was asked for."""
        self._leave(list(self.left.values()), error.kind)

    def _left_of(self, kinds: Sequence[str]) -> list[KnownSubject]:
        return [subject for subject in self.left.values() if subject.kind in kinds]

    def _leave(self, subjects: Iterable[KnownSubject], stopped: str | None) -> None:
        unread = {subject for subject in subjects if self.is_read(subject)}
        for subject in unread:
            self.listings[subject.listing].unproved += 1
        for listing in {subject.listing for subject in unread} if stopped else ():
            self.listings[listing].stopped = stopped or ""


def proof_requests(
    earlier: EarlierRuns,
    listings: Sequence[Progress],
    is_listed: Callable[[KnownSubject], bool],
    *,
    platform: str,
    account_id: str,
) -> ProofRequests:
    """Return what to ask for: every case that no list has, then at most a hundred probes of each kind."""
    requests = ProofRequests(platform, account_id, {progress.listing: progress for progress in listings})
    cases = (subject for subject in earlier.cases if not is_listed(subject))
    requests.left.update({(subject.kind, subject.subject_id): subject for subject in cases})
    probes: Counter[str] = Counter()
    for subject in earlier.members:
        is_left = requests.is_left(subject.kind, subject.subject_id)
        if is_left or not requests.is_read(subject) or is_listed(subject):
            continue
        probes[subject.kind] += 1
        if probes[subject.kind] <= PROBES:
            requests.left[subject.kind, subject.subject_id] = subject
        else:
            requests.listings[subject.listing].unproved += 1
    return requests


def before_proofs(requests: Callable[[], ProofRequests], records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records of the lists; where an error ends the pull among them, whom they lack counts as unproved."""
    try:
        yield from records
    except SourceError as error:
        requests().unasked(error)
        raise
