"""Pulls a source to its end, or to the error that ends it."""

from connectors.errors import SourceError
from connectors.records import ListingEnd, Record
from connectors.source import Source, Store


def pulled(source: Source, store: Store) -> tuple[list[Record], SourceError | None]:
    """Return what came, and the error that ended the pull if one did."""
    records: list[Record] = []
    try:
        for record in source.pull(store):
            records.append(record)  # noqa: PERF402 - what came before the error counts
    except SourceError as error:
        return records, error
    return records, None


def stopped(records: list[Record], listing: str) -> str:
    """Return how this listing stopped."""
    return next(r.stopped for r in records if isinstance(r, ListingEnd) and r.listing == listing)


def listings(records: list[Record]) -> dict[str, tuple[int, int | None, bool, str]]:
    """Return rows, the platform's count, wholeness and how it stopped, by listing."""
    return {r.listing: (r.rows, r.platform_count, r.is_whole, r.stopped) for r in records if isinstance(r, ListingEnd)}
