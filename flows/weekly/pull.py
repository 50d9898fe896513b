"""Pulls one source as far as it comes: waits when the platform says so, stores pages before they are read, loads."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from connectors.errors import OlderThanRead, SourceError, SourceRefused, SourceThrottled, SourceUnavailable
from connectors.records import ListingEnd, Record
from connectors.source import Estimate, Source
from flows.home.allowances import UsedUpError, counting, month_guard, note_wall
from flows.home.claims import WHAT_TO_DO, why_unclaimed
from flows.home.context import Context
from flows.home.handles import handle_news
from flows.home.settings import ConfigurationError
from flows.home.store import RunStore, retrying
from flows.registers import registers
from flows.registers.erased_records import without_erased
from flows.registers.registers import in_counts
from flows.registers.sources import make_source, source_names
from warehouse.privacy.tombstones import ErasedAccounts, handles_borne, names_borne, note_left_out
from warehouse.runs.runs import begun_at, drop_pulls, note_pull, pull_endings
from warehouse.store.load import load

log = logging.getLogger(__name__)

UNCLAIMED, UNASKED = "Unclaimed", "Unasked"
_UNASKED = "No try of this run asked it: --only left it out.", "Run the audit again without --only."
BROKEN_OFF = frozenset(
    {
        *("changed", "unavailable", "throttled", "forbidden", "not_found", "missing", "miscounted", "unread"),
        *("loop", "far_short"),
    }
)


@dataclass(frozen=True, slots=True)
class PullEnded:
    """How one source's pull ended: complete, partial or failed (nothing came); `remark` is no problem of the source."""

    source: str
    state: str
    rows: int
    problem: str | None = None
    what_to_do: str | None = None
    may_improve: bool = False
    remark: str | None = None


def pull(context: Context, name: str) -> PullEnded:
    """Pull one source into the warehouse; ConfigurationError only when a file is unusable that is needed.

    Of an archive that is older than the last look nothing is taken, and the school's other accounts go on without it.
    """
    with context.warehouse() as db, context.casebook() as book:
        started = context.now()
        context = _making_room_for_a_day(context, started - (begun_at(db, context.run_id) or started))
        source = make_source(name, context, db)
        erased = ErasedAccounts(context.names_key, book.tombstones())
        erased = erased.but_for(names_borne(db)) if erased.hashes else erased
        budget, count = context.school.budget, counting(context, book)
        store = RunStore(
            db, context.run_id, name, budget, context.names_key, count, erased, month=month_guard(context, book)
        )
        expected = _expected(source, store)
        pulled, failure = _pulled(context, source, store)
        if until := note_wall(context, book, store.asked_last, failure):
            raise UsedUpError(until, "what was fetched is kept")
        if isinstance(failure, OlderThanRead) and len(context.school.account) > 1:
            pulled = []
        elif isinstance(failure, SourceRefused) and failure.reason == "input" and failure.stops:
            raise ConfigurationError(str(failure)) from failure
        kept = without_erased(pulled, erased, handles_borne(db, erased))
        records = kept.records
        handles = [news.says for news in handle_news(db, context.school.account, records)]
        adds = name == "media"  # asked only for what this run does not have yet
        rows = sum(load(db, run_id=context.run_id, source=name, records=records, adds=adds).values())
        note_left_out(db, context.run_id, name, kept.left_out)
        ended = how_it_ended(name, rows, [r for r in records if not _is_shut(context, r)], failure)
        error = None if failure is None else (failure.kind, str(failure), failure.what_to_do)
        if name == "registers" and (short := [state for state in registers.know(context, db) if state.is_short]):
            why = " ".join((*([] if failure is None else [str(failure)]), *(state.why for state in short)))
            says = why, registers.what_to_do(context, short)
            ended = replace(ended, state="partial", problem=says[0], what_to_do=says[1])
            error = ("RegisterShort", *says)
        times = (started, context.now())
        note_pull(db, context.run_id, name, times=times, state=ended.state, error=error, estimate=expected)
    log.info("%s: %s, %d rows", name, ended.state, rows)
    remarks = [remark for remark in (in_counts(context.school.id, records), kept.remark, *handles) if remark]
    return replace(ended, remark=" ".join(remarks) or None)


def _making_room_for_a_day(context: Context, since: timedelta) -> Context:
    """Return the context of a run that waits for no window elsewhere once it has gone on for a day, but publishes."""
    if since < timedelta(days=1):
        return context
    policy = replace(context.settings.retry_policy, longest_window=None)
    return replace(context, settings=replace(context.settings, retry_policy=policy))


