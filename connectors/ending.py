"""How a walk ends: counted while it goes, told in one Walked record, whatever cut it short."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from connectors.errors import SourceChanged, SourceError, SourceRefused, SourceThrottled
from connectors.records import Record, Walked

_EMPTY_PAGES_ALLOWED = 20
_MISSING_ALLOWED = 0.2
_FEW = 5


@dataclass(slots=True)
class Tally:
    """One walk while it goes on: what it brought, and why it may not be whole.

    `is_sweep` is False when the walk only asked for what is new; `must_reach_count` says that a list
    shorter than the platform's own count is not whole.
    """

    platform: str
    account_id: str
    walk: str
    platform_count: int | None = None
    is_sweep: bool = True
    must_reach_count: bool = False
    rows: int = 0
    stopped: str = "end"
    seen: set[str] = field(default_factory=set)
    empty_pages: int = 0

    def fresh(self, ids: Iterable[str], *, is_last: bool) -> set[str]:
        """Return the ids of one page that no earlier page had, and note a list that goes round in circles."""
        page = set(ids)
        new = page - self.seen
        self.seen |= new
        self.empty_pages = 0 if page else self.empty_pages + 1
        repeats = bool(page) and not new
        if not is_last and (repeats or self.empty_pages > _EMPTY_PAGES_ALLOWED):
            self.stopped = "loop"
        return new

    def is_over(self) -> bool:
        """Say whether something in the last page ended the walk."""
        return self.stopped != "end"

    def _is_short(self) -> bool:
        """Say whether the list ended so far below the platform's own count that it cannot be the whole list.

        A few are always missing: the platforms leave suspended accounts out of lists and leave them in counts.
        """
        count = self.platform_count
        if self.must_reach_count:
            return count is None or self.rows < count
        if not count:
            return False
        missing = count - self.rows
        return self.rows == 0 or (missing > _FEW and missing > _MISSING_ALLOWED * count)

    def walked(self, stopped: str | None = None) -> Walked:
        """Return the record of how the walk ended."""
        why = stopped or self.stopped
        why = "known" if why == "end" and not self.is_sweep else why
        return Walked(
            platform=self.platform,
            account_id=self.account_id,
            walk=self.walk,
            rows=self.rows,
            platform_count=self.platform_count,
            is_whole=why == "end" and not self._is_short(),
            stopped=why,
        )


def stopped_by(error: SourceError) -> str:
    """Return the word for a walk that this error stopped."""
    if isinstance(error, SourceRefused):
        return error.reason
    if isinstance(error, SourceChanged):
        return "changed"
    return "throttled" if isinstance(error, SourceThrottled) else "unavailable"


def lets_go_on(error: SourceError) -> bool:
    """Say whether the other walks may still bring something."""
    if isinstance(error, SourceRefused):
        return not error.ends_the_pull
    return isinstance(error, SourceChanged)


def told(tally: Tally, records: Iterable[Record]) -> Iterator[Record]:
    """Yield a walk's records and then its Walked, however it ends.

    A refusal of this one list and a changed answer let the pull go on; every other SourceError is raised again.
    """
    try:
        yield from records
    except SourceError as error:
        yield tally.walked(stopped_by(error))
        if not lets_go_on(error):
            raise
    else:
        yield tally.walked()
