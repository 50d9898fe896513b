"""Pulls one source: asks, waits when told to, stores pages before they are read, and loads what came.

A pull that cannot be finished is loaded as far as it came, and says so; the next run goes on from there.
"""

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import partial

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from connectors.errors import SourceError, SourceRefused, SourceThrottled, SourceUnavailable
from connectors.records import ListingEnd, Record
from connectors.source import Estimate, Source
from flows import registers
from flows.context import Context
from flows.headings import in_counts
from flows.settings import ConfigurationError
from flows.sources import make_source
from flows.store import RunStore
from warehouse.casebook.counters import count_request
from warehouse.load import load
from warehouse.registers.register_states import RegisterState
from warehouse.runs import note_pull

log = logging.getLogger(__name__)

BROKEN_OFF = frozenset({"changed", "unavailable", "throttled", "forbidden", "not_found", "missing", "miscounted"})


@dataclass(frozen=True, slots=True)
class PullEnded:
    """How one source's pull ended: complete, partial (something came) or failed (nothing did).

    `remark` is a sentence with counts on what was read and is no problem of the source.
    """

    source: str
    state: str
    rows: int
    problem: str | None = None
    what_to_do: str | None = None
    may_improve: bool = False
    remark: str | None = None


def pull(context: Context, name: str) -> PullEnded:
    """Pull one source into the warehouse; ConfigurationError only when a file of the school's is unusable."""
    with context.warehouse() as db, context.casebook() as book:
        started = context.now()
        source = make_source(name, context, db)
        store = RunStore(db, context.run_id, name, context.school.budget, partial(count_request, book))
        expected = _expected(source, store)
        records, failure = _patiently(context, source, store)
        if isinstance(failure, SourceRefused) and failure.reason == "input":
            raise ConfigurationError(str(failure)) from failure
        adds = name == "media"  # asked only for what this run does not have yet
        rows = sum(load(db, run_id=context.run_id, source=name, records=records, adds=adds).values())
        ended = _ended(name, rows, [r for r in records if not _is_shut(context, r)], failure)
        error = None if failure is None else (type(failure).__name__, str(failure), failure.what_to_do)
        if name == "registers" and (short := [one for one in registers.know(context, db) if one.is_short]):
            ended, error = _short(context, ended, short)
        times = (started, context.now())
        note_pull(db, context.run_id, name, times=times, state=ended.state, error=error, estimate=expected)
    log.info("%s: %s, %d rows", name, ended.state, rows)
    return replace(ended, remark=in_counts(context.school.id, records))


def _short(
    context: Context, ended: PullEnded, short: Sequence[RegisterState]
) -> tuple[PullEnded, tuple[str, str, str]]:
    """Return how the pull of the registers ended where some came short: in part, with figures and what to do."""
    told = registers.problem(short), registers.what_to_do(context, short)
    return replace(ended, state="partial", problem=told[0], what_to_do=told[1]), ("RegisterShort", *told)


def estimate(context: Context, name: str) -> list[Estimate]:
    """Say what a pull of this source would cost, asking for no more than the official accounts' own profiles."""
    with context.warehouse() as db, context.casebook() as book:
        source = make_source(name, context, db)
        ask = getattr(source, "estimate", None)
        store = RunStore(db, context.run_id, name, context.school.budget, partial(count_request, book))
        return list(ask(store)) if ask else []


def _patiently(context: Context, source: Source, store: RunStore) -> tuple[list[Record], SourceError | None]:
    records: list[Record] = []

    def once() -> None:
        records.clear()
        for record in source.pull(store):
            records.append(record)  # noqa: PERF402 - what came before an error must be kept

    patience = context.settings.patience
    try:
        Retrying(
            retry=retry_if_exception_type((SourceThrottled, SourceUnavailable)),
            stop=_either(stop_after_attempt(patience.tries), _outlasts(context)),
            wait=_wait(context),
            sleep=context.settings.sleep,
            reraise=True,
        )(once)
    except SourceError as failure:
        log.info("%s: %s", source.name, failure)
        return records, failure
    return records, None


def _wait(context: Context) -> Callable[[RetryCallState], float]:
    def seconds(state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        backoff: float = context.settings.patience.first_wait * 2.0 ** (state.attempt_number - 1)
        jitter = random.uniform(0, backoff / 2)  # noqa: S311 - spreads retries, guards nothing
        until = failure.retry_at if isinstance(failure, SourceThrottled) else None
        if until is None:
            return backoff + jitter
        return max(_seconds_until(until, context.now()), 0.0) + jitter

    return seconds


def _seconds_until(moment: datetime, now: datetime) -> float:
    return (moment - now).total_seconds()


def _outlasts(context: Context) -> Callable[[RetryCallState], bool]:
    def too_long(state: RetryCallState) -> bool:
        waited = float(state.idle_for)
        return waited + state.upcoming_sleep > context.settings.patience.most

    return too_long


def _either(*stops: Callable[[RetryCallState], bool]) -> Callable[[RetryCallState], bool]:
    return lambda state: any(stop(state) for stop in stops)


def _is_shut(context: Context, record: Record) -> bool:
    """Say whether this is a list that X shows to no app: its check says so each time, and asking again is no cure."""
    if not isinstance(record, ListingEnd) or record.listing != "likes" or record.stopped != "forbidden":
        return False
    return record.account_id in {account.account_id for account in context.accounts("x") if account.reads == "bearer"}


def _ended(name: str, rows: int, records: list[Record], failure: SourceError | None) -> PullEnded:
    if failure is None:
        stopped = [r for r in records if isinstance(r, ListingEnd) and r.stopped in BROKEN_OFF]
        if not stopped:
            return PullEnded(name, "complete", rows)
        lists = ", ".join(sorted({f"{r.listing} ({r.stopped})" for r in stopped}))
        if name.startswith("x_archive:"):
            problem = f"The archive does not hold all that its own manifest counts: {lists}."
            return PullEnded(name, "partial", rows, problem, "Ask X for a new archive, and name it in school.toml.")
        problem = f"Not read to the end: {lists}."
        return PullEnded(name, "partial", rows, problem, "The next run asks again; if it stays, see docs/running.md.")
    may_improve = isinstance(failure, SourceThrottled | SourceUnavailable)
    state = "partial" if rows else "failed"
    return PullEnded(name, state, rows, str(failure), failure.what_to_do, may_improve)


def _expected(source: Source, store: RunStore) -> tuple[Decimal, int] | None:
    """Return what the pull is expected to cost, or None where it costs nothing or cannot be told."""
    ask = getattr(source, "estimate", None)
    if ask is None:
        return None
    try:
        costs = [one.cost for one in ask(store)]
    except SourceError:
        return None  # the pull itself meets the same error, and says so
    return sum((cost.usd for cost in costs), Decimal(0)), sum(cost.units for cost in costs)