def note_unclaimed(context: Context) -> tuple[PullEnded, ...]:
    """Write down each account that no source reads, as a pull that failed, and return them."""
    now = context.now()
    ended = []
    with context.warehouse() as db:
        drop_pulls(db, context.run_id, UNCLAIMED)
        for account in context.unclaimed:
            name, says = f"{account.platform}:{account.account_id}", why_unclaimed(account)
            error = (UNCLAIMED, says, WHAT_TO_DO)
            note_pull(db, context.run_id, name, times=(now, now), state="failed", error=error, estimate=None)
            ended.append(PullEnded(name, "failed", 0, says, WHAT_TO_DO))
    return tuple(ended)


def note_unasked(context: Context, asked: Sequence[str]) -> tuple[PullEnded, ...]:
    """Return the sources that the school needs, and that neither this try asked nor an earlier one saw whole.

    Each that no try asked is written down as a pull that failed.
    """
    now = context.now()
    ended = []
    with context.warehouse() as db:
        drop_pulls(db, context.run_id, UNASKED)
        endings = pull_endings(db, context.run_id)
        for name in (name for name in source_names(context) if name not in asked):
            state, says, to_do = endings.get(name, ("failed", *_UNASKED))
            if name not in endings:
                error = (UNASKED, *_UNASKED)
                note_pull(db, context.run_id, name, times=(now, now), state=state, error=error, estimate=None)
            if state != "complete":
                ended.append(PullEnded(name, state, 0, says, to_do))
    return tuple(ended)


def estimate(context: Context, name: str) -> list[Estimate]:
    """Say what a pull of this source would cost, asking for no more than the official accounts' own profiles."""
    with context.warehouse() as db, context.casebook() as book:
        source = make_source(name, context, db)
        ask = getattr(source, "estimate", None)
        count = counting(context, book)
        store = RunStore(db, context.run_id, name, context.school.budget, context.names_key, count)
        return list(ask(store)) if ask else []


def _pulled(context: Context, source: Source, store: RunStore) -> tuple[list[Record], SourceError | None]:
    """Return what the last try brought, and the error that ended it if one did."""
    records: list[Record] = []

    def once() -> None:
        records.clear()
        for record in source.pull(store):
            records.append(record)  # noqa: PERF402 - what came before an error must be kept

    try:
        retrying(context.settings)(once)
    except SourceError as failure:
        log.info("%s: %s", source.name, failure)
        failure.what_to_do = failure.in_zone(context.zone)
        return records, failure
    return records, None


def _is_shut(context: Context, record: Record) -> bool:
    """Say whether this is a list that X shows to no app: its check says so each time, and asking again is no cure."""
    if not isinstance(record, ListingEnd) or record.listing != "likes" or record.stopped != "forbidden":
        return False
    return record.account_id in {account.account_id for account in context.school.account if account.reads == "bearer"}


def how_it_ended(name: str, rows: int, records: Sequence[Record], failure: SourceError | None) -> PullEnded:
    """Return how a pull ended that brought these records, and was broken off by `failure` if there was one."""
    if failure is None:
        stopped = [r for r in records if isinstance(r, ListingEnd) and r.stopped in BROKEN_OFF]
        if not stopped:
            return PullEnded(name, "complete", rows)
        lists = ", ".join(sorted({f"{r.listing} ({r.stopped})" for r in stopped}))
        if name.startswith("x_archive:"):
            problem = f"The archive does not hold all that its own manifest counts: {lists}."
            return PullEnded(name, "partial", rows, problem, "Ask X for a new archive, and name it in school.toml.")
        why = f"Not read to the end: {lists}."
        return PullEnded(name, "partial", rows, why, "The next run asks again; if it stays, see docs/running.md.")
    may_improve = isinstance(failure, SourceThrottled | SourceUnavailable)
    state = "partial" if rows else "failed"
    return PullEnded(name, state, rows, str(failure), failure.what_to_do, may_improve)


def _expected(source: Source, store: RunStore) -> tuple[Decimal, int] | None:
    """Return what the pull is expected to cost, or None where it costs nothing or nobody can say."""
    ask = getattr(source, "estimate", None)
    if ask is None:
        return None
    try:
        costs = [estimated.cost for estimated in ask(store)]
    except SourceError:
        return None  # the pull itself meets the same error, and says so
    return sum((cost.usd for cost in costs), Decimal(0)), sum(cost.units for cost in costs)
