"""What a platform charged today: a thing that it charges once a day stands in the ledger at its price but once."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb


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
    return Charges(day, tuple(hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest() for text in texts))


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
