"""Keeps every page as it came, before anyone reads it, and the ledger of what was asked and paid.

Each call commits by itself: a page is already paid for, so it must survive whatever happens next.
"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb

from policies.errors import UserError
from warehouse.store.load import transaction
from warehouse.store.sealing import keyed_hash_of


@dataclass(frozen=True, slots=True)
class Charges:
    """The things of one answer that are charged once per UTC day, such as "x/user/123", as keyed hashes of that day."""

    day: date
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestPrice:
    """What a request costs in full: resources returned, US dollars, quota units; and what of it a day charges once."""

    resources: int = 0
    usd: Decimal = Decimal(0)
    units: int = 0
    charges: Charges | None = None


def charges_of(key: str, things: Sequence[str], at: datetime) -> Charges:
    """Return the charges for what was answered at this time, each thing once; only who has `key` knows one again."""
    day = at.astimezone(UTC).date()
    texts = (f"{thing}\x1f{day}" for thing in dict.fromkeys(things))
    return Charges(day, tuple(keyed_hash_of(key, text) for text in texts))


def due_of(db: duckdb.DuckDBPyConnection, price: RequestPrice) -> Decimal:
    """Write the charges of a price down, and return what of it is due, in US dollars.

    Call it in the transaction that writes the ledger: a charge without its row there would be forgiven later.
    """
    charges = price.charges
    if charges is None or not charges.hashes:
        return price.usd
    db.execute("delete from main.charges where charged_on < ?", [charges.day])
    fresh = db.execute(
        "insert or ignore into main.charges select ?, unnest(?::text[]) returning charge",
        [charges.day, list(charges.hashes)],
    ).fetchall()
    return price.usd / price.resources * len(fresh)


@dataclass(frozen=True, slots=True)
class StoredPage:
    """One row of raw.pages with its body unpacked; `usd` is the full price, and the ledger has what of it was due."""

    listing: str
    number: int
    endpoint: str
    request: str
    token: str | None
    next_token: str | None
    fetched_at: datetime
    status: int
    body: bytes
    resources: int
    usd: Decimal
    units: int
    charges: Charges | None = None


class PageDamagedError(UserError):
    """A stored page no longer has the hash that it was stored with."""


# The page that was stored last, and whether this one is there already: to replace takes twice as long as to insert.
_BEFORE = (
    "select arg_max(sha256, (fetched_at, rowid)), coalesce(bool_or("
    "run_id = ? and source = ? and listing = ? and number = ?), false) from raw.pages"
)


def keep_page(
    db: duckdb.DuckDBPyConnection, run_id: str, source: str, page: StoredPage, *, is_body_kept: bool = True
) -> Decimal:
    """Store the page and its cost, durably, chained to the page stored before it; return what was due in US dollars.

    A page without its body, which an erasure left out or which has outlived its time, is asked for again when its list
    is gone on with, and then replaced.
    """
    [(previous, is_there)] = db.execute(_BEFORE, [run_id, source, page.listing, page.number]).fetchall()
    packed, sha256 = zlib.compress(page.body, 6), hashlib.sha256(page.body).hexdigest()
    place = (run_id, source, page.listing, page.number, page.endpoint, page.request, page.token, page.next_token)
    body, how = packed if is_body_kept else None, "insert or replace" if is_there else "insert"
    with transaction(db):
        price = RequestPrice(page.resources, page.usd, page.units, page.charges)
        due = _note(db, (run_id, source, page.endpoint, page.fetched_at, page.status), price)
        row = [*place, page.fetched_at, page.status, body, sha256, previous, page.resources, page.usd, page.units]
        db.execute(f"{how} into raw.pages values ({', '.join('?' for _ in row)})", row)
    return due


def note_request(
    db: duckdb.DuckDBPyConnection,
    run_id: str,
    source: str,
    endpoint: str,
    asked_at: datetime,
    status: int | None,
    price: RequestPrice,
) -> Decimal:
    """Write one request into the ledger, with what of its price was due in US dollars, and return that."""
    with transaction(db):
        return _note(db, (run_id, source, endpoint, asked_at, status), price)


def _note(
    db: duckdb.DuckDBPyConnection, request: tuple[str, str, str, datetime, int | None], price: RequestPrice
) -> Decimal:
    due = due_of(db, price)
    row = [*request, price.resources, due, price.units]
    db.execute("insert into raw.requests values (?, ?, ?, ?, ?, ?, ?, ?)", row)
    return due


def stored_pages(db: duckdb.DuckDBPyConnection, run_id: str, source: str, listing: str) -> list[StoredPage]:
    """Return this run's pages of this listing in order; PageDamagedError if one is not what was stored.

    A page whose body has outlived its time is not replayed, nor are those after it.
    """
    result = db.execute(
        "select sha256, listing, number, endpoint, request, token, next_token, fetched_at, status, body, resources, "
        "usd, units from raw.pages where run_id = ? and source = ? and listing = ? order by number",
        [run_id, source, listing],
    )
    names = [column[0] for column in result.description or ()]
    pages = []
    for values in result.fetchall():
        columns = dict(zip(names, values, strict=True))
        if columns["body"] is None:
            break
        columns["body"] = zlib.decompress(columns["body"])
        if hashlib.sha256(columns["body"]).hexdigest() != columns.pop("sha256"):
            raise PageDamagedError(f"A stored page of {source} is damaged. Restore the last backup, then run again.")
        pages.append(StoredPage(**columns))
    return pages


def last_request(db: duckdb.DuckDBPyConnection, source: str, listing: str) -> str | None:
    """Return the newest request of this listing, of any run, that was answered with a page; None before the first."""
    rows: list[tuple[str]] = db.execute(
        "select request from raw.pages where source = ? and listing = ? order by fetched_at desc, number desc limit 1",
        [source, listing],
    ).fetchall()
    return rows[0][0] if rows else None


def spent(db: duckdb.DuckDBPyConnection, run_id: str) -> tuple[Decimal, int]:
    """Return what this run has cost so far: US dollars, quota units."""
    [(usd, units)] = db.execute(
        "select coalesce(sum(usd), 0), coalesce(sum(units), 0) from raw.requests where run_id = ?", [run_id]
    ).fetchall()
    return Decimal(usd), int(units)


def paid_for_before(db: duckdb.DuckDBPyConnection, run_id: str, source: str) -> tuple[Decimal, int]:
    """Return what the pages of this source cost that must be asked for again: US dollars, quota units.

    They are the first of each list whose body is gone, because of an erasure or for its age, and all after it.
    """
    [(usd, units)] = db.execute(
        "select coalesce(sum(pages.usd), 0), coalesce(sum(pages.units), 0) from raw.pages as pages inner join ("
        "select listing, min(number) as number from raw.pages "
        "where run_id = $run_id and source = $source and body is null group by listing"
        ") as gone on pages.listing = gone.listing and pages.number >= gone.number "
        "where pages.run_id = $run_id and pages.source = $source",
        {"run_id": run_id, "source": source},
    ).fetchall()
    return Decimal(usd), int(units)
