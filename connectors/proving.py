"""What is asked one by one after the listings: those whom earlier runs saw, and this pull's lists lack.

First come the cases: the subjects of what is still open. Then come probes: of each kind at most a hundred others that
stood in a list which was now read to its end. What the platform answers is a Proof, and corrects the list's tally.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from connectors.ending import Tally, lets_go_on, stopped_by
from connectors.errors import SourceError, SourceRefused
from connectors.records import Proof, Record
from connectors.source import Cost, Known, Page, Store, Subject

PROBES = 100


@dataclass(slots=True)
class Questions:
    """The subjects of one account that are to be asked for, and those of them that are still unanswered."""

    platform: str
    account_id: str
    tallies: Mapping[str, Tally]
    left: dict[tuple[str, str], Subject] = field(default_factory=dict)

    def ids(self, *kinds: str) -> list[str]:
        """Return the ids of these kinds that no answer came for yet, each once, in order."""
        return list(dict.fromkeys(one.subject_id for one in self.left.values() if one.kind in kinds))

    def is_left(self, kind: str, subject_id: str) -> bool:
        """Say whether this subject still waits for its answer."""
        return (kind, subject_id) in self.left

    def is_read(self, subject: Subject) -> bool:
        """Say whether the list that this subject stood in was read to its end."""
        return subject.listing in self.tallies and self.tallies[subject.listing].is_read

    def answered(self, kind: str, subject_id: str, answer: str, *, is_met: bool = False) -> list[Record]:
        """Return the Proof that this answer is, if it was asked for; `is_met` says that the list has it after all."""
        subject = self.left.pop((kind, subject_id), None)
        if subject is None:
            return []
        tally = self.tallies.get(subject.listing)
        if tally is not None and answer == "stands" and not is_met:
            tally.lacks += 1
        if tally is not None and answer == "suspended":
            tally.suspended.add(subject_id)
        told = {"platform": self.platform, "account_id": self.account_id}
        return [Proof(**told, kind=kind, subject_id=subject_id, answer=answer)]

    def ask(self, kinds: Sequence[str], records: Iterable[Record]) -> Iterator[Record]:
        """Yield what comes of asking for these kinds; what remains without an answer is told to its list's tally.

        A refusal or a changed answer ends this question alone; every other SourceError is raised again.
        """
        try:
            yield from records
        except SourceError as error:
            goes_on = lets_go_on(error)
            self._leave([one for one in self.left.values() if not goes_on or one.kind in kinds], stopped_by(error))
            if not goes_on:
                raise
        else:
            self._leave([one for one in self.left.values() if one.kind in kinds], None)

    def unasked(self, error: SourceError) -> None:
        """Tell the lists that this error ended the pull before anybody was asked for."""
        self._leave(list(self.left.values()), stopped_by(error))

    def _leave(self, subjects: Iterable[Subject], word: str | None) -> None:
        unread = {one for one in subjects if self.is_read(one)}
        for subject in unread:
            self.tallies[subject.listing].unproved += 1
        for listing in {one.listing for one in unread} if word else ():
            self.tallies[listing].stopped = word or ""


def questions(
    known: Known, tallies: Sequence[Tally], is_met: Callable[[Subject], bool], *, platform: str, account_id: str
) -> Questions:
    """Return what to ask for: every case that was not met, then at most a hundred probes of each kind."""
    made = Questions(platform, account_id, {tally.listing: tally for tally in tallies})
    made.left.update({(one.kind, one.subject_id): one for one in known.cases if not is_met(one)})
    probes: Counter[str] = Counter()
    for one in known.members:
        if made.is_left(one.kind, one.subject_id) or not made.is_read(one) or is_met(one):
            continue
        probes[one.kind] += 1
        if probes[one.kind] <= PROBES:
            made.left[one.kind, one.subject_id] = one
        else:
            made.tallies[one.listing].unproved += 1
    return made


def lookup(
    store: Store,
    listing: str,
    ids: Sequence[str],
    *,
    parameter: str,
    at_most: int,
    ask: Callable[[Sequence[str], int], Page],
    dearest: Callable[[int], Cost],
) -> Iterator[Page]:
    """Yield the pages that answer for these ids, stored ones first; `ask(batch, number)` fetches the next one.

    `parameter` holds the ids in a page's request, `at_most` of them; `dearest(n)` is the most that n of them can cost.
    Raises SourceRefused("budget") before a request over the budget.
    """
    number = 0
    asked: set[str] = set()
    for page in store.stored(listing):
        yield page
        asked.update(asked_for(page, parameter))
        number = page.number + 1
    rest = [one for one in ids if one not in asked]
    for start in range(0, len(rest), at_most):
        batch = rest[start : start + at_most]
        if not store.affords(dearest(len(batch))):
            raise SourceRefused("The run's budget is spent; what lists lacked was not asked for.", reason="budget")
        page = ask(batch, number)
        store.keep(page)
        yield page
        number += 1


def asked_for(page: Page, parameter: str) -> list[str]:
    """Return the ids that this page was asked for."""
    return str(json.loads(page.request)[parameter]).split(",")
